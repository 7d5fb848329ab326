"""What a rating's document shows to be wrong by itself, and what a roster shows of it: each fault is named, sound ones are let be."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.policy_check import perform
from sanchuang_cli.domain.rating import lint
from tests.programmes.rate.test_sayable import FLAGGED, GRADES, STARS, VETO, edition, good, limit, situation
from tests.programmes.ratings import organisation


def faults(*organisations: Any, **blocks: Any) -> list[str]:
    return list(lint.faults(edition(**blocks), organisations))


def by_total(*bands: tuple[int, int]) -> dict[str, Any]:
    return STARS | {"model": "total-bands", "bands": [{"at_least": a, "stars": s} for a, s in bands]}


def graded(first: int | str = 90, **more: Any) -> dict[str, Any]:
    return GRADES | {"bands": [{"name": "好", "at_least": first}, {"name": "差", "at_least": 0}]} | more


GATED: dict[str, Any] = {"gate": "0.9", "gated": "差", "gate_clause": "满"}


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        ({"goods": [good(passes=0)]}, "“甲”（项）得星线 0，人人得星，从来决定不了什么"),
        ({"types": [{"name": "村"}], "goods": [good(passes_for={"村": 120})]}, "“甲”（项）“村”的得星线 120 高于满分 100，没有人够得到"),
        ({"types": [{"name": "村"}], "goods": [good(passes_for={"村": 80})]}, "“甲”（项）passes_for 的“村” 80 与 passes 一样，从来决定不了什么"),
        ({"grades": graded(101)}, "等次“好”（等）要 101 分，综合得分最高 100，没有人够得到"),
        ({"grades": graded(**GATED | {"gate": 0})}, "满意率底线 0（满）从来决定不了什么"),
        ({"grades": graded(vetoed="好", veto_clause="否"), "veto": VETO}, "有否决情形的最高定为“好”（否），这是最好的等次，从来决定不了什么"),
        ({"stars": by_total((101, 5), (60, 3))}, "5 星（星）要 101 分，综合得分最高 100，没有人够得到"),
        ({"stars": by_total((90, 3), (60, 5))}, "90 分以上 3 星，60 分以上反而 5 星（星）"),
        ({"stars": by_total((90, 3), (60, 3))}, "90 分和 60 分都是 3 星（星），90 分这条线从来决定不了什么"),
        ({"stars": by_total((90, 5), (60, 3)), "quotas": [{"clause": "额", "stars": 4, "beyond": "warn", "number": 1}]}, "4 星的名额（额）从来决定不了什么：没有评 4 星的"),
        ({"quotas": [{"clause": "额", "stars": 5, "beyond": "warn", "share": 1}]}, "5 星的名额 100%（额）从来决定不了什么"),
        ({"rectify": {"clause": "整", "criteria": [situation(test="yes", column="违纪"), situation(test="yes", column="违纪") | {"name": "又一情形"}]}}, "情形“又一情形”（条）与“某情形”一样，从来决定不了什么"),
        ({"goods": [good(passes="0.8")]}, "“甲”（项）得星线 0.8 分，满分 100 分：写的是分数，80% 写 80"),
        ({"goods": [good(indicators=[{"heading": "收入", "method": "bands", "points": 100, "bands": [{"at_least": 0, "points": 100}, {"at_least": 3, "points": 20}]}])]}, "“甲”的指标“收入”0 以上得 100 分，3 以上反而得 20 分（项）：数越大得分越少的，不必改"),
        ({"quotas": [{"clause": "额", "stars": 5, "beyond": "warn", "share": "0.1"}, {"clause": "又额", "stars": 5, "beyond": "warn", "share": "0.2"}]}, "5 星的名额写了两条（又额），范围一样：只有少的一条决定"),
        ({"rectify": {"clause": "整", "share": "0.2", "warns_over": "0.1"}}, "整顿名单补足到 20%，超过 10% 就提示（整）：照这样年年提示"),
    ],
)  # fmt: skip
def test_what_decides_nothing_or_nobody_reaches_is_the_one_fault_named(
    blocks: dict[str, Any], named: str
) -> None:
    assert faults(**blocks) == [named]


def test_a_total_that_a_bonus_lifts_above_a_hundred_is_within_reach() -> None:
    with_bonus = [good(passes=None), good("乙", passes=None, bonus=True)]
    beyond_full = [good(passes=None, at_most=110)]
    for goods in (with_bonus, beyond_full):
        assert faults(goods=goods, stars=by_total((101, 5), (60, 3)), grades=graded(101)) == []


LEVELS: dict[str, Any] = {
    "goods": [good(name, stars=stars) for name, stars in (("三", 3), ("四", 4), ("五", 5))],
    "stars": STARS | {"model": "levels"},
}
BY_BANDS: dict[str, Any] = {"stars": by_total((90, 5), (60, 3))}
BELOW = STARS | {"veto": "one-below-last-year", "veto_clause": "否"}


def test_a_document_without_types_is_not_asked_about_the_cells_of_类型() -> None:
    assert faults(organisation(type="村")) == []


def quota(stars: int, **says: Any) -> dict[str, Any]:
    return {"clause": "额", "stars": stars, "beyond": "warn", "number": 1} | says


def ladder(step: int) -> dict[str, Any]:
    return {"clause": "升", "step": step}


@pytest.mark.parametrize(
    "blocks",
    [
        LEVELS | {"quotas": [quota(5), quota(3)]},
        LEVELS | {"ladder": ladder(3)},
        LEVELS | {"quotas": [quota(2)], "limits": [limit(FLAGGED, at_most=2)]},
        BY_BANDS | {"quotas": [quota(4)], "limits": [limit(FLAGGED, at_most=4)]},
        BY_BANDS | {"quotas": [quota(5, beyond="cap"), quota(4)]},
        BY_BANDS | {"quotas": [quota(4)], "ladder": ladder(1)},
        {"stars": BY_BANDS["stars"] | BELOW | {"model": "total-bands"}, "veto": VETO, "quotas": [quota(4)]},
        {"quotas": [quota(5), quota(1)]},
        {"types": [{"name": "村"}], "goods": [good(), good("乙", passes=None, passes_for={"村": 70})], "quotas": [quota(2)], "ladder": ladder(1)},
    ],
)  # fmt: skip
def test_stars_that_are_earned_or_left_over_are_not_called_out_of_reach(blocks: dict[str, Any]) -> None:
    assert faults(**blocks) == []


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        (LEVELS | {"quotas": [quota(2)]}, "2 星的名额（额）从来决定不了什么：没有评 2 星的"),
        (LEVELS | {"ladder": ladder(5)}, "一年至多升 5 星（升）从来决定不了什么：最多只有 5 星"),
        (BY_BANDS | {"quotas": [quota(4)], "limits": [limit(FLAGGED, at_most=0)]}, "4 星的名额（额）从来决定不了什么：没有评 4 星的"),
        (BY_BANDS | {"quotas": [quota(7)], "limits": [limit(FLAGGED, at_most=7)]}, "7 星的名额（额）从来决定不了什么：没有评 7 星的"),
        (BY_BANDS | {"quotas": [quota(6)], "ladder": ladder(1)}, "6 星的名额（额）从来决定不了什么：没有评 6 星的"),
        ({"goods": [good(), good("乙", passes=None)], "quotas": [quota(2)]}, "2 星的名额（额）从来决定不了什么：没有评 2 星的"),
    ],
)  # fmt: skip
def test_stars_that_nobody_has_are_named(blocks: dict[str, Any], named: str) -> None:
    assert faults(**blocks) == [named]


def test_a_pass_mark_above_a_full_score_that_can_be_exceeded_is_within_reach() -> None:
    assert faults(goods=[good(passes=105, at_most=110)]) == []
    assert faults(goods=[good(passes=115, at_most=110)]) == [
        "“甲”（项）得星线 115 高于至多能得的 110，没有人够得到"
    ]


def test_the_same_situation_on_both_lists_is_no_repetition() -> None:
    criteria = [situation(test="yes", column="违纪")]
    both = {
        "rectify": {"clause": "整", "criteria": criteria},
        "secretaries": {"clause": "调", "triggers": criteria},
    }
    assert faults(**both) == []  # fmt: skip


def test_a_document_without_vetoes_is_not_asked_about_the_cells_of_否决情形() -> None:
    types: dict[str, Any] = {"types": [{"name": "村"}]}
    odd = organisation(veto="私设金库")
    assert faults(odd, **types) == []
    vetoing = types | {"veto": VETO, "stars": STARS | {"veto": "no-star", "veto_clause": "否"}}
    assert faults(odd, **vetoing) == [
        "“否决情形”里写的“私设金库”（1 行）不在列举之内（否）",
        "否决情形（否）列举的“安全”，“否决情形”里没有人写",
    ]


HEAD = '[[edition]]\ntitle = "试"\ndocument = "试〔2020〕1号"\neffective = 2020-01-01\n'
GOOD = '[[edition.goods]]\nname = "{0}"\nheading = "{0}"\nclause = "{0}项"\n{1}\n'
TYPES = '[[edition.types]]\nname = "村"\n[[edition.types]]\nname = "社区"\n'
GRADED = '[edition.grades]\nclause = "等"\nbands = [ { name = "好", at_least = 90 }, { name = "差", at_least = 0 } ]\n'


def over(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    document: str,
    *rows: tuple[str, str, int],
    vetoes: Sequence[str] = (),
) -> list[str]:
    """What `policy check` says of a document over organisations: name, type, and the score of its one good; and their
    vetoes, where there are any."""
    policy, book = folder / "试.toml", folder / "党组织.csv"
    policy.write_text(HEAD + document, "utf-8")
    with book.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["乡镇", "党组织名称", "类型", "评定分/甲", *["否决情形"] * bool(vetoes)])
        writer.writerows(["青禾镇", *row, *vetoes[i : i + 1]] for i, row in enumerate(rows))
    on: Any = [str(book)]
    perform(Asked(programme="rate", policy=str(policy), on=on))
    lines = capsys.readouterr().out.splitlines()
    return [line.partition("：")[2] for line in lines if line.startswith("疑点")]


def test_a_pass_mark_of_one_type_that_makes_no_difference_this_year_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = 'passes = 80\npasses_for = { "村" = 70, "社区" = 60 }'
    document = TYPES + GOOD.format("甲", marks) + '[edition.stars]\nclause = "星"\nmodel = "per-good"\n'
    lines = over(
        tmp_path, capsys, document, ("甲村党支部", "村", 75), ("乙社区党支部", "社区", 85), ("丙村党支部", "村", 50)
    )  # fmt: skip
    told = [line for line in lines if "另用的得星线" in line]
    assert [line.partition("：")[2] for line in told] == ["“社区”另用的得星线这一期没有用上。"]


def test_where_grades_have_no_gate_and_no_veto_neither_is_called_idle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = TYPES + GOOD.format("甲", "") + GRADED
    lines = over(tmp_path, capsys, document, ("甲村党支部", "村", 95), ("乙社区党支部", "社区", 85))
    assert lines == []
    (line,) = over(tmp_path, capsys, document, ("甲村党支部", "村", 85), ("乙社区党支部", "社区", 85))
    assert "等次“好”没有一个" in line


def test_a_grade_or_stars_that_are_left_to_somebody_are_not_said_to_be_nobodys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One who has 95 and a veto: the stars of that score make no difference to him, and 差 is what he gets."""
    veto = '[edition.veto]\nclause = "否"\nsituations = ["安全"]\n'
    graded_ = GRADED + 'vetoed = "差"\nveto_clause = "否"\n'
    banded = '[edition.stars]\nclause = "星"\nmodel = "total-bands"\nveto = "no-star"\nveto_clause = "否"\n'
    document = (
        TYPES + GOOD.format("甲", "") + graded_ + banded + "bands = [ { at_least = 90, stars = 5 } ]\n" + veto
    )
    lines = "".join(over(tmp_path, capsys, document, ("甲村党支部", "村", 95), vetoes=["安全事故"]))
    assert "等次“好”没有一个" in lines
    assert "等次“差”没有一个" not in lines
    assert "90 分得 5 星的一段，这一期没有影响一个" in lines


def test_the_lowest_grade_by_stars_of_somebody_without_a_star_is_not_said_to_be_nobodys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_stars = GRADED.replace("at_least = 90", "at_least = 1") + 'by = "stars"\n'
    document = (
        TYPES
        + GOOD.format("甲", "passes = 80")
        + by_stars
        + '[edition.stars]\nclause = "星"\nmodel = "per-good"\n'
    )
    none = "等次“差”没有一个"
    lines = "".join(over(tmp_path, capsys, document, ("甲村党支部", "村", 50)))
    assert none not in lines
    assert none in "".join(over(tmp_path, capsys, document, ("甲村党支部", "村", 90)))


def test_the_lowest_grade_of_somebody_with_no_point_is_not_said_to_be_nobodys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = TYPES + GOOD.format("甲", "") + GRADED
    lines = "".join(over(tmp_path, capsys, document, ("甲村党支部", "村", 0)))
    assert "等次“差”没有一个" not in lines
    assert "等次“好”没有一个" in lines
