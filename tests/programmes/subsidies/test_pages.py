"""The pages as a finance clerk reads them: tiers with their units, why something changed, columns a county adds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.domain.payroll.paying import asks
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    cadre,
    changed,
    member,
    of_editions,
    paid_line,
    policies,
    result_of,
    run,
)


def outcome(
    *people: Member, policy: PolicyFile[Subsidies] | None = None, previous: tuple[Paid, ...] | None = None
) -> Outcome:
    rosters: dict[str, Roster[Any]] = {"members": Roster(people)}
    period, file = Period.parse("2026Q2"), policy or policies()
    if previous is not None:
        rosters["previous"] = result_of(previous, period.before(), file)
    return subsidies.PROGRAMME.run(rosters, file, Occasion(period, period.last))


def page(name: str, *people: Member, **more: Any) -> Table:
    return next(table for table in outcome(*people, **more).tables if table.name == name)


def column(table: Table, name: str) -> list[Any]:
    return [row[table.index(name)] for row in table.rows]


TERMS = {"rounding": "terms", "terms": [{"since": "1949-10-01", "months": 36}]}


@pytest.mark.parametrize(
    ("policy", "label"),
    [
        (
            {"amount": {"tier": [{"at_least": 10, "below": 30, "rate": 1}, {"at_least": 30, "rate": 2}]}},
            "书记 满10年不满30年",
        ),
        ({"amount": {"tier": [{"at_least": 20, "rate": 1}]}}, "书记 满20年以上"),
        (
            {"amount": {"tier": [{"at_least": 0, "below": 30, "rate": 1}, {"at_least": 30, "rate": 2}]}},
            "书记 不满30年",
        ),
        ({"amount": {"tier": [{"at_least": 6, "rate": 1}]}, "service": TERMS}, "书记 满6届以上"),
        (
            {"amount": {"tier": [{"at_least": "109/12", "rate": 1}]}, "service": {"rounding": "pro_rata"}},
            "书记 满9年1个月以上",
        ),
        ({"amount": {"by": "age", "tier": [{"at_least": 60, "rate": 1}]}}, "书记 满60周岁以上"),
        ({"amount": {"by": "nothing", "tier": [{"rate": 1}]}}, "书记"),
        ({"amount": {"by": "nothing", "tier": [{"rate": 1, "label": "甲档"}]}}, "甲档"),
        (
            {"amount": {"by": "years_since", "column": "入党日期", "tier": [{"at_least": 10, "rate": 1}]}},
            "书记 满10年以上",
        ),
    ],
)
def test_a_tier_is_named_with_its_unit(policy: dict[str, Any], label: str) -> None:
    table = page(f"{CADRE}花名册", member(spells=TWENTY, joined="1980-01-01"), policy=cadre(**policy))
    assert column(table, "tier") == [label]


def test_tiers_stand_in_the_order_of_the_policy() -> None:
    tiers = [{"at_least": 5, "below": 10, "rate": 1}, {"at_least": 10, "rate": 2}]
    people = [
        member(n, spells=spells, born="1940-01-01")
        for n, spells in enumerate(
            ("1990-01…1999-12 会计", "1990-01…1999-12 主任", "1990-01…1995-12 主任", "1990-01…1999-12 书记"),
            1,
        )
    ]
    table = page("分档人数", *people, policy=cadre(amount={"tier": tiers}))
    assert column(table, "tier") == [
        "书记 满10年以上",
        "主任 满5年不满10年",
        "主任 满10年以上",
        "会计 满10年以上",
    ]


@pytest.mark.parametrize(
    ("fields", "reason", "basis"),
    [
        (
            {"spells": "1990-01…1998-12 会计"},
            "未达最低档：认定 9 年，不在任何一档；最低一档为会计 满10年不满15年",
            "标准表（句容2018）",
        ),
        ({"employed": True}, "未被财政供养：“财政供养”为“是”", "第一条第二款第一项"),
        (
            {"penalty": "开除党籍", "penalty_on": "2026-03-10"},
            "未受留党察看以上处分：“开除党籍”，处分日期 2026-03-10，自2026-04起停发",
            "第一条第二款第三项",
        ),
        (
            {"died_on": "2026-03-10"},
            "健在（死亡日期）：死亡日期 2026-03-10，自2026-04起停发",
            "第一条第二款第五项",
        ),
    ],
)
def test_a_refusal_says_what_was_read_and_where_the_rule_stands(
    fields: dict[str, Any], reason: str, basis: str
) -> None:
    table = page("不予发放名单", member(**{"spells": TWENTY, **fields}))
    assert (column(table, "reason"), column(table, "basis")) == ([reason], [basis])


def test_a_pension_as_high_as_the_standard_is_told_in_figures() -> None:
    person = member(spells="1990-01…2001-12 书记", pension=50_000)
    result = run(person, period="2026", policy="city-topup")
    (clause,) = result.refused[0].refused().popitem()[1]
    assert (clause.name, str(clause.said)) == ("应补差额为零", "补差：取大(400 − 500, 0) = 0 元/年")
    assert clause.columns == ("pension",)


def test_a_change_says_which_clause_ends_the_payment() -> None:
    person = member(spells=TWENTY, employed=True, employed_on="2026-05-20")
    before = (paid_line(person, CADRE, "2026-01至2026-03", 157_500),)
    table = page("动态变更表", person, previous=before)
    assert column(table, "reason") == [
        "未被财政供养：“财政供养”为“是”，录用日期 2026-05-20，自2026-06起停发；本期发至 2026-05（第一条第二款第一项）"
    ]


HOME = {"家庭人口": 2, "收入来源": "低保", "帮扶责任人": "某乡干部"}


def test_columns_that_the_document_adds_to_a_page_stand_there_when_somebody_filled_them() -> None:
    bare = page(f"{HARDSHIP}花名册", member(hardship=True))
    assert not {"家庭人口", "收入来源", "健康状况", "享受政策", "帮扶责任人"} & {
        c.title for c in bare.columns
    }
    table = page(f"{HARDSHIP}花名册", member(hardship=True, more=HOME), member(2, hardship=True))
    titles = [one.title for one in table.columns]
    assert titles[titles.index("困难情况") + 1 : titles.index("补贴项目")] == list(HOME)
    assert column(table, "收入来源") == ["低保", None]
    assert all(one.private for one in table.columns if one.title in HOME)


def test_a_page_has_no_columns_of_service_or_age_where_the_benefit_goes_by_neither() -> None:
    def change(edition: dict[str, Any]) -> None:
        benefit = edition["benefit"][0]
        benefit["amount"] = [{"clause": "例", "per": "month", "by": "nothing", "tier": [{"rate": 100}]}]
        del benefit["service"], benefit["age"]

    person = member(spells=TWENTY)
    titles = [one.title for one in page(f"{CADRE}花名册", person).columns]
    bare = [one.title for one in page(f"{CADRE}花名册", person, policy=changed(change)).columns]
    assert [title for title in titles if title not in bare] == [
        *("年满规定年龄日期", "任职经历", "累计月数", "认定年限", "计发职务"),
    ]


def test_a_table_without_a_column_that_the_document_goes_by_is_told() -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["column"] = [{"heading": "民主评议", "kind": "text"}, {"heading": "看看", "kind": "text"}]
        test = {"name": "评议", "clause": "例", "column": "民主评议", "refuse": ["不合格"]}
        edition["benefit"][0]["condition"].append(test)

    policy = changed(change)
    found = [f for f in run(member(spells=TWENTY), policy=policy).findings if f.code == "subsidies.no-column"]
    assert [(f.severity, "民主评议" in f.message) for f in found] == [(Severity.WARNING, True)]
    person = member(spells=TWENTY)
    source = replace(person.row.source, columns={**person.row.source.columns, "民主评议": (9, "民主评议")})
    person = structs.replace(person, row=structs.replace(person.row, source=source))
    assert "subsidies.no-column" not in {f.code for f in run(person, policy=policy).findings}


def test_each_stretch_of_service_is_worked_out_from_its_own_months() -> None:
    person = member(spells="1980-03…1989-06 书记; 1990-01…1995-02 主任")
    rows = [row[2] for row in explanation_pages(run(person).paid[0])[0].rows if row[0] == "算式"]
    assert rows[:3] == [
        "1980-03至1989-06：(1989 − 1980) × 12 + 6 − 3 + 1 = 112 个月",
        "1990-01至1995-02：(1995 − 1990) × 12 + 2 − 1 + 1 = 62 个月",
        "任职（累计）：112 + 62 = 174 个月",
    ]
    short = member(spells="1990-01…1990-12 书记")
    shown = explanation_pages(run(short).refused[0])[0].rows
    assert any(row[2] == "1990-01至1990-12：(1990 − 1990) × 12 + 12 − 1 + 1 = 12 个月" for row in shown)


def in_two_editions(**later: Any) -> PolicyFile[Subsidies]:
    """A hundred yuan for everybody until April, for those whom the later edition lets through from May."""
    amount = {"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": 100}]}
    benefit = {
        "name": CADRE,
        "clause": "一",
        "page": "cadre",
        "payable": {"clause": "五"},
        "amount": [amount],
    }
    head = {"title": "试", "document": "试〔2020〕1号"}
    return of_editions(
        head | {"effective": date(2020, 1, 1), "benefit": [benefit]},
        head | {"effective": date(2026, 5, 1), "benefit": [benefit | later]},
    )


TEN_YEARS = {
    "clause": "四", "posts": [{"name": "书记"}], "accumulate": "union", "rounding": "full_years", "rate_post": "highest",
    "ways": [{"count": "union", "at_least_months": 120}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("later", "fields", "name", "kept"),
    [
        (
            {"age": {"clause": "三", "male": 60, "female": 60}},
            {"born": "1990-01-01"},
            "reached",
            date(2010, 3, 15),
        ),
        ({"service": TEN_YEARS}, {"spells": "1980-01…1980-12 书记"}, "post", "书记"),
    ],
)
def test_of_whom_an_edition_pays_that_asked_for_no_age_or_service_that_cell_is_blank(
    later: dict[str, Any], fields: dict[str, Any], name: str, kept: Any
) -> None:
    people = member(1, spells=TWENTY), member(2, **fields)
    table = page(f"{CADRE}花名册", *people, policy=in_two_editions(**later))
    assert column(table, name) == [kept, None]
    assert column(table, "months") == ["2026-04至2026-06", "2026-04"]


def test_a_blank_roster_asks_for_the_post_where_the_document_goes_by_it() -> None:
    without, with_service = (
        asks(in_two_editions(**later).editions[-1])["members"] for later in ({}, {"service": TEN_YEARS})
    )
    assert "post" not in without
    assert with_service["post"].words == ("书记",)
