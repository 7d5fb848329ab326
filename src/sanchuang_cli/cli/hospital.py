"""Carries out `checkups --for hospital`: reads the findings of check-ups and writes them into one encrypted file for the
hospital.

No run is made, and the terminal shows nothing of what was found.
"""

import sys

from rich.text import Text

from sanchuang_cli.cli import further_files
from sanchuang_cli.cli.asked import Asked, option_of
from sanchuang_cli.cli.by_township import PLACEHOLDER
from sanchuang_cli.cli.delivery import check
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.cli.made import Begun, ReadBooks, begun, given_books, main_rosters
from sanchuang_cli.cli.unforeseen import doing
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.programmes import ListedProgramme
from sanchuang_cli.report import files, hospital_file, terminal
from sanchuang_cli.roster.hospital_findings import Handed, handed
from sanchuang_cli.table import Column

HOSPITAL = "hospital"
_UNKNOWN = "columns.not-understood"
"""The code of a finding about a column that nobody understands. Such a column is not written into the
file."""
_OF_A_RUN = (
    "json", "unmask", "strict", "encrypt", "html", "notice", "notice_from", "reason", "bank", "screen", "by", "ledger",
    "previous", "results",
)  # fmt: skip
"""Fields that only a run can use. They are refused here."""


def hand_over(listed: ListedProgramme, asked: Asked) -> bool:
    """Write the file. Gives True where a row or a workbook could not be read completely. Raises UserError."""
    password = _password(asked)
    start = begun(listed, asked)
    doing(f"{listed.name}：读名册")
    given = given_books(start, asked)
    contents = _contents(start, given, asked)
    doing(f"{listed.name}：写给体检机构的文件")
    columns = [Column(field.name, field.heading, field.kind) for field in contents.who]
    lines = [
        (words, [cells.get(heading, "") for heading in contents.headings]) for words, cells in contents.people
    ]
    table = hospital_file.page(columns, contents.headings, lines)
    assert asked.out, "--out was asked for"
    saved = files.save(
        asked.out, lambda path: hospital_file.write(path, table, password, on=start.when.on), given.paths
    )
    _tell(given, saved, len(contents.people), asked)
    return any(finding.severity is Severity.ERROR for finding in given.findings)


def _password(asked: Asked) -> str:
    """The password of the file. Raises UserError for options that do not fit, before any workbook is opened."""
    if asked.recipient != HOSPITAL:
        raise UserError(f"--for 不认识“{asked.recipient}”。可用的有：{HOSPITAL}（体检机构）。")
    if given := [option_of(name) for name in _OF_A_RUN if getattr(asked, name)]:
        raise UserError(f"--for {HOSPITAL} 只写一个加密文件，用不着 {'、'.join(given)}，请去掉。")
    if not asked.password_file:
        raise UserError(f"--for {HOSPITAL} 写出的文件必须加密：请用 --password-file 给出写有密码的文件。")
    if not asked.out:
        raise UserError(f"--for {HOSPITAL} 要用 --out 写明结果写到哪个文件（.xlsx）。")
    if PLACEHOLDER in str(asked.out):
        raise UserError(
            f"--for {HOSPITAL} 只写一个文件，--out 里用不着 {PLACEHOLDER}，请去掉；分乡镇的请逐个乡镇给出名册。"
        )
    check(asked)
    return further_files.password(asked)


def _contents(start: Begun, given: ReadBooks, asked: Asked) -> Handed:
    """What the workbooks say about check-ups. Raises UserError where they say nothing."""
    name, wanted = next(iter(main_rosters(start).items()))
    sha256 = {book.file: book.sha256 for book in given.books}
    contents = handed(given.paths, sha256, wanted, given.rosters[name], Passwords(asked.password_file))
    if not contents.headings:
        raise UserError(
            "给出的名册里没有体检发现的列（如 主要异常、复查建议），没有可写的。请给出体检机构填好的表。"
        )
    return contents


def _tell(given: ReadBooks, saved: files.Saved, people: int, asked: Asked) -> None:
    """Say where the file is, and which workbooks and rows could not be read. Nothing of what check-ups found is shown."""
    console = terminal.console(quiet=asked.quiet)
    for finding in given.findings:
        if finding.code == _UNKNOWN:
            left = "也没有写进文件；是体检发现的，请把列标题改成“检查结果”一类的写法，再写一次。"
            console.print(Text(f"{finding.place}：{finding.message}，{left}", "yellow"), soft_wrap=True)
        elif finding.severity is Severity.ERROR:
            console.print(
                Text(f"{finding.place}：{finding.message}。{finding.mend}", "yellow"), soft_wrap=True
            )
    sys.stderr.write("".join(f"{line}\n" for line in given.sorts.lines))
    terminal.tell_instead(saved)
    console.print(Text(f"交体检机构的文件（已加密，{people} 人）：{saved.path}", "bold"), soft_wrap=True)
