"""Encrypts a workbook with a password, so that Excel and WPS can open it (ECMA-376 agile encryption).

It may look at the bytes of the workbook only.
"""

from io import BytesIO
from pathlib import Path


def lock(path: Path, password: str) -> None:
    """Replace the workbook at `path` by its encrypted form. Raises OSError."""
    path.write_bytes(locked(path.read_bytes(), password))


def locked(package: bytes, password: str) -> bytes:
    """Return the encrypted form of a workbook. password: 1 to 255 characters, which is what Excel accepts."""
    from msoffcrypto.format.ooxml import OOXMLFile

    encrypted = BytesIO()
    OOXMLFile(BytesIO(package)).encrypt(password, encrypted)
    return encrypted.getvalue()
