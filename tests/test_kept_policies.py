"""What a county wrote for an earlier version is understood for good: every document that version 0.2.0 shipped still is."""

from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from sanchuang_cli.policy import load
from sanchuang_cli.programmes import listed

KEPT = Path(__file__).parent / "kept" / "policies-0.2.0.zip"


def programme_of(name: str) -> str:
    """Documents lie as NAME.toml, those of other places as packs/NAME/*.toml."""
    path = PurePosixPath(name)
    return path.parent.name if path.parts[0] == "packs" else path.stem


with ZipFile(KEPT) as archive:
    DOCUMENTS = {name: archive.read(name) for name in archive.namelist()}


def test_there_are_documents_of_every_programme_of_then() -> None:
    assert len({programme_of(name) for name in DOCUMENTS}) == 20


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_an_earlier_version_is_understood(name: str) -> None:
    assert load(listed(programme_of(name)).load().policy, name, DOCUMENTS[name]).editions
