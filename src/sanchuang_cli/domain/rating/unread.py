"""Finds cells that say something which cannot be made out: they never count as blank, and nothing is concluded from them.

#N/A, a formula without a result, a word outside the list, or text in a yes/no column sets the organisation aside with an
error at that cell, wherever a verdict looks. `looked_at` says where a verdict looks, for the whole rating.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.goods import ScoreSheet
from sanchuang_cli.domain.rating.indicators import Values
from sanchuang_cli.domain.rating.rules import Rules
from sanchuang_cli.domain.rating.satisfaction import counted_satisfaction
from sanchuang_cli.domain.rating.steps import Ladder
from sanchuang_cli.domain.rating.triggers import GoodMissed, StarsBelow
from sanchuang_cli.domain.rating.verdict import Before
from sanchuang_cli.domain.words import NOTHING, unstopped
from sanchuang_cli.judging import Odd
from sanchuang_cli.record import Asks, Row


class DecidingCell(NamedTuple):
    """A cell that decides something: its row, its field, and the clause that looks at it."""

    row: Row
    field: str
    clause: str


def looked_at(
    organisation: Organisation, before: Before | None, kind: str, rules: Rules, odd: Odd, *, vetoed: bool
) -> Iterator[DecidingCell]:
    """Every cell on which the score, the stars, the grade or a place on a list depends.

    kind: the type as which the organisation is judged. vetoed: whether there is a veto, which makes last year's stars
    matter. The cells that matter only when the ladder takes stars away are in `freeing`.
    """
    row = organisation.row
    if rules.types:
        yield DecidingCell(row, "type", rules.document)
    if rules.young:
        yield DecidingCell(row, "founded", rules.young.clause)
    if rules.veto:
        yield DecidingCell(row, "veto", rules.veto.clause)
    if rules.of_secretaries:
        yield DecidingCell(row, "secretary", rules.document)
    for sheet, _ in rules.scored(kind, organisation.more, Odd(odd.doubts, row)):
        for column in _score_columns(sheet, organisation.more):
            yield DecidingCell(row, column, sheet.good.clause)
    if rules.polled is not None:
        yield DecidingCell(row, "ballots_valid", rules.polled)
        yield DecidingCell(row, "ballots_satisfied", rules.polled)
        if counted_satisfaction(organisation) is None:
            yield DecidingCell(row, "stated_satisfaction", rules.polled)
    yield from _last_stars(row, before, kind, rules, vetoed=vetoed)
    yield from _of_triggers(row, before, kind, rules)


def asked(rules: Rules) -> dict[str, Asks]:
    """The columns of an organisation at which these rules look or which a page shows, by name, with the types it may be."""
    idle = {
        "type": not rules.types,
        "founded": rules.young is None,
        "veto": rules.veto is None,
        "last_stars": rules.stars is None,
        "last_grade": rules.grades is None,
        "stated_total": rules.by_levels,
        **dict.fromkeys(("honour", "honoured"), rules.ladder is None or not rules.ladder.honours),
        **dict.fromkeys(_POLL, rules.polled is None),
    }
    names = {field.name: Asks() for field in Organisation.declared() if not idle.get(field.name)}
    types = {"type": Asks(tuple(kind.name for kind in rules.types))}
    return names | (types if "type" in names else {})


_POLL = ("ballots_sent", "ballots_back", "ballots_valid", "ballots_satisfied", "stated_satisfaction")


def _score_columns(sheet: ScoreSheet, values: Values) -> Iterator[str]:
    """The indicators. Where none is filled in, the good's own column that counts; where that is blank, the other one."""
    yield from sheet.reads
    if not sheet.by_indicators(values):
        preferred, *others = sheet.counting
        yield preferred
        if values.get(preferred) is None:
            yield from others


def _last_stars(
    row: Row, before: Before | None, kind: str, rules: Rules, *, vetoed: bool
) -> Iterator[DecidingCell]:
    """Last year's stars, where the ladder, a veto or a situation goes by them: from that year's workbook where there is
    one."""
    clauses = [rules.ladder.clause] if rules.ladder and rules.stars else []
    if vetoed and rules.stars and rules.stars.veto == "one-below-last-year":
        clauses.append(rules.stars.veto_clause)
    clauses += [
        situation.clause
        for situation in rules.triggers
        if isinstance(situation, StarsBelow) and situation.years > 1 and situation.is_for(kind)
    ]
    for clause in clauses[:1]:
        yield (
            DecidingCell(row, "last_stars", clause)
            if before is None
            else DecidingCell(before.row, "stars", clause)
        )


def _of_triggers(row: Row, before: Before | None, kind: str, rules: Rules) -> Iterator[DecidingCell]:
    """The cells at which the situations look that are for such an organisation."""
    for trigger in rules.triggers:
        if not trigger.is_for(kind):
            continue
        for field in trigger.columns():
            yield DecidingCell(row, field.name, trigger.clause)
        if isinstance(trigger, GoodMissed) and trigger.years > 1 and before is not None:
            for columns in rules.columns:  # one that is unknown makes all of last year's goods unknown
                yield DecidingCell(before.row, columns.before, trigger.clause)


def freeing(organisation: Organisation, ladder: Ladder) -> Iterator[DecidingCell]:
    """The cells that decide whether an honour frees an organisation from the ladder."""
    yield DecidingCell(organisation.row, "honour", ladder.honours_clause)
    if organisation.honour in ladder.honours:
        yield DecidingCell(organisation.row, "honoured", ladder.honours_clause)


def illegible(looked: Iterable[DecidingCell], rules: Rules, odd: Odd) -> bool:
    """Whether some of the cells cannot be made out. Each is an error of the row that is judged, also where the cell stands
    in last year's workbook."""
    row = odd.row
    unread = (cell for cell in looked if cannot_be_read(cell.row, cell.field))
    clauses = {(cell.row is row, cell.field): cell for cell in unread}
    for place, field, clause in clauses.values():
        written = place.written(field)
        if place is row:
            message = f"这一格写的是“{written}”，看不出意思，不能当作没有填写"
            odd.add("unread", field, message, clause, _MENDS.get(field, ""))
        else:
            where = f"{rules.last_result} {place.place(field)}"
            message = f"{where} 写的是“{written}”，看不出意思，不能当作没有记录"
            odd.add("last-year-unread", "name", message, clause)
    return bool(clauses)


_MENDS = {
    "honoured": "核实获得的日子，写成 2026-03-01 的样子（不是本期内获得的，删去荣誉级别）后重新运行；本行待核实，未列入评定"
}
"""Where a blank would say no more than what is written there."""


def cannot_be_read(row: Row, field: str) -> bool:
    """Whether the cell is filled in, gave no value, and says no word such as 无 that stands for nothing."""
    return field in row.unread and unstopped(row.written(field)) not in NOTHING
