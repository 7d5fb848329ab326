"""A guide that is written in English and in Chinese says the same in both: headings, code, commands and tables."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"`([^`]+)`")

README = "README"
GUIDES = sorted(path.name.removesuffix(".zh-CN.md") for path in DOCS.glob("*.zh-CN.md"))


def folder(guide: str) -> Path:
    return DOCS.parent if guide == README else DOCS


def english(guide: str) -> str:
    return (folder(guide) / f"{guide}.md").read_text("utf-8")


def chinese(guide: str) -> str:
    return (folder(guide) / f"{guide}.zh-CN.md").read_text("utf-8")


def prose(text: str) -> str:
    return CODE_BLOCK.sub("", text)


def heading_levels(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(text), re.MULTILINE)]


def commands(text: str) -> list[str]:
    """The code blocks without the comments of a command line, which are in the guide's own language."""
    return [re.sub(r" +# .*$", "", block, flags=re.MULTILINE) for block in CODE_BLOCK.findall(text)]


def code_in_sentences(text: str) -> set[str]:
    return {" ".join(span.split()) for span in CODE_SPAN.findall(prose(text))}


def rows_of_each_section(text: str) -> list[int]:
    return [
        len(re.findall(r"^\|", section, re.MULTILINE))
        for section in re.split(r"^#+ ", prose(text), flags=re.MULTILINE)
    ]


def test_the_guides_of_the_ledger_of_developers_and_of_threats_are_in_both_languages() -> None:
    assert {"ledger", "adding-a-programme", "threats"} <= set(GUIDES)


def test_what_is_promised_of_security_is_said_in_both_languages_on_one_page() -> None:
    english_part, chinese_part = (DOCS.parent / "SECURITY.md").read_text("utf-8").split("\n---\n")
    assert heading_levels(english_part)[1:] == heading_levels(chinese_part)
    commands_named = [
        re.findall(r"`((?:sanchuang|make) [a-z ]+)`", part) for part in (english_part, chinese_part)
    ]
    assert commands_named[0] == commands_named[1] != []


@pytest.mark.parametrize("guide", [*GUIDES, README])
def test_both_languages_have_the_same_headings(guide: str) -> None:
    assert heading_levels(english(guide)) == heading_levels(chinese(guide))


@pytest.mark.parametrize("guide", [*GUIDES, README])
def test_both_languages_have_the_same_code_blocks(guide: str) -> None:
    assert commands(english(guide)) == commands(chinese(guide))


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_name_the_same_commands_and_files(guide: str) -> None:
    assert code_in_sentences(english(guide)) == code_in_sentences(chinese(guide))


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_have_the_same_rows_in_their_tables(guide: str) -> None:
    assert rows_of_each_section(english(guide)) == rows_of_each_section(chinese(guide))


@pytest.mark.parametrize("guide", [*GUIDES, README])
def test_each_language_leads_to_the_other_one(guide: str) -> None:
    assert f"({guide}.zh-CN.md)" in english(guide)
    assert f"({guide}.md)" in chinese(guide)
