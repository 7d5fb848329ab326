"""`visits` beside its oracle: a year's log and a holiday's gifts drawn at random, row by row and pair by pair."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from tests.compared.result import Compared
from tests.oracle import visits as oracle
from tests.programmes.pairs import name
from tests.programmes.people import identity
from tests.programmes.visited import changed, column, outcome, pair, recipient, supply, visit

YEAR, TOWNS = 2026, ("青禾镇", "望河乡", "白桦镇")
POT = 12_345
POLICY = changed(
    "[edition.notice]",
    f'[[edition.allocations]]\nclause = "按人数分"\nmethod = "largest_remainder"\nholiday = "元旦春节"\namount = {POT}\n[edition.notice]',
)
CLASSES = (*oracle.HIGH, *oracle.LOW, "其他")


def log(dice: Random, people: int, rows: int) -> list[oracle.Seen]:
    """Visits of so many people by their helpers or somebody else, some written down twice, some of other years."""
    seen: list[oracle.Seen] = []
    while len(seen) < rows:
        day = date(YEAR, 1, 1) + timedelta(days=dice.randrange(-60, 365))
        whom = dice.randrange(1, people + 1)
        by = whom if dice.random() < 0.8 else dice.randrange(1, people + 1)
        way = dice.choice(("走访", "走访", "联系"))
        for _ in range(1 + (dice.random() < 0.1)):
            kind = dice.choice(("交心", "净心", "顺心", "暖心", "安心"))
            seen.append(oracle.Seen(day, name(whom), name(500 + by), kind, way, len(seen)))
    return seen


def of_log(dice: Random, people: int, rows: int) -> Compared:
    """What both say of every row and every pair of one log."""
    on = date(YEAR, 12, 31) - timedelta(days=dice.randrange(60))
    seen = [one for one in log(dice, people, rows) if one.day <= on]
    days = {
        name(n): date(YEAR, 1, 1) + timedelta(days=dice.randrange(-700, 200)) for n in range(1, people + 1)
    }
    pairs = [pair(n, n, str(days[name(n)])) for n in range(1, people + 1)]
    numbers = {name(n): n for n in range(1, people + 1)}
    given = [
        visit(str(one.day), numbers[one.whom], 1, one.at + 1, kind=one.kind, way=one.way, visitor=one.visitor) for one in seen
    ]  # fmt: skip
    dice.shuffle(given)
    run = outcome(*given, pairs=pairs, on=str(on))
    once = oracle.once(seen)
    ours = sorted(
        (str(one.day), one.whom, one.visitor, one.kind, "计入" if one.day.year == YEAR else "期外")
        for one in once.values()
    )
    keys = ("day", "name", "visitor", "kind", "part")
    lines = zip(*(column(run, "连五心记录", key) for key in keys), strict=True)
    theirs = sorted((str(day), *rest) for day, *rest in lines if rest[-1] != "重复")
    apart = (
        sum(a != b for a, b in zip(ours, theirs, strict=True))
        if len(ours) == len(theirs)
        else max(1, abs(len(ours) - len(theirs)))
    )
    first = "" if not apart else str(next((a, b) for a, b in zip(ours, theirs, strict=False) if a != b))
    by_whom: dict[str, list[oracle.Seen]] = defaultdict(list)
    for one in once.values():
        by_whom[one.whom].append(one)
    found = {
        who: tuple(rest)
        for who, *rest in zip(*(column(run, "结对走访情况", key) for key in ("name", "visits", "contacts", "last", "due", "over", "late")), strict=True)
    }  # fmt: skip
    for who, since in days.items():
        told = oracle.of_pair(by_whom[who], since, YEAR, on, name(500 + numbers[who]))
        late = "；".join(f"{day} 应于 {due} 前，晚 {over} 天" for day, due, over in told.late) or None
        mine = (told.visits, told.contacts, told.last, told.due, told.over, late)
        theirs_of = (*found[who][:-1], found[who][-1] or None)
        if mine != theirs_of:
            apart, first = apart + 1, first or f"{who} {since} {mine} {theirs_of}"
    return Compared(len(seen) + people, len(once), apart, 0, first)


def gift(dice: Random) -> oracle.Given:
    classes = tuple(dice.sample(CLASSES, dice.choice((1, 1, 1, 2, 3))))
    day = date(YEAR, 1, 15) + timedelta(days=dice.randrange(40)) if dice.random() < 0.8 else None
    if day and dice.random() < 0.2:
        day = date(YEAR - 2, 1, 1) + timedelta(days=dice.randrange(3 * 365))
    years = (1925, 1936, 1937) if dice.random() < 0.7 else (1938, 1950, 1966, 1967, 2007, 2008)
    born = date(dice.choice(years), dice.randint(1, 12), 15)
    return oracle.Given(
        dice.choice(TOWNS), classes, dice.choice((None, None, 50_000, 100_000, 80_000)), dice.choice(("", "", "米面油", "棉被")),
        dice.choice((None, 1, 2)), dice.choice(("县财政", "捐赠", "中央党费", "")), day, born,
    )  # fmt: skip


def of_gifts(dice: Random, people: int) -> Compared:
    """What both say of every recipient, and of the sums by source, item and township."""
    everybody, on = [gift(dice) for _ in range(people)], date(YEAR, 12, 31)
    rows = [
        recipient(
            n, "、".join(one.classes), str(one.day) if one.day else None, township=one.town, source=one.source, item=one.item,
            quantity=one.pieces, amount=None if one.amount is None else one.amount / 100, identity=identity(str(one.born), number=n),
        )
        for n, one in enumerate(everybody)
    ]  # fmt: skip
    waiting = [code for one in everybody for code in oracle.aside(one, YEAR)]
    waiting += ["pot-waits"] * bool(waiting)
    waiting += ["young-for-class" for one in everybody if oracle.aside(one, YEAR) and oracle.young(one, YEAR)]
    gifts = [one for one in everybody if not oracle.aside(one, YEAR)]
    money, goods = oracle.handed(gifts)
    supplies = [supply(source, sum_ // 100, n) for n, (source, sum_) in enumerate(money.items()) if source]
    supplies += [
        supply("捐赠", None, 90 + n, item=item, quantity=number)
        for n, (item, number) in enumerate(goods.items())
    ]
    dice.shuffle(rows)
    run = outcome(recipients=rows, supplies=supplies, by=POLICY, on=str(on))
    sure = [row for row in rows if everybody[row.row.number - 3] in gifts]
    shared = outcome(recipients=sure, by=POLICY, on=str(on))
    listed = zip(*(column(run, "慰问发放表", key) for key in ("identity", "part", "fen")), strict=True)
    theirs = {identity: rest for identity, *rest in listed}
    apart, fen, first = 0, 0, ""
    for row, one in (
        (next(r for r in rows if r.row.number == n + 3), one) for n, one in enumerate(everybody)
    ):
        listed_there = one in gifts and oracle.part(one) != "不属对象"
        mine = [oracle.part(one), oracle.fen(one)] if listed_there else None
        if theirs.get(row.identity) != mine:
            apart, first = apart + 1, first or f"{one} {mine} {theirs.get(row.identity)}"
    heads = {
        town: sum(one.town == town and oracle.part(one) != "不属对象" for one in gifts)
        for town in sorted(TOWNS)
    }
    heads = {town: number for town, number in heads.items() if number}
    sums = {
        "source": dict(
            zip(column(run, "资金来源表", "source"), column(run, "资金来源表", "handed"), strict=True)
        ),
        "item": dict(
            zip(column(run, "物资收发表", "item"), column(run, "物资收发表", "handed"), strict=True)
        ),
        "pot": dict(
            zip(column(shared, "资金分配表", "township"), column(shared, "资金分配表", "fen"), strict=True)
        ),
        "odd": sorted(code.code.removeprefix("visits.") for code in run.findings),
    }
    named = {source or "没有写来源": sum_ for source, sum_ in money.items()}
    expected = {
        "source": named if "捐赠" in named or not goods else {**named, "捐赠": 0},
        "item": goods,
        "pot": oracle.pots(POT * 100, heads),
        "odd": sorted([*waiting, *(code for one in gifts for code in oracle.warned(one, YEAR, on))]),
    }
    for key, value in expected.items():
        if sums[key] != value:
            apart, first = apart + 1, first or f"{key} {value} {sums[key]}"
    return Compared(people, sum(one.day is not None for one in gifts), apart, fen, first)
