"""起发月: the first month that was payable by the edition of that month, and not by what a later edition says of it."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Month
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.domain.entitlement.test_lint_holds import SERVICE, document
from tests.programmes.people import Result, member, of_editions, run
from tests.programmes.subsidies.test_papers import boxes, papers

AGED = {"clause": "三", "male": 60, "female": 60}
EARLIER = AGED | {"male": 58}
ONCE = {"per": "once"}


def since(
    first: dict[str, Any], *later: dict[str, Any], amount: dict[str, Any] | None = None
) -> PolicyFile[Subsidies]:
    """An edition of 2020 and later ones, each from 1 August of the next year from 2026 on."""
    made = [document(amount or {}, **says) for says in (first, *later)]
    for year, edition in enumerate(made[1:], 2026):
        edition["effective"] = date(year, 8, 1)
    return of_editions(*made)


def began(result: Result) -> tuple[str, str, str]:
    """The first month, the state, and the clause on the edition, of the one person."""
    (line,) = result.lines["补贴"]
    said = next((str(clause.said) for clause in line.verdict.clauses if clause.name == "施行"), "")
    return str(Month.at(line.verdict.first)), line.state, said


LOWERED = since({"age": AGED}, {"age": EARLIER})
BY_THIS = "自2026-08起按这一规定，按此前的规定不发"


@pytest.mark.parametrize(
    ("born", "first", "state", "said"),
    [
        ("1967-05-01", "2026-08", "新增", BY_THIS),
        ("1968-07-15", "2026-08", "新增", ""),
        ("1966-06-15", "2026-07", "在享", ""),
        ("1966-07-15", "2026-08", "新增", BY_THIS),
        ("1964-05-01", "2024-06", "在享", ""),
        ("1940-05-01", "2020-01", "在享", ""),
    ],
)
def test_whoever_an_edition_alone_entitles_is_new_from_its_first_month_on(
    born: str, first: str, state: str, said: str
) -> None:
    """A lower age pays nobody for a month before it; whom the edition before paid goes on by that edition's age."""
    assert began(run(member(born=born), period="2026-08", policy=LOWERED)) == (first, state, said)


def test_the_form_of_whoever_is_new_says_the_month_of_the_edition() -> None:
    """It is written without the last result too, and says why the age alone does not begin the payment."""
    (form,) = papers(member(born="1967-05-01"), period="2026-08", policy=LOWERED).forms
    said = boxes(form)
    assert said["起发月"] == "2026-08"
    assert f"施行：符合。{BY_THIS}（试〔2020〕1号）" in said["条件核查"]


@pytest.mark.parametrize(
    ("first", "later", "month"),
    [
        ({"age": AGED}, [{"age": AGED | {"male": 70}}, {"age": EARLIER}], "2024-06"),
        ({"age": AGED | {"male": 70}}, [{"age": AGED | {"male": 70}}, {"age": EARLIER}], "2027-08"),
        ({"age": EARLIER}, [{"age": AGED}], "2022-06"),
    ],
)
def test_of_several_editions_the_first_that_paid_says_the_month(
    first: dict[str, Any], later: list[dict[str, Any]], month: str
) -> None:
    assert began(run(member(born="1964-05-01"), period="2027-08", policy=since(first, *later)))[0] == month


def test_an_approval_makes_good_no_month_that_no_edition_of_it_paid() -> None:
    late = {"payable": {"clause": "五", "start": "fulfilled", "retroactive_limit": 6}}
    policy = since(late | {"age": AGED}, late | {"age": EARLIER})
    result = run(member(born="1967-05-01", approved_on="2026-08-20"), period="2026-08", policy=policy)
    assert began(result)[:2] == ("2026-08", "新增")


def test_whose_months_an_approval_makes_good_was_not_paid_before() -> None:
    """It is known without the last result, though the first month lies before the period."""
    limited = {"payable": {"clause": "五", "start": "fulfilled", "retroactive_limit": 6}}
    who = member(approved_on="2026-08-20")
    assert began(run(who, period="2026-08", policy=since(limited)))[:2] == ("2026-02", "新增")
    assert began(run(who, period="2026-09", policy=since(limited)))[:2] == ("2026-02", "在享")


def test_a_tier_that_a_later_edition_opens_pays_from_that_edition_on() -> None:
    editions = [document({"by": "age", "tier": [{"at_least": least, "rate": 100}]}) for least in (80, 70)]
    editions[1]["effective"] = date(2026, 8, 1)
    policy = of_editions(*editions)
    assert began(run(member(born="1950-05-01"), period="2026-08", policy=policy))[:2] == ("2026-08", "新增")
    assert began(run(member(born="1944-05-01"), period="2026-08", policy=policy))[:2] == ("2024-06", "在享")


def test_an_amount_that_begins_within_an_edition_pays_whom_it_newly_reaches_from_then_on() -> None:
    amounts = [
        {
            "clause": "六",
            "per": "month",
            "by": "age",
            "tier": [{"at_least": least, "rate": 100}],
            "effective": day,
        }
        for least, day in ((80, date(2020, 1, 1)), (70, date(2026, 8, 1)))
    ]
    edition = document({})
    edition["benefit"][0]["amount"] = amounts
    policy = of_editions(edition)
    for period in ("2026Q3", "2026-09"):
        new = run(member(born="1950-05-01"), period=period, policy=policy)
        assert began(new)[::2] == ("2026-08", "") and began(new)[1] == (
            "新增" if period == "2026Q3" else "在享"
        )
        assert began(run(member(born="1944-05-01"), period=period, policy=policy)) == ("2024-06", "在享", "")


def paid_once(who: Member, policy: PolicyFile[Subsidies]) -> list[str]:
    """The months from 2025 to 2027 in which a sum is paid that is paid once."""
    return [
        str(Month.at(payment.month))
        for year in ("2025", "2026", "2027")
        for decision in run(who, period=year, policy=policy).paid
        for payment in decision.payments
    ]


@pytest.mark.parametrize(
    ("born", "months"),
    [
        ("1967-05-01", ["2026-08"]),
        ("1966-03-01", ["2026-04"]),
        ("1964-05-01", []),
        ("1969-05-01", ["2027-06"]),
    ],
)
def test_a_sum_paid_once_is_paid_once_by_whichever_edition_comes_first(born: str, months: list[str]) -> None:
    lowered = since({"age": AGED}, {"age": EARLIER}, amount=ONCE)
    assert paid_once(member(born=born), lowered) == months


def test_a_sum_paid_once_is_not_paid_again_at_the_higher_age_of_a_later_edition() -> None:
    assert paid_once(member(born="1967-05-01"), since({"age": EARLIER}, {"age": AGED}, amount=ONCE)) == [
        "2025-06"
    ]


def test_where_nobody_can_tell_whether_the_edition_before_paid_it_counts_as_if_it_had() -> None:
    """A column that only the old edition asks for may be gone from the roster."""
    poor = {"name": "困难", "clause": "二", "column": "困难", "must_be": True, "blank": "set_aside"}
    old = {"age": AGED, "condition": [poor]}
    editions = [document({}, **old), document({}, age=AGED)]
    editions[0]["column"] = [{"heading": "困难", "kind": "flag"}]
    editions[1]["effective"] = date(2026, 8, 1)
    result = run(member(born="1950-05-01"), period="2026-08", policy=of_editions(*editions))
    assert began(result) == ("2020-01", "在享", "")


def test_whoever_serves_begins_in_the_month_in_which_the_service_is_long_enough() -> None:
    """Service grows, so that no month before says what the present one does."""
    served = SERVICE | {
        "rounding": "full_years",
        "rate_post": "best_tier",
        "ways": [{"count": "union", "at_least_months": 120}],
    }
    policy = since({"service": served | {"leaving": "in_office"}})
    result = run(member(spells="2016-09… 书记"), period="2026-08", policy=policy)
    assert began(result)[:2] == ("2026-08", "新增")
    assert began(run(member(spells="2013-01… 书记"), period="2026-08", policy=policy))[:2] == (
        "2022-12",
        "在享",
    )


def test_a_line_that_is_raised_pays_whom_it_newly_reaches_from_then_on() -> None:
    """A base by which a condition goes is a rule of its month, as an edition is."""
    base = {
        "name": "线", "clause": "二",
        "values": [{"effective": date(2020, 1, 1), "amount": 500}, {"effective": date(2026, 8, 1), "amount": 700}],
    }  # fmt: skip
    under = {"name": "收入", "clause": "二", "column": "收入", "below_base": "线", "blank": "refuse"}
    edition = document({}, condition=[under]) | {
        "base": [base],
        "column": [{"heading": "收入", "kind": "money"}],
    }
    who = member(more={"收入": 600_00})
    assert began(run(who, period="2026-08", policy=of_editions(edition))) == ("2026-08", "新增", BY_THIS)
    poorer = member(more={"收入": 400_00})
    assert began(run(poorer, period="2026-08", policy=of_editions(edition))) == ("2020-01", "在享", "")
