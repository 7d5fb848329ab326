"""A programme's sample many times over, to measure with: `python -m bench.multiplied PROGRAMME ROWS FOLDER [BOOKS]`.

Each copy of the sample is a county of its own beside the others: the same cells, so that everything in the policy is met as
often as in the sample, but with other townships, villages, branches, people, numbers and accounts. What is about none of
them (money to be given, days of a hospital) is there once. Nobody in it is real: the sample's people have numbers under an
address code that was never assigned (230299), all others under codes of a prefecture that never was (2398, 2399).
It prints how many rows a run reads from the books, and the words of that run.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from itertools import chain, product
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter
from msgspec.structs import replace
from openpyxl import load_workbook

from bench.county import SURNAMES
from bench.floor import FloorSheet
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Begun, ReadBooks, begun, given_books, wanted
from sanchuang_cli.domain.identity import check_digit, is_luhn, luhn_digit, upgraded
from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes import ListedProgramme, listed
from sanchuang_cli.record import Field, Row, Wanted, shown

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
DAY = date(2026, 11, 28)
"""The day on which everything is judged, so that a bench of another day has the same to do."""
PLACES, NUMBERED = ("township", "village", "branch", "unit"), ("ticket", "loan_number", "voucher")
"""Columns of text that name a place or a body, and those that tell papers apart."""
_MARKS = ("", *map("".join, product("东南西北上下前后新老高长红金玉青白清柳松", repeat=3)))
"""What stands before the places of each copy; nothing before those of the first, which is the sample."""
_FIRST_CODE = 239_800
"""Of two hundred codes, each for a hundred people of one birth and sex."""
_LAST_ROW = 1_048_576
_ROUNDED = 10**15
"""A number so large has lost digits in the sample, and must lose them in a copy."""
Renames = Callable[[str, int], str]


@dataclass(frozen=True)
class Line:
    """A row of the sample. place: its township and village. cells: as they stand, or in pieces: text that stays, and the
    number of a word that each copy has in its own way. changes: whether that stands in a column that is read."""

    place: tuple[str, str]
    cells: tuple[Any, ...]
    changes: bool

    def of(self, words: Sequence[str]) -> list[Any]:
        """The row of a copy that has these words."""
        return [
            "".join(words[piece] if isinstance(piece, int) else piece for piece in cell)
            if isinstance(cell, list)
            else cell
            for cell in self.cells
        ]


@dataclass(frozen=True)
class Page:
    """A sheet of the sample. above: its rows down to the headings. merged: what is merged among them. each: rows that every
    copy has. once: rows that are about nobody."""

    name: str
    above: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    each: list[Line]
    once: list[Line]


@dataclass(frozen=True)
class Sample:
    """words: what a copy has in its own way, and how."""

    pages: list[Page]
    words: Mapping[str, Renames]

    @property
    def rows(self) -> int:
        """How many rows every copy has."""
        return sum(len(page.each) for page in self.pages)

    @property
    def towns(self) -> list[tuple[str, str]]:
        """Townships with their villages, in the order of the sheets."""
        return list(dict.fromkeys(line.place for page in self.pages for line in page.each if line.place[0]))


def path(entry: ListedProgramme) -> Path:
    """The sample of a programme: called after it, or after the roster that it shares with others."""
    own = SAMPLES / f"{entry.name}.xlsx"
    return own if own.exists() else SAMPLES / f"{entry.roster}.xlsx"


def words_for(entry: ListedProgramme) -> tuple[str, ...]:
    """The period and the day of judgement as the command line takes them."""
    period = entry.load().default_period(DAY)
    return "--period", str(period), "--on", str(min(max(DAY, period.first), period.last))


@cache
def sample(name: str) -> Sample:
    """Read a programme's sample as the programme itself does."""
    entry = listed(name)
    asked = Asked(books=[str(path(entry))], quiet=True)
    start = begun(entry, asked)
    given, rosters = given_books(start, asked), wanted(start)
    words = _words(start, given)
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    numbers = {word: number for number, word in enumerate(words)}
    lines: dict[str, dict[int, Line]] = {}
    book = load_workbook(path(entry))
    for title, roster in given.rosters.items():
        named = _named(rosters[title])
        town, village = "", ""
        for row, record in _rows(roster):
            town = getattr(record, "township", row.written("township")) or town
            village = getattr(record, "village", row.written("village"))
            formats = [cell.number_format for cell in book[row.source.sheet][row.number]]
            whole = replace(row, cells=tuple(map(_written_out, row.cells, formats)))
            cells = _in_pieces(whole, named, pattern, numbers, town)
            own = any(
                isinstance(cells[at - 1], list) for at, _ in row.source.columns.values() if at <= len(cells)
            )
            lines.setdefault(row.source.sheet, {})[row.number] = Line((town, village), cells, own)
    return Sample(list(_pages(path(entry), lines)), words)


def _written_out(cell: Any, number_format: str) -> Any:
    """A cell as text where its format shows something else than its value would, for a copy keeps no formats: 98.2%,
    1965.10, 1965-09."""
    if isinstance(cell, float) and number_format == "0.00":
        return f"{cell:.2f}"
    if isinstance(cell, float) and "%" in number_format:
        return f"{Decimal(str(cell)) * 100}%"
    return f"{cell:%Y-%m}" if isinstance(cell, date) and number_format == "yyyy-mm" else cell


def _rows(roster: Any) -> Iterator[tuple[Row, Any]]:
    """Every row that was read, in the order of the sheets, with the record that it became."""
    read = [(record.row, record) for record in roster.records]
    read += [(row, None) for row in roster.set_aside]
    yield from sorted(read, key=lambda pair: pair[0].line)


def _named(roster: Wanted[Any]) -> dict[str, Field]:
    """The columns that say whom or what a row is about."""
    keys = set(chain.from_iterable(roster.keys))
    return {
        one.name: one
        for one in roster.fields
        if one.kind in (Kind.NAME, Kind.IDENTITY, Kind.ACCOUNT)
        or (
            one.kind is Kind.TEXT
            and (one.name in PLACES + NUMBERED or (one.name == "name" and "name" in keys))
        )
    }


def _words(start: Begun, given: ReadBooks) -> dict[str, Renames]:
    """What a copy has in its own way. What is the name of a person is none of a place."""
    found: dict[Kind, dict[str, None]] = {kind: {} for kind in Kind}
    numbered: dict[str, None] = {}
    for title, roster in given.rosters.items():
        fields = _named(wanted(start)[title])
        for row, _ in _rows(roster):
            for name, one in fields.items():
                kind = Kind.NAME if name == "name" and "identity" in fields else one.kind
                kept = numbered if name in NUMBERED else found[kind]
                if text := _text(row, name):
                    kept[text] = None
    people = partial(_identity, {})
    return {
        **dict.fromkeys(found[Kind.TEXT], _place),
        **dict.fromkeys(numbered, _paper),
        **dict.fromkeys(found[Kind.NAME], _person),
        **dict.fromkeys(found[Kind.ACCOUNT], _account),
        **dict.fromkeys(found[Kind.IDENTITY], people),
    }


def _text(row: Row, name: str) -> str:
    column = row.source.columns.get(name, (0, ""))[0]
    return shown(row.cells[column - 1]) if 0 < column <= len(row.cells) else ""


def _in_pieces(
    row: Row, named: Mapping[str, Field], pattern: re.Pattern[str], numbers: Mapping[str, int], town: str
) -> tuple[Any, ...]:
    cells = list(row.cells)
    for name in named:
        column = row.source.columns.get(name, (0, ""))[0]
        if 0 < column <= len(cells) and not (
            isinstance(cells[column - 1], float) and cells[column - 1] >= _ROUNDED
        ):
            cells[column - 1] = _text(row, name) or (town if name == "township" else "")
    return tuple(
        [numbers.get(piece, piece) for piece in _split(cell, pattern)]
        if isinstance(cell, str) and pattern.search(cell)
        else cell
        for cell in cells
    )


def _split(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    at = 0
    for match in pattern.finditer(text):
        yield text[at : match.start()]
        yield match[0]
        at = match.end()
    yield text[at:]


def _pages(book: Path, lines: Mapping[str, Mapping[int, Line]]) -> Iterator[Page]:
    opened = python_calamine.CalamineWorkbook.from_path(str(book))
    for name in opened.sheet_names:
        sheet = opened.get_sheet_by_name(name)
        own = lines.get(name, {})
        first = min(own, default=sheet.total_height + 1)
        above = sheet.to_python(skip_empty_area=False)[: first - 1]
        merged = [one for one in sheet.merged_cell_ranges or () if one[1][0] < first - 1]
        each = [line for _, line in sorted(own.items()) if line.changes]
        once = [line for _, line in sorted(own.items()) if not line.changes]
        yield Page(name, above, merged, each, once)


def _place(word: str, copy: int) -> str:
    return _MARKS[copy] + word


def _person(word: str, copy: int) -> str:
    """The same given name under another surname."""
    at = SURNAMES.find(word[0])
    return word if at < 0 else SURNAMES[(at + copy) % len(SURNAMES)] + word[1:]


def _paper(word: str, copy: int) -> str:
    return f"{word}-{copy}" if copy else word


def _account(word: str, copy: int) -> str:
    """The same bank and length; right where the sample's is right."""
    digits = re.sub(r"[^\dXx]", "", word)
    if not copy or len(digits) < 12 or not digits.isdecimal():
        return word
    middle = f"{(int(digits[6:-1]) + copy * 7919) % 10 ** (len(digits) - 7):0{len(digits) - 7}}"
    right = luhn_digit(digits[:6] + middle)
    last = right if is_luhn(digits) else str((int(right) + 1) % 10)
    return _as_written(word, digits[:6] + middle + last)


def _identity(known: dict[tuple[str, str], dict[tuple[str, int], int]], word: str, copy: int) -> str:
    """Somebody else of the same birth and sex; wrong where the sample's is wrong. known: who has been given a number, by
    birth and sex."""
    own = re.sub(r"[^\dXx]", "", word).upper()
    number = upgraded(own) if len(own) == 15 else own
    if not copy or not number or len(number) != 18:
        return word
    alike = known.setdefault((number[6:14], number[16]), {})
    which = alike.setdefault((number, copy), len(alike))
    body = f"{_FIRST_CODE + which // 100}{number[6:14]}{which % 100:02}{number[16]}"
    last = (
        check_digit(body) if check_digit(number) == number[17] else "0" if check_digit(body) != "0" else "1"
    )
    new = body + last
    return _as_written(word, new if len(own) == 18 else new[:6] + new[8:17])


def _as_written(word: str, new: str) -> str:
    """With the blanks and words beside the old one."""
    rest = iter(new)
    return re.sub(r"[\dXx]", lambda _: next(rest), word)


def copies(name: str, rows: int) -> int:
    """How many copies of a sample come nearest to so many rows."""
    return max(1, round(rows / sample(name).rows))


def rows_read(name: str, rows: int) -> int:
    """How many rows a programme reads from them."""
    return copies(name, rows) * sample(name).rows + sum(len(page.once) for page in sample(name).pages)


def write(name: str, rows: int, folder: Path, books: int = 1) -> None:
    """Write about so many rows as one book, or as several, each of which has the rows of its own townships."""
    folder.mkdir(parents=True, exist_ok=True)
    made = sample(name)
    many = copies(name, rows)
    book_of = _shared_out(made, many, books)
    looks = {str: "@", float: "General", date: "yyyy-mm-dd"}
    for number in range(books):
        book = xlsxwriter.Workbook(str(folder / f"{number + 1:02}.xlsx"))
        formats = {kind: book.add_format({"border": 1, "num_format": code}) for kind, code in looks.items()}
        for page in made.pages:
            height = sum(1 for _ in _body(made, page, many, book_of, number))
            if height or (number == 0 and not page.each):
                assert len(page.above) + height <= _LAST_ROW, (
                    f"{name}: {height} rows are too many for a sheet"
                )
                sheet = book.add_worksheet(page.name, worksheet_class=FloorSheet)
                for (top, left), (bottom, right) in page.merged:
                    sheet.merge_range(top, left, bottom, right, "")
                body = chain(page.above, _body(made, page, many, book_of, number))
                width = max(map(len, (*page.above, *(line.cells for line in page.each[:1]))))
                sheet.fill(body, len(page.above) + height, width, formats)
        book.close()


def _shared_out(made: Sample, many: int, books: int) -> Callable[[tuple[str, str], int], int]:
    """Which book has the rows of a place of a copy: as many townships for each; villages, where townships are too few."""
    townships = list(dict.fromkeys(town for town, _ in made.towns))
    by_village = many * len(townships) < books
    places = made.towns if by_village else [(town, "") for town in townships]
    number = {place: at for at, place in enumerate(places)}

    def book_of(place: tuple[str, str], copy: int) -> int:
        at = number.get(place if by_village else (place[0], ""), 0)
        return (copy * len(places) + at) * books // (many * len(places))

    return book_of


def _body(
    made: Sample, page: Page, many: int, book_of: Callable[[tuple[str, str], int], int], book: int
) -> Iterator[list[Any]]:
    if book == 0:
        words = list(made.words)
        yield from (line.of(words) for line in page.once)
    for copy in range(many):
        here = [line for line in page.each if book_of(line.place, copy) == book]
        if here:
            words = [rename(word, copy) for word, rename in made.words.items()]
            yield from (line.of(words) for line in here)


def main(name: str, rows: str, folder: str, books: str = "1") -> None:
    write(name, int(rows), Path(folder), int(books))
    print(rows_read(name, int(rows)), *words_for(listed(name)))


if __name__ == "__main__":
    main(*sys.argv[1:])
