"""What people sign: reviews, results of votes and replies, filled in from the register and blank only where people write."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from sanchuang_cli.papers import Papers, WrittenFor
from tests.command import SAMPLES, Sanchuang, sanchuang
from tests.programmes.candidates import candidate, outcome

__all__ = ["sanchuang"]

READY: dict[str, Any] = {
    "申请": "2025-03-04", "谈话": "2025-03-20", "积极分子": "2025-06-05", "公示起": "2026-06-08", "公示止": "2026-06-15",
    "发展对象": "2026-06-16", "备案": "2026-06-25", "政审": "2026-07-10", "培训起": "2026-08-03", "培训止": "2026-08-05",
    "培训天数": 3, "培训学时": 20, "预审": None, "民族": "满族", "学历": "本科", "职业": "农民", "联系人": "王德福", "介绍人": "李长林、张宝山",
}  # fmt: skip
MET: dict[str, Any] = READY | {
    "预审": "2026-08-20", "支部大会": "2026-09-10", "应到": 25, "实到": 13, "赞成": 12, "反对": 0, "弃权": None, "书面赞成": 1,
}  # fmt: skip
APPROVED = MET | {"党委审批": "2026-10-15"}
CONFIRMED = {"转正应到": 25, "转正实到": 20, "转正赞成": 20, "转正反对": 0}


def papers(*people: Any, whom: WrittenFor | None = None) -> Papers:
    return outcome(*people).papers(whom or WrittenFor())


def boxes(made: Papers, number: int = 0) -> dict[str, str]:
    return {box.column.title: box.words for row in made.forms[number].rows for box in row}


def test_a_review_is_for_whoever_stands_before_it_with_the_days_and_room_for_three_opinions() -> None:
    made = papers(candidate(1, **READY), candidate(2, **MET), candidate(3, 申请="2026-11-01"))
    (form,) = [form for form in made.forms if form.what == "发展对象预审表"]
    filled = boxes(made, made.forms.index(form))
    assert (filled["姓名"], filled["民族"], filled["出生年月"], filled["介绍人"]) == (
        form.name,
        "满族",
        "1990-01",
        "李长林、张宝山",
    )
    assert (filled["政审"], filled["培训止"], filled["程序核对"]) == (
        "2026-07-10",
        "2026-08-05",
        "名册填的日期没有不合期限的。",
    )
    blank = [box for row in form.rows for box in row if not box.words]
    assert [box.column.title for box in blank] == ["党支部意见", "乡镇党委审查意见", "县委组织部意见"]
    assert all(box.signed for box in blank)


def test_a_review_names_what_is_wrong_and_decides_nothing() -> None:
    filled = boxes(papers(candidate(1, **READY | {"培训天数": 1})))
    assert filled["程序核对"] == "错误：集中培训 1 天、20 学时，应不少于 3 天或 24 学时"


def test_the_result_of_a_vote_has_its_figures_and_its_arithmetic_and_blanks_where_none_is_given() -> None:
    made = papers(candidate(1, **MET))
    filled = boxes(made)
    assert [filled[name] for name in ("应到", "实到", "书面赞成", "赞成", "反对", "弃权")] == [
        "25",
        "13",
        "1",
        "12",
        "0",
        "",
    ]
    assert "实到 13，应到 25，应超过 1/2（至少 13）" in filled["核算"]
    assert "赞成 13，应到 25" in filled["核算"] and made.forms[0].what == "支部大会票决结果报告单"


def test_meetings_of_other_years_need_no_result_unless_somebody_is_chosen() -> None:
    old = candidate(1, **MET | {"支部大会": "2025-09-10", "预审": "2025-08-20"})
    assert not papers(old).forms
    chosen = papers(old, whom=WrittenFor(lines={old.row.line}))
    assert [form.what for form in chosen.forms] == ["支部大会票决结果报告单"]


def test_a_reply_is_for_a_branch_and_a_day_and_names_all_who_were_approved_on_it() -> None:
    people = [
        candidate(1, **APPROVED),
        candidate(2, **APPROVED),
        candidate(3, **APPROVED, 支部="东湾村党支部"),
        candidate(4, **APPROVED | {"党委审批": "2026-10-16"}),
        candidate(5, **APPROVED | {"党委审批": "2025-10-16", "支部大会": "2025-09-10", "预审": "2025-08-20"}),
    ]
    letters = papers(*people).letters
    sizes = sorted((letter.to, len(letter.table.rows)) for letter in letters)
    assert sizes == [("东湾村党支部", 1), ("向阳村党支部", 1), ("向阳村党支部", 2)]
    both = next(letter for letter in letters if len(letter.table.rows) == 2)
    assert both.title == f"关于接收{both.table.rows[0][1]}等2名同志为中共预备党员的批复"
    assert (both.issuer, str(both.dated), both.numbered) == ("中共青禾镇委员会", "2026-10-15", True)
    assert "2026年10月15日集体讨论审批，同意接收名单所列 2 名同志为中共预备党员" in both.paragraphs[0][1]
    assert len({letter.name for letter in letters}) == 3


@pytest.mark.parametrize("broken", [{"赞成": 11}, {"谈话": "2025-05-01"}, {"培训天数": 2}])
def test_no_reply_is_written_where_a_national_limit_is_broken(broken: dict[str, Any]) -> None:
    assert papers(candidate(1, **APPROVED)).letters
    assert not papers(candidate(1, **APPROVED | broken)).letters


NO_VOTE = dict.fromkeys(("应到", "实到", "赞成", "反对", "弃权", "书面赞成"))


@pytest.mark.parametrize(
    "lacking", [{"支部大会": None}, {"支部大会": None, **NO_VOTE}, NO_VOTE, {"赞成": None}, {"实到": None}]
)
def test_no_reply_is_written_without_a_meeting_of_which_it_is_known_that_its_vote_carried(
    lacking: dict[str, Any],
) -> None:
    assert not papers(candidate(1, **APPROVED | lacking)).letters


def test_a_register_without_votes_is_told_that_no_reply_comes_of_it() -> None:
    bare = {heading: value for heading, value in APPROVED.items() if heading not in NO_VOTE}
    found = outcome(candidate(1, **bare))
    assert not found.papers(WrittenFor()).letters
    (said,) = [one.message for one in found.findings if one.code == "development.no-column"]
    assert said.endswith("没有支部大会的票数，不知道通过没有，不写批复")


def test_no_reply_is_written_on_full_membership_where_nobody_voted_on_it() -> None:
    made = papers(candidate(1, 申请="2024-01-02", 转正审批="2026-03-10"))
    assert not made.letters and "None" not in str(made.forms)


def test_full_members_are_told_that_membership_runs_from_the_end_of_probation() -> None:
    early = {name: value for name, value in APPROVED.items() if name not in ("公示起", "公示止")}
    moved = {name: f"{int(day[:4]) - 2}{day[4:]}" for name, day in early.items() if str(day)[:3] == "202"}
    full = {"转正申请": "2025-09-10", "转正大会": "2025-11-20", "转正审批": "2026-01-15", **CONFIRMED}
    (letter,) = papers(candidate(1, **early | moved | full)).letters
    assert (
        letter.title.endswith("同志转为中共正式党员的批复")
        and "党龄从预备期满之日算起" in letter.paragraphs[0][1]
    )


def test_the_command_writes_them_by_township_and_sort_in_the_layout_of_documents(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    asked = ("--period", "2026", "--on", "2026-11-28", "--forms", "文书", "--out", "结果.xlsx")
    ran = sanchuang("development", SAMPLES / "development.xlsx", *asked)
    assert ran.code == 1, ran.err
    files = sorted(path.name for path in (tmp_path / "文书").iterdir())
    sorts = ("发展对象预审表", "支部大会票决结果报告单", "转正大会票决结果报告单", "批复")
    assert all(any(sort in name for name in files) for sort in sorts)
    reply = Document(str(next(path for path in (tmp_path / "文书").iterdir() if "批复" in path.name)))
    page = reply.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(length.mm) for length in margins if length is not None] == [37, 35, 28, 26]
    assert "____〔2026〕____号" in [paragraph.text for paragraph in reply.paragraphs]
    assert "银行" not in ran.err and "审批表：" not in ran.err


def test_where_nobody_needs_a_paper_the_command_says_so_and_writes_none(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    asked = ("--period", "2031", "--forms", "文书", "--out", "结果.xlsx", "--who", "某某某")
    ran = sanchuang("development", SAMPLES / "development.xlsx", *asked)
    assert ran.code == 2 and not (tmp_path / "文书").exists()
