"""Cases of 免费体检 that the domain list prints, by their numbers, and its rules one by one."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes.checkups import PARTS, CheckupPolicy
from tests.programmes.examined import (
    WENT,
    aside,
    column,
    default,
    hospital_day,
    outcome,
    parts,
    secretary,
    told,
    with_policy,
)


def test_the_printed_example_reads_five_and_pays_380_00() -> None:
    """Section 4, point 5."""
    found = outcome(
        secretary(1, last="2024-05-06", day="2026-05-12", cost=180),
        secretary(2, day="2026-05-13", cost=260),
        secretary(3, last="2025-11"),
        secretary(4, reason="外出务工"),
        secretary(5, post="会计"),
    )
    assert parts(found) == {
        "甲1": "已体检", "甲2": "已体检", "甲3": "本期不应检", "甲4": "未体检", "甲5": "不属体检对象",
    }  # fmt: skip
    assert (found.tally.read, aside(found)) == (5, 0)
    assert column(found, "体检名册", "borne") == [18000, 20000, 0, 0]
    assert column(found, "体检名册", "own") == [0, 6000, 0, 0]
    assert column(found, "分乡镇汇总表", "borne") == [38000]


def test_b16_a_check_up_every_two_calendar_years_at_the_expense_of_the_government() -> None:
    policy = default().editions[0]
    assert policy.interval.years == 2
    assert [(one.who, int(one.percent)) for one in policy.funding.shares] == [("县", 100)]
    assert "双峰" in policy.document + "".join(policy.sources)
    everyone = [secretary(n, last=f"{2020 + n % 7}-12-31") for n in range(1, 50)]
    due = {name for name, part in parts(outcome(*everyone)).items() if part != "本期不应检"}
    assert due == {one.name for one in everyone if one.last and 2026 - one.last.latest.year >= 2}


def test_b17_29_cadres_for_about_172_each_are_borne_whole() -> None:
    costs = [170, 175, 173] * 9 + [172, 172]
    found = outcome(*(secretary(n, day="2026-05-12", cost=cost) for n, cost in enumerate(costs, 1)))
    (borne,) = column(found, "分乡镇汇总表", "borne")
    assert borne == sum(costs) * 100 and 5000_00 <= borne <= 5100_00
    assert not found.findings


@pytest.mark.parametrize(
    "post",
    [
        "书记",
        "村党支部书记",
        "支部书记",
        "村支书",
        "党总支书记",
        "村党委书记",
        "向阳村党支部书记",
        "书记兼主任",
        "书记、会计",
    ],
)
def test_a_secretary_by_any_name_of_the_post_is_to_be_examined(post: str) -> None:
    assert parts(outcome(secretary(post=post))) == {"甲1": "未体检"}


@pytest.mark.parametrize("post", ["会计", "副书记", "村委会主任", "第一书记"])
def test_holders_of_other_posts_are_not(post: str) -> None:
    assert parts(outcome(secretary(post=post, **WENT))) == {"甲1": "不属体检对象"}


@pytest.mark.parametrize("post", ["护林员", "、", "向阳村"])
def test_a_post_that_no_list_has_is_set_aside(post: str) -> None:
    found = outcome(secretary(post=post, village="向阳村"))
    assert (told(found), aside(found)) == (["post-unknown"], 1)


@pytest.mark.parametrize(
    ("last", "interval", "part"),
    [
        (None, 2, "未体检"),
        ("2024-12-31", 2, "未体检"),
        ("2024", 2, "未体检"),
        ("2025-01-01", 2, "本期不应检"),
        ("2025-01-01", 1, "未体检"),
        ("2026-01-05", 1, "本期不应检"),
        ("2023-06", 4, "本期不应检"),
        ("2022-06", 4, "未体检"),
    ],
)  # fmt: skip
def test_somebody_is_due_who_never_went_or_whose_last_year_is_so_many_years_back(
    last: str | None, interval: int, part: str
) -> None:
    found = outcome(secretary(last=last, reason="外出"), by=with_policy(interval={"years": interval}))
    assert parts(found) == {"甲1": part}


@pytest.mark.parametrize(
    ("started", "ended", "part"),
    [
        ("2026-05-12", None, "已体检"),
        ("2026-05-13", None, "不属体检对象"),
        ("2015", "2026-05-12", "已体检"),
        ("2015", "2026-05-11", "不属体检对象"),
        ("2015", "2027-01-31", "已体检"),
        ("2026-05-12", "2026", "已体检"),
        ("2026-12-05", None, "不属体检对象"),
    ],
)
def test_whoever_went_must_be_in_post_on_that_day_the_first_and_the_last_day_count(
    started: str, ended: str | None, part: str
) -> None:
    assert parts(outcome(secretary(started=started, ended=ended, **WENT))) == {"甲1": part}


@pytest.mark.parametrize(
    ("started", "ended", "part"),
    [
        ("2026-11-28", None, "未体检"),
        ("2026-11-29", None, "不属体检对象"),
        ("2015", "2026-11-28", "未体检"),
        ("2015", "2026-11-27", "不属体检对象"),
    ],
)
def test_whoever_did_not_go_must_be_in_post_on_the_day_of_judgement(
    started: str, ended: str | None, part: str
) -> None:
    assert parts(outcome(secretary(started=started, ended=ended, reason="住院"))) == {"甲1": part}


def test_a_date_of_which_the_day_is_not_known_is_taken_where_the_day_decides_nothing() -> None:
    found = outcome(secretary(started="2010", last="2024", day="2026-05", cost=180))
    assert (parts(found), told(found)) == ({"甲1": "已体检"}, [])


@pytest.mark.parametrize(
    "vague",
    [
        {"started": "2026-05", "day": "2026-05-12"},
        {"started": "2026-05-12", "day": "2026-05"},
        {"started": "2015", "ended": "2026-05-12", "day": "2026-05"},
        {"started": "2026-05-10", "ended": "2026-05-20", "day": "2026-05"},
    ],
)
def test_a_date_of_which_the_day_decides_sets_the_row_aside(vague: dict[str, Any]) -> None:
    found = outcome(secretary(cost=180, **vague))
    assert (told(found), aside(found)) == (["post-vague"], 1)


def test_a_vague_day_is_not_read_as_one_that_has_not_come_yet() -> None:
    found = outcome(secretary(started="2015", ended="2026-11-28", day="2026-11", cost=180))
    assert parts(found) == {"甲1": "已体检"}


def test_dates_of_those_who_hold_another_post_decide_nothing() -> None:
    odd: dict[str, Any] = {
        "started": "2026-05",
        "ended": "2020-01-01",
        "day": "2026-05",
        "last": "2026-06-01",
        "cost": 180,
    }
    found = outcome(secretary(post="会计", **odd))
    assert (parts(found), told(found)) == ({"甲1": "不属体检对象"}, [])


def test_a_blank_answer_goes_by_the_date() -> None:
    found = outcome(secretary(1, day="2026-05-12", cost=180), secretary(2, reason="外出"))
    assert parts(found) == {"甲1": "已体检", "甲2": "未体检"}


def test_a_cost_of_nought_is_a_cost() -> None:
    found = outcome(secretary(day="2026-05-12", cost=0))
    assert (parts(found), column(found, "体检名册", "borne")) == ({"甲1": "已体检"}, [0])


def test_whoever_did_not_go_without_a_reason_is_told() -> None:
    found = outcome(secretary(1), secretary(2, reason="住院"))
    assert [(one.code, one.severity, one.place.row) for one in found.findings] == [
        ("checkups.no-reason", Severity.WARNING, 4)
    ]
    assert parts(found) == {"甲1": "未体检", "甲2": "未体检"}


def test_a_package_of_the_other_sex_is_told_and_the_cap_is_that_of_the_number() -> None:
    packages = with_policy(package={"male": 150, "female": 250})
    found = outcome(
        secretary(1, sex="女", package="男", **WENT),
        secretary(2, sex="女", package="女", **WENT),
        secretary(3, package="", **WENT),
        by=packages,
    )
    assert column(found, "体检名册", "borne") == [18000, 18000, 15000]
    assert told(found) == ["package-differs", "over-cap"]


@pytest.mark.parametrize(("cost", "borne", "codes"), [(200, 20000, []), (200.01, 20000, ["over-cap"])])
def test_the_department_bears_the_cost_up_to_the_cap_and_the_person_the_rest(
    cost: float, borne: int, codes: list[str]
) -> None:
    found = outcome(secretary(day="2026-05-12", cost=cost))
    assert column(found, "体检名册", "borne") == [borne]
    assert column(found, "体检名册", "own") == [round(cost * 100) - borne]
    assert told(found) == codes


def test_a_cap_of_nought_pays_nothing() -> None:
    found = outcome(secretary(**WENT), by=with_policy(package={"male": 0}))
    assert column(found, "体检名册", "borne") == [0]
    assert column(found, "体检名册", "own") == [18000]


def test_whoever_went_without_being_due_is_told_and_costs_the_department_nothing() -> None:
    found = outcome(secretary(last="2025-11", **WENT))
    assert (parts(found), told(found)) == ({"甲1": "本期不应检"}, ["not-due"])
    assert column(found, "分乡镇汇总表", "borne") == [0]


def test_payers_share_each_sum_by_largest_remainder_and_always_make_it_up() -> None:
    three = [{"who": who, "percent": percent} for who, percent in (("县", 34), ("乡镇", 33), ("村", 33))]
    by = with_policy(funding={"shares": three})
    found = outcome(*(secretary(n, day="2026-05-12", cost=100.01) for n in (1, 2)), by=by)
    shares = [column(found, "分乡镇汇总表", f"payer{i}") for i in range(3)]
    assert shares == [[2 * 3401], [2 * 3300], [2 * 3300]]


def test_more_people_on_a_day_than_a_hospital_has_places_are_told_at_its_row() -> None:
    days = (hospital_day(1, "县医院", "2026-05-12", 1), hospital_day(2, "县医院", "2026-05-13", 0))
    found = outcome(secretary(1, **WENT), secretary(2, **WENT), days=days)
    assert [(one.code, one.place.row) for one in found.findings] == [("checkups.over-quota", 4)]
    assert set(parts(found).values()) == {"已体检"}


def test_exactly_as_many_as_there_are_places_is_no_finding() -> None:
    days = [hospital_day(1, "县医院", "2026-05-12", 2)]
    assert not outcome(secretary(1, **WENT), secretary(2, **WENT), days=days).findings


def test_two_figures_for_one_day_at_a_hospital_are_set_aside_and_judge_nobody() -> None:
    days = [hospital_day(n, "县医院", "2026-05-12", n) for n in (0, 1)]
    found = outcome(secretary(1, **WENT), secretary(2, **WENT), days=days)
    assert told(found) == ["listed-twice", "listed-twice"]
    assert (found.tally.read, aside(found)) == (2, 0)


def test_a_place_and_a_day_are_both_needed_to_fill_a_quota() -> None:
    days = [hospital_day(1, "县医院", "2026-05-12", 0)]
    other = {**WENT, "hospital": "中医院"}
    found = outcome(secretary(1, **other), secretary(2, **WENT | {"day": "2026-05-13"}), days=days)
    assert not found.findings


def test_a_notice_says_who_went_and_nothing_of_health_or_cost() -> None:
    (notice,) = outcome(secretary(1, reason="住院", again="2026-12-20"), secretary(2, **WENT)).notices()
    shown = [one.title for one in notice.table.columns if not one.private]
    assert shown == ["序号", "乡镇", "村", "姓名", "性别", "是否参检"]
    assert [row[-1] for row in notice.table.rows] == [False, True]


def test_read_is_the_sum_of_the_parts_and_of_those_set_aside() -> None:
    found = outcome(
        *(secretary(n, post=post, **WENT) for n, post in enumerate(("书记", "会计", "护林员"), 1))
    )
    assert [part for part, _ in found.tally.parts][: len(PARTS)] == list(PARTS)
    assert found.tally.read == sum(count for _, count in found.tally.parts) + aside(found)


def test_the_year_before_the_year_of_running_is_the_default_period() -> None:
    from sanchuang_cli.programmes.checkups import PROGRAMME

    assert str(PROGRAMME.default_period(date(2026, 11, 28))) == "2025"
    assert load(CheckupPolicy, *source("checkups", None)).editions[0].interval.years == 2


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("male = 200", "male = 172.555"),
        ("years = 2", "years = 0"),
        ('[{ who = "县", percent = 100 }]', '[{ who = "县", percent = 60 }, { who = "县", percent = 40 }]'),
        ('others = ["副书记"', 'others = ["书记", "副书记"'),
    ],
)
def test_a_policy_that_no_document_can_mean_is_refused(written: str, instead: str) -> None:
    _, content = source("checkups", None)
    text = content.decode("utf-8")
    assert written in text
    with pytest.raises(UserError):
        load(CheckupPolicy, "checkups", text.replace(written, instead).encode())
