"""What reviewers see is what clerks get: a small county's screen, exit code and workbook, as text that is read in a diff.

A golden is written by hand from a run that a person has checked. It is never regenerated to make a test pass: a change
of a golden is a change of what clerks get, and its commit says why.
"""

from pathlib import Path

from openpyxl import load_workbook

from sanchuang_cli.report.drafts import ITEM


def dumped(path: Path) -> str:
    """A workbook as lines: a heading for each sheet, a line for each row, values as they are stored. Of 来源 what is printed:
    the drafts of notices beside it are what `--notice` writes, which tests/cli/test_notice_command.py proves."""
    lines = []
    for sheet in load_workbook(path, data_only=True).worksheets:
        lines.append(f"== {sheet.title}")
        for row in sheet.iter_rows(values_only=True, max_col=2 if sheet.title == "来源" else None):
            if str(row[0]).startswith(ITEM):
                continue
            cells = ["" if cell is None else str(cell).replace("\n", "⏎") for cell in row]
            if cells[0].startswith(("填报单位", "单位负责人")):  # laid out by width, not by column
                cells = [cell for cell in cells if cell]
            lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines) + "\n"


def golden(name: str) -> list[str]:
    """The lines of a programme's golden."""
    return (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()
