"""Carries out `policy diff`: runs one programme twice over the same books, by two documents, and writes and prints the two
results side by side.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from rich.text import Text

from sanchuang_cli.cli import unmasking
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Begun, ReadBooks, given_books, occasion, with_townships
from sanchuang_cli.contrast import Contrast
from sanchuang_cli.domain.months import complete_month
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Policy, PolicyFile, load, source
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes import ListedProgramme, listed
from sanchuang_cli.report import drawing, files, terminal, workbook
from sanchuang_cli.report.contrasted import DESK, Pages
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import paths

_ONE_EDITION = re.compile(r"(.+)@(\d{4}-\d{2}-\d{2})")


def perform(asked: Asked) -> int:
    """Compare, write the workbook and show it. Gives the exit code: 1 where a row waits by one of the documents."""
    entry = listed(asked.programme)
    if asked.out and (asked.out.is_dir() or asked.out.suffix.lower() != ".xlsx"):
        raise UserError(f"--out {asked.out} 应是以 .xlsx 结尾的文件名，如 变动.xlsx。")
    programme = entry.load()
    documents = [document(programme, name) for name in (asked.old, asked.new)]
    if documents[0].editions == documents[1].editions:
        days = "、".join(f"{documents[0].name}@{one.effective}" for one in documents[0].editions)
        raise UserError(f"两份文件说的一样，没有可比的。比同一文件的两版，写明各是哪一版：{days}。")
    when = occasion_of(programme, documents, asked)
    (before, old_books), (after, books) = (
        read(Begun(entry, programme, when, one), asked) for one in documents
    )
    contrast = Contrast(
        programme.judge(old_books.rosters, before.policy, before.when),
        programme.judge(books.rosters, after.policy, after.when),
        programme.compared,
    )
    pages = Pages(contrast, programme.paper, entry.title)
    run = _run(entry, after, books, contrast, pages)
    unmasking.noted(run, asked)
    saved = files.save(
        asked.out
        or Path(f"{paths.common_name(list(books.paths))}-{entry.title}-政策变动-{when.period}.xlsx"),
        lambda path: workbook.write(path, run.outcome.tables, on=when.on, printing=run.printing),
        list(books.paths),
    )
    _tell(run, saved, documents[0], asked)
    return int(bool(contrast.old.tally.set_aside or contrast.new.tally.set_aside))


def document(programme: Programme, name: str) -> PolicyFile[Any]:
    """A policy as --policy names it; with @2021-07-01 behind it only the edition of that day. Raises UserError."""
    match = _ONE_EDITION.fullmatch(name)
    file: PolicyFile[Policy] = load(programme.policy, *source(programme.name, match[1] if match else name))
    if not match:
        return file
    editions = tuple(edition for edition in file.editions if edition.effective.isoformat() == match[2])
    if not editions:
        days = "、".join(f"{match[1]}@{edition.effective}" for edition in file.editions)
        raise UserError(f"{match[1]} 没有 {match[2]} 起施行的一版。可以写 {days}。")
    return replace(file, name=f"{file.name}@{match[2]}", editions=editions)


def occasion_of(programme: Programme, documents: Sequence[PolicyFile[Any]], asked: Asked) -> Occasion:
    """What is asked; else the programme's own period where it pays nothing by the month, and the year where it does: this
    one, or the first of which all documents cover every month."""
    if asked.period or not programme.pays:
        return occasion(programme, asked)
    begun = max(complete_month(file.editions[0].effective) for file in documents)
    first = Month.at(begun)
    year = max(date.today().year, first.year + (first.month > 1))
    return occasion(programme, replace(asked, period=str(Period.year(year))))


def read(start: Begun, asked: Asked) -> tuple[Begun, ReadBooks]:
    """The books as they are read by one of the documents. Raises UserError."""
    return with_townships(start, given_books(start, asked), asked)


def _run(entry: ListedProgramme, start: Begun, books: ReadBooks, contrast: Contrast, pages: Pages) -> Run:
    """The comparison as a run by the new document, so that it is shown and written as any other."""
    whole = contrast.new
    tables = pages.tables()
    outcome = Outcome(tables, whole.findings, whole.tally, tables[:2])
    return Run(
        entry.name,
        f"{entry.title}政策变动",
        start.when,
        start.policy,
        books.books,
        outcome,
        books=books.sorts,
    )


def _tell(run: Run, saved: files.Saved, old: PolicyFile[Any], asked: Asked) -> None:
    if asked.json:
        from sanchuang_cli.report import differences

        sys.stdout.write(differences.text(run, old, asked.unmasked, encoding=sys.stdout.encoding))
    terminal.tell_instead(saved)
    if asked.quiet:
        return
    console = terminal.console()
    for table in run.outcome.tables[:3]:
        drawing.draw(console, table)
    for note in run.outcome.tables[0].notes:
        drawing.tell(console, Text(note))
    console.print(Text(f"逐行见“{DESK}”页。工作簿：{saved.path}", "bold"), soft_wrap=True)
