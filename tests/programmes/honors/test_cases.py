"""Cases of honours that the domain lists print, by their numbers, and the example of section 13."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.awards.places import digits
from tests.programmes.nominees import (
    BRANCH,
    MEMBER,
    TOWNS,
    WORKER,
    base,
    changed,
    column,
    honors,
    judged,
    numbered,
    outcome,
    parts,
    person,
    policies,
    reviewed,
)

SEATS = dict(zip(TOWNS, (47_000, 16_000, 15_800, 12_000, 6_100, 3_100), strict=True))


def bases(weights: dict[str, int]) -> list[Any]:
    return [base(number, town, members) for number, (town, members) in enumerate(weights.items(), 1)]


def lines(found: Any, category: str, name: str) -> list[Any]:
    """A column of 名额分配表, of one honour."""
    heads, cells = column(found, "名额分配表", "category"), column(found, "名额分配表", name)
    return [cell for head, cell in zip(heads, cells, strict=True) if head == category]


def test_the_quotients_lead_to_the_places_where_each_township_has_a_minimum() -> None:
    """Two places are left beside the one that the smallest has: 2 × 40 ÷ 65 and 2 × 25 ÷ 65."""
    by = numbered({WORKER: 3}, sharing={"clause": "二", "method": "largest_remainder", "minimum": 1})
    found = outcome([person(1)], bases({"青禾镇": 40, "望河乡": 25, "白桦镇": 10}), by=by)
    heads = ("quotient", "floor", "remainder", "places", "how")
    assert [*zip(*(lines(found, WORKER, head) for head in heads), strict=True)] == [
        ("1.230769…", 1, "0.230769…", 1, "⌊2 × 40 ÷ 65⌋"),
        ("0.769230…", 0, "0.769230…", 1, "⌊2 × 25 ÷ 65⌋ + 1"),
        ("0.4", 0, "0.4", 1, "1"),
    ]
    (places,) = (table for table in found.tables if table.name == "名额分配表")
    assert any(note.startswith("每个乡镇至少 1 个：") for note in places.notes)


@pytest.mark.parametrize("turned", [False, True])
def test_n79h_and_section_13_ten_places_by_the_largest_remainder(turned: bool) -> None:
    """Quotients 4.7 1.6 1.58 1.2 .61 .31 come to 5 2 1 1 1 0, and candidates to 6 3 2 2 2 0, in any order of rows."""
    rows = bases(SEATS)
    found = outcome([], rows[::-1] if turned else rows, by=numbered({MEMBER: 10}))
    assert lines(found, MEMBER, "township") == list(SEATS)
    assert lines(found, MEMBER, "base") == list(SEATS.values())
    assert lines(found, MEMBER, "quotient") == ["4.7", "1.6", "1.58", "1.2", "0.61", "0.31"]
    assert lines(found, MEMBER, "floor") == [4, 1, 1, 1, 0, 0]
    assert lines(found, MEMBER, "remainder") == ["0.7", "0.6", "0.58", "0.2", "0.61", "0.31"]
    assert lines(found, MEMBER, "places") == [5, 2, 1, 1, 1, 0]
    assert lines(found, MEMBER, "candidates") == [6, 3, 2, 2, 2, 0]
    assert lines(found, MEMBER, "how")[0] == "⌊10 × 47000 ÷ 100000⌋ + 1"
    assert lines(found, MEMBER, "how")[2] == "⌊10 × 15800 ÷ 100000⌋"


@pytest.mark.parametrize(
    ("places", "round_", "expected"), [(10, "up", 12), (7, "up", 9), (10, "down", 12), (7, "down", 8)]
)
def test_n69q_candidates_one_to_one_point_two(places: int, round_: str, expected: int) -> None:
    candidates = {"clause": "人选", "share": Fraction(6, 5), "round": round_}
    found = outcome([], [base(1, "青禾镇", 900)], by=numbered({MEMBER: places}, candidates=candidates))
    assert lines(found, MEMBER, "candidates") == [expected]


@pytest.mark.parametrize(("round_", "expected"), [("down", 7), ("half_up", 8)])
def test_n57q_ten_per_cent_of_79(round_: str, expected: int) -> None:
    def tenth(edition: dict[str, Any]) -> None:
        edition["categories"][0]["share"] = {"clause": "一成", "share": Fraction(1, 10), "round": round_}

    found = outcome([], [base(1, "青禾镇", 79)], by=changed(tenth))
    assert lines(found, MEMBER, "places") == [expected]


@pytest.mark.parametrize(("percent", "expected"), [(5, 950), (10, 1900)])
def test_g20_shares_of_19006_members(percent: int, expected: int) -> None:
    """The figures of the case are stars of members; the arithmetic of a share of members is the same."""

    def share(edition: dict[str, Any]) -> None:
        edition["categories"][0]["share"] |= {"share": Fraction(percent, 100)}

    found = outcome([], [base(1, "青禾镇", 19_006)], by=changed(share))
    assert lines(found, MEMBER, "places") == [expected]


def test_the_totals_of_the_default_policy_are_the_lower_ends_rounded_down() -> None:
    found = outcome([], [base(1, "青禾镇", 1_999, 166)])
    assert [lines(found, category, "places") for category in (MEMBER, WORKER, BRANCH)] == [[19], [5], [4]]
    assert [one.name for one in policies().editions[0].categories] == [MEMBER, WORKER, BRANCH]


def test_the_three_honours_of_the_county_s_own_wait_for_its_numbers() -> None:
    """创业能手 and the others have no number that anybody printed: their rows wait, and the finding names the key."""
    own = [person(1, "创业能手"), person(2, "创新标兵")]
    whole = judged(own, [base(1, "青禾镇", 900)], by=policies("sanzhengdang"))
    assert (whole.tally.set_aside, whole.of()) == (2, [])
    assert {one.code for one in whole.findings} == {"honors.no-number"}
    assert all("number" in one.mend for one in whole.findings)

    def some(edition: dict[str, Any]) -> None:
        edition["categories"][0]["number"] = 1

    whole = judged(own, [base(1, "青禾镇", 900)], by=changed(some, "sanzhengdang"))
    assert parts(whole) == {own[0].name: "拟表彰"}


def test_a_grade_is_taken_from_the_last_review_and_what_is_not_there_waits() -> None:
    people = [person(number, MEMBER) for number in (1, 2, 3)]
    grades = {people[0].identity: "优秀", people[1].identity: "合格"}
    whole = judged(people, [base(1, "青禾镇", 300)], reviewed(grades))
    assert [parts(whole)[one.name] for one in people] == ["拟表彰", "不符合", "待核"]
    assert honors(whole)[people[0].name].grade == "优秀"
    (why,) = (one for one in honors(whole)[people[2].name].reasons if one.holds is False)
    assert "里没有这一行" in why.said and people[2].identity not in why.said
    assert whole.tally.set_aside == 0


def test_digits_of_a_quotient_are_cut_and_say_so() -> None:
    numbers = (Fraction(47, 10), Fraction(2, 3), Fraction(1, 1024), Fraction(0))
    assert [digits(number) for number in numbers] == ["4.7", "0.666666…", "0.000976…", "0"]
