"""What the blocks of a rating document cannot say together: each told in full, and what is as near as can be is taken."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.programmes.rate.test_sayable import FLAGGED, GRADES, STARS, VETO, edition, good, limit, situation

LEVELS = {"stars": STARS | {"model": "levels"}}
BY_STARS = GRADES | {"by": "stars"}
NO_VETO = "有 veto 一节，stars 的 veto 和 grades 的 vetoed 却都没有写：否决了怎样办？"
NO_BLOCK = "写了否决怎样办（stars 的 veto 或 grades 的 vetoed），还要有 veto 一节，列出否决情形"
NO_LEVELS = "逐级达标的，每张评分表都要写 stars（从低到高排列）和达标的分数线 passes"
NO_TOTAL = '逐级达标的没有综合得分：等次写 by = "stars"，名额只能提示（warn），整顿不能按得分补足'


def triggers(**says: Any) -> dict[str, Any]:
    return {"secretaries": {"clause": "调", "triggers": [situation(**says)]}}


def given(points: int, *types: str, **more: Any) -> dict[str, Any]:
    """An indicator of so many points, of these types alone if any are named."""
    return {"heading": f"{points}分", "method": "given", "points": points, "types": types, **more}


def types(*names: str) -> dict[str, Any]:
    return {"types": [{"name": name} for name in names]}


def quota(**more: Any) -> dict[str, Any]:
    return {"quotas": [{"clause": "额", "stars": 3, "beyond": "cap", "number": 1} | more]}


LOW = {"test": "stars-below", "stars": 1}
NO_STARS = STARS | {"model": "none"}
VOIDED = {"veto": "no-star", "veto_clause": "否"}
WARNED = {"clause": "额", "stars": 3, "beyond": "warn", "number": 1}


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ({"stars": None}, "grades 和 stars 至少要有一节：等次和星级都不评，就没有可评的"),
        ({"stars": None, "grades": BY_STARS}, '不评星，就不能有 grades 的 by = "stars"'),
        ({"stars": None, "grades": GRADES, "limits": [limit(FLAGGED)]}, "不评星，就不能有 limits"),
        ({"stars": None, "grades": GRADES, **triggers(**LOW)}, "不评星，就不能有 情形 stars-below"),
        (
            {"stars": None, "grades": BY_STARS, "limits": [limit(FLAGGED)], **triggers(**LOW)},
            '不评星，就不能有 grades 的 by = "stars"；不评星，就不能有 limits；不评星，就不能有 情形 stars-below',
        ),
        ({"stars": NO_STARS}, "grades 和 stars 至少要有一节：等次和星级都不评，就没有可评的"),
        ({"stars": NO_STARS, "grades": GRADES, "limits": [limit(FLAGGED)]}, "不评星，就不能有 limits"),
        ({"stars": NO_STARS | VOIDED, "grades": GRADES, "veto": VETO}, NO_VETO),
        ({"veto": VETO}, NO_VETO),
        ({"veto": VETO, "grades": GRADES}, NO_VETO),
        ({"veto": VETO, "grades": GRADES, "stars": None}, NO_VETO),
        ({"stars": STARS | {"veto": "no-star", "veto_clause": "否"}}, NO_BLOCK),
        ({"grades": GRADES | {"vetoed": "差", "veto_clause": "否"}}, NO_BLOCK),
        ({"goods": [good(passes=None)]}, "一项一星的，至少有一项要写得星的分数线 passes"),
        ({"goods": [good(), good(passes=None, bonus=True, passes_for={"村": 60})], **types("村")}, "“甲”是加分项，得几分就加几分，不写 passes、passes_for 和 weight"),
        ({"goods": [good(), good()]}, "有两项的 heading 都是“甲”：各项的栏名要不同"),
        ({"goods": [good(name) for name in "甲乙甲乙丙"]}, "有两项的 heading 都是“乙”“甲”：各项的栏名要不同"),
        ({"limits": [limit(situation(**LOW))]}, "limits 里的“某情形”要等评出星级才知道，不能用来限制星级"),
        (
            {"limits": [limit(situation(test="grade", grade="好"))], "grades": GRADES},
            "limits 里的“某情形”要等评出星级才知道，不能用来限制星级",
        ),
        (
            {"limits": [limit(situation(test="good-missed", good="领导班子", years=2))]},
            "limits 里的“某情形”只能看本年（years = 1）：没有上年记录的说不准",
        ),
        (
            {"goods": [good(), good("乙"), good("丙", passes=None)], **triggers(test="good-missed", good="丙", years=2)},
            "“某情形”的 good“丙”不是本政策的一项，或者那一项不得星（得星的有：乙、甲）",
        ),
        ({**triggers(test="grade", grade="中"), "grades": GRADES}, "“某情形”的 grade“中”不是本政策的等次"),
        (triggers(test="grade", grade="好"), "“某情形”的 grade“好”不是本政策的等次"),
        (
            {**quota(types=["村", "镇"]), **types("机关", "学校")},
            "组织类型“村、镇”没有在 types 里列出（已列：学校、机关）",
        ),
        ({"goods": [good(passes_for={"村": 60})]}, "组织类型“村”没有在 types 里列出（已列：）"),
        (triggers(**FLAGGED, types=["村"]), "组织类型“村”没有在 types 里列出（已列：）"),
        ({"limits": [limit(FLAGGED | {"types": ["村"]})]}, "组织类型“村”没有在 types 里列出（已列：）"),
        (
            {"rectify": {"clause": "整", "lowest": [{"clause": "整", "number": 1, "types": ["村"]}]}},
            "组织类型“村”没有在 types 里列出（已列：）",
        ),
        (
            {"goods": [good(indicators=[given(100, "村"), given(99), given(1)])], **types("机关")},
            "组织类型“村”没有在 types 里列出（已列：机关）",
        ),
        ({"goods": [good(indicators=[given(60)])]}, "“甲”的指标合计 60 分，应为满分 100 分"),
        (
            {"goods": [good(indicators=[given(60), given(40, bonus=True)])]},
            "“甲”的指标合计 60 分，应为满分 100 分",
        ),
        (
            {"goods": [good(full=50, passes=40, indicators=[given(50, "村"), given(49, "机关")])], **types("村", "机关")},
            "“甲”对“机关”的指标合计 49 分，应为满分 50 分",
        ),
        *((LEVELS | {"goods": goods}, NO_LEVELS) for goods in (
            [good(stars=4), good("乙", stars=3)], [good(stars=3), good("乙")], [good(stars=3), good("乙", stars=4, passes=None)]
        )),
        *((LEVELS | {"goods": [good(stars=3)]} | more, NO_TOTAL) for more in (
            {"grades": GRADES}, quota(), {"rectify": {"clause": "整", "share": "0.05"}},
            {"quotas": [WARNED, WARNED | {"beyond": "cap"}]}, {"rectify": {"clause": "整", "lowest": [{"clause": "整", "number": 1}]}},
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_together_is_told_in_full(blocks: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        edition(**blocks)
    assert [one["msg"] for one in refused.value.errors()] == [f"Value error, {said}"]


@pytest.mark.parametrize(
    "blocks",
    [
        {"stars": None, "grades": GRADES},
        {"stars": None, "grades": GRADES, **triggers(test="grade", grade="差")},
        {"stars": None, "grades": GRADES | {"vetoed": "差", "veto_clause": "否"}, "veto": VETO},
        {"stars": STARS | {"veto": "nothing"}},
        {"stars": NO_STARS, "grades": GRADES, "goods": [good(passes=None)]},
        {"stars": NO_STARS | VOIDED, "grades": GRADES},
        {"grades": GRADES, "rectify": {"clause": "整", "share": "0.05"}} | quota(),
        {"goods": [good(passes=None)], "grades": GRADES, "stars": STARS | {"model": "total-bands", "bands": [{"at_least": 0, "stars": 1}]}},
        {"goods": [good(full="2.5", passes=2, indicators=[given(1), given(1) | {"points": "1.5", "heading": "又"}])]},
        {"goods": [good(passes=None), good("乙")]},
        {"goods": [good(passes=None, passes_for={"村": 60})], **types("村")},
        {"goods": [good(passes=None, passes_for={"村": 60})], **types("村"), **triggers(test="good-missed", good="甲", years=1)},
        {"limits": [limit(situation(test="good-missed", good="领导班子", years=1))]},
        {"goods": [good(indicators=[given(100), given(7, bonus=True)])]},
        {"goods": [good(indicators=[given(60), given(40, "村"), given(30, "机关"), given(10, "机关")])], **types("村", "机关")},
        {**quota(types=["村"]), **types("村")},
        LEVELS | {"goods": [good(stars=3), good("乙", stars=3), good("丙", stars=4)]},
        LEVELS | {"goods": [good(stars=3)], "grades": BY_STARS},
        LEVELS | {"goods": [good(stars=3)]} | quota(beyond="warn"),
        LEVELS | {"goods": [good(stars=3)], "rectify": {"clause": "整", "criteria": [FLAGGED]}},
    ],
)  # fmt: skip
def test_what_is_as_near_as_can_be_is_taken(blocks: dict[str, Any]) -> None:
    assert edition(**blocks)
