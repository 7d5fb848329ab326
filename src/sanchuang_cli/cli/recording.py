"""Keeps in the folder of snapshots what a job of the night reads, before it runs, and what it wrote, after. It reads these
files and the ledger, and writes only there.

Where a file cannot be kept, the job does not run. A result counts as kept when its line is in the list.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sanchuang_cli.cli import clock, profile
from sanchuang_cli.cli.codeprint import program
from sanchuang_cli.cli.fingerprint import named_books
from sanchuang_cli.cli.jobsfile import Job, Jobs
from sanchuang_cli.cli.ledger_option import named_by_the_environment
from sanchuang_cli.cli.snapshots import Entry, Store, store
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.copying import copy_alone
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.kept import hash_of
from sanchuang_cli.period import Period
from sanchuang_cli.policy import source
from sanchuang_cli.report import files


@dataclass(frozen=True)
class Recording:
    """A job whose inputs are kept. begun: how many files this process had written before."""

    store: Store
    entry: Entry
    begun: int

    def finished(self) -> str:
        """Keep what the job wrote and add its line to the list. Gives the words for a person, "" where all is well."""
        ledger = self.entry["ledger"]
        if changed := [
            path for path, name in self.entry["read"] if path != ledger and hash_of(Path(path)) != name
        ]:
            return f"{Path(changed[0]).name} 在运行中改过，这次没有留快照"
        wrote = [[_plain(path), self.store.keep_file(path)] for path in files.written[self.begun :]]
        self.store.add(self.entry | {"wrote": wrote})
        return ""


def recording(folder: Path, jobs: Jobs, job: Job, period: Period, books: Sequence[Path]) -> Recording | None:
    """Keep what the job is about to read; None where the jobs file keeps nothing. Raises UserError."""
    if jobs.snapshots is None:
        return None
    kept = store(folder, jobs.snapshots)
    county = profile.place(folder / profile.NAME if (folder / profile.NAME).is_file() else None)
    read = [[_plain(path), kept.keep_file(path)] for path in [*books, *_beside(folder, job, period, county)]]
    name, content = source(job.programme, job.policy_in(folder))
    ledger = _ledger(folder, job)
    place = _plain(ledger.file or folder / ledger.name) if ledger else None
    if ledger and place:
        read.append([place, _copy_kept(kept, ledger)])
    entry: Entry = {
        "at": datetime.now().isoformat(timespec="seconds"),
        "day": str(clock.today()),
        "folder": _plain(folder),
        "job": job.model_dump(mode="json") | ({"ledger": place} if job.ledger else {}),
        "period": str(period),
        "program": program(),
        "books": [_plain(book) for book in books],
        "policy": {"name": name, "sha256": kept.keep(content)},
        "county": _plain(county) if county else None,
        "ledger": place,
        "read": read,
    }
    return Recording(kept, entry, len(files.written))


def _beside(folder: Path, job: Job, period: Period, county: Path | None) -> Iterator[Path]:
    """The files that a job reads beside its books, each once. Its passwords are not kept."""
    yield from filter(None, (county, folder / job.columns if job.columns else None))
    yield from named_books(folder, job, period)
    if (policy := job.policy_in(folder)) and Path(policy).is_file():
        yield Path(policy)


def _ledger(folder: Path, job: Job) -> LedgerPlace | None:
    """The ledger that the job reads: its own, or the one of the environment that says what is approved."""
    return job.ledger_in(folder) or (named_by_the_environment() if job.results else None)


def _copy_kept(kept: Store, ledger: LedgerPlace) -> str:
    """Keep the ledger as a file, also one on a server."""
    with files.workspace() as temporary:
        copy = Path(temporary) / ledger.name
        copy_alone(opened(ledger), copy)
        return kept.keep_file(copy)


def _plain(path: Path) -> str:
    """The full path without `..`; links stay as they are written."""
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links, and absolute() keeps `..`
