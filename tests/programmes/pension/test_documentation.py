"""The document that docs/policies/pension.md writes as a policy gives what the chapter says."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from sanchuang_cli.domain.contributions.policy import PensionPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.insured import (
    borne,
    changed,
    column,
    honour,
    insured,
    outcome,
    pack,
    receipt,
    village,
)

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "pension.md").read_text("utf-8")


@cache
def example() -> PolicyFile[PensionPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(PensionPolicy, "例子.toml", block.encode())


def test_the_table_of_the_example_is_what_it_gives() -> None:
    people = (
        insured(1),
        insured(2, village="前进村"),
        insured(3, village="光荣村"),
        insured(4, started="2025-07-01"),
    )
    run = outcome(
        *people,
        villages=[village(), village("前进村", income=False), village("光荣村")],
        honours=[honour("青禾镇光荣村", "县级先进党组织", "2024-07-01")],
        by=example(),
    )
    given = dict(zip(column(run, "参保补贴人员名册", "name"), borne(run), strict=True))
    written = [
        [100 * int(cell) for cell in line.split("|")[2:-1]]
        for line in re.findall(r"^\| (?:平常|村里|村党|7 月|合计).*$", CHAPTER, re.MULTILINE)
    ]
    assert written == [
        *(given[f"甲0{n}"] for n in range(1, 5)),
        [sum(part) for part in zip(*given.values(), strict=True)],
    ]
    assert sum(written[-1]) == 840_000 and "8400 元" in CHAPTER


def test_the_two_ways_of_rounding_are_as_the_chapter_says() -> None:
    base = ("bases = {}", "bases = { 2025 = 2345.67 }")
    total = ('rounded = "sides"', 'rounded = "total"')
    sums = [
        column(outcome(insured(), by=changed(*base, *more, of="yixian")), "参保补贴人员名册", "whole")[0]
        for more in ((), (total,))
    ]
    assert sums == [65_678, 65_679]
    assert all(f"{fen // 100}.{fen % 100}" in CHAPTER for fen in sums)


def test_an_honour_of_a_city_frees_half_a_year_and_the_subsidy_waits_for_the_rest() -> None:
    who = insured()
    given: dict[str, Any] = {"honours": [honour(who, "市", "2024-07-01")], "by": example()}
    assert borne(outcome(who, receipts=[receipt(who, 480)], **given)) == [[48_000, 24_000, 132_000, 36_000]]
    assert column(outcome(who, receipts=[receipt(who, 479)], **given), "参保补贴人员名册", "part") == [
        "待缴费"
    ]


def test_every_key_that_the_chapter_names_is_a_key_of_the_policy_and_every_pack_is_there() -> None:
    named = re.findall(r"`(\w{3,})`|`(\w+) = |edition\.(\w+)\]", CHAPTER)
    words = {"pension", "sides", "total", "yixian"}
    names = {name for found in named for name in found if name} - words
    schema = str(PensionPolicy.model_json_schema())
    assert len(names) > 12
    assert not [name for name in names if f"'{name}'" not in schema]
    packs = re.findall(r"`(yixian|\w+-20\d\d)`", CHAPTER)
    assert len(packs) == 5 and all(pack(name).editions for name in packs)
