"""Carries out `check` and `merge`: reads workbooks, prints what is wrong, and writes marked copies, letters or one merged
workbook.

Exit codes are those of cli/app.py.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from sanchuang_cli.cli import letters
from sanchuang_cli.cli.asked import Asked, option_of
from sanchuang_cli.cli.known_rosters import (
    Passwords,
    WantedRosters,
    elsewhere,
    known,
    offered,
    or_as,
    roster_named,
)
from sanchuang_cli.cli.letters import WrittenLetter
from sanchuang_cli.cli.made import ReadBooks, apart, begun, main_rosters, not_read, occasion, with_townships
from sanchuang_cli.cli.profile import profile
from sanchuang_cli.cli.unforeseen import doing
from sanchuang_cli.desk import told
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme, listed
from sanchuang_cli.record import Roster
from sanchuang_cli.report import checked, files, glance, terminal, workbook
from sanchuang_cli.report.whom import NAME, name_heading
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.checks.audit import Audit, File, audit, texts
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.records import NOT_UNDERSTOOD
from sanchuang_cli.roster.returns.merging import merged
from sanchuang_cli.roster.returns.returning import ReturnedCopy, returned
from sanchuang_cli.roster.sorting import RESULT, WHAT_OF_A_RESULT
from sanchuang_cli.tally import Sort


def check(asked: Asked) -> bool:
    """Check the workbooks, show what is wrong, and write marked copies and letters to --return.

    Gives True where rows were set aside or a file was not understood.
    """
    doing("check：读名册、核对")
    passwords = Passwords(asked.password_file)
    if asked.purpose:
        purpose, rosters, examination = judged_for(listed(asked.purpose), asked, passwords)
    else:
        _need_a_purpose(asked)
        purpose, rosters = None, known(asked.roster, asked.policy)
        examination = audited(asked, rosters, passwords)
    doing("check：写副本和函")
    quotes = texts(examination, rosters.all)
    copies = returned(examination, quotes, asked.return_to, passwords) if asked.return_to else []
    county = profile(asked.profile)
    townships = county.townships if county else ()
    named = letters.standing(examination, townships, _name_heading(examination, rosters))
    sent = letters.written(examination, named, copies, asked.return_to, _what(purpose, asked), county)
    if asked.json:
        _print_json(document(examination, quotes, copies) | _letters(sent))
    else:
        console = Console(highlight=False, soft_wrap=True)
        counts = [(file.name, file.tally, file.error) for file in examination.files]
        checked.show(console, examination.findings, counts, named)
    tell(examination, copies, asked.return_to, sent)
    told.glance(lambda: glance.of_findings(examination.findings, named, examination.tally))
    if purpose is None:
        _tell_more(alone(examination, rosters))
        tell_purposes(examination, rosters)
        _tell_more(or_as(asked, "".join(file.error for file in examination.files)))
    return unfinished(examination)


def _what(purpose: ListedProgramme | None, asked: Asked) -> str:
    """The purpose of the check, such as 2026年第二季度生活补贴; "" where no programme was named with --for."""
    return f"{occasion(purpose.load(), asked).period.title}{purpose.title}" if purpose else ""


def _name_heading(examination: Audit, rosters: WantedRosters) -> str:
    """The heading of the name column in the first roster that has rows."""
    read = (wanted for name, wanted in rosters.wanted.items() if examination.rosters[name].rows_read)
    return next(map(name_heading, read), NAME)


def _print_json(answer: dict[str, Any]) -> None:
    """Print the answer; with escapes where standard output cannot show Chinese."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(answer, ensure_ascii=plain, indent=2) + "\n")


def _letters(sent: Sequence[WrittenLetter]) -> dict[str, Any]:
    return {"letters": [{"file": str(letter.saved.path), "rows": letter.rows} for letter in sent]}


def judged_for(
    purpose: ListedProgramme, asked: Asked, passwords: Passwords
) -> tuple[ListedProgramme, WantedRosters, Audit]:
    """Check the workbooks with the rules of the programme, exactly as a run would. Raises UserError."""
    if asked.roster and roster_named(asked.roster) != purpose.roster:
        raise UserError(f"--for {purpose.name} 读的名册是 {purpose.roster}，请去掉 --as {asked.roster}。")
    start = begun(purpose, asked)
    beside = {
        name: roster for reading in apart(start, asked, passwords) for name, roster in reading.rosters.items()
    }
    mains, reads = start.programme.mains, main_rosters(start)
    wanted = {main: reads.pop(main) for main in mains}
    rosters = WantedRosters(wanted, reads, not_read(start).own)

    def judge(read: Mapping[str, Roster[Any]]) -> Sequence[Finding]:
        asked_now, given = with_townships(start, ReadBooks((), (), {**read, **beside}, ()), asked)
        findings = start.programme.run(given.rosters, start.policy, asked_now.when).findings
        return *given.findings, *findings

    examination = audited(asked, rosters, passwords, judge)
    return purpose, rosters, examination.only(*mains)


def _need_a_purpose(asked: Asked) -> None:
    """Raises UserError for options that mean something only together with --for."""
    for name in ("period", "on", "screen", "previous", "results", "approvals"):
        if getattr(asked, name):
            raise UserError(f"{option_of(name)} 要和 --for 一起用，才知道按哪个程序查。")


def audited(
    asked: Asked,
    rosters: WantedRosters,
    passwords: Sequence[str],
    judge: Callable[[Mapping[str, Roster[Any]]], Sequence[Finding]] | None = None,
) -> Audit:
    """Read and check the workbooks. judge: the rules to add. Raises UserError where none of the workbooks can be used."""
    examination = audit(
        paths.books(asked.books, files.is_ours),
        rosters.wanted,
        rosters.beside,
        pinned=pinned_columns(asked.columns) if asked.columns else {},
        passwords=passwords,
        judge=judge,
        elsewhere=elsewhere(rosters),
    )
    if not examination.books.count(Sort.USED):
        lines = [file.error or f"{file.name}：{file.unused}，没有采用。" for file in examination.files]
        lines += [WHAT_OF_A_RESULT] if any(file.what.startswith(RESULT) for file in examination.files) else []
        raise UserError("\n".join([*lines, *or_as(asked, "".join(lines))]))
    _tell_more(
        [f"{finding.message}。{finding.mend}" for finding in paths.told_below(asked.books, files.is_ours)]
    )
    return examination


def tell_purposes(examination: Audit, rosters: WantedRosters) -> None:
    """Print which programmes fit the rosters that were read, for --for."""
    read = _mains_read(examination, rosters)
    fitting = [f"{entry.name}（{entry.title}）" for entry in PROGRAMMES if entry.roster in read]
    if fitting:
        terminal.console().print(
            f"以上是名册本身的毛病。看哪些行会待核实、为什么，请加 --for：{'、'.join(fitting)}。"
        )


def _mains_read(examination: Audit, rosters: WantedRosters) -> set[str]:
    """The --as names of the main rosters that have rows."""
    return {name.partition("/")[0] for name in rosters.wanted if examination.rosters[name].rows_read}


def alone(examination: Audit, rosters: WantedRosters) -> Iterator[str]:
    """For each further sheet of a programme that was given without the roster to which it belongs, what it is and what it needs."""
    there = _mains_read(examination, rosters)
    for name, wanted in rosters.beside.items():
        main = name.partition("/")[0]
        if examination.rosters[name].rows_read and main not in there:
            entry = offered()[main]
            yield (
                f"“{wanted.title}”是{entry.title}（{entry.name}）的附表，随“{rosters.wanted[main].title}”一起用；"
                f"没有名册，只能查它自己的格子，请连同名册一起给出。"
            )


def _tell_more(lines: Iterable[str]) -> None:
    for line in lines:
        terminal.console().print(line)


def unfinished(examination: Audit) -> bool:
    """Whether rows were set aside or a file was not understood."""
    return bool(examination.tally.set_aside or examination.books.count(Sort.NOT_UNDERSTOOD))


def tell(
    examination: Audit, copies: list[ReturnedCopy], folder: Path | None, sent: Sequence[WrittenLetter] = ()
) -> None:
    """Print the last lines on stderr: counts, where every row went, the marked copies, and the letters."""
    console = terminal.console()
    console.print(f"疑点：{checked.summary(examination.findings)}")
    for line in examination.books.lines:
        console.print(line, style="bold", soft_wrap=True)
    console.print(f"守恒：{examination.tally}", style="bold")
    for copy in copies:
        console.print(f"退回修改：{copy.saved.path}（{copy.marked} 处）", style="bold", soft_wrap=True)
        for note in (copy.saved.instead, *copy.notes):
            if note:
                console.print(f"  {note}", style="yellow", soft_wrap=True)
    for letter in sent:
        console.print(
            f"退回修改函：{letter.saved.path}（{letter.rows} 条待核实）", style="bold", soft_wrap=True
        )
        if letter.saved.instead:
            console.print(f"  {letter.saved.instead}", style="yellow", soft_wrap=True)
    if folder and not copies:
        console.print("没有要退回修改的。")


def document(examination: Audit, quotes: dict[Finding, str], copies: list[ReturnedCopy]) -> dict[str, Any]:
    """What `check --json` prints. Numbers are masked. Row or column is null where a finding is about a whole sheet or row."""
    by_name = {copy.name: copy for copy in copies}
    return {
        "files": [_file_entry(file, by_name.get(file.name)) for file in examination.files],
        "findings": [_finding_entry(finding, quotes.get(finding)) for finding in examination.findings],
        "summary": {
            "read": examination.tally.read,
            "used": examination.tally.used,
            "set_aside": examination.tally.set_aside,
            "conservation": str(examination.tally),
            "books": str(examination.books),
            **{f"{s.value}s": sum(f.severity is s for f in examination.findings) for s in Severity},
        },
    }


def _file_entry(file: File, copy: ReturnedCopy | None) -> dict[str, Any]:
    """A workbook in the JSON. copy: its marked copy, if there is one."""
    return {
        "file": file.name,
        "sha256": file.book.sha256 if file.book else None,
        "sort": file.sort,
        "error": file.error or None,
        "read": file.tally.read,
        "used": file.tally.used,
        "set_aside": file.tally.set_aside,
        "conservation": str(file.tally),
        "returned": str(copy.saved.path) if copy else None,
        "differences": list(copy.notes) if copy else [],
    }


def _finding_entry(finding: Finding, text: str | None) -> dict[str, Any]:
    """A finding in the JSON. text: what the cell has."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": place.book,
        "sheet": place.sheet,
        "row": place.row or None,
        "column": place.column or None,
        "cell": place.cell or None,
        "heading": place.heading,
        "text": text,
        "message": finding.message,
        "basis": finding.basis,
        "mend": finding.mend,
    }


def merge(asked: Asked) -> bool:
    """Write the workbooks as one roster. Gives True where rows were set aside, a file was not understood, or filled columns
    are not in it: a policy may ask for what they say."""
    assert asked.out, "--out is required"
    rosters = known(asked.roster, asked.policy)
    examination = audited(asked, rosters, Passwords(asked.password_file))
    wanted_only = examination.only(*rosters.wanted)
    if not wanted_only.tally.read:
        raise UserError("\n".join(("没有可以合并的名册。", *alone(examination, rosters))))
    tables = merged(examination, rosters.wanted, rosters.beside)

    def write(target: Path) -> None:
        workbook.write(target, tables, on=date.today())

    saved = files.save(asked.out, write, [file.path for file in wanted_only.files])
    tell(wanted_only, [], None)
    console = terminal.console()
    for file in wanted_only.files:
        console.print(f"  {file.name}：{file.unused or file.tally}", soft_wrap=True)
    titles = {wanted.title for wanted in rosters.all.values()}
    others = [table for table in tables[1:] if table.name in titles]
    also = "".join(f"；另有{table.name} {len(table.rows)} 行" for table in others)
    left_out = [
        f"没有并入：{finding.place}：{finding.message}。本县政策要的列，请加 --policy 政策文件 重新合并。"
        for finding in examination.findings
        if finding.code == NOT_UNDERSTOOD
    ]
    for line in (saved.instead, f"合并名册：{saved.path}{also}", *left_out):
        if line:
            console.print(line, style="bold", soft_wrap=True)
    return unfinished(wanted_only) or bool(left_out)
