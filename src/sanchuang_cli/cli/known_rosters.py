"""Lists the rosters that `check`, `merge` and `inspect` look for, and gets the passwords of locked workbooks from a file,
the environment or the terminal.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.finding import UserError, chosen, listed_with_names
from sanchuang_cli.policy import load, source
from sanchuang_cli.programme import PREVIOUS, SCREEN, Programme
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.rivals import UNSETTLED
from sanchuang_cli.roster.sorting import Elsewhere

PASSWORD = "SANCHUANG_PASSWORD"  # noqa: S105 - the variable's name, not a password


def offered() -> dict[str, ListedProgramme]:
    """The names that --as accepts, each with the first programme that reads that roster."""
    first = {entry.roster: entry for entry in reversed(PROGRAMMES)}  # reversed: the first programme is kept
    return {entry.roster: first[entry.roster] for entry in PROGRAMMES}


@dataclass(frozen=True)
class WantedRosters:
    """The rosters that a command looks for.

    wanted: the main rosters; the chief one stands under its --as name. beside: other rosters in the same workbooks.
    apart: rosters from workbooks that an option names, such as --screen.
    """

    wanted: Mapping[str, Wanted[Any]]
    beside: Mapping[str, Wanted[Any]]
    apart: Mapping[str, Wanted[Any]]

    @property
    def all(self) -> dict[str, Wanted[Any]]:
        """All of them in one mapping."""
        return {**self.apart, **self.beside, **self.wanted}


def known(name: str | None, policy: str | None) -> WantedRosters:
    """The rosters of the --as name, or those of all names, with the columns of the policy. Raises UserError."""
    rosters = offered()
    name = roster_named(name) if name is not None else None
    if policy and name is None and len(rosters) > 1:
        raise UserError("--policy 要和 --as 一起用，才知道是哪一种名册的政策。")
    wanted: dict[str, Wanted[Any]] = {}
    beside: dict[str, Wanted[Any]] = {}
    apart: dict[str, Wanted[Any]] = {}
    for as_name in [name] if name else rosters:
        programme, reads = rosters[as_name].load(), _reads(rosters[as_name], policy)
        wanted |= {_called(as_name, main, programme): reads.pop(main) for main in programme.mains}
        apart |= {name: reads.pop(name) for name in [SCREEN] if name in reads}
        beside |= {f"{as_name}/{roster}": reads[roster] for roster in reads}
    return WantedRosters(wanted, beside, apart)


def roster_named(written: str) -> str:
    """The --as name that somebody means, who may write the title of the roster or of its programme. Raises UserError."""
    return written if written in offered() else chosen(written, _titles(), f"--as 不认识“{written}”")


def _titles() -> dict[str, list[str]]:
    """The titles of each --as name: of the roster itself, and of the programme that reads it."""
    programmes = {name: (entry, entry.load()) for name, entry in offered().items()}
    return {name: [one.reads[one.chief].title, entry.title] for name, (entry, one) in programmes.items()}


def _called(name: str, main: str, programme: Programme) -> str:
    """The name of a main roster: the --as name for the chief one, and name/roster for the others."""
    return name if main == programme.chief else f"{name}/{main}"


def or_as(asked: Asked, text: str) -> list[str]:
    """A hint to use --as, where the text says that a table fits several rosters and no roster was named."""
    if UNSETTLED not in text or asked.roster or asked.purpose:
        return []
    return [f"{UNSETTLED}的，也可以加 --as，只认一种：{listed_with_names(_titles())}。"]


def _reads(listed: ListedProgramme, policy: str | None) -> dict[str, Wanted[Any]]:
    """All that the programme reads except last period's results, with the columns of the newest edition of the policy."""
    programme = listed.load()
    edition = load(programme.policy, *source(listed.name, policy)).editions[-1]
    columns = programme.policy_columns(edition)
    return {
        roster: wanted.with_more(columns.get(roster, ()))
        for roster, wanted in programme.reads.items()
        if roster != PREVIOUS
    }


def elsewhere(rosters: WantedRosters) -> Elsewhere:
    """The rosters by which a workbook is recognised that has none of the wanted ones."""
    return Elsewhere(rosters.apart, other_rosters)


def other_rosters() -> dict[str, Wanted[Any]]:
    """Everything that any command reads, to say what an unused workbook is.

    These are the rosters and results of every programme, the list of what was paid before the ledger, and the bank's list.
    """
    from sanchuang_cli.ledger.opening import PaidRow  # the ledger's library takes long to import
    from sanchuang_cli.ledger.return_list import ReturnRow

    rosters = {
        f"{entry.name}/{name}": roster for entry in PROGRAMMES for name, roster in entry.load().reads.items()
    }
    paid = Wanted(PaidRow, "已发放名册", sheet="花名册")
    return rosters | {"paid": paid, "bank": Wanted(ReturnRow, "银行的清单")}


def passwords(path: Path | None) -> list[str]:
    """The passwords in a file, one a line; none without a file. Raises UserError where it cannot be read."""
    if path is None:
        return []
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line]
    except (OSError, UnicodeDecodeError):
        raise UserError(f"密码文件 {path} 读不出。请核对 --password-file 的路径，文件存成 UTF-8。") from None


class Passwords(list[str]):
    """The passwords to try on a locked workbook.

    First those of --password-file and the environment (one a line), then, at a terminal, those that somebody types until an empty one.
    What was typed is kept for the next workbook.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__(passwords(path))
        given = os.environ.get(PASSWORD, "").splitlines()
        self.extend(password for password in given if password and password not in self)

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
