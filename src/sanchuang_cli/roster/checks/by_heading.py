"""Gives checks a roster's records by the headings of its fields, so that one check serves every roster with those fields.

Nothing is read or changed here; there are also the helpers with which checks make their findings.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record
from sanchuang_cli.roster.cells.troubles import quoted
from sanchuang_cli.roster.columns.aliases import ALIASES

PAYMENTS = frozenset({"发放金额", "本期金额", *ALIASES["发放金额"]})
"""The headings of amounts that are paid out in a batch."""


@dataclass(frozen=True)
class Listing:
    """The records of one roster from all books. title: the name that a clerk uses for the roster."""

    title: str
    fields: tuple[Field, ...]
    records: Sequence[Record]

    def field(self, *headings: str) -> Field | None:
        """The field with the first of these headings that the roster has, None if it has none of them."""
        known = {field.heading: field for field in self.fields}
        return next((known[heading] for heading in headings if heading in known), None)

    def of_kind(self, kind: Kind) -> tuple[Field, ...]:
        """All fields of a kind."""
        return tuple(field for field in self.fields if field.kind is kind)

    @property
    def payments(self) -> tuple[Field, ...]:
        """The fields of amounts that are paid out."""
        return tuple(field for field in self.of_kind(Kind.MONEY) if field.heading in PAYMENTS)

    def by(self, key: Callable[[Record], Hashable]) -> dict[Hashable, list[Record]]:
        """The records in groups with the same key. Records with the key None are left out."""
        groups: dict[Hashable, list[Record]] = defaultdict(list)
        for record in self.records:
            if (value := key(record)) is not None:
                groups[value].append(record)
        return groups


def value(record: Record, field: Field | None) -> Any:
    """The value of a field in a record; None if it is blank or if there is no such field."""
    if field is None:
        return None
    read = (
        getattr(record, field.name) if field.name in record.__struct_fields__ else record.more.get(field.name)
    )
    return None if read in ("", ()) else read


def written(record: Record, field: Field) -> str:
    """The cell of a field as messages quote it, with numbers masked."""
    column, _ = record.row.source.columns.get(field.name, (0, ""))
    return quoted(field.kind, record.row.cells[column - 1]) if 0 < column <= len(record.row.cells) else ""


def doubt(
    severity: Severity, code: str, record: Record, field: Field, message: str, basis: str, mend: str
) -> Finding:
    """A finding placed at the cell of a field."""
    return Finding(code, severity, message, record.row.place(field.name), basis, mend)


def elsewhere(record: Record, others: Sequence[Record]) -> str:
    """The places of other records as seen from a record: 第8行、第9行, with the book and sheet if they are others."""
    here = record.row.place()
    places = [_seen_from(here, other.row.place()) for other in others[:3]]
    return "、".join(places) + (f"等 {len(others)} 处" if len(others) > 3 else "")


def _seen_from(here: Place, there: Place) -> str:
    if there.book != here.book:
        return str(there)
    return f"{there.sheet} 第{there.row}行" if there.sheet != here.sheet else f"第{there.row}行"
