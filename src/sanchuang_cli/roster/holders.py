"""户名 beside 姓名: whose account it is. One that is somebody else's is not used, and the row says so by both names."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sanchuang_cli.domain.words import NOTHING
from sanchuang_cli.record import Cell, shown
from sanchuang_cli.roster.cells.names import name
from sanchuang_cli.roster.cells.troubles import Parsed, Trouble
from sanchuang_cli.roster.columns.headings import key, parts
from sanchuang_cli.roster.columns.matching import Matching

_HOLDER = re.compile(
    r"(?:银行|存折|社保卡|一卡通|银行卡|收款|发放|代发)*"
    r"(?:(?:账户|帐户|账号|帐号|卡|卡片)?户名(?:称)?|(?:账户|帐户|账号|帐号)(?:名|名称|姓名|户主|所有人|持有人)"
    r"|开户(?:名|名称|人|姓名|人姓名)|(?:持卡人|存款人|储户|卡主)(?:姓名)?|收款账号名称)"
)
_SAME = frozenset({"本人", "自己", "同姓名", "同左"})
PERSON = "姓名"
"""The heading of the field that says who a row is about."""


def columns(headings: Sequence[str], matching: Matching) -> list[int]:
    """The columns of holders that no field took, in a table that says who each row is about."""
    if not any(found.field.heading == PERSON for found in matching.matches.values()):
        return []
    taken = {found.column for found in matching.matches.values()}
    return [
        at
        for at, one in enumerate(headings)
        if one and at not in taken and _HOLDER.fullmatch(key(parts(one)[-1]))
    ]


def own_values(
    values: Sequence[Any],
    at: Sequence[int],
    matching: Matching,
    cells_of: Callable[[int], Sequence[Cell]],
) -> tuple[list[Any], list[tuple[int, Trouble]]]:
    """The accounts of a column without those whose holder is not the row's person; and by row, why. at: the columns of
    holders. cells_of: of a column."""
    person = next(found.column for found in matching.matches.values() if found.field.heading == PERSON)
    persons, found, troubles = cells_of(person), list(values), []
    for holders in map(cells_of, at):
        for row, (holder, own) in enumerate(zip(holders, persons, strict=True)):
            if holder == own or found[row] is None or _is_own(holder, own):
                continue
            found[row] = None
            told = f"户名是“{shown(holder)}”，不是“{shown(own)}”，没有用"
            troubles.append((row, Trouble("account.holder", told)))
    return found, troubles


def _is_own(holder: Cell, own: Cell) -> bool:
    said = _plain(holder)
    return said in NOTHING or said in _SAME or said == _plain(own)


def _plain(cell: Cell) -> str:
    """A name as it is compared: as it is read, else as written."""
    read = name(cell)
    value = read.value if isinstance(read, Parsed) else read
    return value if isinstance(value, str) else "".join(shown(cell).split())
