"""What a finished run delivers: its workbook, what is shown of it, and what else was asked for."""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sanchuang_cli.cli import papers, publishing, townships, unmasking
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made, not_begun
from sanchuang_cli.cli.profile import profile
from sanchuang_cli.cli.unforeseen import doing
from sanchuang_cli.finding import Severity, UserError, in_order
from sanchuang_cli.programmes import Listed
from sanchuang_cli.report import appendix, files, terminal, workbook
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import paths

if TYPE_CHECKING:  # the ledger's library takes long to import, and most runs have no ledger
    from sanchuang_cli.ledger.batches import Proposed
    from sanchuang_cli.ledger.chain import Said

BY = {"": "", "township": "乡镇"}
"""--by: the heading of the column that pages are taken apart by."""
_FEW = 3
"""Places that a message names."""


class Performed(NamedTuple):
    """A finished run, where its workbooks are, and the batches it proposed, where it was to."""

    run: Run
    saved: tuple[Path, ...]
    proposed: "Proposed | None"

    @property
    def set_aside(self) -> bool:
        """Whether somebody was set aside, by the rules or by the ledger, or a row of a list could not be used."""
        return bool(self.run.outcome.tally.set_aside or self.run.count(Severity.ERROR))


def perform(listed: Listed, asked: Asked, proposer: "Said | None" = None) -> Performed:
    """Run the programme, write its workbook, show what came of it. proposer: who proposes what the ledger owes."""
    gc.disable()  # a run makes millions of objects, hardly a cycle among them, and ends: collecting takes a third of it
    start = begun(listed, asked)
    screen = terminal.console(quiet=asked.quiet)
    terminal.open_with(screen, listed.title, start.when, not_begun(start.when) if asked.on else "")
    password = publishing.password(asked) if asked.encrypt else ""
    check(asked)
    publishing.check_notice(start, asked)
    one, judged = made(start, asked), None
    if asked.ledger and (start.programme.pays or not start.programme.joins):
        from sanchuang_cli.cli import accounts

        judged = accounts.judged(one, asked.ledger)
        one = one._replace(run=accounts.compared_run(judged))
    signed = papers.prepared(one, asked)
    run, further = publishing.prepared(one.run, asked, signed.masked)
    unmasking.noted(run, asked)
    doubtful = run.outcome.tally.set_aside or run.count(Severity.WARNING) or run.count(Severity.ERROR)
    if asked.strict and doubtful:
        terminal.show(screen, run, None, unmask=asked.unmasked)
        raise UserError(f"--strict：有警告或待核实记录，什么都没有写出。请先改正：{_places(run)}。")
    doing(f"{listed.name}：写结果")
    parts = _parts(one._replace(run=run), asked)
    saved = [_workbook(part, BY[asked.by], password, list(one.given.paths)) for part in parts]
    if asked.json:
        from sanchuang_cli.report import document  # its models take longer to make than many a run

        sys.stdout.write(document.text(run, asked.unmasked, encoding=sys.stdout.encoding))
    terminal.show(screen, run, _told(saved), unmask=asked.unmasked)
    publishing.write(run, further, asked, screen)
    papers.write(run, signed, asked, screen)
    proposed = None
    if judged and proposer:
        digests = appendix.digests(*(part.run for part in parts), by=BY[asked.by])
        proposed = accounts.reserved(judged, proposer, lambda _: digests)
    return Performed(run, tuple(file.path for file in saved), proposed)


def check(asked: Asked) -> None:
    """Raises UserError for what cannot be delivered, before a book is opened."""
    if asked.by not in BY:
        raise UserError(f"--by 不认识“{asked.by}”。可用的有：{'、'.join(word for word in BY if word)}。")
    if asked.out and asked.out.is_dir():
        raise UserError(f"--out {asked.out} 是文件夹。请写明文件名，如 {asked.out / '结果.xlsx'}。")
    if asked.out and asked.out.suffix.lower() != ".xlsx":
        raise UserError(f"--out 的文件名“{asked.out.name}”应以 .xlsx 结尾：结果只写成这一种。")
    publishing.check_targets(asked)


def _parts(one: Made, asked: Asked) -> list[townships.Part]:
    """The run's workbook to be, or one for each township where the path says so."""
    run = one.run
    target = asked.out or Path(
        f"{paths.common_name(list(one.given.paths))}-{run.title}-{run.occasion.period}.xlsx"
    )
    if townships.PLACEHOLDER not in str(target):
        return [townships.Part(target, run)]
    county, mains = profile(asked.profile), [*one.begun.programme.mains]
    listed = county.townships if county else ()
    parts = list(townships.parts(run, mains, one.given.rosters, target, listed))
    for part in parts:
        publishing.folder_at(part.target.parent)
    return parts


def _workbook(part: townships.Part, by: str, password: str, books: list[Path]) -> files.Saved:
    run = part.run

    def write(path: Path) -> None:
        tables = appendix.sealed(run, by)
        workbook.write(path, tables, on=run.occasion.on, caution=run.caution, printing=run.printing)
        if password:
            from sanchuang_cli.report import encryption

            encryption.lock(path, password)

    return files.save(part.target, write, books)


def _places(run: Run) -> str:
    """Where the first few errors and warnings are."""
    found = [str(one.place) for one in in_order(run.outcome.findings) if one.severity is not Severity.NOTE]
    more = f"等 {len(found)} 处" if len(found) > _FEW else ""
    return "；".join(found[:_FEW]) + more


def _told(saved: list[files.Saved]) -> files.Saved:
    """One file, or many as one: their folder, with how many they are."""
    if len(saved) == 1:
        return saved[0]
    shared = Path(os.path.commonpath([one.path.parent for one in saved]))
    instead = "；".join(one.instead for one in saved if one.instead)
    return files.Saved(shared / f"（{len(saved)} 个文件）", instead)
