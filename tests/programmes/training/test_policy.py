"""What a document on 教育培训 cannot mean is refused with what is wrong."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.roster.cells.names import choice_parser
from tests.programmes.trainees import default, pack, with_keys

LAST = default().editions[-1]
UNITS = [{"unit": "天", "aliases": ["日"], "hours": 8}, {"unit": "门", "method": "长课", "hours": 1}]
AGAIN = {"clause": "限期", "name": "轮训", "since": "course", "months": 60}


def hours(*more: dict[str, Any]) -> dict[str, Any]:
    return {"hours": {"clause": "折算", "units": [*UNITS, *more]}}


def graded(*grades: dict[str, Any]) -> dict[str, Any]:
    return {
        "tests": {"clause": "考试", "grades": [{"name": f"第{n}等", **one} for n, one in enumerate(grades)]}
    }


def standard(**whose: list[str]) -> dict[str, Any]:
    return {"standards": [{"clause": "学时", "hours": 32, **whose}]}


ORDER = "考试等次从低到高，第一个 at_least = 0，不能有两个从同一分数起"
WRONG: list[tuple[dict[str, Any], str]] = [
    (hours({"unit": "日", "hours": 8}), "“日”的折算写了两次"),
    (hours({"unit": "门", "method": "长课", "hours": 2}), "“长课门”的折算写了两次"),
    (hours({"unit": "次", "aliases": ["日"], "method": "长课", "hours": 2}), "units 里“日”指了两种单位"),
    (graded({"at_least": 0, "above": 0}), "等次“第0等”写 at_least（含本数）或 above（不含本数），也只能写一个"),
    (graded({}), "等次“第0等”写 at_least（含本数）或 above（不含本数），也只能写一个"),
    (graded({"at_least": 60}), ORDER),
    (graded({"above": 0}), ORDER),
    (graded({"at_least": 0}, {"at_least": 85}, {"at_least": 60}), ORDER),
    (graded({"at_least": 0}, {"at_least": 60}, {"at_least": 60}), ORDER),
    (standard(kinds=["农场"]), "单位类别“农场”没有列在各种说法里"),
    (standard(roles=["书记", "组长"]), "身份“组长”没有列在各种说法里"),
    ({"terms": [{**AGAIN, "roles": ["组长"]}]}, "身份“组长”没有列在各种说法里"),
    ({"review": {"clause": "评学", "grades": [{"name": "好"}], "roles": ["组长"]}}, "身份“组长”没有列在各种说法里"),
    (hours({"unit": "次", "method": "夜校", "hours": 1}), "方式“夜校”没有列在各种说法里"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "said"), WRONG)
def test_a_document_that_cannot_be_meant_is_refused(keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        with_keys(**keys)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "keys",
    [
        hours({"unit": "门", "method": "短课", "hours": "0.25"}),
        graded({"at_least": 0}, {"at_least": 60}, {"above": 60}),
        standard(roles=[role.name for role in LAST.roles]),
    ],
    ids=["one unit of two ways", "from 60 on and above 60", "every role"],
)
def test_the_same_said_rightly_is_accepted(keys: dict[str, Any]) -> None:
    assert with_keys(**keys).editions[0].title == LAST.title


@pytest.mark.parametrize(("method", "hours"), [("中心组学习", 3), ("测试", Fraction(1, 2))])
def test_a_word_that_is_a_unit_of_one_method_and_means_that_of_another_counts_by_the_method(
    method: str, hours: int | Fraction
) -> None:
    """次 of 中心组学习 is three hours, and a 次 of 测试 is a 门."""
    table = pack("party-school-days").editions[-1].hours
    conversion = table.conversion(method, choice_parser(table.choices)("次"))
    assert conversion and conversion.hours == hours
