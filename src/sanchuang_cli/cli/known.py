"""The rosters that `check`, `merge` and `inspect` know by name, and how their books are opened."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import load, source
from sanchuang_cli.programme import PREVIOUS, SCREEN, Programme
from sanchuang_cli.programmes import PROGRAMMES, Listed
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.rivals import UNSETTLED
from sanchuang_cli.roster.sorting import Elsewhere

PASSWORD = "SANCHUANG_PASSWORD"  # noqa: S105 - the variable's name, not a password


def offered() -> dict[str, Listed]:
    """What --as may be: each name of a roster, with the first programme that reads it."""
    return {one.roster: one for one in reversed(PROGRAMMES)}


@dataclass(frozen=True)
class Known:
    """wanted: the main rosters of the programmes asked for, the chief one by its --as name. beside: what their programmes read in the same books. apart:
    what they read from books that an option names."""

    wanted: Mapping[str, Wanted[Any]]
    beside: Mapping[str, Wanted[Any]]
    apart: Mapping[str, Wanted[Any]]

    @property
    def all(self) -> dict[str, Wanted[Any]]:
        return {**self.apart, **self.beside, **self.wanted}


def known(name: str | None, policy: str | None) -> Known:
    """The roster called `name`, or all of them, with the columns of the policy. Raises UserError."""
    rosters = offered()
    if name is not None and name not in rosters:
        raise UserError(f"--as 不认识“{name}”。可用的有：{'、'.join(rosters)}。")
    if policy and name is None and len(rosters) > 1:
        raise UserError("--policy 要和 --as 一起用，才知道是哪一种名册的政策。")
    wanted: dict[str, Wanted[Any]] = {}
    beside: dict[str, Wanted[Any]] = {}
    apart: dict[str, Wanted[Any]] = {}
    for one in [name] if name else rosters:
        programme, reads = rosters[one].load(), _reads(rosters[one], policy)
        wanted |= {_called(one, main, programme): reads.pop(main) for main in programme.mains}
        apart |= {name: reads.pop(name) for name in [SCREEN] if name in reads}
        beside |= reads
    return Known(wanted, beside, apart)


def _called(name: str, main: str, programme: Programme) -> str:
    """A main roster of the programme that --as calls `name`: so the chief one, the others with their own name behind."""
    return name if main == programme.chief else f"{name}/{main}"


def or_as(asked: Asked, said: str) -> list[str]:
    """What else settles which roster a table is, where that is `said` not to be settled and all rosters were looked for."""
    if UNSETTLED not in said or asked.roster or asked.purpose:
        return []
    return [f"{UNSETTLED}的，也可以加 --as，只认一种：{'、'.join(offered())}。"]


def _reads(listed: Listed, policy: str | None) -> dict[str, Wanted[Any]]:
    """What the programme reads but the last period's pages, with the columns of the policy's newest edition."""
    programme = listed.load()
    edition = load(programme.policy, *source(listed.name, policy)).editions[-1]
    columns = programme.policy_columns(edition)
    return {
        roster: one.with_more(columns.get(roster, ()))
        for roster, one in programme.reads.items()
        if roster != PREVIOUS
    }


def elsewhere(rosters: Known) -> Elsewhere:
    """By what a book is known that has none of the rosters."""
    return Elsewhere(rosters.apart, other_rosters)


def other_rosters() -> dict[str, Wanted[Any]]:
    """All that the county's commands read, by which a book that is not used may be known: every programme's rosters and
    results, the ledger's paid list, the bank's list."""
    from sanchuang_cli.ledger.opening import PaidRow  # the ledger's library takes long to import
    from sanchuang_cli.ledger.returns import ReturnRow

    rosters = {
        f"{one.name}/{name}": roster for one in PROGRAMMES for name, roster in one.load().reads.items()
    }
    paid = Wanted(PaidRow, "已发放名册", sheet="花名册")
    return rosters | {"paid": paid, "bank": Wanted(ReturnRow, "银行的清单")}


def passwords(path: Path | None) -> list[str]:
    """One a line. Raises UserError when the file cannot be read."""
    if path is None:
        return []
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line]
    except (OSError, UnicodeDecodeError):
        raise UserError(f"密码文件 {path} 读不出。请核对 --password-file 的路径，文件存成 UTF-8。") from None


class Passwords(list[str]):
    """Passwords to try on a locked book: those of --password-file, the environment's, and then, at a terminal, those
    that are typed, until one is left blank. What was typed is known from then on."""

    def __init__(self, path: Path | None) -> None:
        super().__init__(passwords(path))
        if (own := os.environ.get(PASSWORD)) and own not in self:
            self.append(own)

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        while sys.stdin.isatty():
            typed = typer.prompt(
                "有名册加了密码，请输入（直接回车放弃）", "", True, show_default=False, err=True
            )
            if not typed:
                return
            self.append(typed)
            yield typed
