"""Makes one hash over everything that a job depends on, so that an unchanged job can be skipped; it only reads files and the
ledger.

It covers the job, its period, workbooks, policy, ledger and results. Where it is equal to the last one, nothing changed.
"""

import glob
import hashlib
import json
from pathlib import Path
from typing import Any

from sanchuang_cli import __version__
from sanchuang_cli.cli import by_township, clock
from sanchuang_cli.cli.gathering import result_files
from sanchuang_cli.cli.jobsfile import Job
from sanchuang_cli.cli.profile import NAME
from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.kept import hash_of
from sanchuang_cli.ledger.listing import stand
from sanchuang_cli.period import Period
from sanchuang_cli.policy import source
from sanchuang_cli.programmes import OVER_RESULTS, listed
from sanchuang_cli.report import files
from sanchuang_cli.roster import paths

DAY = "day"
"""What the day of judgement is called among what a job is made from. Until its period is over the day moves on, and every
result depends on it: what is due or late, how old somebody is, which dates are still to come."""


def inputs_of(folder: Path, job: Job) -> list[Path]:
    """The workbooks that a job reads. Raises UserError where there are none, unless the job is `optional`: then gives none."""
    words = [str(folder / pattern) for pattern in job.inputs]
    try:
        if listed(job.programme) in OVER_RESULTS:
            return _without_own(folder, job, result_files(words))
        return paths.books(words, files.is_ours)
    except UserError:
        if job.optional:
            return []
        raise


def named_books(folder: Path, job: Job, period: Period) -> list[Path]:
    """The workbooks of `previous`, `screen` and `results` of a job. Raises UserError where one of these finds none."""
    before = job.before(folder, period)
    screen, given = [str(folder / pattern) for pattern in job.screen], job.results_of(folder, period)
    found = [*_of_before(before), *(paths.books(screen) if screen else ())]
    if given and "announces" in listed(job.programme).can:
        return [*found, *_without_own(folder, job, result_files(given))]
    return [*found, *(paths.books(given) if given else ())]


def _of_before(before: str | None) -> list[Path]:
    """The last result that a job names. Raises UserError where there is none, also in the first period of all."""
    try:
        return paths.books([before]) if before else []
    except UserError as why:
        raise UserError(
            f"{why}本任务的第一期还没有上一期的结果，请先从任务文件里去掉 previous，运行一期以后再写上。"
        ) from None


def _without_own(folder: Path, job: Job, found: list[Path]) -> list[Path]:
    """The results that the job did not write itself."""
    own = {path.resolve() for path in results(job.target(folder, job.period_on(clock.today())))}
    return [path for path in found if path.resolve() not in own]


def origin(folder: Path, job: Job, period: Period, books: list[Path]) -> dict[str, Any]:
    """The hashes of what the job reads, taken before it runs, so that a file that changes meanwhile makes it run again.

    Raises UserError where the policy or a file that the job names cannot be read.
    """
    county = NAME if (folder / NAME).is_file() else None
    beside = [folder / name for name in (job.columns, job.password_file, county) if name]
    if missing := [str(path) for path in beside if not path.is_file()]:
        raise UserError(f"没有任务文件里写的 {'、'.join(missing)}。请核对路径，从任务文件所在的文件夹算起。")
    beside += named_books(folder, job, period)
    return {
        "version": __version__,
        "job": job.model_dump(mode="json"),
        "period": str(period),
        DAY: str(today) if (today := clock.today()) < period.last else "",
        "inputs": [[str(book), hash_of(book)] for book in books],
        **({"below": [finding.message for finding in below]} if (below := not_read(folder, job)) else {}),
        "beside": [[str(path), hash_of(path)] for path in beside],
        "policy": hashlib.sha256(source(job.programme, job.policy_in(folder))[1]).hexdigest(),
    }


def not_read(folder: Path, job: Job) -> list[Finding]:
    """A warning for each folder within those of a job that has workbooks, which it does not read. They are said on the morning's
    page and not in the result, which depends on what was read alone."""
    if listed(job.programme) in OVER_RESULTS:
        return []
    return list(paths.told_below([str(folder / pattern) for pattern in job.inputs], files.is_ours))


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
