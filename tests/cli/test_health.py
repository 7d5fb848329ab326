"""What a check-up found appears in nothing that any command writes or shows, whatever workbook it came in."""

import contextlib
import io
import json
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sanchuang_cli.cli.app import main
from sanchuang_cli.finding import column_letters
from tests.health import SECRET, WRITERS, Page, pages

AGAINST = ("--period", "2026-06")
COMMANDS: Sequence[Sequence[str]] = (
    ("inspect",),
    ("inspect", "--json", "--save-columns", "列.toml"),
    ("check", "--as", "members", "--json", "--return", "退回"),
    ("check", "--for", "subsidies", *AGAINST),
    ("merge", "--as", "members", "--out", "合并.xlsx"),
    ("subsidies", *AGAINST, "--out", "结果.xlsx", "--html", "页.html", "--json"),
    ("explain", "subsidies", "王甲"),
)


@dataclass(frozen=True)
class Ran:
    code: int
    shown: str


def run(words: Sequence[str], books: Sequence[Path]) -> Ran:
    """The command in this process, and all that it showed."""
    shown = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with (
        mock.patch.object(sys, "argv", ["sanchuang", *words, *map(str, books)]),
        contextlib.redirect_stdout(shown),
        contextlib.redirect_stderr(shown),
    ):
        try:
            main()
        except SystemExit as ended:
            return Ran(int(ended.code or 0), shown.buffer.getvalue().decode())
    raise AssertionError("a command ends with its code")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """All that stands in the files of a folder, workbooks unpacked."""
    for path in folder.rglob("*"):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                for part in package.namelist():
                    yield f"{path.name}/{part}", package.read(part).decode("utf-8", "replace")
        elif path.is_file():
            yield path.name, path.read_bytes().decode("utf-8", "replace")


def tells(text: str) -> bool:
    return SECRET in text or json.dumps(SECRET)[1:-1] in text.lower()


def written(folder: Path, format: str, sheets: list[Page]) -> Path:
    path = folder / f"名册.{format}"
    WRITERS[format](path, sheets)
    return path


@settings(max_examples=8, phases=[Phase.generate])
@given(st.sampled_from(sorted(WRITERS)), pages("甲"), pages("乙", first=20))
def test_no_file_no_screen_and_no_document_has_a_finding_and_a_note_names_each_column(
    format: str, page: Page, second: Page
) -> None:
    sheets = [page, second] if format == "xlsx" else [page]
    with tempfile.TemporaryDirectory() as books, tempfile.TemporaryDirectory() as results:
        book = written(Path(books), format, sheets)
        with contextlib.chdir(results):
            ran = {words: run(words, [book]) for words in COMMANDS}
            leaking = [name for name, text in texts(Path()) if tells(text)]
        assert leaking == [] and [words for words, each in ran.items() if tells(each.shown)] == []
        assert all(each.code < 3 for each in ran.values())
    notes = named(json.loads(ran[COMMANDS[1]].shown.splitlines()[0]))
    columns = [(name, re.sub(r"\d+", "", cell)) for name, cell in notes]
    assert len(set(notes)) == len(notes)
    assert {column for _, column in columns} == {
        column_letters(at) for sheet in sheets for at in sheet.columns
    }
    if format == "xlsx":  # elsewhere a nested head has no merges, and each page may begin a table
        assert Counter(columns) == Counter(
            (sheet.name, column_letters(at)) for sheet in sheets for at in sheet.columns
        )


def named(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The sheet and the cell of each column that a note names."""
    findings = [
        (sheet["sheet"], finding) for sheet in document["files"][0]["sheets"] for finding in sheet["findings"]
    ]
    return [
        (sheet, finding["place"].rpartition(" ")[2].partition("（")[0])
        for sheet, finding in findings
        if finding["code"] == "roster.health"
    ]
