"""Payment while in office: who changes the post neither leaves nor enters, and who comes back after a month does both."""

from typing import Any

import pytest

from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.period import Month
from tests.domain.entitlement.test_lint_holds import SERVICE, document
from tests.programmes.people import member, months_of, of_editions, run, served
from tests.programmes.subsidies.serving import at, history, posts, told

POSTS = {"rounding": "full_years", "posts": [{"name": "书记"}, {"name": "主任"}], "rate_post": "best_tier"}


@pytest.mark.parametrize(
    ("second", "paid"),
    [
        ("2026-03", ["01", "02", "03", "04", "05", "06"]),
        ("2026-04", ["01", "02", "03", "04", "05", "06"]),
        ("2026-05", ["01", "02", "03", "06"]),
        ("2026-06", ["01", "02", "03"]),
    ],
)
def test_who_takes_another_post_at_once_is_paid_on_and_who_comes_back_later_from_the_month_after(
    second: str, paid: list[str]
) -> None:
    """The first post ends in March; whoever takes office is paid from the next month."""
    service = SERVICE | POSTS | {"leaving": "in_office", "taking": "month_after"}
    spells = f"2020-01…2026-03 书记; {second}… 主任"
    result = run(member(1, spells=spells), period="2026H1", policy=of_editions(document({}, service=service)))
    assert months_of(result) == [f"2026-{month}" for month in paid]


# ------------------------------------------------------------------ the clause, word for word


def in_office(spells: str, month: str = "2026-06", post: str = "", **fields: Any) -> tuple[Any, ...]:
    """What is said of being in office in a month."""
    rules = posts(leaving="in_office", rate_post="best_tier", **fields)
    found = rules.history(served(spells), post, "河西村", at(month))
    return told(rules.left(found, at(month)))[2:]


COLUMNS = "spells", "post"


@pytest.mark.parametrize(
    ("spells", "first", "last", "said"),
    [
        ("2020-01… 书记", "2020-01", None, "自2020-01起在任，至今，当月任书记"),
        ("2020-01…2026-06 书记", "2020-01", "2026-06", "自2020-01起在任，到2026-06止，当月任书记"),
        ("2026-06… 书记", "2026-06", None, "自2026-06起在任，至今，当月任书记"),
        ("2020-01…2023-05 书记; 2023-06… 主任", "2020-01", None, "自2020-01起在任，至今，当月任主任"),
        ("2020-01… 主任; 2024-01… 书记", "2020-01", None, "自2020-01起在任，至今，当月任书记、主任"),
        ("2020-01… 主任兼书记; 2024-01… 书记", "2020-01", None, "自2020-01起在任，至今，当月任书记、主任"),
        ("2020-01… 主任; 2024-01…2026-05 书记", "2020-01", None, "自2020-01起在任，至今，当月任主任"),
        ("2020-01… 主任; 2026-07… 书记", "2020-01", None, "自2020-01起在任，至今，当月任主任"),
        ("2020-01…2026-07 主任; 2024-01…2026-08 书记", "2020-01", "2026-08", "自2020-01起在任，到2026-08止，当月任书记、主任"),
        ("2020-01…2026-08 主任; 2024-01…2026-07 书记", "2020-01", "2026-08", "自2020-01起在任，到2026-08止，当月任书记、主任"),
        ("2010-01…2012-12 会计; 2020-01… 书记", "2020-01", None, "自2020-01起在任，至今，当月任书记"),
        ("2010-01…2012-12 会计; 2013-02… 书记", "2013-02", None, "自2013-02起在任，至今，当月任书记"),
        ("2010-01…2020-12 会计; 2011-01…2011-12 主任; 2021-01… 书记", "2010-01", None, "自2010-01起在任，至今，当月任书记"),
        ("2020… 书记", "2020-01", None, "自2020-01起在任，至今，当月任书记"),
        ("2020…2026-06 书记", "2020-01", "2026-06", "自2020-01起在任，到2026-06止，当月任书记"),
        ("2020-01… 民兵连长; 2024-01… 书记", "2024-01", None, "自2024-01起在任，至今，当月任书记"),
    ],
)  # fmt: skip
def test_who_is_in_office_is_told_since_when_until_when_and_by_which_posts_of_the_month(
    spells: str, first: str, last: str | None, said: str
) -> None:
    assert in_office(spells) == (COLUMNS, at(first), at(last) if last else NEVER, said)


@pytest.mark.parametrize(
    "spells",
    [
        "2020-01…2026-05 书记", "2026-07… 书记", "2020-01… 民兵连长", "2020-01…2026-05 书记; 2026-07… 书记",
        "2020-01…2026-05 书记; 2026-06… 民兵连长",
    ],
)  # fmt: skip
def test_who_holds_no_listed_post_in_the_month_is_not_in_office(spells: str) -> None:
    assert in_office(spells) == (COLUMNS, NEVER, EVER, "2026-06不在任")


def test_a_spell_that_names_no_post_is_in_the_post_that_is_written_beside_it() -> None:
    assert in_office("2020-01…", post="主任")[-1] == "自2020-01起在任，至今，当月任主任"
    assert in_office("2020-01…", post="河西村书记")[-1] == "自2020-01起在任，至今，当月任书记"
    assert in_office("2020-01…")[-1] == "2026-06不在任"


WHENS = [
    ("month_of", "2025-05", "2026-04"), ("month_after", "2025-06", "2026-05"), ("next_quarter", "2025-07", "2026-06"),
    ("next_half_year", "2025-07", "2026-06"), ("next_year", "2026-01", "2026-12"),
]  # fmt: skip


@pytest.mark.parametrize(("taking", "first", "_"), WHENS)
def test_taking_office_counts_from_the_month_that_the_document_makes_of_it(
    taking: str, first: str, _: str
) -> None:
    begun = f"自{first}起在任，至今，当月任书记"
    assert in_office("2025-05… 书记", first, taking=taking) == (COLUMNS, at(first), NEVER, begun)
    before = str(Month.at(at(first) - 1))
    assert in_office("2025-05… 书记", before, taking=taking)[-1] == f"{before}不在任"


@pytest.mark.parametrize(("stop", "_", "last"), WHENS)
def test_leaving_office_counts_from_the_month_that_the_document_makes_of_it_by_the_posts_of_the_last(
    stop: str, _: str, last: str
) -> None:
    spells = "2020-01…2026-05 书记; 2020-01…2025-12 主任"
    ended = f"自2020-01起在任，到{last}止，当月任书记"
    assert in_office(spells, last, stop=stop) == (COLUMNS, at("2020-01"), at(last), ended)
    after = str(Month.at(at(last) + 1))
    assert in_office(spells, after, stop=stop)[-1] == f"{after}不在任"


@pytest.mark.parametrize("stop", [when for when, _, _ in WHENS])
def test_who_is_in_office_without_an_end_is_so_for_ever(stop: str) -> None:
    assert in_office("2020-01… 书记", stop=stop)[2] == NEVER


def test_months_of_service_that_lie_after_the_month_asked_about_count_for_nothing_yet() -> None:
    for leaving in ("in_office", "not_required"):
        rules = posts(leaving=leaving, rate_post="best_tier")
        months = [
            rules.length(rules.history(served(spells), "", "", at("2026-06")), 0).months
            for spells in (
                "2026-06…2030-12 书记",
                "2026-05…2026-06 书记",
                "2020-01…2020-12 书记; 2026-07… 书记",
            )
        ]
        assert months == [1, 2, 12]
    assert history(posts(), "2026-05…2026-08 书记").ends == at("2026-08")
