"""The document that docs/policies/reviews.md writes as a policy gives what the chapter says."""

import re
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.reviews.grading import DOUBTS
from sanchuang_cli.domain.reviews.policy import ReviewPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.reviewed import NAMES, column, did, grades, member, outcome

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "reviews.md").read_text("utf-8")


@cache
def example() -> PolicyFile[ReviewPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(ReviewPolicy, "例子.toml", block.encode())


def test_nine_members_may_have_two_and_three_named_all_wait() -> None:
    assert "九名正式党员的支部，优秀至多2人" in CHAPTER
    run = outcome(*(member(n, "优秀" if n < 4 else "合格", (9, 1, 0, 0)) for n in range(1, 10)), by=example())
    assert column(run, "支部汇总", "most") == [2]
    assert column(run, "待定", "name") == list(NAMES[:3]) and "优秀" not in grades(run).values()


def test_four_of_ten_returned_papers_are_forty_per_cent() -> None:
    who = member(1, votes=(4, 4, 0, 0), abstained=2)
    assert column(outcome(who, by=example()), "测评汇总", "share") == [Fraction("0.4")]


def test_the_paper_is_due_twenty_days_after_the_grade() -> None:
    who = member(1, "不合格", (0, 1, 0, 9), decided="2025-12-20")
    (due,) = column(outcome(who, by=example()), "期限", "latest")
    day = date.fromisoformat(due)
    assert f"最迟{day.year}年{day.month}月{day.day}日交" in CHAPTER


def test_fifteen_times_give_ten_points_and_a_proposal() -> None:
    run = outcome(member(1), points=[did(1, NAMES[0], "集中学习", 15, 2, 10)], by=example())
    assert (column(run, "积分", "points"), column(run, "积分", "proposal")) == ([10], ["建议表扬"])


def test_every_key_that_the_table_names_is_a_key_of_the_policy() -> None:
    keys = {name for pair in re.findall(r"`(\w+) = |`\[+edition\.(\w+)", CHAPTER) for name in pair if name}
    schema = str(ReviewPolicy.model_json_schema())
    assert len(keys) > 8
    assert not [key for key in keys if f"'{key}'" not in schema]


def test_everything_that_may_be_odd_says_how_it_is_mended() -> None:
    assert all(doubt.mend for doubt in DOUBTS.values())
