"""Writes zip packages whose bytes depend on their content only. A package is zipped a second time nowhere
else.

It knows nothing of what is in them.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that the format can express."""


def settle(package: BytesIO, target: Path, place: bytes, long: Iterable[str]) -> None:
    """Write `package` to `target`, its entries in their order, all with the same time and made by no
    particular system.

    long: the text that replaces `place`, which stands once in one entry; it is never held whole in memory.
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
