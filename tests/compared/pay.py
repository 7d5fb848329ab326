"""`pay` beside its oracle: documents and cadres drawn at random, judged by the package, person by person and month by month."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from types import MappingProxyType
from typing import Any

from sanchuang_cli.domain.wages.policy import Wages
from sanchuang_cli.domain.wages.records import Appraisal, Cadre, Village
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.pay import PROGRAMME
from sanchuang_cli.record import Roster
from tests.compared.result import Compared
from tests.oracle import pay as oracle
from tests.programmes.cadres import appraisal, cadre, identity, shipped, village

POSTS = {"书记": 100, "主任": 100, "副主任": 70, "委员": 66}
ITEMS = {"base": oracle.BASE, "size": "规模补贴", "seniority": "年限补贴", "duty": "岗位补贴"}
INCOMES = {2022: 15830, 2023: 17001, 2024: 19333, 2025: 20011}
GRADES = {"优秀": 140, "良好": 100, "一般": 70, "X": 0}


@dataclass(frozen=True)
class County:
    """The same county twice: as the package reads it, and as the oracle does."""

    editions: PolicyFile[Wages]
    documents: tuple[oracle.Rules, ...]
    grades: Mapping[str, int] = field(default_factory=lambda: GRADES)
    months: Sequence[Period] = (
        Period.year(2026),
        *(Period.parse(f"2026-{number:02}") for number in (2, 2, 3, 4, 5, 6)),
    )


CHIEFS, DEPUTIES = ("书记", "主任"), ("副书记", "副主任", "委员", "会计", "文书")


def _pack(
    name: str | None,
    percent: Mapping[str, Fraction],
    grades: Mapping[str, int] = MappingProxyType({"": 100}),
    year: int = 2026,
    **rules: Any,
) -> County:
    """A shipped policy, and the same by the words of its document."""
    plain: dict[str, Any] = {"parts": (), "performance": None, "reward": None} | rules
    ours = oracle.Rules(
        since=date(2008, 1, 1),
        percent=percent,
        midmonth="whole",
        by_days=False,
        suspended_base=True,
        dual=Fraction(1),
        allowance=Fraction(0),
        **plain,
    )
    months = (Period.year(year), *(Period.parse(f"{year}-{number:02}") for number in (2, 2, 3, 5, 12)))
    return County(shipped(name), (ours,), grades, months)


def _percent(
    deputies: Sequence[str] = (), share: Fraction = Fraction(1), chiefs: int = 2
) -> dict[str, Fraction]:
    return dict.fromkeys(CHIEFS[:chiefs], Fraction(1)) | dict.fromkeys(deputies, share)


def _flat(name: str, yuan: int, yearly: bool = False) -> oracle.Part:
    return oracle.Part(name, "flat", (yuan,), yearly)


SEVENTY = Fraction(7, 10)
ELECTIONS = (
    date(2008, 1, 10), date(2011, 1, 10), date(2014, 1, 10), date(2016, 12, 20), date(2021, 1, 10), date(2026, 1, 10),
)  # fmt: skip
PACKS: Mapping[str, Callable[[], County]] = {
    "pay": lambda: _pack(
        None,
        _percent((*DEPUTIES, "妇联主席", "民兵连长", "治保主任", "团支书"), SEVENTY),
        GRADES,
        parts=(_flat(oracle.BASE, 2000),),
        performance=_flat(oracle.PERFORMANCE, 15456, True),
    ),
    "danfeng-2011": lambda: _pack(
        "danfeng-2011",
        _percent(DEPUTIES, Fraction(85, 100)),
        parts=(oracle.Part(oracle.BASE, "class", (("大", 300), ("中", 280), ("小", 260))),),
    ),
    "hubei-2021": lambda: _pack(
        "hubei-2021",
        _percent(DEPUTIES, SEVENTY),
        year=2021,
        parts=(oracle.Part(oracle.BASE, "income", (2, 40000, 10**9, {2020: 16800}), True),),
    ),
    "macheng": lambda: _pack(
        "macheng",
        _percent(),
        {"合格": 100, "不合格": 0},
        parts=(_flat(oracle.BASE, 2000),),
        performance=_flat(oracle.PERFORMANCE, 15456, True),
    ),
    "sinan-2015": lambda: _pack(
        "sinan-2015",
        _percent(),
        parts=(_flat(oracle.BASE, 1500), oracle.Part("年限补贴", "terms", (100, ELECTIONS))),
    ),
    "annual-parts": lambda: _pack(
        "annual-parts",
        _percent(chiefs=1),
        parts=(
            _flat(oracle.BASE, 4500, True),
            oracle.Part("规模补贴", "people", ((1400, 2400), (1800, 2600), (None, 2800)), True),
            oracle.Part("年限补贴", "years", (20, 10**9), True),
            oracle.Part("岗位补贴", "bands", ((0, 3500), (5, 3700)), True),
        ),
    ),
    "net-income": lambda: _pack(
        "net-income",
        _percent(DEPUTIES),
        reward=oracle.Part(oracle.REWARD, "steps", ((100000, 10000, 200), (None, 10000, 100)), True),
    ),
}
"""The packs by the words of their documents; those that go by stars and by shares of grades have tests of their own."""


def amount(dice: Random) -> tuple[dict[str, Any], tuple[str, tuple[object, ...]]]:
    """A sum set in one of the ways, as a policy writes it and for the oracle."""
    how = dice.choice(("flat", "post", "class", "people", "income", "years"))
    if how == "flat":
        yuan = dice.choice((2000, 3288, Fraction("1733.33"), 15456))
        return {"yuan": yuan}, (how, (yuan,))
    if how == "post":
        by_post = {post: dice.choice((800, 1000, 1233)) for post in POSTS}
        return {"posts": by_post}, (how, tuple(by_post.items()))
    if how == "class":
        by_class = {"大": 300, "中": 280, "小": Fraction("255.55")}
        return {"classes": by_class}, (how, tuple(by_class.items()))
    if how == "people":
        bands = ((1400, 2400), (1800, 2600), (None, 2800))
        written = [{"to": top, "yuan": yuan} for top, yuan in bands]
        return {"population": written}, (how, bands)
    if how == "income":
        floor, ceiling = dice.choice((38000, 33333)), dice.choice((39000, 90000))
        rule = {"multiple": 2, "floor": floor, "ceiling": ceiling, "figures": INCOMES}
        return {"income": rule}, (how, (2, floor, ceiling, INCOMES))
    yuan, most = dice.choice((20, 33)), dice.choice((300, 1000))
    return {"service": {"since": "cadre", "yuan": yuan, "at_most": most}}, (how, (yuan, most))


def part(dice: Random, name: str, yearly: bool) -> tuple[dict[str, Any], oracle.Part]:
    written, (how, figures) = amount(dice)
    shared = dice.random() < 0.8
    return {"clause": name, "shared": shared, **written}, oracle.Part(name, how, figures, yearly, shared)


def document(dice: Random, since: date, joining: str) -> tuple[Wages, oracle.Rules]:
    """An edition in force from a day, twice."""
    items = ["base", *dice.sample(("size", "seniority", "duty"), dice.randint(0, 2))]
    parts, ours = [], []
    for item in items:
        yearly = dice.random() < 0.4
        written, own = part(dice, ITEMS[item], yearly)
        parts.append({**written, "item": item, "per": "year" if yearly else "month"})
        ours.append(own)
    performed, performance = part(dice, oracle.PERFORMANCE, True)
    grades = [{"name": name, "percent": percent} for name, percent in GRADES.items()]
    dual, rests = dice.choice((100, 100, 110, 130)), dice.choice(("base", "nothing"))
    allowance, raised = dice.choice((0, 300)), dice.choice(("month", "days"))
    edition = shipped().editions[0].model_dump() | {
        "effective": since,
        "posts": [{"name": name, "percent": percent} for name, percent in POSTS.items()],
        "parts": parts,
        "months": {"clause": "月", "joining": joining, "raised": raised},
        "suspension": {"clause": "停", "pays": rests},
        "outsiders": {"clause": "外", "kinds": ["选派"], "allowance": allowance},
        "dual": {"clause": "兼", "percent": dual},
        "performance": {**performed, "month": 2, "grades": grades},
    }
    percent = {name: Fraction(share, 100) for name, share in POSTS.items()}
    rules = oracle.Rules(
        since,
        percent,
        tuple(ours),
        joining,
        raised == "days",
        rests == "base",
        Fraction(dual, 100),
        Fraction(allowance),
        performance,
    )
    return Wages.model_validate(edition), rules


def county(dice: Random) -> County:
    joining = dice.choice(("whole", "next", "days", "thirtieths"))
    since = [date(2010, 1, 1)]
    if dice.random() < 0.6:
        since.append(date(2024, 1, 1) + timedelta(days=dice.randrange(900)))
    both = [document(dice, day, joining) for day in since]
    editions = PolicyFile("试.toml", "0" * 64, tuple(edition for edition, _ in both))
    return County(editions, tuple(rules for _, rules in both))


def some_day(dice: Random, first: date, last: date) -> date:
    day = first + timedelta(days=dice.randint(0, (last - first).days))
    return day.replace(day=1) if dice.random() < 0.15 else day


def rows(dice: Random, known: Sequence[str]) -> tuple[oracle.Row, ...]:
    """One to three times in office, in posts of their own; now and then two of them at once, or one of a few days amid another."""
    count = min(len(known), dice.choice((1, 1, 1, 1, 2, 2, 3)))
    posts = dice.sample(known, count)
    start, found = some_day(dice, date(2018, 1, 1), date(2026, 3, 1)), []
    for at, post in enumerate(posts):
        ends = at < count - 1 or dice.random() < 0.25
        end = some_day(dice, start, max(start, date(2026, 6, 30))) if ends else None
        both = (post, dice.choice(known)) if dice.random() < 0.15 else (post,)
        found.append(oracle.Row(tuple(dict.fromkeys(both)), start, end, suspension(dice)))
        start = (end or start) + timedelta(days=dice.choice((1, 1, 0, 12, 45, -20, -200)))
    others = [post for post in known if post not in posts]
    if others and dice.random() < 0.25:
        start = some_day(dice, date(2025, 7, 1), date(2026, 6, 30))
        found.append(oracle.Row((dice.choice(others),), start, start + timedelta(days=dice.randrange(15))))
    return tuple(found)


def suspension(dice: Random) -> tuple[date, date | None] | None:
    if dice.random() < 0.85:
        return None
    first = some_day(dice, date(2024, 6, 1), date(2026, 5, 1))
    return first, first + timedelta(days=dice.randint(0, 150)) if dice.random() < 0.8 else None


def person(dice: Random, ours: County) -> oracle.Person:
    grade = dice.choice((*ours.grades, None))
    return oracle.Person(
        rows(dice, tuple(ours.documents[0].percent)),
        dice.choice("大中小"),
        dice.choice((600, 1400, 1401, 1800, 1801, 3000)),
        Fraction(dice.choice((0, 9_999, 80_000, 100_000, 120_000, 125_555))),
        some_day(dice, date(1996, 2, 28), date(2017, 12, 31)),
        None if grade is None else Fraction(ours.grades[grade], 100),
        dice.random() < 0.05,
    )


def as_read(
    at: int, who: oracle.Person, vague: bool, graded: Mapping[Fraction, str], year: int
) -> tuple[list[Cadre], Village, list[Appraisal]]:
    """A person as the reader hands them over. vague: starts are known by their months."""
    place = f"第{at}村"
    cadres = [
        cadre(
            at,
            line=at * 10 + n,
            village=place,
            post="兼".join(row.posts),
            started=VagueDate.within(row.start.year, row.start.month) if vague else VagueDate.on(row.start),
            ended=VagueDate.on(row.end) if row.end else None,
            cadre_since=VagueDate.on(who.since) if who.since else None,
            chief_since=VagueDate.on(who.since) if who.since else None,
            suspended_from=VagueDate.on(row.suspended[0]) if row.suspended else None,
            suspended_to=VagueDate.on(row.suspended[1]) if row.suspended and row.suspended[1] else None,
            kind="选派" if who.outside else "",
        )
        for n, row in enumerate(who.rows)
    ]
    appraisals = [] if who.grade is None else [appraisal(at, graded[who.grade], year, line=at)]
    here = village(place, kind=who.classed, people=who.people, income=who.income)
    return cadres, here, appraisals


def drawn(dice: Random, count: int, county_of: County | None = None) -> Compared:
    """So many people under a county's documents, in a month or a year."""
    ours = county_of or county(dice)
    period = dice.choice(ours.months)
    by_whole = ours.documents[0].midmonth == "whole"
    people = [person(dice, ours) for _ in range(count)]
    graded = {Fraction(percent, 100): name for name, percent in ours.grades.items()}
    vague = [by_whole and dice.random() < 0.1 and not who.rows[0].end for who in people]
    read = [
        as_read(at, who, loose, graded, period.start.year - 1)
        for at, (who, loose) in enumerate(zip(people, vague, strict=True), 1)
    ]
    given: dict[str, Roster[Any]] = {
        "cadres": Roster(tuple(one for cadres, _, _ in read for one in cadres)),
        "villages": Roster(tuple(place for _, place, _ in read)),
        "appraisals": Roster(tuple(one for _, _, graded in read for one in graded)),
        "unclaimed": Roster(()),
    }
    whole = PROGRAMME.judge(given, ours.editions, Occasion(period, period.last))
    theirs: dict[str, dict[tuple[str, tuple[int, int]], int]] = defaultdict(lambda: defaultdict(int))
    for wage in whole.of():
        for due in wage.due:
            theirs[wage.record.identity][due.component, (due.month.year, due.month.month)] += due.fen
    aside = {row.line for row in whole.aside}
    months = [(month.year, month.month) for month in period.each_month()]
    total = Compared()
    for at, who in enumerate(people, 1):
        if any(one.row.line in aside for one in read[at - 1][0]):
            continue
        total += compared(oracle.due(who, ours.documents, months), dict(theirs[identity(at)]), who)
    return total


def compared(expected: oracle.Dues, found: oracle.Dues, who: oracle.Person) -> Compared:
    keys = expected.keys() | found.keys()
    apart = {
        key: (expected.get(key, 0), found.get(key, 0))
        for key in keys
        if expected.get(key, 0) != found.get(key, 0)
    }
    worst = max((abs(one - other) for one, other in apart.values()), default=0)
    return Compared(1, bool(expected), bool(apart), worst, f"{who}：{apart}" if apart else "")
