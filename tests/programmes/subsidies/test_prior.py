"""Beside the last period's result: what is made good, of which months, by which editions, to whom, and to whom not."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.entitlement.prior import by_month
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import Paid
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    Result,
    document,
    member,
    of_editions,
    only,
    paid_line,
    policies,
    result_of,
    run,
)
from tests.programmes.subsidies.test_properties import rosters

ACCOUNT = "10203040506070"


def at(text: str) -> int:
    return number(date.fromisoformat(f"{text}-01"))


def arrears(result: Result) -> dict[str, int]:
    """Yuan by month, of all who are paid."""
    found: dict[str, int] = {}
    for decision in result.paid:
        for payment in decision.payments:
            if payment.arrears:
                month = f"{payment.month // 12}-{payment.month % 12 + 1:02d}"
                found[month] = found.get(month, 0) + payment.fen // 100
    return dict(sorted(found.items()))


def of(
    lines: list[Paid],
    period: str = "2026Q1",
    policy: PolicyFile[Subsidies] | None = None,
    **more: Any,
) -> Roster[Paid]:
    return result_of(lines, Period.parse(period), policy or policies(), **more)


def editions(*effective: date, rates: tuple[int, ...] = ()) -> PolicyFile[Subsidies]:
    """The default rule for cadres in several editions; each pays a secretary of twenty years so many yuan."""
    made = []
    for i, day in enumerate(effective):
        edition = document()["edition"][0]
        edition["benefit"], edition["exclusive"] = edition["benefit"][:1], []
        edition["effective"] = day
        for tier in edition["benefit"][0]["amount"][0]["tier"] if rates else ():
            tier["rate"] = rates[i]
        made.append(edition)
    return of_editions(*made)


# ---------------------------------------------------------------- months


@pytest.mark.parametrize(
    ("before", "period", "months"),
    [
        ("2026-06", "2026Q3", ["2026-06"]),
        ("2026Q2", "2026Q3", ["2026-04", "2026-05", "2026-06"]),
        ("2026H1", "2026Q3", [f"2026-0{n}" for n in range(1, 7)]),
        ("2026H1", "2026-07", [f"2026-0{n}" for n in range(1, 7)]),
        ("2025", "2026-01", [f"2025-{n:02d}" for n in range(1, 13)]),
        ("2026-03", "2026Q2", ["2026-03"]),
    ],
)
def test_what_is_made_good_are_the_months_of_the_results_own_period_whatever_its_length(
    before: str, period: str, months: list[str]
) -> None:
    result = run(member(spells=TWENTY), period=period, previous=of([], before))
    assert arrears(result) == dict.fromkeys(months, 525)
    who = member(spells=TWENTY)
    shown = [paid_line(who, CADRE, "、".join(months), 52_500 * len(months))]
    assert arrears(run(who, period=period, previous=of(shown, before))) == {}


def test_months_that_the_last_period_itself_made_good_are_no_months_of_it() -> None:
    who = member(spells=TWENTY)
    result = run(who, previous=of([paid_line(who, CADRE, "2025-11至2026-02", 4 * 52_500)]))
    assert arrears(result) == {"2026-03": 525}
    assert result.paid[0].prior == {CADRE: {at(f"2026-0{n}"): 52_500 for n in (1, 2, 3)}}


# ---------------------------------------------------------------- sums


def test_a_month_that_was_paid_less_than_was_due_is_made_good_by_the_rest() -> None:
    who = member(spells=TWENTY)
    assert arrears(run(who, previous=of([paid_line(who, CADRE, "2026-01至2026-03", 3 * 40_000)]))) == {
        "2026-01": 125,
        "2026-02": 125,
        "2026-03": 125,
    }


def test_sums_that_differ_by_month_are_taken_from_the_remarks() -> None:
    who = member(spells=TWENTY)
    said = "2026-01 每月525.00元；2026-02至2026-03 每月400.00元；由其子代领 每月1.00元"
    line = paid_line(who, CADRE, "2026-01至2026-03", 132_500, remarks=said)
    assert by_month(line) == {at("2026-01"): 52_500, at("2026-02"): 40_000, at("2026-03"): 40_000}
    assert arrears(run(who, previous=of([line]))) == {"2026-02": 125, "2026-03": 125}


def test_sums_in_remarks_are_read_to_the_fen_and_only_where_they_are_those_of_the_line() -> None:
    who, said = member(spells=TWENTY), "2026-01 每月525.05元；2026-02 每月400.50元"
    told = {at("2026-01"): 525_05, at("2026-02"): 400_50}
    assert by_month(paid_line(who, CADRE, "2026-01至2026-02", 925_55, remarks=said)) == told
    more = f"{said}；由其子代领；从本月起每月另计"
    assert by_month(paid_line(who, CADRE, "2026-01至2026-02", 925_55, remarks=more)) == told
    alike = dict.fromkeys(told, 462_50)
    assert by_month(paid_line(who, CADRE, "2026-01至2026-02", 925_00, remarks=said)) == alike
    assert (
        by_month(paid_line(who, CADRE, "2026-01至2026-02", 925_00, remarks="2026-01 每月925.00元")) == alike
    )


def test_what_was_paid_too_much_in_one_month_is_not_kept_back_from_another() -> None:
    who = member(spells=TWENTY)
    line = paid_line(
        who, CADRE, "2026-01至2026-02", 152_500, remarks="2026-01 每月1000.00元；2026-02 每月525.00元"
    )
    assert arrears(run(who, previous=of([line]))) == {"2026-03": 525}


@pytest.mark.parametrize(
    ("months", "fen", "remarks"),
    [
        ("", 52_500, ""),
        ("一季度", 52_500, ""),
        ("2026-01至2026-03", 100, ""),
        ("2026-01至2026-03", 100, "2026-01 每月1.00元"),
    ],
)
def test_a_line_whose_sum_cannot_be_told_by_month_stops_the_run(months: str, fen: int, remarks: str) -> None:
    who = member(spells=TWENTY)
    with pytest.raises(UserError, match="看不懂，或和本期金额对不上"):
        run(who, previous=of([paid_line(who, CADRE, months, fen, remarks=remarks)]))


def test_what_an_approval_makes_good_is_not_paid_where_the_last_result_shows_it_paid() -> None:
    def reach(benefit: dict[str, Any]) -> None:
        benefit["payable"].update(start="fulfilled", retroactive_limit=3)

    who = member(spells=TWENTY, approved_on="2026-05-11")
    policy = only(CADRE, reach)
    alone = run(who, policy=policy)
    assert arrears(alone) == {"2026-02": 525, "2026-03": 525}
    line = paid_line(
        who, CADRE, "2026-02至2026-03", 52_500 + 20_000, remarks="2026-02 每月525.00元；2026-03 每月200.00元"
    )
    assert arrears(run(who, policy=policy, previous=of([line], policy=policy))) == {"2026-03": 325}


def test_a_benefit_that_has_ended_is_still_made_good_and_has_its_page() -> None:
    policy = editions(date(2012, 1, 1), date(2026, 4, 1))
    data = [edition.model_copy() for edition in policy.editions]
    other = document()["edition"][0] | {"effective": date(2026, 4, 1)}
    other["benefit"] = [b for b in other["benefit"] if b["name"] == HARDSHIP]
    other["exclusive"] = []
    file = PolicyFile("试.toml", "0" * 64, (data[0], *of_editions(other).editions))
    result = run(member(spells=TWENTY), policy=file, previous=of([], policy=file))
    assert arrears(result) == {f"2026-0{n}": 525 for n in (1, 2, 3)}
    assert [benefit.name for benefit in result.benefits] == [HARDSHIP, CADRE]
    assert [line.fen for line in result.lines[CADRE]] == [3 * 52_500]


def test_a_date_that_has_become_vague_since_and_bears_on_the_last_period_is_a_doubt_whatever_is_left_of_it() -> (
    None
):
    who = member(spells="1980-01…2025 书记")
    lines = [paid_line(who, CADRE, "2025-07至2025-12", 6 * 52_500)]
    result = run(who, period="2026Q1", previous=of(lines, "2025H2"))
    assert (result.fen, result.set_aside) == (0, 1)
    (told,) = [one.message for one in result.findings if one.code == "subsidies.vague-date"]
    assert told.endswith("本期金额因此可能是 都是 1575.00 元，但上期应发的不同")
    assert run(who, period="2026Q1").fen == 3 * 52_500


# ---------------------------------------------------------------- editions


OLD, NEW = date(2012, 1, 1), date(2026, 2, 1)


def test_a_due_that_rose_through_a_later_edition_is_told_and_not_paid() -> None:
    policy, who = editions(OLD, NEW, rates=(500, 600)), member(spells=TWENTY)
    shown = [paid_line(who, CADRE, "2026-01至2026-03", 150_000)]
    result = run(who, policy=policy, previous=of(shown, policy=policy, known=[str(OLD)]))
    assert arrears(result) == {}
    (risen,) = [one for one in result.findings if one.code == "subsidies.risen"]
    assert "1 人那一期的应发多出 200.00 元" in risen.message
    assert "ledger" in risen.mend
    known = run(who, policy=policy, previous=of(shown, policy=policy))
    assert arrears(known) == {"2026-02": 100, "2026-03": 100}
    assert not [one for one in known.findings if one.code == "subsidies.risen"]


def test_a_month_that_is_not_shown_is_made_good_by_the_edition_known_then() -> None:
    policy, who = editions(OLD, NEW, rates=(500, 600)), member(spells=TWENTY)
    shown = [paid_line(who, CADRE, "2026-01至2026-02", 100_000)]
    result = run(who, policy=policy, previous=of(shown, policy=policy, known=[str(OLD)]))
    assert arrears(result) == {"2026-03": 500}


def test_an_edition_that_pays_less_and_was_added_since_takes_nothing_from_arrears() -> None:
    policy, who = editions(OLD, NEW, rates=(500, 300)), member(spells=TWENTY)
    result = run(who, policy=policy, previous=of([], policy=policy, known=[str(OLD)]))
    assert arrears(result) == {"2026-01": 500, "2026-02": 500, "2026-03": 500}


def test_of_an_edition_whose_text_has_changed_a_month_that_is_shown_was_paid_as_it_was_due() -> None:
    made = editions(OLD, rates=(600,))
    policy = PolicyFile("试.toml", "1" * 64, made.editions, {str(OLD): "new"})
    who = member(spells=TWENTY)
    shown = [paid_line(who, CADRE, "2026-01至2026-02", 100_000)]
    result = run(who, policy=policy, previous=of(shown, policy=policy, known=[str(OLD)]))
    assert arrears(result) == {"2026-03": 600}
    assert "多出 200.00 元" in next(one.message for one in result.findings if one.code == "subsidies.risen")


def test_where_no_edition_of_then_is_left_nothing_is_made_good() -> None:
    policy = editions(OLD, rates=(500,))
    result = run(member(spells=TWENTY), policy=policy, previous=of([], policy=policy, known=["2018-07-01"]))
    assert arrears(result) == {"2026-01": 500, "2026-02": 500, "2026-03": 500}  # 2012 was superseded then
    later = run(member(spells=TWENTY), policy=policy, previous=of([], policy=policy, known=["2009-01-01"]))
    assert arrears(later) == {}
    assert "多出 1500.00 元" in next(one.message for one in later.findings if one.code == "subsidies.risen")


def test_what_only_an_edition_of_then_cannot_make_out_is_told_and_not_made_good() -> None:
    policy, strict = editions(OLD, date(2026, 4, 1)), document()["edition"][0]
    more = {
        "name": "书面同意",
        "clause": "第九条",
        "column": "户口性质",
        "accept": ["农村"],
        "blank": "set_aside",
    }
    strict["benefit"], strict["exclusive"] = strict["benefit"][:1], []
    strict["benefit"][0]["condition"].append(more)
    file = PolicyFile("试.toml", "0" * 64, (*of_editions(strict).editions, policy.editions[1]))
    result = run(member(spells=TWENTY, rural=""), policy=file, previous=of([], policy=file))
    assert (arrears(result), result.fen, result.set_aside) == ({}, 3 * 52_500, 0)
    (told,) = [one for one in result.findings if "按上期的政策认定不了" in one.message]
    assert (told.severity, told.place.heading) == (Severity.WARNING, "户口性质")


# ---------------------------------------------------------------- people


def made_good(result: Result) -> list[str]:
    return [one.message for one in result.findings if one.code == "subsidies.made-good"]


def test_whoever_is_made_good_is_named_with_the_reason() -> None:
    who, other = member(spells=TWENTY), member(2, spells=TWENTY)
    refused = {"序号": 1, "姓名": who.name, "身份证号": who.identity, "补贴项目": CADRE}
    doubted = {"序号": 1, "级别": "错误", "说明": f"{who.name}：银行账号还写在别人名下"}
    warned = doubted | {"级别": "警告"}
    beside = doubted | {"姓名": who.name, "说明": "银行账号还写在别人名下"}
    cases: list[tuple[dict[str, Any], list[Paid], str]] = [
        ({}, [], "上期名册没有"),
        ({}, [paid_line(other, CADRE, "2026-01至2026-03", 157_500)], "上期名册没有"),
        ({"疑点": [warned]}, [], "上期名册没有"),
        ({"疑点": [doubted]}, [], "上期待核实（上期.xlsx 疑点 第4行）"),
        ({"疑点": [beside]}, [], "上期待核实（上期.xlsx 疑点 第4行）"),
        ({"疑点": [beside | {"姓名": other.name}]}, [], "上期名册没有"),
        ({"不予发放名单": [refused]}, [], "上期不予发放（上期.xlsx 不予发放名单 第4行）"),
        ({"不予发放名单": [refused | {"补贴项目": HARDSHIP}]}, [], "上期没有发这一项"),
        ({}, [paid_line(who, CADRE, "2026-01", 52_500)], "上期没有发足"),
    ]
    for pages, lines, why in cases:
        result = run(who, previous=of(lines, pages=pages))
        (message,) = made_good(result)
        assert message.endswith(f"元：{why}"), message
        assert f"补发{CADRE} 2026-0" in message
        assert str(result.paid[0].notes[CADRE][0]) == f"补发：{why}（第一条）"


# ---------------------------------------------------------------- whatever the last result shows


@st.composite
def shown(draw: st.DrawFn, people: list[Any], months: range) -> list[Paid]:
    """Lines of a last period: some people, some months, some sums, some that were not due."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    lines = []
    for who in {one.identity: one for one in people}.values():
        for benefit in (CADRE, HARDSHIP):
            own = sorted(dice.sample(range(months.start - 2, months.stop), dice.randint(1, len(months))))
            if dice.random() < 0.6:
                fen = {month: dice.choice([100, 5_000, 48_500, 52_500, 60_000]) for month in own}
                told = "；".join(f"{months_text([m])} 每月{f // 100}.{f % 100:02d}元" for m, f in fen.items())
                text = months_text(own)
                lines.append(paid_line(who, benefit, text, sum(fen.values()), remarks=told))
    return lines


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_month_outside_is_paid_and_no_month_is_paid_more_than_is_due(data: st.DataObject) -> None:
    people = data.draw(rosters())
    before = Period.parse(data.draw(st.sampled_from(["2026-03", "2026Q1", "2025Q4", "2025"])))
    start = before.start.plus(before.months)
    period = data.draw(st.sampled_from([Period(start, 1), Period(start, 3)]))
    months = range(number(before.first), number(before.first) + before.months)
    lines = data.draw(shown(people, months))
    later = data.draw(st.booleans())
    policy = editions(OLD, date(2025, 6, 1), rates=(500, 600)) if later else policies()
    known = [str(OLD)] if later else None
    result = run(
        *people, period=str(period), policy=policy, previous=of(lines, str(before), policy, known=known)
    )
    alone = editions(OLD, rates=(500,)) if later else policies()
    due = {
        (d.record.identity, p.benefit, p.month): p.fen
        for d in run(*people, period=str(before), policy=alone).paid
        for p in d.payments
    }
    paid: dict[tuple[str, str, int], int] = {}
    for line in lines:
        for month, fen in by_month(line).items():
            paid[line.identity, line.benefit, month] = fen
    own = range(period.start, period.start + period.months)
    for decision in result.paid:
        for payment in decision.payments:
            assert payment.month in months or payment.month in own
            assert payment.arrears == (payment.month in months)
            key = decision.record.identity, payment.benefit, payment.month
            if payment.arrears and key in due:
                assert paid.get(key, 0) + payment.fen == due[key]
