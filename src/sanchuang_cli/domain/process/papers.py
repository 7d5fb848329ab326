"""Makes the papers of a process: the review before a decision (one page a person), the result of a vote, and the reply (批复).

What the register says is filled in; a box is blank only where people write.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sanchuang_cli.domain.ballots.counts import ABSTAINED, WRITTEN, YES
from sanchuang_cli.domain.ballots.in_roster import ENTITLED, NO, PRESENT
from sanchuang_cli.domain.process.meetings import Meeting
from sanchuang_cli.domain.process.plans import within
from sanchuang_cli.domain.process.verdict import StepState
from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Cols, cols
from sanchuang_cli.papers import Box, Form, Letter, Papers, WrittenFor, box
from sanchuang_cli.period import VagueDate
from sanchuang_cli.table import Column, Table

_DAY = "　　　　年　　月　　日"
_SEALED, _BY_HAND = ("负责人签字：", "（盖章）", _DAY), ("签字：", _DAY)
"""The lines of whoever signs for an organisation, and of whoever signs alone."""
_IN_A_ROW = 3
_FIGURES = (ENTITLED, PRESENT, WRITTEN, YES, NO, ABSTAINED)
_WAITS = {StepState.MISSING, StepState.UNBOUND, StepState.WAITING}

Rows = tuple[tuple[Box, ...], ...]
Facts = Sequence[tuple[str, object]]
"""Labels, each with what stands beside it."""


@dataclass(frozen=True)
class Reply:
    """A 批复. step: the approval that it tells of. meeting: the vote that was approved. title: of the letter, where {} is who;
    words: what is approved, with {} for how many."""

    step: str
    meeting: Meeting
    title: str
    words: str


@dataclass(frozen=True)
class StepPapers:
    """The papers of a programme whose verdicts have `steps`, `troubles` and `carried`, the meetings whose vote did; as `Programme.papers`.

    step: the one that is reviewed; review: what its paper is called; opinions: who writes theirs on it. result: what the
    paper of a vote is called, with the meeting's step before it. person: the columns that papers have of somebody. to, issuer: whom a
    reply is for, and who sends it. of: the parts whose people may need a paper.
    """

    step: str
    review: str
    opinions: tuple[str, ...]
    result: str
    meetings: tuple[Meeting, ...]
    replies: tuple[Reply, ...]
    person: Cols
    to: Callable[[Any], str]
    issuer: Callable[[Any], str]
    of: tuple[str, ...]

    def __call__(self, whole: Whole, whom: WrittenFor) -> Papers:
        """A review for whoever stands before it, a result for each vote of the period, and a reply for what was approved in
        it without a broken national limit, after a meeting whose vote carried; of those who were chosen, whatever they need."""
        chosen = whole.of(self.of)
        forms = [form for verdict in chosen for form in self._forms(verdict, whole, whom)]
        return Papers(tuple(forms), tuple(self._letters(chosen, whole, whom)))

    def _forms(self, verdict: Any, whole: Whole, whom: WrittenFor) -> Iterator[Form]:
        line, steps = verdict.record.row.line, verdict.steps
        reviewed = steps[self.step]
        if not reviewed.done and whom.chosen(line, lambda: reviewed.state not in _WAITS):
            yield self._review(verdict)
        for meeting in self.meetings:
            done = steps[meeting.step]
            if done.done and whom.chosen(line, partial(within, done.day, whole.at.occasion.period)):
                yield self._result(verdict, meeting)

    def _form(self, verdict: Any, what: str, filled: Rows) -> Form:
        record = verdict.record
        shown = [column.shown(type(record), type(verdict)) for column in cols(self.person)]
        facts = [(column.column.title, column.cell(verdict)) for column in shown]
        return Form(record.township, record.name, what, (*_rows(facts), *filled), (), what)

    def _review(self, verdict: Any) -> Form:
        days = [(name, day) for name in verdict.steps if (day := verdict.record.more.get(name))]
        wrong = [f"{one.weight}：{one.said}" for one in verdict.troubles]
        checked = "\n".join(wrong) or "名册填的日期没有不合期限的。"
        opinions = tuple((_opinion(label),) for label in self.opinions)
        return self._form(verdict, self.review, (*_rows(days), (box("程序核对", checked),), *opinions))

    def _result(self, verdict: Any, meeting: Meeting) -> Form:
        more = verdict.record.more
        figures = [(heading, _figure(more.get(meeting.of + heading))) for heading in _FIGURES]
        sums = [one for one in verdict.reasons if one.what.startswith(f"{meeting.step}表决")]
        counted = "\n".join(f"{one.what.partition('：')[2]}：{one.said}（{one.basis}）" for one in sums)
        held = _rows([("会议", meeting.step), ("会议日期", more.get(meeting.step))])
        signed = (_opinion("计票人\n监票人", _BY_HAND), _opinion("会议\n主持人", _BY_HAND))
        filled = (*held, *_rows(figures), (box("核算", counted),), signed, (_opinion("党支部"),))
        return self._form(verdict, f"{meeting.step}{self.result}", filled)

    def _letters(self, chosen: Sequence[Any], whole: Whole, whom: WrittenFor) -> Iterator[Letter]:
        for reply in self.replies:
            together: dict[tuple[str, str, VagueDate], list[Any]] = {}
            for verdict in chosen:
                day, line = verdict.steps[reply.step].day, verdict.record.row.line
                sound = not any(one.severity is Severity.ERROR for one in verdict.troubles)
                approved = reply.meeting.step in verdict.carried
                if (
                    day
                    and sound
                    and approved
                    and whom.chosen(line, partial(within, day, whole.at.occasion.period))
                ):
                    key = self.issuer(verdict.record), self.to(verdict.record), day
                    together.setdefault(key, []).append(verdict)
            yield from (self._letter(reply, *key, about) for key, about in together.items())

    def _letter(self, reply: Reply, issuer: str, to: str, day: VagueDate, about: Sequence[Any]) -> Letter:
        names = about[0].record.name + (f"等{len(about)}名" if len(about) > 1 else "")
        title = f"关于{reply.title.format(names)}的批复"
        asked = f"你们《关于{reply.title.format(names)}的请示》收悉。"
        approved = f"经{issuer}{_official(day)}集体讨论审批，{reply.words.format(len(about))}。"
        paragraphs = (("", asked + approved), ("", "此复。"))
        name = f"{title}（{to} {day}）"
        return Letter(
            name,
            title,
            to,
            paragraphs,
            _list(reply, about),
            (),
            issuer,
            day.latest if day.exact else None,
            True,
        )


def _official(day: VagueDate) -> str:
    first = day.earliest
    return f"{first.year}年{first.month}月{first.day}日" if day.exact else str(day)


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _opinion(label: str, signed: tuple[str, ...] = _SEALED) -> Box:
    return Box(Column(label, label), "", signed)


def _rows(facts: Facts) -> Rows:
    boxes = [box(label, words) for label, words in facts]
    return tuple(tuple(boxes[at : at + _IN_A_ROW]) for at in range(0, len(boxes), _IN_A_ROW))


def _list(reply: Reply, about: Sequence[Any]) -> Table:
    """Those whom a reply is about, each with the day of the meeting, from which what was approved is counted."""
    heads = ("序号", "姓名", "性别", "出生年月", reply.meeting.step)
    kinds = (Kind.COUNT, Kind.NAME, Kind.TEXT, Kind.TEXT, Kind.TEXT)
    rows = [
        (
            number,
            who.record.name,
            who.record.sex,
            f"{who.record.born:%Y-%m}",
            str(who.steps[reply.meeting.step].day),
        )
        for number, who in enumerate(about, 1)
    ]
    columns = tuple(Column(head, head, kind) for head, kind in zip(heads, kinds, strict=True))
    return Table("名单", "名单", columns, rows)
