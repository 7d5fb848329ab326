"""A verdict on one person and one benefit: which months, by which amount, and the words of what is missing."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.months import EVER, NEVER
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    Result,
    cadre,
    changed,
    member,
    months_of,
    only,
    run,
    yuan_of,
)


def last_clause(result: Result, benefit: str = CADRE) -> tuple[str, str, tuple[str, ...], int, int, str]:
    """The last failing clause of the one person refused."""
    clause = result.refused[0].refused()[benefit][-1]
    return clause.name, clause.citation, clause.columns, clause.first, clause.last, str(clause.said)


def trouble(result: Result) -> tuple[str, str, str, str, str]:
    """The one doubt that sets the one person aside: code, heading, words, clause, mend."""
    assert (result.set_aside, len(result.findings)) == (1, 1)
    found = result.findings[0]
    return found.code, str(found.place.heading), found.message, found.basis, found.mend


def test_whose_clauses_hold_in_different_months_is_told_so() -> None:
    person = member(born="1966-05-10", spells=TWENTY, died_on="2026-04-20")
    seen = "本期没有一个月份各条都成立：自2026-06起才有年满60周岁，健在（死亡日期）只到2026-04"
    citation, columns = "第一条第一款、第一条第二款第五项", ("identity", "died_on")
    assert last_clause(run(person)) == ("各条同时成立", citation, columns, NEVER, EVER, seen)
    earlier = member(born="1966-03-10", spells=TWENTY, died_on="2026-04-20")
    assert months_of(run(earlier)) == ["2026-04"]


def test_who_gives_no_service_is_set_aside_with_what_to_fill_in() -> None:
    assert trouble(run(member(post="书记", years="12年"))) == (
        "subsidies.no-spells",
        "任职经历",
        "村民1：没有任职经历，无法计算任职年限",
        "第一条第一款",
        "请在“任职经历”列或任职经历表里逐段填写起止年月和职务。",
    )


def test_stated_years_stand_for_spells_with_and_without_the_day_of_leaving() -> None:
    policy = cadre(service={"stated_years": "use"})
    person = member(post="书记", years="12年", left="2026-05-06")
    assert months_of(run(person, policy=policy)) == ["2026-06"]
    serving = run(member(post="书记", years="12年"), policy=policy)
    assert [clause.name for clause in serving.refused[0].refused()[CADRE]] == ["已离任"]


def test_service_that_goes_on_is_counted_to_the_end_of_the_period() -> None:
    failing = run(member(spells="2021-01… 书记")).refused[0].refused()[CADRE]
    threshold = next(str(clause.said) for clause in failing if clause.name == "任职年限")
    assert "66" in threshold
    assert "67" not in threshold
    assert "65" not in threshold


def of_two(first: dict[str, Any], second: dict[str, Any]) -> Any:
    """The rule for cadres with one amount until the end of April, another from May on."""
    plain = {"clause": "第五条", "per": "month", "by": "tenure"}

    def change(benefit: dict[str, Any]) -> None:
        benefit["amount"] = [
            {**plain, "until": date(2026, 4, 30), **first},
            {**plain, "effective": date(2026, 5, 1), **second},
        ]

    return only(CADRE, change)


def test_each_month_has_the_amount_in_force() -> None:
    policy = of_two({"tier": [{"rate": 100}]}, {"tier": [{"rate": 110}]})
    result = run(member(spells=TWENTY), policy=policy)
    assert [p.fen for p in result.paid[0].payments] == [100_00, 110_00, 110_00]
    standards = result.paid[0].verdicts[0].standards
    assert [standard.fen for _, standard in sorted(standards.items())] == [100_00, 110_00, 110_00]


def test_whoever_is_below_the_tiers_of_one_amount_is_paid_by_the_next() -> None:
    policy = of_two({"tier": [{"at_least": 30, "rate": 100}]}, {"tier": [{"at_least": 10, "rate": 110}]})
    result = run(member(spells=TWENTY), policy=policy)
    assert [(p.month % 12 + 1, p.fen) for p in result.paid[0].payments] == [(5, 110_00), (6, 110_00)]
    back = of_two({"tier": [{"at_least": 10, "rate": 100}]}, {"tier": [{"at_least": 30, "rate": 110}]})
    assert months_of(run(member(spells=TWENTY), policy=back)) == ["2026-04"]


@pytest.mark.parametrize(
    ("amount", "fields", "heading"),
    [
        ({"by": "column", "column": "已领养老金"}, {"pension": None}, "已领养老金"),
        ({"by": "years_since", "column": "入党日期"}, {"joined": None}, "入党日期"),
        (
            {"top_up": [{"clause": "补", "column": "地方定补标准", "per": "month", "blank": "set_aside"}]},
            {"local": None},
            "地方定补标准",
        ),
    ],
)
def test_a_blank_that_the_amount_goes_by_is_asked_for(
    amount: dict[str, Any], fields: dict[str, Any], heading: str
) -> None:
    policy = cadre(amount={"clause": "第五条", "tier": [{"rate": 100}], **amount})
    assert trouble(run(member(spells=TWENTY, **fields), policy=policy)) == (
        "subsidies.unclear",
        heading,
        f"村民1：“{heading}”未填，无法确定标准",
        "第五条",
        f"请补填“{heading}”。",
    )


def test_blanks_under_both_amounts_of_a_period_are_told_once_for_the_first() -> None:
    column = {"by": "column", "column": "已领养老金", "tier": [{"rate": 100}]}
    assert trouble(run(member(spells=TWENTY, pension=None), policy=of_two(column, column)))[1] == "已领养老金"


def test_years_since_a_day_change_in_the_month_after_the_anniversary() -> None:
    tiers = [{"below": 40, "rate": 60}, {"at_least": 40, "rate": 80}]
    policy = cadre(amount={"by": "years_since", "column": "入党日期", "tier": tiers})
    result = run(member(spells=TWENTY, joined="1986-04-30"), policy=policy)
    assert [(p.month % 12 + 1, p.fen) for p in result.paid[0].payments] == [
        (4, 60_00),
        (5, 80_00),
        (6, 80_00),
    ]


@pytest.mark.parametrize(
    ("amount", "fields", "label"),
    [
        ({"by": "age"}, {}, "书记 满50周岁不满90周岁"),
        ({"by": "years_since", "column": "入党日期"}, {"joined": "1966-01-01"}, "书记 满50年不满90年"),
        ({"by": "column", "column": "已领养老金"}, {"pension": 60_00}, "书记 满50元不满90元"),
    ],
)
def test_a_tier_says_what_its_edges_count(amount: dict[str, Any], fields: dict[str, Any], label: str) -> None:
    tiers = [{"below": 50, "rate": 1}, {"at_least": 50, "below": 90, "rate": 2}, {"at_least": 90, "rate": 3}]
    result = run(member(spells=TWENTY, **fields), policy=cadre(amount={**amount, "tier": tiers}))
    assert {standard.label for standard in result.paid[0].verdicts[0].standards.values()} == {label}


@pytest.mark.parametrize(
    ("kind", "value", "label"), [("percent", 0.6, "满50%以上"), ("count", 60, "满50以上")]
)
def test_a_tier_by_a_column_of_the_documents_own_says_what_its_edges_count(
    kind: str, value: Any, label: str
) -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["column"] = [{"heading": "本县列", "kind": kind}]
        edition["benefit"] = edition["benefit"][1:2]
        edition["exclusive"] = []
        tiers = [{"below": 50, "rate": 1}, {"at_least": 50, "rate": 2}]
        amount = {"clause": "例", "per": "month", "by": "column", "column": "本县列", "tier": tiers}
        edition["benefit"][0]["amount"] = [amount]

    result = run(member(hardship=True, more={"本县列": Fraction(str(value))}), policy=changed(change))
    assert {standard.label for standard in result.paid[0].verdicts[0].standards.values()} == {label}


def test_what_a_suspension_withholds_is_what_would_have_been_due() -> None:
    policy = cadre(amount={"by": "age", "tier": [{"below": 76, "rate": 50}, {"at_least": 76, "rate": 80}]})
    person = member(born="1950-05-31", spells=TWENTY, suspended_from="2026-04", suspended_to="2026-05")
    verdict = run(person, policy=policy).paid[0].verdicts[0]
    april, may, june = verdict.asked
    assert verdict.withheld == ((april, 50_00), (may, 50_00))
    assert verdict.due == {june: 80_00}
    kept = run(member(spells=TWENTY), policy=policy).paid[0].verdicts[0]
    assert kept.withheld == ()


def test_a_sum_that_fell_to_a_month_before_the_period_is_told_where_another_benefit_reaches_back() -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["exclusive"] = []
        edition["benefit"][0]["payable"].update(start="fulfilled", retroactive_limit=3)
        once = {"clause": "例", "per": "once", "by": "nothing", "tier": [{"rate": 800}]}
        edition["benefit"][1]["amount"] = [once]
        edition["benefit"][1]["payable"]["approval"] = "列入台账日期"

    person = member(spells=TWENTY, hardship=True, approved_on="2026-04-11", ledger_on="2026-02-10")
    result = run(person, policy=changed(change))
    assert [yuan_of(result, CADRE), yuan_of(result, HARDSHIP)] == [6 * 525, 0]
    said = [(clause.name, str(clause.said)) for clause in result.paid[0].refused()[HARDSHIP]]
    assert said == [("本期应发", "各条成立，但本期没有应发的月份")]


def test_a_suspension_stands_beside_all_other_clauses_and_several_after_one_another() -> None:
    def change(benefit: dict[str, Any]) -> None:
        again = {"name": "服刑", "clause": "丁条", "start": "判决日期", "end": "处分日期"}
        benefit["suspension"].append(again)

    def names(**fields: Any) -> list[str]:
        return [
            clause.name
            for clause in run(member(spells=TWENTY, **fields), policy=only(CADRE, change))
            .paid[0]
            .verdicts[0]
            .clauses
        ]

    plain, first, second = (
        names(),
        {"suspended_from": "2026-06"},
        {"sentence_on": "2026-05", "penalty_on": "2026-05"},
    )
    assert names(**first) == [*plain, "暂停发放"]
    assert names(**second) == [*plain, "服刑"]
    assert names(**first, **second) == [*plain, "暂停发放", "服刑"]


def test_people_alike_in_posts_and_service_share_what_is_worked_out_and_others_do_not() -> None:
    spells = (TWENTY, TWENTY, "1980-01…1989-12 主任", "1998-01…1999-12 书记", "1998-01…1999-12 书记")
    people = [member(number, spells=one) for number, one in enumerate(spells, 1)]
    policy = cadre(
        service={"ways": []}, amount={"tier": [{"at_least": 5, "rate": {"书记": 3, "主任": 2, "会计": 1}}]}
    )
    first, same, other, short, as_short = (one.verdicts[0] for one in run(*people, policy=policy).decisions)
    assert first.standards is same.standards
    assert first.due is same.due
    assert {standard.fen for standard in other.standards.values()} == {200}
    assert short.clauses[-1] is as_short.clauses[-1]
    assert (short.clauses[-1].name, short.due) == ("未达最低档", {})
