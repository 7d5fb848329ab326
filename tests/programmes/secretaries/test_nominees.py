"""Candidates: conditions by source, joint opinions, the notice, quotas, the form to be filed, and nobody ranked by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.leaders.nominations import LACKING, OBJECTED, READY, UNFIT
from sanchuang_cli.finding import UserError
from tests.programmes.incumbents import (
    changed,
    finding,
    judged,
    lines,
    nomination,
    nominee,
    outcome,
    pack,
    secretary,
    told,
    vacancy,
)
from tests.programmes.people import identity


@pytest.mark.parametrize(
    ("cells", "part", "missing"),
    [
        ({}, READY, ""),
        ({"人员类别": "预备党员"}, UNFIT, "正式党员：“预备党员”，须是正式党员"),
        ({"处分情况": "党内警告"}, UNFIT, "没有处分：“党内警告”，须是无、没有、否"),
        ({"处分情况": None}, LACKING, "没有处分：“处分情况”没有填，须是无、没有、否"),
        ({"公安意见": "有异议"}, OBJECTED, "公安意见：有异议 2026-10-20"),
        ({"公安意见": None}, LACKING, "公安意见：没有填"),
        ({"公安意见日期": None}, LACKING, "公安意见：无异议 没有写日期"),
        ({"公安意见": "有异议", "公安意见日期": None}, OBJECTED, "公安意见：有异议 没有写日期"),
        ({"公安意见": "有异议", "人员类别": "群众"}, UNFIT, "正式党员：“群众”，须是正式党员；公安意见：有异议 2026-10-20"),
        ({"单位推荐": None}, LACKING, "单位推荐：“单位推荐”没有填，须是“是”"),
        ({"单位推荐": False}, UNFIT, "单位推荐：“单位推荐”填的是否，须是“是”"),
        ({"单位推荐": None, "来源类别": "本村"}, READY, ""),
        ({"学历": "高中", "来源类别": "大学生村官"}, UNFIT, "大专以上学历：“高中”，须是大专、专科"),
        ({"学历": "高中", "来源类别": "乡村医生"}, READY, ""),
        ({"公示起": None}, LACKING, "公示：公示起没有填"),
    ],
)  # fmt: skip
def test_the_first_of_unfit_objected_lacking_and_ready_with_what_lacks(
    cells: dict[str, Any], part: str, missing: str
) -> None:
    found = nomination(vacancy(), nominee(**cells))
    assert (found.part, found.missing[: len(missing)]) == (part, missing)
    assert bool(missing) == bool(found.missing)


@pytest.mark.parametrize(
    ("posted", "on", "part"),
    [
        ("2026-06-17", date(2026, 6, 25), LACKING),
        ("2026-06-17", date(2026, 6, 26), READY),
        ("2026-06-30", date(2026, 6, 26), LACKING),
    ],
)
def test_the_notice_is_over_after_five_working_days_without_the_day_of_posting(
    posted: str, on: date, part: str
) -> None:
    """Posted on 17 June 2026; the 19th is a holiday, so that the fifth working day is the 25th."""
    days: dict[str, Any] = {f"{body}意见日期": "2026-05-20" for body in ("纪检", "公安", "信访")}
    assert nomination(vacancy(since="2026-05-01"), nominee(公示起=posted, **days), on=on).part == part


def test_a_notice_may_end_later_than_it_must_and_not_earlier() -> None:
    for over, on, part in (
        ("2026-11-20", date(2026, 11, 20), LACKING),
        ("2026-11-20", date(2026, 11, 21), READY),
        ("2026-11-05", date(2026, 11, 9), LACKING),
    ):
        found = judged(vacancy(), nominee(公示起="2026-11-02", 公示止=over), on=on)
        assert found.of((), "candidates")[0].part == part
        assert ("early" in told(found)) == (over == "2026-11-05")


@pytest.mark.parametrize(("over", "word"), [("2026-11-05", "不足"), ("2026-11", "说不准")])
def test_a_notice_that_was_taken_down_too_early_is_never_over(over: str, word: str) -> None:
    """Nor is one of which the last day is not known well enough. It is to be posted again, and nobody is filed on it."""
    found = outcome(vacancy(), nominee(公示起="2026-11-02", 公示止=over), on=date(2026, 12, 20))
    (line,) = lines(found, "人选条件对照")
    assert (line["结果"], line["公示"], lines(found, "调整备案表")) == (LACKING, word, [])
    assert line["不符合的，缺什么"] == f"公示：2026-11-02 起，到 {over}；应到 2026-11-09，{word}"
    assert len(found.notices()[0].table.rows) == 1


def test_beyond_the_calendar_the_end_of_a_notice_is_provisional() -> None:
    found = nomination(
        vacancy(since="2027-02-01", 本届起="2023-05-01"), nominee(公示起="2027-02-22"), on=date(2027, 2, 26)
    )
    assert "暂定" in found.missing and found.part == LACKING


def test_an_opinion_without_a_day_is_told_at_its_cell_and_a_day_ahead_sets_aside() -> None:
    assert (
        finding(judged(vacancy(), nominee(纪检意见日期=None)), "opinion-undated").place.heading == "纪检意见"
    )
    found = judged(vacancy(), nominee(纪检意见日期="2026-12-01"))
    assert not found.of((), "candidates") and finding(found, "not-yet").place.heading == "纪检意见日期"


def test_an_objection_counts_without_a_day_and_is_not_said_to_count_for_nothing() -> None:
    found = judged(vacancy(), nominee(纪检意见="有异议", 纪检意见日期=None))
    assert [one.part for one in found.verdicts["candidates"]] == [OBJECTED]
    told = finding(found, "opinion-undated")
    assert told.message.endswith("纪检意见“有异议”没有写日期，仍算有异议")
    assert "不作数" in finding(judged(vacancy(), nominee(纪检意见日期=None)), "opinion-undated").message


@pytest.mark.parametrize(
    ("born", "part"),
    [("1966-11-28", UNFIT), ("1966-11-29", READY), ("2008-11-29", UNFIT), ("2008-11-28", READY)],
)
def test_under_sixty_on_the_day(born: str, part: str) -> None:
    assert nomination(vacancy(), nominee(身份证号=identity(born, "女"))).part == part


def test_a_word_that_the_policy_does_not_know_sets_the_row_aside() -> None:
    found = judged(vacancy(), nominee(人员类别="党员"))
    assert not found.of((), "candidates")
    assert finding(found, "word-unknown").message == "李秀二：人员类别“党员”不在政策所列之内"


def test_a_condition_for_which_the_roster_has_no_column_is_not_asked_and_that_is_told() -> None:
    row = nominee()
    there = {name: at for name, at in row.row.source.columns.items() if name != "处分情况"}
    more = {name: value for name, value in row.more.items() if name != "处分情况"}
    bare = structs.replace(
        row, row=structs.replace(row.row, source=replace(row.row.source, columns=there)), more=more
    )
    found = judged(vacancy(), bare)
    assert found.of((), "candidates")[0].part == READY
    assert any("处分情况" in one.message for one in found.findings if one.code.endswith("not-asked"))


def test_the_matrix_says_of_each_condition_what_came_of_it() -> None:
    (line,) = lines(outcome(vacancy(), nominee(单位推荐=None, 信访意见=None)), "人选条件对照")
    asked = ("年龄", "正式党员", "单位推荐", "大专以上学历", "纪检意见", "信访意见", "公示")
    assert [line[head] for head in asked] == [
        "符合",
        "符合",
        "缺",
        "不问",
        "无异议 2026-10-20",
        "没有填",
        "符合",
    ]


def test_nobody_is_ranked_unless_the_policy_names_a_score() -> None:
    assert nomination(vacancy(), nominee()).place is None


def _scored(*scores: int | None) -> Iterator[tuple[int, int | None]]:
    by = pack("pingdu-2019")
    rows = [
        nominee(n, by=by, 村="河西1村", 来源类别="选派", 体检合格=True, 综合比选得分=score)
        for n, score in enumerate(scores, 1)
    ]
    for row in judged(vacancy(), *rows, by=by).of((), "candidates"):
        yield row.record.row.number - 3, row.place


def test_places_are_those_of_the_score_that_the_policy_names_and_ties_stay_ties() -> None:
    assert dict(_scored(80, 92, 92, None, 71)) == {1: 3, 2: 1, 3: 1, 4: None, 5: 4}


def test_a_place_is_given_village_by_village_to_those_who_are_ready() -> None:
    by = pack("pingdu-2019")
    rows = [
        nominee(n, by=by, 来源类别="选派", 体检合格=n != 2, 综合比选得分=80 + n, 村=f"河西{1 + n // 3}村")
        for n in (1, 2, 3)
    ]
    found = judged(vacancy(1), vacancy(2), *rows, by=by).of((), "candidates")
    assert {one.record.name: (one.part, one.place) for one in found} == {
        "李秀二": (READY, 1), "李秀三": (UNFIT, None), "李秀四": (READY, 1)
    }  # fmt: skip


def test_two_ready_for_one_village_are_told_and_nobody_is_struck() -> None:
    found = judged(vacancy(), nominee(1), nominee(2, 村="河西1村"))
    assert [one.part for one in found.of((), "candidates")] == [READY, READY]
    assert finding(found, "gate").message == "每村人选（青禾镇河西1村）：2 名，至多 1 名，多 1 名"


@pytest.mark.parametrize(
    ("gate", "wrong"),
    [
        ('sex = "男"\nleast = 0.5', "少 2 名"),
        ('sex = "女"\nmost = 0.5', "多 2 名"),
        ('sex = "女"\nleast = 1', ""),
        ('under = 42\nleast = "1/3"', ""),
        ('under = 41\nleast = "1/3"', "少 1 名"),
        ('column = "学历"\nwords = ["大学"]\nplaces = 2', "多 1 名"),
        ('column = "单位推荐"\nmost = 1', ""),
    ],
)
def test_structure_is_counted_in_whole_people(gate: str, wrong: str) -> None:
    by = changed(('within = "village"\nplaces = 1', gate))
    rows = [row for n in (1, 2, 3) for row in (vacancy(n), nominee(n))]
    (line,) = lines(outcome(*rows, by=by), "名额和结构")
    assert (line["范围"], line["齐备人选"], line["差多少"] or "") == ("全县", 3, wrong)


def test_a_gate_that_asks_nothing_is_refused() -> None:
    with pytest.raises(UserError, match="至少写一样"):
        changed(('within = "village"\nplaces = 1', 'within = "village"'))


def test_the_form_to_be_filed_has_the_codes_and_who_held_the_post() -> None:
    old = secretary(1, 免职日期="2026-09-01", 免职原因="违纪", 任现职时间="2018-03-01")
    new = nominee(
        1, 入党时间="2009-07-01", 原单位职务="县农业农村局科员", 乡镇党委意见="同意", 备案日期="2026-11-20"
    )
    (line,) = lines(outcome(old, new, nominee(2, 公安意见="有异议")), "调整备案表")
    assert (line["原书记"], line["任职起止"], line["免职原因"]) == (
        "张建二",
        "2018-03-01—2026-09-01",
        "3 违纪",
    )
    assert (line["拟任人选"], line["来源类别"], line["出生年月"]) == ("李秀二", "1 选派", "1985-06")
    assert (
        line["联审意见"]
        == "纪检意见 无异议 2026-10-20；公安意见 无异议 2026-10-20；信访意见 无异议 2026-10-20"
    )
    assert line["县委组织部备案日期"] == "2026-11-20"


def test_filing_before_the_notice_is_over_is_told() -> None:
    assert "order" in told(judged(vacancy(), nominee(公示起="2026-11-02", 备案日期="2026-11-05")))


def test_a_candidate_for_a_village_that_is_not_listed_and_one_for_two_villages_are_told() -> None:
    same = nominee(1).identity
    found = judged(vacancy(1), nominee(1), nominee(2, 身份证号=same, 姓名="李秀二"))
    assert finding(found, "village-unlisted").place.heading == "村"
    assert told(found).count("several-villages") == 2


def test_who_is_posted_lacks_the_notice_alone() -> None:
    rows = [vacancy(n) for n in (1, 2, 3)]
    asked = [nominee(1), nominee(2, 公示起="2026-11-25"), nominee(3, 公示起=None, 公安意见=None)]
    (notice,) = outcome(*rows, *asked).notices()
    heads = [column.title for column in notice.table.columns]
    assert heads == ["序号", "乡镇", "村", "姓名", "性别", "出生年月", "拟任职务"]
    assert [row[3] for row in notice.table.rows] == ["李秀三"]
