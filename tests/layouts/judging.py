"""A layout read as its programme reads it, and held against its truth.

Exact: all the true records and no other, each field equal, and every column without a heading told. What differs must
not be silent: a warning or an error names the row, the column, or the table; or the book is refused by its name.
"""

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, Severity, UserError, column_letters
from sanchuang_cli.policy import load, source
from sanchuang_cli.programme import PREVIOUS, SCREEN
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import Record, Wanted
from sanchuang_cli.roster.read import ReadRosters, read
from tests.layouts.draft import Expected
from tests.layouts.grid import Cell, write
from tests.layouts.layout import Layout

NOT_READ = "没有读"
"""What a finding says of a table that was passed over; it stands at the table's first cell or at its title."""
BLANKS: tuple[Any, ...] = ("", None, ())


@dataclass(frozen=True)
class Difference:
    """What is not as it should be. sheet, row, columns: where; columns from 1, none: the row. head: rows of the head."""

    what: str
    sheet: str
    row: int
    columns: frozenset[int] = frozenset()
    head: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Verdict:
    """differences: none when the reading is exact. silent: those of them that nothing warns of. refused: the message."""

    differences: tuple[Difference, ...]
    silent: tuple[Difference, ...]
    refused: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def exact(self) -> bool:
        return not self.differences


@cache
def wanted(programme: str) -> Mapping[str, Wanted[Any]]:
    """What a programme reads in the books of a run, with the columns of its policy."""
    loaded = next(one for one in PROGRAMMES if one.name == programme).load()
    edition = load(loaded.policy, *source(programme, None)).editions[-1]
    columns = loaded.policy_columns(edition)
    return {
        name: replace(one, more=columns.get(name, ()))
        for name, one in loaded.reads.items()
        if name not in (PREVIOUS, SCREEN)
    }


def judged(layout: Layout, folder: Path) -> Verdict:
    """Write the layout's book into `folder`, read it and compare."""
    path = folder / f"花名册-{layout.seed}.xlsx"
    write(path, layout.grids)
    try:
        reading = read([path], wanted(layout.programme))
    except UserError as refused:
        return _refused(layout, str(refused), path.name)
    except Exception:
        crashed = Difference(f"崩溃\n{traceback.format_exc()}", layout.grids[0].name, 0)
        return Verdict((crashed,), (crashed,))
    finally:
        path.unlink()
    return compared(layout, reading)


def compared(layout: Layout, reading: ReadRosters) -> Verdict:
    truth, roster = layout.truth, reading.rosters[layout.roster]
    loud = [f for f in reading.findings if f.severity is not Severity.NOTE]
    expected = {(e.sheet, e.row, e.key): e for e in (*truth.records, *truth.other)}
    got = {(r.row.source.sheet, r.row.number, _key(layout, r)): r for r in roster.records}
    differences: list[Difference] = []
    for at, one in expected.items():
        if at not in got:
            who = frozenset(one.at[name] for name in one.at if name in ("name", "identity"))
            if one in truth.other and _named(loud, one):
                continue
            differences.append(Difference(f"少 {at}", one.sheet, one.row, who, one.head))
        else:
            differences += _fields(one, got[at], reading.findings)
    for at in got.keys() - expected.keys():
        differences.append(Difference(f"多 {at}", at[0], at[1]))
    if len(roster.records) != len(got):
        differences.append(Difference("同一条读了两次", "", 0))
    for other, read_too in reading.rosters.items():
        if other != layout.roster and (read_too.records or read_too.set_aside):
            differences.append(Difference(f"当作{other}读了", layout.grids[0].name, 0))
    differences += _untold(layout, reading.findings)
    silent = tuple(each for each in differences if not any(covers(f, each) for f in loud))
    return Verdict(tuple(differences), silent, findings=tuple(reading.findings))


def _key(layout: Layout, record: Record) -> str:
    return str(getattr(record, "identity" if layout.programme == "subsidies" else "name"))


def _fields(one: Expected, record: Record, findings: Sequence[Finding]) -> list[Difference]:
    """Fields that differ; a loose one may be blank when a finding names its row or its column."""
    found = []
    for name, value in one.fields.items():
        read_as = record.more.get(name[5:]) if name.startswith("more:") else getattr(record, name)
        if read_as == value or (read_as in BLANKS and value in BLANKS):
            continue
        difference = Difference(
            f"第{one.row}行 {name}：应为 {value!r}，读作 {read_as!r}",
            one.sheet,
            one.row,
            frozenset({one.at[name]}),
            one.head,
        )
        if not (name in one.loose and read_as in BLANKS and any(covers(f, difference) for f in findings)):
            found.append(difference)
    return found


def _untold(layout: Layout, findings: Sequence[Finding]) -> list[Difference]:
    """Columns with content, without a heading or with an odd one, that no finding names."""
    return [
        Difference(
            f"{column_letters(column)}列“{heading or ''}”有内容而没有采用，没有说",
            sheet,
            0,
            frozenset({column}),
        )
        for sheet, column, heading in layout.truth.told
        if not any(f.place.sheet in (sheet, "") and _names(f, column, heading) for f in findings)
    ]


def _names(finding: Finding, column: int, heading: Cell) -> bool:
    if _names_column(finding, column):
        return True
    ways = [f"{heading}"] if heading is not None else []
    if isinstance(heading, date):
        ways += [f"{heading.year}/{heading.month}/{heading.day}", f"{heading.year}年{heading.month}月"]
    return any(way in finding.message for way in ways)


def _named(loud: Iterable[Finding], one: Expected) -> bool:
    """Whether a warning names the columns of a second block."""
    columns = set(one.at.values())
    return any(f.place.sheet == one.sheet and any(_names_column(f, c) for c in columns) for f in loud)


def covers(finding: Finding, difference: Difference) -> bool:
    """Whether a finding tells a clerk where to look: the sheet, the head's row, the row, or the column."""
    place = finding.place
    if place.sheet and difference.sheet and place.sheet != difference.sheet:
        return False
    if difference.columns and any(_names_column(finding, column) for column in difference.columns):
        return True
    if place.row == 0 and place.column == 0:
        return bool(_LACKING.search(finding.message)) and not _columns_named(finding)
    if difference.row and difference.row in _rows_named(finding):
        return True
    if NOT_READ in finding.message and 0 < place.row <= difference.head[1]:
        return True
    return place.column == 0 and difference.head[0] <= place.row <= difference.head[1] and place.row > 0


def _names_column(finding: Finding, column: int) -> bool:
    return finding.place.column == column or column_letters(column) in _columns_named(finding)


_LACKING = re.compile("没有|不读|未读|缺|看不出|分不清")
"""What a finding on a whole sheet says when something is amiss, not merely hidden or long."""
_ROWS = re.compile(r"第?\s*((?:\d+\s*(?:行)?\s*[、,，至到—–\-~～和]\s*(?:第\s*)?)*\d+)\s*行")
_COLUMNS = re.compile(r"((?:[A-Z]{1,3}\s*[、,，至到—–\-~～和:：]\s*)*[A-Z]{1,3})\s*列")


@cache
def _message_rows(message: str) -> frozenset[int]:
    rows: set[int] = set()
    for found in _ROWS.findall(message):
        numbers = [int(n) for n in re.findall(r"\d+", found)]
        if re.search(r"[至到—–\-~～]", found) and len(numbers) == 2:
            rows |= set(range(numbers[0], numbers[1] + 1))
        rows |= set(numbers)
    return frozenset(rows)


def _rows_named(finding: Finding) -> set[int]:
    return {finding.place.row, *_message_rows(finding.message)} - {0}


@cache
def _message_columns(message: str) -> frozenset[str]:
    letters: set[str] = set()
    for found in _COLUMNS.findall(message):
        names = re.findall(r"[A-Z]{1,3}", found)
        if re.search(r"[至到—–\-~～:：]", found) and len(names) == 2:
            first, last = map(_number, names)
            letters |= {column_letters(n) for n in range(first, last + 1)}
        letters |= set(names)
    return frozenset(letters)


def _columns_named(finding: Finding) -> frozenset[str]:
    return _message_columns(finding.message)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


EMPTY = ("空白表", "没有人", "没有数据", "一行数据也没有", "空白名册")
"""What a refusal may say of a roster that nobody has filled in."""


def _refused(layout: Layout, message: str, book: str) -> Verdict:
    truth = layout.truth
    if not truth.records and not truth.other and any(word in message for word in EMPTY):
        return Verdict((), (), message)
    second = {column_letters(c) for one in truth.other for c in one.at.values()}
    if second & _message_columns(message) and book in message:
        return Verdict((), (), message)
    whole = Difference(f"不读：{message}", layout.grids[0].name, 0)
    return Verdict((whole,), () if book in message else (whole,), message)
