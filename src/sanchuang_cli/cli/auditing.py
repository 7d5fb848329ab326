"""`check` and `merge`, from the words on the command line to what is written. Exit codes as in cli/app.py."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from sanchuang_cli.cli import letters
from sanchuang_cli.cli.asked import Asked, option_of
from sanchuang_cli.cli.known import Known, Passwords, elsewhere, known, or_as
from sanchuang_cli.cli.letters import Letter
from sanchuang_cli.cli.made import Given, apart, begun, main_rosters, not_read, occasion, with_townships
from sanchuang_cli.cli.profile import profile
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.programmes import PROGRAMMES, Listed, listed
from sanchuang_cli.record import Roster
from sanchuang_cli.report import checked, files, terminal, workbook
from sanchuang_cli.report.whom import NAME, name_heading
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.checks.audit import Audit, audit, texts
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.returns.merging import merged
from sanchuang_cli.roster.returns.returning import Returned, returned
from sanchuang_cli.roster.sorting import RESULT, WHAT_OF_A_RESULT
from sanchuang_cli.tally import Sort


def check(asked: Asked) -> bool:
    """Check the books, show what is wrong, return copies and letters to --return. True when rows or files were set aside."""
    passwords = Passwords(asked.password_file)
    if asked.purpose:
        purpose, rosters, found = judged_for(listed(asked.purpose), asked, passwords)
    else:
        _need_a_purpose(asked)
        purpose, rosters = None, known(asked.roster, asked.policy)
        found = audited(asked, rosters, passwords)
    quotes = texts(found, rosters.all)
    copies = returned(found, quotes, asked.return_to, passwords) if asked.return_to else []
    county = profile(asked.profile)
    townships = county.townships if county else ()
    named = letters.standing(found, townships, _name_heading(found, rosters))
    sent = letters.written(found, named, copies, asked.return_to, _what(purpose, asked), county)
    if asked.json:
        plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        told = document(found, quotes, copies) | _letters(sent)
        sys.stdout.write(json.dumps(told, ensure_ascii=plain, indent=2) + "\n")
    else:
        screen = Console(highlight=False, soft_wrap=True)
        checked.show(screen, found.findings, [(f.name, f.tally, f.error) for f in found.files], named)
    tell(found, copies, asked.return_to, sent)
    if purpose is None:
        tell_purposes(found)
        _tell_more(or_as(asked, "".join(file.error for file in found.files)))
    return unfinished(found)


def _what(purpose: Listed | None, asked: Asked) -> str:
    """For what the books are checked: 2026年第二季度生活补贴; "" where for nothing more than being a roster."""
    return f"{occasion(purpose.load(), asked).period.title}{purpose.title}" if purpose else ""


def _name_heading(found: Audit, rosters: Known) -> str:
    """What the first roster that was read calls a name."""
    read = (one for name, one in rosters.wanted.items() if found.rosters[name].rows_read)
    return next(map(name_heading, read), NAME)


def _letters(sent: Sequence[Letter]) -> dict[str, Any]:
    return {"letters": [{"file": str(one.saved.path), "rows": one.rows} for one in sent]}


def judged_for(purpose: Listed, asked: Asked, passwords: Passwords) -> tuple[Listed, Known, Audit]:
    """The books as a run of the programme judges them: what it sets aside, and why. Raises UserError."""
    if asked.roster not in (None, purpose.roster):
        raise UserError(f"--for {purpose.name} 读的名册是 {purpose.roster}，请去掉 --as {asked.roster}。")
    start = begun(purpose, asked)
    beside = {name: roster for one in apart(start, asked, passwords) for name, roster in one.rosters.items()}
    mains, reads = start.programme.mains, main_rosters(start)
    wanted = {main: reads.pop(main) for main in mains}
    rosters = Known(wanted, reads, not_read(start).own)

    def judge(read: Mapping[str, Roster[Any]]) -> Sequence[Finding]:
        asked_now, given = with_townships(start, Given((), (), {**read, **beside}, ()), asked)
        found = start.programme.run(given.rosters, start.policy, asked_now.when).findings
        return *given.findings, *found

    found = audited(asked, rosters, passwords, judge)
    return purpose, rosters, found.only(*mains)


def _need_a_purpose(asked: Asked) -> None:
    """Raises UserError for options that only a run of a programme can use."""
    for name in ("period", "on", "screen", "previous", "results", "approvals"):
        if getattr(asked, name):
            raise UserError(f"{option_of(name)} 要和 --for 一起用，才知道按哪个程序查。")


def audited(
    asked: Asked,
    rosters: Known,
    passwords: Sequence[str],
    judge: Callable[[Mapping[str, Roster[Any]]], Sequence[Finding]] | None = None,
) -> Audit:
    """Raises UserError when not one of the books is used."""
    found = audit(
        paths.books(asked.books, files.is_ours),
        rosters.wanted,
        rosters.beside,
        pinned=pinned_columns(asked.columns) if asked.columns else {},
        passwords=passwords,
        judge=judge,
        elsewhere=elsewhere(rosters),
    )
    if not found.books.count(Sort.USED):
        lines = [file.error or f"{file.name}：{file.unused}，没有采用。" for file in found.files]
        lines += [WHAT_OF_A_RESULT] if any(file.what.startswith(RESULT) for file in found.files) else []
        raise UserError("\n".join([*lines, *or_as(asked, "".join(lines))]))
    return found


def tell_purposes(found: Audit) -> None:
    """The programmes that can be asked about the rosters that were read."""
    read = {name.partition("/")[0] for name, roster in found.rosters.items() if roster.rows_read}
    fitting = [f"{one.name}（{one.title}）" for one in PROGRAMMES if one.roster in read]
    if fitting:
        terminal.console().print(
            f"以上是名册本身的毛病。看哪些行会待核实、为什么，请加 --for：{'、'.join(fitting)}。"
        )


def _tell_more(lines: Sequence[str]) -> None:
    for line in lines:
        terminal.console().print(line)


def unfinished(found: Audit) -> bool:
    return bool(found.tally.set_aside or found.books.count(Sort.NOT_UNDERSTOOD))


def tell(found: Audit, copies: list[Returned], folder: Path | None, sent: Sequence[Letter] = ()) -> None:
    """The last lines, on stderr: counts, where every row went, where the copies are and what they lack, and the letters
    that go with them."""
    screen = terminal.console()
    screen.print(f"疑点：{checked.summary(found.findings)}")
    for line in found.books.lines:
        screen.print(line, style="bold", soft_wrap=True)
    screen.print(f"守恒：{found.tally}", style="bold")
    for copy in copies:
        screen.print(f"退回修改：{copy.saved.path}（{copy.marked} 处）", style="bold", soft_wrap=True)
        for note in (copy.saved.instead, *copy.notes):
            if note:
                screen.print(f"  {note}", style="yellow", soft_wrap=True)
    for one in sent:
        screen.print(f"退回修改函：{one.saved.path}（{one.rows} 条待核实）", style="bold", soft_wrap=True)
        if one.saved.instead:
            screen.print(f"  {one.saved.instead}", style="yellow", soft_wrap=True)
    if folder and not copies:
        screen.print("没有要退回修改的。")


def document(found: Audit, quotes: dict[Finding, str], copies: list[Returned]) -> dict[str, Any]:
    """What `check --json` prints. Numbers are masked; row and column are null for a whole sheet or row."""
    by_name = {copy.name: copy for copy in copies}
    return {
        "files": [
            {
                "file": file.name,
                "sha256": file.book.sha256 if file.book else None,
                "sort": file.sort,
                "error": file.error or None,
                "read": file.tally.read,
                "used": file.tally.used,
                "set_aside": file.tally.set_aside,
                "conservation": str(file.tally),
                "returned": str(by_name[file.name].saved.path) if file.name in by_name else None,
                "differences": list(by_name[file.name].notes) if file.name in by_name else [],
            }
            for file in found.files
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity.value,
                "file": f.place.book,
                "sheet": f.place.sheet,
                "row": f.place.row or None,
                "column": f.place.column or None,
                "cell": f.place.cell or None,
                "heading": f.place.heading,
                "text": quotes.get(f),
                "message": f.message,
                "basis": f.basis,
                "mend": f.mend,
            }
            for f in found.findings
        ],
        "summary": {
            "read": found.tally.read,
            "used": found.tally.used,
            "set_aside": found.tally.set_aside,
            "conservation": str(found.tally),
            "books": str(found.books),
            **{f"{s.value}s": sum(f.severity is s for f in found.findings) for s in Severity},
        },
    }


def merge(asked: Asked) -> bool:
    """Write the books as one roster. True when rows or files were set aside."""
    assert asked.out, "--out is required"
    rosters = known(asked.roster, asked.policy)
    whole = audited(asked, rosters, Passwords(asked.password_file))
    found, tables = whole.only(*rosters.wanted), merged(whole, rosters.wanted, rosters.beside)

    def write(target: Path) -> None:
        workbook.write(target, tables, on=date.today())

    saved = files.save(asked.out, write, [file.path for file in found.files])
    tell(found, [], None)
    screen = terminal.console()
    for file in found.files:
        screen.print(f"  {file.name}：{file.unused or file.tally}", soft_wrap=True)
    titles = {one.title for one in rosters.all.values()}
    others = [table for table in tables[1:] if table.name in titles]
    also = "".join(f"；另有{table.name} {len(table.rows)} 行" for table in others)
    for line in (saved.instead, f"合并名册：{saved.path}{also}"):
        if line:
            screen.print(line, style="bold", soft_wrap=True)
    return unfinished(found)
