"""Checks one row about a person against itself: number, sex, birth, joining, full membership, death, amount.

The figures here are national rules, each with its source. The limits that a county sets itself are in its policy.
"""

import re
from collections.abc import Iterator

from sanchuang_cli.domain import contradictions, identity, words
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.record import Record
from sanchuang_cli.roster.checks.by_heading import Listing, doubt, value, written

NO_PROBATION = Month(1969, 4), Month(1977, 8)
"""The 党章 of the 9th congress (April 1969) and of the 10th had no 预备期; that of the 11th (August 1977) has one again."""

_ASIDE = re.compile(r"[(（].*?[)）]|配偶.*")
_DEAD_WORDS = ("健在情况", "党员状态")


STAYS = "已死亡的人连同死亡日期留在名册上，到台账把多发、少发的都结清为止"
"""The advice for people who died. If they are deleted, nobody looks at them again, and what was overpaid is never found."""


def sex_against_identity(listing: Listing) -> Iterator[Finding]:
    """A warning if the sex differs from the identity number, whose 17th digit is odd for men and even for women."""
    number, sex = listing.field("身份证号"), listing.field("性别")
    if number is None or sex is None:
        return
    for record in listing.records:
        digits, stated = value(record, number), value(record, sex)
        if digits and stated and (holder := contradictions.sex(stated, digits)):
            yield doubt(
                Severity.WARNING,
                "persons.sex-differs",
                record,
                sex,
                f"性别“{stated}”与身份证号“{written(record, number)}”不符：号码是{holder}性的",
                "GB 11643-1999：身份证号第 17 位单数为男，双数为女",
                "照证件核对性别和号码。",
            )


def birth_against_identity(listing: Listing) -> Iterator[Finding]:
    """A warning if the date of birth differs from digits 7 to 14 of the identity number.

    If only the month of birth is written, only the months are compared.
    """
    number, born = listing.field("身份证号"), listing.field("出生日期")
    if number is None or born is None:
        return
    for record in listing.records:
        digits, stated = value(record, number), value(record, born)
        if digits and stated and (birth := contradictions.born(stated, digits)):
            yield doubt(
                Severity.WARNING,
                "persons.birth-differs",
                record,
                born,
                f"出生日期“{written(record, born)}”与身份证号“{written(record, number)}”不符："
                f"号码里是 {birth.isoformat()}",
                "GB 11643-1999：身份证号第 7 至 14 位是出生日期",
                "照证件核对；档案与证件不一致的，按组织认定的填写并注明。",
            )


def joined_too_young(listing: Listing) -> Iterator[Finding]:
    """A warning for joining before the age of 18 since there is that rule, and for joining as a child at any time."""
    joined = listing.field("入党日期")
    if joined is None:
        return
    for record in listing.records:
        stated, birth = value(record, joined), _birth(listing, record)
        contradiction = contradictions.joined(stated, birth) if stated and birth else None
        if contradiction is None:
            continue
        yield doubt(
            Severity.WARNING,
            f"persons.{contradiction.code}",
            record,
            joined,
            f"入党日期“{written(record, joined)}”{contradiction.what}",
            "党章（1956 年八大起）：年满十八岁方可入党",
            "核对档案里的入党志愿书；档案确是如此的可不理会。",
        )


def served_too_young(listing: Listing) -> Iterator[Finding]:
    """A warning for a post that began when the person was a child."""
    for field in listing.of_kind(Kind.SPELLS):
        for record in listing.records:
            spells, birth = value(record, field), _birth(listing, record)
            first = min((spell.start for spell in spells), default=None) if spells and birth else None
            contradiction = contradictions.started(first, birth) if first and birth else None
            if contradiction is None:
                continue
            yield doubt(
                Severity.WARNING,
                f"persons.{contradiction.code}",
                record,
                field,
                f"{field.heading}的起点 {first} {contradiction.what}",
                "任职的应已成年",
                "核对档案，改正写错的起止时间。",
            )


def regularised_too_early(listing: Listing) -> Iterator[Finding]:
    """A warning for full membership before joining, or on the same day at a time when there was a 预备期."""
    joined, regular = listing.field("入党日期"), listing.field("转正日期")
    if joined is None or regular is None:
        return
    for record in listing.records:
        first, then = value(record, joined), value(record, regular)
        if not first or not then:
            continue
        if then.latest < first.earliest:
            problem, what = "regularised-before-joining", "早于"
        elif then == first and first.month and not _without_probation(first):
            problem, what = "no-probation", "等于"
        else:
            continue
        yield doubt(
            Severity.WARNING,
            f"persons.{problem}",
            record,
            regular,
            f"转正日期“{written(record, regular)}”{what}入党日期“{written(record, joined)}”",
            "党章：预备期一年，期满转正；1969 年 4 月至 1977 年 8 月没有预备期",
            "核对档案里的入党志愿书，改正写错的日期。",
        )


def dead_but_listed(listing: Listing) -> Iterator[Finding]:
    """A warning for everybody who is reported dead. They must stay on the roster, because only for people on it is it
    found out what was paid after their death."""
    died = listing.field("死亡日期")
    states = [field for heading in _DEAD_WORDS if (field := listing.field(heading))]
    for record in listing.records:
        day = value(record, died)
        field = died if day else next((state for state in states if _says_dead(value(record, state))), None)
        if field is None:
            continue
        yield doubt(
            Severity.WARNING,
            "persons.dead-but-listed",
            record,
            field,
            f"{field.heading}“{written(record, field)}”",
            STAYS,
            "请核实；死亡日期没有写的补写到日，写错的改正，不要删去这一行。",
        )


def nothing_to_pay(listing: Listing) -> Iterator[Finding]:
    """An error for an amount of zero or less in a list by which money is paid."""
    for field in listing.payments:
        for record in listing.records:
            amount, text = value(record, field), written(record, field)
            if amount is not None and amount <= 0 and text:
                yield doubt(
                    Severity.ERROR,
                    "persons.no-amount",
                    record,
                    field,
                    f"{field.heading}“{text}”不是应付的金额",
                    "发放清单里每人的金额应大于 0",
                    "填写应发的金额；本期不发的请从清单移出，退款另表报送。",
                )


def _birth(listing: Listing, record: Record) -> VagueDate | None:
    """The date of birth from the identity number, or if there is none, from its own column."""
    digits = value(record, listing.field("身份证号"))
    birth = identity.birth(digits) if digits else None
    stated: VagueDate | None = value(record, listing.field("出生日期"))
    return VagueDate.on(birth) if birth else stated


def _without_probation(joined: VagueDate) -> bool:
    """Whether somebody may have joined when there was no 预备期."""
    first, last = NO_PROBATION
    return Month.of(joined.latest) >= first and Month.of(joined.earliest) <= last


def _says_dead(state: object) -> bool:
    """Whether 健在情况 or 党员状态 means dead. What stands in brackets or is about the spouse does not count."""
    if not isinstance(state, str):
        return state is False
    alone = words.narrow(_ASIDE.sub("", state))
    return alone in words.NO - words.NOTHING or words.dead(alone) != ""
