"""The jobs of a file, one after another: skipped when nothing changed, done whole or again, never twice.

A job's last line in the log is what makes it done; whatever was killed before that line is simply done again.
"""

import contextlib
import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from filelock import FileLock, Timeout

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.fingerprint import fingerprint, inputs_of
from sanchuang_cli.cli.jobsfile import Job, Jobs, loaded
from sanchuang_cli.cli.run import Performed, perform
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.ledger.batches import PROPOSED
from sanchuang_cli.ledger.book import opened
from sanchuang_cli.ledger.listing import waiting_since
from sanchuang_cli.programmes import PROGRAMMES

CLEAN, ASIDE, FAILED = 0, 1, 2
LOG, LOCK, HOLDER = "runs.jsonl", ".sanchuang.lock", ".sanchuang.holder"


@dataclass(frozen=True)
class Told:
    """What came of a job: the line of the log, and the line for a person."""

    exit: int
    record: dict[str, Any]
    summary: str


def night(path: Path, *, check: bool, only: Sequence[str], force: bool) -> int:
    """Run the jobs of a file. Gives the worst exit code of them. Raises UserError where none can be run."""
    jobs = loaded(path)
    names = [job.name for job in jobs.job]
    if unknown := [name for name in only if name not in names]:
        raise UserError(f"--only：没有任务“{'、'.join(unknown)}”。有的是：{'、'.join(names)}。")
    chosen = [job for job in jobs.job if not only or job.name in only]
    folder = path.resolve().parent
    if check:
        return max(_checked(folder, job, force) for job in chosen)
    with _locked(folder):
        codes = []
        for job in chosen:
            told = _done(folder, jobs, job, force)
            gc.collect()  # a run leaves that to its end, which here is not the process's
            codes.append(told.exit)
            _log(folder / LOG, told.record)
            typer.echo(told.summary, err=True)
    return max(codes)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The working folder, for one run at a time. Raises UserError that says who has it."""
    lock, holder = FileLock(folder / LOCK, mode=0o600), folder / HOLDER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text("utf-8") if holder.exists() else "另一个运行"
        raise UserError(f"{who} 正在运行这个文件夹的任务，本次没有运行。请等它结束。") from None
    now = datetime.now().isoformat(timespec="seconds")
    holder.write_text(f"{said(None).who}（进程 {os.getpid()}，{now} 开始）", "utf-8")
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _checked(folder: Path, job: Job, force: bool) -> int:
    """Say what would be done with a job."""
    period = job.period_on(date.today())
    try:
        books = inputs_of(folder, job)
        if not books and not job.optional:
            raise UserError(f"{'、'.join(job.inputs)} 没有名册")
        unchanged = not force and _last_key(folder, job) == fingerprint(folder, job, period, books)
    except UserError as trouble:
        typer.echo(f"{job.name}：不能运行。{trouble}", err=True)
        return FAILED
    does = (
        "没有名册，跳过" if not books else "没有变动，跳过" if unchanged else f"运行，写 {_out(folder, job)}"
    )
    if books and not unchanged and job.ledger:
        does += f"，在台账 {job.ledger} 提请批次"
    typer.echo(f"{job.name}（{period.title}，{len(books)} 个文件）：{does}", err=True)
    return CLEAN


def _done(folder: Path, jobs: Jobs, job: Job, force: bool) -> Told:
    """Do one job, or say why not. Whatever goes wrong is told and does not stop the others."""
    began, period = time.monotonic(), job.period_on(date.today())
    record: dict[str, Any] = {"job": job.name, "programme": job.programme, "period": str(period)}
    record["at"] = datetime.now().isoformat(timespec="seconds")
    try:
        books = inputs_of(folder, job)
        if not books and job.optional:
            return Told(
                CLEAN, record | {"exit": CLEAN, "skipped": "no inputs"}, f"{job.name}：没有名册，跳过"
            )
        if not force and books and _last_key(folder, job) == fingerprint(folder, job, period, books):
            code, waits = _overdue(folder, job)
            told = record | {"exit": code, "skipped": "unchanged"}
            return Told(code, told, f"{job.name}：名册、政策、台账都没有变动，跳过{waits}")
        made = perform(
            next(listed for listed in PROGRAMMES if listed.name == job.programme),
            _asked(folder, job, books),
            said(jobs.maker, f"任务 {job.name}") if job.ledger else None,
        )
        late, waits = _overdue(folder, job)
        code = max(ASIDE if made.set_aside else CLEAN, late)
        record |= _facts(made) | {"key": fingerprint(folder, job, period, books)}
        summary = (
            f"{job.name}：{period.title}，{made.run.outcome.tally}{_batches(made)}；{made.saved.name}{waits}"
        )
    except UserError as trouble:
        code, summary = FAILED, f"{job.name}：未能运行。{trouble}"
    except Exception:  # our bug: it keeps its traceback, and the other jobs still run
        traceback.print_exc(file=sys.stderr)
        code, summary = FAILED, f"{job.name}：程序出错，未能运行。"
    record |= {"exit": code, "seconds": round(time.monotonic() - began, 1)}
    return Told(code, record, summary)


def _asked(folder: Path, job: Job, books: list[Path]) -> Asked:
    """The job as if it had been typed."""
    return Asked(
        books=[str(book) for book in books],
        period=str(job.period_on(date.today())),
        on=None,
        policy=_policy(folder, job),
        previous=None,
        out=_out(folder, job),
        json=False,
        unmask=frozenset(),
        quiet=True,
        strict=job.findings == "stop",
        columns=None,
        password_file=None,
        screen=tuple(str(folder / one) for one in job.screen),
        ledger=folder / job.ledger if job.ledger else None,
    )


def _policy(folder: Path, job: Job) -> str | None:
    return str(folder / job.policy) if job.policy and job.policy.endswith(".toml") else job.policy


def _out(folder: Path, job: Job) -> Path:
    target = folder / job.out.format(programme=job.programme, period=job.period_on(date.today()))
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _facts(made: Performed) -> dict[str, Any]:
    """Counts, sums and hashes; nothing of a person."""
    run = made.run
    facts: dict[str, Any] = {
        "inputs": [{"file": book.file, "sha256": book.sha256, "rows": book.rows} for book in run.inputs],
        "policy": run.policy.sha256,
        "read": run.outcome.tally.read,
        "set_aside": run.outcome.tally.set_aside,
        "findings": {str(severity): run.count(severity) for severity in Severity},
        "out": made.saved.name,
    }
    if made.proposed:
        found = made.proposed.comparison
        facts["batches"] = made.proposed.batches
        facts["fen"] = {"pay": sum(c.fen for c in found.pay), "claim": sum(c.fen for c in found.claim)}
    return facts


def _batches(made: Performed) -> str:
    if not made.proposed:
        return ""
    numbers = "、".join(map(str, made.proposed.batches.values()))
    return f"；提请批次 {numbers}" if numbers else "；空批次，没有变动"


def _overdue(folder: Path, job: Job) -> tuple[int, str]:
    """Whether batches have waited for approval longer than the job allows, and what to say of it."""
    if not job.ledger or job.approve_within_days is None:
        return CLEAN, ""
    limit = datetime.now() - timedelta(days=job.approve_within_days)
    late = [n for n, since in waiting_since(opened(folder / job.ledger), PROPOSED) if since < limit]
    if not late:
        return CLEAN, ""
    return ASIDE, f"；批次 {'、'.join(map(str, late))} 等审批已超过 {job.approve_within_days} 天"


def _last_key(folder: Path, job: Job) -> str | None:
    """What the job's last finished run was made from. A line that was cut short is none."""
    path, key = folder / LOG, None
    if not path.exists():
        return None
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if record.get("job") == job.name and "key" in record:
            key = str(record["key"])
    return key


def _log(path: Path, record: dict[str, Any]) -> None:
    """Add a line, on disk when it returns; a line that a killed run left unfinished is closed first."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        torn = end > 0 and (file.seek(end - 1), file.read(1))[1] != b"\n"
        text = json.dumps(record, ensure_ascii=False)
        file.write((("\n" if torn else "") + text + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
