"""Gives the parser for each kind of column, and reads a whole column with it.

A clean cell gives its value, any other one Parsed or Undecided. Nothing is raised: a cell that cannot be read gives None
with a trouble that says why. The work for each kind is done in the other modules of this folder.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sanchuang_cli.domain.identity import is_valid
from sanchuang_cli.domain.words import EMPTY, NOTHING
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import NOT_WORKED_OUT, PICTURE, Cell, ErrorCell, Field
from sanchuang_cli.roster.cells import identities, names, numbers
from sanchuang_cli.roster.cells.dates import clean_day, date_parser
from sanchuang_cli.roster.cells.measures import measures, per
from sanchuang_cli.roster.cells.spells import spells
from sanchuang_cli.roster.cells.troubles import Parsed, Parser, unread

# In these kinds a word such as 无 is an answer and not a blank.
_WORDED = frozenset({Kind.TEXT, Kind.CHOICE, Kind.FLAG, Kind.STARS, Kind.IDENTITY})
_FORMULA_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z_]+(?:/0)?[!?])|Err:\d{3}", re.IGNORECASE)
"""Errors as Excel, WPS and LibreOffice write them. In text files they can be recognised only by their words."""
# No number, name or date is longer. A cell of 32,767 characters must not keep a pattern busy for seconds.
_LONG = 100
_LONGEST = {Kind.SPELLS: 1000, Kind.TEXT: 40_000}
_CLEAN: dict[Kind, Callable[[str], bool]] = {
    Kind.IDENTITY: is_valid,
    Kind.ACCOUNT: identities.is_card,
    Kind.PHONE: identities.is_mobile,
    Kind.NAME: names.is_common,
}
"""For kinds whose values seldom stand twice in a column: a quick test whether a text is clean and is its own value."""
_TWO_NUMBERS = re.compile(r"\d\s+\d")
"""Two numbers in a cell, one beside or below the other: together they are none."""
_ONE_NUMBER = {
    Kind.COUNT: "count.unreadable",
    Kind.SCORE: "score.unreadable",
    Kind.PERCENT: "percent.unreadable",
    Kind.MONEY: "money.unreadable",
}
"""By kinds of which a cell is one number, what is said of one that is not."""
_TOLD_APART = {str, type(None), date, datetime, time, timedelta}
"""Types whose values never equal a value of another type, so that they can share a dictionary. ErrorCell is not among them,
because it equals the same text; of the number types only one may be in the dictionary, because 1 equals True."""
_NUMBERS = {bool, int, float}


class Read(NamedTuple):
    """A column that was read. values: of each cell. cells, meant: the cells that may be odd, mostly without repetition, and
    what each was read as."""

    values: list[Any]
    cells: Sequence[Cell]
    meant: list[Any]


def column(field: Field, cells: Sequence[Cell], unit: str = "", date1904: bool = False) -> Read:
    """Reads the cells of a column. Equal cells are parsed only once, and cells that certainly are clean not at all."""
    parse = parser(field, cells, unit, date1904)
    clean = _CLEAN.get(field.kind)
    if clean is None:
        return _by_value(parse, cells)
    unsure = [at for at, cell in enumerate(cells) if type(cell) is not str or not clean(cell)]
    distinct = _by_value(parse, [cells[at] for at in unsure])
    values = list(cells)
    for at, value in zip(unsure, distinct.values, strict=True):
        values[at] = value
    return distinct._replace(values=values)


def _by_value(parse: Parser, cells: Sequence[Cell]) -> Read:
    """Reads the cells, equal ones only once. If cells of different types may be equal, each type is kept apart."""
    types = set(map(type, cells))
    if types <= _TOLD_APART or (len(types & _NUMBERS) == 1 and types <= _TOLD_APART | _NUMBERS):
        meant = {cell: parse(cell) for cell in set(cells)}
        same = all(value is cell for cell, value in meant.items())
        values = list(cells) if same else list(map(meant.__getitem__, cells))
        return Read(values, list(meant), list(meant.values()))
    values = list(map(lru_cache(maxsize=None, typed=True)(parse), cells))
    return Read(values, cells, values)


def parser(field: Field, column: Sequence[Cell] = (), unit: str = "", date1904: bool = False) -> Parser:
    """The parser for the cells of one column. column: its cells, for comparison. unit: of
    counts and money without one."""
    longest = _LONGEST.get(field.kind, _LONG)
    by_kind = _by_kind(field, column, unit, date1904)
    # Who has no number is not known by one; but nobody need have a spouse.
    answers = field.required or field.kind is not Kind.IDENTITY
    blanks = EMPTY if field.kind in _WORDED and answers else NOTHING | field.none
    blank = unread("identity.blank" if field.kind is Kind.IDENTITY else "cell.blank", "没有填写")
    of_blank = blank if field.required else None
    no_number = _ONE_NUMBER.get(field.kind, "")
    quick = clean_day if field.kind is Kind.DATE else None

    def parsed(cell: Cell) -> Any:
        if quick and type(cell) is str and (value := quick(cell)):
            return value
        if isinstance(cell, str):
            if cell.strip() in blanks:
                return of_blank
            if isinstance(cell, ErrorCell) or (cell[0] in "#eE" and _FORMULA_ERROR.fullmatch(cell.strip())):
                return _without_result(cell)
            if len(cell) > longest:
                return unread("cell.too-long", f"长达 {len(cell)} 个字")
            if no_number and _TWO_NUMBERS.search(cell.strip()):
                return unread(no_number, "像是写了两个数")
        elif cell is None:
            return of_blank
        value = by_kind(cell)
        return of_blank if value is None else value

    return parsed


def _without_result(cell: str) -> Parsed:
    """The trouble of a cell that holds an error, a picture, or a formula that was not worked out."""
    if isinstance(cell, ErrorCell) and cell == PICTURE:
        return unread("cell.picture", "，没有文字")
    if isinstance(cell, ErrorCell) and cell == NOT_WORKED_OUT:
        return unread("cell.formula-not-worked-out", "")
    return unread("cell.formula-error", "是公式出错的结果")


def _by_kind(field: Field, column: Sequence[Cell], unit: str, date1904: bool) -> Parser:
    """The parser for filled cells of a field's kind."""
    match field.kind:
        case Kind.TEXT:
            return names.text
        case Kind.NAME:
            return partial(names.name, one=field.heading == "姓名")
        case Kind.CHOICE:
            return names.choice_parser(field.choices)
        case Kind.FLAG:
            return names.flag_parser(field.choices)
        case Kind.COUNT:
            return numbers.count_parser(measures(field.heading), unit)
        case Kind.STARS:
            return numbers.stars_parser(field.maximum)
        case Kind.SCORE:
            return numbers.score_parser(field.maximum)
        case Kind.PERCENT:
            return numbers.percent_parser(column, "年" in field.heading)
        case Kind.MONEY:
            return numbers.money_parser(unit, per(field.heading, words=True) or per(field.note))
        case Kind.DATE:
            return date_parser(column, date1904, field.heading)
        case Kind.IDENTITY:
            return identities.identity_part if field.partial else identities.identity_number
        case Kind.ACCOUNT:
            return identities.account
        case Kind.PHONE:
            return identities.phone
        case Kind.SPELLS:
            return spells
