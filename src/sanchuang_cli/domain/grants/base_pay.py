"""Base pay of cadres in office, taken from the results of `pay`, in a column of its own beside what a body is granted.

A body in, the sum of its cadres with the cells out. Nothing here changes what is granted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import Field as Setting

from sanchuang_cli.finding import Doubt, Doubts, Severity, UserError
from sanchuang_cli.join import FromResult, Join, Taken
from sanchuang_cli.judging import At, Company, Odd, Reason, Told
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Period
from sanchuang_cli.record import Field, Origin

_WAITING = "待核实名单"
_FEW = 3
_BASIS = "基本报酬以在职报酬的结果为准"
_W = Severity.WARNING
DOUBTS = Doubts(
    {
        "no-base-pay": Doubt(_W, mend="请核对两边乡镇、村名的写法；确实没有在职干部的，不用管。"),
        "base-pay-waits": Doubt(_W, mend="请先核实那份报酬结果里待核实的人，重新做那份结果。"),
        "base-pay-elsewhere": Doubt(_W, mend="请核对两边乡镇、村名的写法；名册漏了的，请补上。"),
    }
)


class BasePay(FromResult, title="基本报酬"):
    """Whose cadres have base pay by a result of `pay`."""

    types: tuple[str, ...] = Setting(
        min_length=1, description="哪些类型有在职干部的基本报酬；单列一栏，不计入核定标准"
    )


JOIN = Join(
    "base_pay",
    "pay",
    "报酬发放表",
    on={"township": "乡镇", "name": "村"},
    column=Field("基本报酬", Kind.MONEY),
    wanted=lambda edition: edition.base_pay is not None,
    must=lambda edition: edition.base_pay.must,
    optional=True,
    adds=True,
)


class TakenPay(NamedTuple):
    """fen: None where the results have no line of the body, or none is asked for. reasons: of it, with the cells."""

    fen: int | None = None
    reasons: tuple[Reason, ...] = ()


def waiting(at: At[Any]) -> Counter[tuple[str, str]]:
    """How many cadres of each body, by township and name, the results set aside. Asked once for a run."""
    origin = _origin(at)
    lines = origin.lines(_WAITING) if origin else ()
    return Counter((str(cells.get("乡镇")), str(cells.get("村"))) for _, cells in lines)


def base_pay(body: Any, kind: str, at: At[Any], odd: Odd) -> TakenPay:
    """What the cadres of a body get by the results. at.ready: what `waiting` gave."""
    lines = at.partners.get(JOIN.name)
    if lines is None or kind not in at.policy.base_pay.types:
        return TakenPay()
    taken = lines.all_of(body)
    if count := at.ready[body.township, body.name]:
        said = f"{body.called}：报酬结果里还有 {count} 人待核实，他们的基本报酬没有计入"
        odd.add("base-pay-waits", "name", said, _BASIS)
    if not taken:
        said = f"{body.called}：{_periods(at)}的报酬结果里没有这个村的行，基本报酬没有列"
        odd.add("no-base-pay", "name", said, _BASIS)
        return TakenPay()
    fen = _sum(taken)
    said = f"{_periods(at)}，{len(taken)} 行合计 {yuan(fen)} 元，单列"
    return TakenPay(fen, (Reason("基本报酬", said, _BASIS, None, ("township", "name"), taken),))


def _sum(taken: Sequence[Taken]) -> int:
    return sum(value.value for value in taken)


def _origin(at: At[Any]) -> Origin | None:
    return at.rosters[JOIN.name].origin if JOIN.name in at.rosters else None


def _periods(at: At[Any]) -> str:
    """The periods of the results, those that follow one another as one: 2026年第一季度、2026年5月."""
    joined: list[Period] = []
    for period in origin.periods if (origin := _origin(at)) else ():
        if joined and (before := joined[-1]).start.plus(before.months) == period.start:
            joined[-1] = Period(before.start, before.months + period.months)
        else:
            joined.append(period)
    return "、".join(period.title for period in joined)


def left_over(company: Company, roster: str) -> Iterator[Told]:
    """Lines of the results that belong to no body of the roster. Raises UserError where no township of them is on it: then
    the results are another county's."""
    lines, bodies = company.at.partners.get(JOIN.name), [judged.record for judged in company.judged[roster]]
    unread = {(row.written("township"), row.written("name")) for row in company.unread}
    elsewhere = lines.of_nobody(bodies) if lines else {}
    townships = {body.township for body in bodies}
    if bodies and elsewhere and not townships & {township for township, _ in elsewhere}:
        theirs = sorted({township for township, _ in elsewhere})
        if not any(lines and lines.all_of(body) for body in bodies):
            raise UserError(
                f"--result 给的报酬结果里的乡镇（{'、'.join(theirs[:_FEW])}）名册里一个也没有，像是别的县的结果。"
                "请换成本县的结果。"
            )
    for key, taken in elsewhere.items():
        if key not in unread:
            said = f"{key[0]}“{key[1]}”：报酬结果里有，名册里没有，{len(taken)} 行 {yuan(_sum(taken))} 元没有列到哪个村"
            yield Told(company.at.doubts.at("base-pay-elsewhere", taken[0].place, said, _BASIS))


def note(at: At[Any]) -> tuple[str, ...]:
    """The note that says of what the column of base pay is made."""
    if at.policy.base_pay is None:
        return ()
    if at.partners.get(JOIN.name) is None:
        return ("基本报酬没有列：没有用 --result 给出在职报酬的结果。",)
    return (f"基本报酬取自{_periods(at)}的在职报酬结果，单列，不计入核定标准。",)
