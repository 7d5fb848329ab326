"""Puts into words what came of judged steps: what is wrong with them, what stands next, and how each was read, counted and
compared.

Whatever is wrong is told at its cell. It sets nobody aside: a step done too late was done, and what follows from that is a
conclusion of people.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sanchuang_cli.deadlines import BY_ITSELF, DueDay, days_left
from sanchuang_cli.domain.process.graph import Graph, earlier
from sanchuang_cli.domain.process.nodes import Node
from sanchuang_cli.domain.process.timetable import due
from sanchuang_cli.domain.process.verdict import Check, JudgedStep, StepDue, StepState
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import Reason, Told
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Record

Steps = Mapping[str, JudgedStep]

CODES = {
    StepState.LATE: "late",
    StepState.EARLY: "early",
    StepState.ORDER: "order",
    StepState.OVERDUE: "overdue",
    StepState.MISSING: "missing",
    StepState.STRETCHED: "stretched",
    StepState.UNCLEAR: "unclear",
    StepState.KEPT: "between",
}
"""The code under which a programme's table has what is wrong, by the result of the check. `calendar` comes beside them."""
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_CHECK = "请核对这一步的日期；确是这样的，由党委按规定研究处理，本程序不作结论，本行不动。"
STEP_DOUBTS = Doubts(
    {
        "before-birth": Doubt(_E, "日期不早于出生", "请核对日期和身份证号；本行待核实。", "日期在出生以前"),
        "after-end": Doubt(
            _E, "终止以后不再往下办", "请核对终止日期和那一步的日期；本行待核实。", "终止以后还有步骤"
        ),
        "late": Doubt(_E, mend=_CHECK, brief="一步办得超期"),
        "early": Doubt(_E, mend=_CHECK, brief="一步早于规定"),
        "order": Doubt(_E, "步骤有先后", _CHECK, "步骤次序颠倒"),
        "overdue": Doubt(
            _E, mend="请尽快办理，并写明延迟原因；已经办了的，请补填日期。", brief="一步逾期未办"
        ),
        "missing": Doubt(_W, "每一步都要有日期", "请对照档案补填；确实没有办的，由党委按规定研究处理。"),
        "stretched": Doubt(_W, mend="请写明延迟原因，在最后期限以前办完。"),
        "unclear": Doubt(_W, mend="请把日期填到日，再重新运行。"),
        "between": Doubt(_W, mend="两种算法结果不同：请按本县的算法核对起止日。"),
        "calendar": Doubt(
            _W, mend="放假安排公布以后，更新程序，或在政策里写 holidays、workdays，再重新运行。"
        ),
        "unpublished": Doubt(_N, mend="请核对这一步办的时候按的是哪一版规定。"),
        "no-column": Doubt(_N, mend="要判断的，请在名册里加上这些栏。"),
    }
)
"""What a programme with dated steps may find odd; how grave a broken limit is, its level says."""
_OPEN = {
    StepState.OVERDUE, StepState.STRETCHED, StepState.TOO_SOON, StepState.NOT_DUE, StepState.BY_HAND,
    StepState.OPEN, StepState.UNCLEAR,
}  # fmt: skip
"""Results of a step that is not done and waits for no other."""
_UNDECIDED = {StepState.UNBOUND, StepState.NOT_DUE, StepState.TOO_SOON, StepState.WAITING, StepState.UNCLEAR}


class StepTrouble(NamedTuple):
    """One thing that is wrong with a step, or with whatever a programme judges beside the steps.

    field: the column to look at. read: what stands there. limit: what was asked. days: by how many days it is broken, at
    least; None where it is no matter of days.
    """

    code: str
    severity: Severity
    step: str
    field: str
    said: str
    basis: str = ""
    read: str = ""
    limit: str = ""
    days: int | None = None

    @property
    def weight(self) -> str:
        """How grave it is, in a word."""
        return self.severity.label


def troubles(steps: Steps) -> Iterator[StepTrouble]:
    """A trouble for each limit that is broken or unclear, and one for each year whose holidays are not announced."""
    for step in steps.values():
        yield from (_trouble(step, check, check.severity) for check in step.checks if check.severity)
    unknown: dict[int, tuple[JudgedStep, Check]] = {}
    for step in steps.values():
        for check in step.checks:
            for year in check.guessed:
                unknown.setdefault(year, (step, check))
    for year, (step, check) in sorted(unknown.items()):
        said = f"{step.step}：{year}年放假安排未公布，只按周末推算为 {check.closes or check.opens}，暂定"
        yield StepTrouble(
            "calendar", Severity.WARNING, step.step, check.reads[-1], said, check.clause, "", check.sums
        )


def unpublished(steps: Steps, since: date, published: date | None, title: str) -> Iterator[StepTrouble]:
    """Steps that were done when an edition was in force, from `since`, and not yet published."""
    for name, step in steps.items():
        day = step.day if step.done and published else None
        if day and published and since <= day.earliest <= day.latest < published:
            said = f"{name} {day}：《{title}》已印发，{published} 才公布，按它判断"
            yield StepTrouble("unpublished", _N, name, name, said, f"《{title}》", str(day))


def _trouble(step: JudgedStep, check: Check, severity: Severity) -> StepTrouble:
    day = str(step.day or "")
    said = f"{' '.join(filter(None, (step.step, day)))}，{check}"
    code, days = CODES[check.state], check.days[0] or None
    if check.between:
        said += "，在两种算法之间"
    return StepTrouble(code, severity, step.step, step.step, said, check.clause, day, _limit(check), days)


def _limit(check: Check) -> str:
    if check.sums:
        return check.sums
    if check.state is StepState.MISSING:
        return f"在“{check.after}”之前"
    return f"“{check.after}” {check.opens}" if check.opens else f"“{check.after}”{check.why or ''}"


def told(
    doubts: Doubts, record: Record, wrong: Iterable[StepTrouble], cells: Mapping[str, str]
) -> list[Told]:
    """A finding for each trouble at its cell, of no row. cells: the fields of steps that are no column's own."""
    found = []
    for one in wrong:
        place = record.row.place(cells.get(one.field, one.field))
        message = f"{record.called}：{one.said}"
        found.append(Told(doubts.at(one.code, place, message, one.basis, weight=one.severity)))
    return found


def coming(record: Record, steps: Steps, nodes: Mapping[str, Node], on: date) -> list[DueDay]:
    """What stands next: each step that is not done and waits for no other, and each day ahead that comes by itself."""
    dues = {item.step: item for item in due(steps, on)}
    found = []
    for name, step in steps.items():
        node, item = nodes.get(name), dues.get(name)
        if node and item and item.ends:
            latest = _deadline(record, step, node, item, on)
            found.append(latest._replace(earliest=item.day, responsible="", state=BY_ITSELF))
        elif node and not (step.done or node.optional or node.falls) and step.state in _OPEN:
            found.append(_deadline(record, step, node, item, on))
    return _not_too_soon(found, {name: node.stands_after for name, node in nodes.items()})


def _not_too_soon(found: list[DueDay], graph: Graph) -> list[DueDay]:
    """Whatever may be done at any time says from when on that can be done for which it is a preparation."""
    soon = {one.what: one.earliest for one in found if one.state == StepState.TOO_SOON}
    notes = {before: f"“{what}”不早于 {day}" for what, day in soon.items() for before in earlier(graph, what)}
    return [
        one._replace(note="；".join(filter(None, (one.note, notes.get(one.what, "")))))
        if not one.earliest
        else one
        for one in found
    ]


def _deadline(record: Record, step: JudgedStep, node: Node, item: StepDue | None, on: date) -> DueDay:
    latest = item.day if item else None
    years = "、".join(map(str, item.guessed)) if item else ""
    return DueDay(
        record,
        step.step,
        (item.clause if item else "") or node.clause,
        max((check.opens for check in step.checks if check.opens), default=None),
        latest,
        item.last if item else None,
        days_left(latest, on),
        node.responsible,
        str(step.state),
        f"{years}年放假安排未公布，暂定" if years else "",
    )


def reasons(steps: Steps, cells: Mapping[str, str]) -> Iterator[Reason]:
    """For each step with a day or a check: how it was read, by which clause, and the arithmetic of its days."""
    for step in steps.values():
        read = f"{step.day}{'（推算）' * step.derived}" if step.day else "没有填"
        if step.day and not step.checks:
            yield Reason(step.step, read, step.clause, None, (cells.get(step.step, step.step),))
        for check in step.checks:
            holds = None if check.state in _UNDECIDED else check.severity is None
            reads = tuple(cells.get(name, name) for name in check.reads)
            yield Reason(
                step.step, f"{read}；{check}{_arithmetic(step.day, check)}", check.clause, holds, reads
            )


def _arithmetic(day: VagueDate | None, check: Check) -> str:
    """How the bounds of a check were worked out, and by how many days the step lies beyond them."""
    apart = ""
    if day and check.state is StepState.EARLY:
        apart = f"{check.opens} − {day} = {check.days[0]} 天"
    elif day and check.state in (StepState.LATE, StepState.STRETCHED):
        bound = check.closes if check.state is StepState.STRETCHED else check.last or check.closes
        apart = f"{day} − {bound} = {check.days[0]} 天"
    return "".join(f"；{words}" for words in (check.sums, apart) if words)
