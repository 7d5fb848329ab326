"""`honors` beside its oracle: random counties with random honours, judged by both, row by row and line by line."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from sanchuang_cli.domain.awards.policy import Recommended, TownshipBase
from sanchuang_cli.join import Partner
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.record import Roster
from tests.compared.result import Compared
from tests.oracle import honors as oracle
from tests.programmes import nominees
from tests.programmes.people import identity

TOWNS = nominees.TOWNS
HONOURS = (nominees.MEMBER, nominees.WORKER, nominees.BRANCH)
_OPINION = {True: "无异议", False: "有异议", None: ""}


def share(dice: Random) -> Fraction | None:
    return dice.choice((None, Fraction(1, 2), Fraction(2, 10), Fraction(7, 10), Fraction(1, 3), Fraction(0)))


def county(dice: Random) -> oracle.County:
    def honour(needs: str | int | None, of_branches: bool) -> oracle.Honour:
        by_share = dice.random() < 0.5
        number = dice.choice((0, 1, 3, 7, 12))
        most = Fraction(dice.randrange(1, 60), 2000 if not of_branches else 100)
        own = (share(dice), share(dice)) if not of_branches else (None, None)
        return oracle.Honour(
            of_branches, most if by_share else None, None if by_share else number, needs, *own
        )

    grade = dice.choice(("优秀", "优秀", None))
    stars = dice.choice((4, 3, None))
    honours = (honour(grade, False), honour(None, False), honour(stars, True))
    many = dice.randrange(1, len(TOWNS) + 1)
    alike = dice.random() < 0.3
    towns = tuple(
        (300, 9) if alike else (dice.choice((0, 1, 60, 300, 901)), dice.randrange(30)) for _ in range(many)
    )
    ratio = dice.choice((Fraction(6, 5), Fraction(1), Fraction(3, 2)))
    method = dice.choice(("largest_remainder", "largest_remainder", "floor_first"))
    return oracle.County(honours, towns, method, dice.choice(("larger_weight", "order", "ask")), ratio)


def lines(dice: Random, place: oracle.County, many: int) -> Iterator[oracle.Row]:
    """Rows in which every rule may bite; of every twentieth somebody stands there already."""
    made: list[oracle.Row] = []
    for at in range(many):
        honour, town = dice.randrange(3), dice.randrange(len(place.towns))
        answer = (True, False) if honour < 2 else (None,)
        needs = place.honours[honour].needs
        good, bad = ("优秀", "合格") if needs == "优秀" else (dice.choice((4, 5)), dice.choice((0, 2, 3)))
        who = nominees.name(at) if honour < 2 else f"{nominees.name(at)}村党支部"
        number = identity("1975-03-04", number=at) if honour < 2 and dice.random() < 0.95 else ""
        if made and dice.random() < 0.05:
            twin = dice.choice(made)
            if (twin.honour < 2) is (honour < 2):
                who, number = twin.who, dice.choice((twin.number, number, ""))
                honour, town = dice.choice(((twin.honour, twin.town), (honour, town)))
        said = None if needs is None else dice.choice((good, good, good, bad, None))
        made.append(
            oracle.Row(
                honour,
                town,
                who,
                number,
                dice.choice((*answer, True)) if honour == 2 or dice.random() < 0.98 else None,
                dice.choice((*answer, False)) if honour == 2 or dice.random() < 0.98 else None,
                dice.choice((None, *range(1, 9), *range(1, 9))),
                tuple(dice.choices((True, False, None), (30, 1, 1))[0] for _ in nominees.OPINIONS),
                said,
            )
        )
    yield from made


def as_policy(place: oracle.County) -> PolicyFile[Any]:
    """The default policy with these honours and this way of sharing out."""

    def change(edition: dict[str, Any]) -> None:
        edition["sharing"] = {"clause": "名额", "method": place.method, "tie": place.tie}
        edition["candidates"]["share"] = place.candidates
        for one, honour in zip(edition["categories"], place.honours, strict=True):
            for key in ("share", "number", "reviewed", "starred", "structure"):
                one.pop(key, None)
            own: dict[str, Any] = {
                "share": {"clause": "总数", "share": honour.share},
                "number": honour.number,
            }
            one |= {key: said for key, said in own.items() if getattr(honour, key) is not None}
            if isinstance(honour.needs, str):
                one["reviewed"] = {"clause": "评议", "grades": [honour.needs]}
            if isinstance(honour.needs, int):
                one["starred"] = {"clause": "星级", "least": honour.needs}
            shares = {"front": honour.front, "leaders": honour.leaders}
            known = {key: said for key, said in shares.items() if said is not None}
            one |= {"structure": {"clause": "结构", **known}} if known else {}

    return nominees.changed(change)


class Drawn(NamedTuple):
    """A random county as the oracle and as the package reads it."""

    place: oracle.County
    rows: list[oracle.Row]
    people: list[Recommended]
    bases: list[TownshipBase]
    results: dict[str, Roster[Partner]]
    policy: PolicyFile[Any]


def set_up(dice: Random, many: int) -> Drawn:
    place = county(dice)
    rows = unmixed(list(lines(dice, place, many)))
    grades = {row.number: str(row.said) for row in rows if row.honour == 0 and row.number and row.said}
    stars = {
        (TOWNS[row.town], row.who): row.said for row in rows if row.honour == 2 and isinstance(row.said, int)
    }
    results = nominees.reviewed(grades) | nominees.rated(stars)
    bases = [nominees.base(at, TOWNS[at], *figures) for at, figures in enumerate(place.towns)]
    return Drawn(place, rows, list(map(recommended, range(many), rows)), bases, results, as_policy(place))


def recommended(at: int, row: oracle.Row) -> Recommended:
    opinions = (_OPINION[said] for said in row.opinions)
    return nominees.person(
        at,
        HONOURS[row.honour],
        township=TOWNS[row.town],
        name=row.who,
        identity=row.number,
        front=row.front,
        leader=row.leader,
        order=row.order,
        **dict(zip(nominees.OPINIONS, opinions, strict=True)),
    )


def drawn(dice: Random, many: int) -> Compared:
    """One county, by both; in the package the rows stand in another order."""
    place, rows, people, bases, results, policy = set_up(dice, many)
    theirs = oracle.opinion(place, rows)
    dice.shuffle(people)
    whole = nominees.judged(people, bases, results, policy)
    ours = dict.fromkeys(range(len(rows)), oracle.ASIDE)
    ours |= {one.record.row.number - 3: one.part for one in whole.of()}
    apart: list[Any] = [
        (rows[at], part, ours[at]) for at, part in enumerate(theirs.parts) if part != ours[at]
    ]
    shown = {
        (HONOURS.index(name), TOWNS.index(town)): oracle.Line(
            one.part.number, one.most > one.part.number, one.candidates
        )
        for (name, town), one in whole.at.ready.places.items()
    }
    missed = {
        next(at for at, name in enumerate(HONOURS) if f"“{name}”" in one.message): "可以做到" in one.message
        for one in whole.findings
        if one.code == "honors.structure"
    }
    apart += [(shown, theirs.lines)] if shown != known(theirs, whole) else []
    apart += [(missed, theirs.missed)] if missed != theirs.missed else []
    proposed = theirs.parts.count(oracle.PROPOSED)
    return Compared(len(rows), proposed, len(apart), 0, f"{place}\n{apart[0]}" if apart else "")


def known(theirs: oracle.Opinion, whole: Any) -> dict[tuple[int, int], oracle.Line]:
    """The lines of the oracle for honours that can be shared out: without any base there is nothing to print."""
    troubled = {HONOURS.index(name) for name in whole.at.ready.troubles}
    return {key: line for key, line in theirs.lines.items() if key[0] not in troubled}


def unmixed(rows: list[oracle.Row]) -> list[oracle.Row]:
    """Rows of which the result that is joined says one thing each: of a number, or an organisation, that stands on several
    rows, all have what the last of them has."""
    keys = [(row.honour, row.number) if row.honour == 0 else (row.town, row.who) for row in rows]
    said = dict(zip(keys, (row.said for row in rows), strict=True))
    none = {id(row) for row in rows if row.honour == 0 and not row.number}
    return [
        replace(row, said=None if id(row) in none else said[key]) for row, key in zip(rows, keys, strict=True)
    ]
