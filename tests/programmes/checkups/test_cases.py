"""Cases of 免费体检 that the domain list prints, by their numbers, and its rules one by one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes.checkups import PARTS, CheckupPolicy, Secretary
from sanchuang_cli.record import Beside
from tests.programmes.secretaries import (
    aside,
    column,
    default,
    hospital_day,
    identity,
    outcome,
    parts,
    secretary,
    told,
    with_policy,
)

WENT: dict[str, Any] = {"went": True, "day": "2026-05-12", "cost": 180, "hospital": "县医院"}
"""Somebody examined on a day of the period."""


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


def test_a_post_that_no_list_has_is_set_aside() -> None:
    found = outcome(secretary(post="护林员"))
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


@pytest.mark.parametrize(
    ("went", "code"),
    [
        ({"went": False, "day": "2026-05-12"}, "went-unclear"),
        ({"went": False, "day": "2026-05-12", "cost": 180}, "went-unclear"),
        ({"went": True, "cost": 180}, "went-unclear"),
        ({"went": True, "day": "2026-05-12"}, "went-unclear"),
        ({"day": "2026-05-12"}, "went-unclear"),
        ({"cost": 180}, "went-unclear"),
        ({"day": "2025-12-31", "cost": 180}, "day-outside"),
        ({"day": "2025", "cost": 180}, "day-outside"),
    ],
)  # fmt: skip
def test_an_answer_a_date_and_a_cost_that_do_not_go_together_set_the_row_aside(
    went: dict[str, Any], code: str
) -> None:
    found = outcome(secretary(**went))
    assert (told(found), aside(found), parts(found)) == ([code], 1, {})


def test_a_blank_answer_goes_by_the_date() -> None:
    found = outcome(secretary(1, day="2026-05-12", cost=180), secretary(2, reason="外出"))
    assert parts(found) == {"甲1": "已体检", "甲2": "未体检"}


def test_a_cost_of_nought_is_a_cost() -> None:
    found = outcome(secretary(day="2026-05-12", cost=0))
    assert (parts(found), column(found, "体检名册", "borne")) == ({"甲1": "已体检"}, [0])


@pytest.mark.parametrize("name", ["day", "last"])
def test_a_day_after_the_day_of_judgement_is_set_aside(name: str) -> None:
    went: dict[str, Any] = WENT | {name: "2026-11-29"}
    found = outcome(secretary(**went))
    assert (told(found), aside(found)) == (["not-yet"], 1)


@pytest.mark.parametrize("last", ["2026-05-12", "2026-05-13", "2026-06"])
def test_a_last_check_up_on_the_day_of_this_one_or_after_it_is_a_contradiction(last: str) -> None:
    found = outcome(secretary(last=last, **WENT))
    assert (told(found), aside(found)) == (["last-not-before"], 1)


def test_a_last_check_up_after_the_period_is_a_contradiction() -> None:
    found = outcome(secretary(last="2026-03-01"), year=2025)
    assert (told(found), aside(found)) == (["last-not-before"], 1)


def test_a_last_check_up_in_the_period_itself_is_told_and_nobody_is_due_again() -> None:
    found = outcome(secretary(1, last="2026-03-01"), secretary(2, last="2026-03", **WENT))
    assert parts(found) == {"甲1": "本期不应检", "甲2": "本期不应检"}
    assert told(found) == ["last-this-period", "not-due"]


def test_an_end_before_the_start_is_a_contradiction() -> None:
    found = outcome(secretary(started="2015-03", ended="2014"))
    assert (told(found), aside(found)) == (["ends-before-start"], 1)


@pytest.mark.parametrize("name", ["started", "ended", "last", "went", "day", "cost"])
def test_what_nobody_can_read_sets_the_row_aside(name: str) -> None:
    blank: dict[str, Any] = {} if name == "started" else {name: None}
    found = outcome(secretary(unread={name: "看不清"}, **blank))
    assert (told(found), aside(found)) == (["unread"], 1)


@pytest.mark.parametrize(
    ("name", "mark"),
    [("day", "/"), ("cost", "—"), ("last", "无"), ("ended", "至今"), ("went", "/"), ("ended", "在任")],
)
def test_a_mark_that_there_is_nothing_to_fill_in_is_as_good_as_a_blank(name: str, mark: str) -> None:
    blank: dict[str, Any] = {name: None}
    found = outcome(secretary(reason="外出", unread={name: mark}, **blank))
    assert (parts(found), told(found)) == ({"甲1": "未体检"}, [])


@pytest.mark.parametrize("name", ["package", "again"])
def test_what_nobody_can_read_and_decides_nothing_leaves_the_row_where_it_is(name: str) -> None:
    assert parts(outcome(secretary(unread={name: "看不清"}, **WENT))) == {"甲1": "已体检"}


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


def test_rows_alike_count_once_and_rows_that_differ_are_all_set_aside() -> None:
    twice: dict[str, Any] = {"name": "乙", "identity": identity(7), "cost": 180, "day": "2026-05-12"}
    alike = outcome(secretary(1, **twice), secretary(2, **twice, reason="补"))
    assert (parts(alike), alike.tally.read, aside(alike)) == ({"乙": "已体检"}, 2, 0)
    apart = outcome(secretary(1, **twice), secretary(2, **twice | {"cost": 170}))
    assert (parts(apart), aside(apart)) == ({}, 2)


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


@pytest.mark.parametrize("cost", [-500, -0.01, 13_900_000_000])
def test_a_cost_below_nought_or_as_long_as_a_telephone_number_sets_the_row_aside(cost: float) -> None:
    found = outcome(secretary(1, day="2026-05-12", cost=cost), secretary(2, **WENT))
    assert (told(found), aside(found)) == (["amount"], 1)
    assert column(found, "体检名册", "borne") == [18000]


def test_whoever_has_a_day_of_death_is_set_aside() -> None:
    dead = secretary(1, **WENT)
    dead = structs.replace(dead, died=VagueDate.on(date(2026, 2, 1)))
    found = outcome(dead)
    assert (told(found), aside(found)) == (["died"], 1)


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


def with_remark(text: str, **fields: Any) -> Secretary:
    """A secretary who went, with a comment on the first cell."""
    one = secretary(1, **WENT | fields)
    beside = {one.row.number: Beside({1: text}, {})}
    return structs.replace(one, row=structs.replace(one.row, source=replace(one.row.source, beside=beside)))


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        ("2026年3月免职", "remarks.left"),
        ("已辞职", "remarks.left"),
        ("停职检查", "remarks.suspended"),
        ("此行作废", "remarks.void"),
        ("与第5行重复", "remarks.void"),
    ],
)
def test_nobody_has_a_check_up_borne_of_whom_a_remark_says_that_the_post_ended_or_the_row_is_void(
    remark: str, code: str
) -> None:
    found = outcome(with_remark(remark))
    assert ([one.code for one in found.findings], aside(found)) == ([code], 1)


def test_a_remark_on_a_post_that_the_fields_know_of_or_that_came_before_says_nothing_new() -> None:
    for remark, fields in (
        ("2026年9月免职", {"ended": "2026-09"}),
        ("2009年辞去村主任职务", {"started": "2015-03"}),
    ):
        found = outcome(with_remark(remark, **fields))
        assert (found.findings, aside(found)) == ((), 0)
    differs = outcome(with_remark("2026年8月免职", ended="2026-09"))
    assert [one.code for one in differs.findings] == ["remarks.differs"]
    denied = outcome(with_remark("没有免职"))
    assert ([one.code for one in denied.findings], aside(denied)) == (["remarks.of-others"], 0)


def test_whoever_was_not_on_the_last_result_and_has_no_day_before_is_told() -> None:
    known = {"identity": identity(1), "part": "未体检"}
    found = outcome(secretary(1), secretary(2), secretary(3, last="2023-05"), last=[known])
    assert [(one.code, one.place.row) for one in found.findings if one.code == "checkups.last-unknown"] == [
        ("checkups.last-unknown", 5)
    ]
    assert parts(found) == dict.fromkeys(("甲1", "甲2", "甲3"), "未体检")
    assert "last-unknown" not in told(outcome(secretary(2)))


def test_a_check_up_that_was_not_borne_is_told_where_the_interval_goes_by_it() -> None:
    line = {"identity": identity(1), "day": VagueDate.on(date(2025, 6, 1))}
    paid_himself = outcome(secretary(1), last=[line | {"part": "本期不应检"}])
    assert (told(paid_himself), parts(paid_himself)) == (["self-paid"], {"甲1": "本期不应检"})
    assert "self-paid" not in told(outcome(secretary(1), last=[line | {"part": "已体检"}]))


def test_a_day_to_be_examined_again_that_nobody_can_read_stands_on_the_page_to_be_asked_for() -> None:
    found = outcome(
        secretary(1, **WENT, unread={"again": "下月"}), secretary(2, **WENT), secretary(3, again="2027-01")
    )
    assert column(found, "复查提醒", "again") == ["待核实", "2027-01"]
    assert aside(found) == 0


@pytest.mark.parametrize("words", ["已死亡", "去世", "本人2026年3月病故", "已免职", "服刑"])
def test_a_reason_for_being_absent_that_says_the_person_is_dead_or_out_of_office_sets_aside(
    words: str,
) -> None:
    found = outcome(secretary(1, reason=words))
    assert aside(found) == 1
    (finding,) = found.findings
    assert finding.place.heading == "未检原因" and words in finding.message


@pytest.mark.parametrize(
    "words", ["父亲去世", "家中办丧事", "外出务工", "住院", "没有免职", "医院暂停体检", "因母亲病故请假"]
)
def test_other_reasons_for_being_absent_set_nobody_aside(words: str) -> None:
    found = outcome(secretary(1, reason=words))
    assert (aside(found), found.findings) == (0, ())
