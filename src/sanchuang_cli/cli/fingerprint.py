"""Makes one hash over everything that a job depends on, so that an unchanged job can be skipped; it only reads files and the
ledger.

It covers the job, its period, workbooks, policy, ledger and results. Where it is equal to the last one, nothing changed.
"""

import glob
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from sanchuang_cli import __version__
from sanchuang_cli.cli import by_township
from sanchuang_cli.cli.gathering import result_files
from sanchuang_cli.cli.jobsfile import Job
from sanchuang_cli.cli.profile import NAME
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.kept import hash_of
from sanchuang_cli.ledger.listing import stand
from sanchuang_cli.period import Period
from sanchuang_cli.policy import source
from sanchuang_cli.programmes import OVER_RESULTS, listed
from sanchuang_cli.report import files
from sanchuang_cli.roster import paths


def inputs_of(folder: Path, job: Job) -> list[Path]:
    """The workbooks that a job reads. Raises UserError where there are none, unless the job is `optional`: then gives none."""
    words = [str(folder / pattern) for pattern in job.inputs]
    try:
        if listed(job.programme) in OVER_RESULTS:
            own = {path.resolve() for path in results(job.target(folder, job.period_on(date.today())))}
            return [path for path in result_files(words) if path.resolve() not in own]
        return paths.books(words, files.is_ours)
    except UserError:
        if job.optional:
            return []
        raise


def origin(folder: Path, job: Job, period: Period, books: list[Path]) -> dict[str, Any]:
    """The hashes of what the job reads, taken before it runs, so that a file that changes meanwhile makes it run again.

    Raises UserError where the policy or a file that the job names cannot be read.
    """
    county = NAME if (folder / NAME).is_file() else None
    beside = [folder / name for name in (job.columns, job.password_file, county) if name]
    if missing := [str(path) for path in beside if not path.is_file()]:
        raise UserError(f"没有任务文件里写的 {'、'.join(missing)}。请核对路径，从任务文件所在的文件夹算起。")
    for named in (job.screen, job.results):
        beside += paths.books([str(folder / pattern) for pattern in named]) if named else []
    return {
        "version": __version__,
        "job": job.model_dump(mode="json"),
        "period": str(period),
        # What is due depends on the day, although no result has changed.
        "day": str(date.today()) if listed(job.programme) in OVER_RESULTS else "",
        "inputs": [[str(book), hash_of(book)] for book in books],
        "beside": [[str(path), hash_of(path)] for path in beside],
        "policy": hashlib.sha256(source(job.programme, job.policy_in(folder))[1]).hexdigest(),
    }


def fingerprint(origin: dict[str, Any], folder: Path, job: Job, period: Period) -> str:
    """The hash of `origin`, of the ledger and of the results as they are now. Raises UserError where the ledger cannot be read."""
    parts = origin | {
        "ledger": stand(opened(place)) if (place := job.ledger_in(folder)) else None,
        "out": [[str(path), hash_of(path)] for path in results(job.target(folder, period))],
    }
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def results(target: Path) -> list[Path]:
    """The result files that exist; where the path has {township}, those of all townships."""
    root = Path(target.anchor)
    pattern = glob.escape(str(target.relative_to(root))).replace(by_township.PLACEHOLDER, "*")
    return sorted(path for path in root.glob(pattern) if path.is_file())
