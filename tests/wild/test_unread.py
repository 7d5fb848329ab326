"""Cells that nobody can read, one in each column that decides: nobody is paid on the strength of one."""

import pytest

from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.roster.read import read
from tests.programmes.people import policies
from tests.wild import wild


@pytest.mark.parametrize("book", ["na.xlsx", "not-worked-out.xlsx"])
def test_an_error_or_a_formula_without_result_in_any_column_that_decides_sets_its_row_aside(
    book: str,
) -> None:
    reading = read([wild("20-error-in-a-word-column") / book], subsidies.PROGRAMME.reads)
    quarter = Period.parse("2026Q2")
    outcome = subsidies.PROGRAMME.run(reading.rosters, policies(), Occasion(quarter, quarter.last))
    assert outcome.tally.parts == (("发放", 0), ("不予发放", 0))
    assert outcome.tally.set_aside == 16
    errors = [one for one in outcome.findings if one.severity is Severity.ERROR]
    assert {(one.place.row, one.place.column) for one in errors} == {
        (row, reading.rosters["members"].records[0].row.source.columns[name][0])
        for row, name in enumerate(_COLUMNS, 3)
    }


_COLUMNS = (
    *("health", "died_on", "household", "moved_on", "employed", "employed_on", "penalty", "penalty_on"),
    *("sentence", "sentence_on", "reason", "left", "approved_on", "spells", "suspended_from", "suspended_to"),
)
"""In the order of the rows of these books: the column in which each has its cell."""
