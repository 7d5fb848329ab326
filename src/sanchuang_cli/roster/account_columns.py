"""Decides which account counts when a table has several columns of bank accounts. Works on cells already read.

Money goes to 现银行账号 or 变更后账号, and never to 原账号 or 已注销账号. An account for another purpose (养老金账号), or one
of two that may both be meant, is never chosen. A warning names every column that was not read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Field
from sanchuang_cli.roster.cells.identities import account
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, quoted
from sanchuang_cli.roster.columns.headings import key
from sanchuang_cli.roster.columns.matching import Match, Matching

_ACCOUNT = re.compile(r"账号|帐号|卡号|存折号|账户号|一卡通号")
_OLDER = re.compile(r"原|旧|变更前|更换前|更正前|换卡前|注销|停用|作废|失效|销户|曾用|以前")
_CLOSED = re.compile(r"注销|停用|作废|失效|销户")
_NEWER = re.compile(r"现|新|变更后|更换后|更正后|更改后|换卡后|目前")
_OTHER_PURPOSE = re.compile(r"养老|社保|医保|低保|工资|公积金|水费|电费|配偶|子女|代领|监护|家属")
Columns = Sequence[tuple[str, Sequence[Cell]]]
"""Some columns of a table: the heading of each, and the cells of the data rows."""
_SURE = 0.9
"""The confidence in a column that is taken because it is the only possible one, although its heading is on no list."""


@dataclass(frozen=True)
class Accounts:
    """The columns of a table that hold accounts and that no field took: the index and heading of each."""

    newer: tuple[tuple[int, str], ...]
    older: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]

    @classmethod
    def among(cls, columns: Sequence[tuple[int, str]]) -> "Accounts":
        """The account columns among the given ones, sorted by the words in their headings.

        Words for old accounts are looked for first, because a column with both kinds of words must not get money.
        """
        held = [(at, heading) for at, heading in columns if _ACCOUNT.search(key(heading))]
        older = [column for column in held if _OLDER.search(key(column[1]))]
        newer = [column for column in held if column not in older and _NEWER.search(key(column[1]))]
        others = [column for column in held if column not in older and column not in newer]
        return cls(tuple(newer), tuple(older), tuple(others))

    @property
    def closed(self) -> tuple[tuple[int, str], ...]:
        """The older columns whose accounts no longer exist."""
        return tuple((at, heading) for at, heading in self.older if _CLOSED.search(key(heading)))

    @property
    def all(self) -> tuple[tuple[int, str], ...]:
        """All columns of accounts."""
        return (*self.newer, *self.older, *self.others)


def settled(matching: Matching, fields: Sequence[Field]) -> Matching:
    """The matching, with a column added for the account if none was matched and only one is possible."""
    field = next((field for field in fields if field.kind is Kind.ACCOUNT), None)
    if field is None or field.name in matching.matches:
        return matching
    accounts = Accounts.among(matching.unknown)
    plain = [column for column in accounts.others if not _OTHER_PURPOSE.search(key(column[1]))]
    candidates = accounts.newer or tuple(plain)
    if len(candidates) != 1 or (not accounts.newer and len(accounts.others) > 1):
        return matching
    ((at, heading),) = candidates
    return replace(
        matching,
        matches={**matching.matches, field.name: Match(field, at, heading, _SURE, "part")},
        unknown=tuple(column for column in matching.unknown if column[0] != at),
    )


def current(
    values: Sequence[Any], beside: Accounts, cells_of: Callable[[int], Sequence[Cell]]
) -> tuple[list[Any], list[tuple[int, CellTrouble]]]:
    """The accounts of a column after the columns beside it have been looked at, and the trouble of each changed row.

    cells_of: gives the cells of a column by its index.
    """
    current_values, troubles = newer_values(values, [(heading, cells_of(at)) for at, heading in beside.newer])
    current_values, more = open_values(
        current_values, [(heading, cells_of(at)) for at, heading in beside.closed]
    )
    return current_values, troubles + more


def newer_values(values: Sequence[Any], newer: Columns) -> tuple[list[Any], list[tuple[int, CellTrouble]]]:
    """The accounts of a column, replaced by those in newer columns, and the trouble of each changed row.

    If the newer cell cannot be read, or two newer cells differ, the row has no account, because the older one may be closed.
    """
    replaced, troubles = list(values), []
    for at, newer_cells in _filled_cells(newer, len(values)):
        read = {_account(cell) for cell in newer_cells.values()}
        if read == {values[at]}:
            continue
        headings = "、".join(
            f"“{heading}”{quoted(Kind.ACCOUNT, cell)}" for heading, cell in newer_cells.items()
        )
        if None in read or len(read) > 1:
            replaced[at] = None
            troubles.append(
                (at, CellTrouble("account.newer-unread", f"另有{headings}，看不出用哪一个，都没有用"))
            )
        else:
            replaced[at] = next(iter(read))
            troubles.append((at, CellTrouble("account.newer", f"已由{headings}代替")))
    return replaced, troubles


def open_values(values: Sequence[Any], closed: Columns) -> tuple[list[Any], list[tuple[int, CellTrouble]]]:
    """The accounts without those that a column of closed accounts has in the same row, and the trouble of each such row."""
    open_accounts, troubles = list(values), []
    for at, closed_cells in _filled_cells(closed, len(values)):
        same = [
            heading for heading, cell in closed_cells.items() if values[at] and _account(cell) == values[at]
        ]
        if same:
            open_accounts[at] = None
            troubles.append((at, CellTrouble("account.closed", f"与“{same[0]}”相同，没有用")))
    return open_accounts, troubles


def _filled_cells(columns: Columns, rows: int) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Each row in which one of the columns is filled, with the filled cells by heading."""
    for at in range(rows):
        filled = {heading: cells[at] for heading, cells in columns if cells[at] not in (None, "")}
        if filled:
            yield at, filled


def _account(cell: Cell) -> Any:
    """The account in a cell, None if it cannot be read."""
    read = account(cell)
    return read.value if isinstance(read, Parsed) else read


def not_read(
    accounts: Accounts,
    filled: Sequence[tuple[int, str]],
    matching: Matching,
    fields: Sequence[Field],
    where: Place,
) -> list[Finding]:
    """A warning that names the filled columns of accounts that were not read, and the column that was read."""
    field = next((field for field in fields if field.kind is Kind.ACCOUNT), None)
    match = matching.matches.get(field.name) if field else None
    unread = [*accounts.older, *accounts.others, *(() if match else accounts.newer)]
    named = [heading for at, heading in filled if (at, heading) in unread]
    if not named or field is None:
        return []
    read = f"读的是“{match.heading}”" if match else "一列也没有读，这张表里的人都没有账号"
    return [
        Finding(
            "account.columns-not-read",
            Severity.WARNING,
            f"有几列账号，这些没有读：{'、'.join(named)}；{read}",
            where,
            "一人只发到一个有效的账号；原账号、已注销的账号不发",
            "请把应当发的那一列标题写成“银行账号”，或用 --columns 指定。",
        )
    ]
