"""Each switch of a policy on both sides of its boundary, where the worked cases do not already stand on it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanchuang_cli.period import VagueDate
from tests.programmes.people import (
    CADRE,
    TWENTY,
    cadre,
    member,
    months_of,
    only,
    refused,
    run,
    yuan_of,
)

THREE = {"since": date(1949, 10, 1), "months": 36}
FIVE = {"since": date(2018, 7, 1), "months": 60}
PER_UNIT = {"tier": [{"at_least": 0, "each": 10}]}
"""Ten yuan for each year or term: the amount tells how many were counted."""


def paid(
    spells: str, *, month: str = "2026-04", amount: Any = None, born: str = "1940-01-01", **service: Any
) -> Decimal:
    policy = cadre(service={"ways": [], **service}, amount=amount or PER_UNIT)
    return yuan_of(run(member(born=born, spells=spells), period=month, policy=policy))


@pytest.mark.parametrize(
    ("end", "rounding", "yuan"),
    [
        ("1998-11", {"rounding": "full_years"}, 80),
        ("1998-12", {"rounding": "full_years"}, 90),
        ("1998-05", {"rounding": "half_up", "half_up_from": 6}, 80),
        ("1998-06", {"rounding": "half_up", "half_up_from": 6}, 90),
        ("1998-06", {"rounding": "half_up", "half_up_from": 7}, 80),
        ("1998-05", {"rounding": "full_years", "step_months": 6}, 80),
        ("1998-06", {"rounding": "full_years", "step_months": 6}, 85),
        ("1998-06", {"rounding": "half_up", "half_up_from": 1, "step_months": 6}, 85),
        ("1998-07", {"rounding": "half_up", "half_up_from": 1, "step_months": 6}, 90),
        ("1998-01", {"rounding": "half_up", "half_up_from": 1}, 90),
        ("1997-12", {"rounding": "half_up", "half_up_from": 1}, 80),
        ("1998-05", {"rounding": "pro_rata"}, "84.166"),
        ("1998-06", {"rounding": "pro_rata"}, 85),
        ("1998-12", {"rounding": "year_difference"}, 80),
        ("1999-01", {"rounding": "year_difference"}, 90),
    ],
)
def test_what_is_left_over_of_a_year(end: str, rounding: dict[str, Any], yuan: Any) -> None:
    fine = {**PER_UNIT, "round": "down"}
    found = paid(f"1990-01…{end} 书记", amount=fine, **rounding)
    assert found == Decimal(str(yuan)).quantize(Decimal("0.01"), "ROUND_DOWN")


def test_half_years_are_told_as_such() -> None:
    half_years = cadre(service={"ways": [], "rounding": "full_years", "step_months": 6}, amount=PER_UNIT)
    (decision,) = run(member(born="1940-01-01", spells="1990-01…1998-08 书记"), policy=half_years).paid
    length = decision.verdicts[0].length
    assert length
    assert (length.rounded, str(length.steps[-1])) == ("8.5 年", "认定年限：⌊104 ÷ 6⌋ × 6 ÷ 12 = 8.5 年")


@pytest.mark.parametrize(
    ("service", "complaint"),
    [
        ({"step_months": 5}, "应能整除 12"),
        ({"rounding": "half_up", "half_up_from": 7, "step_months": 6}, "half_up_from 不大于它"),
        ({"rounding": "pro_rata", "step_months": 6}, "step_months 只用于"),
    ],
)
def test_steps_that_no_year_is_made_of_are_refused(service: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        cadre(service=service)


@pytest.mark.parametrize(
    ("spells", "terms", "parts", "count"),
    [
        ("1990-01…1998-11 书记", [THREE], "join", 2),
        ("1990-01…1998-12 书记", [THREE], "join", 3),
        ("2015-07…2023-05 书记", [THREE, FIVE], "join", 1),
        ("2015-07…2023-06 书记", [THREE, FIVE], "join", 2),
        ("2016-07…2020-01 书记", [THREE, FIVE], "join", 0),
        ("2016-07…2020-02 书记", [THREE, FIVE], "join", 1),
        ("2016-07…2020-02 书记", [THREE, FIVE], "apart", 0),
        ("2018-07…2023-05 书记", [THREE, FIVE], "apart", 0),
        ("2018-07…2023-06 书记", [THREE, FIVE], "apart", 1),
    ],
)
def test_terms_of_three_years_then_five(spells: str, terms: list[Any], parts: str, count: int) -> None:
    assert paid(spells, rounding="terms", terms=terms, parts_of_terms=parts) == 10 * count


@pytest.mark.parametrize(("end", "years"), [("1995-11", 9), ("1995-12", 10)])
def test_years_as_a_deputy_count_half_for_the_higher_post(end: str, years: int) -> None:
    posts = [{"name": "书记"}, {"name": "主任"}, {"name": "会计", "discount": "1/2"}]
    spells = f"1980-01…1983-12 书记; 1984-01…{end} 会计"
    assert paid(spells, posts=posts, rate_post="highest") == 10 * years


@pytest.mark.parametrize(
    ("older", "yuan"),
    [
        ("大队书记", 525),
        ("村党组织书记", 525),
        ("革委会主任", 505),
        ("高级社社长", 505),
        ("大队长", 505),
        ("文书", 485),
        ("大队会计", 485),
    ],
)
def test_older_names_of_the_posts_count(older: str, yuan: int) -> None:
    assert yuan_of(run(member(spells=TWENTY.replace("书记", older)), period="2026-04")) == yuan


@pytest.mark.parametrize("word", ["撤职", "罢免", "未经批准离职", "考录", "提拔"])
def test_who_was_hired_removed_or_left_without_leave_is_excluded(word: str) -> None:
    assert refused(run(member(spells=TWENTY, reason=word))) == ["正常离任"]


@pytest.mark.parametrize(
    ("sentence", "ok"),
    [("管制", True), ("罚金", True), ("拘役", False), ("有期徒刑", False), ("缓刑", False)],
)
def test_a_sentence_lighter_than_detention_does_not_exclude(sentence: str, ok: bool) -> None:
    assert bool(run(member(spells=TWENTY, sentence=sentence)).paid) is ok


def test_days_do_not_matter_where_both_end_months_count() -> None:
    assert paid("1990-01-31…1999-12-01 书记") == paid("1990-01-01…1999-12-31 书记") == 100


@pytest.mark.parametrize(("start", "yuan"), [("1990-07", 100), ("1990-08", 50)])
def test_a_gap_longer_than_the_bridge_breaks_the_stretch(start: str, yuan: int) -> None:
    """1985-01…1989-12 and five years more: six months between them are bridged, seven are not."""
    end = {"1990-07": "1995-06", "1990-08": "1995-07"}[start]
    spells = f"1985-01…1989-12 书记; {start}…{end} 书记"
    assert paid(spells, accumulate="longest", gap_months=6) == yuan


@pytest.mark.parametrize(
    ("sex", "born", "first"), [("男", "1966-03-15", "2026-04"), ("女", "1971-03-15", "2026-04")]
)
def test_men_at_sixty_and_women_at_fifty_five(sex: str, born: str, first: str) -> None:
    person = member(born=born, sex=sex, spells="1985-01…2004-12 书记")
    assert months_of(run(person, period="2026H1"))[0] == first
    younger = member(born=born.replace("03", "06"), sex=sex, spells=TWENTY)
    assert refused(run(younger, period="2026H1")) == [f"年满{60 if sex == '男' else 55}周岁"]


@pytest.mark.parametrize(("born", "months"), [("1966-12-31", 12), ("1967-01-01", 0)])
def test_the_difference_of_years_holds_all_year_or_not_at_all(born: str, months: int) -> None:
    policy = cadre(age={"mode": "year_difference"})
    assert len(months_of(run(member(born=born, spells=TWENTY), period="2026", policy=policy))) == months


EVENTS = [
    {"penalty": "留党察看", "penalty_on": "2026-05-20"},
    {"sentence": "拘役", "sentence_on": "2026-05-01"},
    {"employed": True, "employed_on": "2026-05-31"},
    {"household": "迁出", "moved_on": "2026-05-20"},
    {"moved_on": "2026-05-20"},
    {"health": "死亡", "died_on": "2026-05-20"},
    {"died_on": "2026-05-01"},
]


@pytest.mark.parametrize("fields", EVENTS, ids=lambda fields: "-".join(fields))
def test_the_month_of_what_ends_it_is_paid_and_the_next_is_not(fields: dict[str, Any]) -> None:
    person = member(spells=TWENTY, **fields)
    assert months_of(run(person)) == ["2026-04", "2026-05"]
    assert not run(person, period="2026Q3").paid


@pytest.mark.parametrize("fields", EVENTS[:4], ids=lambda fields: "-".join(fields))
@pytest.mark.parametrize(
    ("stop", "last"), [("month_of", "2026-04"), ("next_quarter", "2026-06"), ("next_year", "2026-12")]
)
def test_other_documents_stop_it_sooner_or_later(fields: dict[str, Any], stop: str, last: str) -> None:
    def change(benefit: dict[str, Any]) -> None:
        for condition in benefit["condition"]:
            if "stop" in condition:
                condition["stop"] = stop

    assert (
        months_of(run(member(spells=TWENTY, **fields), period="2026", policy=only(CADRE, change)))[-1] == last
    )


@pytest.mark.parametrize(
    ("leaving", "first"),
    [("month_of", "2026-04"), ("month_after", "2026-05"), ("next_quarter", "2026-07"), ("next_year", None)],
)
def test_when_having_left_has_effect(leaving: str, first: str | None) -> None:
    person = member(spells="1990-01…2026-04 书记")
    assert months_of(run(person, period="2026", policy=cadre(service={"leaving": leaving})))[:1] == (
        [first] if first else []
    )


@pytest.mark.parametrize(
    ("end", "before", "ok"),
    [
        ("2008-12", date(2009, 1, 1), True),
        ("2009-01", date(2009, 1, 1), False),
        ("2008-12-30", date(2008, 12, 31), True),
        ("2008-12-31", date(2008, 12, 31), False),
        ("2009", date(2009, 1, 1), False),
    ],
)
def test_only_those_who_left_before_a_day(end: str, before: date, ok: bool) -> None:
    result = run(member(spells=f"1980-01…{end} 书记"), policy=cadre(service={"left_before": before}))
    assert (bool(result.paid), result.set_aside) == (ok, 0)


@pytest.mark.parametrize("end", ["2008", "2008-12"])
def test_who_may_have_left_on_either_side_of_a_day_waits(end: str) -> None:
    policy = cadre(service={"left_before": date(2008, 12, 15)})
    assert run(member(spells=f"1980-01…{end} 书记"), policy=policy).set_aside == 1


@pytest.mark.parametrize(
    ("left", "paid", "set_aside"),
    [
        (VagueDate.within(2008, 11), 1, 0),
        (VagueDate.on(date(2008, 12, 14)), 1, 0),
        (VagueDate.on(date(2008, 12, 15)), 0, 0),
        (VagueDate.within(2008, 12), 0, 1),
        (VagueDate.within(2008), 0, 1),
        (VagueDate.within(2007), 1, 0),
    ],
)
def test_of_whom_only_the_length_is_known_the_day_of_leaving_tells(
    left: VagueDate, paid: int, set_aside: int
) -> None:
    policy = cadre(service={"stated_years": "use", "ways": [], "left_before": date(2008, 12, 15)})
    result = run(member(spells="", years="20年", left=left, post="书记"), policy=policy)
    assert (len(result.paid), result.set_aside) == (paid, set_aside)


def test_a_day_of_leaving_that_may_lie_in_the_period_waits_where_only_the_length_is_known() -> None:
    policy = cadre(service={"stated_years": "use", "ways": []})
    for left, set_aside in ((VagueDate.within(2026), 1), (VagueDate.within(2026, 5), 0)):
        result = run(member(spells="", years="20年", left=left, post="书记"), policy=policy)
        assert result.set_aside == set_aside


def test_those_who_still_serve_are_paid_where_the_document_says_so() -> None:
    person = member(spells="2016-05… 书记")
    policy = cadre(service={"leaving": "not_required", "ways": []})
    assert months_of(run(person, policy=policy)) == ["2026-04", "2026-05", "2026-06"]
    assert refused(run(person)) == ["已离任"]


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ({"tier": [{"at_least": 10, "rate": 119}], "minimum": 120}, 120),
        ({"tier": [{"at_least": 10, "rate": 120}], "minimum": 120}, 120),
        ({"tier": [{"at_least": 10, "rate": 121}], "minimum": 120}, 121),
        ({"tier": [{"at_least": 10, "rate": 79}], "cap": 80}, 79),
        ({"tier": [{"at_least": 10, "rate": 81}], "cap": 80}, 80),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 5, "after": 10, "cap": 150}]}, 150),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 5, "after": 10, "cap": 151}]}, 150),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 20, "every": 5, "after": 10}]}, 140),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 20, "every": 11, "after": 10}]}, 100),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 20, "every": 10, "after": 10}]}, 120),
    ],
)
def test_twenty_years_under_minimum_cap_and_steps(amount: dict[str, Any], yuan: int) -> None:
    assert paid(TWENTY, amount=amount) == yuan
