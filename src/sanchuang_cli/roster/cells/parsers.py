"""One parser for each kind of column: a clean cell gives its value at once, any other Parsed or Undecided.

Nothing is raised and nothing lost: what cannot be read is None with a trouble.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sanchuang_cli.domain.words import EMPTY, NOTHING
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import NOT_WORKED_OUT, PICTURE, Cell, ErrorCell, Field
from sanchuang_cli.roster.cells import identities, names, numbers
from sanchuang_cli.roster.cells.dates import date_parser
from sanchuang_cli.roster.cells.spells import spells
from sanchuang_cli.roster.cells.troubles import Parser, unread

# In these a word for "none" is an answer.
_WORDED = frozenset({Kind.TEXT, Kind.CHOICE, Kind.FLAG, Kind.STARS, Kind.IDENTITY})
_FORMULA_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z_]+(?:/0)?[!?])|Err:\d{3}", re.IGNORECASE)
"""As Excel, WPS and LibreOffice write them; in text files nothing else tells them from words."""
# No number, name or date is longer; a cell of 32,767 characters must not keep a pattern busy for seconds.
_LONG = 100
_LONGEST = {Kind.SPELLS: 1000, Kind.TEXT: 40_000}
# Where one value seldom stands twice, remembering cells costs more than it saves.
_MOSTLY_UNIQUE = frozenset({Kind.IDENTITY, Kind.ACCOUNT, Kind.PHONE, Kind.NAME})


def parser(field: Field, column: Sequence[Cell] = (), unit: str = "", date1904: bool = False) -> Parser:
    """The parser of one column. `column`: its cells, for what only the neighbours can tell. `unit`: of its money."""
    longest = _LONGEST.get(field.kind, _LONG)
    by_kind = _by_kind(field, column, unit, date1904)
    blanks = EMPTY if field.kind in _WORDED else NOTHING
    blank = unread("identity.blank" if field.kind is Kind.IDENTITY else "cell.blank", "没有填写")
    of_blank = blank if field.required else None

    def parsed(cell: Cell) -> Any:
        if isinstance(cell, str):
            if cell.strip() in blanks:
                return of_blank
            if isinstance(cell, ErrorCell) and cell == PICTURE:
                return unread("cell.picture", "，没有文字")
            if isinstance(cell, ErrorCell) and cell == NOT_WORKED_OUT:
                return unread("cell.formula-not-worked-out", "")
            if isinstance(cell, ErrorCell) or (cell[0] in "#eE" and _FORMULA_ERROR.fullmatch(cell.strip())):
                return unread("cell.formula-error", "是公式出错的结果")
            if len(cell) > longest:
                return unread("cell.too-long", f"长达 {len(cell)} 个字")
        elif cell is None:
            return of_blank
        value = by_kind(cell)
        return of_blank if value is None else value

    return parsed if field.kind in _MOSTLY_UNIQUE else lru_cache(maxsize=None, typed=True)(parsed)


def _by_kind(field: Field, column: Sequence[Cell], unit: str, date1904: bool) -> Parser:
    match field.kind:
        case Kind.TEXT:
            return names.text
        case Kind.NAME:
            return names.name
        case Kind.CHOICE:
            return names.choice_parser(field.choices)
        case Kind.FLAG:
            return names.flag
        case Kind.COUNT:
            return numbers.count
        case Kind.STARS:
            return numbers.stars
        case Kind.SCORE:
            return numbers.score_parser(field.maximum)
        case Kind.PERCENT:
            return numbers.percent_parser(column)
        case Kind.MONEY:
            return numbers.money_parser(unit)
        case Kind.DATE:
            return date_parser(column, date1904)
        case Kind.IDENTITY:
            return identities.identity_part if field.partial else identities.identity_number
        case Kind.ACCOUNT:
            return identities.account
        case Kind.PHONE:
            return identities.phone
        case Kind.SPELLS:
            return spells
