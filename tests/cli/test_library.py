"""The internals of typer that cli/library.py uses are as it expects, with and without typer's own copy of click."""

import importlib.util
from typing import Any

import pytest

from sanchuang_cli.cli import library

ERRORS = (
    "UsageError",
    "NoSuchOption",
    "MissingParameter",
    "BadParameter",
    "BadOptionUsage",
    "NoArgsIsHelpError",
)


@pytest.mark.parametrize("name", ERRORS)
def test_the_errors_that_are_told_in_chinese_are_there(name: str) -> None:
    assert issubclass(getattr(library.click.exceptions, name), library.click.exceptions.UsageError)


def test_a_typer_without_a_copy_of_click_is_served_by_click(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def imported(name: str) -> Any:
        asked.append(name)
        return name

    monkeypatch.setattr(library, "import_module", imported)
    assert library._click() == "typer._click"
    real = importlib.util.find_spec
    monkeypatch.setattr(library, "find_spec", lambda name: None if name.startswith("typer._") else real(name))
    assert library._click() == "click"
    assert asked == ["typer._click", "click"]
