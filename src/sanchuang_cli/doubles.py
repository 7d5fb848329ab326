"""Finds rows with the same key. If one of them says everything that any of them says, they count once; others
are set aside.

It may look at records as they were judged. It judges nothing again.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from typing import Any, NamedTuple

from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Judged, Told, in_error
from sanchuang_cli.record import Field, Keys, Record, Row, keyed

MERGED = "重复合并"
"""The part of the rows that are counted together with another one."""
_MOST = 10
"""Other rows that the message of a row names: a number that somebody has filled in everywhere stands in thousands."""


class Doubles(NamedTuple):
    """told: a finding for each row that has a double. merged: the rows that are counted together with another
    one."""

    told: list[Told]
    merged: list[Row]


def doubles(
    judged: Sequence[Judged],
    keys: Keys,
    merges: bool,
    doubts: Doubts,
    unread: Sequence[Row] = (),
    unprinted: Set[str] = frozenset(),
) -> Doubles:
    """Find the rows that have a double.

    keys: they tell rows apart; rows in which all of them are blank have no double. merges: whether rows that
    say the same count once, if they agree by the first key; otherwise they are set aside too. unread: the
    rows that the reader set aside; whoever stands in one of them as well is set aside too, because nobody
    knows what that row says. unprinted: fields that no rule uses and no page prints; rows that count once may
    differ in these.
    """
    if not keys:
        return Doubles([], [])
    aside = in_error(Told(odd, one.record.row) for one in judged for odd in one.findings)
    told: list[Told] = []
    merged: list[Row] = []
    for number, records in _groups([one.record for one in judged], keys):
        differing = _differing(records)
        clean = merges and not number and not any(id(record.row) in aside for record in records)
        kept = _kept(records, differing, unprinted) if clean else None
        told += _told(records, keys[number][-1], kept, differing, doubts)
        merged += [record.row for record in records if record is not kept] if kept else []
    return Doubles(told + list(_beside_unread(judged, keys, doubts, unread)), merged)


def _beside_unread(
    judged: Sequence[Judged], keys: Keys, doubts: Doubts, unread: Sequence[Row]
) -> Iterator[Told]:
    """Return a finding for each record whose key stands in an unread row, as that row writes it or as it was
    understood."""
    others = {keyed(row.written, keys): row for row in unread}
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
    """Return the records that share a key, with its number, in the order of their places, so that the order
    of the list does not matter."""
    found: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        if key := keyed(partial(getattr, record), keys):
            found.setdefault(key, []).append(record)
    for key, group in found.items():
        if len(group) > 1:
            yield key[0], sorted(group, key=lambda record: record.row.line)


def _differing(records: Sequence[Record]) -> Mapping[str, Field | None]:
    """Return the names of what the rows differ in, each with its field if that field may be idle."""
    found: dict[str, Field | None] = {
        one.name: one for one in records[0].declared() if _differ([_said(record, one) for record in records])
    }
    names = sorted({name for record in records for name in record.more})
    found |= {name: None for name in names if _differ([record.more.get(name) for record in records])}
    return found | ({_BESIDE: None} if _differ([record.row.beside for record in records]) else {})


_BESIDE = "批注或删除线"


def differing_headings(records: Sequence[Record]) -> str:
    """Return the headings of what rows with one key differ in, as a message names them; "" if they say the same."""
    return _headings(records[0], _differing(records))


def _headings(record: Record, differing: Mapping[str, Field | None]) -> str:
    columns = record.row.source.columns
    names = [
        columns.get(name, (0, ""))[1] or (one.heading if one else name) for name, one in differing.items()
    ]
    return "、".join(f"“{name}”" for name in names)


def _differ(said: Sequence[Any]) -> bool:
    return any(one != said[0] for one in said)


def _said(record: Record, field: Field) -> Any:
    """Return what a row says in a field: as written if nobody could read it, None if it says nothing."""
    value = record.row.illegible(field) or getattr(record, field.name)
    return None if value == "" else value


def _kept(
    records: Sequence[Record], differing: Mapping[str, Field | None], unprinted: Set[str]
) -> Record | None:
    """Return the first row that says everything that any of the rows says. They may differ in idle fields
    only."""
    fields = [one for one in differing.values() if one and one.idle]
    if len(fields) < len(differing):
        return None
    printed = [one for one in fields if one.name not in unprinted]
    full = (
        record
        for record in records
        if all(_said(other, one) in (None, _said(record, one)) for other in records for one in printed)
    )
    return next(full, None)


def _told(
    records: Sequence[Record],
    at: str,
    kept: Record | None,
    differing: Mapping[str, Field | None],
    doubts: Doubts,
) -> Iterator[Told]:
    what = _headings(records[0], differing)
    if kept:
        then = f"，除{what}外各处一致，只计 {kept.row.place()}" if what else "，各处一致，只计一次"
    else:
        then = f"，{what}不一致" if what else ""
    places = [str(record.row.place()) for record in records[: _MOST + 1]]
    for nth, record in enumerate(records):
        others = "；".join([*places[:nth], *places[nth + 1 :]][:_MOST])
        more = f" 等 {len(records) - 1} 处" if len(records) > _MOST + 1 else ""
        message = f"{record.called}：出现 {len(records)} 次，另见 {others}{more}{then}"
        yield Told(
            doubts.at("listed-alike" if kept else "listed-twice", record.row.place(at), message), record.row
        )
