"""Payment while in office: who changes the post neither leaves nor enters, and who comes back after a month does both."""

import pytest

from tests.domain.entitlement.test_lint_holds import SERVICE, document
from tests.programmes.people import member, months_of, of_editions, run

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
