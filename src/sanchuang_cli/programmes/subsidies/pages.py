"""The 花名册 of each benefit: one line a person, by township, as the finance bureau gets it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.months import month, number
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell
from sanchuang_cli.programmes.subsidies.assessment import Assessment
from sanchuang_cli.programmes.subsidies.cases import Born, years_between
from sanchuang_cli.programmes.subsidies.decisions import Decision, Payment
from sanchuang_cli.programmes.subsidies.policy import Benefit
from sanchuang_cli.programmes.subsidies.rulebook import months_text
from sanchuang_cli.programmes.subsidies.rules import Verdict
from sanchuang_cli.report.table import Column, Table

_PER = {"month": "月", "year": "年", "once": "一次性"}


class Line(NamedTuple):
    """One person's payments of one benefit."""

    decision: Decision
    verdict: Verdict
    payments: tuple[Payment, ...]
    state: str
    on: date

    @property
    def fen(self) -> int:
        return sum(payment.fen for payment in self.payments)

    @property
    def arrears(self) -> int:
        return sum(payment.fen for payment in self.payments if payment.arrears)

    @property
    def born(self) -> Born:
        born = Born.of(self.decision.record.identity)
        assert born, "whoever is paid has an age"
        return born


class Shown(NamedTuple):
    """A column with what stands in it."""

    column: Column
    of: Callable[[Line], Any]


def lines(assessment: Assessment, benefit: str) -> list[Line]:
    """Everybody who is paid a benefit, in the order of the pages."""
    known = {(p.identity, p.benefit) for p in assessment.previous or ()}
    found = []
    start, on = number(assessment.period.first), assessment.period.last
    for decision, payments in assessment.paid_by_benefit[benefit]:
        verdict = next(v for v in reversed(decision.verdicts) if v.benefit.name == benefit)
        before = (decision.record.identity, benefit) in known if assessment.previous is not None else None
        found.append(Line(decision, verdict, payments, _state(verdict, before, start), on))
    return found


def _state(verdict: Verdict, before: bool | None, start: int) -> str:
    """在享, 新增, or that the payment ends in this period. `before`: whether the last pages had it; None: unknown."""
    ending = [clause for clause in verdict.clauses if clause.last < verdict.asked.stop - 1]
    if any({"died_on", "health"} & set(clause.columns) for clause in ending):
        return "死亡"
    if ending:
        return "停发"
    new = verdict.first >= start if before is None else not before
    return "新增" if new else "在享"


def _record(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.decision.record, name) or None


def _written(name: str) -> Callable[[Line], Any]:
    return lambda line: str(getattr(line.decision.record, name) or "") or None


def spells_text(spells: Sequence[Spell]) -> str:
    """1984-05至1995-04 书记, a line for each spell."""
    return "\n".join(f"{s.start}至{s.end or '今'} {s.post}".strip() for s in spells)


def age(line: Line) -> int:
    """Full years on the period's last day."""
    return years_between(line.born.day, number(line.on) + 1)


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


def _standard(line: Line) -> Any:
    return line.verdict.standards[max(line.verdict.standards)] if line.verdict.standards else None


def _of_standard(name: str, line: Line) -> Any:
    standard = _standard(line)
    return getattr(standard, name) if standard else None


def _remarks(line: Line) -> str | None:
    by_sum: dict[int, list[int]] = defaultdict(list)
    for payment in line.payments:
        by_sum[payment.fen].append(payment.month)
    notes = list(line.decision.notes.get(line.verdict.benefit.name, []))
    if len(by_sum) > 1:
        notes += [
            f"{months_text(months)} 每月{fen // 100}.{fen % 100:02d}元" for fen, months in by_sum.items()
        ]
    return "；".join(filter(None, (*notes, line.decision.record.remarks))) or None


def _length(at: int, line: Line) -> Any:
    length = line.verdict.length
    if length is None:
        return None
    return int(length.months) if at == 0 else f"{length.units} {length.steps[-1].unit}"


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
_UNIT = Shown(Column("per", "标准单位"), lambda line: _PER[_standard(line).per] if _standard(line) else None)
_PAYMENT = (
    _STANDARD,
    _UNIT,
    Shown(
        Column("since", "起发月"),
        lambda line: str(month(line.verdict.first)) if line.verdict.first > 0 else None,
    ),
    Shown(Column("months", "发放月份"), lambda line: months_text([p.month for p in line.payments])),
    Shown(Column("count", "本期月数", Kind.COUNT), lambda line: sum(not p.arrears for p in line.payments)),
    Shown(Column("arrears", "补发", Kind.MONEY, total=True), lambda line: line.arrears),
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


def roster_page(assessment: Assessment, benefit: Benefit) -> Table:
    """发放花名册 of one benefit."""
    layout = _LAYOUTS[benefit.page]
    found = lines(assessment, benefit.name)
    rows = [(i, *(shown.of(line) for shown in layout)) for i, line in enumerate(found, 1)]
    edition = assessment.policy.on(assessment.period.last)
    amounts = (benefit.amount_in_force(month(p.month).first) for line in found for p in line.payments)
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
        ),
        signed=True,
    )
