"""The rules of 民主评议 one by one: what sets a row aside, what waits, what follows the worst grade, pledges and points."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.finding import UserError
from tests.programmes.reviewed import (
    NAMES,
    column,
    default,
    did,
    grades,
    member,
    outcome,
    pledge,
    probationer,
    said,
    told,
    with_keys,
)

ZHANG, LI, WANG = NAMES[:3]


def test_a_grade_is_the_committees_and_is_never_inferred_from_votes() -> None:
    run = outcome(
        member(1, "", (10, 0, 0, 0)), member(2, "合格", (10, 0, 0, 0)), member(3, "不合格", (9, 1, 0, 0))
    )
    assert grades(run) == {LI: "合格", WANG: "不合格"}
    assert (column(run, "待定", "name"), column(run, "待定", "why")) == (
        [ZHANG],
        ["支委评定空着，不据票数推定"],
    )


def test_probationers_vote_and_count_nowhere() -> None:
    run = outcome(*(member(n) for n in (1, 2)), *(probationer(n) for n in (3, 4, 5, 6)))
    assert (column(run, "支部汇总", "full"), column(run, "支部汇总", "most")) == ([2], [0])
    assert column(run, "未列入名单", "part") == ["不定等次"] * 4
    assert len(column(run, "测评汇总", "name")) == 2


@pytest.mark.parametrize(
    ("who", "code", "message"),
    [
        (
            member(1, votes=(0, 11, 0, 0)),
            "votes-wrong",
            f"{ZHANG}：有效 11 多于收回 10（册.xlsx Reviewed 第4行（收回票））",
        ),
        (
            member(1, returned=13, votes=(0, 13, 0, 0)),
            "votes-wrong",
            f"{ZHANG}：收回 13 多于发出 12（册.xlsx Reviewed 第4行（收回票））",
        ),
        (
            member(1, votes=(0, 9, 0, 0), abstained=2),
            "votes-wrong",
            f"{ZHANG}：合格+弃权＝11，多于收回 10（册.xlsx Reviewed 第4行（收回票））",
        ),
        (
            member(1, votes=(0, 0, 0, 0), abstained=10),
            "votes-wrong",
            f"{ZHANG}：有效 0，算不出比例（册.xlsx Reviewed 第4行）",
        ),
        (
            member(1, votes=(5, 5, 0, None)),
            "votes-missing",
            f"{ZHANG}：没有填不合格票（册.xlsx Reviewed 第4行（不合格票））",
        ),
        (
            member(1, returned=None),
            "votes-missing",
            f"{ZHANG}：没有填收回票（册.xlsx Reviewed 第4行（收回票））",
        ),
        (
            probationer(1, grade="合格"),
            "not-graded",
            f"{ZHANG}：“预备党员”不评定等次，却填了支委评定“合格”（册.xlsx Reviewed 第4行（支委评定））",
        ),
    ],
    ids=["votes", "returned", "abstained", "no valid", "blank", "no returned", "probationer"],
)
def test_what_cannot_be_right_sets_the_row_aside_with_its_cell(who: Any, code: str, message: str) -> None:
    run = outcome(who, member(2))
    assert (told(run), run.tally.set_aside, grades(run)) == ([code], 1, {LI: "合格"})
    place = message.replace("第4行", f"{_cell(who, message)}")
    assert said(run, code) == place


def _cell(who: Any, message: str) -> str:
    """The cell whose heading the message names, or that of the name."""
    heading = message.rpartition("行（")[2].rstrip("）") if "行（" in message else "姓名"
    ((column, _),) = [at for at in who.row.source.columns.values() if at[1] == heading]
    cell = f"{'ABCDEFGHIJKLMNOPQRST'[column - 1]}4"
    return cell if "行（" in message else f"{cell}（姓名）"


@pytest.mark.parametrize(
    ("votes", "abstained", "aside"),
    [((6, 4, None, 0), None, 0), ((6, 3, None, 0), 1, 0), ((6, 3, None, 0), None, 1)],
    ids=["all papers are there", "with those who abstained", "one paper is missing"],
)
def test_a_grade_that_may_be_blank_is_nought_only_where_no_paper_is_missing(
    votes: Any, abstained: int | None, aside: int
) -> None:
    run = outcome(member(1, votes=votes, abstained=abstained))
    assert run.tally.set_aside == aside
    assert column(run, "测评汇总", "valid") == [sum(filter(None, votes))] * (1 - aside)


def test_a_sheet_without_the_column_of_that_grade_had_no_such_mark() -> None:
    assert column(
        outcome(
            member(
                1,
                votes=(
                    6,
                    3,
                ),
                不合格票=0,
            )
        ),
        "测评汇总",
        "valid",
    ) == [9]


def test_a_person_on_two_branches_lists_is_graded_on_neither() -> None:
    one, other = member(1), member(1, branch="机关党支部", line=9)
    run = outcome(one, other, member(2))
    assert (grades(run), told(run), run.tally.set_aside) == ({LI: "合格"}, ["listed-twice"] * 2, 2)
    assert "“支部”不一致" in run.findings[0].message and "另见 册.xlsx" in run.findings[0].message


def test_a_person_listed_twice_alike_counts_once_in_the_branch() -> None:
    again = member(1, "优秀", (9, 1, 0, 0))
    run = outcome(again, member(1, "优秀", (9, 1, 0, 0), line=9), member(2), member(3))
    assert (column(run, "支部汇总", "full"), grades(run)[ZHANG]) == ([3], "优秀")


def test_those_set_aside_and_unread_count_among_the_members_and_among_those_named() -> None:
    six = [member(n, "优秀" if n < 3 else "合格", (9, 1, 0, 0)) for n in range(1, 6)]
    wrong = member(6, "优秀", (9, 1, 0, 0), returned=20)
    assert "优秀" in grades(outcome(*six, member(6))).values()
    over = outcome(*six, wrong)
    assert "至多 2 人" in said(over, "over-cap") and "支委评定优秀 3 人，正式党员 6 人" in said(
        over, "over-cap"
    )
    assert column(over, "支部汇总", "aside") == [1]
    unread = outcome(*six[:5], unread=[member(6, "合格")])
    assert (column(unread, "支部汇总", "full"), column(unread, "支部汇总", "most")) == ([6], [2])


def test_somebody_whose_second_row_could_not_be_read_counts_once_in_the_branch() -> None:
    people = [member(n) for n in (1, 2, 3)]
    again = outcome(*people, unread=[member(3, "优秀", line=9)])
    assert [column(again, "支部汇总", name) for name in ("full", "named")] == [[3], [1]]
    other = outcome(*people, unread=[member(4, line=9, name=NAMES[2])])
    assert column(other, "支部汇总", "full") == [4], "another number of the same name"
    nameless = outcome(*people, unread=[member(4, line=9, identity=""), member(5, line=10, identity="")])
    assert column(nameless, "支部汇总", "full") == [5], "known by their names"


def test_a_branch_of_which_every_row_is_set_aside_still_stands_in_the_sums() -> None:
    alone = probationer(3, grade="合格", branch="联合党支部")
    unread = [member(4, branch="企业党支部", category="积极分子")]
    run = outcome(member(1, returned=20), member(2, branch="机关党支部"), alone, unread=unread)
    full = dict(zip(column(run, "支部汇总", "branch"), column(run, "支部汇总", "full"), strict=True))
    assert full == {"河西村党支部": 1, "机关党支部": 1, "联合党支部": 0, "企业党支部": 0}


def test_all_who_wait_are_ranked_and_those_tied_across_the_line_are_named() -> None:
    votes = {1: (9, 1, 0, 0), 2: (8, 2, 0, 0), 3: (8, 2, 0, 0), 4: (1, 9, 0, 0)}
    run = outcome(*(member(n, "优秀", cast) for n, cast in votes.items()), *(member(n) for n in (5, 6, 7)))
    assert column(run, "待定", "place") == [1, 2, 2, 4]
    assert column(run, "待定", "line") == ["名额以内", "并列", "并列", "名额以外"]
    text = said(run, "over-cap")
    assert (
        text.index("第 1 张建国 90.0%")
        < text.index("（并列）")
        < text.index("第 4 赵玉兰 10.0%（1 ÷ 有效 10）（名额以外）")
    )


@pytest.mark.parametrize(
    ("keys", "most"),
    [({"share": "1/2"}, 3), ({"round": "up"}, 3), ({"round": "half_up"}, 2)],
    ids=["half", "up", "half up"],
)
def test_a_county_may_word_the_cap_otherwise(keys: Any, most: int) -> None:
    run = outcome(*(member(n) for n in range(1, 8)), by=with_keys(cap=keys))
    assert column(run, "支部汇总", "most") == [most]


@pytest.mark.parametrize(("best", "warns"), [(4, True), (5, False)])
def test_the_best_grade_with_less_than_half_of_the_votes_is_told_and_stands(best: int, warns: bool) -> None:
    run = outcome(member(1, "优秀", (best, 10 - best, 0, 0)), member(2), member(3))
    assert (grades(run)[ZHANG], told(run)) == ("优秀", ["low-share"] * warns)


@pytest.mark.parametrize(
    ("base", "share"), [("valid", "62.5%"), ("returned", "50.0%"), ("given_out", "41.7%")]
)
def test_the_share_is_of_the_base_that_the_document_names(base: str, share: str) -> None:
    run = outcome(member(1, votes=(5, 3, 0, 0), abstained=2), by=with_keys(votes={"base": base}))
    (exact,) = column(run, "测评汇总", "share")
    assert f"{float(exact) * 100:.1f}%" == share


def test_the_worst_grade_asks_for_a_paper_by_its_day() -> None:
    run = outcome(member(1, "不合格", (0, 1, 2, 7), decided="2025-12-20"), member(2, "不合格", (0, 1, 2, 7)))
    assert column(run, "不合格处置表", "due") == ["2026-01-19", "2026-01-30"]
    assert column(run, "期限", "latest") == ["2026-01-19", "2026-01-30"]
    assert column(run, "期限", "left") == [19, 30]
    assert column(run, "期限", "note") == [None, "没有填评定日期，从判定日起算"]


def test_a_paper_that_is_there_is_not_due_any_more() -> None:
    run = outcome(member(1, "不合格", (0, 1, 2, 7), decided="2025-11-20", handed="2025-12-08"))
    assert (column(run, "期限", "latest"), column(run, "不合格处置表", "handed")) == ([], ["2025-12-08"])
    late = outcome(member(1, "不合格", (0, 1, 2, 7), decided="2025-11-20"))
    assert (column(late, "期限", "state"), column(late, "期限", "left")) == (["逾期未交"], [-11])


@pytest.mark.parametrize("known", ["result", "roster"])
def test_the_second_year_running_is_a_proposal(known: str) -> None:
    who = member(1, "不合格", (0, 1, 2, 7), last="不合格" if known == "roster" else "")
    last = [{"identity": who.identity, "grade": "不合格"}] if known == "result" else None
    run = outcome(who, member(2, "不合格", (0, 1, 2, 7), last="合格"), last=last)
    assert column(run, "不合格处置表", "again") == ["连续两年不合格，建议支部大会研究组织处置", None]
    assert grades(run)[ZHANG] == "不合格"


def test_the_last_result_goes_before_what_the_row_says_of_last_year() -> None:
    who = member(1, "不合格", (0, 1, 2, 7), last="合格")
    run = outcome(who, last=[{"identity": who.identity, "grade": "不合格"}])
    assert (told(run), bool(column(run, "不合格处置表", "again")[0])) == (["last-differs"], True)


def test_pledges_by_member_and_by_branch() -> None:
    pledges = [
        pledge(1, ZHANG, "带头清理卫生", kept="2025-10-01"),
        pledge(2, ZHANG, "帮扶一户", proposed="2025-03-01"),
        pledge(3, ZHANG, "护渠", kept="2025-09"),
    ]
    run = outcome(member(1), member(2), member(3, branch="机关党支部"), pledges=pledges)
    assert column(run, "测评汇总", "rate") == ["—", "66.7%", "—"]
    assert column(run, "支部汇总", "rate") == ["—", "66.7%"]
    assert len(column(run, "承诺台账", "what")) == 3


def test_a_pledge_of_somebody_not_on_the_list_is_told_and_still_stands_in_the_ledger() -> None:
    run = outcome(member(1), pledges=[pledge(1, "钟无此", "帮扶一户", kept="2025-10-01")])
    assert (
        said(run, "pledge-unknown")
        == "钟无此：河西村党支部没有这样一个人，或不止一个（册.xlsx Pledge C4（承诺人））"
    )
    assert (column(run, "承诺台账", "name"), column(run, "支部汇总", "made")) == (["钟无此"], [0])


def test_the_stages_of_a_pledge_come_one_after_another() -> None:
    wrong = pledge(1, ZHANG, "帮扶一户", proposed="2025-04-01", examined="2025-03-01", kept="2025-10-01")
    vague = pledge(2, ZHANG, "护渠", proposed="2025-04", examined="2025-04-03")
    run = outcome(member(1), pledges=[wrong, vague])
    assert (
        said(run, "pledge-order")
        == f"{ZHANG}：“帮扶一户”审诺日期 2025-03-01 早于提诺日期 2025-04-01（册.xlsx Pledge F4（审诺日期））"
    )


def test_a_pledge_whose_day_is_still_to_come_leaves_the_rate_unsaid() -> None:
    run = outcome(member(1), member(2), pledges=[pledge(1, ZHANG, "帮扶一户", kept="2026-03-01")])
    assert told(run) == ["not-yet"]
    assert sorted(column(run, "测评汇总", "rate")) == ["—", "待核实"]
    assert column(run, "支部汇总", "rate") == ["待核实"]


def test_points_propose_by_the_highest_level_reached_and_grade_nobody() -> None:
    levels = ({"at_least": 18, "says": "建议表扬"}, {"at_least": 25, "says": "建议推优"})
    rows = [did(1, ZHANG, "学习", 10, 2, 18), did(2, LI, "学习", 20, 2), did(3, WANG, "学习", 1, 2)]
    run = outcome(*(member(n, "") for n in (1, 2, 3)), points=rows, by=with_keys(points={"levels": levels}))
    assert sorted(zip(column(run, "积分", "points"), column(run, "积分", "proposal"), strict=True)) == [
        (2, None), (18, "建议表扬"), (40, "建议推优"),
    ]  # fmt: skip
    assert grades(run) == {}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([did(1, ZHANG, "集中学习", 3, 3, 12)], "与别处写的不一致"),
        ([did(1, ZHANG, "集中学习", 3, 2, 20)], "与别处写的不一致"),
        ([did(1, ZHANG, "义务劳动", 3, 2)], "不在政策的积分项目里"),
    ],
    ids=["each", "cap", "item"],
)
def test_points_that_a_document_does_not_know_are_not_counted(rows: Any, words: str) -> None:
    run = outcome(member(1), points=rows, by=default("points-by-item"))
    assert words in said(run, "points-unclear") and "册.xlsx PointsRow C4" in said(run, "points-unclear")
    assert (column(run, "积分", "points"), grades(run)) == ([], {ZHANG: "合格"})


def test_a_blank_cap_is_the_documents() -> None:
    run = outcome(member(1), points=[did(1, ZHANG, "集中学习", 15, 2)], by=default("points-by-item"))
    assert column(run, "积分", "points") == [12]


def test_only_branches_and_names_of_the_best_grade_are_posted() -> None:
    run = outcome(member(1, "优秀", (9, 1, 0, 0)), member(2), member(3, "不合格", (0, 1, 2, 7)))
    (notice,) = run.notices()
    shown = [one.name for one in notice.table.columns if not one.private]
    assert (shown, len(notice.table.rows)) == (["number", "township", "branch", "name"], 1)


def test_before_1989_there_is_no_document() -> None:
    with pytest.raises(UserError):
        outcome(member(1), on=date(1988, 12, 31))
