"""Adds up raters' papers: which are void, and the marks that each group of raters gave each unit. Nobody's paper is quoted
or cited.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain.appraisal.policy import Poll, RaterPapers
from sanchuang_cli.domain.appraisal.rosters import RaterMark
from sanchuang_cli.domain.appraisal.sheets import PAPERS, UnitSheets
from sanchuang_cli.domain.words import narrow

_NUMBER = re.compile(r"\d{1,3}(\.\d{1,2})?")
UnitMarks = Mapping[int, Mapping[str, Sequence[Fraction]]]
"""By the row (its id) of a unit and the group of raters, the marks that the unit got on papers that count."""


class PaperMarks(NamedTuple):
    """What came of all papers. waits: why a unit cannot be judged, by its row. void: how many papers broke a limit."""

    of: UnitMarks
    waits: Mapping[int, Sequence[str]]
    void: int


def read_papers(records: Iterable[RaterMark], rule: Poll, sheets: UnitSheets) -> PaperMarks:
    """The marks of the papers that count."""
    assert rule.papers
    units = {id(record.row): unit for unit, own in sheets.of[PAPERS].items() for record in own}
    by_paper: dict[tuple[str, str], list[RaterMark]] = defaultdict(list)
    for record in records:
        by_paper[narrow(record.group), narrow(record.paper)].append(record)
    of: dict[int, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    waits: dict[int, list[str]] = defaultdict(list)
    void = 0
    for (group, paper), own in by_paper.items():
        marks = [_mark(record, rule.papers) for record in own]
        known = [mark for mark in marks if mark is not None]
        twice = len({(narrow(record.township), narrow(record.unit)) for record in own}) < len(own)
        there = [
            (units[id(record.row)], mark)
            for record, mark in zip(own, marks, strict=True)
            if id(record.row) in units
        ]
        if group not in rule.groups.names or not paper or twice or len(known) < len(own):
            for unit, _ in there:
                waits[unit].append(f"评分表里“{group}”组有读不懂、重复或者对不上的评分")
        elif rule.papers.sheet and rule.papers.sheet.faults(known):
            void += 1
        else:
            for unit, mark in there:
                of[unit][group].append(mark or Fraction(0))
    return PaperMarks(of, waits, void)


def _mark(record: RaterMark, rule: RaterPapers) -> Fraction | None:
    """The mark as a number; None where it is none, or more than a paper can give, or struck through."""
    text = narrow(record.mark)
    if not _NUMBER.fullmatch(text) or record.row.beside.struck or Fraction(text) > rule.full:
        return None
    return Fraction(text)


NO_PAPERS = PaperMarks({}, {}, 0)


def given(marks: Mapping[str, Sequence[Any]], names: Iterable[str]) -> int:
    """How many marks several groups gave."""
    return sum(len(marks.get(name, ())) for name in names)
