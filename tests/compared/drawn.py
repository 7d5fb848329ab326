"""Random people under random documents, judged by both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from tests.compared.policies import bases, by_measure, one_policy
from tests.compared.policies import by_service as benefit_by_service
from tests.compared.result import Compared
from tests.compared.subsidies import DEFAULT, Document, drawn, months_of, only_cadre
from tests.oracle import by_service, documents, measured, measures, pairs
from tests.oracle.persons import YM, Person
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
)


def drawn_with_document(dice: Random, count: int) -> Compared:
    """So many random people under a random document, in one of the default policy's periods."""
    rules = documents.document(dice)
    file = one_policy(benefit_by_service(rules))
    opinion = only_cadre(lambda who, month: by_service.owed(rules, who, month))
    document = Document(DEFAULT.periods, lambda: file, opinion, by_household=False)
    return _told_with(rules, drawn(dice, count, document))


def drawn_with_measure(dice: Random, count: int) -> Compared:
    """The same under a random document that pays by a measure."""
    rules, period = measures.measure(dice), dice.choice(DEFAULT.periods)
    months, begins = months_of(period), begun(dice, months_of(period))
    file = one_policy(by_measure(rules), base=bases(rules), begins=begins)

    def opinion(who: Person, month: YM) -> dict[str, Fraction]:
        if date(*month, 1) < begins:
            return {}
        return {HARDSHIP: measured.owed(rules, who, month, months[0], months[-1])}

    document = Document((period,), lambda: file, opinion, rules.reach, by_household=False)
    return _told_with(rules, drawn(dice, count, document))


def begun(dice: Random, months: Sequence[YM]) -> date:
    """The day of force of a document: mostly long ago, now and then in the period, of which it rules the last month."""
    if dice.random() < 0.8:
        return date(1990, 1, 1)
    year, month = dice.choice(months)
    return date(year, month, 1 if (year, month) == months[-1] else dice.choice((1, 2, 20)))


def drawn_with_pair(dice: Random, count: int) -> Compared:
    """The same under a random document with two benefits."""
    rules, period = pairs.pair(dice), dice.choice(DEFAULT.periods)
    both = [benefit_by_service(rules.service), by_measure(rules.measure)]
    if rules.multiple:
        both[1]["amount"][0] |= {"figures": "percent", "base_benefit": CADRE}
    file, months = (
        one_policy(*both[:: -1 if rules.measure_first else 1], keep=rules.keep, base=bases(rules.measure)),
        months_of(period),
    )

    def opinion(who: Person, month: YM) -> dict[str, Fraction]:
        sums = pairs.owed(rules, who, month, months[0], months[-1])
        return dict(zip((CADRE, HARDSHIP), sums, strict=True))

    document = Document((period,), lambda: file, opinion, rules.measure.reach, by_household=False)
    return _told_with(rules, drawn(dice, count, document))


def _told_with(rules: object, found: Compared) -> Compared:
    return replace(found, first=found.first and f"{rules}\n{found.first}")
