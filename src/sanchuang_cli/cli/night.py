"""Carries out `sanchuang run`: runs the jobs of a jobs file, and writes results, proposals in the ledger, the log and the page
for the morning.

Jobs where nothing changed are skipped. Nothing is ever approved here. A job counts as done when its line is in the log.
A job that was interrupted before that is done again from the start.
"""

import contextlib
import gc
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from filelock import FileLock, Timeout

from sanchuang_cli.cli import by_township, clock, further_files, morning, runlog, unforeseen
from sanchuang_cli.cli.approved_results import approved, left_alone, proposed
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.delivery import Performed, Stays, perform
from sanchuang_cli.cli.facts import facts_of
from sanchuang_cli.cli.fingerprint import DAY, fingerprint, inputs_of, not_read, origin, results
from sanchuang_cli.cli.jobsfile import PERIODS, Job, Jobs, in_the_file, loaded
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.cli.made import begun
from sanchuang_cli.cli.morning import ASIDE, CLEAN, FAILED
from sanchuang_cli.cli.profile import NAME
from sanchuang_cli.cli.recording import recording
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.history import PROPOSED
from sanchuang_cli.ledger.listing import open_batches
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programmes import listed
from sanchuang_cli.report.publishing import scrubbed

LOCK, HOLDER = ".sanchuang.lock", ".sanchuang.holder"


@dataclass(frozen=True)
class JobTold:
    """The outcome of a job: its line for the log, and its line for a person."""

    record: runlog.Record
    summary: str


def night(path: Path, *, check: bool, only: Sequence[str], force: bool) -> int:
    """Run the jobs of a file and give the highest of their exit codes. Raises UserError where none can be run.

    check: only say what would be done. only: names of jobs, all where it is empty. force: also run unchanged jobs.
    """
    jobs = loaded(path)
    names = [job.name for job in jobs.job]
    if unknown := [name for name in only if name not in names]:
        raise UserError(f"--only：没有任务“{'、'.join(unknown)}”。有的是：{'、'.join(names)}。")
    chosen = [job for job in jobs.job if not only or job.name in only]
    folder = path.resolve().parent
    if check:
        return max(_checked(folder, jobs, job, force) for job in chosen)
    with _locked(folder):
        log, records = folder / runlog.NAME, []
        back = _set_back(log)
        typer.echo(back, err=True, nl=bool(back))
        for (
            job
        ) in chosen:  # each job is logged before the next one starts: an interrupted night loses at most one
            result = _done(folder, jobs, job, force)
            if "skipped" not in result.record:
                gc.collect()  # a run switches the collector off, since its process usually ends; here more jobs follow
            records.append(result.record | ({"clock": back} if back else {}))
            runlog.add(log, result.record)
            typer.echo(result.summary, err=True)
        code = max(ASIDE if back else CLEAN, *(int(record["exit"]) for record in records))
        if jobs.digest:
            _write_digest(folder, jobs, records)
            code = max(code, _sent(folder, jobs, records, code))
    return code


def _set_back(log: Path) -> str:
    """What to say where the clock is behind the last run of any job; "" where it goes on. Who is due and what is late follow the
    day, so the results of then are replaced by those of an earlier day."""
    then = max((str(record.get("at", "")) for record in runlog.last(log).values()), default="")
    if then <= (now := datetime.now().isoformat(timespec="seconds")):
        return ""
    return (
        f"这台机器的时钟（{now[:10]} {now[11:16]}）比上一次运行（{then[:10]} {then[11:16]}）早：请核对日期。"
        "日期不对的，改好以后加 --force 重做；这次写出的按早的那一天判定"
    )


def _sent(folder: Path, jobs: Jobs, records: Sequence[runlog.Record], code: int) -> int:
    """Send the page where the jobs file says so, and give the exit code: a page that did not arrive is something to do."""
    if jobs.mail is None:
        return CLEAN
    from sanchuang_cli.cli import mailing

    try:
        lines = [morning.in_a_few_words(record) for record in records]
        mailing.send(jobs.mail, folder, folder / jobs.digest, lines, code != CLEAN, datetime.now())
    except UserError as trouble:
        typer.echo(str(trouble), err=True)
        return ASIDE
    return CLEAN


def _write_digest(folder: Path, jobs: Jobs, records: Sequence[runlog.Record]) -> None:
    ledgers = {job.name: place for job in jobs.job if (place := job.ledger_in(folder))}
    finished = runlog.finished(folder / runlog.NAME)
    morning.write(folder / jobs.digest, records, finished, ledgers, datetime.now())


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock the working folder for this run. Raises a UserError that says who is running in it."""
    lock, holder = FileLock(folder / LOCK, mode=0o600), folder / HOLDER
    try:
        lock.acquire(timeout=0)
        now = datetime.now().isoformat(timespec="seconds")
        holder.write_text(f"{said(None, has_by=False).who}（进程 {os.getpid()}，{now} 开始）", "utf-8")
    except Timeout:
        who = holder.read_text("utf-8") if holder.exists() else "另一个运行"
        raise UserError(f"{who} 正在运行这个文件夹的任务，本次没有运行。请等它结束。") from None
    except OSError as trouble:
        lock.release()
        raise UserError(
            f"文件夹 {folder} 不能写入（{reason(trouble)}），什么都没有运行。请核对权限。"
        ) from None
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _checked(folder: Path, jobs: Jobs, job: Job, force: bool) -> int:
    """Say what would be done with a job, and give the exit code."""
    period = job.period_on(clock.today())
    try:
        books = inputs_of(folder, job)
        if not books and not job.optional:
            raise UserError(f"{'、'.join(job.inputs)} 没有名册")
        if job.notice:
            asked = as_asked(folder, job, period, books)
            further_files.check_notice(begun(listed(job.programme), asked), asked)
        made_from = origin(folder, job, period, books)
        still = None if force else _still_good(folder, jobs, job, period, made_from)
    except UserError as trouble:
        typer.echo(f"{job.name}：不能运行。{in_the_file(str(trouble))}", err=True)
        return FAILED
    if not books:
        does = _joined("没有名册，跳过", _gone(folder, job))
    elif settled := _settled(folder, job, period):
        does = settled
    elif still:
        does = f"{still[1]}，跳过"
    else:
        does = _intended(folder, job, period)
    typer.echo(f"{job.name}（{period.title}，{len(books)} 个文件）：{does}", err=True)
    return CLEAN


def _intended(folder: Path, job: Job, period: Period) -> str:
    """What the job will write when it runs, in words."""
    writes = f"运行，写 {job.target(folder, period)}"
    proposes = f"，在台账 {job.ledger} 提请批次" if job.ledger else ""
    posts = f"，公示{'样张' * job.draft}写到 {job.notice}" if job.notice else ""
    return f"{writes}{proposes}{posts}"


def _still_good(
    folder: Path, jobs: Jobs, job: Job, period: Period, made_from: dict[str, Any]
) -> tuple[runlog.Record, str] | None:
    """The last finished run of the job where it need not run again, and why in Chinese; else None.

    Nothing has changed since; or only the day has, and somebody has proposed the result, which must stay as it was signed.
    """
    now, last = (
        fingerprint(made_from, folder, job, period),
        runlog.finished(folder / runlog.NAME).get(job.name),
    )
    if not last:
        return None
    if last["key"] == now:
        return last, "名册、政策、台账都没有变动"
    if last["key"] != fingerprint(made_from | {DAY: last.get(DAY, "")}, folder, job, period):
        return None
    why = proposed(results(job.target(folder, period)), _ledgers(folder, jobs), _passwords(folder, job))
    return (last, why) if why else None


def _ledgers(folder: Path, jobs: Jobs) -> list[LedgerPlace | None]:
    return [one.ledger_in(folder) for one in jobs.job]


def _done(folder: Path, jobs: Jobs, job: Job, force: bool) -> JobTold:
    """Do one job. Any error is reported in its result and does not stop the other jobs."""
    began, period = time.monotonic(), job.period_on(clock.today())
    record: runlog.Record = {"job": job.name, "programme": job.programme, "period": str(period)}
    record["at"] = datetime.now().isoformat(timespec="seconds")
    try:
        code, more, summary = _tried(folder, jobs, job, period, force)
        record |= more
    except UserError as trouble:
        code, summary = FAILED, f"未能运行。{in_the_file(str(trouble))}"
        record["error"] = scrubbed(summary)
    except Exception as trouble:  # our bug: the other jobs still run
        code, summary = unforeseen.UNFORESEEN, unforeseen.message(trouble)
        record["error"] = f"程序出错（{type(trouble).__name__}）"
    record |= {"exit": code, "seconds": round(time.monotonic() - began, 1)}
    return JobTold(record, f"{job.name}：{summary}")


def _tried(folder: Path, jobs: Jobs, job: Job, period: Period, force: bool) -> tuple[int, runlog.Record, str]:
    """Skip one job or run it. Gives its exit code, the facts for the log, and the words for a person. Raises UserError."""
    books = inputs_of(folder, job)
    if not books:
        (code, waits), gone = _overdue(folder, job), _gone(folder, job)
        facts = {"skipped": "no inputs", "waits": waits, "gone": gone}
        return max(code, ASIDE if gone else CLEAN), facts, _joined("没有名册，跳过", waits, gone)
    if settled := _settled(folder, job, period):
        return CLEAN, {"skipped": "settled"}, settled
    made_from = origin(folder, job, period, books)
    if not force and (good := _still_good(folder, jobs, job, period, made_from)):
        last, why = good
        code, waits = _overdue(folder, job)
        still = "待核实的还没有处理" if last.get("doubtful") else ""
        words = _joined(f"{why}，跳过", still, waits)
        return max(code, ASIDE if still else CLEAN), {"skipped": "unchanged", "waits": waits}, words
    if said_of := approved(
        results(job.target(folder, period)), _ledgers(folder, jobs), _passwords(folder, job)
    ):
        return ASIDE, {"skipped": "approved", "waits": said_of}, said_of
    with clock.stopped_on(clock.today()):
        kept = recording(folder, jobs, job, period, books)
        made = _run(folder, jobs, job, period, books)
        # What was left alone stays as it was made from what is kept already.
        unkept = kept.finished() if kept and not made.left else ""
    late, waits = _overdue(folder, job)
    parts = results(job.target(folder, period)) if by_township.PLACEHOLDER in job.out else ()
    left = _left_over(parts, made.saved)
    waits = _joined(waits, left)
    facts = facts_of(made, folder, below := not_read(folder, job)) | {
        "doubtful": made.set_aside,
        "waits": waits,
        "key": fingerprint(made_from, folder, job, period),
        DAY: made_from[DAY],
    }
    facts["finished"] = datetime.now().isoformat(" ", timespec="minutes")
    return (
        max(ASIDE if made.set_aside or facts.get("against") or left else CLEAN, late),
        facts,
        _joined(_summary(made, job, period), *(finding.message for finding in below), unkept, waits),
    )


def _settled(folder: Path, job: Job, period: Period) -> str:
    """What to say of a job whose period moves on with the days and is still one from before the ledger began; "" of any other.
    It is passed over until there is one to pay; a period that somebody wrote down as such is a mistake, which the run tells."""
    place = job.ledger_in(folder)
    if (
        place is None
        or job.period not in PERIODS
        or Month.of(period.last) > (last := opened(place).settled())
    ):
        return ""
    return f"{period.title}在台账启用以前（{last} 及以前）已经结清，跳过；到有没结清的期间再运行"


def _gone(folder: Path, job: Job) -> str:
    """What to say of an optional job that has no roster now although it ran before, or has some in folders that it does not
    read; "" of any other."""
    below = _joined(*(finding.message for finding in not_read(folder, job)))
    last = runlog.finished(folder / runlog.NAME).get(job.name)
    if not last:
        return below
    had = f"（{last.get('finished') or last['at']}，{last.get('period')}）有 {len(last.get('inputs', ()))} 个文件、{last.get('read')} 行"
    return _joined(
        below,
        f"上一次运行{had}，这次 {'、'.join(job.inputs)} 里一个也没有：请看名册放到哪里去了；"
        "收起来了、等新的一份的，放进来就好；不再做的，请从任务文件里去掉这项任务",
    )


def _left_over(there: Sequence[Path], written: Sequence[Path]) -> str:
    """What to say of results of other townships that lie where the job writes its own, and that this run has not written."""
    own = {path.resolve() for path in written}
    left = [path.parent.name + "/" + path.name for path in there if path.resolve() not in own]
    if not left:
        return ""
    return f"另有 {len(left)} 份不是这次写的旧结果：{'、'.join(left)}；乡镇撤并、改名或没有再报的，请移到别处，免得和新的混在一起"


def _passwords(folder: Path, job: Job) -> Passwords:
    return Passwords(folder / job.password_file if job.password_file else None)


def _joined(*sentences: str) -> str:
    return "；".join(filter(None, sentences))


def _run(folder: Path, jobs: Jobs, job: Job, period: Period, books: list[Path]) -> Performed:
    """Run the job. With a ledger it also proposes batches, in the name of the jobs file's maker. Raises UserError."""
    target = job.target(folder, period)
    if by_township.PLACEHOLDER not in str(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    proposer = said(jobs.maker, f"任务 {job.name}") if job.ledger else None
    asked = as_asked(folder, job, period, books)
    return perform(listed(job.programme), asked, proposer, _stays(folder, job))


def _stays(folder: Path, job: Job) -> Stays | None:
    """Tells whether what the job wrote last stays as it is; None for a job without a ledger."""
    place = job.ledger_in(folder)
    last = runlog.finished(folder / runlog.NAME).get(job.name, {})
    return left_alone(last, folder, place, _passwords(folder, job)) if place else None


def _summary(made: Performed, job: Job, period: Period) -> str:
    """What the job wrote, in words."""
    posted = f"；公示{'样张' * job.draft}在 {job.notice}" if job.notice else ""
    left = f"（{made.left}）" if made.left else ""
    where = made.saved[0].name + (f"等 {len(made.saved)} 个文件" if len(made.saved) > 1 else "")
    return f"{period.title}，{made.run.outcome.tally}{_batches(made)}；{where}{left}{posted}"


def as_asked(folder: Path, job: Job, period: Period, books: list[Path]) -> Asked:
    """The job as options of the command line."""
    return Asked(
        books=[str(book) for book in books],
        period=str(period),
        policy=job.policy_in(folder),
        out=job.target(folder, period),
        quiet=True,
        strict=job.findings == "stop",
        profile=folder / NAME if (folder / NAME).is_file() else None,
        columns=folder / job.columns if job.columns else None,
        password_file=folder / job.password_file if job.password_file else None,
        previous=job.before(folder, period),
        screen=[str(folder / pattern) for pattern in job.screen],
        results=job.results_of(folder, period),
        notice=folder / job.notice if job.notice else None,
        draft=job.draft,
        details=job.details,
        ledger=job.ledger_in(folder),
    )


def _batches(made: Performed) -> str:
    if not made.proposed:
        return ""
    numbers = "、".join(map(str, made.proposed.batches.values()))
    return f"；提请批次 {numbers}" if numbers else "；空批次，没有变动"


def _overdue(folder: Path, job: Job) -> tuple[int, str]:
    """The exit code and the words on batches that have waited for approval longer than the job allows."""
    place = job.ledger_in(folder)
    if place is None or job.approve_within_days is None:
        return CLEAN, ""
    limit = datetime.now() - timedelta(days=job.approve_within_days)
    waiting = open_batches(opened(place))
    late = [batch.number for batch in waiting if batch.state == PROPOSED and batch.since < limit]
    if not late:
        return CLEAN, ""
    return ASIDE, f"批次 {'、'.join(map(str, late))} 等审批已超过 {job.approve_within_days} 天"
