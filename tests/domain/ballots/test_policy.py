"""What a policy may say of votes: the blocks embed in an edition, and what cannot be meant is refused."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.ballots.bars import Bar, Cap
from sanchuang_cli.domain.ballots.counts import Ballots
from sanchuang_cli.domain.ballots.groups import Weights
from sanchuang_cli.domain.ballots.raters import BallotSheet, Limit, Trim, trimmed
from sanchuang_cli.domain.ballots.voting import Vote, VoteOutcome, decided
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Policy, load

HALF = {"needs": "more_than", "share": "1/2"}


@pytest.mark.parametrize(
    ("block", "written", "said"),
    [
        (Bar, {"needs": "more_than", "share": 1}, "超过全部"),
        (Bar, {"needs": "at_least", "share": 0}, "不少于 0 总能达到"),
        (Vote, {"clause": "例", "base": "valid", **HALF, "counting": {"written": "counted"}}, "书面意见计票"),
        (Vote, {"clause": "例", "base": "valid", **HALF, "quorum_clause": "例"}, "还要写 quorum"),
        (Trim, {"clause": "例", "over": 1}, "over 应不小于 2"),
        (Limit, {"at_least": 90, "below": 70, "most": 3}, "只写 at_least、below 之一"),
        (Limit, {"at_least": 90}, "和 most、least 之一"),
        (Weights, {"clause": "例", "absent": "refuse", "part": [{"name": "甲"}, {"name": "甲"}]}, "不能重复"),
        (
            Weights,
            {"clause": "例", "absent": "refuse", "part": [{"name": "甲", "weight": 1}, {"name": "乙"}]},
            "权重要么各组都写",
        ),
        (
            Weights,
            {"clause": "例", "absent": "refuse", "part": [{"name": "甲", "weight": "0.9"}]},
            "之和应为 1，现为 0.9",
        ),
        (
            Weights,
            {"clause": "例", "absent": "refuse", "part": [{"name": "甲", "into": "乙"}]},
            "into 应是另一组",
        ),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(block: Any, written: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        block.model_validate(written)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("1/2", "1/2"),
        ("4/5", "4/5"),
        ("8/9", "8/9"),
        ("0.3", "30%"),
        ("0.85", "85%"),
        ("7/12", "7/12"),
        (1, "100%"),
    ],
)
def test_a_share_is_written_as_documents_write_it(share: object, said: str) -> None:
    assert str(Bar.model_validate({"needs": "at_least", "share": share})) == f"不少于 {said}"


@pytest.mark.parametrize(
    ("needs", "share", "of", "least"),
    [
        ("at_least", "4/5", 40, 32),
        ("more_than", "4/5", 40, 33),
        ("at_least", "4/5", 41, 33),
        ("more_than", "1/2", 25, 13),
    ],
)
def test_the_fewest_that_come_up_to_a_bar(needs: str, share: str, of: int, least: int) -> None:
    bar = Bar.model_validate({"needs": needs, "share": share})
    assert bar.least(of) == least
    assert bar.met(least, of)
    assert not bar.met(least - 1, of)


@pytest.mark.parametrize("share", [-1, "3/2"])
def test_a_bar_is_a_share_of_its_whole(share: object) -> None:
    with pytest.raises(ValidationError, match="share"):
        Bar.model_validate({"needs": "at_least", "share": share})


def test_a_paper_of_one_mark_is_not_all_alike_and_limits_are_optional() -> None:
    alike = BallotSheet(clause="例", all_alike="void")
    assert (alike.faults([90]), alike.faults([90, 90])) == ((), ("2 个分数都是 90",))
    assert alike.faults([90, 90, 89]) == ()
    assert BallotSheet(clause="例").faults([90, 90]) == ()


@pytest.mark.parametrize("drop", [1, 2])
def test_one_mark_at_least_stays_where_the_best_and_the_worst_are_left_out(drop: int) -> None:
    assert trimmed([*range(2 * drop + 1)], Trim(clause="例", over=2 * drop, drop=drop)) == drop
    said = f"over = {2 * drop - 1} 时去掉 {2 * drop} 个分数就不剩了，over 应不小于 {2 * drop}"
    with pytest.raises(ValidationError, match=said):
        Trim(clause="例", over=2 * drop - 1, drop=drop)


class Reviews(Policy):
    """A policy that embeds a vote and a cap."""

    vote: Vote
    cap: Cap


TOML = """
[[edition]]
title = "例"
document = "例"
effective = 2012-01-01
vote = { clause = "第三条", base = "valid", needs = "more_than", share = "1/2" }
cap = { clause = "第四条", share = "1/3" }
"""


def test_a_policy_embeds_the_blocks() -> None:
    edition = load(Reviews, "reviews", TOML.encode()).on(date(2012, 6, 2))
    found = decided(Ballots(marks={"赞成": 6, "反对": 5}, abstained=0), edition.vote)
    assert isinstance(found, VoteOutcome)
    assert found.result == "carried"
    assert edition.cap.of(25) == 8
    with pytest.raises(UserError, match=r"base：值“voters”不认识.*只能是 entitled、present"):
        load(Reviews, "reviews", TOML.replace('"valid"', '"voters"').encode())
