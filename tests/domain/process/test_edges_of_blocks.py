"""What may just be written in a process and what just may not, which lengths are as long as others, and the columns that it asks for."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.process.in_roster import columns
from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.kind import Kind
from tests.domain.process.development import Block, deadline, earliest, node, process

WINDOW = {"kind": "window", "after": "甲", "clause": "第一条"}
FALLS = {"after": "甲", "clause": "第一条", "length": {"days": 1}}
DAY = {"first": date(2020, 1, 1), "last": date(2020, 1, 1)}


@pytest.mark.parametrize(
    "block",
    [
        {"limits": (WINDOW | {"opens": {"months": 6}, "closes": {"months": 6}},)},
        {"limits": (WINDOW | {"opens": {"months": 6}, "closes": {"months": 6, "month_end": "next_day"}},)},
        {"limits": (deadline("甲", "", months=3) | {"at_most": {"months": 3, "month_end": "next_day"}},)},
        {"limits": (deadline("甲", "", months=3) | {"at_most": {"days": 1}},)},
        {"limits": (deadline("甲", "", days=0),)},
        {"limits": (deadline("甲", "", months=0),)},
        {"limits": (deadline("甲", "", working_days=1, first_day="counted"),)},
        {"limits": (deadline("甲", "", days=1, first_day="counted"),)},
        {"limits": (deadline("甲", "", months=1, rounded="year_end"),)},
        {"limits": (deadline("甲", "", months_in="延长月数", day_before=True),)},
        {"limits": (deadline("甲", "", months=1) | {"exempt": [DAY]},)},
        {"limits": (deadline("甲", "", months=1), deadline("甲", "", "local", months=1))},
        {"limits": (deadline("甲", "", months=1), deadline("甲", "", months=1) | {"when": "甲"})},
        {"limits": (deadline("甲", "", months=1) | {"when": "延长月数", "unless": "甲"},)},
        {"falls": [FALLS, FALLS | {"when": "延长月数"}], "optional": True},
        {"required": True, "by_hand": True},
        {"optional": True, "by_hand": True},
    ],
)
def test_what_can_be_meant_may_be_written(block: dict[str, Any]) -> None:
    assert process([node("甲"), node("乙", **block)]).nodes[1].name == "乙"


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([node("乙", required=True, falls=[FALLS]), node("甲")], "“乙”写了 required（必须有），就不能写 optional 或 falls"),
        ([node("甲"), node("乙", by_hand=True, falls=[FALLS])], "“乙”是由人作的结论（by_hand），不能写 falls：结论不会自己到来"),
        ([node("甲"), node("乙", falls=[FALLS, FALLS])], "“乙”在“甲”之后的 falls 写了两次"),
        ([node("甲"), node("乙", "丙"), node("甲"), node("丁"), node("丁")], "步骤“丁”写了两次；步骤“甲”写了两次；“乙”：没有步骤“丙”"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", months_in="期限", plus=["天数"]),))], "“乙”：numbers 里没有“期限”；“乙”：numbers 里没有“天数”"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", days=1) | {"when": "丁", "unless": "戊"},))], "“乙”：when、unless 里的“丁”既不是步骤，也不在 numbers 里；“乙”：when、unless 里的“戊”既不是步骤，也不在 numbers 里"),
        ([node("甲"), node("乙", falls=[FALLS | {"when": "丁"}])], "“乙”：when、unless 里的“丁”既不是步骤，也不在 numbers 里"),
        ([node("甲"), node("乙", limits=(WINDOW | {"opens": {"months": 7}, "closes": {"months": 6}},))], "opens 7个月 应不长于 closes 6个月"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", months=3) | {"at_most": {"months": 2}},))], "at_most（特殊情况）2个月 应长于 within 3个月"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", years=1, months_in="延长月数"),))], "years、months、days、working_days、months_in（几个月写在哪一列）要写、且只写一个"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", days=1, plus=["延长月数"]),))], "按天数计算时不能写 month_end、day_before、plus、rounded"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", working_days=1, first_day="counted", day_before=True),))], "按天数计算时不能写 month_end、day_before、plus、rounded"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", years=1, first_day="counted"),))], "first_day（起算当日计不计在内）只用于 days、working_days"),
        ([node("甲"), node("乙", limits=(deadline("甲", "", working_days=0, first_day="not-counted"),))], "至少是 1 天"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_all_that_is_wrong(nodes: list[Block], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        process(nodes)
    assert said in str(refused.value)


YEAR = {"years": 1}
FIVE = {"working_days": 5, "first_day": "counted"}


@pytest.mark.parametrize(
    ("own", "floor", "as_long"),
    [
        (YEAR, {"months": 12}, True),
        (YEAR, {"months": 13}, False),
        (YEAR, {"months": 11}, True),
        (YEAR, YEAR | {"day_before": True}, True),
        (YEAR | {"day_before": True}, YEAR, False),
        ({"months": 13, "day_before": True}, YEAR, True),
        (YEAR | {"month_end": "next_day"}, YEAR, True),
        (YEAR, YEAR | {"month_end": "next_day"}, False),
        ({"months": 13}, YEAR | {"month_end": "next_day"}, True),
        (YEAR | {"month_end": "next_day", "day_before": True}, YEAR, False),
        (YEAR, {"days": 1}, False),
        ({"days": 400}, YEAR, False),
        ({"days": 5}, {"days": 5}, True),
        ({"days": 5}, {"days": 6}, False),
        ({"days": 6}, {"days": 5}, True),
        ({"days": 9}, FIVE, False),
        (FIVE, FIVE, True),
        (FIVE | {"first_day": "not-counted"}, FIVE, True),
        (FIVE, FIVE | {"first_day": "not-counted"}, False),
        (FIVE | {"working_days": 6}, FIVE | {"first_day": "not-counted"}, True),
        (YEAR | {"plus": ["甲"]}, YEAR, False),
        (YEAR | {"plus": ["甲"]}, YEAR | {"plus": ["甲"]}, True),
        (YEAR | {"rounded": "year_end"}, YEAR, False),
        (YEAR | {"rounded": "year_end"}, YEAR | {"rounded": "year_end"}, True),
        ({"months_in": "甲"}, {"months_in": "甲"}, True),
        ({"months_in": "甲"}, {"months_in": "乙"}, False),
    ],
)
def test_a_length_is_as_long_as_another_where_it_never_ends_before_it(
    own: dict[str, Any], floor: dict[str, Any], as_long: bool
) -> None:
    assert Length.model_validate(own).as_long_as(Length.model_validate(floor)) is as_long


def test_a_roster_has_a_column_for_each_step_and_number_but_for_those_that_no_column_says() -> None:
    steps = process(
        [
            node("出生"),
            node("申请"),
            node("合同止", planned=True),
            node("期满", falls=[FALLS | {"after": "申请"}]),
        ]
    )
    asked = [
        (one.heading, one.name, one.kind, one.ahead, one.headed)
        for one in columns(steps, {"出生": None}, "申请")
    ]
    assert asked == [
        ("申请", "申请", Kind.DATE, False, True), ("合同止", "合同止", Kind.DATE, True, False), ("期满", "期满", Kind.DATE, True, False),
        ("延长月数", "延长月数", Kind.COUNT, False, False),
    ]  # fmt: skip
    assert not [one for one in columns(steps, {}) if one.headed]


def test_a_step_stands_after_those_from_which_its_days_are_counted_each_once() -> None:
    one = process(
        [node(name) for name in "甲乙丙"]
        + [
            node(
                "丁",
                "甲",
                limits=(earliest("乙", "", days=1), deadline("甲", "", days=9)),
                falls=[FALLS | {"after": "丙"}],
            )
        ]
    ).nodes[3]
    assert (one.stands_after, one.lies_ahead) == (("甲", "丙", "乙"), True)
    assert [str(length) for length in one.lengths] == ["1天", "9天", "1天"]
