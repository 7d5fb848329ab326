"""Makes a run from the options: it reads the policy and the workbooks and lets the programme judge. It writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.cli import clock
from sanchuang_cli.cli.announced import announced
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.gathering import Gathered, gathered
from sanchuang_cli.cli.joining import joined, ledger_of_approvals
from sanchuang_cli.cli.known_rosters import Passwords, other_rosters
from sanchuang_cli.cli.mentions import mentions
from sanchuang_cli.cli.pagenames import unknown_pages
from sanchuang_cli.cli.profile import printing, profile
from sanchuang_cli.cli.reporting import of_counties, reported
from sanchuang_cli.cli.unforeseen import doing
from sanchuang_cli.comparing import Last
from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile, load, source
from sanchuang_cli.programme import PREVIOUS, SCREEN, Programme
from sanchuang_cli.programmes import OVER_RESULTS, ListedProgramme
from sanchuang_cli.record import Field, Wanted
from sanchuang_cli.report import files, whom
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.whom import Named, Towns, name_heading
from sanchuang_cli.roster import paths, titles
from sanchuang_cli.roster.checks.by_heading import Listing
from sanchuang_cli.roster.checks.organisations import branch_spellings, township_spellings
from sanchuang_cli.roster.columns.matching import check_pinned, pinned_columns, pins_for
from sanchuang_cli.roster.rather import rather_another
from sanchuang_cli.roster.read import ReadRosters, read, read_given
from sanchuang_cli.roster.results import opened, read_before
from sanchuang_cli.roster.sorting import Elsewhere, counted, sort_books
from sanchuang_cli.roster.townships import Township, own_name, own_names, settled
from sanchuang_cli.tally import Books, Input


class Begun(NamedTuple):
    """A programme with its period, day and policy, before any workbook is opened."""

    listed: ListedProgramme
    programme: Programme
    when: Occasion
    policy: PolicyFile[Any]


class ReadBooks(NamedTuple):
    """What was read for a programme. paths: the workbooks of the command line, without those that options name. sorts: what
    each of them is. rather: tables that may be another roster, which is told where the run concerns nobody."""

    paths: tuple[Path, ...]
    books: tuple[Input, ...]
    rosters: Rosters
    findings: tuple[Finding, ...]
    sorts: Books = Books()
    rather: tuple[Finding, ...] = ()


class Made(NamedTuple):
    """A finished run with what it was made from."""

    run: Run
    begun: Begun
    given: ReadBooks


def begun(listed: ListedProgramme, asked: Asked) -> Begun:
    """Read period, day and policy. Raises UserError where one of them is not possible."""
    programme = listed.load()
    when = occasion(programme, asked)
    return Begun(listed, programme, when, load(programme.policy, *source(programme.name, asked.policy)))


def made(start: Begun, asked: Asked) -> Made:
    """Read the workbooks and make the run. Raises UserError."""
    doing(f"{start.listed.name}：读名册")
    start, given = with_townships(start, given_books(start, asked), asked)
    listed, _, when, policy = start
    doing(f"{listed.name}：计算")
    found = outcome(start, given, stated=asked.on is not None, details=asked.details)
    county = profile(asked.profile)
    named = standing(start, given.rosters, found[1], county.townships if county else ())
    printed = replace(printing(asked.profile), details=asked.details)
    run = Run(
        listed.name, listed.title, when, policy, *found, books=given.sorts, printing=printed, named=named
    )
    odd = (*run.outcome.findings, *unknown_pages(run), *(given.rather if _concerns_nobody(run) else ()))
    return Made(replace(run, outcome=replace(run.outcome, findings=odd)), start, given)


def _concerns_nobody(run: Run) -> bool:
    """Whether rows were read, and none of them is in the part that a programme is about, which is the first of its tally."""
    tallies = [tally for _, tally in run.outcome.tally.each] or [run.outcome.tally]
    return any(tally.read and tally.parts and not tally.parts[0][1] for tally in tallies)


def standing(start: Begun, rosters: Rosters, judged: Outcome, townships: Sequence[Township]) -> Named:
    """Whom the findings are about, and which rows are set aside."""
    mains, official = start.programme.mains, own_names(townships)
    others = [roster for name, roster in rosters.items() if name not in mains]
    towns = Towns(partial(own_name, own=official), start.when.rank)
    heading = name_heading(mains[start.programme.chief].wanted)
    given = [rosters[name] for name in mains]
    named = whom.named(given, others, judged.set_aside, judged.findings, towns, heading)
    assert len(named.waiting) == judged.tally.set_aside, "the list of those set aside is not whole"
    return named


def occasion(programme: Programme, asked: Asked) -> Occasion:
    """The period and the day of judgement: by default today, or the day of the period that is nearest to it. A programme that
    judges a day takes the period in which that day lies.

    Raises UserError for a day before the period, unless the programme judges a day.
    """
    today = clock.today()
    try:
        on = date.fromisoformat(asked.on) if asked.on is not None else None
    except ValueError:
        raise UserError(f"--on 的日期“{asked.on}”看不懂。请写成 2026-06-30。") from None
    day = on if on and programme.judges_a_day else today
    period = Period.parse(asked.period) if asked.period else programme.default_period(day)
    if on is None:
        return Occasion(period, min(max(today, period.first), period.last), without=tuple(asked.without))
    if on < period.first and not programme.judges_a_day:
        raise UserError(
            f"--on {on} 早于{period.title}的第一天 {period.first}，那时本期的情况还不知道。请写 {period.first} 至 {period.last} 的一天，或改 --period。"
        )
    return Occasion(period, on, without=tuple(asked.without))


def given_books(start: Begun, asked: Asked) -> ReadBooks:
    """Read the rosters of a programme from the workbooks of the command line and of its options; those of a command over
    results from the results. Raises UserError."""
    if start.listed in OVER_RESULTS:
        return ReadBooks(*_over_results(start, asked))
    books = paths.books(asked.books, files.is_ours)
    passwords = Passwords(asked.password_file)
    main = main_rosters(start)
    pinned = pins_for(_pinned(start, asked), main.values())
    sorts = sort_books(books, main, elsewhere=not_read(start), pinned=pinned, passwords=passwords)
    readings = [read_given(sorts, main, pinned=pinned), *apart(start, asked, passwords)]
    rosters = {name: roster for reading in readings for name, roster in reading.rosters.items()}
    mains = [rosters[name] for name in start.programme.mains]
    odd = [finding for reading in readings for finding in reading.findings]
    odd += paths.told_below(asked.books, files.is_ours)
    return ReadBooks(
        tuple(books),
        tuple(book for reading in readings for book in reading.books),
        rosters,
        (*odd, *titles.asked(mains, start.when.period)),
        counted(sorts),
        tuple(rather_another(sorts, mains_of(start), (PREVIOUS, SCREEN), other_rosters)),
    )


def _over_results(start: Begun, asked: Asked) -> Gathered:
    """What a command over results reads: the pages of results that it names, or all lines about a person."""
    passwords = Passwords(asked.password_file)
    own = _own_before(start, asked, passwords)
    if asked.words:
        return mentions(asked.words[0], asked.words[1:], passwords, own)
    if asked.counties:
        return of_counties(asked.books, main_rosters(start), passwords, asked.approvals, own)
    if "approved" in start.listed.can:
        return reported(asked.books, main_rosters(start), passwords, ledger_of_approvals(asked), own)
    return gathered(asked.books, main_rosters(start), passwords, own)


def _own_before(start: Begun, asked: Asked, passwords: Passwords) -> list[Path]:
    """What the same command wrote before where this run writes, which may lie in a folder that it reads. It is none of what
    is read; it is replaced where it has the name of what is written now, as the file of the same person has."""
    there = [asked.out] if asked.out else sorted(Path().glob(f"*-{start.listed.title}-*.xlsx"))
    return [path for path in there if path.is_file() and _wrote(start.listed.name, path, passwords)]


def _wrote(programme: str, path: Path, passwords: Passwords) -> bool:
    try:
        return opened(path, path.name, passwords).programme == programme
    except UserError:
        return False


def _pinned(start: Begun, asked: Asked) -> dict[str, str]:
    """What a --columns file says. Raises UserError where it names what the programme does not read."""
    pinned = pinned_columns(asked.columns) if asked.columns else {}
    check_pinned(pinned, wanted(start).values())
    return pinned


def with_townships(start: Begun, given: ReadBooks, asked: Asked) -> tuple[Begun, ReadBooks]:
    """The same with the official name of every township, in the order of county.toml, else in that of the main rosters."""
    county = profile(asked.profile)
    named = settled(given.rosters, county.townships if county else (), [*start.programme.mains])
    findings, by_county = named.findings, bool(county and county.townships)
    findings = (*findings, *_spellings(start, named.rosters, by_county=by_county))
    when = replace(start.when, townships=named.order, by_county=by_county)
    return start._replace(when=when), given._replace(
        rosters=named.rosters, findings=(*given.findings, *findings)
    )


def _spellings(start: Begun, rosters: Rosters, *, by_county: bool) -> Iterator[Finding]:
    """Branches that are spelt in several ways in the main rosters together, and townships if the county does not list them."""
    placed = [
        record
        for main in start.programme.mains
        for record in rosters[main].records
        if hasattr(record, "township")
    ]
    if placed:
        kind = type(placed[0])
        listing = Listing(start.listed.title, kind.declared(), placed)
        yield from branch_spellings(listing)
        yield from () if by_county else township_spellings(listing)


def wanted(start: Begun) -> dict[str, Wanted[Any]]:
    """What the programme reads, the main rosters first, with the columns that the policy adds."""
    columns = _columns(start)
    return {
        name: roster.with_more(columns.get(name, {}).values())
        for name, roster in start.programme.reads.items()
    }


def _columns(start: Begun) -> Mapping[str, dict[str, Field]]:
    """The columns that the policy adds, by roster and name: of rules that go by months, those of each edition up to the day."""
    on, period = start.when.on, start.when.period
    held = start.policy.between(period.first, min(on, period.last)) if start.programme.by_month else ()
    columns: dict[str, dict[str, Field]] = defaultdict(dict)
    for edition in held or (start.policy.on(on),):
        for name, more in start.programme.policy_columns(edition).items():
            columns[name] |= {one.name or one.heading: one for one in more}
    return columns


def main_rosters(start: Begun) -> dict[str, Wanted[Any]]:
    """What is looked for in the workbooks of the command line, the main rosters first."""
    return {name: roster for name, roster in wanted(start).items() if name not in (PREVIOUS, SCREEN)}


def mains_of(start: Begun) -> dict[str, Wanted[Any]]:
    """The main rosters alone."""
    return {name: roster for name, roster in wanted(start).items() if name in start.programme.mains}


def not_read(start: Begun) -> Elsewhere:
    """What these workbooks may also have, and what is not read from them."""
    return Elsewhere(
        {name: roster for name, roster in wanted(start).items() if name == SCREEN}, other_rosters
    )


def apart(start: Begun, asked: Asked, passwords: Passwords) -> list[ReadRosters]:
    """Read the workbooks of --previous, --screen and --result. Raises UserError."""
    known, pinned = wanted(start), _pinned(start, asked)
    for name, given in ((PREVIOUS, asked.previous), (SCREEN, asked.screen)):
        if given and name not in known:
            raise UserError(f"{start.listed.name} 不用 --{name}，请去掉。")
    readings = []
    if asked.previous:
        roster, books = (PREVIOUS, known[PREVIOUS]), paths.books([asked.previous])
        name, period, last = start.programme.name, start.when.period, start.programme.previous
        columns, again = pins_for(pinned, [known[PREVIOUS]]), isinstance(last, Last) and last.again
        readings.append(
            read_before(books, roster, name, period, again=again, pinned=columns, passwords=passwords)
        )
    if asked.screen:
        needed = {SCREEN: replace(known[SCREEN], optional=False)}
        books, columns = paths.books(asked.screen), pins_for(pinned, needed.values())
        readings.append(read(books, needed, pinned=columns, passwords=passwords, every=True))
    if "announces" in start.listed.can:
        return [*readings, *announced(asked)]
    return [*readings, *joined(start.programme, start.policy.on(start.when.on), start.when.period, asked)]


def outcome(
    start: Begun, given: ReadBooks, *, stated: bool = False, details: bool = False
) -> tuple[tuple[Input, ...], Outcome]:
    """What was read, and what the programme made of it, with the reader's findings before its own. stated: the day of
    judgement was given with --on. details: pages of details were asked for."""
    _, programme, when, policy = start
    result = programme.run(given.rosters, policy, when, details=details)
    by_book = Counter(row.source.book for row in result.set_aside)
    books_read = (replace(book, set_aside=book.set_aside + by_book[book.file]) for book in given.books)
    odd = _odd_days(programme, when, stated=stated)
    return tuple(books_read), replace(result, findings=(*odd, *given.findings, *result.findings))


def _odd_days(programme: Programme, when: Occasion, *, stated: bool) -> Iterator[Finding]:
    """Warnings where the day of judgement is after the period, or before some of its months, or where the period lies in the
    future.

    Nobody knows yet who will die or move away before a future period. Where the day was given with --on, only the terminal
    warns of it: the workbook must be the same on whatever day it is made.
    """
    if when.on > when.period.last and not programme.judges_a_day:
        yield Finding(
            "run.on-after-period",
            Severity.WARNING,
            f"判定日 {when.on} 晚于{when.period.title}的最后一天 {when.period.last}",
            Place("--on"),
            "本期的发放以期末的情况为准",
            "请核对 --on；不写 --on 就按期末（还没到期末的按当天）判断。",
        )
    ahead = Month.of(when.on).plus(1)
    if not stated and (message := not_begun(when)):
        yield Finding(
            "run.not-begun",
            Severity.WARNING,
            message,
            Place("--period"),
            "发放以当期的实际情况为准",
            "请核对 --period；确要预计的，到期后用最新的名册重新计算。",
        )
    elif programme.pays and programme.by_month and ahead.first <= when.period.last:
        yield Finding(
            "run.months-ahead",
            Severity.WARNING,
            f"{ahead} 起的 {Month.of(when.period.last) - ahead + 1} 个月在判定日 {when.on} 以后，也按现在的名册算了，只能是预计",
            Place("--on"),
            "发放以当期的实际情况为准",
            "只发已经到的月份，请改 --period；确要预计的，到期后用最新的名册重新计算。",
        )


def not_begun(when: Occasion) -> str:
    """The warning that the period lies in the future, "" where it does not."""
    today = clock.today()
    if when.period.first <= today:
        return ""
    return f"{when.period.title}还没有开始（今天是 {today}），现在算的只能是预计"
