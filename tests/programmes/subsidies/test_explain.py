"""The explanation is the verdict itself: replaying its arithmetic gives what was paid, for everybody in the sample."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount
from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.domain.people import Member
from sanchuang_cli.money import fen
from sanchuang_cli.outcome import Occasion, Subject
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.roster.read import read
from tests.compared.subsidies import as_member, by_measure, by_service, one_policy
from tests.oracle.documents import document
from tests.oracle.measures import measure
from tests.oracle.people import person
from tests.programmes.people import TWENTY, Result, cadre, member, policies, run

SAMPLE = Path(__file__).parents[3] / "data" / "samples" / "members.xlsx"
_SIGNS = str.maketrans({"−": "-", "×": "*", "÷": "/", "⌊": "floor(", "⌋": ")"})


@pytest.fixture(scope="module")
def subjects() -> tuple[Subject, ...]:
    wanted = {name: one for name, one in PROGRAMME.reads.items() if name not in ("previous", "screen")}
    rosters = read([SAMPLE], wanted).rosters
    when = Occasion(Period.parse("2026Q3"), date(2026, 9, 30))
    return PROGRAMME.explain(rosters, policies(), when).subjects


def value(expression: str) -> Fraction:
    """What a line of arithmetic comes to, by the rules of school."""
    python = expression.translate(_SIGNS).replace("取大", "max").replace("取小", "min")
    python = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", python)
    names = {"Fraction": Fraction, "floor": floor, "max": max, "min": min}
    return Fraction(eval(python, {"__builtins__": {}}, names))


def lines(subject: Subject, item: str) -> list[str]:
    return [row[2] for page in subject.pages() for row in page.rows if row[0] == item]


def test_every_line_of_arithmetic_is_true(subjects: tuple[Subject, ...]) -> None:
    checked = 0
    for subject in subjects:
        for line in (*lines(subject, "算式"), *lines(subject, "应发")):
            sides = re.fullmatch(r"(?:.*：)?(?P<left>.+) = (?P<right>[\d.]+) \S+", line)
            if sides:
                assert value(sides["left"]) == Fraction(sides["right"]), line
                checked += 1
    assert checked > 800


def test_replaying_the_months_gives_what_was_paid(subjects: tuple[Subject, ...]) -> None:
    paid = [subject for subject in subjects if subject.outcome.startswith("发放")]
    assert len(paid) > 500
    for subject in paid:
        months = [line.partition(" = ")[0] for line in (*lines(subject, "应发"), *lines(subject, "补发"))]
        amount = re.fullmatch(r"发放 (\S+) 元", subject.outcome)
        assert amount
        assert sum(fen(value(line)) for line in months) == fen(Fraction(amount[1]))


def test_who_is_refused_sees_a_clause_that_fails_and_who_is_paid_sees_none_that_does(
    subjects: tuple[Subject, ...],
) -> None:
    for subject in subjects:
        for page in subject.pages():
            failing = [row[0] for row in page.rows if row[1] == "否"]
            paid = any(row[0] in ("本期金额", "按所写应发") for row in page.rows)
            assert not (paid and failing), (subject.name, failing)
            assert failing or subject.outcome != "不予发放", subject.name


def test_every_clause_with_a_cell_quotes_what_stands_there_and_no_number_whole(
    subjects: tuple[Subject, ...],
) -> None:
    whole = " ".join(str(row) for subject in subjects for page in subject.pages() for row in page.rows)
    assert "members.xlsx 青禾镇 " in whole
    assert not re.search(r"\d{17}[\dX]|\d{11,}", whole)
    for subject in subjects:
        for page in subject.pages():
            ages = [row for row in page.rows if str(row[0]).startswith("年满")]
            assert all(row[3] and "230299****" in row[4] for row in ages)


def test_every_row_of_the_roster_can_be_asked_for(subjects: tuple[Subject, ...]) -> None:
    rows = {(s.row.source.sheet, s.row.number) for s in subjects}
    assert len(rows) == len(subjects) == 877
    assert all(subject.name and subject.outcome for subject in subjects)


# ---------------------------------------------------------------- everything that decided


def page(result: Result) -> list[tuple[Any, ...]]:
    """Item, words, cell, what stands there and clause of each row on the one person's page."""
    (decision,) = result.decisions
    (table,) = explanation_pages(decision)
    return [(row[0], *row[2:]) for row in table.rows]


CARED = {"name": "优抚", "clause": "第十条", "column": "优抚对象", "must_be": True, "blank": "refuse"}
RURAL = {"name": "农村", "clause": "第九条", "column": "户口性质", "accept": ["农村"], "refuse": ["城镇"]}
EVERYTHING = cadre(
    amount={
        "clause": "第五条",
        "by": "nothing",
        "tier": [
            {"rate": 300, "when": {**CARED, "clause": "第七条"}},
            {"rate": 200, "when": RURAL},
        ],
        "instead": [
            {"name": "困难", "clause": "第八条", "rate": 50, "when": {**CARED, "column": "困难台账"}}
        ],
        "supplement": [
            {"name": "优抚", "clause": "第十条", "rate": 20, "when": CARED},
            {"name": "高龄", "clause": "第十一条", "rate": 30, "age_at_least": 70},
        ],
        "top_up": [
            {"clause": "第十二条", "column": "已领养老金", "per": "month"},
            {"clause": "第十三条", "column": "地方定补标准", "per": "month"},
        ],
        "set_off": [{"name": "一次性补助", "clause": "第十四条", "column": "家庭年人均收入"}],
    }
)


def test_all_that_bore_on_the_sum_or_might_have_is_cited_with_cell_words_and_clause() -> None:
    person = member(
        spells=TWENTY, veteran=False, rural="农村", hardship=False, pension=50_00, income=99_999_00,
        suspended_from="2026-06", account="10203040506070",
    )  # fmt: skip
    rows = page(run(person, policy=EVERYTHING))
    place = "名册.xlsx Sheet1 "
    told = {row[0]: row[1:] for row in rows}
    at = {name: f"{place}{person.row.place(name).cell}" for name in person.row.source.columns}

    def cell(name: str, heading: str) -> str:
        return f"{at[name]}（{heading}）"

    assert told["改发定额：困难"] == (
        "不适用：“困难台账”为“否”",
        cell("hardship", "困难台账"),
        "False",
        "第八条",
    )
    assert told["分档条件：优抚"] == (
        "不适用：“优抚对象”为“否”",
        cell("veteran", "优抚对象"),
        "False",
        "第七条",
    )
    assert told["分档条件：农村"] == ("适用：“农村”", cell("rural", "户口性质"), "农村", "第九条")
    assert told["增发：优抚"] == ("不适用：“优抚对象”为“否”", cell("veteran", "优抚对象"), "False", "第十条")
    assert told["增发：高龄"][0] == "适用：满 70 周岁的"
    assert told["增发：高龄"][1] == cell("identity", "身份证号")
    tops = [row[1:] for row in rows if row[0] == "补差"]
    assert [(row[0], row[3]) for row in tops] == [
        ("适用：“已领养老金”50.00 元/月", "第十二条"),
        ("不适用：“地方定补标准”未填，按零计", "第十三条"),
    ]
    assert tops[0][1] == cell("pension", "已领养老金")
    assert told["抵扣：一次性补助"][0] == "适用：“家庭年人均收入”99999.00 元"
    assert told["抵扣：一次性补助"][1] == cell("income", "家庭年人均收入")
    assert told["暂停发放"][1] == cell("suspended_from", "暂停起")


def test_where_the_money_goes_is_cited_and_what_is_wrong_with_the_account() -> None:
    rows = page(run(member(spells=TWENTY, account="10203040506070")))
    assert next(row[2] for row in rows if row[0] == "档次").endswith("（任职经历）")
    good = rows[-1]
    assert good[:2] == ("银行账号", "进银行代发文件")
    assert good[3] == "**********6070"
    assert page(run(member(spells=TWENTY)))[-1][1] == "没有银行账号，留在花名册上，不进银行代发文件"


def test_of_a_sum_instead_the_tiers_and_supplements_are_not_said_to_have_been_looked_at() -> None:
    person = member(spells=TWENTY, veteran=True, rural="农村", hardship=True)
    items = [row[0] for row in page(run(person, policy=EVERYTHING))]
    assert "改发定额：困难" in items
    assert not [item for item in items if item.startswith(("分档条件", "增发"))]


def test_who_is_refused_for_a_tier_sees_the_condition_that_failed() -> None:
    rows = page(run(member(spells=TWENTY, veteran=False, rural="城镇"), policy=EVERYTHING))
    conditions = {row[0]: row[1] for row in rows if row[0].startswith("分档条件")}
    assert conditions == {"分档条件：优抚": "不适用：“优抚对象”为“否”", "分档条件：农村": "不适用：“城镇”"}


def columns_of(amount: Amount, instead: bool) -> set[str]:
    """Headings of the columns that bear on an amount, or might have; of a sum instead, not those of supplements."""
    found = {amount.column, *(top.column for top in amount.top_up)}
    found |= {test.column for other in amount.instead for test in other.when}
    if not instead:
        found |= {test.column for more in amount.supplement for test in more.when}
        found |= {more.times_column for more in amount.supplement}
    return found


def test_every_column_that_an_amount_goes_by_is_cited_for_everybody_who_is_paid() -> None:
    cited = 0
    for seed in range(20):
        dice = Random(f"explain {seed}")
        policy = one_policy(
            by_service(document(dice))
            if seed % 2
            else by_measure(replace(measure(dice), class_base=(), lines=()))
        )
        amount = policy.editions[0].benefit[0].amount[0]
        people = [as_member(person(dice, 2026), number) for number in range(60)]
        for decision in run(*people, period="2026Q2", policy=policy).paid:
            standards = decision.verdicts[-1].standards
            instead = standards[max(standards)].label in {other.name for other in amount.instead}
            cells = " ".join(str(row[3]) for table in explanation_pages(decision) for row in table.rows)
            for field in Member.declared():
                if field.heading in columns_of(amount, instead):
                    assert f"{decision.record.row.place(field.name).cell}（" in cells, field.heading
                    cited += 1
    assert cited > 30
