"""Cells that say something which nobody can make out, wherever a verdict looks: never blank, never concluded from.

The promise: #N/A, a formula that nobody has worked out, a word outside the list or text in a yes/no column sets the
organisation aside with an error at that cell. `looked_at` is the one place that says where a verdict looks.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sanchuang_cli.domain.words import NOTHING, narrow
from sanchuang_cli.finding import Finding
from sanchuang_cli.programmes.rate.doubts import doubt, doubt_at
from sanchuang_cli.programmes.rate.policy import AtLeast, Flagged, Good, GoodMissed, MonthsOver, RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.programmes.rate.scores import (
    by_indicators,
    counted_satisfaction,
    last_year_column,
    own_columns,
)
from sanchuang_cli.record import Row


class Looked(NamedTuple):
    """A cell that decides something: its row, its field, and the clause that looks at it."""

    row: Row
    field: str
    clause: str


def looked_at(
    organisation: Organisation, previous: LastYear | None, kind: str, policy: RatePolicy, *, vetoed: bool
) -> Iterator[Looked]:
    """Every cell on which the score, the stars, the grade or a place on a list depends, for an organisation of `kind`
    with or without a veto.

    What decides only when the ladder takes stars away is in `freeing`.
    """
    row = organisation.row
    yield Looked(row, "type", policy.document)
    yield Looked(row, "founded", policy.new_organisations.clause)
    yield Looked(row, "veto", policy.veto.clause)
    for good in policy.goods:
        for column in _score_columns(organisation, good, kind, policy):
            yield Looked(row, column, good.clause)
    yield Looked(row, "ballots_valid", policy.grades.gate_clause)
    yield Looked(row, "ballots_satisfied", policy.grades.gate_clause)
    if counted_satisfaction(organisation) is None:
        yield Looked(row, "stated_satisfaction", policy.grades.gate_clause)
    yield from _last_stars(organisation, previous, policy, vetoed=vetoed)
    for trigger in (*policy.rectify.criteria, *policy.secretaries.triggers):
        if trigger.types and kind not in trigger.types:
            continue
        if isinstance(trigger, Flagged | AtLeast | MonthsOver):
            yield Looked(row, trigger.column, trigger.clause)
        elif isinstance(trigger, GoodMissed) and trigger.years > 1 and previous is not None:
            for good in policy.goods:  # one that is unknown makes all of last year's goods unknown
                yield Looked(previous.row, last_year_column(policy, good), trigger.clause)


def _score_columns(organisation: Organisation, good: Good, kind: str, policy: RatePolicy) -> Iterator[str]:
    """The indicators; where none is filled in, the good's own column that counts, and the other if that one is blank."""
    yield from (column.name for indicator in good.sheet(kind) for column in indicator.columns())
    if not by_indicators(organisation, good, kind):
        preferred, other = own_columns(good, policy)
        yield preferred
        if organisation.more.get(preferred) is None:
            yield other


def _last_stars(
    organisation: Organisation, previous: LastYear | None, policy: RatePolicy, *, vetoed: bool
) -> Iterator[Looked]:
    """Last year's stars, where the ladder or a veto goes by them: from that year's workbook, if it has them."""
    rule = policy.stars
    if rule.model == "none":
        return
    if policy.ladder or (vetoed and rule.veto == "one-below-last-year"):
        clause = policy.ladder.clause if policy.ladder else rule.veto_clause
        if previous is None:
            yield Looked(organisation.row, "last_stars", clause)
        else:
            yield Looked(previous.row, "stars", clause)


def freeing(organisation: Organisation, policy: RatePolicy) -> Iterator[Looked]:
    """What decides whether an organisation that the ladder stops is free from it."""
    if policy.ladder:
        yield Looked(organisation.row, "honour", policy.ladder.honours_clause)
        if organisation.honour in policy.ladder.honours:
            yield Looked(organisation.row, "honoured", policy.ladder.honours_clause)


def unread(
    organisation: Organisation, previous: LastYear | None, kind: str, policy: RatePolicy, *, vetoed: bool
) -> list[Finding]:
    """An error for every cell that a verdict looks at and nobody can make out; nearly always none."""
    if not organisation.row.unread and (previous is None or not previous.row.unread):
        return []
    return illegible(organisation, looked_at(organisation, previous, kind, policy, vetoed=vetoed))


def illegible(organisation: Organisation, looked: Iterable[Looked]) -> list[Finding]:
    """An error in the organisation's row for each of the cells that cannot be made out, wherever that one stands."""
    found = []
    clauses = {(id(one.row), one.field): one for one in looked if cannot_be_read(one.row, one.field)}
    for row, field, clause in clauses.values():
        said = row.written(field)
        if row is organisation.row:
            message = f"这一格写的是“{said}”，看不出意思，不能当作没有填写"
            found.append(doubt("unread", organisation, field, message, clause))
        else:
            message = f"上年汇总表 {row.place(field)} 写的是“{said}”，看不出意思，不能当作没有记录"
            found.append(doubt_at("last-year-unread", organisation.row.place("name"), message, clause))
    return found


def cannot_be_read(row: Row, field: str) -> bool:
    """Whether the cell is not empty, gave no value, and says no word for "none"."""
    return field in row.unread and narrow(row.written(field)) not in NOTHING
