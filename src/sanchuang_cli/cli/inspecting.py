"""Carries out `inspect`: reads each workbook and prints how it is understood, as text or JSON; it writes a file only for
--save-columns.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.known_rosters import Passwords, elsewhere, known, or_as
from sanchuang_cli.finding import UserError
from sanchuang_cli.report import files
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.columns.described import HOW, columns_file, matched_columns
from sanchuang_cli.roster.columns.matching import check_pinned, pinned_columns
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.rivals import UNSETTLED
from sanchuang_cli.roster.sorting import sort_of
from sanchuang_cli.roster.tables.inspection import WHY, inspection
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout
from sanchuang_cli.tally import Books, Sort


def perform(asked: Asked) -> int:
    """Show what is in the workbooks. Gives 0, or 1 where some were not understood. Raises UserError where none could be opened."""
    rosters = known(asked.roster, asked.policy)
    wanted = rosters.all
    pinned = pinned_columns(asked.columns) if asked.columns else {}
    check_pinned(pinned, wanted.values())
    opened_by = Passwords(asked.password_file)

    def about(area: Area, book: str) -> dict[str, Any]:
        return matched_columns(area, book, wanted, pinned)

    def whole(path: Path, book: Book, layouts: Mapping[str, SheetLayout]) -> dict[str, Any]:
        read = {**rosters.beside, **rosters.wanted}
        what = sort_of(path, book, read, elsewhere(rosters), pinned, lambda sheet, _: layouts[sheet.name])
        return {"sort": what.sort, "what": what.what if what.sort is Sort.OTHER else ""}

    books = paths.books(asked.books)
    inspections = [inspection(path, opened_by, about, whole) for path in books]
    names = labels(books)
    sorts = Books(len(names), tuple(map(_sort, names, inspections)))
    if asked.json:
        _print_json(inspections)
    else:
        _show(inspections, {name: roster.title for name, roster in wanted.items()})
    below = [finding.message for finding in paths.told_below(asked.books, files.is_ours)]
    unsure = UNSETTLED if any("fits" in table for table in _tables(inspections)) else ""
    sys.stderr.write("".join(f"{line}\n" for line in [*sorts.lines, *below, *or_as(asked, unsure)]))
    if asked.save_columns:
        _save(asked.save_columns, columns_file(inspections))
    _refuse_if_none_opened(inspections)
    return int(bool(sorts.count(Sort.NOT_UNDERSTOOD)))


def _print_json(inspections: list[dict[str, Any]]) -> None:
    """Print the inspections; with escapes where standard output cannot show Chinese."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps({"files": inspections}, ensure_ascii=plain) + "\n")


def _refuse_if_none_opened(inspections: list[dict[str, Any]]) -> None:
    """Raises UserError with all reasons where none of the workbooks could be opened."""
    refused = [file["error"] for file in inspections if file["error"]]
    if len(refused) == len(inspections):
        raise UserError("\n".join(refused))


def _tables(inspections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (table for file in inspections for sheet in file["sheets"] for table in sheet["tables"])


def _sort(name: str, file: dict[str, Any]) -> tuple[str, Sort, str]:
    return name, file.get("sort", Sort.NOT_UNDERSTOOD), file.get("what", "")


def _show(inspections: list[dict[str, Any]], titles: dict[str, str]) -> None:
    from rich.console import Console  # not needed for --json, which should take no longer than the reading

    from sanchuang_cli.report import inspected

    for file in inspections:
        inspected.show(Console(highlight=False), file, titles, WHY, HOW)


def _save(target: Path, text: str) -> None:
    def write(path: Path) -> None:
        path.write_text(text, "utf-8")

    saved = files.save(target, write)
    for line in (saved.instead, f"列对照文件：{saved.path}"):
        if line:
            sys.stderr.write(f"{line}\n")
