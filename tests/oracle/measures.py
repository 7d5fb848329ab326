"""Random documents that pay by a measure: a percentage, a sum, a number, an age, years since a day, or a day itself.

Written from the documentation alone, as documents.py is. Where its words leave a corner open, this is the reading:

- Who fulfils one of the claims in some month is judged; who clearly fulfils none in any month is paid nothing and never
  set aside. Where nobody can tell, the row is set aside.
- Who is refused from a day on, and all else is fulfilled, is paid before that day has effect.
- Supplements in per cent are each of the tier's figure. A fixed sum instead is paid whatever the tiers say, without
  supplements or index; another payment is topped up after it.
- A blank measure sets the row aside where everything else is fulfilled in some month that could be paid.
- What an approval makes good is made good by the run in whose period it falls, and by no other.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from tests.oracle.switches import BLANKS, WHEN

Measured = Fraction | int | date
EDGES: dict[str, tuple[int, int]] = {
    "percent": (0, 100),
    "money": (0, 900),
    "count": (0, 11),
    "age": (40, 90),
    "years_since": (60, 92),
}
"""Between what the edges of tiers lie."""


@dataclass(frozen=True)
class Measure:
    """tiers: (from where, None without lower edge; yuan; yuan for each unit beyond it). least: of 伤残比例, in per cent.

    claim_stops, least_stops, paid_by_state_stops: from when a refusal has effect, counted from the day in the column
    beside it; "" without such a column. rural_blank: of a condition on 户口性质, "" without it. honoured: 省部级表彰 must
    be filled, or must not. either: 优抚对象 or 伤残比例 of 20 per cent; or_blank: what
    a blank 优抚对象 means there; or_age: or so many years, women five fewer, from when that has effect, 0 where age is no
    other way. reach: months before the approval that are made
    good. indices: (from when, by how many per cent).
    own: the lowest tier's rate is what stands in 已领养老金, which has to lie between, None where it does not. share: all tiers
    are per cent of what stands in 已领养老金, which counts as the first where it is less and as the second where it is more,
    None where they are yuan.
    class_base: all tiers are per cent of a figure by 户口性质, (from when, of 农村, of 城镇, None where there is none); none where
    they are not. lines: 已领养老金 lies below so many times a figure, (from when, of 农村, of 城镇); line: how many times, whether
    it may come up to it, whether 户口性质 says which figure it is (else that of 农村 is everybody's), what a blank means.
    aged: (from what age on, yuan). honours: (yuan or per cent for each 厅级表彰, what the rate is, at most).
    instead: yuan for 优抚对象; instead_blank: what a blank means there. class_blank: of a second claim by 人员类别, "" without
    it. top_up: what a blank 地方定补标准 means, "" where nothing is topped up.
    """

    by: str
    tiers: tuple[tuple[int | date | None, Fraction, int], ...]
    claim_blank: str
    claim_stops: str
    class_blank: str
    least: int
    least_blank: str
    least_stops: str
    least_undated: str
    rural_blank: str
    honoured: bool | None
    either: bool
    or_blank: str
    or_age: tuple[int, str, str]
    unapproved: str
    reach: int
    paid_by_state_stops: str
    paid_by_state_undated: str
    indices: tuple[tuple[date, int], ...]
    own: tuple[int, int] | None
    share: tuple[int, int] | None
    class_base: tuple[tuple[date, int, int | None], ...]
    lines: tuple[tuple[date, int, int], ...]
    line: tuple[Fraction, bool, bool, str]
    aged: tuple[int, int]
    honours: tuple[int, str, int]
    only_highest: bool
    instead: int
    instead_blank: str
    top_up: str
    round: str
    round_to: str
    round_at: tuple[str, ...]
    male: int
    female: int
    age_mode: str
    age_first: str
    leap_day: str
    death_stops: str
    suspends: str
    resumes: str


def measure(dice: Random) -> Measure:
    by = dice.choice((*EDGES, "percent", "money", "count", "age", "date"))  # few have a day of joining
    count = dice.randint(1, 3)
    edges: list[int | date | None]
    if by == "date":
        edges = [
            *sorted(
                date(dice.randint(1938, 1949), dice.choice((7, 9, 10)), dice.choice((1, 3, 7)))
                for _ in range(count)
            )
        ]
        edges = [*dict.fromkeys(edges)]
    else:
        edges = [*sorted(dice.sample(range(*EDGES[by]), count))]
    if dice.random() < 0.4 and len(edges) > 1:
        edges[0] = None
    each = 0 if by == "date" else dice.choice((0, 0, 1, 3))
    older = dice.choice((0, 0, 60))
    days = sorted(
        date(dice.randint(2010, 2026), dice.randint(1, 12), dice.choice((1, 2)))
        for _ in range(dice.choice((0, 0, 0, 1, 2)))
    )
    indices = tuple((day, dice.choice((-10, 5, 30))) for day in days)
    changes = [
        date(1990, 1, 1),
        *sorted({date(dice.choice((2012, 2026)), dice.choice((2, 5, 6)), 1) for _ in range(2)}),
    ]
    lined = changes if dice.random() < 0.15 else []
    class_base = tuple(
        (day, dice.choice((150, 333)), dice.choice((None, 200, 201)))
        for day in (changes if dice.random() < 0.15 else ())
    )
    return Measure(
        by=by,
        tiers=tuple(
            (edge, Fraction(dice.randint(40, 1200), 4), each if edge is not None else 0) for edge in edges
        ),
        claim_blank=dice.choice(("accept", "accept", "accept", "refuse", "refuse", "set_aside")),
        claim_stops=dice.choice(("", *WHEN)),
        class_blank=dice.choice(("", "", "", "accept", "refuse", "set_aside")),
        least=dice.choice((0, 0, 10, 30)),
        least_blank=dice.choice(("accept", "refuse", "set_aside")),
        least_stops=dice.choice(("", *WHEN)),
        least_undated=dice.choice(("refuse", "set_aside")),
        rural_blank=dice.choice(("", "", "", "accept", "refuse", "set_aside")),
        honoured=dice.choice((*[None] * 7, True, False)),
        either=dice.random() < 0.2,
        or_blank=dice.choice(("refuse", "refuse", "set_aside")),
        or_age=(dice.choice((0, 60, 75)), dice.choice(WHEN), dice.choice(("february", "march"))),
        unapproved=dice.choice((*["accept"] * 6, "refuse", "set_aside")),
        reach=dice.choice((0, 0, 1, 5, 14)),
        paid_by_state_stops=dice.choice(("", *WHEN)),
        paid_by_state_undated=dice.choice(("refuse", "set_aside")),
        indices=indices,
        class_base=class_base,
        lines=tuple((day, dice.choice((200, 400, 600)), dice.choice((300, 450, 700))) for day in lined),
        line=(
            Fraction(dice.choice((1, 1, 3)), 2),
            dice.random() < 0.5,
            dice.random() < 0.5,
            dice.choice(("accept", "refuse", "set_aside")),
        ),
        own=dice.choice((*[None] * 9, (300, 700), (350, 600))),
        share=None if class_base else dice.choice((*[None] * 9, (400, 700), (0, 600))),
        aged=(dice.choice((70, 80)), dice.choice((0, 20))),
        honours=(dice.choice((0, 7)), dice.choice(("yuan", "percent")), dice.choice((0, 10))),
        only_highest=dice.random() < 0.5,
        instead=dice.choice((0, 0, 50)),
        instead_blank=dice.choice(BLANKS),
        top_up=dice.choice(("", "", "zero", "set_aside")),
        round=dice.choice(("down", "half_up", "up")),
        round_to=dice.choice(("fen", "jiao", "yuan")),
        round_at=("index", "end") if indices and dice.random() < 0.5 else ("end",),
        male=older,
        female=older,
        age_mode=dice.choice(("birthday", "birthday", "year_difference")),
        age_first=dice.choice(WHEN),
        leap_day=dice.choice(("february", "march")),
        death_stops=dice.choice(WHEN),
        suspends=dice.choice(WHEN),
        resumes=dice.choice(WHEN),
    )
