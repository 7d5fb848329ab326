"""What docs/threats.md says is shown by tests, and each of these tests is there."""

import ast
import re

import pytest

from tests.command import ROOT

PAGES = ("threats.md", "threats.zh-CN.md")


def named(page: str) -> list[tuple[str, str]]:
    """The tests that a page names: file and function."""
    return re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (ROOT / "docs" / page).read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    there: dict[str, set[str]] = {}
    for file, _ in named(page):
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        there[file] = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert len(there) > 5
    assert [f"{file}::{test}" for file, test in named(page) if test not in there[file]] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_threat_names_a_test_or_says_that_nothing_stops_it(page: str) -> None:
    lines = re.findall(r"^\| (?!---)(.*) \|$", (ROOT / "docs" / page).read_text("utf-8"), re.M)
    bare = [line for line in lines if "::test_" not in line and "**" not in line]
    assert {line.split(" | ")[0] for line in bare} in ({"what he tries"}, {"他想做什么"})
