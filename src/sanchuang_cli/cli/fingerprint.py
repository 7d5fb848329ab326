"""What a job is made from, as one hash: the job, its period, inputs, policy, ledger and result. Equal: nothing to do."""

import hashlib
import json
from pathlib import Path

from sanchuang_cli import __version__
from sanchuang_cli.cli.jobsfile import Job
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.book import opened
from sanchuang_cli.ledger.kept import hash_of
from sanchuang_cli.ledger.listing import stand
from sanchuang_cli.period import Period
from sanchuang_cli.policy import source
from sanchuang_cli.report import files
from sanchuang_cli.roster import paths


def inputs_of(folder: Path, job: Job) -> list[Path]:
    """The files a job reads, none when no glob of its finds any. Raises UserError where an input that is no
    `optional` job's is missing."""
    words = [str(folder / one) for one in job.inputs]
    try:
        return paths.books(words, files.is_ours)
    except UserError:
        if job.optional:
            return []
        raise


def fingerprint(folder: Path, job: Job, period: Period, books: list[Path]) -> str:
    """The hash. Raises UserError where the policy or the ledger cannot be read."""
    policy = job.policy
    name = str(folder / policy) if policy and policy.endswith(".toml") else policy
    out = folder / job.out.format(programme=job.programme, period=period)
    parts = {
        "version": __version__,
        "job": job.model_dump(mode="json"),
        "period": str(period),
        "inputs": [[str(book), hash_of(book)] for book in books],
        "screen": [[one, hash_of(folder / one)] for one in job.screen if (folder / one).is_file()],
        "policy": hashlib.sha256(source(job.programme, name)[1]).hexdigest(),
        "ledger": stand(opened(folder / job.ledger)) if job.ledger else None,
        "out": hash_of(out) if out.is_file() else None,
    }
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
