"""What holds of any county and any list: nobody gets a place by where a row stands, and no list has a name too many."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.judging import Whole
from tests.compared.honors import Drawn, set_up
from tests.programmes.nominees import judged, outcome

SEEDS = st.integers(0, 10**9)


def county(seed: int, rows: int = 40) -> Drawn:
    return set_up(Random(seed), rows)


def run(drawn: Drawn) -> Whole:
    return judged(drawn.people, drawn.bases, drawn.results, drawn.policy)


@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_page(seed: int, dice: Any) -> None:
    drawn = county(seed)
    people, bases = list(drawn.people), list(drawn.bases)
    dice.shuffle(people)
    dice.shuffle(bases)
    turned = outcome(people, bases, drawn.results, drawn.policy)
    plain = outcome(drawn.people, drawn.bases, drawn.results, drawn.policy)
    assert [table.rows for table in turned.tables] == [table.rows for table in plain.tables]
    assert str(turned.tally) == str(plain.tally)


@given(SEEDS)
def test_the_places_make_the_total_and_nobody_is_honoured_beyond_them(seed: int) -> None:
    whole = run(county(seed))
    for category in whole.at.policy.categories:
        lines = [one for one in whole.at.ready.places.values() if one.category is category]
        total = category.places(sum(int(one.part.weight) for one in lines))
        got = sum(one.part.number for one in lines)
        left = sum(one.most - one.part.number for one in lines)
        assert not lines or (got == total if not left else got < total < got + left), category.name
    for (name, township), line in whole.at.ready.places.items():
        names = [
            one
            for one in whole.of(("拟表彰",))
            if (one.record.category, one.record.township) == (name, township)
        ]
        assert len(names) <= line.part.number


@given(SEEDS)
def test_no_name_is_on_the_list_without_what_the_policy_asks_for(seed: int) -> None:
    drawn = county(seed)
    whole = run(drawn)
    grades = {one.more["身份证号"]: one.more["等次"] for one in drawn.results["grade"].records}
    stars = {
        (one.township, one.more["党组织名称"]): one.more["星级"] for one in drawn.results["stars"].records
    }
    for one in whole.of(("拟表彰", "超额", "待定")):
        who, category = one.record, whole.at.policy.by_name[one.record.category]
        assert set(who.more.values()) == {"无异议"} and len(who.more) == 3
        if category.reviewed:
            assert grades[who.identity] in category.reviewed.grades
        if category.starred:
            assert stars[who.township, who.name] >= category.starred.least
    assert whole.tally.read == sum(count for _, count in whole.tally.parts) + whole.tally.set_aside
