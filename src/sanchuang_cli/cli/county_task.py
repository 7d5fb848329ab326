"""Carries out one county of `province` in a process of its own: the jobs of its working folder as `run` does, then the digests
of its people.

It reads and writes the county's folder alone. What it gives back has no name, no number and no sum of any one person.
"""

import contextlib
import hmac
import io
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.cli import runlog
from sanchuang_cli.cli.fingerprint import inputs_of
from sanchuang_cli.cli.jobsfile import Job, loaded
from sanchuang_cli.cli.made import begun, given_books
from sanchuang_cli.cli.morning import FAILED
from sanchuang_cli.cli.night import as_asked, night
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.kind import without_numbers
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, listed
from sanchuang_cli.record import Row

LISTED = (*PROGRAMMES, *OVER_RESULTS)
JOBS, KEY = "jobs.toml", "共用.key"
DIGEST = 16
"""Bytes of a digest: of 10 million people two have the same by chance less than once in 10 to the 24th such provinces."""
_SHORTEST_KEY = 32
_CHECK = b"sanchuang province"
"""What is digested to tell whether two counties have the same key."""


class JobLine(NamedTuple):
    """What became of one job of a county. programme: by its index in LISTED. told: why it could not run. facts: the line
    of the log that its results stand for; empty where there are none."""

    programme: int
    code: int
    told: str
    facts: dict[str, Any]


class People(NamedTuple):
    """Who stands in the rosters of a county, for nobody to read without the key.

    check: equal where keys are equal. digests: DIGEST bytes for each person. tables: workbooks with their sheets; table and
    row: where each person stands, by the index of the table and the row of the sheet.
    """

    check: bytes
    digests: bytes
    tables: tuple[str, ...]
    table: "array[int]"
    row: "array[int]"

    def each(self) -> Iterator[tuple[bytes, str]]:
        """The digest of each person, and where he stands."""
        for at, (table, row) in enumerate(zip(self.table, self.row, strict=True)):
            yield self.digests[DIGEST * at : DIGEST * (at + 1)], f"{self.tables[table]} 第{row}行"


class CountyDone(NamedTuple):
    """What became of a county. code: as `run` ends. people: None where there is no key. told: why it has not run."""

    code: int
    jobs: tuple[JobLine, ...] = ()
    people: People | None = None
    told: str = ""


def work(folder: str, only: Sequence[str], force: bool) -> CountyDone:
    """Run the jobs of a county. only, force: as of `run`."""
    here = Path(folder)
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # what it says of persons is for the county alone
            code = night(here / JOBS, check=False, only=only, force=force)
        jobs = [job for job in loaded(here / JOBS).job if not only or job.name in only]
        return CountyDone(code, tuple(_lines(here, jobs)), _people(here, jobs, here / KEY))
    except UserError as trouble:
        return CountyDone(FAILED, told=without_numbers(str(trouble)))


def _lines(folder: Path, jobs: Sequence[Job]) -> Iterator[JobLine]:
    """What became of each job. Commands over results say nothing that their results do not, unless they could not run."""
    last, finished = runlog.last(folder / runlog.NAME), runlog.finished(folder / runlog.NAME)
    for job in jobs:
        entry, tonight = listed(job.programme), last[job.name]
        told = str(tonight.get("error", ""))
        if entry in PROGRAMMES or told:
            stands = not told and tonight.get("skipped") != "no inputs"
            facts = finished.get(job.name, {}) if stands else {}
            yield JobLine(LISTED.index(entry), int(tonight["exit"]), told, facts)


def _people(folder: Path, jobs: Sequence[Job], key: Path) -> People | None:
    """Everybody in the main rosters of the jobs, once. Raises UserError for a key that is too short or cannot be read."""
    if not key.exists():
        return None
    secret = _secret(key)
    found: dict[bytes, Row] = {}
    for job in jobs:
        for identity, row in _rows(folder, job):
            found.setdefault(_digest(secret, identity.encode()), row)
    tables = {f"{row.source.book} {row.source.sheet}": 0 for row in found.values()}
    at = {table: number for number, table in enumerate(tables)}
    return People(
        _digest(secret, _CHECK),
        b"".join(found),
        tuple(tables),
        array("I", [at[f"{row.source.book} {row.source.sheet}"] for row in found.values()]),
        array("I", [row.number for row in found.values()]),
    )


def _secret(key: Path) -> bytes:
    try:
        secret = key.read_bytes()
    except OSError as trouble:
        raise UserError(f"共用密钥 {key} 读不出（{reason(trouble)}）。") from None
    if len(secret) < _SHORTEST_KEY:
        raise UserError(
            f"共用密钥 {key} 只有 {len(secret)} 个字节，太短，猜得出来；请用 province --new-key 生成。"
        )
    return secret


def _digest(secret: bytes, what: bytes) -> bytes:
    return hmac.digest(secret, what, "sha256")[:DIGEST]


def _rows(folder: Path, job: Job) -> Iterator[tuple[str, Row]]:
    """The identity number and the row of everybody in the main rosters that a job reads."""
    entry = listed(job.programme)
    if entry not in PROGRAMMES or not (books := inputs_of(folder, job)):
        return
    asked = as_asked(folder, job, job.period_on(date.today()), books)
    start = begun(entry, asked)
    rosters = given_books(start, asked).rosters
    for main in start.programme.mains:
        for record in rosters[main].records:
            if identity := getattr(record, "identity", ""):
                yield identity, record.row
