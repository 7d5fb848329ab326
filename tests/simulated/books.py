"""The workbooks of a month as clerks write them: one roster of each township, each in the style of its clerk."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.command import book
from tests.oracle.persons import YM, Stay
from tests.oracle.rate_settings import GOODS
from tests.simulated.people import TOWNSHIPS
from tests.simulated.world import FLAGS, Cadre, Elder

ELDER = (
    "乡镇", "村", "姓名", "性别", "身份证号", "入党日期", "离任职务", "任职经历", "离任日期", "离任原因", "处分情况", "处分日期",
    "户籍状况", "户籍迁出日期", "户口性质", "死亡日期", "困难台账", "列入台账日期", "优抚对象", "离退休待遇", "暂停起", "暂停止",
    "审批日期", "银行账号", "备注",
)  # fmt: skip
CADRE = (
    "乡镇", "村", "姓名", "身份证号", "现任职务", "任职时间", "离任时间", "任命文号", "停职起", "停职止", "所在党支部", "银行卡号", "备注",
)  # fmt: skip
ORGANISATION = (
    "乡镇", "党组织名称", "类型", "成立日期", *GOODS, "有效票", "满意票", "上年星级", "否决情形", "荣誉级别", "获荣誉时间",
    *FLAGS, "连续未发展党员年数",
)  # fmt: skip
STATEMENT = ("交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要")
CALLED = {"书记": "村支部书记", "主任": "村主任", "会计": "村会计"}
MONTHS = ("{0}.{1}", "{0}年{1}月", "{0}-{1:02}", "{0}/{1}")
"""How the clerk of each township writes a month."""


def month(when: YM | None, style: str) -> str | None:
    if when is None:
        return None
    return style.format(*when) if when[1] else f"{when[0]}年"


def _flag(said: bool | None) -> str | None:
    return None if said is None else "是" if said else "否"


def _spells(stays: Sequence[Stay], style: str) -> str:
    joint = "-" if "-" not in style else "—"
    return "；".join(
        f"{month(one.start, style)}{joint}{month(one.end, style)} {CALLED[one.post]}" for one in stays
    )


def elder(one: Elder, style: str) -> list[Any]:
    who, says = one.who, one.says
    plain: dict[str, Any] = {
        "乡镇": who.township, "村": who.village, "姓名": who.name, "性别": who.sex, "身份证号": who.identity,
        "入党日期": says.joined.isoformat() if says.joined else None, "离任职务": CALLED.get(says.post),
        "任职经历": _spells(says.stays, style), "离任日期": month(says.left, style), "离任原因": says.reason,
        "处分情况": says.penalty, "处分日期": month(says.penalty_on, style), "户籍状况": says.household,
        "户籍迁出日期": month(says.moved_on, style), "户口性质": says.rural, "死亡日期": month(says.died_on, style),
        "困难台账": _flag(says.hardship), "列入台账日期": month(says.ledger_on, style), "优抚对象": _flag(says.veteran),
        "离退休待遇": _flag(says.retired), "暂停起": month(says.suspended_from, style),
        "暂停止": month(says.suspended_to, style), "审批日期": month(says.approved_on, style), "银行账号": who.account,
        "备注": one.remark,
    }  # fmt: skip
    return [plain[heading] for heading in ELDER]


def cadre(one: Cadre) -> Iterable[list[Any]]:
    who = one.who
    for row in one.rows:
        first, over = row.suspended or (None, None)
        plain = {
            "乡镇": who.township, "村": who.village, "姓名": who.name, "身份证号": who.identity,
            "现任职务": "兼".join(row.posts), "任职时间": _day(row.start), "离任时间": _day(row.end),
            "任命文号": "望组干〔2012〕3号", "停职起": _day(first), "停职止": _day(over),
            "所在党支部": f"{who.village}党支部", "银行卡号": who.account, "备注": one.remark,
        }  # fmt: skip
        yield [plain[heading] for heading in CADRE]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def organisation(one: dict[str, Any], on: date) -> list[Any]:
    plain: dict[str, Any] = {
        "乡镇": one["township"], "党组织名称": one["name"], "类型": one["type"], "成立日期": _day(one["founded"]),
        "有效票": one["valid_votes"], "满意票": one["satisfied_votes"], "上年星级": one["stars_last_year"],
        "否决情形": "安全生产事故" if one["veto"] else "无", "荣誉级别": one["honour"],
        "获荣誉时间": _day(date(on.year, 7, 1)) if one["honour"] else None,
        "连续未发展党员年数": one["years_without_candidates"],
    }  # fmt: skip
    plain |= {good: None if score is None else float(score) for good, score in one["scores"].items()}
    plain |= {flag: _flag(said) for flag, said in one["criteria"].items()}
    return [plain[heading] for heading in ORGANISATION]


def write_elders(folder: Path, elders: Iterable[Elder], name: str = "") -> list[Path]:
    """A roster of each township into the folder."""
    everybody = list(elders)
    found = []
    for township, style in zip(TOWNSHIPS, MONTHS, strict=True):
        rows = [elder(one, style) for one in everybody if one.who.township == township]
        if rows:
            found.append(
                book(
                    folder / f"{township}{name}.xlsx",
                    rows,
                    ELDER,
                    title=f"{township}离任村干部和困难党员花名册",
                )
            )
    return found


def write_cadres(path: Path, cadres: Iterable[Cadre]) -> Path:
    return book(path, [row for one in cadres for row in cadre(one)], CADRE, title="在职村干部花名册")


def write_organisations(path: Path, organisations: Iterable[dict[str, Any]], on: date) -> Path:
    return book(path, [organisation(one, on) for one in organisations], ORGANISATION, title="党组织名册")


def write_statement(path: Path, lines: Iterable[tuple[date, int, str, str]]) -> Path:
    """The paying account as the bank lists it, with the balance after each line."""
    balance, rows = 10**12, []
    for day, fen, name, card in sorted(lines, key=lambda line: line[0]):
        balance += fen
        sums = [f"{-fen / 100:.2f}" if fen < 0 else "", f"{fen / 100:.2f}" if fen > 0 else ""]
        rows.append([f"{day:%Y%m%d}", *sums, f"{balance / 100:.2f}", name, card, "代发"])
    return book(path, rows, STATEMENT, title="账户明细")
