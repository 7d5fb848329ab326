"""What a run says of its rows, beside the workbook: of each case the findings, with cell and clause, and the steps that are new."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from sanchuang_cli.judging import Whole
from sanchuang_cli.papers import WrittenFor
from sanchuang_cli.policy import Rule
from sanchuang_cli.programmes import listed
from tests.goldens.scenes import told
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


def runs(name: str) -> dict[str, Whole]:
    """What each case of a programme comes to, by its number and the sums of its rows."""
    programme = listed(name).load()
    every = (programme.judge(*asked) for asked in CASES[name]())
    return {f"{number}：{whole.tally}": whole for number, whole in enumerate(every, 1)}


@pytest.mark.parametrize("name", CASES)
def test_what_is_odd_names_its_cell_and_clause_and_so_does_every_step(name: str) -> None:
    assert [*told(runs(name))] == golden(f"said/{name}")


@pytest.mark.parametrize("name", CASES)
def test_all_that_a_programme_may_find_odd_is_told_of_some_row(name: str) -> None:
    said = {line.partition(" | ")[0].rpartition(" ")[2] for line in golden(f"said/{name}")}
    assert said >= listed(name).load().doubts.keys()


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
