"""What the check of a document says that nobody gets, nobody gets: people at every edge are paid by the programme itself."""

from datetime import date
from itertools import product
from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement import lint
from sanchuang_cli.domain.people import Member
from tests.programmes.people import Result, member, of_editions, run

YEARS = 60
BASIC, MORE = 100, 7
WHENS = ("month_of", "month_after", "next_quarter", "next_half_year", "next_year")
SERVICE = {
    "clause": "四", "posts": [{"name": "书记"}], "accumulate": "union", "rate_post": "highest",
    "leaving": "not_required",
}  # fmt: skip


def document(amount: dict[str, Any], **says: Any) -> dict[str, Any]:
    """An edition of one benefit by the month."""
    benefit = {
        "name": "补贴", "clause": "一", "page": "cadre", "payable": {"clause": "五"},
        "amount": [{"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": BASIC}]} | amount],
    }  # fmt: skip
    return {
        "title": "试", "document": "试〔2020〕1号", "effective": date(2020, 1, 1), "benefit": [benefit | says],
    }  # fmt: skip


def told(edition: dict[str, Any]) -> str:
    """All that the check says of it."""
    return "；".join(lint.faults(of_editions(edition).editions[0]))


def months(result: Result) -> set[int]:
    """The yuan that anybody gets for any month."""
    return {payment.fen // 100 for decision in result.paid for payment in decision.payments}


def sums(edition: dict[str, Any], *people: Member) -> set[int]:
    """The same of a year."""
    return months(run(*people, period="2026", policy=of_editions(edition)))


BORN = [
    *(f"{year}-{month:02d}-15" for year in (2026 - YEARS - 1, 2026 - YEARS) for month in range(1, 13)),
    "1964-02-29",
    "1968-02-29",
]
"""Who turns sixty in the year, or the year before; and those born on a day that most years lack, at 62 and 58."""
AGED = [member(number, born=born) for number, born in enumerate(BORN, 1)]


def by_age(age: dict[str, Any], at: int) -> list[dict[str, Any]]:
    """A document with tiers below and from an age, and one with a supplement from it."""
    says = {"age": {"clause": "三", **age}}
    tiers = [{"below": at, "rate": BASIC}, {"at_least": at, "rate": BASIC + MORE}]
    added = {"name": "高龄", "clause": "七", "rate": MORE, "age_at_least": at}
    return [document({"by": "age", "tier": tiers}, **says), document({"supplement": [added]}, **says)]


def held_against_people(age: dict[str, Any], at: int) -> None:
    for edition in by_age(age, at):
        said, got = told(edition), sums(edition, *AGED)
        if f"“不满 {at}”（六）没有人够得到" in said or "人人都满足" in said:
            assert BASIC not in got, said
        if f"“{at} 起”（六）没有人够得到" in said or f"满 {at} 周岁没有人够得到" in said:
            assert BASIC + MORE not in got, said


MODES = [
    *({"mode": "birthday", "first": first} for first in WHENS),
    {"mode": "year_difference"},
    {"mode": "as_of", "as_of": date(2026, 6, 30)},
]


@pytest.mark.parametrize(("mode", "leap_day"), [*product(MODES, ("february", "march"))])
def test_what_is_below_the_age_of_everybody_who_is_paid_nobody_gets(
    mode: dict[str, Any], leap_day: str
) -> None:
    for years, at in ((60, 60), (60, 61), (62, 62), (58, 58)):
        held_against_people({"male": years, "female": years, "leap_day": leap_day, **mode}, at)


@pytest.mark.parametrize(("stop", "leap_day"), [*product(WHENS, ("february", "march"))])
def test_what_is_above_the_age_of_everybody_who_is_paid_nobody_gets(stop: str, leap_day: str) -> None:
    for until, at in ((60, 59), (60, 60), (60, 61), (62, 62), (58, 58)):
        age = {"until_male": until, "until_female": until, "stop": stop, "leap_day": leap_day}
        held_against_people(age, at)


def test_an_age_that_nobody_is_paid_below_is_still_told() -> None:
    tiers, added = by_age({"male": 60, "female": 60}, 60)
    assert "“不满 60”（六）没有人够得到" in told(tiers)
    assert "满 60 周岁人人都满足" in told(added)
    early, added = by_age({"male": 60, "female": 60, "first": "month_of"}, 59)
    assert "“不满 59”（六）没有人够得到：年龄（三）要满 60 周岁" in told(early)
    assert "满 59 周岁人人都满足，从来决定不了什么：能领的都满 59 周岁" in told(added)


def test_an_age_that_nobody_is_paid_from_is_still_told() -> None:
    tiers, added = by_age({"until_male": 80, "until_female": 80, "stop": "next_year"}, 81)
    assert "“81 起”（六）没有人够得到：年龄（三）到 80 周岁为止" in told(tiers)
    assert "满 81 周岁没有人够得到：年龄（三）到 80 周岁为止" in told(added)


ROUNDED = [
    {"rounding": "full_years"},
    {"rounding": "pro_rata"},
    {"rounding": "half_up", "half_up_from": 6},
    {"rounding": "year_difference"},
]
SPELLS = [
    "1990-01…1994-12 书记",
    "1990-02…1995-01 书记",
    "1990-01…1992-06 书记; 1995-01…1997-06 书记",
    "1990-01…1990-12 书记; 1992-01…1992-12 书记; 1994-01…1996-12 书记",
]
SERVED = [member(number, spells=spells) for number, spells in enumerate(SPELLS, 1)]


@pytest.mark.parametrize("rounding", ROUNDED, ids=lambda given: given["rounding"])
def test_what_is_below_the_service_of_everybody_who_is_paid_nobody_gets(rounding: dict[str, Any]) -> None:
    ways = [{"count": "union", "at_least_months": 60}]
    tiers = [{"below": 5, "rate": BASIC}, {"at_least": 5, "rate": BASIC + MORE}]
    edition = document({"by": "tenure", "tier": tiers}, service=SERVICE | rounding | {"ways": ways})
    said = "“不满 5”（六）没有人够得到" in told(edition)
    assert said == (BASIC not in sums(edition, *SERVED))


BLANKS = ("accept", "refuse", "set_aside")
FLAG, SUM, WORD = "优抚对象", "家庭年人均收入", "户口性质"
PAIRS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"column": FLAG, "must_be": True}, {"column": FLAG, "must_be": False}),
    ({"column": SUM, "at_least": 3000}, {"column": SUM, "below": 3000}),
    ({"column": WORD, "accept": ["农村"]}, {"column": WORD, "accept": ["城镇"]}),
    ({"column": WORD, "accept": ["无"]}, {"column": WORD, "accept": ["城镇"]}),
    ({"column": WORD, "accept": ["农村、城镇"]}, {"column": WORD, "accept": ["城镇", "农村"]}),
]
CELLS: list[dict[str, Any]] = [
    *({"veteran": value} for value in (None, True, False)),
    *({"income": value} for value in (299_900, 300_000, 300_100)),
    *({"rural": value} for value in ("农村", "城镇", "无", "农村、城镇")),
]


@pytest.mark.parametrize(("pair", "blanks"), [*product(PAIRS, product(BLANKS, BLANKS))])
def test_of_two_conditions_that_cannot_hold_together_nobody_fulfils_both(
    pair: tuple[dict[str, Any], dict[str, Any]], blanks: tuple[str, str]
) -> None:
    conditions = [
        {"name": name, "clause": name, "blank": blank, **test}
        for name, blank, test in zip("甲乙", blanks, pair, strict=True)
    ]
    edition = document({}, condition=conditions)
    paid = sums(edition, *(member(n, **cells) for n, cells in enumerate(CELLS, 1)))
    assert ("不能同时满足，没有人能领" in told(edition)) == (paid == set())


TESTS: list[dict[str, Any]] = [
    *({"column": FLAG, "must_be": wanted} for wanted in (True, False)),
    *({"column": FLAG, "filled": wanted} for wanted in (True, False)),
    *({"column": SUM, **edges} for edges in ({"below": 3000}, {"below": 5000}, {"at_least": 3000}, {"at_least": 3000, "below": 5000})),
    *({"column": SUM, "filled": wanted} for wanted in (True, False)),
    *({"column": WORD, "accept": yes, "refuse": [word for word in no if word not in yes]} for yes, no in product((["农村"], ["农村", "城镇"], ["无"], ["农村、城镇"]), ([], ["城郊"], ["城郊", "无"]))),
    *({"male": male, "female": 60, "first": first, "leap_day": leap} for male, first, leap in product((59, 60), WHENS[:2], ("february", "march"))),
]  # fmt: skip
ROWS = [
    *(member(n, **cells) for n, cells in enumerate(CELLS, 1)),
    *(member(20 + n, rural=word) for n, word in enumerate(("城郊", "农村、城郊", "不详"))),
    *(member(40 + n, income=income, born=born) for n, (income, born) in enumerate(product((0, 500_000), BORN[6::5]))),
    member(60, born="1966-02-28"), member(61, born="1967-02-28"), member(62, born=BORN[-1]),
]  # fmt: skip


def results(edition: dict[str, Any]) -> tuple[Any, ...]:
    """All that comes of the rows: who is paid, who is refused, who waits, and who is not concerned."""
    done = run(*ROWS, period="2026", policy=of_editions(edition))
    paid = {(one.record.name, p.month, p.fen) for one in done.paid for p in one.payments}
    return paid, {one.record.name for one in done.refused}, done.set_aside, done.outside


@pytest.mark.parametrize("seed", range(40))
def test_what_is_said_to_decide_nothing_beside_a_condition_changes_nobodys_result(seed: int) -> None:
    random = Random(seed)
    for _ in range(12):
        one = random.choice(TESTS)
        other = random.choice([test for test in TESTS if test.get("column") == one.get("column")])
        both = [
            {"name": name, "clause": name, **test, **({} if "male" in test else {"blank": random.choice(BLANKS)})}
            for name, test in (("甲", one), ("乙", other))
        ]  # fmt: skip
        where = random.choice(("condition", "claim", "when", "age"))
        if where == "age" and "male" in one:
            age = {"clause": "三", **one, **random.choice(({}, {"until_male": 61, "until_female": 61}))}
            edition = document({}, age=age, condition=both[1:])
            idle = document({}, age=age)
        elif where == "when":
            added = {"name": "另加", "clause": "七", "rate": MORE, "when": both[1]}
            edition = document({"supplement": [added]}, condition=both[:1])
            idle = document({"supplement": [{**added, "when": []}]}, condition=both[:1])
        elif where == "claim" and "male" not in one:
            edition, idle = document({}, claim=both[:1], condition=both[1:]), document({}, claim=both[:1])
        else:
            edition, idle = document({}, condition=both), document({}, condition=both[:1])
        said = told(edition)
        if "“乙”（乙）从来决定不了什么" in said or "“乙”（乙）人人都满足" in said:
            assert results(edition) == results(idle), said
        if "的年龄（三）从来决定不了什么" in said:
            assert results(edition) == results(document({}, condition=both[1:])), said
        if "标准里的“乙”（乙）没有人能满足" in said:
            assert not any(fen > 100 * BASIC for _, _, fen in results(edition)[0]), said
        if "不能同时满足，没有人能领" in said:
            assert not results(edition)[0], said


POSTS = [{"name": "书记"}, {"name": "主任", "discount": "1/2"}]
LONG = [
    *SERVED,
    *(
        member(20 + n, spells=f"1990-01…{end} {one}; {start}…{last} {two}")
        for n, (end, start, last, one, two) in enumerate(
            product(
                ("1992-12", "1994-11"),
                ("1995-01", "1996-02"),
                ("1996-12", "2000-12"),
                *(("书记", "主任"),) * 2,
            )
        )
    ),
]
COUNTED: list[dict[str, Any]] = [{}, {"posts": ["书记"]}, {"posts": ["主任"]}, {"discounted": True}]
WAYS: list[dict[str, Any]] = [
    {"count": count, "at_least_months": months, **more}
    for count, months, more in product(
        ("union", "longest", "continuous"), (36, 60), COUNTED
    )
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_of_two_ways_of_having_served_the_one_that_is_called_idle_lets_nobody_in(seed: int) -> None:
    random = Random(seed)
    for _ in range(8):
        ways, tried = random.sample(WAYS, 2), SERVICE | {"posts": POSTS, "rounding": "full_years"}
        said = told(document({}, service=tried | {"ways": ways}))
        if "从来决定不了什么：够它的都够" not in said:
            continue
        got = [
            {one.record.name for one in run(*LONG, period="2026", policy=of_editions(document({}, service=tried | {"ways": some}))).paid}
            for some in (ways, ways[:1], ways[1:])
        ]  # fmt: skip
        assert got[0] in got[1:], said
