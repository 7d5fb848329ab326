"""Random amounts, paid to people who differ in all that counts: sums lie within their bounds, and what the check says of caps,
minimums and tiers is so."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement import lint
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import member, of_editions, run

DOCUMENTS = 60
WHEN = {"name": "优抚", "clause": "七", "column": "优抚对象", "must_be": True}
BASE = {
    "name": "基数", "clause": "八",
    "values": [{"effective": date(2020, 1, 1), "amount": 1000}, {"effective": date(2026, 7, 1), "amount": 1400}],
}  # fmt: skip
SPELLS = [
    f"{2000 - years}-01…1999-{month} {post}"
    for years, month, post in product((1, 4, 5, 9, 10, 25), ("06", "12"), ("书记", "主任"))
]
SPELLS += ["1980-01…1989-12 主任; 1990-01…1999-12 书记", "1980-01…1984-12 书记; 1985-01…1990-12 主任"]
PEOPLE = [
    member(number, spells=spells, veteran=veteran)
    for number, (spells, veteran) in enumerate(product(SPELLS, (True, False)), 1)
]
Draw = Callable[..., Any]


def drawn(seed: int) -> dict[str, Any]:
    """A document whose amount says what it likes."""
    random = Random(seed)

    def some(odds: float, **says: Any) -> dict[str, Any]:
        return says if random.random() < odds else {}

    def rates() -> Any:
        one, other = (random.choice((0, 60, 80, 100, 120, 150)) for _ in "12")
        return random.choice((one, {"书记": one, "主任": other}))

    def limit() -> Any:
        one, other = (random.choice((50, 80, 100, Fraction("100.5"), 150, 400)) for _ in "12")
        return one if together else random.choice((one, {"书记": one}, {"书记": one, "主任": other}))

    def tier(**edges: Any) -> dict[str, Any]:
        each = {"each": random.choice((3, 10)), **some(0.3, every=2), **some(0.3, after=3)}
        capped = some(0.3, cap=random.choice((90, 130, {"书记": 90})))
        return {"rate": rates(), **(each if random.random() < 0.4 else {}), **capped, **edges}

    together = random.random() < 0.3
    edge = random.choice((5, 10))
    tiers = [tier(below=edge), tier(at_least=edge)] if random.random() < 0.7 else [tier()]
    added = [
        {"name": f"另加{i}", "clause": "七", "rate": random.choice((-60, -20, 20, 50)), "when": WHEN}
        | {"figures": random.choice(("yuan", "percent"))}
        for i in range(random.choice((0, 0, 1, 2)))
    ]
    index = [{"clause": "九", "effective": date(2026, 7, 1), "percent": random.choice((-50, 7, 50))}]
    amount = {
        "clause": "六", "per": "month", "by": "tenure", "tier": tiers, "supplement": added,
        "round": random.choice(("down", "half_up", "up")), "round_to": random.choice(("fen", "jiao", "yuan")),
        "round_at": random.choice((["end"], ["tier", "end"])),
        **some(0.3, figures="percent", base="基数"), **some(0.3, index=index), **some(0.5, cap=limit()),
        **some(0.5, minimum=limit()),
        **some(0.15, instead=[{"name": "改发", "clause": "九", "when": WHEN, "rate": random.choice((30, 500))}]),
    }  # fmt: skip
    service = {
        "clause": "四", "posts": [{"name": "书记"}, {"name": "主任"}], "accumulate": "union",
        "rounding": random.choice(("full_years", "pro_rata")),
        "rate_post": "each_post" if together else random.choice(("highest", "best_tier", "on_leaving")),
    }  # fmt: skip
    benefit = {
        "name": "补贴", "clause": "一", "page": "cadre", "payable": {"clause": "五"}, "service": service,
        "amount": [amount],
    }  # fmt: skip
    return {
        "title": "试", "document": "试〔2020〕1号", "effective": date(2020, 1, 1), "base": [BASE],
        "benefit": [benefit],
    }  # fmt: skip


def sums(edition: dict[str, Any]) -> list[tuple[str, int, Fraction]]:
    """What everybody gets for every month: who, the month, and yuan."""
    paid = run(*PEOPLE, period="2026", policy=of_editions(edition)).paid
    return [(one.record.name, p.month, Fraction(p.fen, 100)) for one in paid for p in one.payments]


def without(edition: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The document without some keys of its amount."""
    (benefit,) = edition["benefit"]
    amount = {key: value for key, value in benefit["amount"][0].items() if key not in keys}
    return edition | {"benefit": [benefit | {"amount": [amount]}]}


@pytest.mark.parametrize("seed", range(DOCUMENTS))
def test_sums_lie_within_their_bounds_and_what_is_said_of_limits_is_so(seed: int) -> None:
    document = drawn(seed)
    edition = Subsidies.model_validate(document)
    got, (least, most) = sums(document), edition.pays_between("补贴")
    assert all(
        (least or 0) <= 12 * yuan and (most is None or 12 * yuan <= most) for _, _, yuan in got if yuan
    )
    said = "；".join(lint.faults(edition))
    for word, key in (("封顶", "cap"), ("保底", "minimum")):
        if f"人人都按{word}发" in said:
            by_post = document["benefit"][0]["amount"][0][key]
            limits = {*by_post.values()} if isinstance(by_post, dict) else {by_post}
            # a limit that is no whole yuan may be rounded to one
            assert all(any(abs(yuan - limit) < 1 for limit in limits) for _, _, yuan in got), said
        if any(word in fault and "从来用不上" in fault for fault in said.split("；")):
            assert sums(without(document, key)) == got, said


def test_some_of_the_documents_have_something_to_be_said_of_their_limits() -> None:
    told = "；".join(
        fault for seed in range(5 * DOCUMENTS) for fault in lint.faults(Subsidies.model_validate(drawn(seed)))
    )
    for said in (
        "人人都按封顶发",
        "人人都按保底发",
        "的封顶 400（六）从来用不上",
        "从来用不上：最低也有",
        "高于封顶",
    ):
        assert said in told
