"""Writes the files beside a workbook: web page, calendar, 公示 (public notice) and the bank's files; reads the workbook's password
from a file, the environment or the terminal.

What is to be written is made, and its targets are checked, before anything is written. Writers are imported only where they are
needed, since most runs need none of them.
"""

import os
import sys
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.known_rosters import PASSWORD, passwords
from sanchuang_cli.cli.made import Begun
from sanchuang_cli.cli.profile import bank_format
from sanchuang_cli.deadlines import AGENDA
from sanchuang_cli.finding import Finding, UserError, reason
from sanchuang_cli.period import Period
from sanchuang_cli.posting import Notice
from sanchuang_cli.report import files, terminal
from sanchuang_cli.report.banklayout import BankLayout, layouts
from sanchuang_cli.report.files import Saved
from sanchuang_cli.report.publishing import published_columns
from sanchuang_cli.report.run import Disclosure, Run
from sanchuang_cli.table import Table

if TYPE_CHECKING:
    from sanchuang_cli.report.notice import Posted

_LONGEST = 255
"""The most characters of a password in Excel."""


@dataclass(frozen=True)
class Further:
    """What is to be written. posted: the notices. payments: the bank's tables. layout: of the bank's files, None for no files."""

    posted: tuple["Posted", ...]
    payments: tuple[Table, ...]
    layout: BankLayout | None


def password(asked: Asked) -> str:
    """The password of the result: first line of --password-file, else from the environment, else typed. Raises UserError."""
    if asked.password_file:
        given = next(iter(passwords(asked.password_file)), "")
    else:
        given = os.environ.get(PASSWORD) or _typed()
    if not 0 < len(given) <= _LONGEST:
        raise UserError(f"结果工作簿的密码应为 1 至 {_LONGEST} 个字符，现为 {len(given)} 个。")
    return given


def _typed() -> str:
    if not sys.stdin.isatty():
        raise UserError(
            f"--encrypt 要有密码。请用 --password-file 给出写有密码的文件，或设环境变量 {PASSWORD}。"
        )
    try:
        given, again = getpass("结果工作簿的密码："), getpass("再输一次：")
    except EOFError:
        raise typer.Abort from None
    if given != again:
        raise UserError("两次输入的密码不一样，什么都没有写出。请重新运行。")
    return given


def check_targets(asked: Asked) -> None:
    """Raises UserError for a file or folder that cannot be written to. Asked before anything is computed."""
    if asked.html and asked.html.suffix.lower() not in (".html", ".htm"):
        raise UserError(f"--html 的文件名“{asked.html.name}”应以 .html 结尾。")
    if asked.calendar and asked.calendar.suffix.lower() != ".ics":
        raise UserError(f"--ics 的文件名“{asked.calendar.name}”应以 .ics 结尾。")
    for file in filter(None, (asked.out, asked.html, asked.calendar)):
        files.check_name(file)
    if asked.html and not asked.html.parent.is_dir():
        raise UserError(f"--html：没有文件夹 {asked.html.parent}。请先建好，或换一个位置。")
    for option, folder in asked.folders:
        if folder.exists() and not folder.is_dir():
            raise UserError(f"{option} 后面要写文件夹，{folder} 是文件。请换一个名字。")


def check_notice(start: Begun, asked: Asked) -> None:
    """Raises UserError for a notice that must not be posted. Asked before any workbook is opened.

    A notice promises money to people, so it must rest on a document of the county and not on the example policy.
    """
    for option, given in (("--notice-from", asked.notice_from), ("--draft", asked.draft)):
        if given and not asked.notice:
            raise UserError(f"{option} 要和 --notice 文件夹 一起用。")
    examples = [edition for edition in start.policy.during(start.when.period) if edition.example]
    if asked.notice and examples and not asked.draft:
        raise UserError(
            f"不能公示：《{examples[-1].title}》是样本，不是本县的文件，什么都没有写出。{_own_policy(start.listed.name, asked.policy)}"
            "；只看样子的，加 --draft，每页印“样张”。"
        )


def _own_policy(programme: str, policy: str | None) -> str:
    """How to make the county's own policy from the example."""
    changed = "改成本县文件的名称、文号和标准，删去 example = true 一行"
    if policy and policy.endswith(".toml"):
        return f"请把 {policy} {changed}"
    shown = " ".join(filter(None, ("sanchuang policy show", programme, policy)))
    return f"请运行 {shown} > 本县办法.toml，{changed}，用 --policy 本县办法.toml 指定"


def prepared(run: Run, asked: Asked, masked: Set[str] = frozenset()) -> tuple[Run, Further]:
    """What is to be written, and the run with the findings about it.

    masked: columns that are masked in other files than the workbook. Raises UserError.
    """
    # --unmask may name a column that stands only on a notice, so notices are needed to check it.
    notices = run.outcome.notices() if asked.notice or asked.unmask else ()
    payments = run.outcome.payments() if asked.bank else ()
    run = replace(run, disclosure=_disclosure(run, asked, notices, masked))
    if asked.notice and not notices:
        raise UserError(
            f"{run.title}这次没有要公示的内容（没有列入的对象，或政策没有写 [edition.notice]）。请去掉 --notice。"
        )
    if asked.bank and not any(table.rows for table in payments):
        raise UserError(f"{run.title}没有要通过银行发放的款项{_unread_accounts(run)}。请去掉 --bank。")
    ready, findings = _posted(run, asked, notices) if asked.notice else ([], [])
    layout = None
    if asked.bank:
        layout = layouts(bank_format(asked.bank_format, asked.profile)).on(run.occasion.on)
    run = replace(run, outcome=replace(run.outcome, findings=(*run.outcome.findings, *findings)))
    return run, Further(tuple(ready), payments, layout)


def _unread_accounts(run: Run) -> str:
    """The columns that were not read, as the possible reason why nobody has an account."""
    codes = ("account.columns-not-read", "columns.not-understood", "columns.tie")
    reasons = [
        f"{finding.place}：{finding.message}" for finding in run.outcome.findings if finding.code in codes
    ]
    return f"：人人都没有账号，或没有应发的款。没有读的列：{'；'.join(reasons)}" if reasons else ""


def _posted(run: Run, asked: Asked, notices: tuple[Notice, ...]) -> tuple[list["Posted"], list[Finding]]:
    from sanchuang_cli.report import notice

    assert len({each.name for each in notices}) == len(notices), "two notices of one name"
    since, ready, findings = posting_day(asked, run.occasion.period, run.occasion.on), [], []
    for to_post in notices:
        posted, to_check = notice.posted(
            to_post, since, run.disclosure.columns, office=run.printing.office, draft=asked.draft
        )
        ready.append(posted)
        findings += to_check
    return ready, findings


def posting_day(asked: Asked, period: Period, judged: date) -> date | None:
    """The day of --notice-from, None where it is left blank. judged: the day of judgement. Raises UserError, also for a day on
    which nobody could know yet what is posted."""
    option = "--from" if asked.result else "--notice-from"  # of `notice`, and of a run
    try:
        day = date.fromisoformat(asked.notice_from) if asked.notice_from else None
        if day and day < (first := min(period.first, judged)):
            raise UserError(
                f"{option} {day} 早于{period.title}的第一天 {first}，那时还没有这份结果，不会已经张贴。请核对年份。"
            )
        return day
    except ValueError:
        raise UserError(f"{option} 的日期“{asked.notice_from}”看不懂。请写成 2026-06-30。") from None


def _disclosure(run: Run, asked: Asked, notices: tuple[Notice, ...], masked: Set[str]) -> Disclosure:
    """What --unmask shows to the public. Raises UserError without --reason, and for columns that are not masked."""
    unmask = asked.unmasked
    if not unmask:
        return Disclosure()
    published = asked.notice or asked.html
    if published and not asked.reason.strip():
        raise UserError(
            "公示或网页上不遮盖栏目，要用 --reason 写明理由（记入来源页）；不需要的请去掉 --unmask。"
        )
    outcome = run.outcome
    tables = (*outcome.tables, *outcome.on_terminal, *(notice.table for notice in notices))
    known = published_columns(tables) | masked
    if unknown := unmask - known:
        titles = "、".join(sorted(word for word in known if not word.isascii())) or "（没有）"
        raise UserError(f"--unmask：没有遮盖着的栏目“{'、'.join(sorted(unknown))}”。遮盖着的有：{titles}。")
    return Disclosure(unmask, asked.reason.strip()) if published else Disclosure()


def write(run: Run, further: Further, asked: Asked, console: Console) -> None:
    """Write the web page, the notices and the bank's files, and say where they are."""
    if asked.html:
        from sanchuang_cli.report import html

        say(console, "网页", [files.save(asked.html, lambda path: html.write(path, run))])
    if asked.calendar:
        say(console, "日历", [_calendar(run, asked.calendar)])
    if asked.notice:
        saved = write_notices(folder_at(asked.notice), further.posted, run.occasion.period)
        say_notices(console, saved, draft=asked.draft)
    if asked.bank and further.layout:
        from sanchuang_cli.report import bank

        saved = bank.write(
            folder_at(asked.bank),
            further.payments,
            further.layout,
            on=run.occasion.on,
            title=run.title,
            printing=run.printing,
        )
        say(console, "银行代发文件和核对单", saved)
        console.print(Text(bank.added_up(further.payments)))


def _calendar(run: Run, target: Path) -> Saved:
    """Write the page of what is due as a calendar."""
    from sanchuang_cli.report import calendar

    agenda = next(table for table in run.outcome.tables if table.name == AGENDA)
    reminder = run.policy.on(run.occasion.on).reminder
    return files.save(
        target, lambda path: calendar.write(path, agenda, run.occasion.on, int(reminder.days_before))
    )


def notices_stand(run: Run, further: Further, asked: Asked) -> bool:
    """Whether every notice that is asked for was written before."""
    stems = (_stem(notice, run.occasion.period) for notice in further.posted)
    return not asked.notice or all((asked.notice / f"{stem}.docx").is_file() for stem in stems)


def _stem(notice: "Posted", period: Period) -> str:
    from sanchuang_cli.report import specimen

    return f"{files.named(notice.name)}-{period}{notice.draft * f'-{specimen.SPECIMEN}'}"


def write_notices(folder: Path, posted: Iterable["Posted"], period: Period) -> list[Saved]:
    """Write each notice as .docx and .xlsx, and give the files."""
    from sanchuang_cli.report import noticesheet, official

    saved = []
    for notice in posted:
        stem = _stem(notice, period)
        saved.append(files.save(folder / f"{stem}.docx", partial(official.write, posted=notice)))
        saved.append(files.save(folder / f"{stem}.xlsx", partial(noticesheet.write, posted=notice)))
    return saved


def folder_at(path: Path) -> Path:
    """The folder, made where it is missing. Raises UserError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise UserError(f"文件夹 {path} 建不了：{reason(trouble)}。请换一个位置。") from None
    return path


def say_notices(console: Console, saved: list[Saved], *, draft: bool) -> None:
    """Print where the notices are, and of specimens that nobody may post them."""
    say(console, "公示样张（每页印“样张”，不能张贴）" if draft else "公示", saved)


def say(console: Console, what: str, saved: list[Saved]) -> None:
    """Print where the files are. what: what they are, in Chinese."""
    for file in saved:
        terminal.tell_instead(file)
    places = saved[0].path if len(saved) == 1 else f"{saved[0].path.parent}（{len(saved)} 个文件）"
    console.print(Text(f"{what}：{places}", style="bold"))
