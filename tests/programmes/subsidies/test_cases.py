"""The worked cases of the documents, by their ids: parts A (amounts), T (tenure), and H-07 to H-13."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.entitlement.service import Posts
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.roster.cells.spells import spells as spells_in
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    VETERAN,
    changed,
    document,
    member,
    months_of,
    of_editions,
    only,
    run,
    served,
    served_for,
    yuan_of,
)


def monthly(pack: str, spells: str, month: str = "2018-07", **fields: Any) -> Decimal:
    return yuan_of(run(member(spells=spells, **{"born": "1945-01-01", **fields}), period=month, policy=pack))


def yearly(policy: str | PolicyFile[Subsidies], spells: str, year: str = "2013", **fields: Any) -> Decimal:
    return yuan_of(run(member(spells=spells, **{"born": "1945-01-01", **fields}), period=year, policy=policy))


def service(policy: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = policy["benefit"][0]["service"]
    return found


def counted(spells: str, months: str = "both_ends", **switches: Any) -> tuple[str, str]:
    """Months and rounded years or terms of the default policy under other switches."""
    policy = changed(lambda edition: service(edition).update({"months": months, **switches}))
    rule = policy.editions[0].benefit[0].service
    assert rule
    posts = Posts(rule)
    history = posts.history(served(spells), "", "", 0)
    length = posts.length(history, history.candidates[0])
    return length.steps[0].result, f"{length.units} {length.steps[-1].unit}"


@pytest.mark.parametrize(("post", "yuan"), [("书记", 525), ("主任", 505), ("会计", 485)])
def test_A_01_twenty_years_and_more_in_jurong(post: str, yuan: int) -> None:
    assert monthly("jurong-2018", served_for(20, post=post)) == yuan


@pytest.mark.parametrize(("post", "yuan"), [("书记", 485), ("主任", 465), ("会计", 445)])
@pytest.mark.parametrize("length", [(10, 0), (14, 11)])
def test_A_03_ten_to_fourteen_years_in_jurong(post: str, yuan: int, length: tuple[int, int]) -> None:
    assert monthly("jurong-2018", served_for(*length, post=post)) == yuan


@pytest.mark.parametrize(
    ("length", "yuan"),
    [((9, 11), 0), ((10, 0), 485), ((14, 11), 485), ((15, 0), 505), ((19, 11), 505), ((20, 0), 525)],
)
def test_A_05_below_ten_years_is_in_no_tier(length: tuple[int, int], yuan: int) -> None:
    result = run(
        member(born="1945-01-01", spells=served_for(*length)), period="2018-07", policy="jurong-2018"
    )
    assert yuan_of(result) == yuan
    if not yuan:
        assert [clause.name for clause in result.refused[0].refused()[CADRE]] == ["未达最低档"]


def test_A_07_the_mean_of_the_budget_lies_between_what_the_rule_can_pay() -> None:
    least, most = 12 * 445 + 6 * 35, 12 * 525 + 6 * 35
    assert 12 * monthly("jurong-2018", served_for(10, post="会计")) + 210 == least
    assert 12 * monthly("jurong-2018", served_for(20)) + 210 == most
    assert least <= Decimal(6_600_000) / 1103 <= most


def test_A_09_widowed_and_alone_get_fifty_more_a_year() -> None:
    alone = member(born="1940-01-01", spells=served_for(22), more={"鳏寡孤独": True})
    others = member(born="1940-01-01", spells=served_for(22), more={"鳏寡孤独": False})
    assert yuan_of(run(alone, period="2010", policy="anlong-2009")) == 1050
    assert yuan_of(run(others, period="2010", policy="anlong-2009")) == 1000


@pytest.mark.parametrize(
    ("length", "yuan"), [((2, 11), 0), ((3, 0), 20), ((5, 11), 20), ((6, 0), 40), ((7, 5), 40)]
)
def test_A_17_each_full_term_counts(length: tuple[int, int], yuan: int) -> None:
    assert monthly("per-term", served_for(*length)) == yuan


def test_A_19_two_posts_at_once_count_once() -> None:
    assert monthly("per-term", "1990-01…1995-12 书记; 1990-01…1995-12 主任") == 40


@pytest.mark.parametrize(
    ("years", "months", "yuan"),
    [
        (2, 11, 0),
        (3, 0, 40),
        (5, 11, 40),
        (6, 0, 60),
        (9, 11, 60),
        (10, 0, 80),
        (14, 11, 80),
        (15, 0, 100),
        (19, 11, 100),
        (20, 0, 120),
    ],
)
def test_A_21_tiers_are_half_open(years: int, months: int, yuan: int) -> None:
    assert monthly("street-2008", served_for(years, months, "书记")) == yuan


def one_off(yuan: int) -> PolicyFile[Subsidies]:
    """L6 with the sum that the county has to fill in."""
    return changed(
        lambda edition: edition["base"][0].update(values=[{"effective": date(2012, 1, 1), "amount": yuan}]),
        "town-2012",
    )


@pytest.mark.parametrize(
    ("length", "yuan"),
    [((10, 0), 20), ((14, 11), 20), ((15, 0), 30), ((20, 0), 40), ((25, 0), 50), ((30, 0), 60)],
)
def test_A_23_continuous_years_in_the_town(length: tuple[int, int], yuan: int) -> None:
    person = member(born="1945-01-01", spells=served_for(*length, post="主任"))
    assert yuan_of(run(person, period="2013-01", policy=one_off(800))) == yuan


@pytest.mark.parametrize("sum_", [600, 800, 1000])
def test_A_23_below_ten_years_it_is_one_sum_in_the_first_month(sum_: int) -> None:
    person = member(born="1945-01-01", spells=served_for(9, 11))
    first = run(person, period="2012-05", policy=one_off(sum_))
    assert yuan_of(first) == sum_
    assert months_of(first) == ["2012-05"]
    assert yuan_of(run(person, period="2012H2", policy=one_off(sum_))) == 0
    younger = member(born="1957-10-03", spells=served_for(9, 11))
    assert months_of(run(younger, period="2012H2", policy=one_off(sum_))) == ["2012-11"]


def test_A_23_the_one_off_sum_is_a_countys_to_fill_in() -> None:
    with pytest.raises(UserError, match="须由县里填写"):
        run(member(), period="2013", policy="town-2012")
    with pytest.raises(ValueError, match="应在 600 至 1000 元之间"):
        one_off(1001)


@pytest.mark.parametrize(("pension", "yuan"), [(0, 600), (350, 250), (59_999, 0), (600, 0), (700, 0)])
def test_A_25_only_the_difference_to_the_pension_is_paid(pension: int, yuan: int) -> None:
    assert yearly("city-topup", served_for(17), pension=pension * 100) == yuan


@pytest.mark.parametrize(
    ("years", "post", "yuan"), [(18, "书记", 4500), (18, "副书记", 3600), (33, "书记", 16500)]
)
def test_A_29_a_percentage_of_a_base_for_each_year(years: int, post: str, yuan: int) -> None:
    base = document("base-percent")
    base["edition"][0]["base"][0]["values"] = [{"effective": base["edition"][0]["effective"], "amount": 1000}]
    assert yearly(of_editions(*base["edition"]), served_for(years, post=post)) == yuan


def test_T_01_both_end_months_count() -> None:
    assert counted("1984-05…1995-04 书记") == ("132", "11 年")


def test_T_04_adjacent_spells_are_one_stretch() -> None:
    spells = "1998-06…2001-05 主任; 2001-06…2006-11 书记"
    assert counted(spells) == ("102", "8 年")
    assert counted(spells, accumulate="longest") == ("102", "8 年")
    assert counted(spells, accumulate="continuous") == ("102", "8 年")


@pytest.mark.parametrize(
    ("rule", "months", "years", "terms"),
    [("both_ends", "36", "3 年", "1 届"), ("end_excluded", "35", "2 年", "0 届")],
)
def test_T_05_whether_the_last_month_counts(rule: str, months: str, years: str, terms: str) -> None:
    spells = "2000-05…2003-04 书记"
    three = [{"since": date(1949, 10, 1), "months": 36}]
    assert counted(spells, rule) == (months, years)
    assert counted(spells, rule, rounding="terms", terms=three) == (months, terms)


@pytest.mark.parametrize(
    ("switches", "years"),
    [({"rounding": "full_years"}, "8 年"), ({"rounding": "half_up", "half_up_from": 6}, "9 年")],
)
def test_T_06_six_months_may_be_a_year(switches: dict[str, Any], years: str) -> None:
    spells = "1998-06…2001-05 主任; 2001-06…2006-11 书记"
    assert counted(spells, **switches) == ("102", years)
    for pack in ("jurong-2018", "city-topup"):
        adopted = changed(lambda edition: service(edition).update(switches), pack)
        assert yearly(adopted, spells, "2019") == 0
    eligible = run(
        member(born="1945-01-01", spells=spells),
        policy=changed(lambda edition: service(edition).update(switches)),
    )
    assert [clause.name for clause in eligible.refused[0].refused()[CADRE]] == ["未达最低档"]


def test_T_07_three_stretches_of_three_years_are_nine() -> None:
    spells = "1980-01…1982-12 书记; 1985-01…1987-12 书记; 1990-01…1992-12 书记"
    result = run(member(born="1940-01-01", spells=spells))
    assert [clause.name for clause in result.refused[0].refused()[CADRE]] == ["未达最低档"]
    assert counted(spells)[0] == "108"
    assert counted(spells, accumulate="longest")[0] == counted(spells, accumulate="continuous")[0] == "36"

    def one_limb(edition: dict[str, Any]) -> None:
        service(edition)["ways"] = [{"count": "longest", "at_least_months": 72}]

    one = run(member(born="1940-01-01", spells=spells), policy=changed(one_limb))
    assert [clause.name for clause in one.refused[0].refused()[CADRE]] == ["任职年限"]


def test_T_09_two_stretches_in_one_cell() -> None:
    found = spells_in("1984.5—1995.4；1998年6月-2001年5月")
    person = structs.replace(member(born="1940-01-01", post="书记"), spells=found)
    result = run(person)
    assert yuan_of(result) == 3 * 485
    verdict = result.paid[0].verdicts[0]
    assert str(verdict.steps[0]) == "任职（累计）：132 + 36 = 168 个月"


def test_T_11_terms_of_three_years_or_of_three_and_then_five() -> None:
    spells = "2015-01…2020-12 书记"
    three = {"since": date(1949, 10, 1), "months": 36}
    five = {"since": date(2018, 7, 1), "months": 60}
    assert counted(spells, rounding="terms", terms=[three]) == ("72", "2 届")
    for parts in ("join", "apart"):
        assert counted(spells, rounding="terms", terms=[three, five], parts_of_terms=parts) == ("72", "1 届")


def with_age(**switches: Any) -> PolicyFile[Subsidies]:
    return changed(lambda edition: edition["benefit"][0]["age"].update(switches))


def test_T_13_by_the_difference_of_years_he_is_sixty_all_year() -> None:
    person = member(born="1952-11-20", spells=served_for(12))
    assert yuan_of(run(person, period="2012-06", policy=with_age(mode="year_difference"))) == 485
    assert yuan_of(run(person, period="2012-01", policy=with_age(mode="year_difference"))) == 485
    assert yuan_of(run(person, period="2012-06")) == 0
    assert months_of(run(person, period="2012Q4")) == ["2012-12"]


@pytest.mark.parametrize(("rule", "first"), [("february", "2011-03"), ("march", "2011-04")])
def test_T_15_a_birthday_on_29_february(rule: str, first: str) -> None:
    policy = only(CADRE, lambda benefit: benefit["age"].update(leap_day=rule))
    man = member(born="1948-02-29", spells=served_for(12))
    assert months_of(run(man, period="2008", policy=policy))[0] == "2008-03"
    woman = member(born="1956-02-29", sex="女", spells=served_for(12))
    assert months_of(run(woman, period="2011", policy=policy))[0] == first


@pytest.mark.parametrize(
    ("joined", "yuan"),
    [
        ("1937-07-06", 455),
        ("1937-07-07", 395),
        ("1945-09-02", 395),
        ("1945-09-03", 315),
        ("1949-09-30", 315),
        ("1949-10-01", 0),
    ],
)
def test_H_07_old_members_by_the_day_they_joined(joined: str, yuan: int) -> None:
    assert yuan_of(run(member(born="1918-01-01", joined=joined), period="2012-10"), VETERAN) == yuan


def test_H_09_the_mean_of_half_a_year_lies_between_what_the_rule_can_pay() -> None:
    exempt = member(born="1918-01-01", joined="1949-09-30", veteran=True)
    oldest = member(2, born="1918-01-01", joined="1937-07-06")
    assert yuan_of(run(exempt, period="2012H2")) == 300
    most = 3 * 420 + 3 * 455
    assert yuan_of(run(oldest, period="2012H2")) == most == 2625
    assert 300 <= Decimal(2_552_370) / 1477 <= most


@pytest.mark.parametrize(("local", "yuan"), [(350, 45), (394, 1), (395, 0), (400, 0)])
def test_H_11_a_local_standard_is_topped_up(local: int, yuan: int) -> None:
    person = member(born="1918-01-01", joined="1945-09-02", local=local * 100)
    assert yuan_of(run(person, period="2012-10"), VETERAN) == yuan


def test_H_13_a_flat_sum_for_a_hundred_and_fifty_people() -> None:
    def flat(benefit: dict[str, Any]) -> None:
        benefit["amount"][0].update(per="year", year_paid="lump", payment_month=12, tier=[{"rate": 300}])
        benefit["age"].update(male=80, female=80)

    people = [member(n, born="1930-01-01", hardship=True) for n in range(150)]
    policy = only(HARDSHIP, flat)
    assert yuan_of(run(*people, period="2015", policy=policy), HARDSHIP) == 45_000
    assert set(months_of(run(*people, period="2015", policy=policy))) == {"2015-12"}
