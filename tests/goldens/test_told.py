"""What a run says of its rows, beside the workbook: of each case the findings, with cell and clause, and the steps that are new."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from sanchuang_cli.judging import Whole
from sanchuang_cli.papers import WrittenFor
from sanchuang_cli.policy import Rule
from sanchuang_cli.programmes import listed
from tests.goldens.test_explained import step
from tests.goldens.told import Asked, bodies, people
from tests.goldens.written import golden

CASES: Mapping[str, Callable[[], Iterator[Asked]]] = {
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
    programme = listed(name).load()
    assert [*told(programme.judge(*asked) for asked in CASES[name]())] == golden(f"told/{name}")


@pytest.mark.parametrize("name", CASES)
def test_all_that_a_programme_may_find_odd_is_told_of_some_row(name: str) -> None:
    assert {line.partition(" | ")[0] for line in golden(f"told/{name}")} >= listed(name).load().doubts.keys()


def without(rule: Any) -> Iterator[tuple[str, Any]]:
    """The same document, or block of one, without each block that it may leave out, and that block's clause; and so of the
    blocks within blocks."""
    for name, field in type(rule).model_fields.items():
        block = getattr(rule, name)
        if isinstance(block, Rule):
            if field.default is None:
                yield getattr(block, "clause", ""), rule.model_copy(update={name: None})
            for clause, changed in without(block):
                yield clause, rule.model_copy(update={name: changed})
        elif isinstance(block, tuple):
            for at, one in enumerate(block):
                for clause, changed in without(one) if isinstance(one, Rule) else ():
                    yield clause, rule.model_copy(update={name: (*block[:at], changed, *block[at + 1 :])})


@pytest.mark.parametrize("name", CASES)
def test_a_document_may_leave_out_whatever_it_may_and_nothing_goes_by_it_then(name: str) -> None:
    programme = listed(name).load()
    for given, policy, occasion in CASES[name]():
        (edition,) = policy.editions
        for clause, changed in without(edition):
            shorter = replace(policy, editions=(changed,))
            unasked = {join.name for join in programme.joins if not join.wanted(changed)}
            rosters = {key: roster for key, roster in given.items() if key not in unasked}
            whole = programme.judge(rosters, shorter, occasion)
            reasons = chain.from_iterable(one.reasons for own in whole.verdicts.values() for one in own)
            cited = {one.basis for one in (*whole.findings, *reasons)}
            assert clause not in cited or clause in str(changed), clause
            run = programme.run(rosters, shorter, occasion)
            assert run.findings == whole.findings
            run.notices()  # nor do they, or what is to be signed, need it
            run.papers(WrittenFor(everybody=True))
