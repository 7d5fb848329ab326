"""The policy of check-ups that docs/policies/checkups.md builds from a printed document works as the document says."""

import re
from pathlib import Path
from typing import Any

from sanchuang_cli.policy import PolicyFile, load
from sanchuang_cli.programmes.checkups import CheckupPolicy
from tests.programmes.examined import column, outcome, parts, secretary

TEXT = (Path(__file__).parents[3] / "docs" / "policies" / "checkups.md").read_text("utf-8")
WENT: dict[str, Any] = {"day": "2026-05-12", "cost": 300}


def example() -> PolicyFile[CheckupPolicy]:
    found = re.search(r"```toml\n([^`]*\[edition\.entitled\].*?)```", TEXT, re.DOTALL)
    assert found
    return load(CheckupPolicy, "例子.toml", found[1].encode())


def test_the_example_examines_every_year_and_bears_280_for_a_man_and_320_for_a_woman() -> None:
    found = outcome(secretary(1, last="2025-05", **WENT), secretary(2, "女", **WENT), by=example())
    assert column(found, "体检名册", "borne") == [28000, 30000]
    assert [column(found, "分乡镇汇总表", f"payer{i}") for i in (0, 1)] == [[40600], [17400]]


def test_the_example_knows_its_posts_and_posts_for_five_working_days() -> None:
    found = outcome(secretary(1, post="社区党委书记", reason="外出"), secretary(2, post="会计"), by=example())
    assert parts(found) == {"甲1": "未体检", "甲2": "不属体检对象"}
    (notice,) = found.notices()
    assert (notice.posting.days, notice.posting.counting) == (5, "working-days")
