"""What holds of any meeting: the order of papers and rows decides nothing, one more vote never harms, no cap is exceeded."""

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programmes.reviewed import NAMES, column, grades, member, outcome, probationer, sheet

FEW = settings(max_examples=60, deadline=None)
GRADES = st.sampled_from(["优秀", "优秀", "优秀", "合格", "不合格", ""])
BRANCH = st.lists(st.tuples(GRADES, st.integers(0, 9), st.booleans()), min_size=1, max_size=10)


def built(people: list[tuple[str, int, bool]], **more: Any) -> list[Any]:
    """Members by grade and votes for the best one; those on probation have neither."""
    return [
        member(n, grade, (best, 9 - best, 0, 0), **more) if full else probationer(n)
        for n, (grade, best, full) in enumerate(people, 1)
    ]


def shown(run: Any) -> Any:
    pages = [table for table in run.tables if table.name in ("测评汇总", "等次名册", "待定", "支部汇总")]
    return [(page.name, page.rows) for page in pages], str(run.tally), {str(one) for one in run.findings}


@FEW
@given(BRANCH, st.randoms())
def test_the_order_of_rows_changes_nothing(people: list[Any], random: Random) -> None:
    rows = built(people)
    turned = list(rows)
    random.shuffle(turned)
    assert shown(outcome(*turned)) == shown(outcome(*rows))


@FEW
@given(st.lists(st.sampled_from(["优秀", "合格", "弃权", "很好"]), min_size=1, max_size=9), st.randoms())
def test_the_order_of_papers_changes_nothing(marks: list[str], random: Random) -> None:
    papers = [sheet(str(n), f"群众{n}", name, mark) for n, mark in enumerate(marks) for name in NAMES[:2]]
    turned = list(papers)
    random.shuffle(turned)
    none: dict[str, Any] = {"votes": (None,) * 4, "given_out": None, "returned": None}
    rows = [member(1, "优秀", **none), member(2, "合格", **none)]
    assert shown(outcome(*rows, papers=turned)) == shown(outcome(*rows, papers=papers))


@FEW
@given(BRANCH)
def test_no_branch_has_more_of_the_best_grade_than_it_may_and_nobody_is_lost(people: list[Any]) -> None:
    run = outcome(*built(people))
    full = sum(one[2] for one in people)
    assert list(grades(run).values()).count("优秀") <= full // 3
    listed = [*grades(run), *column(run, "待定", "name"), *column(run, "未列入名单", "name")]
    assert sorted(listed) == sorted(NAMES[: len(people)])


@FEW
@given(st.lists(st.integers(0, 8), min_size=2, max_size=9), st.data())
def test_one_more_vote_for_the_best_grade_never_lowers_the_rank_and_changes_no_grade(
    votes: list[int], data: Any
) -> None:
    who = data.draw(st.integers(0, len(votes) - 1))
    more = [best + (n == who) for n, best in enumerate(votes)]

    def ranks(best: list[int]) -> dict[str, int]:
        run = outcome(*built([("优秀", each, True) for each in best]))
        assert grades(run) == {}
        return dict(zip(column(run, "待定", "name"), column(run, "待定", "place"), strict=True))

    assert ranks(more)[NAMES[who]] <= ranks(votes)[NAMES[who]]
