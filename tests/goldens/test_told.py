"""What a run says of its rows, beside the workbook: of each case the findings, with cell and clause, and the steps that are new."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest

from sanchuang_cli.judging import Whole
from sanchuang_cli.programmes import listed
from tests.goldens.test_explained import step
from tests.goldens.told import bodies, people
from tests.goldens.written import golden

CASES: Mapping[str, Callable[[], Iterator[Whole]]] = {
    "budget": bodies.budget,
    "graduates": bodies.graduates,
    "checkups": bodies.checkups,
    "pairing": people.pairing,
    "visits": people.visits,
    "catalogue": people.catalogue,
    "honors": people.honors,
    "fund": people.fund,
}


def told(runs: Iterable[Whole]) -> Iterator[str]:
    """The lines of a golden; a step that some row of a part took before with the same end is left out."""
    seen: set[tuple[object, ...]] = set()
    for whole in runs:
        yield f"== {whole.tally}"
        for one in whole.findings:
            yield " | ".join((one.code.partition(".")[2], str(one.place), one.message, one.basis))
        for verdict in (each for own in whole.verdicts.values() for each in own):
            fresh = [one for one in verdict.reasons if (verdict.part, one.what, one.holds) not in seen]
            seen |= {(verdict.part, one.what, one.holds) for one in fresh}
            if fresh:
                yield f"{verdict.part}：{verdict.record.row.place()}"
                yield from (f"  {step(one, verdict.record)}" for one in fresh)


@pytest.mark.parametrize("name", CASES)
def test_what_is_odd_names_its_cell_and_clause_and_so_does_every_step(name: str) -> None:
    assert [*told(CASES[name]())] == golden(f"told/{name}")


@pytest.mark.parametrize("name", CASES)
def test_all_that_a_programme_may_find_odd_is_told_of_some_row(name: str) -> None:
    assert {line.partition(" | ")[0] for line in golden(f"told/{name}")} >= listed(name).load().doubts.keys()
