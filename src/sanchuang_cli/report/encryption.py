"""A workbook behind a password, as Excel and WPS open it (ECMA-376 agile encryption)."""

from io import BytesIO
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

LONGEST = 255
"""Characters that Excel takes for a password."""


def lock(path: Path, password: str) -> None:
    """Put the encrypted form of the workbook at `path` in its place. Raises OSError."""
    assert 0 < len(password) <= LONGEST, "the caller asks for a password that Excel takes"
    locked = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt(password, locked)
    path.write_bytes(locked.getvalue())
