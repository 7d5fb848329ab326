"""Who is excluded, how long service is, from when and until when: switches on both sides of their boundaries."""

from datetime import date
from typing import Any

import pytest

from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    cadre,
    changed,
    codes,
    document,
    member,
    months_of,
    of_editions,
    only,
    refused,
    run,
    yuan_of,
)


@pytest.mark.parametrize(
    ("fields", "clause"),
    [
        ({"reason": "免职"}, "正常离任"),
        ({"reason": "擅自离职"}, "正常离任"),
        ({"employed": True}, "未被财政供养"),
        ({"sentence": "拘役"}, "未受拘役以上刑罚"),
        ({"penalty": "留党察看"}, "未受留党察看以上处分"),
        ({"household": "迁出"}, "户籍未迁出本县"),
        ({"died_on": "2020-05-01"}, "健在（死亡日期）"),
    ],
)
def test_each_exclusion_is_named(fields: dict[str, Any], clause: str) -> None:
    assert refused(run(member(spells=TWENTY, **fields))) == [clause]


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "届满"},
        {"penalty": "警告"},
        {"sentence": "无"},
        {"pension": 100_000},
        {"breach": True},
        {"petition": True},
    ],
)
def test_what_the_default_policy_does_not_exclude(fields: dict[str, Any]) -> None:
    assert yuan_of(run(member(spells=TWENTY, **fields))) == 3 * 525


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("未受警告以上处分", {"penalty": "警告"}),
        ("未领取其他养老金", {"pension": 1}),
        ("未违反计划生育", {"breach": True}),
        ("未组织集体上访", {"petition": True}),
    ],
)
def test_exclusions_that_are_off_can_be_switched_on(name: str, fields: dict[str, Any]) -> None:
    def on(benefit: dict[str, Any]) -> None:
        next(c for c in benefit["condition"] if c["name"] == name)["active"] = True

    assert refused(run(member(spells=TWENTY, **fields), policy=only(CADRE, on))) == [name]


def test_all_failing_clauses_are_told_the_first_first() -> None:
    person = member(born="1990-01-01", spells="2010-01…2011-12 书记", reason="免职", penalty="开除党籍")
    assert refused(run(person)) == ["正常离任", "未受留党察看以上处分", "任职年限", "年满60周岁"]


def test_words_that_no_list_knows_set_the_row_aside() -> None:
    result = run(member(spells=TWENTY, reason="被群众赶走"))
    assert (result.set_aside, result.fen) == (1, 0)
    assert codes(result) == ["subsidies.unclear"]
    assert result.findings[0].place.heading == "离任原因"


@pytest.mark.parametrize(
    ("spells", "ok"),
    [
        ("1990-01…1995-12 书记", True),
        ("1990-01…1995-11 书记", False),
        ("1980-01…1984-06 书记; 1990-01…1994-06 书记", True),
        ("1980-01…1984-06 书记; 1990-01…1994-05 书记", False),
    ],
)
def test_seventy_two_months_on_end_or_a_hundred_and_eight_in_all(spells: str, ok: bool) -> None:
    assert (refused(run(member(born="1940-01-01", spells=spells)))[0] == "未达最低档") is ok


@pytest.mark.parametrize(
    ("bridge", "counted", "yuan"),
    [(0, "not_counted", 0), (5, "not_counted", 0), (6, "not_counted", 485), (6, "counted", 505)],
)
def test_a_gap_of_six_months_is_bridged_from_six_on(bridge: int, counted: str, yuan: int) -> None:
    policy = cadre(service={"accumulate": "longest", "gap_months": bridge, "gaps": counted, "ways": []})
    spells = "1980-01…1989-06 书记; 1990-01…1995-02 书记"
    assert yuan_of(run(member(born="1940-01-01", spells=spells), period="2026-04", policy=policy)) == yuan


@pytest.mark.parametrize(("end", "months"), [("2003-05-09", 485), ("2003-05-08", 0)])
def test_days_make_months(end: str, months: int) -> None:
    policy = cadre(service={"months": "days", "days_in_month": 30, "ways": []})
    assert (
        yuan_of(
            run(member(born="1940-01-01", spells=f"1993-05-10…{end} 书记"), period="2026-04", policy=policy)
        )
        == months
    )


@pytest.mark.parametrize(("accumulate", "yuan"), [("union", 525), ("longest", 505), ("continuous", 485)])
def test_which_stretches_accumulate(accumulate: str, yuan: int) -> None:
    spells = "1965-01…1979-12 书记; 1985-01…1994-12 书记"
    policy = cadre(service={"accumulate": accumulate, "ways": []})
    assert yuan_of(run(member(born="1930-01-01", spells=spells), period="2026-04", policy=policy)) == yuan


@pytest.mark.parametrize(
    ("rate_post", "discount", "yuan"),
    [
        ("on_leaving", 1, 445),
        ("highest", 1, 485),
        ("best_tier", 1, 485),
        ("highest", 0, 0),
        ("best_tier", 0, 445),
        ("highest", "1/2", 0),
    ],
)
def test_whose_rate_is_paid(rate_post: str, discount: Any, yuan: int) -> None:
    policy = cadre(
        service={
            "rate_post": rate_post,
            "ways": [],
            "posts": [{"name": "书记"}, {"name": "主任"}, {"name": "会计", "discount": discount}],
        }
    )
    spells = "1980-01…1983-12 书记; 1984-01…1991-12 会计"
    assert yuan_of(run(member(born="1940-01-01", spells=spells), period="2026-04", policy=policy)) == yuan


def test_each_posts_own_years_are_paid_at_its_own_rate_and_added() -> None:
    tier = [{"at_least": 1, "each": {"书记": 20, "主任": 15, "会计": 10}}]
    policy = cadre(service={"rate_post": "each_post", "ways": []}, amount={"tier": tier})
    spells = "1980-01…1985-12 会计; 1984-01…1989-12 书记"
    result = run(member(born="1940-01-01", spells=spells), period="2026-04", policy=policy)
    assert yuan_of(result) == 6 * 20 + 4 * 10
    assert str(result.paid[0].verdicts[0].steps[-1]) == "各职务合计：120 + 40 = 160 元/月"


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ({"cap": 150}, 150),
        ({"top_up": [{"clause": "补差", "column": "已领养老金", "per": "month"}]}, 60),
    ],
)
def test_a_cap_and_another_pension_meet_the_sum_of_the_posts_once(amount: dict[str, Any], yuan: int) -> None:
    tier = [{"at_least": 1, "each": {"书记": 20, "主任": 15, "会计": 10}}]
    policy = cadre(service={"rate_post": "each_post", "ways": []}, amount={"tier": tier, **amount})
    spells = "1980-01…1985-12 会计; 1984-01…1989-12 书记"
    person = member(born="1940-01-01", spells=spells, pension=100_00)
    assert yuan_of(run(person, period="2026-04", policy=policy)) == yuan


def test_two_posts_that_end_together_get_the_higher_rate() -> None:
    spells = "1990-01…1999-12 会计; 1995-01…1999-12 主任"
    assert yuan_of(run(member(born="1940-01-01", spells=spells), period="2026-04")) == 465


def test_posts_that_are_not_listed_add_nothing_and_are_told() -> None:
    result = run(
        member(born="1940-01-01", spells="1980-01…1989-12 书记; 1990-01…1999-12 村民小组长"), period="2026-04"
    )
    assert yuan_of(result) == 485
    assert "subsidies.unlisted-post" in codes(result)


def test_someone_who_still_serves_has_not_left() -> None:
    assert refused(run(member(spells="1980-01… 书记"))) == ["已离任"]


def test_a_village_name_before_the_post_does_not_hide_it() -> None:
    assert yuan_of(run(member(spells="1980-01…1999-12 河西村党支部书记"), period="2026-04")) == 525


def test_the_stated_years_may_stand_in_for_spells() -> None:
    stated = member(post="书记", years="12年", left="2000-06")
    assert run(stated).set_aside == 1
    policy = cadre(service={"stated_years": "use"})
    assert yuan_of(run(stated, period="2026-04", policy=policy)) == 485


def test_it_begins_in_the_month_after_the_birthday_and_ends_with_the_month_of_death() -> None:
    person = member(born="1966-02-10", spells=TWENTY, died_on="2026-05-20")
    assert months_of(run(person, period="2026H1")) == ["2026-03", "2026-04", "2026-05"]


@pytest.mark.parametrize(
    ("stop", "last"),
    [
        ("month_of", "2026-04"),
        ("month_after", "2026-05"),
        ("next_quarter", "2026-06"),
        ("next_half_year", "2026-06"),
        ("next_year", "2026-12"),
    ],
)
def test_when_a_death_stops_payment(stop: str, last: str) -> None:
    def change(benefit: dict[str, Any]) -> None:
        for condition in benefit["condition"]:
            if "stop" in condition:
                condition["stop"] = stop

    person = member(spells=TWENTY, died_on="2026-05-20")
    assert months_of(run(person, period="2026", policy=only(CADRE, change)))[-1] == last


@pytest.mark.parametrize(
    ("first", "month"),
    [
        ("month_of", "2026-02"),
        ("month_after", "2026-03"),
        ("next_quarter", "2026-04"),
        ("next_half_year", "2026-07"),
        ("next_year", None),
    ],
)
def test_when_a_birthday_starts_it(first: str, month: str | None) -> None:
    paid = months_of(
        run(member(born="1966-02-10", spells=TWENTY), period="2026", policy=cadre(age={"first": first}))
    )
    assert paid[:1] == ([month] if month else [])


@pytest.mark.parametrize(("as_of", "ok"), [(date(2026, 2, 9), False), (date(2026, 2, 10), True)])
def test_of_age_by_a_fixed_day(as_of: date, ok: bool) -> None:
    policy = cadre(age={"mode": "as_of", "as_of": as_of})
    assert bool(run(member(born="1966-02-10", spells=TWENTY), policy=policy).paid) is ok


def test_approval_is_not_made_good_unless_the_limit_says_so() -> None:
    person = member(born="1960-01-01", spells=TWENTY, approved_on="2026-05-11")
    assert months_of(run(person)) == ["2026-05", "2026-06"]
    limited = cadre(payable={"start": "fulfilled", "retroactive_limit": 3})
    assert months_of(run(person, policy=limited)) == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    assert months_of(run(person, policy=limited, period="2026Q1")) == []
    assert months_of(run(person, policy=limited, period="2026Q3")) == ["2026-07", "2026-08", "2026-09"]


def test_arrears_are_paid_each_at_its_own_months_rate() -> None:
    first = document()["edition"][0]
    first["benefit"], first["exclusive"] = first["benefit"][:1], []
    first["benefit"][0]["payable"].update(start="fulfilled", retroactive_limit=3)
    second = document()["edition"][0]
    second["benefit"], second["exclusive"], second["effective"] = second["benefit"][:1], [], date(2026, 4, 1)
    second["benefit"][0]["payable"].update(start="fulfilled", retroactive_limit=3)
    second["benefit"][0]["amount"][0]["tier"][2]["rate"] = {"书记": 600, "主任": 600, "会计": 600}
    result = run(member(spells=TWENTY, approved_on="2026-05-11"), policy=of_editions(first, second))
    assert yuan_of(result) == 2 * 525 + 3 * 600


def test_a_month_belongs_to_the_edition_in_force_on_its_first_day() -> None:
    editions = [document()["edition"][0] for _ in range(2)]
    for edition in editions:
        edition["benefit"], edition["exclusive"] = edition["benefit"][:1], []
    editions[1]["effective"] = date(2026, 5, 2)
    editions[1]["benefit"][0]["amount"][0]["tier"][2]["rate"] = {"书记": 600, "主任": 600, "会计": 600}
    assert yuan_of(run(member(spells=TWENTY), policy=of_editions(*editions))) == 2 * 525 + 600


def test_suspended_months_are_not_paid() -> None:
    person = member(spells=TWENTY, suspended_from="2026-04-10", suspended_to="2026-05-03")
    assert months_of(run(person)) == ["2026-06"]
    assert refused(run(member(spells=TWENTY, suspended_from="2026-01"))) == ["暂停发放"]


def test_hardship_runs_from_the_month_of_entry_and_not_beside_the_others() -> None:
    assert months_of(run(member(hardship=True, ledger_on="2026-05-20"))) == ["2026-05", "2026-06"]
    both = run(member(spells=TWENTY, hardship=True, died_on="2026-05-01"))
    assert yuan_of(both, CADRE) == 2 * 525
    assert yuan_of(both, HARDSHIP) == 0
    assert refused(both, HARDSHIP) == ["本期应发"]
    stacked = run(member(born="1920-01-01", spells=TWENTY, joined="1949-01-01"), period="2026-04")
    assert yuan_of(stacked, CADRE) == 525
    assert yuan_of(stacked, VETERAN) == 730


@pytest.mark.parametrize(
    ("keep", "paid"),
    [("first", {CADRE: 445}), ("highest", {HARDSHIP: 500}), ("all", {CADRE: 445, HARDSHIP: 500})],
)
def test_groups_of_benefits_that_exclude_one_another(keep: str, paid: dict[str, int]) -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["exclusive"][0]["keep"] = keep
        edition["benefit"][1]["amount"][0]["tier"] = [{"rate": 500}]

    result = run(
        member(spells="1990-01…1999-12 会计", hardship=True), period="2026-04", policy=changed(change)
    )
    assert {name: yuan_of(result, name) for name in (CADRE, HARDSHIP) if yuan_of(result, name)} == paid
