"""Zip packages whose bytes depend on their content alone. The one place where a package is zipped again."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that the format can say."""


def settle(package: BytesIO, target: Path) -> None:
    """Write `package` to `target` with its entries in their order, all of the same moment and made by no system."""
    with ZipFile(package) as loose, ZipFile(target, "w", ZIP_DEFLATED) as settled:
        for entry in loose.infolist():
            fixed = ZipInfo(entry.filename, _EARLIEST)
            fixed.compress_type = ZIP_DEFLATED
            fixed.create_system = 0
            settled.writestr(fixed, loose.read(entry))
