"""Two benefits in one random document, of which a month may pay one only.

Written from the documentation alone, as documents.py is. Where its words leave a corner open, this is the reading:

- A month in which somebody is entitled to both pays one: the first named, or the one that comes to more in a year; of
  equal ones the first. A yearly sum belongs to every month of its year, whenever it is paid.
- What is made good of a month gives way to the other benefit as it would have in its time.
- Of a row that one benefit sets aside, neither is paid.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from tests.oracle import by_service, documents, measured, measures
from tests.oracle.persons import YM, Person


@dataclass(frozen=True)
class Pair:
    """keep: first, highest or all. multiple: the tiers of the measure are per cent of the standard by service."""

    service: documents.Document
    measure: measures.Measure
    keep: str
    measure_first: bool
    multiple: bool


def pair(dice: Random) -> Pair:
    keep = dice.choice(("first", "highest", "all"))
    service, measure, multiple = documents.document(dice), measures.measure(dice), dice.random() < 0.3
    if multiple:
        service, measure = replace(service, per="month"), replace(measure, share=None, class_base=())
    return Pair(service, measure, keep, dice.random() < 0.5, multiple)


def owed(rules: Pair, person: Person, month: YM, first: YM, last: YM) -> tuple[Fraction, Fraction]:
    """Yuan of a month by service and by measure that a run for the months `first` to `last` pays."""
    of = (lambda who, at: by_service.standard_of(rules.service, who, at)) if rules.multiple else None
    by_measure = measured.owed(rules.measure, person, month, first, last, of)
    if month < first and not by_measure:
        return Fraction(0), by_measure  # a month that nothing makes good is not looked at
    whole = by_service.entitled(rules.service, person, month)
    service = by_service.owed(rules.service, person, month) if month >= first else Fraction(0)
    if rules.keep == "all" or not by_measure or not whole:
        return service, by_measure
    keeps_measure = rules.measure_first
    if rules.keep == "highest":
        years = by_measure * 12, whole * (12 if rules.service.per == "month" else 1)
        keeps_measure = years[0] > years[1] or (years[0] == years[1] and rules.measure_first)
    return (Fraction(0), by_measure) if keeps_measure else (service, Fraction(0))
