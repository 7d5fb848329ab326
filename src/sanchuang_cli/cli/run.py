"""One run of a programme, from the words on the command line to the workbook."""

import gc
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sanchuang_cli.cli import publishing, townships
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.known import Passwords
from sanchuang_cli.finding import Finding, Place, Severity, UserError, in_order
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile, load, source
from sanchuang_cli.programme import Input, Occasion, Outcome, Programme, Rosters
from sanchuang_cli.programmes import Listed
from sanchuang_cli.report import appendix, document, files, template, terminal, workbook
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.read import Reading, read

if TYPE_CHECKING:  # the ledger's library takes long to import, and most runs have no ledger
    from sanchuang_cli.ledger.batches import Proposed, Said

BY = {"": "", "township": "乡镇"}
"""--by: the heading of the column that pages are taken apart by."""
_FEW = 3
"""Places that a message names."""


def occasion(programme: Programme, asked: Asked) -> Occasion:
    """The period and the day of judgement: by default today, or the day of the period that is nearest to it.

    Raises UserError for a day before the period, unless the programme judges a day.
    """
    today = date.today()
    period = Period.parse(asked.period) if asked.period else programme.default_period(today)
    if asked.on is None:
        return Occasion(period, min(max(today, period.first), period.last))
    try:
        on = date.fromisoformat(asked.on)
    except ValueError:
        raise UserError(f"--on 的日期“{asked.on}”看不懂。请写成 2026-06-30。") from None
    if on < period.first and not programme.judges_a_day:
        raise UserError(
            f"--on {on} 早于{period.title}的第一天 {period.first}，那时本期的情况还不知道。请写 {period.first} 至 {period.last} 的一天，或改 --period。"
        )
    return Occasion(period, on)


class Performed(NamedTuple):
    """A finished run, where its workbooks are, and the batches it proposed, where it was to."""

    run: Run
    saved: tuple[Path, ...]
    proposed: "Proposed | None"

    @property
    def set_aside(self) -> bool:
        """Whether somebody was set aside, by the rules or by the ledger."""
        ledger = (one for one in self.run.outcome.findings if one.code.startswith("ledger."))
        return bool(self.run.outcome.tally.set_aside) or any(d.severity is Severity.ERROR for d in ledger)


def perform(listed: Listed, asked: Asked, proposer: "Said | None" = None) -> Performed:
    """Run the programme, write its workbook, show what came of it. proposer: who proposes what the ledger owes."""
    gc.disable()  # a run makes millions of objects, hardly a cycle among them, and ends: collecting takes a third of it
    programme = listed.load()
    when = occasion(programme, asked)
    screen = terminal.console(quiet=asked.quiet)
    terminal.open_with(screen, listed.title, when, _not_begun(when) if asked.on else "")
    policy = load(programme.policy, *source(programme.name, asked.policy))
    password = publishing.password(asked) if asked.encrypt else ""
    if asked.by not in BY:
        raise UserError(f"--by 不认识“{asked.by}”。可用的有：{'、'.join(word for word in BY if word)}。")
    by = BY[asked.by]
    if asked.out:
        _check_target(asked.out)
    publishing.check_targets(asked)
    books = paths.books(asked.books, files.is_ours)
    given = given_books(programme, policy, when, books, asked)
    found = outcome(programme, policy, when, given, stated=asked.on is not None)
    run = Run(listed.name, listed.title, when, policy, *found)
    judged = None
    if asked.ledger:
        from sanchuang_cli.cli import accounts

        judged = accounts.judged(programme, run, given, asked.ledger)
        run = accounts.compared_run(judged)
    run, further = publishing.prepared(run, asked)
    if asked.strict and (run.outcome.tally.set_aside or run.count(Severity.WARNING)):
        terminal.show(screen, run, None, unmask=asked.unmask)
        raise UserError(f"--strict：有警告或待核实记录，什么都没有写出。请先改正：{_places(run)}。")

    target = asked.out or Path(f"{paths.common_name(books)}-{listed.title}-{when.period}.xlsx")
    saved = [
        _saved(one.run, one.target, by, password, books) for one in _parts(run, programme, given, target)
    ]
    if asked.json:
        sys.stdout.write(document.text(run, asked.unmask, encoding=sys.stdout.encoding))
    terminal.show(screen, run, _told(saved), unmask=asked.unmask)
    publishing.write(run, further, asked, screen)
    made = None
    if judged and proposer:
        made = accounts.reserved(judged, proposer)
    return Performed(run, tuple(one.path for one in saved), made)


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise UserError(f"--out {target} 是文件夹。请写明文件名，如 {target / '结果.xlsx'}。")
    if target.suffix.lower() != ".xlsx":
        raise UserError(f"--out 的文件名“{target.name}”应以 .xlsx 结尾：结果只写成这一种。")


def _parts(run: Run, programme: Programme, given: "Given", target: Path) -> list[townships.Part]:
    """The run's workbook, or one for each township where the path says so."""
    if townships.PLACEHOLDER not in str(target):
        return [townships.Part(target, run)]
    found = list(townships.parts(run, programme, given.rosters, target))
    for part in found:
        publishing.folder_at(part.target.parent)
    return found


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


def _saved(run: Run, target: Path, by: str, password: str, books: list[Path]) -> files.Saved:
    def write(path: Path) -> None:
        workbook.write(path, appendix.pages(run, by), on=run.occasion.on, caution=run.caution)
        if password:
            from sanchuang_cli.report import encryption

            encryption.lock(path, password)

    return files.save(target, write, books)


class Given(NamedTuple):
    """What was read for a programme."""

    books: tuple[Input, ...]
    rosters: Rosters
    findings: tuple[Finding, ...]


def given_books(
    programme: Programme, policy: PolicyFile[Any], when: Occasion, books: list[Path], asked: Asked
) -> Given:
    """The rosters of a programme in `books` and in the books that options name."""
    columns = programme.policy_columns(policy.on(when.on))
    wanted = {name: replace(one, more=columns.get(name, ())) for name, one in programme.reads.items()}
    pinned = pinned_columns(asked.columns) if asked.columns else {}
    known = Passwords(asked.password_file)

    def reading(files: list[Path], names: set[str]) -> Reading:
        chosen = {
            name: replace(wanted[name], optional=False) if len(names) == 1 else wanted[name] for name in names
        }
        return read(files, chosen, pinned=pinned, passwords=known)

    apart = {"--previous": (programme.previous, [asked.previous] if asked.previous else []),
             "--screen": (programme.screen, list(asked.screen))}  # fmt: skip
    readings = [reading(books, set(wanted) - {name for name, _ in apart.values()})]
    for option, (name, given) in apart.items():
        if given and name is None:
            raise UserError(f"{programme.name} 不用 {option}，请去掉。")
        if given and name:
            readings.append(reading(paths.books(given), {name}))
            if option == "--previous" and any(f"（{when.period}）" in told for told in readings[-1].periods):
                raise UserError(
                    f"--previous 给的是{when.period.title}自己的结果，不是上一期的。请换成上一期的。"
                )
    rosters = {name: roster for one in readings for name, roster in one.rosters.items()}
    return Given(
        tuple(book for one in readings for book in one.books),
        rosters,
        tuple(finding for one in readings for finding in one.findings),
    )


def outcome(
    programme: Programme, policy: PolicyFile[Any], when: Occasion, given: Given, *, stated: bool = False
) -> tuple[tuple[Input, ...], Outcome]:
    """What was read, and what the programme made of it, with the reader's findings before its own. stated: the day of
    judgement was given with --on."""
    result = programme.run(given.rosters, policy, when)
    by_book = Counter(row.source.book for row in result.set_aside)
    books_read = (replace(book, set_aside=book.set_aside + by_book[book.file]) for book in given.books)
    odd = _odd_days(programme, when, stated=stated)
    return tuple(books_read), replace(result, findings=(*odd, *given.findings, *result.findings))


def _odd_days(programme: Programme, when: Occasion, *, stated: bool) -> Iterator[Finding]:
    """Warnings for a day of judgement after the period, and for a period that lies in the future: who will die or move
    away before it nobody knows yet. Where the day is stated, the workbook says nothing of today; the screen does."""
    if when.on > when.period.last and not programme.judges_a_day:
        yield Finding(
            "run.on-after-period",
            Severity.WARNING,
            f"判定日 {when.on} 晚于{when.period.title}的最后一天 {when.period.last}",
            Place("--on"),
            "本期的发放以期末的情况为准",
            "请核对 --on；不写 --on 就按期末（还没到期末的按当天）判断。",
        )
    if not stated and (message := _not_begun(when)):
        yield Finding(
            "run.not-begun",
            Severity.WARNING,
            message,
            Place("--period"),
            "发放以当期的实际情况为准",
            "请核对 --period；确要预计的，到期后用最新的名册重新计算。",
        )


def _not_begun(when: Occasion) -> str:
    """That the period lies in the future, "" where it does not."""
    today = date.today()
    if when.period.first <= today:
        return ""
    return f"{when.period.title}还没有开始（今天是 {today}），现在算的只能是预计"


def write_template(listed: Listed, policy: str | None, out: Path | None) -> None:
    """Write the blank roster of a programme's main reading and say where it is."""
    programme = listed.load()
    file = load(programme.policy, *source(programme.name, policy))
    name, wanted = next(iter(programme.reads.items()))
    edition = file.editions[-1]
    filled = replace(wanted, more=programme.policy_columns(edition).get(name, ()))
    target = out or Path(f"{wanted.title}-空白.xlsx")
    saved = files.save(target, lambda path: template.write(path, filled, on=edition.effective))
    sys.stderr.write("".join(f"{line}\n" for line in (saved.instead, f"空白名册：{saved.path}") if line))
