"""Runs a programme from its options to its results: reads the books, writes the workbook and the other papers asked for, and
prints the run; with --ledger it compares the run with the ledger, and writes there what is proposed.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console

from sanchuang_cli.cli import by_township, further_files, signed_papers, unmasking
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made, not_begun
from sanchuang_cli.cli.mentions import called
from sanchuang_cli.cli.profile import profile
from sanchuang_cli.cli.unforeseen import doing
from sanchuang_cli.desk import told
from sanchuang_cli.finding import Severity, UserError, in_order
from sanchuang_cli.programmes import OVER_RESULTS, ListedProgramme
from sanchuang_cli.report import appendix, files, glance, terminal, workbook
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import paths

if TYPE_CHECKING:  # the ledger's library takes long to import, and most runs have no ledger
    from sanchuang_cli.cli.with_ledger import Against
    from sanchuang_cli.ledger.batches import Proposed
    from sanchuang_cli.ledger.chain import Deed
    from sanchuang_cli.ledger.owed import Comparison

BY = {"": "", "township": "乡镇", "乡镇": "乡镇"}
"""For each word of --by, the heading of the column by which pages are split."""
_FEW = 3
"""How many places a message names."""


class LeftAlone(NamedTuple):
    """Workbooks of an earlier run that stay as they are, by path with their digests. why: in Chinese."""

    digests: Mapping[Path, str]
    why: str


Stays = Callable[[Run, "Comparison"], LeftAlone | None]
"""Tells which workbooks of an earlier run stay in place of those that this run would write, None where it writes its own."""


class Performed(NamedTuple):
    """A finished run, its workbooks, and the batches that it proposed, None where it was not to propose any.

    digests: of the workbooks, where the ledger knows them. left: why those of an earlier run were left alone, "" where this run
    wrote its own.
    """

    run: Run
    saved: tuple[Path, ...]
    proposed: "Proposed | None"
    digests: tuple[str, ...] = ()
    left: str = ""

    @property
    def set_aside(self) -> bool:
        """Whether somebody was set aside by the rules or the ledger, or a row of a list could not be used."""
        return bool(self.run.outcome.tally.set_aside or self.run.count(Severity.ERROR))


def perform(
    listed: ListedProgramme, asked: Asked, proposer: "Deed | None" = None, stays: Stays | None = None
) -> Performed:
    """Run the programme, write its workbook and show it. proposer: who proposes batches, None for nobody. Raises UserError."""
    # A run makes millions of objects with hardly any cycle among them, and then its process ends. The collector would
    # take a third of the time and free nothing.
    gc.disable()
    start = begun(listed, asked)
    console = terminal.console(quiet=asked.quiet)
    terminal.open_with(console, listed.title, start.when, not_begun(start.when) if asked.on else "")
    password = further_files.password(asked) if asked.encrypt else ""
    check(asked)
    further_files.check_notice(start, asked)
    finished, against = _with_ledger(_also(made(start, asked), asked), asked)
    signed = signed_papers.prepared(finished, asked)
    run, further = further_files.prepared(finished.run, asked, signed.masked)
    unmasking.noted(
        run, asked, always="person" in listed.can
    )  # before anything is shown: no number is shown without a record
    _stop_if_doubtful(run, asked, console)
    doing(f"{listed.name}：写结果")
    if against and stays and (left := stays(run, against.comparison)):
        if not further_files.notices_stand(run, further, asked):
            further_files.write(run, further, asked, console)  # else they are those of what is left alone
        return Performed(
            run, tuple(left.digests), against.nothing_new(), tuple(left.digests.values()), left.why
        )
    parts = _parts(finished._replace(run=run), asked)
    saved = [_workbook(part, BY[asked.by], password, list(finished.given.paths)) for part in parts]
    if asked.json:
        from sanchuang_cli.report import document  # its models take long to import

        sys.stdout.write(document.text(run, asked.unmasked, encoding=sys.stdout.encoding))
    terminal.show(console, run, _as_one_file(saved), unmask=asked.unmasked)
    told.glance(lambda: glance.of_run(run))
    further_files.write(run, further, asked, console)
    signed_papers.write(run, signed, asked, console)
    written = tuple(file.path for file in saved)
    if not (against and proposer):
        return Performed(run, written, None)
    digests = appendix.digests(*(part.run for part in parts), by=BY[asked.by])
    return Performed(run, written, against.proposed(proposer, digests), tuple(digests))


def _also(finished: Made, asked: Asked) -> Made:
    """The run with a page for each other document of --also."""
    if not asked.also:
        return finished
    from sanchuang_cli.cli.also import (
        with_others,
    )  # it is long to import, and most runs have no other document

    return with_others(finished, asked)


def _with_ledger(finished: Made, asked: Asked) -> tuple[Made, "Against | None"]:
    """The run compared with the ledger of --ledger, and what it was compared with; the run alone without a ledger.

    A programme that joins results, or a command over them, uses --ledger only to look up approvals or to record who asked.
    """
    programme = finished.begun.programme
    looks_up = programme.joins or finished.begun.listed in OVER_RESULTS
    if not asked.ledger or (looks_up and not programme.pays):
        return finished, None
    from sanchuang_cli.cli import with_ledger

    entitled_run = with_ledger.judged(finished, asked.ledger)
    run, comparison = with_ledger.compared_run(entitled_run)
    return finished._replace(run=run), with_ledger.Against(entitled_run, comparison)


def _stop_if_doubtful(run: Run, asked: Asked, console: Console) -> None:
    """With --strict, show the run and raise UserError where it has a warning or a row that is set aside."""
    doubtful = run.outcome.tally.set_aside or run.count(Severity.WARNING) or run.count(Severity.ERROR)
    if asked.strict and doubtful:
        terminal.show(console, run, None, unmask=asked.unmasked)
        raise UserError(f"--strict：有警告或待核实记录，什么都没有写出。请先改正：{_places(run)}。")


def check(asked: Asked) -> None:
    """Raises UserError for results that cannot be written. Asked before any workbook is opened."""
    if asked.by not in BY:
        raise UserError(f"--by 不认识“{asked.by}”。可用的有：township（乡镇）。")
    if asked.out and asked.out.is_dir():
        raise UserError(f"--out {asked.out} 是文件夹。请写明文件名，如 {asked.out / '结果.xlsx'}。")
    if asked.out and asked.out.suffix.lower() != ".xlsx":
        raise UserError(f"--out 的文件名“{asked.out.name}”应以 .xlsx 结尾：结果只写成这一种。")
    further_files.check_targets(asked)


def _parts(finished: Made, asked: Asked) -> list[by_township.TownshipPart]:
    """The workbook to write, or one for each township where the path has {township}."""
    run = finished.run
    target = asked.out or Path(f"{_about(finished, asked)}-{run.title}-{run.occasion.period}.xlsx")
    if by_township.PLACEHOLDER not in str(target):
        return [by_township.TownshipPart(target, run)]
    county, mains = profile(asked.profile), [*finished.begun.programme.mains]
    listed = county.townships if county else ()
    parts = list(by_township.parts(run, mains, finished.given.rosters, target, listed))
    for part in parts:
        further_files.folder_at(part.target.parent)
    return parts


def _about(finished: Made, asked: Asked) -> str:
    """What the workbook without --out is called after: the one person that was asked for, else what was read."""
    if asked.words:
        return files.named(called(finished.given.rosters["mentions"].records))
    return paths.common_name(list(finished.given.paths))


def _workbook(part: by_township.TownshipPart, by: str, password: str, books: list[Path]) -> files.Saved:
    run = part.run

    def write(path: Path) -> None:
        tables = appendix.sealed(run, by)
        workbook.write(path, tables, on=run.occasion.on, caution=run.caution, printing=run.printing)
        if password:
            from sanchuang_cli.report import locking

            locking.lock(path, password)

    return files.save(part.target, write, books)


def _places(run: Run) -> str:
    """The places of the first few errors and warnings."""
    places = [
        str(finding.place)
        for finding in in_order(run.outcome.findings)
        if finding.severity is not Severity.NOTE
    ]
    more = f"等 {len(places)} 处" if len(places) > _FEW else ""
    return "；".join(places[:_FEW]) + more


def _as_one_file(saved: list[files.Saved]) -> files.Saved:
    """The one file, or several files in the form of one: their folder and how many they are."""
    if len(saved) == 1:
        return saved[0]
    shared = Path(os.path.commonpath([file.path.parent for file in saved]))
    instead = "；".join(file.instead for file in saved if file.instead)
    return files.Saved(shared / f"（{len(saved)} 个文件）", instead)
