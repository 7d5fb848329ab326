"""A document on pay that cannot be meant is refused with what is wrong; a blank roster asks for what the document looks at."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.period import Period
from sanchuang_cli.programmes.pay import PROGRAMME
from tests.programmes.cadres import shipped, with_policy

SCORES = [{"at_least": 60, "percent": 100}, {"at_least": 0, "percent": 0}]


def part(**keys: Any) -> dict[str, Any]:
    """A document of one part, which says how much in these words alone."""
    return {"parts": [{"item": "base", "clause": "基本", "per": "month", **keys}]}


def served(**keys: Any) -> dict[str, Any]:
    return part(service={"since": "cadre", **keys})


def income(**bounds: int) -> dict[str, Any]:
    return part(income={"multiple": 2, "figures": {2020: 16_800}, **bounds})


def performed(**keys: Any) -> dict[str, Any]:
    return {"performance": {"shares": None, **keys}}


def steps(*tops: int | None) -> dict[str, Any]:
    each = [{"every": 10_000, "yuan": 100} | ({} if to is None else {"to": to}) for to in tops]
    return {"reward": {"clause": "奖励", "month": 2, "steps": each}}


RISE = "steps 要从低到高写，只有最后一段不写 to"
WRONG: list[tuple[dict[str, Any], str]] = [
    (steps(None, 100_000), RISE),
    (steps(100_000), RISE),
    (steps(200_000, 100_000, None), RISE),
    (income(floor=50_000, ceiling=40_000), "floor（保底 50000）高于 ceiling（封顶 40000）"),
    (served(), "要写一样，只写一样"),
    (served(yuan=20, bands=[{"from_years": 0, "yuan": 100}]), "要写一样，只写一样"),
    (served(yuan=20, each="term"), "要写 elections（历次换届的日期）"),
    (served(bands=[{"from_years": 1, "yuan": 100}]), "bands 要从 0 年起，从小到大写"),
    (served(bands=[{"from_years": n, "yuan": 100} for n in (0, 5, 5)]), "bands 要从 0 年起，从小到大写"),
    (part(), "只写一样（现写了 没有）"),
    (part(yuan=2000, posts={"书记": 2000}), "只写一样（现写了 yuan、posts）"),
    (part(population=()), "population 要从少到多写，只有最后一档不写 to"),
    (part(population=[{"to": 1000, "yuan": 1}]), "population 要从少到多写，只有最后一档不写 to"),
    (part(population=[{"to": 2000, "yuan": 1}, {"to": 1000, "yuan": 2}, {"yuan": 3}]), "population 要从少到多写"),
    (part(population=[{"yuan": 1}, {"yuan": 2}]), "population 要从少到多写"),
    (performed(scores=SCORES), "grades 和 scores 只写一样"),
    (performed(grades=()), "grades、scores、stars 至少写一样"),
    (performed(grades=(), scores=SCORES[::-1]), "scores 要从高到低写，最后一段从 0 起"),
    (performed(grades=(), scores=SCORES[:1]), "scores 要从高到低写，最后一段从 0 起"),
    (performed(stars=SCORES[:1]), "stars 要从高到低写，最后一段从 0 起"),
    (performed(shares={"clause": "三成", "over": "warn", "limits": [{"grades": ["优"], "percent": 30}]}), "shares 里的“优”不在 grades 里"),
    ({"posts": [{"name": "书记", "percent": 100}, {"name": "主任", "words": ["书 记"], "percent": 100}]}, "posts 里“书记”写了两次"),
    (part(yuan=100, only=["护林员"]), "“基本”里的职务“护林员”不在 posts 里"),
    (part(posts={"书记": 1200, "护林员": 300}, only=["书记"]), "“基本”里的职务“护林员”不在 posts 里"),
    (part(posts={"书记": 1200}, only=["书记", "主任"]), "“基本”没有写职务“主任”的标准"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "said"), WRONG)
def test_a_document_that_cannot_be_meant_is_refused(blocks: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        with_policy(**blocks)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "blocks",
    [
        income(floor=40_000, ceiling=40_000),
        served(yuan=20, each="term", elections=[date(2021, 1, 10)]),
        part(posts={"书记": 1200, "主任": 1000}, only=["书记", "主任"]),
        performed(grades=(), scores=SCORES),
        steps(None),
        steps(100_000, 200_000, None),
    ],
)
def test_the_same_said_rightly_is_accepted(blocks: dict[str, Any]) -> None:
    assert with_policy(**blocks).editions[0].title


@pytest.mark.parametrize(
    ("pack", "asked", "unasked"),
    [
        (None, set(), {"branch", "cadre_since", "chief_since"}),
        ("qingshan", {"branch"}, {"cadre_since", "chief_since"}),
        ("sinan-2015", {"chief_since"}, {"branch", "cadre_since"}),
        ("annual-parts", {"cadre_since", "chief_since"}, {"branch"}),
    ],
)
def test_a_blank_roster_asks_for_branches_where_stars_count_and_for_days_where_service_does(
    pack: str | None, asked: set[str], unasked: set[str]
) -> None:
    fields = PROGRAMME.asks(shipped(pack).editions[0])["cadres"]
    assert asked <= set(fields) and not unasked & set(fields)
    assert {name for name, ask in fields.items() if ask.rare} == {"suspended_from", "suspended_to"}


def test_a_blank_roster_offers_the_posts_of_the_document_and_asks_for_suspensions_where_there_are_any() -> (
    None
):
    by = with_policy(posts=[{"name": name, "percent": 100} for name in ("书记", "会计")])
    blank = PROGRAMME.asks(by.editions[0])
    assert set(blank) == {"cadres"} and blank["cadres"]["post"].words == ("书记", "会计")
    assert {name for name, ask in blank["cadres"].items() if ask.rare} == {"suspended_from", "suspended_to"}
    assert {"township", "village", "name", "identity", "started", "ended", "account"} <= set(blank["cadres"])


@pytest.mark.parametrize(
    ("today", "month"), [("2026-01-01", "2025-12"), ("2026-03-31", "2026-02"), ("2026-12-31", "2026-11")]
)
def test_a_run_is_for_the_month_before(today: str, month: str) -> None:
    assert PROGRAMME.default_period(date.fromisoformat(today)) == Period.parse(month)
