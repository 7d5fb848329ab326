"""Every figure on a page says on which state of the package it was measured, and whoever verifies learns which are old."""

from pathlib import Path

import pytest
from tools import blocks
from tools.blocks import Block

PAGE = "# Page\n\nBy hand.\n\n<!-- speed -->\nold\n<!-- end of speed -->\n\nAlso by hand.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with one block, in a folder of pages that is alone."""
    docs = tmp_path / "docs"
    docs.mkdir()
    monkeypatch.setattr(blocks, "DOCS", docs)
    monkeypatch.setattr(blocks, "source", lambda: "0123abcd")
    (docs / "page.md").write_text(PAGE, "utf-8")
    return docs / "page.md"


def test_every_block_of_the_pages_names_its_commit() -> None:
    found = list(blocks.blocks())
    assert found and not [block for block in found if not block.commit]


def test_a_block_that_is_put_down_says_its_command_and_commit_and_nothing_else_changes(page: Path) -> None:
    blocks.put_down("speed", "make speed", "12 times", page)
    text = page.read_text("utf-8")
    before, _, rest = text.partition("<!-- speed -->\n")
    first, _, after = rest.partition("\n\n12 times\n<!-- end of speed -->")
    assert (before, after) == ("# Page\n\nBy hand.\n\n", "\n\nAlso by hand.\n")
    assert first.startswith("`make speed`, ") and ", commit 0123abcd, " in first
    assert list(blocks.blocks()) == [Block(page, "speed", "0123abcd")]
    assert list(blocks.old()) == []


def test_a_block_of_another_commit_or_of_none_is_old(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(blocks.old()) == ["docs/page.md, speed: names no commit"]
    blocks.put_down("speed", "make speed", "12 times", page)
    monkeypatch.setattr(blocks, "source", lambda: "9999eeee")
    assert list(blocks.old()) == ["docs/page.md, speed: of 0123abcd, which is not in the history"]


def test_figures_of_an_older_commit_are_old_as_soon_as_they_are_put_down(page: Path) -> None:
    blocks.put_down("speed", "make speed", "12 times", page, commit="4567cdef")
    assert list(blocks.blocks()) == [Block(page, "speed", "4567cdef")]
    assert list(blocks.old()) == ["docs/page.md, speed: of 4567cdef, which is not in the history"]


def test_a_page_without_the_marks_is_refused(page: Path) -> None:
    with pytest.raises(AssertionError, match="lacks the marks of memory"):
        blocks.put_down("memory", "make memory", "12 MiB", page)
