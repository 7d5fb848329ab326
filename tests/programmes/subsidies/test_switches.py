"""Each switch of a policy on both sides of its boundary, where the worked cases do not already stand on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.payroll import summary
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    cadre,
    changed,
    codes,
    member,
    months_of,
    only,
    refused,
    run,
    yuan_of,
)

THREE = {"since": date(1949, 10, 1), "months": 36}
FIVE = {"since": date(2018, 7, 1), "months": 60}
PER_UNIT = {"tier": [{"at_least": 0, "each": 10}]}
"""Ten yuan for each year or term: the amount tells how many were counted."""


def paid(
    spells: str, *, month: str = "2026-04", amount: Any = None, born: str = "1940-01-01", **service: Any
) -> Decimal:
    policy = cadre(service={"ways": [], **service}, amount=amount or PER_UNIT)
    return yuan_of(run(member(born=born, spells=spells), period=month, policy=policy))


@pytest.mark.parametrize(
    ("end", "rounding", "yuan"),
    [
        ("1998-11", {"rounding": "full_years"}, 80),
        ("1998-12", {"rounding": "full_years"}, 90),
        ("1998-05", {"rounding": "half_up", "half_up_from": 6}, 80),
        ("1998-06", {"rounding": "half_up", "half_up_from": 6}, 90),
        ("1998-06", {"rounding": "half_up", "half_up_from": 7}, 80),
        ("1998-05", {"rounding": "full_years", "step_months": 6}, 80),
        ("1998-06", {"rounding": "full_years", "step_months": 6}, 85),
        ("1998-06", {"rounding": "half_up", "half_up_from": 1, "step_months": 6}, 85),
        ("1998-07", {"rounding": "half_up", "half_up_from": 1, "step_months": 6}, 90),
        ("1998-01", {"rounding": "half_up", "half_up_from": 1}, 90),
        ("1997-12", {"rounding": "half_up", "half_up_from": 1}, 80),
        ("1998-05", {"rounding": "pro_rata"}, "84.166"),
        ("1998-06", {"rounding": "pro_rata"}, 85),
        ("1998-12", {"rounding": "year_difference"}, 80),
        ("1999-01", {"rounding": "year_difference"}, 90),
    ],
)
def test_what_is_left_over_of_a_year(end: str, rounding: dict[str, Any], yuan: Any) -> None:
    fine = {**PER_UNIT, "round": "down"}
    found = paid(f"1990-01…{end} 书记", amount=fine, **rounding)
    assert found == Decimal(str(yuan)).quantize(Decimal("0.01"), "ROUND_DOWN")


def test_half_years_are_told_as_such() -> None:
    half_years = cadre(service={"ways": [], "rounding": "full_years", "step_months": 6}, amount=PER_UNIT)
    (decision,) = run(member(born="1940-01-01", spells="1990-01…1998-08 书记"), policy=half_years).paid
    length = decision.verdicts[0].length
    assert length
    assert (length.rounded, str(length.steps[-1])) == ("8.5 年", "认定年限：⌊104 ÷ 6⌋ × 6 ÷ 12 = 8.5 年")


@pytest.mark.parametrize(
    ("service", "complaint"),
    [
        ({"step_months": 5}, "应能整除 12"),
        ({"rounding": "half_up", "half_up_from": 7, "step_months": 6}, "half_up_from 不大于它"),
        ({"rounding": "pro_rata", "step_months": 6}, "step_months 只用于"),
    ],
)
def test_steps_that_no_year_is_made_of_are_refused(service: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        cadre(service=service)


@pytest.mark.parametrize(
    ("spells", "terms", "parts", "count"),
    [
        ("1990-01…1998-11 书记", [THREE], "join", 2),
        ("1990-01…1998-12 书记", [THREE], "join", 3),
        ("2015-07…2023-05 书记", [THREE, FIVE], "join", 1),
        ("2015-07…2023-06 书记", [THREE, FIVE], "join", 2),
        ("2016-07…2020-01 书记", [THREE, FIVE], "join", 0),
        ("2016-07…2020-02 书记", [THREE, FIVE], "join", 1),
        ("2016-07…2020-02 书记", [THREE, FIVE], "apart", 0),
        ("2018-07…2023-05 书记", [THREE, FIVE], "apart", 0),
        ("2018-07…2023-06 书记", [THREE, FIVE], "apart", 1),
    ],
)
def test_terms_of_three_years_then_five(spells: str, terms: list[Any], parts: str, count: int) -> None:
    assert paid(spells, rounding="terms", terms=terms, parts_of_terms=parts) == 10 * count


@pytest.mark.parametrize(("end", "years"), [("1995-11", 9), ("1995-12", 10)])
def test_years_as_a_deputy_count_half_for_the_higher_post(end: str, years: int) -> None:
    posts = [{"name": "书记"}, {"name": "主任"}, {"name": "会计", "discount": "1/2"}]
    spells = f"1980-01…1983-12 书记; 1984-01…{end} 会计"
    assert paid(spells, posts=posts, rate_post="highest") == 10 * years


@pytest.mark.parametrize(
    ("older", "yuan"),
    [
        ("大队书记", 525),
        ("村党组织书记", 525),
        ("革委会主任", 505),
        ("高级社社长", 505),
        ("大队长", 505),
        ("文书", 485),
        ("大队会计", 485),
    ],
)
def test_older_names_of_the_posts_count(older: str, yuan: int) -> None:
    assert yuan_of(run(member(spells=TWENTY.replace("书记", older)), period="2026-04")) == yuan


@pytest.mark.parametrize("word", ["撤职", "罢免", "未经批准离职", "考录", "提拔"])
def test_who_was_hired_removed_or_left_without_leave_is_excluded(word: str) -> None:
    assert refused(run(member(spells=TWENTY, reason=word))) == ["正常离任"]


@pytest.mark.parametrize(
    ("sentence", "ok"),
    [("管制", True), ("罚金", True), ("拘役", False), ("有期徒刑", False), ("缓刑", False)],
)
def test_a_sentence_lighter_than_detention_does_not_exclude(sentence: str, ok: bool) -> None:
    assert bool(run(member(spells=TWENTY, sentence=sentence)).paid) is ok


def test_days_do_not_matter_where_both_end_months_count() -> None:
    assert paid("1990-01-31…1999-12-01 书记") == paid("1990-01-01…1999-12-31 书记") == 100


@pytest.mark.parametrize(("start", "yuan"), [("1990-07", 100), ("1990-08", 50)])
def test_a_gap_longer_than_the_bridge_breaks_the_stretch(start: str, yuan: int) -> None:
    """1985-01…1989-12 and five years more: six months between them are bridged, seven are not."""
    end = {"1990-07": "1995-06", "1990-08": "1995-07"}[start]
    spells = f"1985-01…1989-12 书记; {start}…{end} 书记"
    assert paid(spells, accumulate="longest", gap_months=6) == yuan


@pytest.mark.parametrize(
    ("sex", "born", "first"), [("男", "1966-03-15", "2026-04"), ("女", "1971-03-15", "2026-04")]
)
def test_men_at_sixty_and_women_at_fifty_five(sex: str, born: str, first: str) -> None:
    person = member(born=born, sex=sex, spells="1985-01…2004-12 书记")
    assert months_of(run(person, period="2026H1"))[0] == first
    younger = member(born=born.replace("03", "06"), sex=sex, spells=TWENTY)
    assert refused(run(younger, period="2026H1")) == [f"年满{60 if sex == '男' else 55}周岁"]


@pytest.mark.parametrize(("born", "months"), [("1966-12-31", 12), ("1967-01-01", 0)])
def test_the_difference_of_years_holds_all_year_or_not_at_all(born: str, months: int) -> None:
    policy = cadre(age={"mode": "year_difference"})
    assert len(months_of(run(member(born=born, spells=TWENTY), period="2026", policy=policy))) == months


EVENTS = [
    {"penalty": "留党察看", "penalty_on": "2026-05-20"},
    {"sentence": "拘役", "sentence_on": "2026-05-01"},
    {"employed": True, "employed_on": "2026-05-31"},
    {"household": "迁出", "moved_on": "2026-05-20"},
    {"moved_on": "2026-05-20"},
    {"health": "死亡", "died_on": "2026-05-20"},
    {"died_on": "2026-05-01"},
]


@pytest.mark.parametrize("fields", EVENTS, ids=lambda fields: "-".join(fields))
def test_the_month_of_what_ends_it_is_paid_and_the_next_is_not(fields: dict[str, Any]) -> None:
    person = member(spells=TWENTY, **fields)
    assert months_of(run(person)) == ["2026-04", "2026-05"]
    assert not run(person, period="2026Q3").paid


@pytest.mark.parametrize("fields", EVENTS[:4], ids=lambda fields: "-".join(fields))
@pytest.mark.parametrize(
    ("stop", "last"), [("month_of", "2026-04"), ("next_quarter", "2026-06"), ("next_year", "2026-12")]
)
def test_other_documents_stop_it_sooner_or_later(fields: dict[str, Any], stop: str, last: str) -> None:
    def change(benefit: dict[str, Any]) -> None:
        for condition in benefit["condition"]:
            if "stop" in condition:
                condition["stop"] = stop

    assert (
        months_of(run(member(spells=TWENTY, **fields), period="2026", policy=only(CADRE, change)))[-1] == last
    )


@pytest.mark.parametrize(
    ("leaving", "first"),
    [("month_of", "2026-04"), ("month_after", "2026-05"), ("next_quarter", "2026-07"), ("next_year", None)],
)
def test_when_having_left_has_effect(leaving: str, first: str | None) -> None:
    person = member(spells="1990-01…2026-04 书记")
    assert months_of(run(person, period="2026", policy=cadre(service={"leaving": leaving})))[:1] == (
        [first] if first else []
    )


@pytest.mark.parametrize(("end", "ok"), [("2008-12", True), ("2009-01", False)])
def test_only_those_who_left_before_a_day(end: str, ok: bool) -> None:
    policy = cadre(service={"left_before": date(2009, 1, 1)})
    assert bool(run(member(spells=f"1980-01…{end} 书记"), policy=policy).paid) is ok


def test_those_who_still_serve_are_paid_where_the_document_says_so() -> None:
    person = member(spells="2016-05… 书记")
    policy = cadre(service={"leaving": "not_required", "ways": []})
    assert months_of(run(person, policy=policy)) == ["2026-04", "2026-05", "2026-06"]
    assert refused(run(person)) == ["已离任"]


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ({"tier": [{"at_least": 10, "rate": 119}], "minimum": 120}, 120),
        ({"tier": [{"at_least": 10, "rate": 120}], "minimum": 120}, 120),
        ({"tier": [{"at_least": 10, "rate": 121}], "minimum": 120}, 121),
        ({"tier": [{"at_least": 10, "rate": 79}], "cap": 80}, 79),
        ({"tier": [{"at_least": 10, "rate": 81}], "cap": 80}, 80),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 5, "after": 10, "cap": 150}]}, 150),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 5, "after": 10, "cap": 151}]}, 150),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 20, "every": 5, "after": 10}]}, 140),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 20, "every": 11, "after": 10}]}, 100),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 20, "every": 10, "after": 10}]}, 120),
    ],
)
def test_twenty_years_under_minimum_cap_and_steps(amount: dict[str, Any], yuan: int) -> None:
    assert paid(TWENTY, amount=amount) == yuan


@pytest.mark.parametrize(
    ("figures", "rate", "yuan"), [("multiple", "1/2", 500), ("multiple", 2, 2000), ("percent", 25, 250)]
)
def test_multiples_and_percentages_of_a_base(figures: str, rate: Any, yuan: int) -> None:
    def change(edition: dict[str, Any]) -> None:
        values = [
            {"effective": date(2012, 1, 1), "amount": 900},
            {"effective": date(2026, 5, 1), "amount": 1000},
        ]
        edition["base"] = [{"name": "收入", "clause": "例", "values": values}]
        own = {"figures": figures, "base": "收入", "tier": [{"at_least": 10, "rate": rate}]}
        edition["benefit"][0]["amount"][0].update(own)

    policy, person = changed(change), member(spells=TWENTY)
    assert yuan_of(run(person, period="2026-05", policy=policy)) == yuan
    assert yuan_of(run(person, period="2026-04", policy=policy)) == Decimal(yuan) * 9 / 10


@pytest.mark.parametrize(
    ("period", "since"),
    [("2026-05", []), ("2026-06", []), ("2026-07", ["2025-06-01"]), ("2027Q1", ["2025-06-01"])],
)
def test_a_figure_of_a_base_that_is_older_than_a_year_is_noted(period: str, since: list[str]) -> None:
    def change(edition: dict[str, Any]) -> None:
        values = [{"effective": date(2025, month, 1), "amount": 900 + month} for month in (1, 6)]
        edition["base"] = [{"name": "收入", "clause": "第八条", "values": values}]
        own = {"figures": "percent", "base": "收入", "tier": [{"at_least": 10, "rate": 10}], "round": "up"}
        edition["benefit"][0]["amount"][0].update(own)

    result = run(member(spells=TWENTY), period=period, policy=changed(change))
    notes = [found for found in result.findings if found.code == "subsidies.old-base"]
    assert [(n.severity, n.message, n.basis) for n in notes] == [
        (Severity.NOTE, f"基数“收入”用的还是 {day} 起的 906 元", "第八条") for day in since
    ]


@pytest.mark.parametrize(
    ("effective", "yuan"), [(date(2026, 5, 1), [100, 110, 110]), (date(2026, 5, 2), [100, 100, 110])]
)
def test_an_index_has_effect_from_the_first_whole_month(effective: date, yuan: list[int]) -> None:
    index = [{"clause": "例", "effective": effective, "percent": 10}]
    policy = cadre(amount={"tier": [{"at_least": 10, "rate": 100}], "index": index})
    result = run(member(spells=TWENTY), policy=policy)
    assert [p.fen for p in sorted(result.paid[0].payments)] == [100 * y for y in yuan]


def test_a_supplement_for_age_begins_in_the_month_after_the_birthday() -> None:
    more = [{"name": "高龄", "clause": "例", "rate": 30, "age_at_least": 80}]
    policy = cadre(amount={"tier": [{"at_least": 10, "rate": 100}], "supplement": more})
    result = run(member(born="1946-04-30", spells=TWENTY), policy=policy)
    assert [p.fen for p in sorted(result.paid[0].payments)] == [10_000, 13_000, 13_000]


@pytest.mark.parametrize(("times", "yuan"), [(None, 100), (0, 100), (1, 110), (4, 140), (5, 145), (9, 145)])
def test_a_supplement_for_each_honour_up_to_a_limit(times: int | None, yuan: int) -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["column"] = [{"heading": "表彰次数", "kind": "count"}]
        more = [{"name": "表彰", "clause": "例", "rate": 10, "times_column": "表彰次数", "most": 45}]
        edition["benefit"][0]["amount"][0].update(tier=[{"at_least": 10, "rate": 100}], supplement=more)

    person = member(spells=TWENTY, more={"表彰次数": times})
    assert yuan_of(run(person, period="2026-04", policy=changed(change))) == yuan


@pytest.mark.parametrize(("limit", "first"), [(0, "2026-05"), (1, "2026-04"), (2, "2026-03"), (3, "2026-03")])
def test_months_before_the_approval_are_made_good_up_to_the_limit_and_not_before_the_right(
    limit: int, first: str
) -> None:
    person = member(born="1966-02-10", spells=TWENTY, approved_on="2026-05-11")
    policy = cadre(payable={"start": "fulfilled", "retroactive_limit": limit})
    assert months_of(run(person, policy=policy))[0] == first


@pytest.mark.parametrize(
    ("blank", "outcome"), [("accept", (1, 0)), ("refuse", (0, 0)), ("set_aside", (0, 1))]
)
def test_those_who_are_not_approved(blank: str, outcome: tuple[int, int]) -> None:
    result = run(member(spells=TWENTY), policy=cadre(payable={"unapproved": blank}))
    assert (len(result.paid), result.set_aside) == outcome


def test_the_month_after_the_approval() -> None:
    later = [{"name": "审批次月", "clause": "例", "column": "审批日期", "first": "month_after"}]
    person = member(spells=TWENTY, approved_on="2026-05-31")
    assert months_of(run(person, policy=cadre(payable={"events": later}))) == ["2026-06"]
    assert months_of(run(person)) == ["2026-05", "2026-06"]


@pytest.mark.parametrize(
    ("first", "resume", "months"),
    [
        ("month_of", "month_after", ["2026-01", "2026-06"]),
        ("month_after", "month_after", ["2026-01", "2026-02", "2026-06"]),
        ("month_of", "month_of", ["2026-01", "2026-05", "2026-06"]),
        ("next_quarter", "next_quarter", ["2026-01", "2026-02", "2026-03"]),
    ],
)
def test_from_when_a_suspension_runs_and_when_it_is_over(first: str, resume: str, months: list[str]) -> None:
    def change(benefit: dict[str, Any]) -> None:
        benefit["suspension"][0].update(first=first, resume=resume)

    person = member(spells=TWENTY, suspended_from="2026-02-10", suspended_to="2026-05-03")
    assert months_of(run(person, period="2026H1", policy=only(CADRE, change))) == months


def test_what_a_suspension_withholds_is_told_and_the_line_adds_up() -> None:
    person = member(spells=TWENTY, suspended_from="2026-04-10", suspended_to="2026-05-03")
    line = run(person).lines[CADRE][0]
    assert (line.months, line.withheld, line.fen) == (3, 2 * 52_500, 52_500)
    assert 52_500 * line.months + line.arrears - line.withheld == line.fen


def test_a_sum_that_is_paid_once_waits_for_the_end_of_a_suspension() -> None:
    once = cadre(amount={"per": "once", "tier": [{"at_least": 10, "rate": 800}]})
    person = member(born="1966-01-10", spells=TWENTY, suspended_from="2026-02", suspended_to="2026-04")
    assert months_of(run(person, period="2026H1", policy=once)) == ["2026-05"]
    free = structs.replace(person, suspended_from=None, suspended_to=None)
    assert months_of(run(free, period="2026H1", policy=once)) == ["2026-02"]


@pytest.mark.parametrize(
    ("income", "veteran", "outcome"),
    [
        (143_999, None, (1, 0)),
        (144_000, None, (0, 0)),
        (144_000, True, (1, 0)),
        (None, True, (1, 0)),
        (None, None, (0, 1)),
        (144_000, False, (0, 0)),
    ],
)
def test_one_of_several_conditions_is_enough(
    income: int | None, veteran: bool | None, outcome: tuple[int, int]
) -> None:
    def change(benefit: dict[str, Any]) -> None:
        same = {"clause": "第一条", "either": "困难情形"}
        benefit["condition"] += [
            {"name": "收入", "column": "家庭年人均收入", "below": 1440, "blank": "set_aside", **same},
            {"name": "优抚", "column": "优抚对象", "must_be": True, "blank": "refuse", **same},
        ]

    result = run(member(hardship=True, income=income, veteran=veteran), policy=only(HARDSHIP, change))
    assert (len(result.paid), result.set_aside) == outcome
    if result.refused:
        clause = result.refused[0].refused()[HARDSHIP][0]
        assert (clause.name, clause.columns) == ("困难情形", ("income", "veteran"))
        assert "家庭年人均收入 1440，应为 1440 以下" in str(clause.said)


@pytest.mark.parametrize(
    ("either", "complaint"),
    [
        ({"either": "困难"}, "只有一条"),
        ({"either": "困难", "stop": "month_after", "since": "死亡日期"}, "不能再写 stop"),
    ],
)
def test_an_either_that_cannot_be_is_refused(either: dict[str, Any], complaint: str) -> None:
    test = {"name": "优抚", "clause": "例", "column": "优抚对象", "must_be": True, **either}
    with pytest.raises(ValueError, match=complaint):
        only(HARDSHIP, lambda benefit: benefit["condition"].append(test))


@pytest.mark.parametrize(
    ("rounding", "complaint"),
    [
        ({"round_at": ["end"]}, "就要写 round（怎样取整）"),
        ({"round": "up", "round_at": ["index"]}, "要有 index（上调）"),
        ({"round": "up", "round_at": ["before_top_up", "end"]}, "top_up（补差）"),
    ],
)
def test_rounding_after_a_step_that_is_not_there_is_refused(rounding: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        only(CADRE, lambda benefit: benefit["amount"][0].update(rounding))


def set_off(amount: Callable[[dict[str, Any]], object] = lambda block: None) -> PolicyFile[Subsidies]:
    def change(benefit: dict[str, Any]) -> None:
        block = benefit["amount"][0]
        block["set_off"] = [{"name": "一次性补助", "clause": "第六条", "column": "已领养老金"}]
        amount(block)

    return only(CADRE, change)


@pytest.mark.parametrize(
    ("received", "paid_fen"),
    [
        (0, [52_500] * 3),
        (52_499, [1, 52_500, 52_500]),
        (52_500, [52_500, 52_500]),
        (157_500, []),
        (157_501, []),
    ],
)
def test_what_was_received_before_is_set_off_from_the_first_month_on(
    received: int, paid_fen: list[int]
) -> None:
    person = member(born="1966-03-15", spells=TWENTY, pension=received)
    result = run(person, policy=set_off())
    assert [p.fen for d in result.paid for p in sorted(d.payments)] == paid_fen
    if not paid_fen:
        assert refused(result) == ["本期应发"]
    else:
        line = result.lines[CADRE][0]
        assert 52_500 * line.months - line.withheld == line.fen


def test_setting_off_does_not_depend_on_how_the_time_is_cut() -> None:
    person = member(born="1966-03-15", spells=TWENTY, pension=200_000)
    whole = run(person, period="2026", policy=set_off()).fen
    assert whole == 9 * 52_500 - 200_000
    for kind, parts in (("Q", range(1, 5)), ("-", range(1, 13))):
        periods = [f"2026Q{n}" if kind == "Q" else f"2026-{n:02d}" for n in parts]
        assert sum(run(person, period=p, policy=set_off()).fen for p in periods) == whole
    assert run(person, period="2027Q1", policy=set_off()).fen == 3 * 52_500


def test_a_sum_to_be_set_off_or_topped_up_that_cannot_be_read_sets_the_row_aside() -> None:
    for policy in (set_off(), "city-topup"):
        person = member(spells=TWENTY, pension=None)
        cells = list(person.row.cells)
        cells[person.row.source.columns["pension"][0] - 1] = "约600元"
        person = structs.replace(person, row=replace(person.row, cells=tuple(cells), unread=("pension",)))
        assert "subsidies.unread" in codes(run(person, period="2026", policy=policy))


@pytest.mark.parametrize(
    "amount",
    [
        {"top_up": [{"clause": "例", "column": "已领养老金", "per": "month"}]},
        {"set_off": [{"name": "一次性补助", "clause": "例", "column": "已领养老金"}]},
        {"by": "column", "column": "已领养老金", "tier": [{"rate": 100}]},
    ],
)
def test_who_has_received_a_sum_below_nought_is_set_aside(amount: dict[str, Any]) -> None:
    result = run(member(spells=TWENTY, pension=-1), policy=cadre(amount=amount))
    assert (result.fen, result.set_aside) == (0, 1)
    assert any("“已领养老金”是负数，无法确定标准" in found.message for found in result.findings)


@pytest.mark.parametrize(("pension", "ok"), [(None, True), (0, True), (1, False)])
def test_nought_is_nothing_where_something_must_not_stand(pension: int | None, ok: bool) -> None:
    def on(benefit: dict[str, Any]) -> None:
        next(c for c in benefit["condition"] if c["name"] == "未领取其他养老金")["active"] = True

    assert bool(run(member(spells=TWENTY, pension=pension), policy=only(CADRE, on)).paid) is ok


def test_a_tier_that_forgets_a_listed_post_is_an_error_unless_it_names_its_posts() -> None:
    few = {"at_least": 10, "below": 20, "rate": {"书记": 100, "主任": 90}}
    rest = {"at_least": 20, "rate": {"书记": 200, "主任": 180, "会计": 150}}
    with pytest.raises(ValueError, match="职务“会计”在“10 起”一档没有标准"):
        cadre(amount={"tier": [few, rest]})
    named = cadre(amount={"tier": [{**few, "posts": ["书记", "主任"]}, rest]})
    assert refused(run(member(spells="1990-01…2005-12 会计"), policy=named)) == ["未达最低档"]
    assert yuan_of(run(member(spells=TWENTY.replace("书记", "会计")), period="2026-04", policy=named)) == 150


@pytest.mark.parametrize(
    ("born", "sex", "months"), [("1966-05-20", "女", 1), ("1966-05-20", "男", 1), ("1966-06-01", "女", 0)]
)
def test_hardship_is_for_both_sexes_from_sixty(born: str, sex: str, months: int) -> None:
    assert len(months_of(run(member(born=born, sex=sex, hardship=True)))) == months


@pytest.mark.parametrize(("rural", "fen"), [("农村", 15_000), ("", 15_000), ("城镇", 0)])
def test_hardship_is_for_members_in_the_country(rural: str, fen: int) -> None:
    assert run(member(hardship=True, rural=rural)).fen == fen


@pytest.mark.parametrize(
    ("period", "yuan"),
    [
        ("2012-01", 280),
        ("2012-09", 280),
        ("2012-10", 315),
        ("2012-12", 315),
        ("2022-05", 680),
        ("2024-12", 680),
        ("2025-01", 730),
    ],
)
def test_the_tables_of_old_members_change_on_their_days(period: str, yuan: int) -> None:
    assert yuan_of(run(member(born="1925-01-01", joined="1949-09-30"), period=period), VETERAN) == yuan


@pytest.mark.parametrize("period", ["2013-01", "2022-04"])
def test_the_years_without_a_dated_table_are_refused(period: str) -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        run(member(born="1925-01-01", joined="1949-09-30"), period=period)


@pytest.mark.parametrize("local", [None, 2_000, 5_000])
def test_members_on_the_veterans_scheme_get_fifty_less_what_they_have(local: int | None) -> None:
    result = run(member(born="1925-01-01", joined="1949-09-30", veteran=True, local=local), period="2026-04")
    assert yuan_of(result, VETERAN) == 50 - Decimal(local or 0) / 100


@pytest.mark.parametrize(("rural", "yuan", "label"), [("农村", 80, "农村"), ("城镇", 100, "不分档")])
def test_flat_sums_may_differ_by_a_condition(rural: str, yuan: int, label: str) -> None:
    where = {"name": "农村", "clause": "例", "column": "户口性质", "accept": ["农村"], "refuse": ["城镇"]}

    def change(benefit: dict[str, Any]) -> None:
        benefit["condition"] = [one for one in benefit["condition"] if one["name"] != "农村党员"]
        benefit["amount"][0]["tier"] = [{"rate": 80, "when": where}, {"rate": 100}]

    result = run(member(hardship=True, rural=rural), period="2026-04", policy=only(HARDSHIP, change))
    assert yuan_of(result) == yuan
    assert result.lines[HARDSHIP][0].standard.label == label  # type: ignore[union-attr]


def test_flat_sums_that_nothing_tells_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="要用 posts（职务）或 when（条件）分开"):
        only(HARDSHIP, lambda benefit: benefit["amount"][0].update(tier=[{"rate": 80}, {"rate": 100}]))


def test_shares_of_an_odd_sum_add_up_to_the_fen() -> None:
    def change(benefit: dict[str, Any]) -> None:
        benefit["amount"][0].update(tier=[{"at_least": 10, "rate": "100.01"}])
        shares = [{"who": who, "percent": "100/3"} for who in ("县级", "乡镇", "个人")]
        benefit["funding"] = {"clause": "例", "shares": shares}

    result = run(member(spells=TWENTY), period="2026-04", policy=only(CADRE, change))
    assert summary.funding(result.benefits, result.paid) == {"县级": 3334, "乡镇": 3334, "个人": 3333}


def by_share(**blocks: Any) -> PolicyFile[Subsidies]:
    """The rule for hardship with a column of percentages for its blocks to look at."""

    def change(edition: dict[str, Any]) -> None:
        edition["benefit"] = [block for block in edition["benefit"] if block["name"] == HARDSHIP]
        edition |= {"exclusive": [], "column": [{"heading": "伤残比例", "kind": "percent"}]}
        edition["benefit"][0] |= blocks

    return changed(change)


def in_tiers(tier: list[dict[str, Any]], **amount: Any) -> PolicyFile[Subsidies]:
    return by_share(
        amount=[
            {"clause": "例", "per": "month", "by": "column", "column": "伤残比例", "tier": tier, **amount}
        ]
    )


@pytest.mark.parametrize(
    ("share", "yuan", "label"),
    [
        ("0.299", 20, "不满30%"),
        ("0.3", 30, "满30%不满60%"),
        ("0.599", 30, "满30%不满60%"),
        ("0.6", 50, "满60%以上"),
    ],
)
def test_tiers_of_a_percentage_go_by_per_cent(share: str, yuan: int, label: str) -> None:
    tier = [
        {"below": 30, "rate": 20},
        {"at_least": 30, "below": 60, "rate": 30},
        {"at_least": 60, "rate": 50},
    ]
    person = member(hardship=True, more={"伤残比例": Fraction(share)})
    result = run(person, period="2026-04", policy=in_tiers(tier))
    standard = result.lines[HARDSHIP][0].standard
    assert standard is not None
    assert yuan_of(result) == yuan
    assert standard.label == label


def test_a_sum_for_each_per_cent() -> None:
    person = member(hardship=True, more={"伤残比例": Fraction(3, 10)})
    result = run(person, period="2026-04", policy=in_tiers([{"at_least": 0, "each": 2}]))
    assert yuan_of(result) == 60


def test_a_percentage_that_is_too_low_is_told_in_per_cent() -> None:
    badly = {"name": "伤残", "clause": "例", "column": "伤残比例", "at_least": 30}
    for share, ok in ((Fraction(299, 1000), False), (Fraction(3, 10), True)):
        result = run(member(hardship=True, more={"伤残比例": share}), policy=by_share(condition=[badly]))
        assert bool(result.paid) is ok
    result = run(
        member(hardship=True, more={"伤残比例": Fraction(299, 1000)}), policy=by_share(condition=[badly])
    )
    assert [str(clause.said) for clause in result.refused[0].refused()[HARDSHIP]] == [
        "伤残比例 29.9%，应为 30% 及以上"
    ]


def test_a_tier_of_people_asks_for_a_column_that_is_there() -> None:
    when = {"name": "农村", "clause": "例", "column": "户口性职", "accept": ["农村"]}
    with pytest.raises(ValueError, match="农村：名册没有“户口性职”这一列"):
        by_share(
            amount=[
                {
                    "clause": "例",
                    "per": "month",
                    "by": "nothing",
                    "tier": [{"rate": 80, "when": when}, {"rate": 100}],
                }
            ]
        )


def test_without_any_listed_post_no_lowest_tier_is_named() -> None:
    policy = cadre(service={"ways": [], "leaving": "not_required"})
    result = run(member(spells="1980-01…1999-12 村民小组长"), period="2026-04", policy=policy)
    assert [str(clause.said) for clause in result.refused[0].refused()[CADRE]] == ["不在任何一档"]


@pytest.mark.parametrize(("years", "doubted"), [("10年", False), ("4年", True)])
def test_where_each_post_has_its_own_rate_a_stated_length_is_held_against_all_of_them(
    years: str, doubted: bool
) -> None:
    tier = [{"at_least": 1, "each": {"书记": 20, "主任": 15, "会计": 10}}]
    policy = cadre(service={"rate_post": "each_post", "ways": []}, amount={"tier": tier})
    spells = "1980-01…1985-12 会计; 1986-01…1989-12 书记"
    result = run(member(born="1940-01-01", spells=spells, years=years), period="2026-04", policy=policy)
    told = [one.message for one in result.findings if one.code == "subsidies.years-differ"]
    assert bool(told) is doubted
    assert all("按任职经历算得 120 个月" in message for message in told)


def test_a_sum_that_is_no_whole_fen_is_told_as_a_clerk_writes_it() -> None:
    index = [{"clause": "例", "effective": date(2020, 1, 1), "percent": "12.25"}]
    with pytest.raises(UserError, match=r"算出 225\.6225 元，不是整分"):
        run(member(hardship=True), policy=by_share(amount=[hardship_amount(201, index=index)]))
    with pytest.raises(UserError, match=r"算出 66\.666… 元，不是整分"):
        run(member(hardship=True), policy=by_share(amount=[hardship_amount("200/3")]))


def test_an_index_that_lowers_says_so() -> None:
    index = [{"clause": "例", "effective": date(2020, 1, 1), "percent": -10}]
    result = run(
        member(hardship=True), period="2026-04", policy=by_share(amount=[hardship_amount(50, index=index)])
    )
    assert (
        str(result.paid[0].verdicts[0].steps[-1]) == "自2020-01-01下调 10%：50 × (100 − 10) ÷ 100 = 45 元/月"
    )


def hardship_amount(rate: Any, **more: Any) -> dict[str, Any]:
    return {"clause": "例", "per": "month", "by": "nothing", "tier": [{"rate": rate}], **more}
