"""Rows with the same key: those that say the same in all that bears on anything count once, all others are set aside."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Judged, Told, in_error
from sanchuang_cli.record import Record, Row

MERGED = "重复合并"
"""The part of the rows that are counted with another one."""


class Doubles(NamedTuple):
    """told: a finding for each row that has a double. merged: the rows that are counted with another one."""

    told: list[Told]
    merged: list[Row]


def doubles(
    judged: Sequence[Judged],
    once: tuple[str, ...],
    merges: bool,
    doubts: Doubts,
    unread: Sequence[Row] = (),
) -> Doubles:
    """once: the fields of the key; rows where all of them are blank have none. merges: whether rows that say the same
    count once; otherwise they too are set aside. unread: the rows that the reader set aside; whoever stands in one of
    them as well is set aside, too."""
    aside = in_error(Told(odd, one.record.row) for one in judged for odd in one.findings)
    told: list[Told] = []
    merged: list[Row] = []
    for records in _groups([one.record for one in judged], once):
        clean = merges and not any(id(record.row) in aside for record in records)
        alike = clean and all(_bearing(record) == _bearing(records[0]) for record in records)
        told += _told(records, once[-1], "listed-alike" if alike else "listed-twice", doubts)
        merged += [record.row for record in records[1:]] if alike else []
    return Doubles(told + list(_beside_unread(judged, once, doubts, unread)), merged)


def _beside_unread(
    judged: Sequence[Judged], once: tuple[str, ...], doubts: Doubts, unread: Sequence[Row]
) -> Iterator[Told]:
    """A finding for each record whose key an unread row has: as its own row writes it, or as it was understood."""
    others = {tuple(row.written(name) for name in once): row for row in unread} if once else {}
    for record in [one.record for one in judged] if others else ():
        written = tuple(record.row.written(name) for name in once)
        understood = tuple(str(getattr(record, name)) for name in once)
        other = others.get(written) or others.get(understood)
        if other and any(written):
            message = f"{record.called}另有一行没有读成，见 {other.place()}"
            yield Told(doubts.at("listed-twice", record.row.place(once[-1]), message), record.row)


def _groups(records: Sequence[Record], once: tuple[str, ...]) -> Iterator[list[Record]]:
    """The records that share a key, in the order of their places: which comes first does not depend on the list."""
    found: dict[tuple[Any, ...], list[Record]] = {}
    for record in records if once else ():
        key = tuple(getattr(record, name) for name in once)
        if any(key):
            found.setdefault(key, []).append(record)
    for group in found.values():
        if len(group) > 1:
            yield sorted(group, key=lambda record: record.row.line)


def _bearing(record: Record) -> list[Any]:
    """All that a record says, but for the fields that bear on nothing, and what stands beside them."""
    said = [getattr(record, field.name) for field in record.declared() if not field.idle]
    return [said, sorted(record.more.items()), record.row.beside]


def _told(records: Sequence[Record], at: str, code: str, doubts: Doubts) -> Iterator[Told]:
    for record in records:
        others = "；".join(str(other.row.place()) for other in records if other is not record)
        then = "，各处一致，只计一次" if code == "listed-alike" else ""
        message = f"{record.called}出现 {len(records)} 次，另见 {others}{then}"
        yield Told(doubts.at(code, record.row.place(at), message), record.row)
