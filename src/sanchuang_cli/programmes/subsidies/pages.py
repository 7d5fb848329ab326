"""The 花名册 of each benefit: one line a person, by township, as the finance bureau gets it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.months import month
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.programmes.subsidies.assessment import Assessment
from sanchuang_cli.programmes.subsidies.cases import years_between
from sanchuang_cli.programmes.subsidies.lines import Line
from sanchuang_cli.programmes.subsidies.policy import Benefit, Subsidies
from sanchuang_cli.programmes.subsidies.rulebook import months_text
from sanchuang_cli.table import Column, Table

_PER = {"month": "月", "year": "年", "once": "一次性"}


class Shown(NamedTuple):
    """A column with what stands in it."""

    column: Column
    of: Callable[[Line], Any]


def _record(name: str) -> Callable[[Line], Any]:
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
    return str(month(at)) if at > 0 else None


def _length(at: int, line: Line) -> Any:
    length = line.verdict.length
    if length is None:
        return None
    return int(length.months) if at == 0 else length.rounded


_NUMBER = Column("number", "序号", Kind.COUNT)
_TOWNSHIP = Shown(Column("township", "乡镇"), _record("township"))
_VILLAGE = Shown(Column("village", "村"), _record("village"))
_BRANCH = Shown(Column("branch", "所在党支部"), _record("branch"))
_NAME = Shown(Column("name", "姓名", Kind.NAME), _record("name"))
_SEX = Shown(Column("sex", "性别"), lambda line: line.born.sex)
_IDENTITY = Shown(Column("identity", "身份证号", Kind.IDENTITY), _record("identity"))
_BORN = Shown(Column("born", "出生日期", Kind.DATE, private=True), lambda line: line.born.day)
_JOINED = Shown(Column("joined", "入党日期"), _written("joined"))
_BENEFIT = Shown(Column("benefit", "补贴项目"), lambda line: line.verdict.benefit.name)
_TIER = Shown(Column("tier", "档次"), partial(_of_standard, "label"))
_STANDARD = Shown(Column("standard", "补贴标准", Kind.MONEY), partial(_of_standard, "fen"))
_UNIT = Shown(Column("per", "标准单位"), lambda line: _PER[line.standard.per] if line.standard else None)
_PAYMENT = (
    _STANDARD,
    _UNIT,
    Shown(Column("since", "起发月"), lambda line: _month(line.verdict.first)),
    Shown(Column("months", "发放月份"), lambda line: _months(tuple([p.month for p in line.payments]))),
    Shown(Column("count", "本期月数", Kind.COUNT), lambda line: line.months),
    Shown(Column("arrears", "补发", Kind.MONEY, total=True), lambda line: line.arrears),
    Shown(Column("withheld", "扣发", Kind.MONEY, total=True), lambda line: line.withheld),
    Shown(Column("amount", "本期金额", Kind.MONEY, total=True), lambda line: line.fen),
    Shown(Column("bank", "开户行"), _record("bank")),
    Shown(Column("account", "银行账号", Kind.ACCOUNT), _record("account")),
    Shown(Column("state", "状态"), lambda line: line.state),
    Shown(Column("remarks", "备注", wide=True, private=True), _remarks),
)

_LAYOUTS: dict[str, tuple[Shown, ...]] = {
    "cadre": (
        _TOWNSHIP,
        _VILLAGE,
        _NAME,
        _SEX,
        _IDENTITY,
        _BORN,
        Shown(Column("reached", "年满规定年龄日期", Kind.DATE, private=True), _reached),
        Shown(
            Column("spells", "任职经历", wide=True),
            lambda line: spells_text(line.verdict.record.spells) or None,
        ),
        Shown(Column("served", "累计月数", Kind.COUNT), partial(_length, 0)),
        Shown(Column("years", "认定年限"), partial(_length, 1)),
        Shown(Column("post", "计发职务"), _post),
        _BENEFIT,
        _TIER,
        *_PAYMENT,
    ),
    "hardship": (
        _TOWNSHIP,
        _VILLAGE,
        _BRANCH,
        _NAME,
        _SEX,
        Shown(Column("age", "年龄", Kind.COUNT), age),
        _JOINED,
        _IDENTITY,
        Shown(
            Column("income", "家庭年人均收入", Kind.MONEY, private=True),
            lambda line: line.decision.record.income,
        ),
        Shown(Column("cause", "困难情况", wide=True, private=True), _record("cause")),
        _BENEFIT,
        *_PAYMENT,
    ),
    "veteran": (
        _TOWNSHIP,
        _VILLAGE,
        _NAME,
        _SEX,
        _IDENTITY,
        _JOINED,
        _TIER,
        Shown(Column("veteran", "优抚对象", Kind.FLAG), lambda line: bool(line.decision.record.veteran)),
        _BENEFIT,
        *_PAYMENT,
    ),
}


_OF_SERVICE = frozenset(("spells", "served", "years", "post"))


def _layout(benefit: Benefit, edition: Subsidies, found: Sequence[Line]) -> tuple[Shown, ...]:
    """The columns of a benefit's page: its layout, without what the benefit does not go by, and before 补贴项目 those of
    the document's own that are filled."""
    filled = {name for line in found for name, value in line.decision.record.more.items() if value}
    own = tuple(
        Shown(Column(extra.heading, extra.heading, extra.field.kind, private=True), _extra(extra.heading))
        for extra in edition.column
        if extra.page == benefit.page and extra.heading in filled
    )
    idle = (frozenset() if benefit.service else _OF_SERVICE) | (frozenset() if benefit.age else {"reached"})
    usual = [shown for shown in _LAYOUTS[benefit.page] if shown.column.name not in idle]
    at = usual.index(_BENEFIT)
    return (*usual[:at], *own, *usual[at:])


def _extra(heading: str) -> Callable[[Line], Any]:
    def of(line: Line) -> Any:
        value = line.decision.record.more.get(heading)
        return str(value) if isinstance(value, VagueDate) else value

    return of


def roster_page(assessment: Assessment, benefit: Benefit) -> Table:
    """发放花名册 of one benefit."""
    found = assessment.lines[benefit.name]
    edition = assessment.policy.on(assessment.period.last)
    layout = _layout(benefit, edition, found)
    columns = ([shown.of(line) for line in found] for shown in layout)
    rows = list(zip(range(1, len(found) + 1), *columns, strict=True))
    paid = sorted({payment.month for line in found for payment in line.payments})
    amounts = (benefit.amount_in_force(month(at).first) for at in paid)
    marks = dict.fromkeys(amount.mark for amount in amounts if amount and amount.mark)
    return Table(
        name=f"{benefit.name}花名册",
        title=f"{assessment.period.title}{benefit.name}发放花名册",
        columns=(_NUMBER, *(shown.column for shown in layout)),
        rows=rows,
        group="township",
        grand_total=True,
        unit="元",
        notes=(
            f"依据：{benefit.document or edition.document}，{benefit.clause}。",
            *(f"标准注明：{mark}。" for mark in marks),
            *(
                ("扣发：因暂停未发或抵扣以前所领的，已从本期金额中减去。",)
                if any(line.withheld for line in found)
                else ()
            ),
        ),
        signed=True,
    )
