"""Writes the page for the morning after the night's jobs, from the ledgers and the log: what is grave, what waits for whom,
and what each job did.

The page is one HTML file, which is replaced after every run and has no personal data.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.cli.runlog import Record
from sanchuang_cli.cli.typed import typed
from sanchuang_cli.cli.unforeseen import UNFORESEEN
from sanchuang_cli.cli.waiting import Against, batch_steps, result_steps
from sanchuang_cli.finding import Finding, Severity, UserError, in_order, reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.batches import OPEN, STATES
from sanchuang_cli.ledger.file import Ledger, opened
from sanchuang_cli.ledger.history import PROPOSED
from sanchuang_cli.ledger.listing import Open, open_batches, stand
from sanchuang_cli.ledger.proof import troubles
from sanchuang_cli.ledger.unpaid_results import WaitingResult
from sanchuang_cli.ledger.unpaid_results import waiting as waiting_results
from sanchuang_cli.report import files, html
from sanchuang_cli.report.publishing import scrubbed
from sanchuang_cli.table import Column, Table

_PLACES = 3
"""How many places of a finding the log names. The workbook has all of them."""
CLEAN, ASIDE, FAILED = 0, 1, 2
_MOST = 8
"""How many kinds of findings the page shows beside the people who vanished."""
_EXITS = {CLEAN: "完成", ASIDE: "完成，有事要办", FAILED: "未能运行", UNFORESEEN: "程序出错"}
_SKIPPED = {
    "unchanged": "没有变动，跳过",
    "no inputs": "没有名册，跳过",
    "settled": "期间在台账启用以前，跳过",
    "approved": "已审批，没有重做",
}


def to_look_at(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings by kind, for the page and the log: how many, where the first are, and what to do.

    First the people who vanished, by batch and township. Then errors and warnings by code, rare ones first, since rare
    ones are the easiest to overlook.
    """
    kinds: dict[tuple[str, ...], dict[str, Any]] = {}
    for finding in in_order(findings):
        if finding.severity is Severity.NOTE:
            continue
        plain = {"code": finding.code, "severity": finding.severity.value, "count": 0, "places": []}
        plain |= {"basis": finding.basis, "mend": finding.mend, "vanished": finding.vanished}
        apart = (finding.place.book, finding.place.sheet) if finding.vanished else ()
        known = kinds.setdefault((finding.severity.value, finding.code, *apart), plain)
        known["count"] += 1
        if len(known["places"]) < _PLACES:
            known["places"].append(str(finding.place))
    return sorted(
        kinds.values(), key=lambda kind: (not kind["vanished"], kind["severity"], kind["count"], kind["code"])
    )


class _Book(NamedTuple):
    """A ledger that could be opened, what waits in it, and what is wrong with it. against: by the number of a batch, what jobs
    found there that is otherwise than the rosters say now."""

    place: LedgerPlace
    ledger: Ledger
    batches: list[Open]
    results: list[WaitingResult]
    wrong: list[str]
    against: dict[int, Against]


def write(
    target: Path,
    records: Sequence[Record],
    before: dict[str, Record],
    ledgers: Mapping[str, LedgerPlace],
    now: datetime,
) -> None:
    """Write the page. records: of this run. before: the last finished run of each job. ledgers: of the jobs that have one.
    Raises UserError."""
    completed = [
        record if "skipped" not in record else before.get(record["job"], {}) | record for record in records
    ]
    against = {
        place: [before.get(job, {}).get("against", {}) for job, its in ledgers.items() if its == place]
        for place in ledgers.values()
    }
    books = [book_read for place, found in against.items() if (book_read := _book(place, found))]
    caution = "；".join(_grave(records, completed, books))
    facts = [
        f"{now:%Y年%m月%d日 %H:%M} 运行完毕，{len(records)} 项任务。",
        *_steps(books, target.parent.resolve()),
        f"等审批的批次 {sum(batch.state == PROPOSED for book in books for batch in book.batches)} 个，"
        f"等审批的结果 {sum(len(book.results) for book in books)} 个。",
        "本页没有个人信息；明细在各任务的结果文件里，各名册的校验值在 runs.jsonl 里。",
        *(f"台账 {book.place.name} 的校验码：{_head(book.ledger)}" for book in books),
    ]
    _put(
        target,
        f"夜间任务摘要（{now:%Y年%m月%d日 %H:%M}）",
        facts,
        caution,
        [_looks(completed), _waiting(books, now), _jobs(completed)],
    )


def _put(target: Path, title: str, facts: Sequence[str], caution: str, tables: Sequence[Table]) -> None:
    """Write the file under another name and rename it, so that nobody can open half a page. Raises UserError."""
    unfinished = files.in_the_making(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        html.write_brief(unfinished, title, facts, caution, tables)
        unfinished.chmod(0o600)
        unfinished.replace(target)
    except OSError as trouble:
        raise UserError(
            f"夜间摘要 {target} 写不了：{reason(trouble)}。任务已经运行完毕；{_as_before(target)}。"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _as_before(target: Path) -> str:
    """What to say of the page that is still there, which looks as if it were of this run."""
    try:
        then = datetime.fromtimestamp(target.stat().st_mtime)
    except OSError:
        return "没有摘要可看"
    return f"那里还是 {then:%Y年%m月%d日 %H:%M} 的旧摘要，不要照它办"


def _book(place: LedgerPlace, found: Iterable[Mapping[str, Against]]) -> _Book | None:
    against = {int(number): what for of_job in found for number, what in of_job.items()}
    try:
        ledger = opened(place)
        waits = open_batches(ledger), waiting_results(ledger)
        return _Book(place.for_others(), ledger, *waits, _wrong(ledger), against)
    except UserError:  # the jobs that use this ledger have failed and said why
        return None


def _wrong(ledger: Ledger) -> list[str]:
    """What is wrong with the ledger. Where it cannot be read to its end, the reason is the one thing that is wrong."""
    try:
        return troubles(ledger)
    except UserError as trouble:
        return [str(trouble)]


def _grave(records: Sequence[Record], completed: Sequence[Record], books: Iterable[_Book]) -> Iterator[str]:
    """What nobody may overlook: a clock that was set back, jobs that failed, ledgers that do not verify, people who vanished, batches that are not what
    the rosters say now."""
    yield from dict.fromkeys(record["clock"] for record in records if record.get("clock"))
    failed = [record["job"] for record in records if record["exit"] >= FAILED]
    if failed:
        yield f"未能运行的任务：{'、'.join(failed)}"
    for book in books:
        if book.wrong:
            yield f"台账 {book.place.name} 有 {len(book.wrong)} 处不对：{scrubbed(book.wrong[0])}"
        if against := [str(b.number) for b in book.batches if b.number in book.against and b.state in OPEN]:
            yield f"台账 {book.place.name} 的批次 {'、'.join(against)} 和现在的名册对不上，先核对再签字、再送银行，见下面"
    if gone_jobs := [record["job"] for record in records if record.get("gone")]:
        yield f"没有名册、要看一看的任务：{'、'.join(gone_jobs)}"
    for record in completed:
        if gone := sum(kind["count"] for kind in record.get("look", ()) if kind.get("vanished")):
            yield f"{record['job']}：发放过或已提请、这次名册里没有的 {gone} 人，见下面的疑点"


def _steps(books: Iterable[_Book], folder: Path) -> Iterator[str]:
    """What somebody must do next: first what is wrong with a ledger, then what waits for a signature, then the rest."""
    for book in books:
        if book.wrong:
            yield f"看台账全部不对的地方：{typed('ledger', 'verify', '--ledger', book.place)}"
        for batch in sorted(book.batches, key=lambda each: each.state != PROPOSED):
            yield from batch_steps(book.place, book.ledger, batch, book.against.get(batch.number, {}))
        for result in book.results:
            yield from result_steps(book.place, book.ledger, result, folder)


def _jobs(records: Sequence[Record]) -> Table:
    columns = (
        Column("job", "任务"),
        Column("period", "期间"),
        Column("state", "结果", wide=True),
        Column("exit", "退出码", Kind.COUNT),
        Column("files", "名册", Kind.COUNT),
        Column("read", "读取", Kind.COUNT),
        Column("aside", "待核实", Kind.COUNT),
        Column("pay", "应发", Kind.MONEY),
        Column("claim", "追缴", Kind.MONEY),
        Column("batches", "批次"),
        Column("out", "结果文件", wide=True),
    )
    return Table(
        "任务", "各项任务", columns, [_job(record) for record in records], unit="元", notes=_notes(records)
    )


def in_a_few_words(record: Record) -> str:
    """What a job came to, without anything that a roster says: for a letter."""
    skipped = record.get("skipped")
    return (
        f"{record['job']}（{record['period']}）：{_SKIPPED[skipped] if skipped else _EXITS[record['exit']]}"
    )


def _head(ledger: Ledger) -> str:
    try:
        return stand(ledger)
    except UserError:
        return ""


def _job(record: Record) -> tuple[Any, ...]:
    skipped = record.get("skipped")
    state = _SKIPPED[skipped] if skipped else record.get("error") or _EXITS[record["exit"]]
    if skipped and record.get("finished"):
        state += f"（{record['finished']} 运行过，下列是那一次的）"
    for more in ("left", "waits", "gone"):
        if record.get(more):
            state += f"；{'结果' * (more == 'left')}{record[more]}"
    fen = record.get("fen", {})
    numbers = "、".join(map(str, record.get("batches", {}).values()))
    return (
        record["job"],
        record["period"],
        state,
        record["exit"],
        len(record["inputs"]) if "inputs" in record else None,
        record.get("read"),
        record.get("set_aside"),
        fen.get("pay"),
        -fen["claim"] if fen else None,
        numbers or ("空批次" if fen else None),
        "、".join(record.get("out", ())) or None,
    )


def _notes(records: Sequence[Record]) -> tuple[str, ...]:
    if any(record["exit"] >= FAILED for record in records):
        return ("未能运行的任务不影响其他任务；改好以后再运行 sanchuang run，已经完成的会跳过。",)
    return ()


def _waiting(books: Iterable[_Book], now: datetime) -> Table:
    columns = (
        Column("ledger", "台账"),
        Column("number", "批次", Kind.COUNT),
        Column("title", "名称", wide=True),
        Column("state", "状态"),
        Column("since", "自"),
        Column("days", "已等天数", Kind.COUNT),
        Column("persons", "人数", Kind.COUNT),
        Column("amount", "金额", Kind.MONEY),
    )
    rows = [
        (
            book.place.name,
            batch.number,
            batch.title,
            STATES[batch.state],
            batch.since.strftime("%m月%d日 %H:%M"),
            (now - batch.since).days,
            batch.persons,
            batch.fen,
        )
        for book in books
        for batch in book.batches
    ]
    return Table("等待", "等待办理的批次", columns, rows, unit="元")


def _looks(records: Sequence[Record]) -> Table:
    """The table of findings: all people who vanished, then as many other kinds as the page has room for, the gravest first."""
    columns = (
        Column("severity", "级别", Kind.CHOICE),
        Column("count", "条数", Kind.COUNT),
        Column("mend", "处理办法", wide=True),
        Column("place", "第一处", wide=True),
        Column("job", "任务"),
        Column("code", "代码"),
    )
    looks = [(record["job"], kind) for record in records for kind in record.get("look", ())]
    looks.sort(key=_gravest)
    room = _MOST + sum(bool(kind.get("vanished")) for _, kind in looks)
    rows = [
        (
            Severity(kind["severity"]).label,
            kind["count"],
            kind["mend"],
            kind["places"][0],
            job,
            kind["code"],
        )
        for job, kind in looks[:room]
    ]
    notes = (f"另有 {len(looks) - room} 种，见各结果文件的“疑点”页。",) if len(looks) > room else ()
    return Table("疑点", "要看的疑点", columns, rows, notes=notes)


def _gravest(look: tuple[str, dict[str, Any]]) -> tuple[bool, bool, int]:
    _, kind = look
    return not kind.get("vanished"), kind["severity"] != Severity.ERROR, kind["count"]
