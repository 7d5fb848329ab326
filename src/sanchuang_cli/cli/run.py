"""One run of a programme, from the words on the command line to the workbook."""

import sys
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import typer

from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.period import Period
from sanchuang_cli.policy import load, source
from sanchuang_cli.programme import Occasion, Programme
from sanchuang_cli.programmes import Listed


@dataclass(frozen=True)
class Asked:
    """What was asked for, as it stood on the command line."""

    books: list[str]
    period: str | None
    on: str | None
    policy: str | None
    previous: str | None
    out: Path | None
    json: bool
    unmask: frozenset[str]
    quiet: bool
    strict: bool
    columns: Path | None
    password_file: Path | None


def occasion(programme: Programme, asked: Asked) -> Occasion:
    """The period and the day of judgement: by default the period's last day, or today if that is earlier."""
    today = date.today()
    period = Period.parse(asked.period) if asked.period else programme.default_period(today)
    if asked.on is None:
        return Occasion(period, min(period.last, today))
    try:
        return Occasion(period, date.fromisoformat(asked.on))
    except ValueError:
        raise UserError(f"--on 的日期“{asked.on}”看不懂。请写成 2026-06-30。") from None


def perform(listed: Listed, asked: Asked) -> bool:
    """Run the programme, write its workbook, show what came of it. True when records were set aside."""
    from sanchuang_cli.report import document, files, terminal, workbook
    from sanchuang_cli.report.run import Run
    from sanchuang_cli.roster import paths

    programme = listed.load()
    when = occasion(programme, asked)
    if not asked.quiet:
        typer.echo(f"{listed.title}　期间 {when.period.title}　判断日 {when.on.isoformat()}", err=True)
    policy = load(programme.policy, *source(programme.name, asked.policy))
    books = paths.books(asked.books, files.is_ours)
    outcome, inputs = outcome_of(programme, policy, when, books, asked)
    run = Run(listed.name, listed.title, when, policy, inputs, outcome)
    severities = {finding.severity for finding in outcome.findings}
    if asked.strict and (outcome.tally.set_aside or Severity.WARNING in severities):
        terminal.show(run, written=None, quiet=asked.quiet)
        raise UserError("--strict：有警告或待核实记录，没有写出结果。请先改正上面列出的各处。")
    target = asked.out or Path(f"{paths.common_name(books)}-{listed.title}-{when.period}.xlsx")
    written = files.save(target, partial(workbook.write, run), books)
    if asked.json:
        sys.stdout.write(document.text(run, asked.unmask))
    terminal.show(run, written=written, quiet=asked.quiet)
    return bool(outcome.tally.set_aside)
