"""Checks whether the same person, number or account stands in several rows, in one book or in several.

Rows that contradict one another are errors, because nobody can tell which of them is true. Rows that agree get a warning,
or an error if money is paid by them.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from sanchuang_cli.domain import identity
from sanchuang_cli.domain.contradictions import repeated
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record
from sanchuang_cli.roster.checks.by_heading import Listing, doubt, elsewhere, value, written

_NOT_TELLING = frozenset({"备注", "序号"})
"""Headings in which rows of one person may differ without contradiction."""


def same_identity(listing: Listing) -> Iterator[Finding]:
    """One identity number in several rows: an error when they differ, or when each would be paid."""
    number = listing.field("身份证号")
    if number is None:
        return
    for rows in repeated(listing.records, lambda record: value(record, number)):
        differing = contradictions(rows, [field for field in listing.fields if field is not number])
        severity = Severity.ERROR if differing or _paid(rows, listing.payments) else Severity.WARNING
        for record in rows:
            others = elsewhere(record, [other for other in rows if other is not record])
            what = f"，且{'、'.join(differing[:5])}不一致" if differing else "，内容一致"
            yield doubt(
                severity,
                "duplicates.identity",
                record,
                number,
                f"身份证号“{written(record, number)}”与{others}重复{what}",
                "一人只列一行，身份证号不得重复",
                "核对证件：同一人的只留正确的一行，不同的人改正号码。" if differing else "删去多余的一行。",
            )


def _paid(rows: Sequence[Record], payments: Sequence[Field]) -> bool:
    """Whether the rows are in a list by which money is paid."""
    return any(field.name in record.row.source.columns for record in rows for field in payments)


def contradictions(rows: Sequence[Record], fields: Sequence[Field]) -> list[str]:
    """The headings of the fields in which the rows differ. A blank and a remark contradict nothing."""
    return [
        field.heading
        for field in fields
        if field.heading not in _NOT_TELLING and not _agree([value(record, field) for record in rows])
    ]


def _agree(values: Sequence[Any]) -> bool:
    """Whether the values may all be true. Dates agree if some day fits all of them: 1985年 and 1985-06."""
    filled = [stated for stated in values if stated is not None]
    if filled and isinstance(filled[0], VagueDate):
        earliest: date = max(day.earliest for day in filled)
        latest: date = min(day.latest for day in filled)
        return earliest <= latest
    return len(set(filled)) <= 1


def same_name_and_birth(listing: Listing) -> Iterator[Finding]:
    """The same name and date of birth with different identity numbers: often one person whose number was mistyped."""
    number, name = listing.field("身份证号"), listing.field("姓名")
    if number is None or name is None:
        return

    def named_and_born(record: Record) -> tuple[str, object] | None:
        who, digits = value(record, name), value(record, number)
        return (who, identity.birth(digits)) if who and digits else None

    for rows in repeated(listing.records, named_and_born):
        if len({value(record, number) for record in rows}) == 1:
            continue
        for record in rows:
            mine = value(record, number)
            others = elsewhere(record, [other for other in rows if value(other, number) != mine])
            yield doubt(
                Severity.WARNING,
                "duplicates.name-and-birth",
                record,
                number,
                f"“{written(record, name)}”（{written(record, number)}）与{others}同名同出生日期，身份证号却不同",
                "同名同生日的多半是同一人，其中一个号码写错",
                "照证件核对：是同一人的只留一行，是两个人的可不理会。",
            )


def same_account(listing: Listing) -> Iterator[Finding]:
    """One account under several names or identity numbers, so that money would go to the wrong person, or to one twice."""
    name, number = listing.field("姓名"), listing.field("身份证号")
    if name is None:
        return
    for account in listing.of_kind(Kind.ACCOUNT):
        for rows in repeated(listing.records, partial(value, field=account)):
            yield from _shared(rows, account, name, number)


def _shared(rows: Sequence[Record], account: Field, name: Field, number: Field | None) -> Iterator[Finding]:
    """An error for each row of one account that also stands under another name or number."""
    said = [(record, value(record, name), value(record, number)) for record in rows]
    named, numbered = (len({one[at] for one in said} - {None}) > 1 for at in (1, 2))
    for record, called, mine in said if named or numbered else ():
        renamed = {id(row) for row, other, _ in said if named and other != called}
        another = {id(row) for row, _, other in said if numbered and _two(other, mine)}
        differing = renamed | another
        others = [row for row in rows if id(row) in differing]
        if not others:
            continue
        whose = "、".join(_names(others, name)) if renamed else "另一个身份证号"
        known = mine is not None and any(value(row, number) is not None for row in others)
        apart = f"（身份证号{'不同' if another else '相同'}）" if renamed and known else ""
        yield doubt(
            Severity.ERROR,
            "duplicates.account",
            record,
            account,
            f"{account.heading}“{written(record, account)}”写在{written(record, name) or '无名'}名下，"
            f"{elsewhere(record, others)}又写在{whose}名下{apart}",
            "一个账号只能是一个人的，户名须与姓名一致",
            "照存折或卡逐一核对账号、户名和身份证号。",
        )


def _two(one: Any, other: Any) -> bool:
    """Whether two cells name two things. A blank may be the other."""
    return one is not None and other is not None and one != other


def _names(rows: Sequence[Record], name: Field) -> list[str]:
    return list(dict.fromkeys(written(record, name) for record in rows))[:3]
