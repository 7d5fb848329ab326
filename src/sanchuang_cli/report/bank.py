"""Writes 银行代发文件, payments in the layout of the bank in files of limited length, and the 核对单 that
adds them up.

It may look at the payments of a run. The promise: if the amounts of the files are read as the bank reads
them, they add up to the payments; no fen is lost or rounded.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Literal

from xlsxwriter import Workbook

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import in_words, yuan
from sanchuang_cli.report import files, shown, workbook
from sanchuang_cli.report.banklayout import BankColumn, BankLayout
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.files import Saved
from sanchuang_cli.report.packing import pack
from sanchuang_cli.report.printing import AS_EVER, Printing
from sanchuang_cli.table import Column, Table, Value

_QUOTING: dict[str, Literal[0, 1, 3]] = {
    "when-needed": csv.QUOTE_MINIMAL,
    "always": csv.QUOTE_ALL,
    "never": csv.QUOTE_NONE,
}


LISTED = "花名册"
"""The list which says how much is due to whom."""


@dataclass(frozen=True)
class Batch:
    """One file: its name without the ending, its payments as text in the columns of the layout, and their sum
    in fen."""

    project: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    amount: int


def write(
    folder: Path,
    payments: Sequence[Table],
    layout: BankLayout,
    *,
    on: date,
    title: str,
    source: str = LISTED,
    printing: Printing = AS_EVER,
) -> list[Saved]:
    """Write the files of every project, then the 核对单. files.save decides where they go. Raises UserError.

    on: the date in the names of the files, YYYYMMDD_项目_批次. source: the list which says what is due.
    """
    made = [batch for table in payments for batch in batches(table, layout, on)]
    assert len({batch.name for batch in made}) == len(made), "two projects of one name"
    contents = [encoded(batch, layout, on) for batch in made] if layout.format != "xlsx" else []
    saved = []
    for number, batch in enumerate(made):
        target = folder / f"{batch.name}.{layout.format}"
        if contents:
            saved.append(files.save(target, lambda path, n=number: path.write_bytes(contents[n])))  # type: ignore[misc]
        else:
            saved.append(files.save(target, lambda path, batch=batch: _sheet(path, batch, layout, on)))  # type: ignore[misc]
    check = check_list(made, [file.path for file in saved], title, layout)
    check = replace(check, notes=(*_sums(payments, source), *check.notes))
    name = f"{on:%Y%m%d}_{_part(title)}_核对单.xlsx"
    saved.append(
        files.save(folder / name, lambda path: workbook.write(path, [check], on=on, printing=printing))
    )
    return saved


def _part(words: str) -> str:
    """Return `words` as one part of a file name; parts are joined by "_"."""
    return "".join(files.named(words).replace("_", "").split())


def batches(table: Table, layout: BankLayout, on: date) -> list[Batch]:
    """Return the payments of one project, divided into files in their order."""
    amount = table.index("amount")
    _assert_payable(table, amount)
    makers = [_source(table, column) for column in layout.columns]
    made = []
    for number, start in enumerate(range(0, len(table.rows), layout.most_rows), 1):
        part = table.rows[start : start + layout.most_rows]
        name = f"{on:%Y%m%d}_{_part(table.name)}_{number:02d}"
        rows = tuple(
            tuple(
                _cell(table, layout, column, j, row, (i, on))
                for column, j in zip(layout.columns, makers, strict=True)
            )
            for i, row in enumerate(part, 1)
        )
        made.append(Batch(table.name, name, rows, sum(row[amount] for row in part)))
    _assert_sums(made, table, layout)
    return made


def _assert_payable(table: Table, amount: int) -> None:
    account, name = table.index("account"), table.index("name")
    for row in table.rows:
        assert row[account] and row[name] and row[amount] > 0, f"{table.name}: a row that no bank can pay"


def _assert_sums(made: Sequence[Batch], table: Table, layout: BankLayout) -> None:
    """Assert that the text for the bank adds up to the payments, to the fen."""
    at = next(j for j, column in enumerate(layout.columns) if column.shows == "amount")
    unit = 1 if layout.amount == "fen" else 100
    written = sum(Decimal(row[at]) * unit for batch in made for row in batch.rows)
    paid = sum(row[table.index("amount")] for row in table.rows)
    assert written == paid == sum(batch.amount for batch in made), f"{table.name}: the files do not add up"
    assert sum(len(batch.rows) for batch in made) == len(table.rows), f"{table.name}: payments were lost"


_OURS = ("row-number", "project", "date")


def _source(table: Table, column: BankColumn) -> int | None:
    """Return which column of the payments a column of the layout comes from; None if it comes from none."""
    known = [c.name for c in table.columns]
    if column.shows in known:
        return table.index(column.shows)
    if column.shows in _OURS or not column.shows or column.optional:
        return None
    raise UserError(
        f"银行代发格式的“{column.heading}”要填 {column.shows}，代发表里没有这一栏。"
        f"有的是：{'、'.join((*_OURS, *known))}；可以没有的写上 optional = true。"
    )


def _cell(
    table: Table,
    layout: BankLayout,
    column: BankColumn,
    source: int | None,
    row: tuple[Value, ...],
    of: tuple[int, date],
) -> str:
    number, on = of
    if source is None:
        ours = {"row-number": str(number), "project": table.name, "date": f"{on:%Y%m%d}"}
        return _accepted(ours.get(column.shows, column.text), layout)
    kind, value = table.columns[source].kind, row[source]
    if kind is Kind.MONEY and value is not None:
        return amount(value, layout)
    return _accepted(shown.text(kind, value), layout)


def amount(fen: int, layout: BankLayout) -> str:
    """Write an amount as the bank reads it: 1234.50 without sign and thousands separator, or whole fen."""
    return str(fen) if layout.amount == "fen" else str(yuan(fen))


def _accepted(words: str, layout: BankLayout) -> str:
    """Return `words` on one line, with characters that the bank refuses replaced. The dot in a name stays as
    it was written."""
    words = " ".join(clean(words).split("\n"))
    for refused, instead in layout.replace.items():
        words = words.replace(refused, instead)
    return words


def lines(batch: Batch, layout: BankLayout, on: date) -> Iterator[tuple[str, ...]]:
    """Return everything that stands in the file, line by line."""
    summary = {
        "count": str(len(batch.rows)),
        "amount": amount(batch.amount, layout),
        "date": f"{on:%Y%m%d}",
        "project": _accepted(batch.project, layout),
        "blank": "",
    }
    total = tuple(summary[cell] for cell in layout.summary)
    if layout.summary_at == "first":
        yield total
    if layout.headings:
        yield tuple(column.heading for column in layout.columns)
    yield from batch.rows
    if layout.summary_at == "last":
        yield total


def encoded(batch: Batch, layout: BankLayout, on: date) -> bytes:
    """Return the bytes of a csv or txt file. Raises UserError if a payment cannot be written as the bank
    wants it."""
    end = "\r\n" if layout.line_end == "crlf" else "\n"
    text = StringIO()
    writer = csv.writer(
        text, delimiter=layout.separator, quoting=_QUOTING[layout.quoting], lineterminator=end
    )
    for line in lines(batch, layout, on):
        try:
            writer.writerow(line)
            "".join(line).encode(layout.encoding)
        except csv.Error:
            raise UserError(
                f"{batch.name}：“{_who(line, layout)}”一行里有分隔符“{layout.separator}”或引号，格式规定不加引号。"
                "请在格式文件的 replace 里写明换成什么，或把 quoting 改为 when-needed。"
            ) from None
        except UnicodeEncodeError as trouble:
            raise UserError(
                f"{batch.name}：“{_who(line, layout)}”里的“{trouble.object[trouble.start : trouble.end]}”"
                f"在 {layout.encoding} 编码里没有。请把格式文件的 encoding 改为 gb18030 或 utf-8，或在 replace 里写明换成什么。"
            ) from None
    return text.getvalue().encode(layout.encoding)


def _who(line: tuple[str, ...], layout: BankLayout) -> str:
    at = next(j for j, column in enumerate(layout.columns) if column.shows == "name")
    return line[at] if at < len(line) else ""


def _sheet(target: Path, batch: Batch, layout: BankLayout, on: date) -> None:
    """Write an xlsx file. Every cell is text, so that accounts keep their digits and amounts their two
    decimals."""
    with files.workspace() as folder:
        book = Workbook(str(target), {"tmpdir": folder})
        book.set_properties({"created": datetime(on.year, on.month, on.day)})
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        sheet.set_column(0, len(layout.columns) - 1, 20, text)
        for i, line in enumerate(lines(batch, layout, on)):
            for j, words in enumerate(line):
                if words:
                    sheet.write_string(i, j, words, text)
        pack(book)


def check_list(made: Sequence[Batch], paths: Sequence[Path], title: str, layout: BankLayout) -> Table:
    """Return the 核对单: each file with its count, its sum in figures and in words, and its SHA-256; totals
    below."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("project", "项目"),
        Column("file", "文件"),
        Column("count", "笔数", Kind.COUNT, total=True),
        Column("amount", "金额", Kind.MONEY, total=True),
        Column("words", "金额（大写）"),
        Column("sha256", "SHA-256", wide=True),
    )
    rows = [
        (
            number,
            batch.project,
            path.name,
            len(batch.rows),
            batch.amount,
            in_words(batch.amount),
            _digest(path),
        )
        for number, (batch, path) in enumerate(zip(made, paths, strict=True), 1)
    ]
    return Table(
        "核对单",
        f"{title}银行代发核对单",
        columns,
        rows,
        grand_total=True,
        unit="元",
        notes=(f"格式：{layout.title}。送银行前核对笔数、金额；文件改动一个字，SHA-256 就不同。",),
        signed=True,
    )


def added_up(payments: Sequence[Table], source: str = LISTED) -> str:
    """Say how everything that is due is divided: 花名册 257 笔 379,900.00 元 = 代发 255 笔 376,990.00 元 +
    无有效账户 2 笔 2,910.00 元."""
    paid = [row[table.index("amount")] for table in payments for row in table.rows]
    parts = {"代发": (len(paid), sum(paid))}
    for why, count, fen in (left_out for table in payments for left_out in table.besides):
        known = parts.get(why, (0, 0))
        parts[why] = (known[0] + count, known[1] + fen)
    whole = _said(source, *map(sum, zip(*parts.values(), strict=True)))
    return f"{whole} = {' + '.join(_said(what, *own) for what, own in parts.items())}"


def _said(what: str, count: int, fen: int) -> str:
    return f"{what} {count} 笔 {yuan(fen):,.2f} 元"


def _sums(payments: Sequence[Table], source: str) -> list[str]:
    """Say the same for each project, and for all together if there are several."""
    each = [f"{table.name}：{added_up([table], source)}" for table in payments]
    return [*each, f"合计：{added_up(payments, source)}"] if len(each) > 1 else each


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as trouble:
        raise UserError(
            f"{path} 写好后读不回来（{reason(trouble)}），没有写核对单，这批文件不要送银行。请检查磁盘后重新运行。"
        ) from trouble
