"""What stands on pages: codes and the words that have none, whose files are listed, who is filed, and what the first page counts."""

from dataclasses import replace
from typing import Any

import pytest

from sanchuang_cli.domain.leaders.policy import LeaderPolicy
from sanchuang_cli.front import Fact
from sanchuang_cli.join import FromResult
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.secretaries import PROGRAMME, SOON, rated
from sanchuang_cli.record import Field
from tests.programmes.incumbents import (
    default,
    election,
    lines,
    nominee,
    outcome,
    page,
    secretary,
    vacancy,
    votes,
)

FILE: dict[str, Any] = {"档案/履历": True, "档案/奖惩": False}


def without(**keys: Any) -> PolicyFile[LeaderPolicy]:
    """The default policy with other values for some of its blocks."""
    return replace(default(), editions=tuple(one.model_copy(update=keys) for one in default().editions))


def facts(run: Outcome, block: str) -> dict[str, int | None]:
    """What the first page says in a block."""
    every: list[Fact] = [fact for figures in run.front for fact in figures.facts(run.tables)]
    return {fact.item: fact.many for fact in every if fact.block == block}


def test_what_is_taken_from_a_rating_is_found_by_township_and_branch_and_may_be_missing() -> None:
    join = rated("grade", "分类定级汇总表", Field("本年等次"))
    assert (join.name, join.programme, join.page, join.optional) == ("grade", "rate", "分类定级汇总表", True)
    assert join.on == {"township": "乡镇", "branch": "党组织名称"} and join.column.heading == "本年等次"
    assert join.must(without(result=FromResult(must="approved")).editions[-1]) == "approved"
    assert join.must(default().editions[-1]) is None
    assert [(one.name, one.column.heading) for one in PROGRAMME.joins] == [
        ("grade", "本年等次"), ("stars", "星级"), ("weak", "列入情形"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "source", "filed"),
    [("违纪", "选派", ("3 违纪", "1 选派")), ("调离本县", "外县", ("调离本县", "外县"))],
)
def test_a_word_is_filed_with_its_code_and_one_without_a_code_as_it_stands(
    why: str, source: str, filed: tuple[str, str]
) -> None:
    old = secretary(1, 免职日期="2026-09-01", 免职原因=why)
    (line,) = lines(outcome(old, nominee(1, 来源类别=source)), "调整备案表")
    assert (line["免职原因"], line["来源类别"]) == filed


@pytest.mark.parametrize(
    ("rows", "old", "held"),
    [
        ([secretary(1, 免职日期="2026-09-01", 任现职时间="2018-03")], "张建二", "2018-03—2026-09-01"),
        ([secretary(1, 免职日期="2026-09-01", 任现职时间=None)], "张建二", "—2026-09-01"),
        ([secretary(1)], "张建二", "2021-03-15—"),
        ([secretary(1, 任现职时间=None)], "张建二", ""),
        ([vacancy(1)], "", "—2026-08-20"),
        ([secretary(1, 免职日期="2024-05-01"), secretary(2, 村="河西1村", 免职日期="2026-10-08")], "张建三", "2021-03-15—2026-10-08"),
        ([secretary(1, 免职日期="2026-08-03"), secretary(2, 村="河西1村", 任现职时间="2026-09-01")], "张建三", "2026-09-01—"),
        ([secretary(1), secretary(2, 村="河西1村")], "", ""),
        ([], "", ""),
    ],
    ids=["gone", "since nobody knows when", "in office", "nothing known", "vacant", "the later of two", "the one there", "two at once", "nobody"],
)  # fmt: skip
def test_the_form_says_who_held_the_post_last_and_from_when_to_when(
    rows: list[Any], old: str, held: str
) -> None:
    (line,) = lines(outcome(*rows, nominee(1)), "调整备案表")
    assert (line["原书记"] or "", line["任职起止"] or "") == (old, held)


def test_the_form_and_the_matrix_have_what_each_body_said_and_nothing_where_no_body_is_asked() -> None:
    (line,) = lines(outcome(vacancy(), nominee()), "调整备案表")
    assert line["联审意见"] == "；".join(f"{body}意见 无异议 2026-10-20" for body in ("纪检", "公安", "信访"))
    alone = default().editions[-1].candidates.model_copy(update={"review": None, "age": None})
    run = outcome(vacancy(), nominee(), by=without(candidates=alone))
    assert (lines(run, "调整备案表")[0]["联审意见"] or "") == ""
    heads = [column.title for column in page(run, "人选条件对照").columns]
    assert "年龄" not in heads and not [head for head in heads if head.endswith("意见")]


def test_those_are_listed_with_their_files_who_are_there_and_whose_sheet_says_something_of_files() -> None:
    rows = (
        secretary(1, **FILE),
        secretary(2),
        secretary(3, 免职日期="2026-11-01", **FILE),
        secretary(4, 整顿名单=True, **FILE),
        secretary(5, 免职日期="2026-08-01", **FILE),
        secretary(6, 任现职时间="2026-12-01", **FILE),
    )
    run = outcome(*rows)
    assert [line["村"] for line in lines(run, "档案情况")] == ["河西1村", "河西4村"]
    assert not [table for table in outcome(*rows, by=without(file=None)).tables if table.name == "档案情况"]


def test_columns_come_as_the_policy_has_them_and_one_that_a_situation_looks_at_too_is_the_step() -> None:
    fields = PROGRAMME.policy_columns(default().editions[-1])["secretaries"]
    first, *_, last = (field.name for field in fields)
    assert (first, last) == ("本届起", "档案/其他")
    assert [field.name for field in fields].index("出缺日期") == 2


def test_the_first_page_counts_what_is_overdue_and_what_is_due_within_ninety_days() -> None:
    """The terms end on 28 November, on the eve, and 90 and 91 days later."""
    ends = {"2021-11-29": 0, "2021-11-28": -1, "2022-02-27": SOON, "2022-02-28": SOON + 1}
    run = outcome(*(secretary(n, 本届起=began) for n, began in enumerate(ends, 1)))
    left = {line["村"]: line["剩余天"] for line in lines(run, "期限") if line["事项"] == "换届选举"}
    assert left == {f"河西{n}村": days for n, days in enumerate(ends.values(), 1)}
    assert facts(run, "期限") == {"逾期未办": 1, "90 天以内到期": 2}


def test_the_first_page_counts_candidates_by_part_and_votes_by_what_came_of_them() -> None:
    asked = nominee(1), nominee(2, 公示起=None), nominee(3, 公安意见="有异议"), nominee(4, 人员类别="群众")
    cast = votes(张建国=25, 李秀英=22, 王志强=10)
    run = outcome(*(vacancy(n) for n in range(1, 5)), *asked, election(应选=2), *cast)
    assert facts(run, "拟任人选") == {"齐备": 1, "待补": 1, "有异议": 1, "不符合": 1}
    said = {item: many for item, many in facts(run, "选举（人次）").items() if many}
    assert said == {"当选": 2, "未过半": 1}


def test_each_figure_of_a_round_stands_under_its_heading() -> None:
    run = outcome(secretary(), election(选举日期="2026-11-12", 有效=30), *votes(张建国=25))
    (line,) = lines(run, "选举结果报告单")
    heads = ("乡镇", "村", "会议", "轮次", "选举日期", "应到", "实到", "发出", "收回", "有效", "应选", "候选人", "得票", "结果")  # fmt: skip
    assert [str(line[head]) for head in heads] == [
        "青禾镇", "河西1村", "党员大会", "1", "2026-11-12", "40", "32", "32", "32", "30", "3", "张建国", "25", "当选",
    ]  # fmt: skip
