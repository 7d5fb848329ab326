"""The document that docs/policies/pairing.md writes as a policy gives what the chapter says."""

import re
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.pairs.policy import PairingPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.pairs import column, helper, member, moved, outcome, pairs, told

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "pairing.md").read_text("utf-8")


@cache
def example() -> PolicyFile[PairingPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(PairingPolicy, "例子.toml", block.encode())


def test_the_example_gives_leaders_one_place_and_others_two() -> None:
    members = [member(n) for n in range(1, 5)]
    run = outcome(members, [helper(1, leads=True), helper(2), helper(3, quota=0)], by=example())
    assert column(run, "帮扶任务表", "places") == [1, 2, 0]
    assert len(pairs(run)) == 3


def test_the_example_goes_by_villages_before_last_year_and_by_leaders_after_it() -> None:
    run = outcome([member(1, had=2)], [helper(1, village="向阳村"), helper(2)], by=example())
    assert (pairs(run), moved(run)) == (
        {1: 1},
        {1: "让位于覆盖、联系村：名额 2 个，先给不这样就结不上的"},
    )
    hard, other = member(1, "特困户"), member(2)
    run = outcome([hard, other], [helper(1), helper(2, leads=True)], by=example())
    assert pairs(run) == {1: 2, 2: 1}


def test_the_example_knows_two_degrees_and_pairs_one_household() -> None:
    run = outcome([member(1, "一般"), member(2, household="7")], [helper(1, household="7")], by=example())
    assert (told(run), pairs(run)) == (["degree-unknown"], {2: 1})


def test_every_key_that_the_chapter_names_is_a_key_of_the_policy() -> None:
    keys = set(re.findall(r"`(\w{4,})`|`(\w+) = |edition\.(\w+)\]", CHAPTER))
    names = {name for found in keys for name in found if name} - {"pairing"}
    schema = str(PairingPolicy.model_json_schema())
    assert len(names) > 8
    assert not [name for name in names if f"'{name}'" not in schema]
