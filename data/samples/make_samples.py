"""Make the sample workbooks, the same bytes each time: `python data/samples/make_samples.py [FOLDER]`.

One function a sample. Everything is fictional. Small books are stored, not deflated, since compressors differ between
machines; a large one is deflated, and what is the same each time is what it unpacks to.
"""

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import appraise
import budget
import catalogue
import checkups
import development
import dues
import fund
import graduates
import honors
import members
import orgs
import pairing
import pay
import pension
import reviews
import secretaries
import training
import visits

SAMPLES: dict[str, Callable[[], bytes]] = {
    "appraise.xlsx": appraise.book,
    "budget.xlsx": budget.book,
    "catalogue.xlsx": catalogue.book,
    "checkups.xlsx": checkups.book,
    "dues.xlsx": dues.book,
    "fund.xlsx": fund.book,
    "graduates.xlsx": graduates.book,
    "development.xlsx": development.book,
    "honors.xlsx": honors.book,
    "members.xlsx": members.book,
    "orgs.xlsx": orgs.book,
    "pairing.xlsx": pairing.book,
    "pay.xlsx": pay.book,
    "visits.xlsx": visits.book,
    "pension.xlsx": pension.book,
    "reviews.xlsx": reviews.book,
    "secretaries.xlsx": secretaries.book,
    "training.xlsx": training.book,
}
STORED_UP_TO = 400_000
"""Bytes of a book that is not compressed."""


def fixed(book: bytes) -> bytes:
    """The same archive with nothing in it that depends on the day or the system it was packed on."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as source, zipfile.ZipFile(packed, "w") as target:
        large = sum(entry.file_size for entry in source.infolist()) > STORED_UP_TO
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # Unix, also where it was packed on Windows
            target.writestr(
                entry, source.read(name), zipfile.ZIP_DEFLATED if large else zipfile.ZIP_STORED, 9
            )
    return packed.getvalue()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, book in SAMPLES.items():
        (folder / name).write_bytes(fixed(book()))


if __name__ == "__main__":
    main()
