"""A roster's records asked for by the headings of its fields, so that a check serves every roster that has them."""

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
"""Headings of what is paid out in a batch."""


@dataclass(frozen=True)
class Listing:
    """The records of one roster, from all books. title: as a clerk calls it."""

    title: str
    fields: tuple[Field, ...]
    records: Sequence[Record]

    def field(self, *headings: str) -> Field | None:
        """The field with the first of `headings` that the roster has."""
        known = {field.heading: field for field in self.fields}
        return next((known[heading] for heading in headings if heading in known), None)

    def of_kind(self, kind: Kind) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind is kind)

    @property
    def payments(self) -> tuple[Field, ...]:
        return tuple(field for field in self.of_kind(Kind.MONEY) if field.heading in PAYMENTS)

    def by(self, key: Callable[[Record], Hashable]) -> dict[Hashable, list[Record]]:
        """The records in groups with the same `key`; those where it is None are in none."""
        groups: dict[Hashable, list[Record]] = defaultdict(list)
        for record in self.records:
            if (value := key(record)) is not None:
                groups[value].append(record)
        return groups


def value(record: Record, field: Field | None) -> Any:
    """What was read for `field`; None when it is blank or the roster has no such field."""
    if field is None:
        return None
    found = (
        getattr(record, field.name) if field.name in record.__struct_fields__ else record.more.get(field.name)
    )
    return None if found in ("", ()) else found


def written(record: Record, field: Field) -> str:
    """The cell as a message quotes it, numbers masked."""
    column, _ = record.row.source.columns.get(field.name, (0, ""))
    return quoted(field.kind, record.row.cells[column - 1]) if 0 < column <= len(record.row.cells) else ""


def doubt(
    severity: Severity, code: str, record: Record, field: Field, message: str, basis: str, mend: str
) -> Finding:
    """A finding at the cell of `field`."""
    return Finding(code, severity, message, record.row.place(field.name), basis, mend)


def elsewhere(record: Record, others: Sequence[Record]) -> str:
    """Where `others` stand, told from `record`: 第8行、第9行; with book and sheet where those differ."""
    here = record.row.place()
    told = [_seen_from(here, other.row.place()) for other in others[:3]]
    return "、".join(told) + (f"等 {len(others)} 处" if len(others) > 3 else "")


def _seen_from(here: Place, there: Place) -> str:
    if there.book != here.book:
        return str(there)
    return f"{there.sheet} 第{there.row}行" if there.sheet != here.sheet else f"第{there.row}行"
