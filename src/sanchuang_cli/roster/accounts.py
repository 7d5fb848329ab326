"""More than one column of bank accounts: the newer goes before the older, and no account is silently the wrong one.

现银行账号 or 变更后账号 is where money goes from now on; 原账号 or 已注销账号 is where it must not go; an account of
another purpose (养老金账号), or one of two banks, is never chosen: it is named.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Field
from sanchuang_cli.roster.cells.identities import account
from sanchuang_cli.roster.cells.troubles import Parsed, Trouble, quoted
from sanchuang_cli.roster.columns.headings import key
from sanchuang_cli.roster.columns.matching import Match, Matching

_ACCOUNT = re.compile(r"账号|帐号|卡号|存折号|账户号|一卡通号")
_OLDER = re.compile(r"原|旧|变更前|更换前|更正前|换卡前|注销|停用|作废|失效|销户|曾用|以前")
_CLOSED = re.compile(r"注销|停用|作废|失效|销户")
_NEWER = re.compile(r"现|新|变更后|更换后|更正后|更改后|换卡后|目前")
_OTHER_PURPOSE = re.compile(r"养老|社保|医保|低保|工资|公积金|水费|电费|配偶|子女|代领|监护|家属")
Columns = Sequence[tuple[str, Sequence[Cell]]]
"""Columns of a table by their headings, with the cells of its data rows."""
_SURE = 0.9
"""Confidence in a column that is the only one it can be, by a heading that is on no list."""


@dataclass(frozen=True)
class Accounts:
    """The columns of a table that hold accounts and that no field took: (column, heading)."""

    newer: tuple[tuple[int, str], ...]
    older: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]

    @classmethod
    def among(cls, columns: Sequence[tuple[int, str]]) -> "Accounts":
        """Sorted by what their headings say."""
        held = [(at, heading) for at, heading in columns if _ACCOUNT.search(key(heading))]
        older = [one for one in held if _OLDER.search(key(one[1]))]
        newer = [one for one in held if one not in older and _NEWER.search(key(one[1]))]
        return cls(tuple(newer), tuple(older), tuple(one for one in held if one not in (*older, *newer)))

    @property
    def closed(self) -> tuple[tuple[int, str], ...]:
        """Those of the older that no longer exist."""
        return tuple(one for one in self.older if _CLOSED.search(key(one[1])))

    @property
    def all(self) -> tuple[tuple[int, str], ...]:
        return (*self.newer, *self.older, *self.others)


def settled(matching: Matching, fields: Sequence[Field]) -> Matching:
    """The matching, with the one column that can be the account where no column is called so outright."""
    field = next((one for one in fields if one.kind is Kind.ACCOUNT), None)
    if field is None or field.name in matching.matches:
        return matching
    found = Accounts.among(matching.unknown)
    plain = [one for one in found.others if not _OTHER_PURPOSE.search(key(one[1]))]
    candidates = found.newer or tuple(plain)
    if len(candidates) != 1 or (not found.newer and len(found.others) > 1):
        return matching
    ((at, heading),) = candidates
    return replace(
        matching,
        matches={**matching.matches, field.name: Match(field, at, heading, _SURE, "part")},
        unknown=tuple(one for one in matching.unknown if one[0] != at),
    )


def current(
    values: Sequence[Any], beside: Accounts, cells_of: Callable[[int], Sequence[Cell]]
) -> tuple[list[Any], list[tuple[int, Trouble]]]:
    """The accounts of a column after all that the columns beside it say; and by row, why. cells_of: of a column."""
    found, troubles = newer_values(values, [(heading, cells_of(at)) for at, heading in beside.newer])
    found, more = open_values(found, [(heading, cells_of(at)) for at, heading in beside.closed])
    return found, troubles + more


def newer_values(values: Sequence[Any], newer: Columns) -> tuple[list[Any], list[tuple[int, Trouble]]]:
    """The accounts of a column after those of newer columns went before them; and by row, why.

    A newer cell that cannot be read, and two that differ, leave no account: the older one is closed, or may be.
    """
    found, troubles = list(values), []
    for at, said in _said(newer, len(values)):
        read = {_account(cell) for cell in said.values()}
        if read == {values[at]}:
            continue
        headings = "、".join(f"“{heading}”{quoted(Kind.ACCOUNT, cell)}" for heading, cell in said.items())
        if None in read or len(read) > 1:
            found[at] = None
            troubles.append(
                (at, Trouble("account.newer-unread", f"另有{headings}，看不出用哪一个，都没有用"))
            )
        else:
            found[at] = next(iter(read))
            troubles.append((at, Trouble("account.newer", f"已由{headings}代替")))
    return found, troubles


def open_values(values: Sequence[Any], closed: Columns) -> tuple[list[Any], list[tuple[int, Trouble]]]:
    """The accounts without those that a column of closed accounts has in the same row; and by row, why."""
    found, troubles = list(values), []
    for at, said in _said(closed, len(values)):
        same = [heading for heading, cell in said.items() if values[at] and _account(cell) == values[at]]
        if same:
            found[at] = None
            troubles.append((at, Trouble("account.closed", f"与“{same[0]}”相同，没有用")))
    return found, troubles


def _said(columns: Columns, rows: int) -> Iterator[tuple[int, dict[str, Cell]]]:
    """By row in which anything stands, what the columns say there."""
    for at in range(rows):
        said = {heading: cells[at] for heading, cells in columns if cells[at] not in (None, "")}
        if said:
            yield at, said


def _account(cell: Cell) -> Any:
    read = account(cell)
    return read.value if isinstance(read, Parsed) else read


def not_read(
    accounts: Accounts,
    filled: Sequence[tuple[int, str]],
    matching: Matching,
    fields: Sequence[Field],
    where: Place,
) -> list[Finding]:
    """A warning that names the filled columns of accounts that were not read, and the one that was."""
    field = next((one for one in fields if one.kind is Kind.ACCOUNT), None)
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
