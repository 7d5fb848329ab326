"""What is posted of 教育培训: branches and their rates, as far as nobody's own result can be told from them."""

from fractions import Fraction
from typing import Any

from sanchuang_cli.report.notice import drafted
from sanchuang_cli.report.publishing import HIDDEN
from tests.programmes.trainees import enough, outcome, trainee


def posted(**branches: int) -> tuple[list[str], list[Any]]:
    """The headings of what is posted of branches with so many members, of whom the first has studied enough; and the rates."""
    people: list[Any] = []
    sheets: list[Any] = []
    for branch, many in branches.items():
        sheets.append(enough(len(people) + 1, branch))
        people += [trainee(len(people) + n, branch=branch) for n in range(1, many + 1)]
    (notice,) = outcome(*people, sheets=sheets).notices()
    table = drafted(notice).table
    return [one.name for one in table.columns], [row[-1] for row in table.rows]


def test_a_notice_has_branches_and_rates_and_nobody() -> None:
    assert posted(甲=5) == (["number", "township", "branch", "rate"], [Fraction(1, 5)])


def test_the_rate_of_a_branch_of_few_is_not_posted_nor_that_of_the_smallest_other() -> None:
    _, rates = posted(丁=1, 丙=5, 乙=6)
    assert sorted(map(str, rates)) == ["1/6", HIDDEN, HIDDEN]
    assert posted(甲=5, 乙=5)[1] == [Fraction(1, 5), Fraction(1, 5)]


def test_that_the_count_is_not_posted_is_no_secret_to_be_told() -> None:
    (notice,) = outcome(trainee(), sheets=[enough(1, "向阳村党支部")]).notices()
    assert drafted(notice).withheld == ""
