"""Zip packages whose bytes depend on their content alone. The one place where a package is zipped again."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that the format can say."""


def settle(package: BytesIO, target: Path, place: bytes, long: Iterable[str]) -> None:
    """Write `package` to `target` with its entries in their order, all of the same moment and made by no system.

    long: text that takes the place of `place`, which stands in one entry, once; it is never held whole.
    """
    with ZipFile(package) as loose, ZipFile(target, "w", ZIP_DEFLATED) as settled:
        for entry in loose.infolist():
            fixed = ZipInfo(entry.filename, _EARLIEST)
            fixed.compress_type, fixed.create_system = ZIP_DEFLATED, 0
            before, held, after = loose.read(entry).partition(place)
            with settled.open(fixed, "w") as out:
                out.write(before)
                if held:
                    out.writelines(part.encode() for part in long)
                    out.write(after)
