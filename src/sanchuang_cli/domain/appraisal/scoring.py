"""Works out scores: what inspections leave of the points of each item, and what the ballots of each group of raters come to.

No message says how many ballots a group cast: one that is small must not be read off a finding.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.appraisal.papers import given
from sanchuang_cli.domain.appraisal.policy import Inspection, Poll
from sanchuang_cli.domain.appraisal.rosters import (
    AppraisedUnit,
    CitedGroup,
    CitedLoss,
    GroupBallots,
    InspectionRow,
)
from sanchuang_cli.domain.ballots.counts import Ballots
from sanchuang_cli.domain.ballots.groups import Composed, by_groups, by_marks
from sanchuang_cli.domain.ballots.points import adds_up, left_of
from sanchuang_cli.domain.ballots.raters import Marks, figures_of
from sanchuang_cli.domain.doubtful import Doubtful, Objection
from sanchuang_cli.domain.exact_numbers import plain, summed
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import Odd
from sanchuang_cli.record import Record

_HUNDRED = 100


class SheetFault(NamedTuple):
    """What is wrong with a row of a sheet, and at which field; "" is the whole row."""

    code: str
    row: Record
    field: str
    said: str


class ItemScore(NamedTuple):
    """What an inspection left of an item. cited: where something was taken off it."""

    record: AppraisedUnit
    item: str
    way: str
    full: Fraction
    lost: Fraction
    cited: tuple[CitedLoss, ...]

    @property
    def got(self) -> Fraction:
        """Never below nought."""
        return left_of(self.full, (self.lost,))

    def __str__(self) -> str:
        less = f" − {plain(self.lost)}" if self.lost else ""
        return f"{self.item} {plain(self.full)}{less}" + ("，扣完为止" if self.lost > self.full else "")


def daily_score(items: Sequence[ItemScore], rule: Inspection) -> Fraction:
    """The points of all items, of a hundred."""
    return summed(item.got for item in items) * _HUNDRED / rule.full


def inspected(
    unit: AppraisedUnit, rows: Sequence[InspectionRow], rule: Inspection, odd: Odd
) -> tuple[ItemScore, ...]:
    """The items of a unit; errors where they do not make up what they should."""
    by_item: dict[str, list[InspectionRow]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    for item, own in by_item.items():
        for wrong in _wrong_with(item, own, rule):
            sheet_error(odd, unit, wrong)
    total = summed(own[0].full for own in by_item.values())
    if rows and total != rule.full:
        lacking = [item.name for item in rule.items if item.name not in by_item]
        more = f"，没有{'、'.join(lacking)}" if lacking else ""
        said = f"各项目满分合计 {plain(total)} 分，应是 {plain(rule.full)} 分{more}"
        sheet_error(odd, unit, SheetFault("full-differs", rows[0], "full", said))
    return tuple(_item(unit, item, own) for item, own in by_item.items())


def _item(unit: AppraisedUnit, item: str, own: Sequence[InspectionRow]) -> ItemScore:
    ways = "、".join(dict.fromkeys(row.way for row in own if row.way))
    lost = summed(row.lost for row in own)
    cited = tuple(CitedLoss(row=row.row) for row in own if row.lost)
    return ItemScore(unit, item, ways, own[0].full, lost, cited)


def _wrong_with(item: str, own: Sequence[InspectionRow], rule: Inspection) -> Iterator[SheetFault]:
    """What is wrong with the rows of an item."""
    known = next((each for each in rule.items if each.name == item), None)
    if rule.items and known is None:
        yield SheetFault("item-unknown", own[0], "item", "不在政策所列的检查项目之内")
    full, whose = (known.points, "政策") if known else (own[0].full, "同一项目的另一行")
    offices = known.offices if known else {}
    serials = [row.serial for row in own]
    for at, row in enumerate(own):
        if row.serial in serials[:at]:
            yield SheetFault("row-twice", row, "serial", "这一项目、这一序号还有一行")
        if row.full != full:
            said = f"满分写的是 {plain(row.full)} 分，{whose}是 {plain(full)} 分"
            yield SheetFault("item-differs", row, "full", said)
        if rule.ways and row.way and row.way not in rule.ways:
            yield SheetFault("way-unknown", row, "way", f"方式“{row.way}”不是{'、'.join(rule.ways)}")
        if offices and row.office and row.office not in offices:
            yield SheetFault("office-unknown", row, "office", f"政策里这一项没有“{row.office}”")
    yield from _parts_wrong(own)


def _parts_wrong(own: Sequence[InspectionRow]) -> Iterator[SheetFault]:
    """Where the points of the offices that check an item do not make up its own."""
    shared = [row for row in own if row.part is not None]
    parts: dict[str, Fraction] = {}
    for row in shared:
        parts.setdefault(row.office, row.part or Fraction(0))
        if row.part != parts[row.office]:
            yield SheetFault("parts-differ", row, "part", f"“{row.office}”的分值，别的行写的不同")
    if parts and (wrong := adds_up("满分", own[0].full, parts)):
        yield SheetFault("parts-differ", shared[0], "part", f"{'、'.join(parts)}{wrong.said}")


class PollPool(NamedTuple):
    """A group of raters, or several that were merged so that none is shown that is too small."""

    record: AppraisedUnit
    names: tuple[str, ...]
    weight: Fraction
    score: Fraction
    valid: int

    @property
    def called(self) -> str:
        """How a page names the group or the merged groups."""
        return "、".join(self.names) + ("（合并）" if len(self.names) > 1 else "")


class PollResult(NamedTuple):
    """What ballots came to. composed: by group. marks, given_out, returned: the ballots of all groups together; empty or None
    where raters give points. sheets: what it rests on, as an explanation may cite it."""

    composed: Composed
    pools: tuple[PollPool, ...]
    marks: Mapping[str, int]
    given_out: int | None
    returned: int | None
    sheets: tuple[CitedGroup, ...]

    @property
    def valid(self) -> int:
        """The valid ballots of all groups."""
        return sum(pool.valid for pool in self.pools)


def polled(
    unit: AppraisedUnit, rows: Sequence[GroupBallots], rule: Poll, marks: Marks, odd: Odd
) -> PollResult | Doubtful | None:
    """The ballots of a unit by group; None where an error says what is wrong with them."""
    groups: dict[str, GroupBallots] = {}
    for row in rows:
        group = narrow(row.group)
        if group not in rule.groups.names:
            said = f"政策的联评只有 {'、'.join(rule.groups.names)}"
            sheet_error(odd, unit, SheetFault("group-unknown", row, "group", said))
        if group in groups:
            sheet_error(odd, unit, SheetFault("row-twice", row, "group", "这一组还有一行"))
        for objection in _contradictions(row, marks):
            sheet_error(odd, unit, SheetFault("ballots-wrong", row, "", _said(objection)))
        groups[group] = row
    if odd.grave:
        return None
    together = by_groups({name: ballots_of(row, marks) for name, row in groups.items()}, marks, rule.groups)
    if isinstance(together, Doubtful):
        return together
    every = groups.values()
    return PollResult(
        together,
        tuple(
            PollPool(unit, names, weight, score, sum(groups[name].valid for name in names))
            for names, weight, score in together.parts
        ),
        {word: sum(row.more.get(word) or 0 for row in every) for word in marks.worth},
        sum(row.given_out for row in every),
        sum(row.returned for row in every),
        tuple(CitedGroup(row=row.row) for row in rows),
    )


def marked(unit: AppraisedUnit, own: Mapping[str, Sequence[Fraction]], rule: Poll) -> PollResult | Doubtful:
    """The same of raters who give points."""
    together = by_marks(own, rule.papers.trim if rule.papers else None, rule.groups)
    if isinstance(together, Doubtful):
        return together
    pools = [PollPool(unit, *part, given(own, part[0])) for part in together.parts]
    return PollResult(together, tuple(pools), {}, None, None, ())


def ballots_of(row: GroupBallots, marks: Marks) -> Ballots:
    """The figures of a group. Where there is no valid ballot, a blank is none."""
    given_marks = {word: row.more.get(word) for word in marks.worth}
    if not row.valid:
        given_marks = {word: number or 0 for word, number in given_marks.items()}
    return Ballots(marks=given_marks, given_out=row.given_out, returned=row.returned, valid=row.valid)


def _contradictions(row: GroupBallots, marks: Marks) -> tuple[Objection, ...]:
    figures = figures_of(ballots_of(row, marks), marks)
    return figures.doubts if isinstance(figures, Doubtful) else ()


def _said(objection: Objection) -> str:
    """What is wrong with the ballots of a group, without a figure."""
    first, *others = objection.columns
    if objection.code == "exceeds":
        return f"“{first}”多于“{others[0]}”"
    if objection.code == "not-the-sum":
        return f"各等次的票合计不等于“{first}”"
    return f"没有填“{'、'.join(objection.columns)}”，没有的要填 0"


def sheet_error(odd: Odd, unit: AppraisedUnit, wrong: SheetFault) -> None:
    """An error at a row of a sheet, and one at the unit that is set aside for it."""
    place = wrong.row.row.place(wrong.field)
    odd.found.append(odd.doubts.at(wrong.code, place, f"{wrong.row.called}：{wrong.said}"))
    where = " ".join(filter(None, (place.book, place.sheet, place.spot)))
    odd.add("sheet-wrong", "name", f"{unit.called}：{where} 有错，没有评")
