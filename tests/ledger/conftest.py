"""Copies of batches as plain text: the workbook's writer has its own tests, and the command line's use the true one.

`database` has a test run on both databases.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanchuang_cli.ledger import databases
from tests import postgres
from tests.ledger import county, plain


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    with plain.workbooks():
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.installed)])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Ledgers of `county.new` are made in this database."""
    if request.param == "postgresql":
        cluster = postgres.cluster()
        monkeypatch.setattr(county, "new_place", lambda folder: cluster.server(cluster.database()))
        monkeypatch.setattr(databases, "login", lambda connection, own: own)  # one role does what both do
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return str(request.param)
