"""The document that docs/policies/report.md writes as a policy puts the sections in its order and shows its headlines."""

import re
from pathlib import Path

from sanchuang_cli.domain.stated.policy import ReportPolicy
from sanchuang_cli.policy import load
from tests.oracle.report import moved, share

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "report.md").read_text("utf-8")


def test_the_example_puts_stars_before_pay_and_what_it_does_not_name_last() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    shown = load(ReportPolicy, "例子.toml", block.encode()).editions[-1].shown
    named = ["pay", "rate", "dues", "subsidies"]
    assert sorted(named, key=shown.place) == ["rate", "pay", "subsidies", "dues"]
    assert [shown.section(name).name for name in named] == ["发放", "评定", "其他", "发放"]
    assert shown.section("rate").headlines == ("好", "差")


def test_the_sums_of_the_chapter_come_out() -> None:
    change, percent = moved(540_000, 500_000)
    assert change == 40_000 and f"+{change // 100} 元，{percent}" in CHAPTER
    assert f"16 个支部完成 14 个是 {share(14, 16)}" in CHAPTER
