"""Whether service is long enough, and having left."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.finding import Severity
from sanchuang_cli.period import VagueDate
from tests.programmes.people import CADRE, TWENTY, cadre, member, run, yuan_of
from tests.programmes.subsidies.serving import HALVES, TERM, at, history, posts, told

# ---------------------------------------------------------------- long enough


LIMBS = [{"count": "longest", "at_least_months": 72}, {"count": "union", "at_least_months": 108}]
LAST = {"count": "continuous", "at_least_months": 60}
AS_HEAD = {"count": "union", "at_least_months": 36, "posts": ["书记", "主任"]}


def threshold(spells: str, ways: Sequence[dict[str, Any]], **fields: Any) -> Clause | None:
    rules = posts(ways=ways, **fields)
    return rules.threshold(history(rules, spells))


@pytest.mark.parametrize(
    ("spells", "ways", "holds", "seen"),
    [
        ("1990-01…1995-12 书记", LIMBS, True, "最长连续 72 个月 ≥ 72；累计 72 个月 ＜ 108"),
        ("1990-01…1995-11 书记", LIMBS, False, "最长连续 71 个月 ＜ 72；累计 71 个月 ＜ 108"),
        ("1990-01…1998-12 书记", LIMBS, True, "最长连续 108 个月 ≥ 72；累计 108 个月 ≥ 108"),
        (
            "1980-01…1984-06 书记; 1990-01…1994-06 会计",
            LIMBS,
            True,
            "最长连续 54 个月 ＜ 72；累计 108 个月 ≥ 108",
        ),
        (
            "1980-01…1984-06 书记; 1990-01…1994-05 会计",
            LIMBS,
            False,
            "最长连续 54 个月 ＜ 72；累计 107 个月 ＜ 108",
        ),
        ("1980-01…1989-12 书记; 1995-01…1999-12 书记", [LAST], True, "离任前连续 60 个月 ≥ 60"),
        ("1980-01…1989-12 书记; 1995-01…1999-11 书记", [LAST], False, "离任前连续 59 个月 ＜ 60"),
        ("1980-01…1982-12 书记", [AS_HEAD], True, "累计（书记、主任） 36 个月 ≥ 36"),
        ("1980-01…1981-12 书记; 1990-01…1990-12 主任", [AS_HEAD], True, "累计（书记、主任） 36 个月 ≥ 36"),
        ("1980-01…1989-12 会计", [AS_HEAD], False, "累计（书记、主任） 0 个月 ＜ 36"),
        ("1980-01…1982-11 书记; 1990-01…1999-12 会计", [AS_HEAD], False, "累计（书记、主任） 35 个月 ＜ 36"),
        (
            "1980-01…1981-12 主任; 1985-01…1990-12 会计",
            [AS_HEAD, LIMBS[0]],
            True,
            "累计（书记、主任） 24 个月 ＜ 36；最长连续 72 个月 ≥ 72",
        ),
        ("1980-01…1989-12 组长", LIMBS, False, "最长连续 0 个月 ＜ 72；累计 0 个月 ＜ 108"),
    ],
)
def test_one_of_the_documents_ways_of_long_service_is_enough(
    spells: str, ways: Sequence[dict[str, Any]], holds: bool, seen: str
) -> None:
    edges = (EVER, NEVER) if holds else (NEVER, EVER)
    assert told(threshold(spells, ways)) == ("任职年限", "甲条", ("spells", "post"), *edges, seen)


def test_without_ways_there_is_no_threshold() -> None:
    assert threshold("1990-01…1990-01 书记", []) is None


@pytest.mark.parametrize(
    ("months", "holds", "seen"),
    [
        (107, False, "最长连续 0 个月 ＜ 72；累计 107 个月 ＜ 108"),
        (108, True, "最长连续 0 个月 ＜ 72；累计 108 个月 ≥ 108"),
    ],
)
def test_a_stated_length_says_nothing_of_stretches(months: int, holds: bool, seen: str) -> None:
    rules = posts(ways=LIMBS)
    clause = rules.threshold(rules.from_statement(months, "书记", None))
    assert told(clause)[3:] == ((EVER, NEVER) if holds else (NEVER, EVER)) + (seen,)


def test_people_who_served_as_long_share_a_clause_and_others_do_not() -> None:
    rules = posts(ways=LIMBS)
    first = rules.threshold(history(rules, "1990-01…1995-12 书记"))
    assert rules.threshold(history(rules, "1991-01…1996-12 会计")) is first
    assert str(told(rules.threshold(history(rules, "1990-01…1995-11 书记")))[-1]).endswith("71 个月 ＜ 108")


@pytest.mark.parametrize(("end", "holds"), [("1995-12-30", False), ("1995-12-31", True)])
def test_by_days_six_years_are_complete_on_their_last_day(end: str, holds: bool) -> None:
    clause = threshold(f"1990-01-01…{end} 书记", LIMBS[:1], months="days", days_in_month=31)
    assert clause
    assert (clause.first <= clause.last) is holds
    shown = "72 个月 ≥" if holds else "2231/31 个月 ＜"
    assert str(clause.said) == f"最长连续 {shown} 72"


def test_posts_at_a_discount_count_whole_towards_the_threshold() -> None:
    clause = threshold("1990-01…1995-12 会计", LIMBS[:1], posts=HALVES)
    assert str(told(clause)[-1]) == "最长连续 72 个月 ≥ 72"


# ---------------------------------------------------------------- having left


def left(spells: str, **fields: Any) -> Clause | None:
    rules = posts(**fields)
    return rules.left(history(rules, spells), 0)


@pytest.mark.parametrize(
    ("leaving", "first"),
    [
        ("month_of", "2026-04"),
        ("month_after", "2026-05"),
        ("next_quarter", "2026-07"),
        ("next_half_year", "2026-07"),
        ("next_year", "2027-01"),
    ],
)
def test_having_left_holds_from_the_month_that_the_document_makes_of_the_end(
    leaving: str, first: str
) -> None:
    clause = left("1990-01…2026-04 书记", leaving=leaving)
    assert told(clause) == (
        "已离任",
        "甲条",
        ("spells", "left"),
        at(first),
        NEVER,
        f"2026-04离任，自{first}起",
    )


def test_having_left_need_not_be_where_the_document_does_not_ask() -> None:
    assert left("1990-01… 书记", leaving="not_required") is None
    assert left("1990-01…2026-04 书记", leaving="not_required") is None


@pytest.mark.parametrize(
    ("spells", "seen"),
    [
        ("1990-01… 书记", "仍在任"),
        ("1980-01…1989-12 书记; 1990-01… 主任", "仍在任"),
        ("1990-01… 组长", "没有计入的任职"),
        ("1990-01…1999-12 组长", "没有计入的任职"),
    ],
)
def test_who_still_serves_or_never_served_has_not_left(spells: str, seen: str) -> None:
    assert told(left(spells)) == ("已离任", "甲条", ("spells", "left"), NEVER, EVER, seen)


def test_of_whom_only_the_length_is_known_the_day_of_leaving_has_to_be_written() -> None:
    rules = posts()
    unwritten = rules.left(rules.from_statement(144, "书记", None), 0)
    assert told(unwritten) == ("已离任", "甲条", ("spells", "left"), NEVER, EVER, "没有填写离任日期")
    written = rules.left(rules.from_statement(144, "书记", VagueDate.within(2000, 6)), 0)
    assert told(written)[3:] == (at("2000-07"), NEVER, "2000-06离任，自2000-07起")


@pytest.mark.parametrize(
    ("end", "before", "seen"),
    [
        ("2008-12", date(2009, 1, 1), None),
        ("2009-01", date(2009, 1, 1), "2009-01离任，应在 2009-01-01 前"),
        ("2009-01-01", date(2009, 1, 2), None),
        ("2009-01-02", date(2009, 1, 2), "2009-01离任，应在 2009-01-02 前"),
        ("2009-02", date(2009, 1, 2), "2009-02离任，应在 2009-01-02 前"),
    ],
)
def test_who_left_too_late_never_qualifies(end: str, before: date, seen: str | None) -> None:
    clause = left(f"1990-01…{end} 书记", left_before=before)
    if seen:
        assert told(clause) == ("已离任", "甲条", ("spells", "left"), NEVER, EVER, seen)
    else:
        assert told(clause)[3:5] == (at(end[:7]) + 1, NEVER)


def test_people_who_left_in_one_month_share_a_clause_and_others_do_not() -> None:
    rules = posts()
    first = rules.left(history(rules, "1990-01…1995-12 书记"), 0)
    assert rules.left(history(rules, "1980-01…1995-12 会计"), 0) is first
    assert told(rules.left(history(rules, "1980-01…1996-01 会计"), 0))[3] == at("1996-02")


# ---------------------------------------------------------------- in a run


def test_what_is_short_of_the_lowest_tier_says_how_many_terms_count() -> None:
    service = {"rounding": "terms", "terms": [TERM], "ways": []}
    policy = cadre(service=service, amount={"tier": [{"at_least": 3, "rate": 100}]})
    short = run(member(spells="1990-01…1998-11 书记"), period="2026-04", policy=policy)
    (clause,) = short.refused[0].refused()[CADRE]
    assert told(clause)[:3] == ("未达最低档", "标准表（句容2018）", ("spells",))
    assert str(clause.said) == "认定 2 届，不在任何一档；最低一档为书记 满3届以上"
    enough = run(member(spells="1990-01…1998-12 书记"), period="2026-04", policy=policy)
    assert yuan_of(enough) == 100


def test_posts_that_are_not_listed_are_named_to_the_clerk() -> None:
    result = run(member(spells=f"{TWENTY}; 2000-01…2001-12 组长"), period="2026-04")
    (found,) = [one for one in result.findings if one.code == "subsidies.unlisted-post"]
    assert "组长" in found.message
    assert found.place.heading == "任职经历"


@pytest.mark.parametrize(
    ("post", "meant"),
    [
        ("红星大队支部书记", "支部书记"),
        ("东村村会计", "村会计"),
        ("书记（代理）", "书记"),
        ("书记(主持工作)", "书记"),
    ],
)
def test_a_post_that_seems_a_listed_one_of_some_place_sets_the_row_aside_where_it_changes_the_money(
    post: str, meant: str
) -> None:
    """Else a term of which only the name of a former brigade is odd counts for nothing, and the person is refused."""
    alone = run(member(spells=f"1980-01…1994-12 {post}", post=""), period="2026-04")
    (found,) = [one for one in alone.findings if one.code == "subsidies.unlisted-post"]
    assert (found.severity, alone.set_aside) == (Severity.ERROR, 1)
    assert f"像是所列的“{meant}”" in found.message
    beside = run(member(spells=f"1975-01…1999-12 书记; 1980-01…1980-12 {post}"), period="2026-04")
    told = [one.severity for one in beside.findings if one.code == "subsidies.unlisted-post"]
    assert told == [Severity.WARNING], "it changes nothing"


@pytest.mark.parametrize("post", ["团支部书记", "妇女主任", "生产队会计", "公社书记", "小学书记"])
def test_another_post_is_told_and_counts_for_nothing(post: str) -> None:
    result = run(member(spells=f"{TWENTY}; 2000-01…2001-12 {post}"), period="2026-04")
    told = [one.severity for one in result.findings if one.code == "subsidies.unlisted-post"]
    assert (told, result.set_aside) == ([Severity.WARNING], 0)
