"""The columns that a 花名册 may have, each with what stands in it: a programme puts its layouts together from these.

A line is one person's payments of one benefit.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.entitlement.cases import years_between
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, Spell
from sanchuang_cli.table import Column

_PER = {"month": "月", "year": "年", "once": "一次性"}


class Shown(NamedTuple):
    """A column with what stands in it."""

    column: Column
    of: Callable[[Line], Any]


def field(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.decision.record, name) or None


def _written(name: str) -> Callable[[Line], Any]:
    return lambda line: str(getattr(line.decision.record, name) or "") or None


def spells_text(spells: Sequence[Spell]) -> str:
    """1984-05至1995-04 书记, a line for each spell."""
    return "\n".join(f"{s.start}至{s.end or '今'} {s.post}".strip() for s in spells)


def age(line: Line) -> int:
    """Full years on the period's last day."""
    return years_between(line.born.day, line.last + 1)


def _reached(line: Line) -> date | None:
    rule = line.verdict.benefit.age
    if rule is None:
        return None
    years = rule.male if line.born.sex == "男" else rule.female
    if not years:
        return None
    return birthday(line.born.day, years, rule.leap_day)


def _post(line: Line) -> str | None:
    verdict = line.verdict
    if verdict.history is None or verdict.benefit.service is None or not verdict.history.candidates:
        return None
    posts = verdict.benefit.service.posts
    return "、".join(posts[rank].name for rank in verdict.history.candidates)


def _of_standard(name: str, line: Line) -> Any:
    return getattr(line.standard, name) if line.standard else None


def _remarks(line: Line) -> str | None:
    notes = [str(note) for note in line.decision.notes.get(line.verdict.benefit.name, ())]
    if len({payment.fen for payment in line.payments}) > 1:
        by_sum: dict[int, list[int]] = defaultdict(list)
        for payment in line.payments:
            by_sum[payment.fen].append(payment.month)
        notes += [
            f"{months_text(months)} 每月{fen // 100}.{fen % 100:02d}元" for fen, months in by_sum.items()
        ]
    return "；".join(filter(None, (*notes, line.decision.record.remarks))) or None


@lru_cache(maxsize=1024)
def _months(months: tuple[int, ...]) -> str:
    return months_text(months)


@lru_cache(maxsize=4096)
def _month(at: int) -> str | None:
    """A month in figures; None for one before all time: there is no first month."""
    return str(Month.at(at)) if at > 0 else None


def _length(at: int, line: Line) -> Any:
    length = line.verdict.length
    if length is None:
        return None
    return int(length.months) if at == 0 else length.rounded


NUMBER = Column("number", "序号", Kind.COUNT)
TOWNSHIP = Shown(Column("township", "乡镇"), field("township"))
VILLAGE = Shown(Column("village", "村"), field("village"))
BRANCH = Shown(Column("branch", "所在党支部"), field("branch"))
NAME = Shown(Column("name", "姓名", Kind.NAME), field("name"))
SEX = Shown(Column("sex", "性别"), lambda line: line.born.sex)
IDENTITY = Shown(Column("identity", "身份证号", Kind.IDENTITY), field("identity"))
BORN = Shown(Column("born", "出生日期", Kind.DATE, private=True), lambda line: line.born.day)
JOINED = Shown(Column("joined", "入党日期"), _written("joined"))
BENEFIT = Shown(Column("benefit", "项目"), lambda line: line.verdict.benefit.name)
TIER = Shown(Column("tier", "档次"), partial(_of_standard, "label"))
STANDARD = Shown(Column("standard", "标准", Kind.MONEY), partial(_of_standard, "fen"))
UNIT = Shown(Column("per", "标准单位"), lambda line: _PER[line.standard.per] if line.standard else None)
PAYMENT = (
    STANDARD,
    UNIT,
    Shown(Column("since", "起发月"), lambda line: _month(line.verdict.first)),
    Shown(Column("months", "发放月份"), lambda line: _months(tuple([p.month for p in line.payments]))),
    Shown(Column("count", "本期月数", Kind.COUNT), lambda line: line.months),
    Shown(Column("arrears", "补发", Kind.MONEY, total=True), lambda line: line.arrears),
    Shown(Column("withheld", "扣发", Kind.MONEY, total=True), lambda line: line.withheld),
    Shown(Column("amount", "本期金额", Kind.MONEY, total=True), lambda line: line.fen),
    Shown(Column("bank", "开户行"), field("bank")),
    Shown(Column("account", "银行账号", Kind.ACCOUNT), field("account")),
    Shown(Column("state", "状态"), lambda line: line.state),
    Shown(Column("remarks", "备注", wide=True, private=True), _remarks),
)


AGE = Shown(Column("age", "年龄", Kind.COUNT), age)
REACHED = Shown(Column("reached", "年满规定年龄日期", Kind.DATE, private=True), _reached)
POST = Shown(Column("post", "计发职务"), _post)
SERVICE = (
    Shown(
        Column("spells", "任职经历", wide=True), lambda line: spells_text(line.verdict.record.spells) or None
    ),
    Shown(Column("served", "累计月数", Kind.COUNT), partial(_length, 0)),
    Shown(Column("years", "认定年限"), partial(_length, 1)),
    POST,
)
"""Left out of the page of a benefit that does not go by service."""
