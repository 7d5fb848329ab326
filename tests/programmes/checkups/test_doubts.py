"""What contradicts itself, cannot be read or stands in a remark sets a row of 免费体检 aside, or is told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.period import VagueDate
from sanchuang_cli.programmes.checkups import Secretary
from sanchuang_cli.record import Beside
from tests.programmes.examined import (
    WENT,
    aside,
    column,
    identity,
    outcome,
    parts,
    secretary,
    told,
)


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


@pytest.mark.parametrize("name", ["day", "last"])
def test_a_day_after_the_day_of_judgement_is_set_aside(name: str) -> None:
    went: dict[str, Any] = WENT | {name: "2026-11-29"}
    found = outcome(secretary(**went))
    assert (told(found), aside(found)) == (["not-yet"], 1)


@pytest.mark.parametrize("last", ["2026-05-12", "2026-05-13", "2026-06"])
def test_a_last_check_up_on_the_day_of_this_one_or_after_it_is_a_contradiction(last: str) -> None:
    found = outcome(secretary(last=last, **WENT))
    assert (told(found), aside(found)) == (["last-not-before"], 1)


@pytest.mark.parametrize(
    ("last", "code"), [("2025-12-31", "last-this-period"), ("2026-01-01", "last-not-before")]
)
def test_a_last_check_up_after_the_period_is_a_contradiction(last: str, code: str) -> None:
    found = outcome(secretary(last=last), year=2025)
    assert (told(found), aside(found)) == ([code], code == "last-not-before")


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


def test_rows_alike_count_once_and_rows_that_differ_are_all_set_aside() -> None:
    twice: dict[str, Any] = {"name": "乙", "identity": identity(7), "cost": 180, "day": "2026-05-12"}
    alike = outcome(secretary(1, **twice), secretary(2, **twice, reason="补"))
    assert (parts(alike), alike.tally.read, aside(alike)) == ({"乙": "已体检"}, 2, 0)
    apart = outcome(secretary(1, **twice), secretary(2, **twice | {"cost": 170}))
    assert (parts(apart), aside(apart)) == ({}, 2)


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


@pytest.mark.parametrize("day", ["2026-01-01", "2026-12-31", "2026"])
def test_the_first_and_the_last_day_of_the_period_are_of_it(day: str) -> None:
    found = outcome(secretary(**WENT | {"day": day}), on=date(2027, 1, 1))
    assert (parts(found), told(found)) == ({"甲1": "已体检"}, [])


def test_of_whoever_did_not_go_last_year_the_result_knows_the_check_up_before_that() -> None:
    line = {"identity": identity(1), "part": "本期不应检", "last": VagueDate.on(date(2025, 6, 1))}
    found = outcome(secretary(1), last=[line])
    assert (parts(found), told(found)) == ({"甲1": "本期不应检"}, [])
    unclear = outcome(secretary(1, last="2023-06-01"), last=[line])
    assert told(unclear) == ["last-unclear"]


@pytest.mark.parametrize(("last", "codes"), [("2025-12-31", []), ("2026-01-01", ["last-this-period"])])
def test_a_last_check_up_is_of_the_period_from_its_first_day_on(last: str, codes: list[str]) -> None:
    assert told(outcome(secretary(last=last))) == codes
