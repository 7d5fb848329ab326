"""A workbook behind a password, as Excel and WPS open it (ECMA-376 agile encryption)."""

from io import BytesIO
from pathlib import Path


def lock(path: Path, password: str) -> None:
    """Put the encrypted form of the workbook at `path` in its place. Raises OSError.

    password: 1 to 255 characters, which is what Excel takes.
    """
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt(password, locked)
    path.write_bytes(locked.getvalue())
