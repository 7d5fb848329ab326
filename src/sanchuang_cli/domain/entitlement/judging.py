"""Judges the rows of a roster: a decision on each person, with everything that is doubtful about it.

This is the only door to the rules; everybody else asks here. A row gets the same answer alone and together
with any other rows. What rows say about one another belongs to domain/payroll.
"""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.consistency import TOLD_TWICE
from sanchuang_cli.domain.entitlement.decisions import Decision, decided
from sanchuang_cli.domain.entitlement.doubts import Decide, contradicted, disagreement, doubts
from sanchuang_cli.domain.entitlement.prior import Prior
from sanchuang_cli.domain.entitlement.readings import Against, OtherReading
from sanchuang_cli.domain.entitlement.remarked import Lines, beside_fields, lines_with_more
from sanchuang_cli.domain.entitlement.row_troubles import finding, trouble
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.entitlement.spell_sheet import SpellSheet
from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.judging import Judged
from sanchuang_cli.record import Roster


class Grounds(NamedTuple):
    """What rows are judged by: the rules of a period, the sheet of spells, and what was paid in the last
    period."""

    book: Rulebook
    sheet: SpellSheet
    lines: Lines
    before: Prior | None

    @classmethod
    def of(cls, book: Rulebook, spells: Roster[SpellRow] | None, before: Prior | None) -> "Grounds":
        """Prepare the grounds from the rulebook, the 任职经历 sheet (None without one), and the last period
        (None if not given)."""
        return cls(book, SpellSheet.of(spells), lines_with_more(spells), before)


def judged(records: Iterable[Member], at: Grounds) -> list[Judged]:
    """Judge each row by itself, in the order of the rows."""
    decide = partial(decided, at.book, before=at.before)
    return [_judged(record, at, decide) for record in records]


def _judged(record: Member, at: Grounds, decide: Decide) -> Judged:
    book, sheet = at.book, at.sheet
    cell, told = record.spells, sheet.spells.get(record.identity, ())
    if told:
        record = replace(record, spells=told)
    unknown_service = sheet.trouble_of(record)
    if not book.concerns(record):
        found = [finding(record, unknown_service)] if unknown_service else []
        return Judged(record, Decision(record), found)
    beside = beside_fields(record, at.lines)
    born = Born.of(record.identity)
    if born is None:
        unreadable = trouble("identity", "identity", "身份证号不能识别")
        return Judged(record, Decision(record), [finding(record, unreadable), *beside])
    decision = decide(record, born)
    troubles = decision.troubles
    if unknown_service and any(verdict.benefit.service for verdict in decision.verdicts):
        troubles = [*troubles, unknown_service]
    if troubles:
        found = [finding(record, one) for one in troubles]
    else:
        found = list(doubts(book, decision, born, decide))
    if told and cell and disagreement(cell, told):
        other = OtherReading(replace(record, spells=cell), born)
        against = Against("spells", "“任职经历”一格与任职经历表不一致", (other,))
        found += contradicted(decision, decide, TOLD_TWICE, against)
    return Judged(record, decision, found + beside if beside else found)
