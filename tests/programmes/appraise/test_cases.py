"""Cases of 述评考 that the domain list prints, by their numbers, each under every switch that it names."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.appraisal.policy import AppraisePolicy
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import PolicyFile
from tests.programmes.units import ballots, changed, column, item, measured, outcome, paper, told, unit

SIX = ("一", "二", "三", "四", "五", "六")
SIX_GROUPS = "part = [" + ", ".join(
    f'{{ name = "{name}", weight = {weight} }}'
    for name, weight in zip(SIX, ("0.15", "0.15", "0.2", "0.1", "0.15", "0.25"), strict=True)
) + "]"  # fmt: skip
FOUR = 'part = [{ name = "上级" }, { name = "同级" }, { name = "下级" }, { name = "群众" }]'


def exact(text: str) -> Fraction:
    return Fraction(text)


def test_h23_the_ballots_give_87_27_and_the_whole_88_75() -> None:
    run = outcome(unit(), ballots())
    assert measured(run, "score-测评") == [exact("87.27")]
    assert measured(run, "total") == [exact("88.75")]
    assert measured(run, "grade") == ["较好"]
    assert measured(run, "place") == [1]
    assert [measured(run, f"mark-{word}") for word in ("好", "较好", "一般", "差")] == [[18], [10], [4], [1]]


@pytest.mark.parametrize(("absent", "score"), [("renormalise", "86.39"), ("nought", "77.75")])
def test_n51q_a_group_that_handed_nothing_in(absent: str, score: str) -> None:
    """Six groups of raters whose papers give 90, 85, 88, (80,) 86 and 84."""
    by = changed((FOUR, SIX_GROUPS), ('absent = "renormalise"', f'absent = "{absent}"'), name="papers")
    marks = {"一": 90, "二": 85, "三": 88, "五": 86, "六": 84}
    sheets = [
        row
        for at, (group, mark) in enumerate(marks.items())
        for n in range(5)
        for row in paper(group, f"{n}", plain_paper(mark), 100 * at + 10 * n)
    ]
    run = outcome(unit(), *sheets, by=by)
    assert measured(run, "score-测评") == [exact(score)]


def test_n51q_a_document_may_conclude_nothing() -> None:
    by = changed((FOUR, SIX_GROUPS), ('absent = "renormalise"', 'absent = "refuse"'))
    run = outcome(unit(), *(ballots(group=group, line=n) for n, group in enumerate(SIX[:5])), by=by)
    assert column(run, "缺项名单", "lacking") == ["测评"]


def plain_paper(mark: int) -> dict[str, int]:
    """A paper with this mark for the unit, and enough others that it counts."""
    return {"向阳村党支部": mark, "甲村党支部": 60, "乙村党支部": 65}


@pytest.mark.parametrize(
    ("marks", "score"),
    [((95, 92, 90, 88, 85, 70), "88.75"), ((95, 92, 90, 88, 85), "90")],
)
def test_n53q_more_than_five_raters_drop_the_best_and_the_worst(marks: Sequence[int], score: str) -> None:
    sheets = [row for n, mark in enumerate(marks) for row in paper("上级", f"{n}", plain_paper(mark), 10 * n)]
    run = outcome(unit(), *sheets, by=changed(name="papers"))
    assert measured(run, "score-测评") == [exact(score)]


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ((95, 92, 91, 90, 60, 65), False),
        ((95, 92, 85, 80, 75, 65), False),
        ((80, 80, 80, 80), False),
        ((95, 92, 90, 80, 60, 65), True),
    ],
)
def test_n55q_a_paper_counts_with_at_most_three_of_90_and_at_least_two_below_70(
    marks: Sequence[int], counts: bool
) -> None:
    """Five sound papers give the unit 80; the sixth gives it its first mark, where it counts."""
    sound = [row for n in range(5) for row in paper("上级", f"{n}", plain_paper(80), 10 * n)]
    names = ["向阳村党支部", *(f"{n}村党支部" for n in "甲乙丙丁戊")]
    sixth = paper("上级", "六", dict(zip(names, marks, strict=False)), 90)
    run = outcome(unit(), *sound, *sixth, by=changed(name="papers"))
    assert measured(run, "valid") == [6 if counts else 5]
    assert ("papers-void" in told(run)) is not counts


@pytest.mark.parametrize(("rounding", "best"), [("down", 7), ("half_up", 8)])
def test_n57q_about_a_tenth_of_79_first_secretaries(rounding: str, best: int) -> None:
    by = changed(("share = 0.4\n", f'share = 0.1\nround = "{rounding}"\n'))
    run = outcome([_above(n, 10_000 - 20 * n) for n in range(79)], *_unanimous(79), by=by)
    assert measured(run, "grade").count("好") == best
    assert measured(run, "grade").count("较好") == 79 - best


def _above(n: int, hundredths: int) -> Any:
    """A unit with a report of so many hundredths of a point, so that none are alike."""
    return unit(f"第{n}村党支部", n, daily=100, report_score=Fraction(hundredths, 100))


def _unanimous(many: int) -> list[Any]:
    return [ballots((9, 0, 0, 0), name=f"第{n}村党支部", line=n) for n in range(many)]


@pytest.mark.parametrize(("times", "left"), [(1, "2.5"), (3, "0")])
def test_n59q_three_cases_leave_nothing_of_five_points_and_never_less(times: int, left: str) -> None:
    cases = [item("调解纠纷", 2.5, 5, n, serial=str(n)) for n in range(1, times + 1)]
    run = outcome(unit(daily=None), ballots(), *cases, item("其余", 0, 95, 9))
    assert measured(run, "score-日常") == [95 + exact(left)]


OFFICES = (("组织科", 4), ("农村科", 3), ("组织员办", "2.5"), ("电教科", "1.5"))


@pytest.mark.parametrize(("last", "codes"), [("1.5", []), ("2.5", ["parts-differ", "sheet-wrong"])])
def test_n61q_the_offices_that_check_an_item_make_up_its_eleven_points(last: str, codes: list[str]) -> None:
    parts = [*OFFICES[:-1], ("电教科", last)]
    rows = [
        item("落实责任制", 0, 11, n, serial=str(n), office=office, part=part)
        for n, (office, part) in enumerate(parts)
    ]
    run = outcome(unit(daily=None), ballots(), *rows, item("其余", 1, 89, 9))
    assert (told(run), measured(run, "score-日常")) == (codes, [] if codes else [99])


def test_n61q_a_document_whose_offices_do_not_make_up_an_item_is_refused() -> None:
    offices = ", ".join(f'"{office}" = {part}' for office, part in OFFICES)
    items = f'[[edition.inspection.items]]\nname = "落实责任制"\npoints = %s\noffices = {{ {offices} }}\n'
    rest = '[[edition.inspection.items]]\nname = "其余"\npoints = 89\n'
    assert changed(("[edition.yearly]", items % 11 + rest + "[edition.yearly]"))
    with pytest.raises(UserError, match="各科室合计 11 分，满分写的是 12 分"):
        changed(("[edition.yearly]", items % 12 + rest + "[edition.yearly]"))


@pytest.mark.parametrize(
    ("ties", "points", "places"),
    [
        ("skip", "60 57 57 51 48", [1, 2, 2, 4, 5]),
        ("dense", "60 57 57 54 51", [1, 2, 2, 3, 4]),
        ("mean", "60 55.5 55.5 51 48", [1, 2, 2, 4, 5]),
    ],
)
def test_n63q_points_for_places_of_which_two_are_shared(ties: str, points: str, places: list[int]) -> None:
    by = changed(('ties = "skip"', f'ties = "{ties}"\npoints = [60, 57, 54, 51, 48]'))
    scores = (95, 90, 90, 85, 80)
    units = [unit(f"第{n}村党支部", n, report_score=score) for n, score in enumerate(scores)]
    run = outcome(units, *_unanimous(5), by=by)
    assert column(run, "排名", "place") == places
    assert column(run, "排名", "points") == [exact(each) for each in points.split()]


def test_n63q_places_beyond_the_points_get_none_and_it_is_said() -> None:
    by: PolicyFile[AppraisePolicy] = changed(('ties = "skip"', 'ties = "skip"\npoints = [60, 57]'))
    units = [unit(f"第{n}村党支部", n, report_score=90 + n) for n in range(3)]
    run = outcome(units, *_unanimous(3), by=by)
    assert (column(run, "排名", "points"), told(run)) == ([None] * 3, ["no-points"])
