"""The document that docs/policies/honors.md writes as a policy gives what the chapter says."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from sanchuang_cli.domain.awards.judging import PARTS
from sanchuang_cli.domain.awards.policy import HonorPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.nominees import TOWNS, base, branch, column, judged, outcome, parts, person, rated

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "honors.md").read_text("utf-8")
MEMBERS = (470, 320, 210)


@cache
def example() -> PolicyFile[HonorPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(HonorPolicy, "例子.toml", block.encode())


def opinions(**said: str) -> dict[str, Any]:
    return {"纪检意见": "无异议", "公安意见": "无异议", "信访意见": "", "计生意见": ""} | said


def test_the_places_and_the_candidates_are_those_of_the_chapter() -> None:
    bases = [base(at, town, members) for at, (town, members) in enumerate(zip(TOWNS, MEMBERS, strict=False))]
    found = outcome([], bases, by=example())
    for name, printed in (
        ("quotient", "商是4.7、3.2、2.1"),
        ("places", "名额是5、3、2"),
        ("candidates", "应推荐8、5、3人"),
    ):
        drawn = "、".join(map(str, column(found, "名额分配表", name)[:3]))
        assert drawn in printed and printed in CHAPTER, name


def test_ten_names_have_seven_of_the_front_line_and_one_leader() -> None:
    assert "一线的至少7人，领导至多1人" in CHAPTER
    people = [
        person(at, "创业能手", front=at <= 7, leader=at == 1, order=at, **opinions()) for at in range(1, 11)
    ]
    here = [base(1, "青禾镇", 1_000)]
    found = outcome(people, here, by=example())
    assert [column(found, "推荐汇总", name)[0] for name in ("part0", "least", "most")] == [10, 7, 1]
    assert not [one for one in found.findings if one.code == "honors.structure"]


def test_branches_need_three_stars_and_only_the_opinions_that_are_asked_for() -> None:
    several = [branch(at, f"{name}党支部", category="先进党支部", order=at, **opinions()) for at, name in enumerate(("河西村", "河东村", "三合村"), 1)]  # fmt: skip
    stars = {("青禾镇", "河西村党支部"): 3, ("青禾镇", "河东村党支部"): 2}
    whole = judged(several, [base(1, "青禾镇", 9, 50)], rated(stars), example())
    assert list(parts(whole).values()) == ["拟表彰", "不符合", "待核"]


def test_the_chapter_names_every_part() -> None:
    assert all(f"**{part}**" in CHAPTER for part in PARTS)
