"""Writing 100,000 rows x 16 columns, side by side with the yardstick: `python bench/writing.py [ROWS]`.

The yardstick (xw_bulk.py, beside the repository) gets the same rows as plain values made before its clock starts; ours
starts from the table and does all its work. Times are processor seconds of processes of their own.
"""

import gc
import subprocess
import sys
import tempfile
import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.report.cells import NUMBER_FORMATS, TEXT_FORMAT, cell
from sanchuang_cli.table import Column, Table

YARDSTICK = Path(__file__).resolve().parents[2] / "shared" / "bench"
KINDS = (
    *(Kind.COUNT, Kind.TEXT, Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.IDENTITY, Kind.DATE, Kind.DATE),
    *(Kind.COUNT, Kind.SCORE, Kind.FLAG, Kind.MONEY, Kind.COUNT, Kind.MONEY, Kind.ACCOUNT, Kind.PHONE),
)
COLUMNS = tuple(Column(f"c{j}", f"列{j}", kind, total=kind is Kind.MONEY) for j, kind in enumerate(KINDS))


def rows(count: int) -> list[tuple[Any, ...]]:
    return [
        (
            *(n, f"第{n % 23}镇", f"第{n % 97}村", "赵钱孙李"[n % 4] + "建国志强"[n % 3], "男女"[n % 2]),
            *(f"230299{1940 + n % 30}0101{n % 10_000:04d}", date(1940 + n % 30, n % 12 + 1, n % 28 + 1)),
            *(date(1966 + n % 40, 7, 1), 72 + n % 200, Fraction(72 + n % 200, 12), n % 9 == 0),
            *(35_033 + n % 7 * 100, 3, 3 * (35_033 + n % 7 * 100), f"621700{n:013d}", f"139{n:08d}"),
        )
        for n in range(count)
    ]


def ours(path: Path, body: list[tuple[Any, ...]]) -> float:
    from sanchuang_cli.report import workbook

    started = time.process_time()
    table = Table("名册", "名册", COLUMNS, body, grand_total=True, unit="元", signed=True)
    workbook.write(path, [table], on=date(2026, 6, 30))
    return time.process_time() - started


def yardstick(path: Path, body: list[tuple[Any, ...]]) -> float:
    import xlsxwriter

    sys.path.insert(0, str(YARDSTICK))
    from xw_bulk import BulkSheet  # type: ignore[import-not-found]

    plain = [
        tuple(v if isinstance(v, date) else cell(kind, v) for kind, v in zip(KINDS, row, strict=True))
        for row in body
    ]
    started = time.process_time()
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名册", worksheet_class=BulkSheet)
    formats = [
        book.add_format({"border": 1, "num_format": NUMBER_FORMATS.get(kind, TEXT_FORMAT)}) for kind in KINDS
    ]
    for j, column in enumerate(COLUMNS):
        sheet.write_string(0, j, column.title)
    sheet.write_bulk(1, plain, formats, len(plain))
    book.close()
    return time.process_time() - started


def main() -> None:
    if sys.argv[1:2] in (["ours"], ["yardstick"]):
        gc.disable()
        body = rows(int(sys.argv[2]))
        with tempfile.TemporaryDirectory() as folder:
            print({"ours": ours, "yardstick": yardstick}[sys.argv[1]](Path(folder) / "a.xlsx", body))
        return
    count = sys.argv[1] if len(sys.argv) > 1 else "100000"
    best: dict[str, float] = {}
    for who in ("ours", "yardstick") * 3:
        done = subprocess.run(
            [sys.executable, __file__, who, count], check=True, capture_output=True, text=True
        )
        best[who] = min(float(done.stdout), best.get(who, 1e9))
    print(
        f"{count} rows: ours {best['ours']:.2f} s, yardstick {best['yardstick']:.2f} s, "
        f"ratio {best['ours'] / best['yardstick']:.2f} (at most 1.6)"
    )


if __name__ == "__main__":
    main()
