"""An honour is for persons or for organisations, persons are adults, and a place that order decided is told."""

from typing import Any

import pytest

from tests.programmes.nominees import (
    BRANCH,
    WORKER,
    base,
    branch,
    changed,
    codes,
    judged,
    outcome,
    person,
    table,
)
from tests.programmes.people import identity

HERE = base(1, "青禾镇", 1_000, 100)
FEW = ["candidates", "over-field"]


def odd(who: Any, **how: Any) -> tuple[list[str], int]:
    whole = judged([who], [HERE], **how)
    return [code for code in codes(whole) if code not in FEW], whole.tally.set_aside


@pytest.mark.parametrize("called", ["西湾村党支部", "县医院党委", "某某公司", "向阳村党总支（临时）"])
def test_an_organisation_is_honoured_as_no_person(called: str) -> None:
    assert odd(person(1, WORKER, name=called, identity="")) == (["wrong-kind"], 1)
    assert odd(branch(1, called)) == ([], 0)


def test_whoever_has_a_number_is_no_organisation() -> None:
    assert odd(person(1, BRANCH)) == (["wrong-kind"], 1)


def test_a_short_name_among_organisations_is_asked_about() -> None:
    assert odd(branch(1, "孙三合")) == (["perhaps-a-person"], 0)
    assert odd(branch(1, "向阳村支部")) == ([], 0)


def test_a_document_says_whom_it_honours() -> None:
    by = changed(lambda edition: edition["categories"][1].update(whom="organisations"))
    assert odd(person(1, WORKER), by=by) == (["wrong-kind"], 1)
    people = changed(lambda edition: edition["categories"][2].update(whom="persons"))
    assert odd(branch(1), by=people) == (["wrong-kind"], 1)


@pytest.mark.parametrize(("born", "expected"), [("2010-01-01", (["under-age"], 1)), ("2007-12-31", ([], 0))])
def test_a_child_is_not_honoured(born: str, expected: tuple[list[str], int]) -> None:
    assert odd(person(1, identity=identity(born))) == expected


def test_a_place_that_only_the_order_of_townships_decided_is_told_on_the_page() -> None:
    by = changed(lambda edition: edition["categories"][2].update(share={"clause": "总数", "share": "0.01"}))
    run = outcome([branch(1)], [base(1, "青禾镇", 0, 50), base(2, "望河乡", 0, 50)], by=by)
    assert "by-order" in codes(run)
    said = "先进组织：青禾镇、望河乡分不出先后，最后 1 个名额按乡镇先后给了青禾镇。"
    assert said in table(run, "名额分配表").notes


@pytest.mark.parametrize(("said", "code"), [("2025年6月去世", "dead"), ("受党内严重警告处分", "disciplined")])
@pytest.mark.parametrize("more", [{}, {"identity": ""}], ids=["with a number", "without"])
def test_what_is_said_of_a_person_is_heard_with_a_number_and_without(
    said: str, code: str, more: dict[str, str]
) -> None:
    found, aside = odd(person(1, WORKER, name=f"王守田（{said}）", **more))
    assert (code in [one.rpartition(".")[2] for one in found], aside) == (True, 1), found
