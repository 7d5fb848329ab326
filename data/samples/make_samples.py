"""Make the sample workbooks, the same bytes each time: `python data/samples/make_samples.py [FOLDER]`.

One function a sample. Everything is fictional. Entries are stored, not deflated, since compressors differ between
machines, and git compresses them anyway.
"""

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import orgs

SAMPLES: dict[str, Callable[[], bytes]] = {
    "orgs.xlsx": orgs.book,
}


def fixed(book: bytes) -> bytes:
    """The same archive with nothing in it that depends on the machine that packed it."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # Unix, also where it was packed on Windows
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, book in SAMPLES.items():
        (folder / name).write_bytes(fixed(book()))


if __name__ == "__main__":
    main()
