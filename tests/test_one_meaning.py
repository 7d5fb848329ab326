"""A word that a policy lists means one thing: else the order of the blocks in the file would decide what somebody gets."""

from collections.abc import Iterator
from typing import Any

import pytest

from sanchuang_cli import policy
from sanchuang_cli.cli.lint_variants import Path, changed, placed
from sanchuang_cli.policy import Policy
from sanchuang_cli.programmes import PROGRAMMES


def pairs(edition: Policy) -> Iterator[tuple[Path, str, str]]:
    """Of blocks that words mean, the second of each list, the key of its other words, and the name of the first."""
    for one in placed(edition):
        if one.block.synonyms and one.path[-1] == 1:
            siblings = getattr(one.around[-1] if one.around else edition, str(one.path[-2]))
            yield one.path, one.block.synonyms[-1], siblings[0].name


def all_pairs() -> list[Any]:
    found = []
    for entry in PROGRAMMES:
        for name in policy.packs(entry.name):
            file = policy.load(entry.load().policy, *policy.source(entry.name, name))
            found += [
                pytest.param(file.editions[-1], *one, id=f"{name} {one[0]}")
                for one in pairs(file.editions[-1])
            ]
    return found


@pytest.mark.parametrize(("edition", "path", "key", "first"), all_pairs())
def test_a_word_for_two_things_is_refused(edition: Policy, path: Path, key: str, first: str) -> None:
    assert changed(edition, {(*path, key): ["另一种写法"]})
    assert changed(edition, {(*path, key): [first]}) is None
    for other in (f"{first[:1]} {first[1:]}", f"\u200b{first}", f"'{first}"):
        assert changed(edition, {(*path, key): [other]}) is None, "what nobody sees makes no other word"


def test_every_kind_of_block_that_words_mean_is_tried() -> None:
    programmes = {str(one.id).split()[0] for one in all_pairs()}
    assert {
        "rate",
        "pay",
        "budget",
        "dues",
        "training",
        "catalogue",
        "appraise",
        "visits",
        "secretaries",
        "honors",
    } <= programmes
