"""Elections: what is void, what cannot be, which rows belong together, and that a result changes only by a revocation."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.ballots.rounds import lines as all_lines
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.secretaries import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.incumbents import (
    default,
    election,
    fates,
    finding,
    judged,
    last,
    lines,
    outcome,
    revocation,
    round_lines,
    secretary,
    told,
    votes,
)

NAMED: dict[str, Any] = {"张建国": 25, "李秀英": 22, "王志强": 18, "赵敏": 18}


@pytest.mark.parametrize(
    ("cells", "fate", "why"),
    [
        ({"实到": 31, "发出": 31, "收回": 31}, "选举无效", "到会人数：实到 31，应到 40，应不少于 4/5（至少 32）"),
        ({"收回": 33}, "选举无效", "收回票数：发出 32，收回 33"),
        ({"收回": 31}, "当选", "得票应超过实到的 1/2：实到 32，至少 17 票"),
        ({"应到": 0, "实到": 0, "发出": 0, "收回": 0}, "待核实", "应到 0，不知到会人数够不够"),
        ({"实到": 41}, "待核实", "实到 41 多于应到 40"),
        ({"有效": 33}, "待核实", "有效 33 多于收回 32"),
        ({"有效": 24, "应选": 4}, "待核实", "张建国得票 25，多于有效 24"),
        ({"应选": 2}, "待核实", "各人得票共 83，收回 32 张每张至多选 2 人，至多 64 票"),
        ({"有效": 30, "无效": 3}, "待核实", "有效+无效＝33，多于收回 32"),
    ],
)  # fmt: skip
def test_what_is_void_and_what_cannot_be(cells: dict[str, Any], fate: str, why: str) -> None:
    found = round_lines(election(**cells), *votes(**NAMED))
    assert (found[0].fate, found[0].why) == (fate, why)
    assert fate != "待核实" or {line.fate for line in found} == {"待核实"}


@pytest.mark.parametrize(
    ("base", "why"),
    [
        ("entitled", "得票应超过应到的 1/2：应到 40，至少 21 票"),
        ("present", "得票应超过实到的 1/2：实到 36，至少 19 票"),
        ("given_out", "得票应超过发出的 1/2：发出 35，至少 18 票"),
        ("returned", "得票应超过收回的 1/2：收回 33，至少 17 票"),
        ("valid", "得票应超过有效的 1/2：有效 30，至少 16 票"),
    ],
)
def test_the_majority_is_of_what_the_document_names(base: str, why: str) -> None:
    """The fewest votes elect, and one less does not."""
    rule = default().editions[-1].elections
    assert rule
    named = rule.model_copy(update={"majority": rule.majority.model_copy(update={"base": base})})
    editions = tuple(one.model_copy(update={"elections": named}) for one in default().editions)
    least = int(why.split()[-2])
    cells = {"实到": 36, "发出": 35, "收回": 33, "有效": 30, "应选": 2}
    by = replace(default(), editions=editions)
    found = round_lines(election(**cells), *votes(张建国=least, 李秀英=least - 1), by=by)
    assert [(line.candidate, line.fate, line.why) for line in found] == [
        ("张建国", "当选", why),
        ("李秀英", "未过半", why),
    ]


def test_votes_over_the_valid_papers_are_told_at_the_candidates_own_cell() -> None:
    found = finding(judged(secretary(), election(有效=24, 应选=4), *votes(**NAMED)), "election-wrong")
    assert (found.place.sheet, found.place.row, found.place.heading) == ("得票", 23, "票")
    assert found.message == "青禾镇河西1村党员大会第 1 轮：张建国得票 25，多于有效 24" and found.mend


DELEGATES: dict[str, Any] = {"会议": "党员代表大会", "党员数": None}


@pytest.mark.parametrize(
    ("cells", "where", "said"),
    [
        ({"应到": 0, "实到": 0, "发出": 0, "收回": 0}, "应到", "应到 0，不知到会人数够不够"),
        ({"实到": 41}, "实到", "实到 41 多于应到 40"),
        ({"发出": 33}, "发出", "发出 33 多于实到 32"),
        ({"有效": 33}, "有效", "有效 33 多于收回 32"),
        ({"有效": 30, "无效": 3}, "收回", "有效+无效＝33，多于收回 32"),
        ({"无效": -2}, "无效", "无效 -2，不能是负数"),
        ({"应选": 2}, "应选", "各人得票共 83，收回 32 张每张至多选 2 人，至多 64 票"),
        (DELEGATES, "党员数", "没有党员数，不知可不可以由代表选举"),
    ],
)
def test_what_is_wrong_with_a_round_is_told_at_its_cell(cells: dict[str, Any], where: str, said: str) -> None:
    meeting = cells.get("会议", "党员大会")
    found = finding(
        judged(secretary(), election(**cells), *votes(meeting=meeting, **NAMED)), "election-wrong"
    )
    assert (found.place.sheet, found.place.row, found.place.heading) == ("选举", 4, where)
    assert (found.message, found.basis) == (f"青禾镇河西1村{meeting}第 1 轮：{said}", "基层组织选举的规定")


@pytest.mark.parametrize(
    ("members", "fate", "why"),
    [
        (499, "选举无效", "代表会议：党员 499 名，满 500 名的才可以开党员代表大会"),
        (500, "当选", "得票应超过实到的 1/2：实到 32，至少 17 票"),
    ],
)
def test_delegates_may_elect_where_there_are_members_enough(members: int, fate: str, why: str) -> None:
    held = election(**DELEGATES | {"党员数": members})
    first = round_lines(held, *votes(meeting="党员代表大会", **NAMED))[0]
    assert (first.fate, first.why) == (fate, why)


def test_rows_that_belong_to_no_round_or_spoil_one_are_told_at_their_own_cell() -> None:
    lost = judged(secretary(), *votes(张建国=20), revocation())
    twice = votes(张建国=25, 李秀英=22) + votes(row=9, 张建国=24)
    found = [
        *(one for one in lost.findings if one.code == "secretaries.no-election"),
        finding(judged(secretary(), election()), "no-votes"),
        finding(judged(secretary(), election(2), *votes(2, **NAMED)), "village-unlisted"),
        finding(judged(secretary(), election(), *twice), "round-spoiled"),
    ]
    assert [(one.place.sheet, one.place.row, one.place.heading, one.message) for one in found] == [
        ("得票", 23, "村", "青禾镇河西1村第 1 轮：张建国的得票对不上是哪一次选举"),
        ("撤销", 4, "村", "青禾镇河西1村第 1 轮：撤销对不上是哪一次选举"),
        ("选举", 4, "应选", "青禾镇河西1村党员大会第 1 轮：没有得票"),
        ("选举", 5, "村", "青禾镇河西2村党员大会第 1 轮选举：名册里没有青禾镇河西2村"),
        ("选举", 4, "村", "青禾镇河西1村党员大会第 1 轮：名册.xlsx 得票 第32行 待核实"),
    ]
    assert [one.basis for one in found[2:]] == ["基层组织选举的规定", "", "基层组织选举的规定"]


def test_half_of_those_present_is_not_enough_and_one_more_is() -> None:
    found = fates(election(应选=2), *votes(张建国=17, 李秀英=16))
    assert found == {"张建国": "当选", "李秀英": "未过半"}


def test_who_has_the_majority_but_fewer_votes_than_the_seats_take_is_not_elected() -> None:
    assert fates(election(应选=2), *votes(张建国=25, 李秀英=20, 赵敏=19))["赵敏"] == "得票较少，未当选"


def test_an_election_without_votes_is_told_and_one_that_was_void_needs_none() -> None:
    assert "no-votes" in told(judged(secretary(), election()))
    assert "no-votes" not in told(judged(secretary(), election(实到=31, 发出=31, 收回=31)))
    assert [line.fate for line in round_lines(election(实到=31, 发出=31, 收回=31))] == ["选举无效"]


def test_an_election_of_a_village_that_is_not_listed_is_told_and_worked_out() -> None:
    found = judged(secretary(), election(2), *votes(2, **NAMED))
    assert finding(found, "village-unlisted").place.sheet == "选举"
    assert [line.fate for line in found.more.rounds.results[0].lines][:2] == ["当选", "当选"]


def test_votes_of_no_round_and_of_one_of_two_are_told() -> None:
    found = judged(secretary(), *votes(张建国=20))
    assert finding(found, "no-election").place.sheet == "得票"
    two = (election(应选=1), election(会议="支委会", 应到=5, 实到=5, 发出=5, 收回=5, 应选=1))
    found = judged(secretary(), *two, *votes(张建国=5))
    assert told(found).count("no-election") == 1 and told(found).count("no-votes") == 2


def test_votes_that_name_their_meeting_are_that_meetings() -> None:
    rounds = (election(应选=1), election(会议="支委会", 应到=5, 实到=5, 发出=5, 收回=5, 应选=1))
    cast = votes(meeting="支委会", 张建国=5) + votes(row=5, meeting="党员大会", 李秀英=30)
    whole = judged(secretary(), *rounds, *cast)
    found = {
        line.result.key.meeting: (line.candidate, line.fate) for line in all_lines(whole.more.rounds, str)
    }
    assert found == {"支委会": ("张建国", "当选"), "党员大会": ("李秀英", "当选")}


def test_one_row_that_cannot_be_used_leaves_the_whole_round_open() -> None:
    twice = votes(张建国=25, 李秀英=22) + votes(row=9, 张建国=24)
    found = judged(secretary(), election(), *twice)
    assert {line.fate for result in found.more.rounds.results for line in result.lines} == {"待核实"}
    assert "round-spoiled" in told(found)


@pytest.mark.parametrize("spoiled", ["votes", "elections"])
def test_a_row_that_cannot_be_used_leaves_its_own_round_open_and_no_other(spoiled: str) -> None:
    second = [election(2, 村="河西1村", 轮次=2, 应选=1)]
    cast = votes(row=5, turn=2, 王志强=20)
    if spoiled == "votes":
        cast += votes(row=9, turn=2, 王志强=19)
    else:
        second.append(election(3, 村="河西1村", 轮次=2, 应选=1, 实到=36))
    found = judged(secretary(), election(应选=1), *votes(李秀英=30), *second, *cast)
    fates = [
        (one.key.round, one.fate("王志强" if one.key.round == 2 else "李秀英"))
        for one in found.more.rounds.results
    ]
    assert fates == [(1, "当选"), (2, "待核实")]


@pytest.mark.parametrize(
    ("cells", "fates", "said"),
    [
        (
            {"应选": 1},
            ["待核实", "待核实"],
            "第 1 轮当选 1 人、第 2 轮当选 1 人，应选 1 人，没有一轮撤销，也不是补选",
        ),
        ({"应选": 1, "补选": True}, ["当选", "当选"], ""),
        ({"应选": 2}, ["当选", "当选"], ""),
        ({"选举日期": "2026-10-10"}, ["待核实", "待核实"], "第 2 轮 2026-10-10 早于第 1 轮 2026-10-12"),
        ({"选举日期": "2026-10"}, ["当选", "当选"], ""),
    ],
)
def test_rounds_of_one_meeting_follow_each_other_and_fill_no_seat_twice(
    cells: dict[str, Any], fates: list[str], said: str
) -> None:
    seats = cells.get("应选", 2)
    first = [election(应选=seats, 选举日期="2026-10-12"), *votes(张建国=30)]
    second = {"村": "河西1村", "轮次": 2, "应选": 1, "选举日期": "2026-10-20", **cells}
    again = [election(2, **second), *votes(row=5, turn=2, 李秀英=30)]
    found = judged(secretary(), *first, *again)
    lines = [line for result in found.more.rounds.results for line in result.lines]
    assert [line.fate for line in lines] == fates
    told = [one for one in found.findings if one.code == "secretaries.rounds-differ"]
    assert [one.message.partition("轮：")[2] for one in told] == [said] * 2 * bool(said)
    assert {(one.place.sheet, one.place.heading) for one in told} == (
        {("选举", "选举日期")} if said else set()
    )


def test_a_seat_is_filled_again_after_a_revocation_or_at_another_meeting() -> None:
    first = [election(应选=1), *votes(meeting="党员大会", 张建国=30)]
    second = [election(2, 村="河西1村", 轮次=2, 应选=1), *votes(row=5, turn=2, 李秀英=30)]
    found = judged(secretary(), *first, *second, revocation())
    assert [line.fate for one in found.more.rounds.results for line in one.lines] == ["已撤销", "当选"]
    small: dict[str, Any] = {"会议": "支委会", "应到": 5, "实到": 5, "发出": 5, "收回": 5, "应选": 1}
    other = [election(2, 村="河西1村", **small), *votes(row=5, meeting="支委会", 李秀英=5)]
    found = judged(secretary(), *first, *other)
    assert {line.fate for one in found.more.rounds.results for line in one.lines} == {"当选"}


def test_two_rows_of_one_round_that_differ_are_both_set_aside() -> None:
    found = judged(secretary(), election(), election(3, 村="河西1村", 实到=36), *votes(**NAMED))
    assert {line.fate for result in found.more.rounds.results for line in result.lines} == {"待核实"}
    assert told(found).count("listed-twice") == 2


def test_a_revocation_names_the_round_and_its_document() -> None:
    found = round_lines(election(), *votes(**NAMED), revocation(撤销原因="会前没有公布候选人"))
    assert {line.fate for line in found} == {"已撤销"}
    assert found[0].why == "青党发〔2026〕9号 2026-11-20撤销，会前没有公布候选人"
    assert "no-election" in told(judged(secretary(), revocation()))


def test_a_recorded_result_changes_only_by_a_revocation() -> None:
    first = (secretary(), election(), *votes(**NAMED))
    before = last(judged(*first))
    assert "result-changed" not in told(judged(*first, before=before))
    other = (secretary(), election(), *votes(**NAMED | {"张建国": 24}))
    found = finding(judged(*other, before=before), "result-changed")
    assert "党员大会第 1 轮：张建国 25 票 当选" in found.message and found.mend
    assert "result-changed" in told(judged(secretary(), before=before))
    again = election(轮次=2), *votes(row=9, turn=2, 王志强=20, 赵敏=12)
    assert "result-changed" not in told(judged(*other, revocation(), before=before))
    assert "result-changed" not in told(judged(*first, *again, before=before))


def test_a_result_that_waited_may_become_another() -> None:
    before = last(judged(secretary(), election(有效=24), *votes(**NAMED)))
    assert "result-changed" not in told(
        judged(secretary(), election(有效=32), *votes(**NAMED), before=before)
    )


def test_a_policy_without_elections_looks_at_none() -> None:
    editions = tuple(one.model_copy(update={"elections": None}) for one in default().editions)
    bare = replace(default(), editions=editions)
    found = judged(secretary(), election(), *votes(**NAMED), by=bare)
    assert not found.more.rounds.results and not [one for one in told(found) if "election" in one]


def test_the_report_has_each_round_by_township_and_the_seats_once() -> None:
    found = lines(
        outcome(secretary(), secretary(2), election(2), *votes(2, **NAMED), election(), *votes(张建国=20)),
        "选举结果报告单",
    )
    assert [(line["村"], line["候选人"], line["得票"], line["结果"]) for line in found][:2] == [
        ("河西1村", "张建国", 20, "当选"),
        ("河西2村", "张建国", 25, "当选"),
    ]
    assert [line["名额"] or "" for line in found] == [
        "2 个名额没有选出：另行选举，或经多数同意空着",
        "1 个名额并列，再选",
        "",
        "",
        "",
    ]


def test_an_election_of_a_day_to_come_waits() -> None:
    found = judged(secretary(), election(选举日期="2026-12-05"), *votes(**NAMED), on=date(2026, 11, 28))
    assert {line.fate for result in found.more.rounds.results for line in result.lines} == {"待核实"}


def test_a_run_without_rosters_of_elections_judges_none() -> None:
    given: Rosters = {"secretaries": Roster((secretary(),)), "candidates": Roster()}
    whole = PROGRAMME.judge(given, default(), Occasion(Period.year(2026), date(2026, 11, 28)))
    assert (whole.more.rounds.results, [code for code in told(whole) if "election" in code]) == ((), [])


@pytest.mark.parametrize(
    ("cells", "cast", "said"),
    [
        ({"应选": 2}, {"张建国": 25, "李秀英": 22}, ""),
        ({"应选": 3}, {"张建国": 25, "李秀英": 22}, "1 个名额没有选出：另行选举，或经多数同意空着"),
        ({"应选": 3, "同意空额": True}, {"张建国": 25, "李秀英": 22}, "1 个名额没有选出：经多数同意空着"),
        ({"应选": 3, "同意空额": False}, {"张建国": 25}, "2 个名额没有选出：另行选举，或经多数同意空着"),
        ({"应选": 2}, {"张建国": 25, "李秀英": 18, "王志强": 18}, "1 个名额并列，再选"),
        ({"实到": 31, "发出": 31, "收回": 31}, {"张建国": 25}, ""),
        ({"有效": 24}, {"张建国": 25}, ""),
    ],
)
def test_what_becomes_of_seats_that_are_not_filled_is_said_once(
    cells: dict[str, Any], cast: dict[str, Any], said: str
) -> None:
    found = round_lines(election(**cells), *votes(**cast))
    assert [line.seats for line in found] == [said] + [""] * (len(cast) - 1)
    revoked = round_lines(election(**cells), *votes(**cast), revocation())
    assert {line.seats for line in revoked} == {""}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "张建国 25 票 当选、李秀英 18 票 当选、王志强 18 票 当选、赵敏 9 票 未过半"),
        ((revocation(),), "张建国 25 票 已撤销、李秀英 18 票 已撤销、王志强 18 票 已撤销、赵敏 9 票 已撤销"),
    ],
)
def test_a_round_is_recorded_by_votes_then_names_with_what_came_of_each(more: Any, words: str) -> None:
    cast = votes(赵敏=9, 王志强=18, 张建国=25, 李秀英=18)
    whole = judged(secretary(), election(), *cast, *more)
    (result,) = whole.more.rounds.results
    assert result.recorded == f"党员大会第 1 轮：{words}"


def test_a_round_without_votes_is_recorded_by_what_came_of_it() -> None:
    for cells, fate in (({"实到": 31, "发出": 31, "收回": 31}, "选举无效"), ({}, "待核实")):
        (result,) = judged(secretary(), election(**cells)).more.rounds.results
        assert result.recorded == f"党员大会第 1 轮：{fate}"


def test_rounds_stand_by_village_round_and_meeting_and_each_village_has_its_own() -> None:
    rows = [election(2), election(轮次=2, 应选=1), election(会议="支委会", 应选=1), election()]
    found = judged(secretary(), secretary(2), *rows).more.rounds
    keys = [(one.key.village, one.key.round, one.key.meeting) for one in found.results]
    assert keys == [
        ("河西1村", 1, "党员大会"),
        ("河西1村", 1, "支委会"),
        ("河西1村", 2, "党员大会"),
        ("河西2村", 1, "党员大会"),
    ]
    assert [len(found.of(("青禾镇", f"河西{n}村"))) for n in (1, 2, 3)] == [3, 1, 0]
    lined = [
        (one.result.key.village, one.result.key.meeting, one.result.key.round)
        for one in all_lines(found, str)
    ]
    assert lined == [
        ("河西1村", "党员大会", 1),
        ("河西1村", "党员大会", 2),
        ("河西1村", "支委会", 1),
        ("河西2村", "党员大会", 1),
    ]


def test_a_round_goes_by_the_document_of_its_day_and_before_all_documents_by_the_first() -> None:
    """The later document asks for two thirds of those present where the first one asks for half."""
    first = default().editions[-1]
    rule = first.elections
    assert rule
    stricter = rule.model_copy(
        update={"majority": rule.majority.model_copy(update={"share": Fraction(2, 3)})}
    )
    later = first.model_copy(update={"effective": date(2026, 6, 1), "elections": stricter})
    by = replace(default(), editions=(first, later))
    for day, fate in (
        ("1990-01-01", "当选"),
        ("2026-05-31", "当选"),
        ("2026-06-01", "未过半"),
        (None, "未过半"),
        ("2026-06", "未过半"),
    ):
        found = round_lines(election(选举日期=day, 应选=1), *votes(张建国=20), by=by)
        assert [line.fate for line in found] == [fate], day
