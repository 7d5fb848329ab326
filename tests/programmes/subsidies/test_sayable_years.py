"""Years before and after a day, credited years, first editions, several tables."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.finding import Severity, UserError
from tests.programmes.people import (
    CADRE,
    TWENTY,
    cadre,
    changed,
    codes,
    member,
    months_of,
    run,
    served_for,
    spoilt,
    yuan_of,
)
from tests.programmes.subsidies.sayable import RURAL_TOO, VETERAN_TOO

# ------------------------------------------------------------------ years before and after a day, and credited years

BEFORE_1993 = [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]


def in_eras(*tiers: dict[str, Any], **service: Any) -> Any:
    return cadre(service={"ways": [], **service}, amount={"tier": list(tiers)})


@pytest.mark.parametrize(
    ("spells", "yuan"),
    [
        ("1988-01…1997-12 书记", 5 * 3 + 5 * 5),
        ("1988-01…1992-12 书记", 5 * 3),
        ("1993-01…1997-12 书记", 5 * 5),
        ("1988-02…1997-11 书记", 4 * 3 + 4 * 5),
        ("1988-01…1989-12 书记; 1992-01…1994-06 主任", 3 * 3 + 1 * 5),
    ],
)
def test_years_before_and_after_a_day_have_each_their_rate(spells: str, yuan: int) -> None:
    policy = in_eras({"at_least": 0, "eras": BEFORE_1993})
    assert yuan_of(run(member(born="1940-01-01", spells=spells), policy=policy, period="2026-06")) == yuan


def test_eras_stand_beside_a_rate_and_by_post_and_are_explained() -> None:
    eras = [{"before": date(1993, 1, 1), "each": {"书记": 3, "主任": 2, "会计": 1}}, {"each": 5}]
    policy = in_eras({"at_least": 8, "rate": 100, "eras": eras, "label": "甲"})
    (decision,) = run(member(born="1940-01-01", spells=TWENTY), policy=policy, period="2026-06").paid
    assert str(decision.verdicts[0].steps[-1]) == "甲 标准：100 + 3 × 13 + 5 × 7 = 174 元/月"
    rows = {str(row[0]): str(row[2]) for page in explanation_pages(decision) for row in page.rows}
    assert rows["分段年限"] == "适用：1993-01-01 前 13，以后 7"


@pytest.mark.parametrize(
    ("tier", "service", "complaint"),
    [
        ({"eras": BEFORE_1993[:1]}, {}, "eras 至少两段"),
        ({"eras": BEFORE_1993[::-1]}, {}, "eras 至少两段"),
        ({"eras": [BEFORE_1993[0], *BEFORE_1993]}, {}, "从早到晚排列，不重复"),
        ({"eras": BEFORE_1993, "each": 4}, {}, "不写 each、after、every"),
        ({"eras": [{"before": date(1993, 1, 1), "each": {"书记": 3}}, {"each": 5}]}, {}, "没有标准"),
        ({"eras": BEFORE_1993}, {"stated_years": "use"}, "要知道每个月在哪一段"),
        ({"eras": BEFORE_1993}, {"rate_post": "each_post"}, "要知道每个月在哪一段"),
    ],
)
def test_eras_that_cannot_be_are_refused(
    tier: dict[str, Any], service: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        in_eras({"at_least": 0, **tier}, **service)


def credited(cell: int | None, spells: str, **service: Any) -> Any:
    """Two yuan for each year, with the years of 军龄 among them; paid from ten years on."""

    def change(edition: dict[str, Any]) -> None:
        edition.update(
            column=[{"heading": "军龄", "kind": "count"}], exclusive=[], benefit=edition["benefit"][:1]
        )
        edition["benefit"][0]["service"].update({"credited_column": "军龄", **service})
        edition["benefit"][0]["amount"][0].update(tier=[{"at_least": 10, "each": 2}])

    person = member(born="1940-01-01", spells=spells, more={"军龄": cell})
    return run(person, policy=changed(change), period="2026-06")


@pytest.mark.parametrize(
    ("cell", "years", "yuan"), [(None, 9, 0), (0, 9, 0), (1, 9, 20), (3, 9, 24), (3, 6, 0), (1, 10, 22)]
)
def test_credited_years_count_as_served(cell: int | None, years: int, yuan: int) -> None:
    assert yuan_of(credited(cell, served_for(years), ways=[])) == yuan


@pytest.mark.parametrize(("cell", "said"), [(3, ["“军龄”3 年，计入累计"]), (0, []), (None, [])])
def test_credited_years_are_cited_with_their_own_cell(cell: int | None, said: list[str]) -> None:
    clauses = credited(cell, served_for(12), ways=[]).decisions[0].verdicts[0].clauses
    found = [one for one in clauses if one.name == "视同任职年数"]
    assert [(one.columns, str(one.said)) for one in found] == [(("军龄",), words) for words in said]


@pytest.mark.parametrize(("how", "paid"), [("union", True), ("longest", False)])
def test_credited_years_count_towards_all_service_and_no_stretch(how: str, paid: bool) -> None:
    result = credited(3, served_for(8), ways=[{"count": how, "at_least_months": 120}])
    assert bool(result.paid) is paid
    if paid:
        steps = [str(step) for step in result.paid[0].verdicts[0].steps]
        assert steps[0] == "任职（累计）：96 + 36 = 132 个月"
        rows = {str(row[0]): row for page in explanation_pages(result.paid[0]) for row in page.rows}
        assert (rows["视同任职年数"][1], str(rows["视同任职年数"][2])) == ("是", "“军龄”3 年，计入累计")


@pytest.mark.parametrize(
    "service", [{"accumulate": "longest"}, {"rate_post": "each_post"}, {"rounding": "year_difference"}]
)
def test_credited_years_have_no_beginning_and_no_end(service: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="没有起止"):
        credited(1, TWENTY, **service)


def test_credited_years_are_a_column_of_numbers() -> None:
    with pytest.raises(ValidationError, match="“离任原因”列是"):
        cadre(service={"credited_column": "离任原因"})
    person = spoilt(member(born="1940-01-01", spells=TWENTY), "军龄")

    def change(edition: dict[str, Any]) -> None:
        edition["column"] = [{"heading": "军龄", "kind": "count"}]
        edition["benefit"][0]["service"]["credited_column"] = "军龄"

    assert run(person, policy=changed(change), period="2026-06").set_aside == 1


# ------------------------------------------------------------------ a first edition that begins inside the period


def in_force_from(day: date) -> Any:
    return changed(
        lambda edition: edition.update(effective=day, exclusive=[], benefit=edition["benefit"][:1]),
        "jurong-2018",
    )


@pytest.mark.parametrize(
    ("begins", "months"),
    [
        (date(2026, 4, 1), ["2026-04", "2026-05", "2026-06"]),
        (date(2026, 5, 1), ["2026-05", "2026-06"]),
        (date(2026, 5, 2), ["2026-06"]),
        (date(2026, 6, 1), ["2026-06"]),
    ],
)
def test_a_first_edition_is_paid_from_its_month_and_says_so(begins: date, months: list[str]) -> None:
    result = run(member(spells=TWENTY), period="2026Q2", policy=in_force_from(begins))
    assert months_of(result) == months
    told = [found for found in result.findings if found.code == "subsidies.begins-within"]
    assert bool(told) is (len(months) < 3)
    if begins == date(2026, 5, 2):
        said = "自 2026-05-02 起施行，本期从 2026-06 起发，2026-04至2026-05 没有规定，不发"
        assert told[0].message.endswith(said)
        assert told[0].severity is Severity.NOTE


def test_a_first_edition_that_begins_after_the_last_month_is_no_standard() -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        run(member(spells=TWENTY), period="2026Q2", policy=in_force_from(date(2026, 6, 2)))


def test_an_approval_makes_good_no_month_before_the_first_edition() -> None:
    def change(edition: dict[str, Any]) -> None:
        edition.update(effective=date(2026, 2, 1), exclusive=[], benefit=edition["benefit"][:1])
        edition["benefit"][0]["payable"].update(start="fulfilled", retroactive_limit=12)

    person = member(spells=TWENTY, approved_on="2026-04-10")
    result = run(person, period="2026Q2", policy=changed(change))
    assert months_of(result) == [f"2026-{month:02d}" for month in range(2, 7)]
    assert "subsidies.begins-within" not in codes(result)


# ------------------------------------------------------------------ several tables in one, and what is said of mistakes


def same_span(*tiers: dict[str, Any]) -> Any:
    return cadre(service={"ways": []}, amount={"tier": list(tiers)})


@pytest.mark.parametrize(
    ("years", "veteran", "rural", "yuan"),
    [
        (10, True, "城镇", 600),
        (10, False, "农村", 500),
        (10, False, "城镇", 400),
        (15, True, "农村", 700),
        (9, True, "农村", 0),
    ],
)
def test_tiers_of_one_span_are_told_apart_by_their_conditions(
    years: int, veteran: bool, rural: str, yuan: int
) -> None:
    span = {"at_least": 10, "below": 15}
    policy = same_span(
        span | {"rate": 600, "when": VETERAN_TOO},
        span | {"rate": 500, "when": RURAL_TOO},
        span | {"rate": 400},
        {"at_least": 15, "rate": 700},
    )
    person = member(spells=served_for(years), veteran=veteran, rural=rural)
    assert yuan_of(run(person, policy=policy, period="2026-06")) == yuan


@pytest.mark.parametrize(
    ("first", "second", "said", "unsaid"),
    [
        ({"at_least": 10}, {"at_least": 10}, "前一档写 when = { … }（什么人）", "不相接"),
        (
            {"at_least": 10},
            {"at_least": 10, "when": VETERAN_TOO},
            "前一档写 when = { … }（什么人）",
            "不相接",
        ),
        (
            {"at_least": 10, "when": VETERAN_TOO},
            {"at_least": "9.5"},
            "两档写一样的 at_least、below，前一档写 when",
            "整年",
        ),
        ({"at_least": 10, "below": "960.01"}, {"at_least": 961}, "上一档到 960.01 止（不含）", "96001/100"),
        ({"at_least": "1/3", "below": 5}, {"at_least": 6}, "“X—Y年”（整年）", "96001"),
    ],
)
def test_what_is_meant_is_said_of_tiers_that_do_not_fit(
    first: dict[str, Any], second: dict[str, Any], said: str, unsaid: str
) -> None:
    with pytest.raises(ValidationError) as told:
        same_span(first | {"rate": 1}, second | {"rate": 2})
    (message,) = [error["msg"] for error in told.value.errors() if "离任村干部生活补贴" in error["msg"]]
    assert said in message
    assert unsaid not in message


def with_clerks_counted(*posts: str) -> Any:
    """The rule for cadres, and a second benefit by service in other posts."""

    def change(edition: dict[str, Any]) -> None:
        (normal,) = [block for block in edition["benefit"] if block["name"] == CADRE]
        service = {**normal["service"], "posts": [{"name": post} for post in posts], "ways": []}
        amount = {"clause": "九", "per": "month", "by": "nothing", "tier": [{"rate": 30}]}
        second = {**normal, "name": "荣誉金", "service": {**service, "clause": "八"}, "amount": [amount]}
        edition.update(benefit=[normal, second], exclusive=[])

    return changed(change)


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        (["书记", "调解员"], []),
        (["书记"], ["职务“调解员”不在“离任村干部生活补贴”、“荣誉金”所列职务里，这几段不计任职月数"]),
    ],
)
def test_a_post_that_is_not_counted_is_told_with_the_benefits_and_only_where_none_counts_it(
    posts: list[str], said: list[str]
) -> None:
    person = member(spells=f"{TWENTY}; 2001-01…2002-12 调解员")
    result = run(person, policy=with_clerks_counted(*posts), period="2026-06")
    told = [found for found in result.findings if found.code == "subsidies.unlisted-post"]
    assert [found.message.partition("：")[2] for found in told] == said


def test_explain_shows_what_somebody_would_have_who_is_paid_another_benefit_instead() -> None:
    (decision,) = run(member(spells=TWENTY, hardship=True), period="2026-06").paid
    other = {str(page.title): page for page in explanation_pages(decision)}[
        "村民1：生活困难党员补贴（2026-06）"
    ]
    rows = {str(row[0]): row for row in other.rows}
    assert str(rows["档次"][2]) == "困难党员"
    assert str(rows["算式"][2]) == "困难党员 标准：50 元/月"
    assert (str(rows["本期应发"][2]), rows["本期应发"][5]) == (
        "2026-06 与离任村干部生活补贴不重复享受",
        "第四条",
    )
    assert "应发" not in rows
