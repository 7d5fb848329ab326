"""Handles cells that say something which could not be read. They are never taken for blank, so nothing is
paid because of them.

The promise: 死亡日期 2026.6.31, 困难台账 待定 or 健在情况 #N/A sets the row aside; it does not pass for “not
filled in”. Each rule knows the columns that it looks at (`Benefit.columns`, `Amount.columns`) and asks here
about them.
"""

from collections.abc import Collection, Iterable, Iterator

from sanchuang_cli.domain import words
from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.entitlement.row_troubles import DOUBTS, RowTrouble, trouble
from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.kind import without_numbers
from sanchuang_cli.record import NOT_WORKED_OUT

_AS_GOOD_AS_BLANK = {
    "left": words.NO_VALUE | words.STILL,
    "suspended_to": words.NO_VALUE | words.STILL,
    "died_on": words.NO_VALUE | words.ALIVE,
}
"""For some fields, the words that mean there is nothing to fill in. For all other fields only a word for
“none” does."""


def illegible(record: Member) -> list[str]:
    """Return the fields whose cell says something that the reader could not understand."""
    row = record.row
    return [
        name
        for name in row.unread
        if words.narrow(row.written(name)) not in _AS_GOOD_AS_BLANK.get(name, words.NO_VALUE)
        or _only_said_to_serve(record, name)
    ]


def _only_said_to_serve(record: Member, name: str) -> bool:
    """Whether 离任日期 says that somebody is still in office, all of whose terms have an end."""
    still = name == "left" and words.narrow(record.row.written(name)) in words.STILL
    return still and bool(record.spells) and all(spell.end for spell in record.spells)


def with_unreadable(record: Member, names: Collection[str], troubles: list[RowTrouble]) -> list[RowTrouble]:
    """Return a trouble for each of the fields `names` whose cell cannot be read, and those `troubles` that
    are about other fields.

    A cell that cannot be read is not reported a second time as missing.
    """
    if not record.row.unread:
        return troubles  # it is so for nearly everybody, and what follows is slow
    unread = [_trouble(record, name) for name in illegible(record) if name in names]
    told = {trouble.column for trouble in unread}
    return unread + [trouble for trouble in troubles if trouble.column not in told]


def _trouble(record: Member, name: str) -> RowTrouble:
    said = without_numbers(record.row.written(name))
    unclear = "任职经历的各段却都有止点" if _only_said_to_serve(record, name) else "看不出意思"
    seen = said if said == NOT_WORKED_OUT else f"写的是“{said}”，{unclear}"
    return trouble("unread", name, f"这一格{seen}，不能当作没有填写")


def missing_columns(editions: Iterable[Entitlements], records: Iterable[Member]) -> Iterator[Finding]:
    """Warn of tables that lack a column which the document itself declares and uses. Everything in it counts
    as blank."""
    needed = {heading: where for edition in editions for heading, where in edition.columns_needed().items()}
    if not needed:
        return
    tables = {(source.book, source.sheet): source for record in records for source in (record.row.source,)}
    for source in tables.values():
        for heading, where in needed.items():
            if heading not in source.columns:
                said = f"这张表没有“{heading}”一列，全部按未填处理"
                basis = f"政策的“{where}”要看这一列"
                mend = f"请加上“{heading}”一列并填写；确实都没有的，可不理会。"
                yield DOUBTS.at("no-column", Place(source.book, source.sheet), said, basis, mend)
