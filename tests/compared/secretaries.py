"""`secretaries` beside its oracle: random villages and random elections, judged by both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from sanchuang_cli.domain.process.verdict import StepState
from tests.compared.result import Compared
from tests.oracle.secretaries import (
    FIVE_YEARS,
    FOUR_FIFTHS,
    Opinion,
    Round,
    Village,
    end_of_term,
    moved,
    of_meeting,
    opinion,
)
from tests.programmes.incumbents import election, judged, secretary, vacancy, votes

NAMES = ("张建国", "李秀英", "王志强", "赵敏", "钱伟", "孙丽华")
_EDGES = (
    FIVE_YEARS,
    FIVE_YEARS - timedelta(1),
    date(2020, 2, 29),
    date(2021, 8, 31),
    date(2022, 11, 30),
    date(1990, 6, 26),
)


def near(dice: Random, day: date) -> date:
    return day + timedelta(dice.choice((-1, 0, 0, 1, dice.randrange(-40, 41))))


def village(dice: Random, on: date) -> Village:
    """A row whose days lie near where the rules turn."""
    began = dice.choice(
        (
            None,
            dice.choice(_EDGES),
            on - timedelta(dice.randrange(2_500)),
            near(dice, moved(on, -60)),
            near(dice, moved(on, -36)),
        )
    )
    began = began if began is None or began <= on else on
    ends = end_of_term(began) if began else None
    until = dice.choice((None, None, near(dice, moved(ends or on, dice.choice((0, 6, 12))))))
    vacated = dice.choice((None, None, near(dice, moved(on, -3)), on, on - timedelta(dice.randrange(400))))
    valid = dice.choice((None, 0, 5, 50, 100, 60))
    return Village(
        began=began,
        until=until,
        document=dice.random() < 0.8,
        vacated=vacated if vacated is None or vacated <= on else on,
        idle=dice.choice((None, 0, 1, 2, 3)),
        halves=(dice.choice((None, True, False)), dice.choice((None, True, False))),
        valid=valid,
        satisfied=dice.choice((None, (valid or 0) * 3 // 5, dice.randrange((valid or 0) + 1), (valid or 0) * 3 // 5 - 1 if valid else 0, (valid or 4) + 1)),
        listed=dice.choice((None, None, None, True, False)),
    )  # fmt: skip


def row(number: int, one: Village) -> Any:
    """The record that says so."""

    def written(day: date | None) -> str | None:
        return day.isoformat() if day else None

    cells: dict[str, Any] = {
        "本届起": written(one.began), "延期至": written(one.until), "延期文件": "望组函〔2026〕1号" if one.document else None,
        "连续未列发展对象年数": one.idle, "上半年末位": one.halves[0], "下半年末位": one.halves[1], "满意票": one.satisfied, "有效票": one.valid,
        "整顿名单": one.listed, "任现职时间": None,
    }  # fmt: skip
    if one.vacated:
        return vacancy(number, one.vacated.isoformat(), **cells)
    return secretary(number, 出缺日期=None, **cells)


def of_package(verdict: Any) -> Opinion:
    if verdict is None:
        return Opinion("待核实")
    late = (name for name, step in verdict.steps.items() if step.state is StepState.OVERDUE)
    ends, until = (day.latest if day else None for day in (verdict.ends, verdict.until))
    hits = frozenset(hit.what for hit in verdict.hits)
    return Opinion(verdict.part, ends, until, frozenset(late), hits)


def terms(dice: Random, count: int) -> Compared:
    """So many villages on one day, by both."""
    on = dice.choice((date(2026, 11, 28), date(2024, 2, 29), date(2023, 7, 11), date(2021, 8, 31)))
    villages = [village(dice, on) for _ in range(count)]
    found = {
        one.record.village: one
        for one in judged(*(row(n, one) for n, one in enumerate(villages, 1)), on=on).of()
    }
    pairs = [(opinion(one, on), of_package(found.get(f"河西{n}村"))) for n, one in enumerate(villages, 1)]
    return _summed(villages, pairs, sum(ours.part == "建议调整" for ours, _ in pairs))


def held(dice: Random) -> Round:
    """A round whose figures lie near where the rules turn; of every eighth something cannot be."""
    entitled = dice.choice((5, 9, 30, 40, 60, dice.randrange(1, 120)))
    present = max(1, min(entitled, -(-entitled * 4 // 5) + dice.choice((-1, 0, 0, 1, entitled))))
    given = present - dice.choice((0, 0, 0, 1))
    returned = given - dice.choice((0, 0, 0, 1, -1))
    valid = dice.choice((None, returned, returned - 1))
    seats, many = dice.choice((1, 1, 2, 3, 3, 5)), dice.randrange(1, len(NAMES) + 1)
    half = present // 2
    cast = [
        max(0, dice.choice((half, half + 1, half + 1, half + 2, present - 1, dice.randrange(present + 1))))
        for _ in range(many)
    ]
    if dice.random() < 0.1:
        present, given = dice.choice(((entitled + 1, given), (present, present + 1), (0, 0)))
    delegates = dice.random() < 0.2
    return Round(
        day=dice.choice((FOUR_FIFTHS, FOUR_FIFTHS - timedelta(1), date(2026, 11, 12))),
        entitled=entitled,
        present=present,
        given=max(0, given),
        returned=max(0, returned),
        valid=None if valid is None else max(0, valid),
        seats=seats,
        votes=dict(zip(NAMES, cast, strict=False)),
        members=dice.choice((None, 499, 500, 800)) if delegates else None,
        by_delegates=delegates,
    )  # fmt: skip


def rounds(dice: Random) -> list[Round]:
    """The one round of a meeting, or two of them."""
    first = held(dice)
    again = replace(held(dice), by_delegates=first.by_delegates, members=first.members)
    return [first, again] if dice.random() < 0.3 else [first]


def records(number: int, turn: int, one: Round) -> Iterator[Any]:
    cells = {
        "村": f"河西{number}村", "轮次": turn,
        "会议": "代表大会" if one.by_delegates else "党员大会", "选举日期": one.day.isoformat(), "应到": one.entitled, "实到": one.present,
        "发出": one.given, "收回": one.returned, "应选": one.seats, "有效": one.valid, "党员数": one.members,
    }  # fmt: skip
    yield election(10_000 * turn + number, **cells)
    cast: dict[str, Any] = dict(one.votes)
    yield from votes(number, row=10 * turn, turn=turn, **cast)


def meetings(dice: Random, count: int) -> Compared:
    """So many elections, by both."""
    asked = [rounds(dice) for _ in range(count)]
    every = [(number, turn, one) for number, held in enumerate(asked, 1) for turn, one in enumerate(held, 1)]
    whole = judged(*(record for one in every for record in records(*one)))
    found: dict[str, list[dict[str, str]]] = {}
    for result in whole.more.rounds.results:
        found.setdefault(result.key.village, []).append({line.candidate: line.fate for line in result.lines})
    pairs = [(of_meeting(one), found.get(f"河西{number}村")) for number, one in enumerate(asked, 1)]
    return _summed(asked, pairs, sum("当选" in ours[0].values() for ours, _ in pairs))


def _summed(asked: Sequence[Any], pairs: Sequence[tuple[Any, Any]], telling: int) -> Compared:
    apart = [(asked[at], *pair) for at, pair in enumerate(pairs) if pair[0] != pair[1]]
    return Compared(len(pairs), telling, len(apart), 0, repr(apart[0]) if apart else "")
