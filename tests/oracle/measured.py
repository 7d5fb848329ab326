"""What a document that pays by a measure owes a person, month by month: see measures.py for how its words are read."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from tests.oracle.measures import Measure, Measured
from tests.oracle.people import later
from tests.oracle.persons import PAUSE, YM, Aside, Person, legible
from tests.oracle.switches import birthday, cared_for, effect, in_time, rounded_at


def full_years(since: date, month: YM) -> int:
    """From the month after the anniversary on."""
    return max(0, month[0] - since.year - (month[1] <= since.month))


def share(person: Person) -> Fraction | None:
    """伤残比例 in per cent."""
    written = person.extra.get("伤残比例")
    return None if written is None else Fraction(written) * 100


MEASURES: dict[str, Callable[[Person, YM], Measured | None]] = {
    "percent": lambda person, month: share(person),
    "money": lambda person, month: person.pension,
    "count": lambda person, month: person.extra.get("县级表彰"),
    "age": lambda person, month: full_years(person.born, month),
    "years_since": lambda person, month: full_years(person.joined, month) if person.joined else None,
    "date": lambda person, month: person.joined,
}


def refused_since(day: YM | None, stops: str, undated: str, month: YM) -> bool:
    """Whether somebody who is refused is so in a month: always, or from the day beside it on."""
    if stops and day:
        return month >= effect(day, stops)
    if stops and undated == "set_aside":
        raise Aside
    return True


def asks(rules: Measure, person: Person) -> bool:
    """困难台账, given up on the day in 户籍迁出日期; or 人员类别. One is enough, whatever the other says."""
    known = [in_ledger(rules, person)]
    if rules.class_blank:
        known.append(by_class(rules, person))
    if True in known:
        return True
    if None in known:
        raise Aside
    return False


def in_ledger(rules: Measure, person: Person) -> bool | None:
    """None where nobody can tell."""
    if person.hardship is None and rules.claim_blank == "set_aside":
        return None
    if person.hardship is None and rules.claim_blank == "accept":
        return True
    return bool(person.hardship or (rules.claim_stops and person.moved_on))


def by_class(rules: Measure, person: Person) -> bool | None:
    """None where nobody can tell."""
    written = person.extra.get("人员类别")
    if not written:
        return {"accept": True, "refuse": False, "set_aside": None}[rules.class_blank]
    return {"困难党员": True, "一般党员": False}.get(written)


def claimed_by(rules: Measure) -> set[str]:
    """The columns by which somebody may ask."""
    found = {"困难台账"} | ({"户籍迁出日期"} if rules.claim_stops else set())
    return found | ({"人员类别"} if rules.class_blank else set())


def looked_at(rules: Measure) -> set[str]:
    """The columns that decide who is paid in which months."""
    found = claimed_by(rules) | {"死亡日期", "财政供养", "审批日期", *PAUSE}
    found |= {"录用日期"} if rules.paid_by_state_stops else set()
    found |= {"伤残比例"} if rules.least or rules.either else set()
    found |= {"户籍迁出日期"} if rules.least and rules.least_stops else set()
    found |= {"户口性质"} if rules.rural_blank else set()
    found |= {"省部级表彰"} if rules.honoured is not None else set()
    found |= {"已领养老金", *(["户口性质"] if rules.line[2] else [])} if rules.lines else set()
    return found | ({"优抚对象"} if rules.either else set())


def priced_by(rules: Measure) -> set[str]:
    """The columns that decide how much."""
    by = {
        "percent": "伤残比例",
        "money": "已领养老金",
        "count": "县级表彰",
        "years_since": "入党日期",
        "date": "入党日期",
    }
    found = {"已领养老金"} if rules.own or rules.share else set()
    found |= {"户口性质"} if rules.class_base else set()
    found |= {"厅级表彰"} | ({by[rules.by]} if rules.by in by else set())
    return found | ({"优抚对象"} if rules.instead else set()) | ({"地方定补标准"} if rules.top_up else set())


def approved(rules: Measure, person: Person, month: YM, first: YM, last: YM) -> bool:
    """Whether a run for the months `first` to `last` may pay for a month."""
    if person.approved_on is None or person.approved_on < first:
        return month >= first
    return made_good(rules, person, month, first, last)


def made_good(rules: Measure, person: Person, month: YM, first: YM, last: YM) -> bool:
    """Whether an approval in the months `first` to `last` makes good a month."""
    if person.approved_on is None or not first <= person.approved_on <= last:
        return False
    return month >= later(person.approved_on, -rules.reach)


def poor_enough(rules: Measure, person: Person, month: YM) -> bool:
    """已领养老金 below the line of the month; half a multiple is meant where it says 3/2."""
    times, up_to, by_class, blank = rules.line
    if person.pension is None:
        if blank == "set_aside":
            raise Aside
        return blank == "accept"
    _, rural, urban = [line for line in rules.lines if line[0] <= date(*month, 1)][-1]
    if by_class and person.rural not in ("农村", "城镇"):
        raise Aside
    limit = times * (urban if by_class and person.rural == "城镇" else rural)
    return person.pension < limit or (up_to and person.pension == limit)


def one_way(rules: Measure, person: Person, month: YM, seen: bool) -> bool:
    """优抚对象, 伤残比例 or age: one is enough. seen: whether the run looks at the month at all; a blank that would decide
    in such a month sets the row aside."""
    years, when, leap_day = rules.or_age
    if years:
        reached = birthday(person, years - (5 if person.sex == "女" else 0), leap_day)
        if month >= effect(reached, when):
            return True
    if person.veteran or (share(person) or 0) >= 20:
        return True
    if person.veteran is None and rules.or_blank == "set_aside" and seen:
        raise Aside
    return False


Other = Callable[[Person, YM], Fraction | None]
"""The standard that another benefit has for a person in a month."""


def owed(rules: Measure, person: Person, month: YM, first: YM, last: YM, of: Other | None = None) -> Fraction:
    """Yuan of a month that a run for the months `first` to `last` pays; those before are made good. of: that of which the
    tiers are per cent, where they are."""
    legible(person, *claimed_by(rules))
    if not asks(rules, person):
        return Fraction(0)
    legible(person, *looked_at(rules))
    refused = False
    if person.employed:
        refused = refused_since(
            person.employed_on, rules.paid_by_state_stops, rules.paid_by_state_undated, month
        )
    if rules.least:
        found = share(person)
        if found is None and rules.least_blank == "set_aside":
            raise Aside
        if found < rules.least if found is not None else rules.least_blank == "refuse":
            refused = refused_since(person.moved_on, rules.least_stops, rules.least_undated, month) or refused
    refused = not eligible(rules, person) or refused
    if rules.either:
        seen = month >= first or made_good(rules, person, month, first, last)
        refused = not one_way(rules, person, month, seen) or refused
    if rules.lines:
        refused = not poor_enough(rules, person, month) or refused
    if person.approved_on is None and rules.unapproved == "set_aside":
        raise Aside
    if refused or not approved(rules, person, month, first, last) or not in_time(rules, person, month):
        return Fraction(0)
    legible(person, *priced_by(rules))
    measured = MEASURES[rules.by](person, month)
    if measured is None or (rules.top_up == "set_aside" and person.local is None):
        raise Aside
    if rules.share and person.pension is None:
        raise Aside
    if rules.instead and cared_for(person, "优抚对象", rules.instead_blank):
        yuan: Fraction | None = Fraction(rules.instead)
    else:
        yuan = standard(rules, person, measured, month, of)
    if yuan is None:
        return Fraction(0)
    if rules.top_up:
        yuan = max(Fraction(0), yuan - (person.local or 0))
    return rounded_at("end", rules, yuan)


def eligible(rules: Measure, person: Person) -> bool:
    """What is the same in every month. All of it is looked at: of a cell that sets the row aside, nothing else matters."""
    fulfilled = True
    if rules.rural_blank:
        if not person.rural and rules.rural_blank == "set_aside":
            raise Aside
        fulfilled = rules.rural_blank == "accept" if not person.rural else person.rural == "农村"
    if rules.honoured is not None:
        fulfilled = fulfilled and bool(person.extra.get("省部级表彰")) == rules.honoured
    return fulfilled and (person.approved_on is not None or rules.unapproved == "accept")


def standard(
    rules: Measure, person: Person, measured: Measured, month: YM, of: Other | None
) -> Fraction | None:
    """Yuan of the tier, raised; None below the lowest, or where that of which it is a share has no standard."""
    yuan = figure(rules, measured, person)
    if yuan is None:
        return None
    if rules.class_base:
        yuan = yuan * by_class_of(rules, person, month) / 100
    if of:
        whole = of(person, month)
        if whole is None:
            return None
        yuan = yuan * whole / 100
    times, (rate, kind, most) = person.extra.get("厅级表彰") or 0, rules.honours
    honours = Fraction(rate) * times * (1 if kind == "yuan" else yuan / 100)
    parts = [min(honours, Fraction(most)) if most else honours]
    if full_years(person.born, month) >= rules.aged[0]:
        parts.append(Fraction(rules.aged[1]))
    yuan += max(parts) if rules.only_highest else sum(parts)
    for day, percent in rules.indices:
        if day <= date(*month, 1):
            yuan = rounded_at("index", rules, yuan * (100 + percent) / 100)
    return yuan


def by_class_of(rules: Measure, person: Person, month: YM) -> int:
    """The figure of the month for 农村 or 城镇."""
    _, rural, urban = [one for one in rules.class_base if one[0] <= date(*month, 1)][-1]
    yuan = {"农村": rural, "城镇": urban}.get(person.rural)
    if yuan is None:
        raise Aside
    return yuan


def figure(rules: Measure, measured: Measured, person: Person) -> Fraction | None:
    """Yuan of the highest tier that is reached."""
    for edge, rate, each in reversed(rules.tiers):
        if edge is None or measured >= edge:  # type: ignore[operator]
            if rules.own and edge == rules.tiers[0][0]:
                rate = fixed(person, *rules.own)
            sum_ = rate + (each * (measured - edge) if each else 0)  # type: ignore[operator]
            return sum_ * base(person, *rules.share) / 100 if rules.share else sum_
    return None


def fixed(person: Person, least: int, most: int) -> Fraction:
    """What an authority has fixed for the person."""
    if person.pension is None or not least <= person.pension <= most:
        raise Aside
    return Fraction(person.pension)


def base(person: Person, least: int, most: int) -> int:
    assert person.pension is not None, "a row without is set aside"
    return min(max(person.pension, least), most)
