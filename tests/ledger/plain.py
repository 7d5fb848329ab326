"""Workbooks and a bank's layout that cost little, for tests of thousands of steps in which nobody looks at them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from sanchuang_cli.report.banklayout import BankColumn, BankLayout
from sanchuang_cli.report.printing import AS_EVER, Printing
from sanchuang_cli.table import Table

CSV = BankLayout(
    title="测试行",
    document="",
    effective=date(2000, 1, 1),
    format="csv",
    encoding="utf-8",
    headings=False,
    most_rows=5000,
    amount="fen",
    columns=tuple(BankColumn(heading=name, shows=name) for name in ("account", "name", "amount")),
)


def _as_text(
    target: Path, tables: Sequence[Table], *, on: date, caution: str = "", printing: Printing = AS_EVER
) -> None:
    target.write_text("\n".join(f"{table.title}\n{list(table.rows)}" for table in tables), "utf-8")


@contextmanager
def workbooks() -> Iterator[None]:
    with patch("sanchuang_cli.report.workbook.write", _as_text):
        yield


def transfers(files: Sequence[Path]) -> list[tuple[str, str, int]]:
    """What the bank is asked to pay: account, name, fen."""
    rows = [
        line.split(",") for path in files if path.suffix == ".csv" for line in path.read_text().splitlines()
    ]
    return [(account, name, int(fen)) for account, name, fen in rows]
