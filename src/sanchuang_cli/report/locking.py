"""A workbook behind a password, as Excel and WPS open it (ECMA-376 agile encryption)."""

from io import BytesIO
from pathlib import Path


def lock(path: Path, password: str) -> None:
    """Put the encrypted form of the workbook at `path` in its place. Raises OSError."""
    path.write_bytes(locked(path.read_bytes(), password))


def locked(package: bytes, password: str) -> bytes:
    """The encrypted form of a workbook. password: 1 to 255 characters, which is what Excel takes."""
    from msoffcrypto.format.ooxml import OOXMLFile

    encrypted = BytesIO()
    OOXMLFile(BytesIO(package)).encrypt(password, encrypted)
    return encrypted.getvalue()
