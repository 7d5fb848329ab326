"""Cases of 民主评议 that the domain list prints, by their numbers, and the printed example."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.reviews.policy import ReviewPolicy
from sanchuang_cli.programmes.reviews import PROGRAMME
from tests.programmes.reviewed import (
    NAMES,
    column,
    default,
    did,
    grades,
    member,
    outcome,
    probationer,
    told,
    with_keys,
)


def named(best: int, of: int) -> list[Any]:
    """A branch of so many full members, so many of whom the committee names for the best grade, with falling votes."""
    return [
        member(n + 1, "优秀" if n < best else "合格", (10 - n % 5, n % 5, 0, 0) if n < best else ())
        for n in range(of)
    ]


@pytest.mark.parametrize(("members", "most"), [(25, 8), (24, 8), (2, 0)])
def test_h01_a_third_of_the_full_members_rounded_down(members: int, most: int) -> None:
    assert column(outcome(*named(most, members)), "支部汇总", "most") == [most]
    assert list(grades(outcome(*named(most, members))).values()).count("优秀") == most
    over = outcome(*named(most + 1, members))
    assert "优秀" not in grades(over).values()
    assert len(column(over, "待定", "name")) == most + 1
    assert told(over) == ["over-cap"]


def test_the_printed_example_of_the_defaults() -> None:
    """Section 12, point 5: 7 full members and one on probation, three named for 优秀."""
    run = outcome(*named(3, 7), probationer(8))
    assert column(run, "支部汇总", "most") == [2]
    assert column(run, "待定", "name") == list(NAMES[:3])
    assert str(run.tally) == "读取 8 = 已定等次 4 + 待定 3 + 不定等次 1 + 待核实 0"


MEETINGS = [did(1, NAMES[0], "集中学习", 15, 2, 12), did(2, NAMES[0], "学习笔记", 4, 1, 4), did(3, NAMES[0], "心得体会", 4, 1, 4)]  # fmt: skip


@pytest.mark.parametrize("pack", [None, "points-by-item"])
def test_n65q_each_item_is_capped(pack: str | None) -> None:
    run = outcome(member(1), points=MEETINGS, by=default(pack))
    assert column(run, "积分", "points") == [20]
    assert column(run, "积分", "items") == [
        "学习笔记 4 × 1 = 4；心得体会 4 × 1 = 4；集中学习 15 × 2 = 30，计 12"
    ]


RATIOS: dict[str, Any] = {"绩点": Fraction(4), "思想汇报": Fraction(6)}
STUDENT: dict[str, Any] = {"given_out": 75, "returned": 73}


def scored(reports: int, over: str, grade: str = "优秀") -> Any:
    """The student of N21 in a branch of three, with another way of taking ratios above 1."""
    ratios = default("ratios-student-branch").editions[0].model_dump()["ratios"]
    parts = [{**part, "over": over} for part in ratios["part"]]
    who = member(1, grade, (50, 23, 0, 0), **STUDENT, 绩点=Fraction(4), 思想汇报=Fraction(reports))
    others = [member(n, **RATIOS) for n in (2, 3)]
    return outcome(who, *others, by=with_keys(ratios={**ratios, "part": parts}))


@pytest.mark.parametrize(("over", "points"), [("capped", "84.55"), ("uncapped", "104.55")])
def test_n67q_a_ratio_above_one(over: str, points: str) -> None:
    run = scored(6, over)
    assert column(run, "积分", "score")[0] == Fraction(points)
    assert column(run, "积分", "over")[0] == "思想汇报"
    assert grades(run)[NAMES[0]] == "优秀"


def test_n67q_too_few_reports_are_not_eligible() -> None:
    run = scored(3, "capped")
    assert column(run, "积分", "short")[0] == "思想汇报"
    assert NAMES[0] not in grades(run)
    assert told(run) == ["not-eligible"]
    assert grades(scored(3, "capped", "合格"))[NAMES[0]] == "合格"


def test_n67q_by_the_shipped_pack() -> None:
    who = member(1, "优秀", (50, 23, 0, 0), **STUDENT, **RATIOS)
    run = outcome(who, *(member(n, **RATIOS) for n in (2, 3)), by=default("ratios-student-branch"))
    assert column(run, "积分", "score")[0] == Fraction("84.55")


def test_the_roster_has_a_column_for_each_ratio_but_the_votes() -> None:
    edition = default("ratios-student-branch").editions[0]
    headings = [field.heading for field in PROGRAMME.policy_columns(edition)["reviewed"]]
    assert headings[-2:] == ["绩点", "思想汇报"] and "民主测评" not in headings
    plain = [field.heading for field in PROGRAMME.policy_columns(default().editions[-1])["reviewed"]]
    assert headings[:-2] == plain


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes": "得票"},
        {"votes": ""},
        {"part": [{"name": "民主测评", "worth": 30}, {"name": "绩点", "worth": 70}]},
        {"part": [{"name": "民主测评", "worth": 30}] + [{"name": "绩点", "worth": 35, "full": 5}] * 2},
    ],
    ids=["votes of no part", "a part without its full", "a ratio without its full", "a name twice"],
)
def test_ratios_without_a_full_or_with_a_name_twice_are_refused(wrong: dict[str, Any]) -> None:
    ratios = default("ratios-student-branch").editions[0].model_dump()["ratios"]
    with pytest.raises(ValueError, match="各项不重名，votes 应是其中一项；其余各项都要写 full"):
        with_keys(ratios={**ratios, **wrong})


@pytest.mark.parametrize(
    ("year", "findings"), [(2014, ["other-grade"]), (2015, [])], ids=["three grades", "four grades"]
)
def test_four_grades_from_2015_and_three_before(year: int, findings: list[str]) -> None:
    run = outcome(member(1, "基本合格", (0, 4, 6, 0)), on=date(year, 12, 31))
    assert (grades(run), told(run)) == ({NAMES[0]: "基本合格"}, findings)


def test_an_edition_names_its_grades_once_and_knows_its_best_and_worst() -> None:
    grades_of = default().editions[-1].grades.model_dump()
    for wrong in ({"best": "很好"}, {"names": ("优秀", "优秀", "不合格")}, {"may_be_blank": ("一般",)}):
        with pytest.raises(ValueError, match="等次"):
            ReviewPolicy.model_validate(
                default().editions[-1].model_dump() | {"grades": {**grades_of, **wrong}}
            )
