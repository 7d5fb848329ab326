"""Finds what a document goes by and nobody was asked: columns that no roster has, and last year where nothing tells of it.

What is not asked is met by nobody, which looks like a county without faults. So it is told once, for all rows.
"""

from collections.abc import Iterable, Iterator, Sequence

from sanchuang_cli.domain.rating.judging import ReadyRating
from sanchuang_cli.domain.rating.rules import Rules
from sanchuang_cli.domain.rating.triggers import GoodMissed, StarsBelow, Trigger
from sanchuang_cli.finding import ALL, Doubts
from sanchuang_cli.judging import Told
from sanchuang_cli.record import Record


def asked_of_nobody(known: ReadyRating, records: Sequence[Record], doubts: Doubts) -> list[Told]:
    """A warning for each condition that nobody was asked about. Without rows there is nobody to ask."""
    sources = {id(record.row.source): record.row.source for record in records}
    there = {name for source in sources.values() for name in source.columns}
    absent = [*_columns(known.rules, there), *_last_year(known, there)] if sources else []
    return [Told(doubts.at(code, ALL, message, clause)) for code, message, clause in absent]


def _columns(rules: Rules, there: set[str]) -> Iterator[tuple[str, str, str]]:
    """Of the situations that limit stars or put somebody on a list: code, message and clause."""
    limits = ((limit.clause, one) for limit in rules.limits for one in limit.when)
    for code, clauses, said in (
        ("limit-not-asked", limits, "没有一个据此限制星级"),
        ("list-not-asked", ((one.clause, one) for one in rules.listing), "没有一个据此列入"),
    ):
        lacking = {field.name: clause for clause, one in clauses for field in one.columns()}
        for name, clause in lacking.items():
            if name not in there:
                yield code, f"名册没有“{name}”一栏，{said}", clause


def _last_year(known: ReadyRating, there: set[str]) -> Iterator[tuple[str, str, str]]:
    """Of last year's stars, and of the marks by which goods were missed then: code, message and clause."""
    rules = known.rules
    if not known.before and "last_stars" not in there:
        said = "名册没有“上年星级”一栏，也没有给上年汇总表"
        if rules.ladder and rules.stars:
            yield (
                "last-year-not-given",
                f"{said}，一年至多升 {rules.ladder.step} 星没有限制一个",
                rules.ladder.clause,
            )
        for low in rules.listing:
            if isinstance(low, StarsBelow) and low.years > 1:
                yield "last-year-not-given", f"{said}，没有一个据“{low.name}”列入", low.clause
    for missed in _two_years(rules.listing) if known.before and known.instead else ():
        said = f"政策文件里没有上年施行的一版，“{missed.name}”的上年得星线按 {known.instead} 起施行的一版算"
        yield "last-year-unruled", said, missed.clause


def without_last_year(situations: Iterable[Trigger], known: ReadyRating) -> tuple[str, ...]:
    """Notes for the page of a list: the situations of two years that need last year's result where none was given."""
    missed = () if known.before else _two_years(situations)
    return tuple(f"没有给上年汇总表（--previous），没有一个据“{one.name}”列入。" for one in missed)


def _two_years(situations: Iterable[Trigger]) -> list[GoodMissed]:
    return [one for one in situations if isinstance(one, GoodMissed) and one.years > 1]
