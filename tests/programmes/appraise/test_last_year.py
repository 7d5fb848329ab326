"""Last year's grade by the document of last year, which may have had other grades, and shares as documents write them."""

from datetime import date

import pytest

from sanchuang_cli.domain.appraisal.policy import AppraisePolicy
from sanchuang_cli.policy import PolicyFile
from tests.programmes.units import ballots, changed, column, default, outcome, told, unit, whole

THREE = changed(('    { name = "较好", at_least = 80 },\n', ""), ('vetoed = "较好"', 'vetoed = "一般"'))
"""A document without 较好."""
LINE = {"township": "青禾镇", "name": "向阳村党支部", "place": 1}


def after(old: PolicyFile[AppraisePolicy]) -> PolicyFile[AppraisePolicy]:
    """A document of last year, and from this year on that without 较好."""
    new = THREE.editions[0].model_copy(update={"effective": date(2025, 1, 1)})
    return PolicyFile("两版.toml", "0" * 64, (old.editions[0], new))


def test_a_grade_of_last_years_document_stands_as_it_was_given() -> None:
    run = outcome(unit(last_grade="较好"), ballots(), by=after(default()))
    assert (told(run), column(run, "排名", "last")) == ([], ["较好"])
    for by in (THREE, after(THREE)):
        run = outcome(unit(last_grade="较好"), ballots(), by=by)
        assert (told(run), run.tally.set_aside) == (["grade-unknown"], 1)


@pytest.mark.parametrize(("grade", "known"), [("较好", "较好"), ("待定", None), ("", None)])
def test_what_last_years_result_says_is_printed_whatever_the_grades_are_now(
    grade: str, known: str | None
) -> None:
    run = outcome(unit(), ballots(), by=THREE, last=[{**LINE, "grade": grade}])
    assert [last or None for last in column(run, "排名", "last")] == [known]
    assert told(run) == ([] if known else ["last-unknown"])


def test_the_roster_and_last_years_result_must_agree_in_grades_of_any_document() -> None:
    last = [{**LINE, "grade": "较好"}]
    assert told(outcome(unit(last_grade="较好"), ballots(), by=THREE, last=last)) == []
    assert told(outcome(unit(last_grade="好"), ballots(), by=THREE, last=last)) == ["last-differs"]


@pytest.mark.parametrize(("share", "said"), [("0.4", "40%"), ('"1/3"', "1/3"), ("0.125", "12.5%")])
def test_a_share_that_is_no_decimal_is_said_as_a_fraction(share: str, said: str) -> None:
    by = changed(("share = 0.4", f"share = {share}"))
    (made,) = whole(unit(daily=100, report_score=100), ballots((33, 0, 0, 0)), by=by).of()
    assert f"“好”至多 {said}，" in str(made.reasons)
