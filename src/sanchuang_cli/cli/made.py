"""From what was asked to a finished run: the policy, the books and the programme's own judgement. Nothing is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.known import Passwords
from sanchuang_cli.cli.unforeseen import doing
from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile, load, source
from sanchuang_cli.programme import Input, Occasion, Outcome, Programme, Rosters
from sanchuang_cli.programmes import Listed
from sanchuang_cli.record import Wanted
from sanchuang_cli.report import files
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.read import Reading, read
from sanchuang_cli.roster.results import read_before


class Begun(NamedTuple):
    """A programme, when it is asked and by which policy; no book has been opened."""

    listed: Listed
    programme: Programme
    when: Occasion
    policy: PolicyFile[Any]


class Given(NamedTuple):
    """What was read for a programme. paths: of the books that were asked for, without those that options name."""

    paths: tuple[Path, ...]
    books: tuple[Input, ...]
    rosters: Rosters
    findings: tuple[Finding, ...]


class Made(NamedTuple):
    """A finished run, with what it was made from."""

    run: Run
    begun: Begun
    given: Given


def begun(listed: Listed, asked: Asked) -> Begun:
    """Raises UserError for a period, a day or a policy that cannot be."""
    programme = listed.load()
    when = occasion(programme, asked)
    return Begun(listed, programme, when, load(programme.policy, *source(programme.name, asked.policy)))


def made(start: Begun, asked: Asked) -> Made:
    """The run. Raises UserError where it cannot be."""
    listed, programme, when, policy = start
    doing(f"{listed.name}：读名册")
    given = given_books(start, asked)
    doing(f"{listed.name}：计算")
    return Made(
        Run(listed.name, listed.title, when, policy, *outcome(programme, policy, when, given)), start, given
    )


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


def given_books(start: Begun, asked: Asked) -> Given:
    """The rosters of a programme in the books that were asked for and in those that options name."""
    books = paths.books(asked.books, files.is_ours)
    passwords = Passwords(asked.password_file)
    main = {name: one for name, one in wanted(start).items() if name not in _named_by_options(start)}
    pinned = pinned_columns(asked.columns) if asked.columns else {}
    readings = [read(books, main, pinned=pinned, passwords=passwords), *apart(start, asked, passwords)]
    rosters = {name: roster for one in readings for name, roster in one.rosters.items()}
    return Given(
        tuple(books),
        tuple(book for one in readings for book in one.books),
        rosters,
        tuple(finding for one in readings for finding in one.findings),
    )


def wanted(start: Begun) -> dict[str, Wanted[Any]]:
    """What the programme reads, the main roster first, with the columns that the policy adds."""
    programme = start.programme
    columns = programme.policy_columns(start.policy.on(start.when.on))
    return {name: replace(one, more=columns.get(name, ())) for name, one in programme.reads.items()}


def _named_by_options(start: Begun) -> tuple[str | None, str | None]:
    """The rosters that only options name the books of."""
    return start.programme.previous, start.programme.screen


def apart(start: Begun, asked: Asked, passwords: Passwords) -> list[Reading]:
    """The rosters of --previous and --screen, where they were asked for. Raises UserError."""
    previous, screen = _named_by_options(start)
    for option, name, given in (("--previous", previous, asked.previous), ("--screen", screen, asked.screen)):
        if given and name is None:
            raise UserError(f"{start.listed.name} 不用 {option}，请去掉。")
    known = wanted(start)
    pinned = pinned_columns(asked.columns) if asked.columns else {}
    readings = []
    if previous and asked.previous:
        roster, books = (previous, known[previous]), paths.books([asked.previous])
        name, period = start.programme.name, start.when.period
        readings.append(read_before(books, roster, name, period, pinned=pinned, passwords=passwords))
    if screen and asked.screen:
        needed = {screen: replace(known[screen], optional=False)}
        readings.append(read(paths.books(asked.screen), needed, pinned=pinned, passwords=passwords))
    return readings


def outcome(
    programme: Programme, policy: PolicyFile[Any], when: Occasion, given: Given
) -> tuple[tuple[Input, ...], Outcome]:
    """What was read, and what the programme made of it, with the reader's findings before its own."""
    result = programme.run(given.rosters, policy, when)
    by_book = Counter(row.source.book for row in result.set_aside)
    books_read = (replace(book, set_aside=book.set_aside + by_book[book.file]) for book in given.books)
    early = _not_begun(when)
    return tuple(books_read), replace(result, findings=(*early, *given.findings, *result.findings))


def _not_begun(when: Occasion) -> Iterator[Finding]:
    """A warning for a period that lies in the future: who will die or move away before it nobody knows yet."""
    today = date.today()
    if when.period.first > today:
        yield Finding(
            "run.not-begun",
            Severity.WARNING,
            f"{when.period.title}还没有开始（今天是 {today}），现在算的只能是预计",
            Place("--period"),
            "发放以当期的实际情况为准",
            "请核对 --period；确要预计的，到期后用最新的名册重新计算。",
        )
