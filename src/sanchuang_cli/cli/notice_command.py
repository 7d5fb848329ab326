"""Carries out `notice`: reads a result, and where there is one the ledger, and writes its notices, with a proof of
posting, a register of objections and the lines for 公开台账.

The notices are those that `--notice` of the run itself would write, byte for byte. A result that was changed, taken back or
replaced is not announced.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from sanchuang_cli.cli import further_files
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.given_result import GIVE_PASSWORD, result_at
from sanchuang_cli.cli.joining import ledger_of_approvals
from sanchuang_cli.cli.profile import printing
from sanchuang_cli.domain.stated.judged_on import LONG
from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.posting import Draft
from sanchuang_cli.report import drafts, drawing, files, notice, official, terminal, workbook
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.report.posting_papers import Term, objections_page, proof, register_page
from sanchuang_cli.roster.objections import Objections, read_objections
from sanchuang_cli.roster.results import Result

FINISHED, TO_DO = 0, 1


class _Ready(NamedTuple):
    """What is to be written of one draft, and what is to be looked at first."""

    draft: Draft
    term: Term | None
    posted: notice.Posted
    findings: Sequence[Finding]


def perform(asked: Asked) -> int:
    """Write the papers and say what they are. Gives the exit code. Raises UserError."""
    assert asked.result, "the result is required"
    path = asked.result
    result = result_at(path, "本程序写出的结果工作簿", GIVE_PASSWORD, asked.password_file)
    found, stage = _drafts(result, asked.draft), _stage(result, asked)
    since, office = (
        further_files.posting_day(asked, result.period, result.judged),
        printing(asked.profile).office,
    )
    objections = read_objections(asked.objections) if asked.objections else Objections()
    ready = []
    for draft in found:
        posted, findings = notice.composed(draft, since, office=office, specimen=asked.draft)
        findings = [*findings, *_judged_early(result, since)]
        ready.append(_Ready(draft, Term.of(draft.posting, since) if since else None, posted, findings))
    _refuse_upheld(ready, objections)
    folder = further_files.folder_at(asked.notice or Path("公示"))
    saved = further_files.write_notices(folder, [one.posted for one in ready], result.period)
    for one in ready:
        saved += _papers(folder, one, objections, result, stage)
    console = terminal.console()
    _tell(console, ready, objections, stage)
    further_files.say_notices(console, saved, draft=asked.draft)
    return TO_DO if objections.open or any(one.findings for one in ready) else FINISHED


def _drafts(result: Result, specimen: bool) -> list[Draft]:
    """The drafts of a result. Raises UserError where it has none that may be posted."""
    name = result.book.name
    found = drafts.read(result.facts)
    if not found and PART in result.facts:
        raise UserError(f"{name} 是分乡镇的结果，公示稿在全县的那一份里。请用全县的结果。")
    if not found:
        raise UserError(
            f"{name} 没有公示稿：没有要公示的，政策没有写 [edition.notice]，或超过 {drafts.MOST} 行"
            "（那样的请在运行时用 --notice 写）。"
        )
    if not specimen and any(draft.example for draft in found):
        raise UserError(
            f"不能公示：{name} 用的是样本政策，不是本县的文件，什么都没有写出。请改成本县的政策再运行；"
            "只看样子的，加 --draft，每页印“样张”。"
        )
    return found


def _judged_early(result: Result, since: date | None) -> Iterator[Finding]:
    """A warning that a result was judged long before it is posted."""
    if since and (days := (since - result.judged).days) > LONG:
        yield Finding(
            "notice.judged-early",
            Severity.WARNING,
            f"结果的判定日是 {result.judged}，比张贴的 {since} 早 {days} 天，那以后办了的、改了的没有算入",
            Place(result.book.name),
            "结果说的是判定那一天的情况",
            "请用现在的名册重做结果，再公示；没有变化的，可不理会。",
        )


def _stage(result: Result, asked: Asked) -> str:
    """How far the result has come in the ledger, "" without one. Raises UserError where it is not to be announced."""
    path = ledger_of_approvals(asked)
    if path is None:
        return ""
    from sanchuang_cli.ledger.file import opened as opened_ledger  # the ledger takes long to import
    from sanchuang_cli.ledger.unpaid_results import Stated, stage

    said, stale = stage(opened_ledger(path), Stated.of(result))
    if stale:
        raise UserError(f"不能公示 {result.book.name}：{stale}。请用作数的那一份结果。")
    return said


def _refuse_upheld(ready: Sequence[_Ready], objections: Objections) -> None:
    """Raises UserError where an objection was upheld: the list is not true any more."""
    if upheld := objections.upheld:
        places = "；".join(str(one.row.place()) for one in upheld)
        raise UserError(
            f"有 {len(upheld)} 条异议成立（{places}），这份名单已经不对，什么都没有写出。请改正名册、重做结果，再重新公示。"
        )
    if odd := next((one for one in objections.all if one.is_answered_before), None):
        raise UserError(
            f"{odd.row.place('answered')}：答复日期 {odd.answered} 早于异议的日期 {odd.day}，什么都没有写出。请核对登记表。"
        )
    for one in ready:
        if one.term and (early := [each for each in objections.all if each.day.latest < one.term.since]):
            raise UserError(
                f"{early[0].row.place()}：异议的日期 {early[0].day} 早于张贴的 {one.term.since}。请核对 --from 和登记表。"
            )


def _papers(
    folder: Path, one: _Ready, objections: Objections, result: Result, stage: str
) -> list[files.Saved]:
    """The proof of posting, the register of objections and the lines for 公开台账 of one notice."""
    stem = f"{files.named(one.draft.name)}-{result.period}"
    paper = proof(one.draft, one.posted, one.term, objections.counted, stage)
    alone = len(drafts.names(result.facts)) == 1
    which = str(result.period) if alone else f"{one.draft.name} {result.period}"
    pages = {
        "异议登记表": objections_page(one.draft, one.term),
        "公开台账": register_page(one.draft, which, result.judged, one.term),
    }
    on = one.term.since if one.term else date(2000, 1, 1)
    return [
        files.save(folder / f"张贴证明-{stem}.docx", partial(official.write, posted=paper)),
        *(
            files.save(folder / f"{name}-{stem}.xlsx", partial(workbook.write, tables=[page], on=on))
            for name, page in pages.items()
        ),
    ]


def _tell(console: Console, ready: Sequence[_Ready], objections: Objections, stage: str) -> None:
    for one in ready:
        drawing.tell(console, Text(one.draft.title, style="bold"))
        drawing.tell(console, Text(f"{one.draft.counted}{f'；{stage}' if stage else ''}"))
        if one.term:
            drawing.tell(console, Text(one.term.said))
        for finding in one.findings:
            drawing.tell(
                console, Text(f"{finding.severity.label} {finding.message}：{finding.mend}", style="yellow")
            )
    if objections.all:
        drawing.tell(console, Text(objections.said))
