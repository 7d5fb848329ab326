"""Rows with the same key: those that say the same in all that bears on anything count once, all others are set aside."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Judged, Told, in_error
from sanchuang_cli.record import Keys, Record, Row, keyed

MERGED = "重复合并"
"""The part of the rows that are counted with another one."""


class Doubles(NamedTuple):
    """told: a finding for each row that has a double. merged: the rows that are counted with another one."""

    told: list[Told]
    merged: list[Row]


def doubles(
    judged: Sequence[Judged], keys: Keys, merges: bool, doubts: Doubts, unread: Sequence[Row] = ()
) -> Doubles:
    """keys: by which rows are told apart; rows where all are blank have none. merges: whether rows that say the same count
    once, where they go by the first key; otherwise they too are set aside. unread: the rows that the reader set aside;
    whoever stands in one of them as well is set aside, too."""
    aside = in_error(Told(odd, one.record.row) for one in judged for odd in one.findings)
    told: list[Told] = []
    merged: list[Row] = []
    for number, records in _groups([one.record for one in judged], keys):
        clean = merges and not number and not any(id(record.row) in aside for record in records)
        alike = clean and all(_bearing(record) == _bearing(records[0]) for record in records)
        told += _told(records, keys[number][-1], "listed-alike" if alike else "listed-twice", doubts)
        merged += [record.row for record in records[1:]] if alike else []
    return Doubles(told + list(_beside_unread(judged, keys, doubts, unread)), merged)


def _beside_unread(
    judged: Sequence[Judged], keys: Keys, doubts: Doubts, unread: Sequence[Row]
) -> Iterator[Told]:
    """A finding for each record whose key an unread row has: as its own row writes it, or as it was understood."""
    others = {keyed(row.written, keys): row for row in unread if keys}
    others.pop(None, None)
    for record in [one.record for one in judged] if others else ():
        written = keyed(record.row.written, keys)
        understood = keyed(partial(_word, record), keys)
        if found := others.get(written) or others.get(understood):
            at = keys[(written or understood or (0,))[0]][-1]
            message = f"{record.called}：另有一行没有读成，见 {found.place()}"
            yield Told(doubts.at("listed-twice", record.row.place(at), message), record.row)


def _word(record: Record, name: str) -> str:
    return str(getattr(record, name) or "")


def _groups(records: Sequence[Record], keys: Keys) -> Iterator[tuple[int, list[Record]]]:
    """The records that share a key, with its number, in the order of their places: which comes first does not depend on
    the list."""
    found: dict[tuple[Any, ...], list[Record]] = {}
    for record in records if keys else ():
        if key := keyed(partial(getattr, record), keys):
            found.setdefault(key, []).append(record)
    for key, group in found.items():
        if len(group) > 1:
            yield key[0], sorted(group, key=lambda record: record.row.line)


def _bearing(record: Record) -> list[Any]:
    """All that a record says, but for the fields that bear on nothing, and what stands beside them."""
    said = [getattr(record, field.name) for field in record.declared() if not field.idle]
    return [said, sorted(record.more.items()), record.row.beside]


def _told(records: Sequence[Record], at: str, code: str, doubts: Doubts) -> Iterator[Told]:
    for record in records:
        others = "；".join(str(other.row.place()) for other in records if other is not record)
        then = "，各处一致，只计一次" if code == "listed-alike" else ""
        message = f"{record.called}：出现 {len(records)} 次，另见 {others}{then}"
        yield Told(doubts.at(code, record.row.place(at), message), record.row)
