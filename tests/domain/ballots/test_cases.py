"""The worked cases of the documents on votes, percentages and ranking, by their ids: parts D, G, H and Q."""

from decimal import Decimal
from fractions import Fraction

import pytest

from sanchuang_cli.domain.ballots.bars import Bar, Cap
from sanchuang_cli.domain.ballots.counts import Ballots
from sanchuang_cli.domain.ballots.election import Elected, Election, Paper, elected, paper
from sanchuang_cli.domain.ballots.groups import Composed, Weights, composed
from sanchuang_cli.domain.ballots.places import Placing, points
from sanchuang_cli.domain.ballots.points import Item, Ratios, Scored, adds_up, by_ratios, earned, left_of
from sanchuang_cli.domain.ballots.raters import BallotSheet, Limit, Marks, Trim, marked, trimmed
from sanchuang_cli.domain.ballots.voting import Vote, VoteOutcome, attended, decided
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.exact_numbers import half_up

HALF = {"needs": "more_than", "share": "1/2"}
ADMISSION = Vote.model_validate(
    {
        "clause": "第二十一条",
        "base": "entitled",
        **HALF,
        "quorum": HALF,
        "quorum_clause": "第二十条",
        "counting": {"written": "counted"},
    }
)
"""A vote on an applicant: more than half of those who should come, written opinions among them."""
ELECTION = Election.model_validate(
    {
        "clause": "第二十一条",
        "quorum": {"needs": "at_least", "share": "4/5"},
        "majority": {"base": "present", **HALF},
        "delegates_from": 500,
    }
)


def vote(entitled: int, present: int, yes: int, written: int = 0) -> VoteOutcome:
    ballots = Ballots(entitled=entitled, present=present, marks={"赞成": yes}, written=written)
    found = decided(ballots, ADMISSION)
    assert isinstance(found, VoteOutcome), str(found)
    return found


def election(present: int, votes: dict[str, int], seats: int, entitled: int | None = None) -> Elected:
    ballots = Ballots(entitled=entitled or present, present=present, given_out=present, returned=present)
    found = elected(ballots, votes, seats, ELECTION)
    assert isinstance(found, Elected), str(found)
    return found


def cap(share: str, rounding: str = "down") -> Cap:
    return Cap.model_validate({"clause": "例", "share": share, "round": rounding})


def test_D_15_with_twelve_of_twenty_five_the_meeting_is_invalid() -> None:
    outcome = vote(25, 12, 12)
    assert outcome.result == "no_quorum"
    assert [str(clause.said) for clause in outcome.clauses] == ["实到 12，应到 25，应超过 1/2（至少 13）"]
    assert outcome.clauses[0].citation == "第二十条"


def test_D_17_a_written_opinion_is_a_vote() -> None:
    outcome = vote(25, 13, 12, written=1)
    assert (outcome.result, outcome.votes, outcome.of) == ("carried", 13, 25)
    assert str(outcome.steps[0]) == "赞成票：12 + 1 = 13 票"
    assert vote(25, 13, 12).result == "not_carried"


def test_N_39D_half_of_those_present_is_not_half_of_those_who_should_come() -> None:
    outcome = vote(25, 20, 12)
    assert outcome.result == "not_carried"
    assert str(outcome.clauses[-1].said) == "赞成 12，应到 25，应超过应到的 1/2（至少 13）"
    assert vote(25, 20, 13).result == "carried"


@pytest.mark.parametrize(("needs", "valid"), [("at_least", True), ("more_than", False)])
def test_N_41Q_four_fifths_at_the_point(needs: str, valid: bool) -> None:
    quorum = Bar.model_validate({"needs": needs, "share": "4/5"})
    came = attended(Ballots(entitled=40, present=32), quorum, "例")
    assert not isinstance(came, Doubtful)
    assert (came[0].first <= came[0].last) is valid


@pytest.mark.parametrize(
    ("names", "marked", "kind"),
    [(6, False, "void"), (5, False, "valid"), (4, False, "valid"), (5, True, "waste"), (0, False, "blank")],
)
def test_N_43Q_five_to_choose(names: int, marked: bool, kind: Paper) -> None:
    assert paper(names, 5, marked=marked) == kind


def test_N_45Q_a_tie_across_the_last_seat_is_voted_on_again() -> None:
    found = election(30, {"甲": 25, "乙": 22, "丙": 18, "丁": 18}, 3)
    assert list(found.fates.values()) == ["elected", "elected", "again", "again"]
    assert (found.contested, found.open_seats) == (1, 0)


def test_N_47Q_a_seat_is_never_filled_from_below_half() -> None:
    found = election(30, {"甲": 25, "乙": 24, "丙": 23, "丁": 16, "戊": 15, "己": 12}, 5)
    assert list(found.fates.values()) == ["elected"] * 4 + ["below"] * 2
    assert (found.contested, found.open_seats) == (0, 1)


def test_the_example_of_secretaries_32_of_40_and_three_seats() -> None:
    found = election(32, {"甲": 25, "乙": 22, "丙": 18, "丁": 18, "戊": 13}, 3, entitled=40)
    assert list(found.fates.values()) == ["elected", "elected", "again", "again", "below"]


@pytest.mark.parametrize(("members", "may"), [(499, False), (500, True)])
def test_N_49Q_delegates_from_five_hundred_members_on(members: int, may: bool) -> None:
    assert ELECTION.delegates_may(members) is may


RATERS = dict(zip("甲乙丙丁戊己", ("0.15", "0.15", "0.2", "0.1", "0.15", "0.25"), strict=True))


@pytest.mark.parametrize(("absent", "score"), [("nought", "77.75"), ("renormalise", "86.39")])
def test_N_51Q_a_group_that_handed_nothing_in(absent: str, score: str) -> None:
    parts = [{"name": name, "weight": weight} for name, weight in RATERS.items()]
    rule = Weights.model_validate({"clause": "例", "part": parts, "absent": absent})
    found = composed(dict(zip(RATERS, (90, 85, 88, None, 86, 84), strict=True)), rule)
    assert isinstance(found, Composed)
    assert (half_up(found.score), found.absent) == (Decimal(score), ("丁",))


def test_N_51Q_a_group_that_may_not_be_absent_leaves_no_score() -> None:
    parts = [{"name": name, "weight": weight} for name, weight in RATERS.items()]
    rule = Weights.model_validate({"clause": "例", "part": parts, "absent": "refuse"})
    found = composed(dict.fromkeys("甲乙丙戊己", 90), rule)
    assert isinstance(found, Doubtful)
    assert (found.doubts[0].code, found.doubts[0].columns) == ("absent", ("丁",))


@pytest.mark.parametrize(
    ("marks", "mean"), [((95, 92, 90, 88, 85, 70), Fraction("88.75")), ((95, 92, 90, 88, 85), Fraction(90))]
)
def test_N_53Q_beyond_five_raters_the_best_and_the_worst_are_dropped(
    marks: tuple[int, ...], mean: Fraction
) -> None:
    assert trimmed(marks, Trim(clause="例", over=5)) == mean


N22 = BallotSheet(
    clause="例",
    limit=(
        Limit.model_validate({"at_least": 90, "most": 3}),
        Limit.model_validate({"below": 70, "least": 2}),
    ),
    all_alike="void",
)


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ((90, 91, 92, 95, 69, 60), ["不低于 90 分的有 4 个，至多 3 个"]),
        ((89, 80, 75, 70, 69), ["低于 70 分的有 1 个，至少 2 个"]),
        ((69, 69, 69), ["3 个分数都是 69"]),
        ((90, 91, 92, 80, 69, 60), []),
    ],
)
def test_N_55Q_what_makes_a_raters_paper_void(marks: tuple[int, ...], why: list[str]) -> None:
    assert list(N22.faults(marks)) == why


@pytest.mark.parametrize(("rounding", "most"), [("down", 7), ("half_up", 8)])
def test_N_57Q_a_tenth_of_seventy_nine(rounding: str, most: int) -> None:
    assert cap("0.1", rounding).of(79) == most


@pytest.mark.parametrize(("cases", "left"), [(0, 5), (1, Fraction("2.5")), (2, 0), (3, 0)])
def test_N_59Q_deductions_stop_at_nought(cases: int, left: Fraction | int) -> None:
    assert left_of(5, [Fraction("2.5")] * cases) == left


def test_N_61Q_a_sheet_checks_itself() -> None:
    parts: dict[str, Fraction | int] = {
        "组织科": 4,
        "农村科": 3,
        "组织员办": Fraction("2.5"),
        "电教科": Fraction("1.5"),
    }
    assert adds_up("满分", 11, parts) is None
    told = adds_up("满分", 12, parts)
    assert told
    assert (told.code, str(told.said)) == ("not-the-sum", "各项合计 11，满分写的是 12")


@pytest.mark.parametrize(
    ("ties", "given"),
    [
        ("skip", ["60", "57", "57", "51", "48"]),
        ("dense", ["60", "57", "57", "54", "51"]),
        ("mean", ["60", "55.5", "55.5", "51", "48"]),
    ],
)
def test_N_63Q_two_share_the_second_place(ties: str, given: list[str]) -> None:
    rule = Placing.model_validate({"clause": "例", "points": [60, 57, 54, 51, 48], "ties": ties})
    assert points([99, 90, 90, 80, 70], rule) == [Fraction(one) for one in given]


def test_N_65Q_meetings_are_capped() -> None:
    items = [
        Item.model_validate({"name": "会议", "each": 2, "most": 12}),
        Item.model_validate({"name": "笔记", "each": 1}),
        Item.model_validate({"name": "心得", "each": 1}),
    ]
    assert earned(items, {"会议": 15, "笔记": 4, "心得": 4}) == 20


@pytest.mark.parametrize(
    ("over", "reports", "score"),
    [("uncapped", 6, "104.55"), ("capped", 6, "84.55"), ("capped", 3, None), ("uncapped", 3, None)],
)
def test_N_67Q_a_ratio_may_pass_one(over: str, reports: int, score: str | None) -> None:
    parts = [
        {"name": "得票", "worth": 30, "over": over},
        {"name": "绩点", "worth": 30, "full": 5, "over": over},
        {"name": "思想汇报", "worth": 40, "full": 4, "over": over, "least": 4},
    ]
    reached = {"得票": 50, "绩点": 4, "思想汇报": reports}
    found = by_ratios(reached, {"得票": 73}, Ratios.model_validate({"clause": "例", "part": parts}))
    assert isinstance(found, Scored)
    assert found.eligible is (score is not None)
    if score:
        assert half_up(found.points) == Decimal(score)
        assert found.over == ("思想汇报",)


@pytest.mark.parametrize(
    ("rounding", "places", "candidates"), [("down", 10, 12), ("up", 10, 12), ("down", 7, 8), ("up", 7, 9)]
)
def test_N_69Q_candidates_at_one_to_one_point_two(rounding: str, places: int, candidates: int) -> None:
    assert cap("1.2", rounding).of(places) == candidates


@pytest.mark.parametrize(("share", "most"), [("0.1", 53), ("0.2", 106), ("0.05", 26)])
def test_G_13_quotas_of_533_are_rounded_down(share: str, most: int) -> None:
    assert cap(share).of(533) == most


@pytest.mark.parametrize(("satisfied", "passes"), [(900, True), (899, False)])
def test_G_03_satisfaction_of_at_least_90_per_cent(satisfied: int, passes: bool) -> None:
    assert Bar.model_validate({"needs": "at_least", "share": "0.9"}).met(satisfied, 1000) is passes


@pytest.mark.parametrize(("satisfied", "hit"), [(599, True), (600, False)])
def test_G_17_satisfaction_below_60_per_cent(satisfied: int, hit: bool) -> None:
    assert Bar.model_validate({"needs": "at_least", "share": "0.6"}).met(satisfied, 1000) is not hit


@pytest.mark.parametrize(("share", "most"), [("0.05", 950), ("0.1", 1900)])
def test_G_20_quotas_of_19006_members(share: str, most: int) -> None:
    assert cap(share).of(19_006) == most


@pytest.mark.parametrize(("members", "most"), [(25, 8), (24, 8), (2, 0)])
def test_H_01_at_most_a_third_is_excellent(members: int, most: int) -> None:
    assert cap("1/3").of(members) == most


@pytest.mark.parametrize(("own", "accepted"), [(34, False), (35, True)])
def test_H_17_own_funds_of_at_least_35_per_cent(own: int, accepted: bool) -> None:
    bar = Bar.model_validate({"needs": "at_least", "share": "0.35"})
    assert bar.met(own, 100) is accepted


def test_H_19_a_hundredth_of_the_payroll_is_deductible() -> None:
    most = cap("0.01").of(8_000_000_00)
    assert (min(95_000_00, most), 95_000_00 - most) == (80_000_00, 15_000_00)


MARKS = Marks.model_validate({"clause": "例", "worth": {"好": 100, "较好": 80, "一般": 60, "差": 40}})
PARTS = [
    {"name": "日常", "weight": "0.5"},
    {"name": "述职", "weight": "0.3"},
    {"name": "测评", "weight": "0.2"},
]


def test_H_23_marks_are_weighed_over_the_valid_papers() -> None:
    papers = Ballots(marks={"好": 18, "较好": 10, "一般": 4, "差": 1}, valid=33, abstained=0)
    score = marked(papers, MARKS)
    assert not isinstance(score, Doubtful)
    assert score == Fraction(2880, 33)
    assert half_up(score) == Decimal("87.27")
    rule = Weights.model_validate({"clause": "例", "part": PARTS, "absent": "refuse"})
    whole = composed({"日常": 88, "述职": 91, "测评": score}, rule)
    assert isinstance(whole, Composed)
    assert half_up(whole.score) == Decimal("88.75")
    assert str(whole.step) == (
        "加权得分：⌊(0.5 × 88 + 0.3 × 91 + 0.2 × (960/11)) × 100 + 1/2⌋ ÷ 100 = 88.75 分"
    )
