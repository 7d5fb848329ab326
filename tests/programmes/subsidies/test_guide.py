"""Every example of the guide to policies can be loaded as it stands, and gives what the guide says that it gives."""

import re
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.subsidies.guide import BLOCKS, DOCS, GUIDE, Example, examples, outcome, policy_of
from tests.programmes.subsidies.test_documentation import models

EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.section}：{example.said}")
def test_every_example_can_be_loaded_and_gives_what_the_guide_says(example: Example) -> None:
    try:
        policy_of(example)
    except (UserError, ValueError) as trouble:
        pytest.fail(f"{example.said}：{trouble}")
    told = [f"{who} → {outcome(example, who, wanted)}" for who, wanted in example.outcomes]
    assert told == [f"{who} → {wanted}" for who, wanted in example.outcomes]


def test_every_block_is_read_and_every_example_has_an_outcome() -> None:
    heads = re.findall(r"^# [a-z、]+：", "".join(BLOCKS), re.MULTILINE)
    assert len(heads) == len(EXAMPLES) > 100
    assert [example.said for example in EXAMPLES if not example.outcomes] == []
    arrows = sum(block.count(" → ") for block in BLOCKS)
    assert arrows == sum(len(example.outcomes) for example in EXAMPLES)


INLINE = re.findall(r"`([a-z_]+ = [^`\n]+)`", GUIDE)


@pytest.mark.parametrize("written", sorted(set(INLINE)))
def test_what_is_written_within_a_sentence_is_a_key_with_a_value_that_it_may_have(written: str) -> None:
    for key, value in tomllib.loads(f"all = {{ {written} }}", parse_float=Decimal)["all"].items():
        assert any(_may_be(model, key, value) for model in models(Subsidies) | {Posting}), f"{key} = {value}"


def _may_be(model: type[Rule], key: str, value: Any) -> bool:
    field = model.model_fields.get(key)
    if field is None or field.annotation is None:
        return False
    try:
        TypeAdapter[Any](field.annotation).validate_python(value)
    except ValidationError as trouble:
        # a table within a sentence leaves out its name and clause, as the examples do
        return all(
            one["type"] == "missing" and one["loc"][-1] in ("name", "clause") for one in trouble.errors()
        )
    return True


def test_every_chapter_is_named_in_the_table_of_the_guide_and_every_link_leads_somewhere() -> None:
    main = (DOCS / "policies.md").read_text("utf-8")
    for chapter in (DOCS / "policies").glob("*.md"):
        assert f"(policies/{chapter.name})" in main
        for target in re.findall(r"\]\(([^)#]+)", chapter.read_text("utf-8")):
            assert (chapter.parent / target).resolve().exists(), f"{chapter.name}：{target}"
    for target in re.findall(r"\]\(([^)#]+)", main):
        assert (DOCS / target).resolve().exists(), target


def test_the_page_to_print_has_room_on_one_side() -> None:
    """Forty lines of a table in small print fill the side of A4; LibreOffice puts this page on one side."""
    lines = (DOCS / "policies" / "card.md").read_text("utf-8").splitlines()
    assert len([line for line in lines if line]) <= 40
