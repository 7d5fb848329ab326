"""What a rating's document shows by itself, at its edges; which words a roster and it do not share; and what is tried of a block."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from sanchuang_cli.domain.rating import lint
from sanchuang_cli.domain.rating.goods import Good
from sanchuang_cli.domain.rating.rules import NewOrganisations
from sanchuang_cli.domain.rating.steps import Grades, StarBand
from tests.domain.rating.test_lint import BY_BANDS, GATED, by_total, faults, graded, quota
from tests.programmes.rate.test_sayable import FLAGGED, GRADES, STARS, VETO, edition, good, limit, situation
from tests.programmes.ratings import organisation

VILLAGES: dict[str, Any] = {"types": [{"name": "村"}]}
POLLED = situation(test="satisfaction-below", share=1)


def listed(*situations: dict[str, Any], **says: Any) -> dict[str, Any]:
    return {"rectify": {"clause": "整", "criteria": list(situations)} | says}


def proposed(*situations: dict[str, Any]) -> dict[str, Any]:
    return {"secretaries": {"clause": "调", "triggers": list(situations)}}


@pytest.mark.parametrize(
    "blocks",
    [
        {"goods": [good(passes=100)]}, {"goods": [good(passes="1.01")]}, {"goods": [good(full=9, passes="0.8")]},
        {"goods": [good(passes=110, at_most=110)]},
        VILLAGES | {"goods": [good(passes_for={"村": 100})]}, VILLAGES | {"goods": [good(passes_for={"村": "1.01"})]},
        VILLAGES | {"goods": [good(), good("乙", passes=None, passes_for={"村": 80})]},
        {"grades": graded(100)}, {"grades": graded(**GATED | {"gate": 1})}, {"grades": graded(**GATED | {"gate": "0.01"})},
        {"grades": graded(vetoed="差", veto_clause="否"), "veto": VETO},
        {"grades": graded(gated="好")},
        {"stars": by_total((100, 5), (60, 3))}, {"stars": by_total((0, 1))},
        {"quotas": [quota(5, share="0.99", number=None)]}, {"quotas": [quota(5, number=99)]},
        listed(POLLED), proposed(POLLED), listed(share="0.2", warns_over="0.2"), listed(share="0.2"), listed(warns_over=0),
        listed(FLAGGED, FLAGGED | {"column": "上访"}), listed(FLAGGED | {"types": ["村"]}, FLAGGED) | VILLAGES,
        proposed(FLAGGED), {"ladder": {"clause": "升", "step": 4}},
        {"stars": None, "grades": GRADES, "goods": [good(passes=None)]},
    ],
)  # fmt: skip
def test_what_only_just_decides_something_is_let_be(blocks: dict[str, Any]) -> None:
    assert faults(**blocks) == []


NO_PASS = "从来决定不了什么"


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        ({"goods": [good(passes="100.01")]}, ["“甲”（项）得星线 100.01 高于满分 100，没有人够得到"]),
        ({"goods": [good(full=50, passes=51)]}, ["“甲”（项）得星线 51 高于满分 50，没有人够得到"]),
        ({"goods": [good(passes=1)]}, ["“甲”（项）得星线 1 分，满分 100 分：写的是分数，100% 写 100"]),
        (VILLAGES | {"goods": [good(full=10, passes=8, passes_for={"村": "0.6"})]}, ["“甲”（项）“村”的得星线 0.6 分，满分 10 分：写的是分数，60% 写 6"]),
        (VILLAGES | {"goods": [good(passes_for={"村": 0})]}, [f"“甲”（项）“村”的得星线 0，人人得星，{NO_PASS}"]),
        (
            VILLAGES | {"goods": [good(passes=0, passes_for={"村": 0})]},
            [f"“甲”（项）得星线 0，人人得星，{NO_PASS}", f"“甲”（项）“村”的得星线 0，人人得星，{NO_PASS}", f"“甲”（项）passes_for 的“村” 0 与 passes 一样，{NO_PASS}"],
        ),
        (
            {"goods": [good(passes=101), good("乙", passes=0)]},
            ["“甲”（项）得星线 101 高于满分 100，没有人够得到", f"“乙”（项）得星线 0，人人得星，{NO_PASS}"],
        ),
        ({"grades": graded("100.01")}, ["等次“好”（等）要 100.01 分，综合得分最高 100，没有人够得到"]),
        ({"grades": graded(**GATED | {"gated": "好"})}, [f"满意率不够的最高定为“好”（满），这是最好的等次，{NO_PASS}"]),
        ({"stars": by_total((102, 5), (101, 4), (60, 3))}, [f"{n} 星（星）要 {at} 分，综合得分最高 100，没有人够得到" for n, at in ((5, 102), (4, 101))]),
        ({"ladder": {"clause": "升", "step": 5}}, [f"一年至多升 5 星（升）{NO_PASS}：最多只有 5 星"]),
        ({"stars": None, "grades": GRADES, "quotas": [quota(1)]}, [f"1 星的名额（额）{NO_PASS}：没有评 1 星的"]),
        (BY_BANDS | {"quotas": [quota(4, beyond="cap"), quota(3)]}, [f"4 星的名额（额）{NO_PASS}：没有评 4 星的"]),
        ({"stars": by_total((90, 5), (60, 1)), "quotas": [quota(4, beyond="cap"), quota(3)]}, [f"{n} 星的名额（额）{NO_PASS}：没有评 {n} 星的" for n in (4, 3)]),
        (BY_BANDS | {"quotas": [quota(4, share=1, number=None)]}, [f"4 星的名额（额）{NO_PASS}：没有评 4 星的"]),
        (
            listed(*(FLAGGED | {"name": name, "clause": name} for name in "一二三")),
            [f"情形“{name}”（{name}）与“一”一样，{NO_PASS}" for name in "二三"],
        ),
        (listed(FLAGGED, FLAGGED | {"clause": "别"}), [f"情形“某情形”（别）与“某情形”一样，{NO_PASS}"]),
        (listed(share="0.2001", warns_over="0.2"), ["整顿名单补足到 20.01%，超过 20% 就提示（整）：照这样年年提示"]),
    ],
)  # fmt: skip
def test_what_never_decides_anything_is_named_each_by_itself(
    blocks: dict[str, Any], named: list[str]
) -> None:
    assert faults(**blocks) == named


def test_stars_that_a_limit_leaves_may_have_a_quota_and_stars_above_the_most_may_not() -> None:
    for at_most, named in ((4, []), (6, [f"6 星的名额（额）{NO_PASS}：没有评 6 星的"])):
        limits = [limit(FLAGGED, at_most=at_most)]
        assert faults(**BY_BANDS, limits=limits, quotas=[quota(at_most)]) == named


@pytest.mark.parametrize("blocks", [{}, {"stars": STARS}, BY_BANDS, {"grades": GRADES, "stars": None}])
def test_a_document_that_knows_no_other_blocks_is_asked_for_none(blocks: dict[str, Any]) -> None:
    """Of a programme whose documents have goods, and of the others only these."""
    full = edition(**blocks)
    few = SimpleNamespace(
        goods=full.goods, types=full.types, **{name: getattr(full, name) for name in blocks}
    )
    assert list(lint.faults(few, ())) == []
    assert list(lint.faults(few, [organisation(type=None)])) == []


TYPES: dict[str, Any] = {"types": [{"name": "村", "aliases": ["农村"]}, {"name": "社区"}, {"name": "机关"}]}


def of_types(*written: str | None) -> list[str]:
    return faults(*(organisation(n, type=one) for n, one in enumerate(written, 1)), **TYPES)


def test_types_that_a_roster_writes_and_a_document_has_not_are_named_and_the_other_way_round() -> None:
    assert of_types("村", "社区", "机关") == of_types("农村", "社区党支部", "县直机关", None, "") == []
    assert of_types("村", "社区", "机关", "学校", "学校", "医院") == [
        "“类型”里写的“学校”（2 行）、“医院”（1 行）不在 types 里"
    ]
    assert of_types("村", "社区", "机关", "机构") == [
        "“类型”里写的“机构”（1 行）（是不是“机关”？）不在 types 里"
    ]
    assert of_types("农村", "社区") == ["types 里的“机关”，“类型”里没有人写"]
    assert of_types("学校") == [
        "“类型”里写的“学校”（1 行）不在 types 里",
        "types 里的“村”“社区”“机关”，“类型”里没有人写",
    ]


def test_of_many_strange_words_six_are_named() -> None:
    strange = ["学校", "医院", "银行", "企业", "协会", "军营", "剧团"]
    (told,) = of_types("村", "社区", "机关", *strange)
    assert [word for word in strange if f"“{word}”（1 行）" in told] == strange[:6]


VETOES = VILLAGES | {
    "veto": VETO | {"situations": ["安全", "集资"]},
    "stars": STARS | {"veto": "no-star", "veto_clause": "否"},
}


def of_vetoes(*cells: str | None) -> list[str]:
    return faults(*(organisation(n, veto=one) for n, one in enumerate(cells, 1)), **VETOES)


def test_vetoes_that_a_roster_writes_and_a_document_has_not_are_named_and_the_other_way_round() -> None:
    assert of_vetoes("安全事故", "非法集资", "无", " 没有 ", "未发生", "是", "有", "", None) == []
    assert of_vetoes("安全事故", "非法集资", " 上访 ", "上访", "斗殴") == [
        "“否决情形”里写的“上访”（2 行）、“斗殴”（1 行）不在列举之内（否）"
    ]
    assert of_vetoes("安全事故") == ["否决情形（否）列举的“集资”，“否决情形”里没有人写"]
    assert of_vetoes(None) == ["否决情形（否）列举的“安全”“集资”，“否决情形”里没有人写"]
    (strange,) = of_vetoes("安全", "集资", *"甲乙丙丁戊己庚")
    assert [word for word in "甲乙丙丁戊己庚" if f"“{word}”（1 行）" in strange] == [*"甲乙丙丁戊己"]


def test_without_a_roster_no_words_are_compared() -> None:
    assert faults(**VETOES) == []
    assert faults(**TYPES) == []


def tried(kind: type[Any], block: Any, of: Any = None) -> list[tuple[str, Mapping[str, Any]]]:
    found: Iterable[tuple[str, Mapping[str, Any]]] = lint.LINTS.tried[kind](block, of or edition())
    return list(found)


@pytest.mark.parametrize(("stars", "other"), [(5, 4), (1, 0), (0, 1)])
def test_of_a_band_of_stars_another_number_of_them_is_tried(stars: int, other: int) -> None:
    band = StarBand.model_validate({"at_least": "90.5", "stars": stars})
    assert tried(StarBand, band) == [(f"90.5 分得 {stars} 星的一段，这一期没有影响一个", {"stars": other})]


def test_of_new_organisations_no_years_at_all_are_tried() -> None:
    assert tried(NewOrganisations, NewOrganisations(clause="新", years=2)) == [
        ("成立不满 2 年的一个也没有，这一期没有用上", {"years": 0})
    ]


MARKED = Good.model_validate(good(passes_for={"村": 70, "机关": 60}, at_most=110))
EVERYBODY = {"passes": Fraction(0), "passes_for": {}}


def test_of_a_pass_mark_one_that_everybody_and_one_that_nobody_reaches_are_tried_and_each_types_own() -> None:
    village, office = "“村”另用的得星线这一期没有用上", "“机关”另用的得星线这一期没有用上"
    assert tried(Good, MARKED) == [
        ("人人得星，80 分这条线这一期决定不了什么", EVERYBODY),
        ("没有一个得星，80 分这条线这一期决定不了什么", {"passes": 111, "passes_for": {}}),
        (village, {"passes_for": {"机关": 60}}),
        (office, {"passes_for": {"村": 70}}),
    ]
    assert tried(Good, Good.model_validate(good(passes=0)))[0][1] == EVERYBODY


def test_a_pass_mark_is_tried_only_where_stars_go_good_by_good() -> None:
    banded, ungraded = edition(**BY_BANDS), edition(stars=None, grades=GRADES)
    assert tried(Good, MARKED, banded) == tried(Good, MARKED, ungraded) == []
    assert tried(Good, Good.model_validate(good(passes=None))) == []


FOUR = [{"name": name, "at_least": edge} for name, edge in (("优", 90), ("良", 80), ("中", 60), ("差", 0))]


def of_grades(**says: Any) -> list[tuple[str, Any]]:
    """What is tried: with the edges by name where these move, and the names where one is given another."""
    block = Grades.model_validate({"clause": "等", "bands": FOUR} | says)
    found = []
    for said, change in tried(Grades, block):
        bands = {one["name"]: Fraction(one["at_least"]) for one in change.get("bands", ())}
        rest = {key: value for key, value in change.items() if key != "bands"}
        found.append((said, (bands, rest) if bands else rest))
    return found


MOVED: list[tuple[str, Any]] = [
    ("等次“优”没有一个", ({"优": 90 + 10**6, "良": 80, "中": 60, "差": 0}, {})),
    ("等次“良”没有一个", ({"优": 90, "良": 90 - Fraction(1, 10**6), "中": 60, "差": 0}, {})),
    ("等次“中”没有一个", ({"优": 90, "良": 80, "中": 80 - Fraction(1, 10**6), "差": 0}, {})),
    ("等次“差”没有一个", ({"优": 90, "良": 80, "中": 60, "差（另名）": 0}, {})),
]


def test_of_grades_each_is_tried_without_those_who_have_it() -> None:
    assert of_grades() == MOVED


def test_a_grade_that_a_limit_leaves_is_tried_under_another_name_and_so_is_each_limit() -> None:
    gated, vetoed = {"gate": "0.9", "gated": "中", "gate_clause": "满"}, {"vetoed": "良", "veto_clause": "否"}
    found = of_grades(**gated, **vetoed)
    assert found == [
        MOVED[0],
        ("等次“良”没有一个", ({"优": 90, "良（另名）": 80, "中": 60, "差": 0}, {"vetoed": "良（另名）"})),
        ("等次“中”没有一个", ({"优": 90, "良": 80, "中（另名）": 60, "差": 0}, {"gated": "中（另名）"})),
        MOVED[3],
        ("满意率底线（满）这一期没有用上", {"gate": 0}),
        ("否决后限制等次（否）这一期没有用上", {"vetoed": "优"}),
    ]
    both = of_grades(**gated, **vetoed | {"vetoed": "中"})
    assert both[2][1][1] == {"gated": "中（另名）", "vetoed": "中（另名）"}
    lowest = of_grades(**vetoed | {"vetoed": "差"})
    assert lowest[3][1][1] == {"vetoed": "差（另名）"}
