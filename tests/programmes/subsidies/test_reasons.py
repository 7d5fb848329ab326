"""Refusals name what really stands in the way: mend the cell that is named, and that reason is gone."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.identity import sex as identity_sex
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import Clause
from tests.compared.policies import by_measure, by_service, one_policy
from tests.compared.subsidies import as_member
from tests.counts import FULL
from tests.oracle.documents import document
from tests.oracle.measures import measure
from tests.oracle.people import person
from tests.programmes.people import CADRE, TWENTY, Result, cadre, day, identity, member, run, served, yuan_of

NO_PENALTY = {"name": "未受处分", "clause": "第八条", "column": "处分情况", "filled": False}
RURAL = {"name": "农村", "clause": "第九条", "column": "户口性质", "accept": ["农村"], "refuse": ["城镇"]}
TIERS = [{"at_least": 6, "below": 16, "rate": 40, "when": NO_PENALTY}, {"at_least": 16, "rate": 80}]
TWELVE, FOUR = "1980-01…1991-12 书记", "1980-01…1983-12 书记"
CARED = {"name": "优抚", "clause": "第十条", "column": "优抚对象", "must_be": True, "blank": "refuse"}


def why(result: Result) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, clause and fields of each reason for which the one person is refused."""
    assert (result.set_aside, len(result.refused)) == (0, 1)
    return [(one.name, one.citation, one.columns) for one in result.refused[0].refused()[CADRE]]


def policy(**amount: Any) -> Any:
    return cadre(service={"ways": []}, amount={"clause": "第五条", **amount})


PENALTY, SHORT = ("未受处分", "第八条", ("penalty",)), ("未达最低档", "第五条", ("spells",))


@pytest.mark.parametrize(
    ("spells", "penalty", "reasons"),
    [
        (TWELVE, "警告", [PENALTY]),
        (FOUR, "", [SHORT]),
        (FOUR, "警告", [SHORT, PENALTY]),
    ],
)
def test_a_tier_that_is_missed_by_its_condition_is_refused_by_the_clause_of_the_condition(
    spells: str, penalty: str, reasons: list[Any]
) -> None:
    policy_ = policy(tier=TIERS)
    assert why(run(member(spells=spells, penalty=penalty), policy=policy_)) == reasons
    assert yuan_of(run(member(spells=TWELVE), policy=policy_)) == 3 * 40
    assert yuan_of(run(member(spells=TWENTY, penalty="警告"), policy=policy_)) == 3 * 80


def test_who_is_short_of_a_tier_is_told_the_nearest_of_their_own_post() -> None:
    low = {"at_least": 3, "below": 10, "posts": ["主任"], "rate": 1}
    high = {"at_least": 10, "rate": {"书记": 3, "主任": 2, "会计": 2}}
    result = run(member(spells=FOUR), policy=policy(tier=[low, high]))
    assert (
        str(result.refused[0].refused()[CADRE][-1].said)
        == "认定 4 年，不在任何一档；最低一档为书记 满10年以上"
    )
    gap = [{"at_least": 3, "below": 6, "rate": 1, "when": NO_PENALTY}, *TIERS]
    told = run(member(spells=FOUR, penalty="警告"), policy=policy(tier=gap))
    assert why(told) == [PENALTY], "the years are enough for the lowest tier"


def test_where_several_conditions_would_do_each_is_named() -> None:
    tiers = [{"rate": 80, "when": RURAL}, {"rate": 60, "when": NO_PENALTY}]
    result = run(member(spells=TWELVE, rural="城镇", penalty="警告"), policy=policy(by="nothing", tier=tiers))
    assert why(result) == [("农村", "第九条", ("rural",)), PENALTY]


@pytest.mark.parametrize(
    ("amount", "fields", "reason"),
    [
        (
            {"instead": [{"name": "优抚", "clause": "第十条", "when": CARED, "rate": 0}]},
            {"veteran": True},
            ("标准为零", "第十条", ("veteran",)),
        ),
        (
            {"supplement": [{"name": "扣减", "clause": "第十一条", "rate": -60, "when": CARED}]},
            {"veteran": True},
            ("标准为零", "第十一条", ("veteran",)),
        ),
        (
            {"supplement": [{"name": "扣减", "clause": "第十一条", "rate": -40, "when": CARED}]},
            {"veteran": True},
            ("标准为零", "第十一条", ("veteran",)),
        ),
        (
            {"top_up": [{"clause": "第十二条", "column": "已领养老金", "per": "month"}]},
            {"pension": 50_00},
            ("应补差额为零", "第十二条", ("pension",)),
        ),
        (
            {
                "supplement": [{"name": "扣减", "clause": "第十一条", "rate": -60, "when": CARED}],
                "top_up": [{"clause": "第十二条", "column": "已领养老金", "per": "month"}],
            },
            {"veteran": True, "pension": 50_00},
            ("标准为零", "第十一条", ("veteran",)),
        ),
        (
            {"round": "down", "round_to": "yuan", "top_up": [{"clause": "第十二条", "column": "已领养老金", "per": "month"}]},
            {"pension": 39_50},
            ("应补差额为零", "第十二条", ("pension",)),
        ),
    ],
)  # fmt: skip
def test_a_standard_of_nought_is_refused_by_what_brought_it_to_nought(
    amount: dict[str, Any], fields: dict[str, Any], reason: tuple[str, str, tuple[str, ...]]
) -> None:
    of = policy(tier=[{"rate": 40}], by="nothing", **amount)
    assert why(run(member(spells=TWELVE, **fields), policy=of)) == [reason]
    assert yuan_of(run(member(spells=TWELVE), policy=of)) == 3 * 40


CUT = {"name": "扣减", "clause": "第十一条", "rate": -60, "when": CARED}
TOP_UP = [{"clause": "第十二条", "column": "已领养老金", "per": "month"}]
YUAN = {"round": "down", "round_to": "yuan"}


@pytest.mark.parametrize(
    ("amount", "fields", "reason"),
    [
        ({"instead": [{"name": "优抚", "clause": "第十条", "when": CARED, "rate": 0}]}, {"veteran": True}, ("标准为零", ("veteran",), "优抚：0 元/月")),
        ({"supplement": [CUT]}, {"veteran": True}, ("标准为零", ("veteran",), "减至零：取大(−20, 0) = 0 元/月")),
        ({"supplement": [CUT | {"rate": -40}]}, {"veteran": True}, ("标准为零", ("veteran",), "扣减：40 − 40 = 0 元/月")),
        ({"supplement": [CUT], "top_up": TOP_UP}, {"veteran": True, "pension": 50_00}, ("标准为零", ("veteran",), "减至零：取大(−20, 0) = 0 元/月")),
        ({"top_up": TOP_UP}, {"pension": 40_00}, ("应补差额为零", ("pension",), "补差：取大(40 − 40, 0) = 0 元/月")),
        ({"top_up": TOP_UP, **YUAN}, {"pension": 39_50}, ("应补差额为零", ("pension",), "取整：⌊0.5 ÷ 1⌋ × 1 = 0 元/月")),
        ({"tier": [{"rate": "0.5"}], **YUAN}, {}, ("标准为零", (), "取整：⌊0.5 ÷ 1⌋ × 1 = 0 元/月")),
        ({"tier": [{"rate": 0}]}, {}, ("标准为零", (), "书记 标准：0 元/月")),
        ({"tier": [{"at_least": 5, "rate": 0}], "by": "tenure"}, {}, ("标准为零", ("spells",), "书记 满5年以上 标准：0 元/月")),
        ({"tier": [{"at_least": 60, "rate": 0}], "by": "age"}, {}, ("标准为零", ("identity",), "书记 满60周岁以上 标准：0 元/月")),
        ({"tier": [{"rate": 0}], "by": "column", "column": "家庭年人均收入"}, {"income": 1}, ("标准为零", ("income",), "书记 标准：0 元/月")),
        ({"cap": 0}, {}, ("标准为零", (), "封顶：取小(40, 0) = 0 元/月")),
        ({"tier": [{"rate": 40, "cap": 0}]}, {}, ("标准为零", (), "封顶：取小(40, 0) = 0 元/月")),
        ({"figures": "percent", "base_column": "地方定补标准"}, {"local": 0}, ("标准为零", (), "书记 标准：0 × 40 ÷ 100 = 0 元/月")),
    ],
)  # fmt: skip
def test_a_standard_of_nought_quotes_the_line_of_arithmetic_from_which_on_it_is_nought(
    amount: dict[str, Any], fields: dict[str, Any], reason: tuple[str, tuple[str, ...], str]
) -> None:
    of = policy(**{"tier": [{"rate": 40}], "by": "nothing", **amount})
    (one,) = run(member(spells=TWELVE, **fields), policy=of).refused[0].refused()[CADRE]
    assert (one.name, one.columns, str(one.said)) == reason


def test_what_is_set_off_is_refused_by_the_cell_that_says_what_was_received() -> None:
    once = [{"name": "一次性补助", "clause": "第十三条", "column": "已领养老金"}]
    result = run(
        member(spells=TWELVE, pension=99_999_00),
        policy=policy(by="nothing", tier=[{"rate": 40}], set_off=once),
    )
    assert why(result) == [("本期应发", "第十三条", ("pension",))]


# ---------------------------------------------------------------- any document

_HARMLESS: dict[str, list[dict[str, Any]]] = {
    name: [{name: value} for value in values]
    for name, values in {
        "died_on": (None,), "moved_on": (None,), "employed": (False,), "employed_on": (None, day("2099-01")),
        "household": ("",), "rural": ("农村", ""), "hardship": (True,), "penalty": ("", "警告"), "penalty_on": (None,),
        "sentence": ("",), "reason": ("",), "veteran": (None, True), "retired": (None,), "breach": (None,),
        "pension": (None, 0, *range(0, 901_00, 50_00)), "local": (None, 0), "suspended_from": (None,),
        "suspended_to": (None,), "ledger_on": (None, day("2001-01")), "approved_on": (None, day("2001-01")),
        "joined": [day(f"{year}-06-01") for year in (*range(1910, 1950, 2), 1949)] + [day("1949-11-01")],
        "spells": [served(f"{span}-12 书记") for span in ("1901-01…2010", *(f"1981-01…{end}" for end in range(1981, 2011)), *(f"{start}-01…2010" for start in range(1980, 1901, -1)))],
    }.items()
}  # fmt: skip
"""Values that would be no obstacle, by field."""
_MORE: dict[str, tuple[Any, ...]] = {
    "鳏寡孤独": (None, True, False),
    "伤残比例": (None, *(Fraction(share, 20) for share in range(21))),
    "照顾类别": (None, "孤老", "一般"),
    "省部级表彰": (None, 1),
    "县级表彰": tuple(range(12)),
}


def mended(record: Member, column: str) -> Iterator[Member]:
    """The record with other values in one field. An identity number is that of somebody older."""
    if column == "identity":
        for year in (1925, 1930, 1940, 1948, 1953):
            yield structs.replace(
                record, identity=identity(f"{year}-01-05", identity_sex(record.identity), 7)
            )
    elif column in _MORE:
        for value in _MORE[column]:
            yield structs.replace(record, more={**record.more, column: value})
    else:
        for fields in _HARMLESS.get(column, []):
            yield structs.replace(record, **fields)


def conditional(dice: Random, block: dict[str, Any]) -> dict[str, Any]:
    """The benefit with conditions on some of its tiers."""
    alone = {"name": "鳏寡孤独的", "clause": "九", "column": "鳏寡孤独", "must_be": True, "blank": "refuse"}
    for tier in block["amount"][0]["tier"]:
        if dice.random() < 0.4:
            tier["when"] = dice.choice((NO_PENALTY, RURAL, alone))
    return block


def reasons(record: Member, period: str, policy_: Any) -> dict[str, list[Clause]]:
    """The failing clauses by benefit, also of a row that is set aside for something else."""
    return run(record, period=period, policy=policy_).decisions[0].refused()


@pytest.mark.parametrize("seed", range(200 if FULL else 12))
def test_mending_the_cells_that_the_first_reason_names_does_away_with_it(seed: int) -> None:
    dice = Random(f"reasons {seed}")
    rules = (
        by_service(document(dice))
        if seed % 2
        else by_measure(replace(measure(dice), reach=0, claim_stops="", class_base=(), lines=()))
    )
    policy_, period = one_policy(conditional(dice, rules)), dice.choice(("2012Q1", "2026Q2", "2026-06"))
    checked = 0
    for number in range(400):
        if number >= 45 and checked > 1:
            break  # of some documents few are refused
        who = replace(person(dice, int(period[:4])), post="", left=None, years=None)
        record = as_member(who, number)
        for name, clauses in reasons(record, period, policy_).items():
            first = next(iter(clauses), None)
            if first is None or not first.columns:
                continue  # set aside, or refused by no cell
            outcomes = (
                reasons(other, period, policy_)
                for column in first.columns
                for other in mended(record, column)
            )
            assert any(first.name not in [one.name for one in found.get(name, [])] for found in outcomes), (
                first,
                str(first.said),
                clauses,
                record,
            )
            checked += 1
    assert checked > 1
