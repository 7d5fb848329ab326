"""Locked rosters are opened with a password from a file, from the environment, or typed at the terminal."""

from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.report.locking import lock
from sanchuang_cli.roster.books.book import open_book
from tests.command import Sanchuang, book, county

PASSWORD = "青禾2026"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    roster = book(tmp_path / "乡.xlsx", county())
    lock(roster, PASSWORD)
    return roster


def test_without_its_password_a_book_is_refused_with_the_ways_to_give_one(
    sanchuang: Sanchuang, locked: Path
) -> None:
    ran = sanchuang("rate", locked)
    assert ran.code == 2
    assert "乡.xlsx" in ran.err
    assert "--password-file" in ran.err


def test_the_environment_may_give_it(sanchuang: Sanchuang, locked: Path) -> None:
    assert sanchuang("rate", locked, SANCHUANG_PASSWORD=PASSWORD).code == 0


def test_a_file_may_give_it_among_others(sanchuang: Sanchuang, locked: Path, tmp_path: Path) -> None:
    (tmp_path / "密码.txt").write_text(f"别的\n{PASSWORD}\n", "utf-8")
    assert sanchuang("rate", locked, "--password-file", "密码.txt").code == 0


@pytest.mark.parametrize(("typed", "tried"), [(["错的", PASSWORD], ["错的", PASSWORD]), ([""], [])])
def test_at_a_terminal_it_may_be_typed_and_a_blank_gives_up(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], tried: list[str]
) -> None:
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(typer, "prompt", lambda *words, **options: next(answers))
    passwords = Passwords(None)
    assert list(islice(passwords, len(tried) or None)) == tried


def test_what_was_typed_opens_the_next_book_too(monkeypatch: pytest.MonkeyPatch, locked: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))

    def answer(question: str, *words: object, **options: object) -> str:
        asked.append(question)
        return PASSWORD

    monkeypatch.setattr(typer, "prompt", answer)
    passwords = Passwords(None)
    for _ in range(2):
        assert open_book(locked, passwords).sheets
    assert len(asked) == 1
