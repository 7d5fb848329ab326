"""Which cells of a workbook that came back differ from the copy that was kept. By values: programs rewrite files."""

from itertools import zip_longest
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.report.publishing import scrubbed
from sanchuang_cli.roster.schema import shown


def differences(copy: Path, other: Path) -> list[str]:
    """Each differing cell with both values, long numbers left out. Raises UserError when `other` cannot be read."""
    before, after = _sheets(copy), _sheets(other)
    found = [f"{other.name}：没有工作表“{name}”" for name in before if name not in after]
    found += [f"{other.name}：多了工作表“{name}”" for name in after if name not in before]
    for name in before:
        for i, (row, changed) in enumerate(
            zip_longest(before[name], after.get(name, before[name]), fillvalue=()), 1
        ):
            for j, (was, now) in enumerate(zip_longest(row, changed, fillvalue=""), 1):
                if _text(was) != _text(now):
                    place = Place(other.name, name, i, j)
                    found.append(f"{place}：原为“{scrubbed(_text(was))}”，现为“{scrubbed(_text(now))}”")
    return found


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (CalamineError, OSError):
        raise UserError(f"{path} 打不开，或不是工作簿。请核对 --check 的文件。") from None


def _text(cell: object) -> str:
    return shown(cell)
