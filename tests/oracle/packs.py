"""The shipped packs of subsidies, each written out again from its document, figures and all."""

from fractions import Fraction

from tests.oracle.persons import (
    RANKS,
    YM,
    Aside,
    Person,
    after,
    last_posts,
    legible,
    monthly_part,
    months_from_to,
)
from tests.oracle.subsidies import (
    BOTH,
    CHIEFS,
    HIRED,
    MOVED,
    PENALTIES,
    PENALTY,
    REASONS,
    SENTENCE,
    SENTENCES,
    THREE,
    by_age,
    longest,
    months_served,
    plain_cadre,
    sixtieth,
    stopped,
)


def jurong(person: Person, month: YM) -> Fraction:
    served = plain_cadre(person, month, THREE)
    if not served or not by_age(person, 60, 55, month):
        return Fraction(0)
    rank = min(RANKS[p] for p in last_posts(person, THREE))
    years = len(served) // 12
    row = (485, 465, 445) if 10 <= years < 15 else (505, 485, 465) if 15 <= years < 20 else (525, 505, 485)
    return Fraction(row[rank] if years >= 10 else 0)


def per_term(person: Person, month: YM) -> Fraction:
    if person.stays and person.reason not in REASONS:
        raise Aside
    served = plain_cadre(person, month, THREE, "离任原因", *HIRED, *MOVED)
    gone = REASONS.get(person.reason) in ("removed", "quit", "hired", "recalled")
    gone = gone or bool(
        person.employed and (person.employed_on is None or stopped(person.employed_on, month))
    )
    gone = gone or (person.household == "迁出" and person.moved_on is None) or stopped(person.moved_on, month)
    if not served or gone or not by_age(person, 60, 55, month):
        return Fraction(0)
    best = min(RANKS[s.post] for s in person.stays if s.post in RANKS)
    return Fraction((20, 15, 10)[best] * (len(served) // 12 // 3))


def either_or(person: Person, month: YM, base: int) -> Fraction:
    if person.stays and person.reason not in REASONS:
        raise Aside
    served = plain_cadre(person, month, CHIEFS, "离任原因")
    if not served or REASONS.get(person.reason) or not by_age(person, 60, 55, month):
        return Fraction(0)
    years, in_one_go = len(served) / 12, longest(served) / 12
    percent = next((p for p, one, all_ in WAYS if in_one_go >= one or years >= all_), 0)
    if min(RANKS[post] for post in last_posts(person, CHIEFS)) == 1:
        percent = percent * 8 // 10
    return Fraction(base * percent, 100)


WAYS = ((30, 18, 27), (20, 12, 18), (10, 6, 9))
"""Per cent of a secretary's pay, for so many years in one go, or so many in all."""


def taihu(person: Person, month: YM) -> Fraction:
    if person.stays and person.reason not in REASONS:
        raise Aside
    served = plain_cadre(person, month, THREE, "离任原因")
    if not served or REASONS.get(person.reason) or not by_age(person, 60, 55, month):
        return Fraction(0)
    return Fraction(30 * -(-len(served) // 36))


def anlong(person: Person, month: YM) -> Fraction:
    if person.stays and (
        person.reason not in REASONS or (person.penalty and person.penalty not in PENALTIES)
    ):
        raise Aside
    served = plain_cadre(person, month, BOTH, "离任原因", *PENALTY, "刑罚情况", "违反计划生育")
    bad = REASONS.get(person.reason) == "recalled" or bool(person.sentence) or bool(person.breach)
    bad = bad or bool(person.penalty and (person.penalty_on is None or stopped(person.penalty_on, month)))
    old = (person.born.year + 60, person.born.month, person.born.day) <= (2008, 12, 31)
    if not served or bad or not old or max(served) > (2008, 12):
        return Fraction(0)
    legible(person, "鳏寡孤独")
    years = len(served) // 12
    steps = [(30, 1500), (25, 1200), (20, 1000), (15, 800), (10, 700), (9, 80), (6, 65), (3, 50)]
    yearly = next((sum_ for least, sum_ in steps if years >= least), 0)
    if yearly and person.extra.get("鳏寡孤独"):
        yearly += 50
    return monthly_part(Fraction(yearly), month[1])


def street(person: Person, month: YM) -> Fraction:
    served = plain_cadre(person, month, BOTH)
    if not served or not by_age(person, 60, 55, month):
        return Fraction(0)
    chief, any_ = len(months_served(person, CHIEFS)) // 12, len(served) // 12
    first = next((s for least, s in [(20, 120), (15, 100), (10, 80), (6, 60), (3, 40)] if chief >= least), 0)
    second = next((s for least, s in [(20, 60), (10, 40)] if any_ >= least), 0)
    return Fraction(max(first, second))


def town(person: Person, month: YM, one_off: int) -> Fraction:
    if person.stays and (
        person.reason not in REASONS or (person.penalty and person.penalty not in PENALTIES)
    ):
        raise Aside
    if person.stays and person.sentence and person.sentence not in SENTENCES:
        raise Aside

    def owed(at: YM) -> Fraction | None:
        served = plain_cadre(person, at, CHIEFS, "离任原因", *PENALTY, *SENTENCE)
        bad = REASONS.get(person.reason) in ("removed", "quit", "recalled")
        bad = bad or bool(person.penalty and (person.penalty_on is None or stopped(person.penalty_on, at)))
        if person.sentence and SENTENCES[person.sentence]:
            bad = bad or person.sentence_on is None or stopped(person.sentence_on, at)
        if not served or bad or not by_age(person, 55, 55, at):
            return None
        years = longest(served) // 12
        rates = [(30, 60), (25, 50), (20, 40), (15, 30), (10, 20)]
        return Fraction(next((s for least, s in rates if years >= least), -1 if years >= 5 else 0))

    now = owed(month)
    if now is None or now >= 0:
        return now or Fraction(0)
    earlier = any(owed(at) == -1 for at in months_from_to((2012, 5), month) if at != month)
    return Fraction(0 if earlier else one_off)


def topup(person: Person, month: YM) -> Fraction:
    served = plain_cadre(person, month, CHIEFS)
    if not served or not by_age(person, 60, 55, month):
        return Fraction(0)
    legible(person, "已领养老金")
    years = len(served) // 12
    yearly = 0 if years < 10 else 400 if years < 15 else 600 if years < 20 else 800
    return monthly_part(max(Fraction(0), Fraction(yearly) - (person.pension or 0)), month[1])


def base_percent(person: Person, month: YM, base: int) -> Fraction:
    served = plain_cadre(person, month, BOTH, "任职通知")
    if not served or not by_age(person, 60, 55, month) or person.extra.get("任职通知") is False:
        return Fraction(0)
    legible(person, "处分情况", "省部级表彰", "厅级表彰", "县级表彰", "乡级表彰")
    chief = bool(last_posts(person, BOTH) & CHIEFS)
    years = len(served) // 12
    table = [(41, 60, 55), (36, 55, 50), (31, 50, 45), (26, 45, 40), (21, 35, 30), (16, 25, 20)]
    percent = next(((a if chief else b) for least, a, b in table if years >= least), None)
    raise_ = max(
        10 if (person.extra.get("省部级表彰") or 0) >= 1 else 0,
        5 if (person.extra.get("厅级表彰") or 0) >= 1 else 0,
        3 if (person.extra.get("县级表彰") or 0) >= 5 else 0,
        2 if (person.extra.get("乡级表彰") or 0) >= 10 else 0,
    )
    raised = Fraction(base) * (100 + raise_) / 100
    if percent is not None:
        return monthly_part(raised * percent * years / 100, month[1])
    if years < 6 or person.penalty:
        return Fraction(0)
    left, old = max(served), sixtieth(person, 60 if person.sex == "男" else 55)
    first = max((2012, 1), after(left), after(old), person.approved_on or (0, 1))
    return raised * (5 if chief else 4) * years / 100 if month == first else Fraction(0)
