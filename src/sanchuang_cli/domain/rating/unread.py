"""Cells that say something which nobody can make out, wherever a verdict looks: never blank, never concluded from.

The promise: #N/A, a formula that nobody has worked out, a word outside the list or text in a yes/no column sets the
organisation aside with an error at that cell. `looked_at` is the one place that says where a verdict looks.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.goods import Sheet
from sanchuang_cli.domain.rating.indicators import Values
from sanchuang_cli.domain.rating.rules import Rules
from sanchuang_cli.domain.rating.satisfaction import counted_satisfaction
from sanchuang_cli.domain.rating.steps import Ladder
from sanchuang_cli.domain.rating.triggers import GoodMissed
from sanchuang_cli.domain.rating.verdict import Before
from sanchuang_cli.domain.words import NOTHING, narrow
from sanchuang_cli.judging import Odd
from sanchuang_cli.record import Row


class Looked(NamedTuple):
    """A cell that decides something: its row, its field, and the clause that looks at it."""

    row: Row
    field: str
    clause: str


def looked_at(
    organisation: Organisation, before: Before | None, kind: str, rules: Rules, *, vetoed: bool
) -> Iterator[Looked]:
    """Every cell on which the score, the stars, the grade or a place on a list depends, for an organisation of `kind`
    with or without a veto.

    What decides only when the ladder takes stars away is in `freeing`.
    """
    row = organisation.row
    yield Looked(row, "type", rules.document)
    yield Looked(row, "founded", rules.young.clause)
    yield Looked(row, "veto", rules.veto.clause)
    for sheet in rules.sheets[kind]:
        for column in _score_columns(sheet, organisation.more):
            yield Looked(row, column, sheet.good.clause)
    yield Looked(row, "ballots_valid", rules.grades.gate_clause)
    yield Looked(row, "ballots_satisfied", rules.grades.gate_clause)
    if counted_satisfaction(organisation) is None:
        yield Looked(row, "stated_satisfaction", rules.grades.gate_clause)
    yield from _last_stars(row, before, rules, vetoed=vetoed)
    yield from _of_triggers(row, before, kind, rules)


def _score_columns(sheet: Sheet, values: Values) -> Iterator[str]:
    """The indicators; where none is filled in, the good's own column that counts, and the other if that one is blank."""
    yield from sheet.reads
    if not sheet.by_indicators(values):
        preferred, *others = sheet.counting
        yield preferred
        if values.get(preferred) is None:
            yield from others


def _last_stars(row: Row, before: Before | None, rules: Rules, *, vetoed: bool) -> Iterator[Looked]:
    """Last year's stars, where the ladder or a veto goes by them: from that year's workbook, if it has them."""
    stars, ladder = rules.stars, rules.ladder
    if stars.model == "none":
        return
    if ladder or (vetoed and stars.veto == "one-below-last-year"):
        clause = ladder.clause if ladder else stars.veto_clause
        yield Looked(row, "last_stars", clause) if before is None else Looked(before.row, "stars", clause)


def _of_triggers(row: Row, before: Before | None, kind: str, rules: Rules) -> Iterator[Looked]:
    """What the situations look at that are for such an organisation."""
    for trigger in rules.triggers:
        if not trigger.is_for(kind):
            continue
        for field in trigger.columns():
            yield Looked(row, field.name, trigger.clause)
        if isinstance(trigger, GoodMissed) and trigger.years > 1 and before is not None:
            for columns in rules.columns:  # one that is unknown makes all of last year's goods unknown
                yield Looked(before.row, columns.before, trigger.clause)


def freeing(organisation: Organisation, ladder: Ladder) -> Iterator[Looked]:
    """What decides whether an organisation that the ladder stops is free from it."""
    yield Looked(organisation.row, "honour", ladder.honours_clause)
    if organisation.honour in ladder.honours:
        yield Looked(organisation.row, "honoured", ladder.honours_clause)


def illegible(looked: Iterable[Looked], rules: Rules, odd: Odd) -> bool:
    """Whether some of the cells cannot be made out: an error in the row for each, wherever that one stands."""
    row = odd.row
    clauses = {(one.row is row, one.field): one for one in looked if cannot_be_read(one.row, one.field)}
    for place, field, clause in clauses.values():
        said = place.written(field)
        if place is row:
            message = f"这一格写的是“{said}”，看不出意思，不能当作没有填写"
            odd.add("unread", field, message, clause)
        else:
            where = f"{rules.last_result} {place.place(field)}"
            message = f"{where} 写的是“{said}”，看不出意思，不能当作没有记录"
            odd.add("last-year-unread", "name", message, clause)
    return bool(clauses)


def cannot_be_read(row: Row, field: str) -> bool:
    """Whether the cell is not empty, gave no value, and says no word for "none"."""
    return field in row.unread and narrow(row.written(field)) not in NOTHING
