"""Carries out `forget`: says which results of a folder are past their time, and deletes them when it is told to.

It reads results, registers of objections and ledgers, and deletes results only: never a roster, a ledger or what lies beside
it. What is deleted is written down first, by hash and without a name, on lines that are sealed one after another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import typer

from sanchuang_cli.cli import clock, snapshots, unmasking
from sanchuang_cli.cli.jobsfile import Jobs, loaded
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.deadlines import NAME as DEADLINES
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger import unpaid_results
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.copying import HEAD_FILE
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.kept import hash_of
from sanchuang_cli.period import Month
from sanchuang_cli.posting import Draft
from sanchuang_cli.report import drafts, files
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.report.posting_papers import Term
from sanchuang_cli.roster import paths, results
from sanchuang_cli.roster.objections import read_objections
from sanchuang_cli.roster.results import Result

RECORD, REGISTER = "删除记录.jsonl", "异议登记表"
_BESIDE_A_LEDGER, _BACKUP = ".db.batches", "备份"
FINISHED, TO_DO = 0, 1


class Aged(NamedTuple):
    """A file that may be past its time. last: the last day that it is about or was written on. what: its matter and period.
    needed: why it stays all the same, "" where nothing needs it."""

    path: Path
    last: date
    what: str
    needed: str = ""


@dataclass(frozen=True)
class Needs:
    """What results are still needed for. digests: of batches that are not closed and of results that nobody approved yet.
    periods: programme and period of these batches, since what was made anew has another digest. registers: those of objections.
    today: the day of asking. of_jobs: by path, the job that reads it when it runs next."""

    digests: frozenset[str]
    periods: frozenset[tuple[str, str]]
    registers: tuple[Path, ...]
    today: date
    of_jobs: Mapping[Path, str]

    def of(self, path: Path, result: Result) -> str:
        """Why a result is needed, in Chinese; "" where it is not."""
        if job := self.of_jobs.get(path.resolve()):
            return f"任务“{job}”还要读它（previous、results）"
        of_batch = (result.programme, str(result.period)) in self.periods
        if of_batch or (result.digest and result.digest.sha256 in self.digests):
            return "批次还没有了结，或还没有审批"
        if any(self._is_open(cells.get("最迟")) for _, cells in result.lines(DEADLINES)):
            return "还有没到的期限"
        return self._posted(result)

    def _is_open(self, latest: object) -> bool:
        """Whether a deadline lies ahead. One that is not read as a day counts as ahead."""
        day = latest.date() if isinstance(latest, datetime) else latest
        try:
            return (day if isinstance(day, date) else date.fromisoformat(str(day))) >= self.today
        except ValueError:
            return True

    def _posted(self, result: Result) -> str:
        """Why a result is needed that was announced: people may still object, or an objection is not settled."""
        for draft in _drafts(result):
            for register in self._registers(f"{REGISTER}-{files.named(draft.name)}-{result.period}"):
                if Term.of(draft.posting, _written(register)).down >= self.today:
                    return "公示期还没有满"
                if _has_open(register):
                    return "还有没处理的异议"
        return ""

    def _registers(self, stem: str) -> list[Path]:
        return [path for path in self.registers if path.name.startswith(stem)]


def forget(folder: Path, months: int, *, ledger: LedgerPlace | None, delete: bool) -> int:
    """Say what is past its time, and delete it where `delete` says so. ledger: one that lies elsewhere. Gives the exit code.
    Raises UserError."""
    if not folder.is_dir():
        raise UserError(f"没有文件夹 {folder}。请核对路径。")
    today = clock.today()
    cut = Month.of(today).plus(-months).first
    everything = [*found(folder, today, ledger), *kept(folder, today)]
    aged = [one for one in everything if one.last < cut]
    gone, stay = [one for one in aged if not one.needed], [one for one in aged if one.needed]
    for one in stay:
        typer.echo(f"留下 {one.path.relative_to(folder)}：{one.what}，{one.needed}。", err=True)
    for one in gone:
        typer.echo(f"{'删去' if delete else '将删'} {one.path.relative_to(folder)}：{one.what}。", err=True)
    if delete:
        deleted(folder, months, gone)
    says = (
        f"已删去 {len(gone)} 份，记在 {RECORD}"
        if delete
        else f"可以删的 {len(gone)} 份，没有删；要删的加 --delete"
    )
    typer.echo(f"{cut} 以前的结果和快照 {len(aged)} 份：{says if gone else '没有可以删的'}。", err=True)
    return TO_DO if gone and not delete else FINISHED


def deleted(folder: Path, months: int, gone: Sequence[Aged]) -> None:
    """Delete files, each after its line is in the record. Raises UserError."""
    for one in gone:
        facts = {"older_than": months, "what": one.what, "sha256": hash_of(one.path)}
        try:
            unmasking.add_line(folder / RECORD, facts)
            one.path.unlink()
        except OSError as trouble:
            raise UserError(f"{one.path} 删不了（{reason(trouble)}），其余的没有再删。请核对权限。") from None


def found(folder: Path, today: date, ledger: LedgerPlace | None = None) -> list[Aged]:
    """Every result in a folder and why it is needed. Raises UserError where a ledger cannot be asked.

    The newest of a programme and township is what `due`, `report` and --previous read, so it stays whatever its age.
    """
    books = [path for path in sorted(folder.rglob("*.xlsx")) if _is_ours_to_delete(path, folder)]
    read = [(path, result) for path in books if (result := _result(path))]
    newest: dict[tuple[str, str], date] = {}
    for _, result in read:
        newest[_kind(result)] = max(result.period.last, newest.get(_kind(result), date.min))
    registers = tuple(path for path in books if path.name.startswith(REGISTER))
    ledgers = [opened(place) for place in _ledgers(folder, ledger)]
    digests = {digest for book in ledgers for digest in unpaid_results.needed(book)}
    periods = {period for book in ledgers for period in unpaid_results.open_periods(book)}
    needs = Needs(frozenset(digests), frozenset(periods), registers, today, _read_by_jobs(folder, today))
    return [
        Aged(
            path,
            _last(path, result),
            f"{result.title} {result.period}",
            "最新的一期" if result.period.last == newest[_kind(result)] else needs.of(path, result),
        )
        for path, result in read
    ]


def kept(folder: Path, today: date) -> list[Aged]:
    """Every file among the snapshots of a working folder and why it is needed. Raises UserError where the list was changed.

    What each job was made from last is what `run --as-known` needs for every day since, so it stays whatever its age.
    """
    asked = jobs.snapshots if (jobs := _jobs(folder)) else None
    if asked is None or not (place := folder / asked.folder).is_dir():
        return []
    newest = {entry["job"]["name"]: entry for entry in snapshots.entries(place)}
    last = {name for entry in newest.values() for _, name in snapshots.files_of(entry)}
    return [
        Aged(
            one.path, one.last, f"快照（{'、'.join(one.what)}）", _why_kept(one, last, asked.keep_days, today)
        )
        for one in snapshots.kept(place)
    ]


def _why_kept(one: snapshots.Kept, last: set[str], days: int | None, today: date) -> str:
    if one.sha256 in last:
        return "最近一次运行用的"
    if days is None:
        return "任务文件没有写快照留多少天（keep_days）"
    return f"快照要留 {days} 天" if (today - one.last).days < days else ""


def _jobs(folder: Path) -> Jobs | None:
    return loaded(folder / "jobs.toml") if (folder / "jobs.toml").is_file() else None


def _read_by_jobs(folder: Path, today: date) -> dict[Path, str]:
    """The results that the jobs of a folder read when they run next, each with the name of a job."""
    read: dict[Path, str] = {}
    for job in jobs.job if (jobs := _jobs(folder)) else ():
        period = job.period_on(today)
        for path in filter(None, (job.before(folder, period), *job.results_of(folder, period))):
            read[Path(path).resolve()] = job.name
    return read


def _kind(result: Result) -> tuple[str, str]:
    return result.programme, "".join(result.facts.get(PART, ()))


def _is_ours_to_delete(path: Path, folder: Path) -> bool:
    """Whether a file is none of a ledger's copies, of a link, or of what a program has open or left unfinished."""
    beside = any(part.endswith(_BESIDE_A_LEDGER) for part in path.relative_to(folder).parts)
    return not (
        beside or path.is_symlink() or path.name.startswith(paths.LOCKS) or files.UNFINISHED in path.name
    )


def _result(path: Path) -> Result | None:
    """The result in a file. None where it is none, was changed or has a password: nobody can tell whether it is needed."""
    try:
        return results.opened(path, path.name, Passwords(None))
    except UserError:
        return None


def _drafts(result: Result) -> Sequence[Draft]:
    """The notices of a result; none where they were not fit to be posted."""
    try:
        return drafts.read(result.facts)
    except UserError:
        return ()


def _has_open(register: Path) -> bool:
    """Whether an objection is not settled. A register that is not understood counts as having one."""
    try:
        return bool(read_objections(register).open)
    except UserError:
        return True


def _last(path: Path, result: Result) -> date:
    said = [date.fromisoformat(day) for day in result.facts.get("判定日", ())]
    return max(result.period.last, *said, _written(path))


def _written(path: Path) -> date:
    return date.fromtimestamp(path.stat().st_mtime)


def _ledgers(folder: Path, ledger: LedgerPlace | None) -> Iterator[LedgerPlace]:
    """The ledgers to ask: those in the folder and beside it, those of its jobs and the one that is named, but no backups."""
    jobs = _jobs(folder)
    named = [ledger, *(job.ledger_in(folder) for job in (jobs.job if jobs else ()))]
    places = dict.fromkeys(place for place in named if place)
    files = {place.file for place in places if place.file} | {
        *folder.rglob("*.db"),
        *folder.resolve().parent.glob("*.db"),
    }
    for path in sorted({path.resolve() for path in files}):
        if not (path.with_name(HEAD_FILE).exists() or any(_BACKUP in part for part in path.parts)):
            yield LedgerFile(path)
    yield from (place for place in places if not place.file)
