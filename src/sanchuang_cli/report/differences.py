"""Gives `policy diff` as one JSON document: a run's document by the new policy, and the policy that it is compared with.

The schema is docs/schema/policy-diff.schema.json; `python -m sanchuang_cli.report.differences` prints it.
"""

import sys
from collections.abc import Set
from typing import Any

from pydantic import Field

from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.report.document import Document, PolicyPart, document, dumped, schema
from sanchuang_cli.report.run import Run


class Differences(Document):
    """What `sanchuang policy diff --json` prints."""

    old: PolicyPart = Field(description="the policy that is compared with; `policy` is the new one")


def text(run: Run, old: PolicyFile[Any], unmask: Set[str], *, encoding: str) -> str:
    """The document as JSON that a stream in `encoding` takes whole, numbers of persons masked."""
    edition = old.editions[-1]
    before = PolicyPart(
        title=edition.title,
        document=edition.document,
        edition=edition.effective,
        name=old.name,
        sha256=old.sha256,
        earlier=[],
    )
    return dumped(Differences(**dict(document(run, unmask)), old=before), encoding)


if __name__ == "__main__":
    sys.stdout.write(schema(Differences, "sanchuang policy diff"))
