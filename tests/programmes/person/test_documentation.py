"""The document that docs/policies/person.md writes as a policy puts the sections in its order."""

import re
from pathlib import Path

from sanchuang_cli.policy import load
from sanchuang_cli.programmes.person import BASIC, PersonPolicy

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "person.md").read_text("utf-8")


def test_the_example_puts_pay_before_reviews_and_what_it_does_not_name_first() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    sections = load(PersonPolicy, "例子.toml", block.encode()).editions[-1].sections
    assert [sections.of(name) for name in ("pay", "rate", "dues", "")] == ["发放", "评议", BASIC, BASIC]
    assert [sections.place(name) for name in (BASIC, "发放", "评议")] == [0, 1, 2]
