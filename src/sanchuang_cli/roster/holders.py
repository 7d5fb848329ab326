"""Checks the column 户名 beside 姓名: an account that belongs to somebody else is not used, and a finding gives both names.

Works on the cells of one table that were already read; changes the accounts only.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sanchuang_cli.domain.words import NOTHING
from sanchuang_cli.record import Cell, shown
from sanchuang_cli.roster.cells.names import name
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed
from sanchuang_cli.roster.columns.headings import key, parts
from sanchuang_cli.roster.columns.matching import Matching

_HOLDER = re.compile(
    r"(?:银行|存折|社保卡|一卡通|银行卡|收款|发放|代发)*"
    r"(?:(?:账户|帐户|账号|帐号|卡|卡片)?户名(?:称)?|(?:账户|帐户|账号|帐号)(?:名|名称|姓名|户主|所有人|持有人)"
    r"|开户(?:名|名称|人|姓名|人姓名)|(?:持卡人|存款人|储户|卡主)(?:姓名)?|收款账号名称)"
)
_SAME = frozenset({"本人", "自己", "同姓名", "同左"})
PERSON = "姓名"
"""The heading of the field that says who the row is about."""


def columns(headings: Sequence[str], matching: Matching) -> list[int]:
    """The columns of account holders that no field took; none in a table without 姓名, where nothing can be compared."""
    if not any(match.field.heading == PERSON for match in matching.matches.values()):
        return []
    taken = {match.column for match in matching.matches.values()}
    return [
        at
        for at, heading in enumerate(headings)
        if heading and at not in taken and _HOLDER.fullmatch(key(parts(heading)[-1]))
    ]


def own_values(
    values: Sequence[Any],
    at: Sequence[int],
    matching: Matching,
    cells_of: Callable[[int], Sequence[Cell]],
) -> tuple[list[Any], list[tuple[int, CellTrouble]]]:
    """The accounts of a column without those of other people, and the trouble of each such row.

    at: the columns of holders. cells_of: gives the cells of a column by its index.
    """
    person = next(match.column for match in matching.matches.values() if match.field.heading == PERSON)
    persons, usable, troubles = cells_of(person), list(values), []
    for holders in map(cells_of, at):
        for row, (holder, person_name) in enumerate(zip(holders, persons, strict=True)):
            if holder == person_name or usable[row] is None or _is_own(holder, person_name):
                continue
            usable[row] = None
            reason = f"户名是“{shown(holder)}”，不是“{shown(person_name)}”，没有用"
            troubles.append((row, CellTrouble("account.holder", reason)))
    return usable, troubles


def _is_own(holder: Cell, person_name: Cell) -> bool:
    plain_holder = _plain(holder)
    return plain_holder in NOTHING or plain_holder in _SAME or plain_holder == _plain(person_name)


def _plain(cell: Cell) -> str:
    """A name in the form in which names are compared: as it was read, or as written if it cannot be read."""
    read = name(cell)
    value = read.value if isinstance(read, Parsed) else read
    return value if isinstance(value, str) else "".join(shown(cell).split())
