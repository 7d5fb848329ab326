"""A county's own process beside the national one: never less, and both figures said."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanchuang_cli.domain.process.lengths import Length, ReadyLength
from sanchuang_cli.domain.process.national import laxer
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.finding import UserError
from tests.domain.process.development import NATIONAL, Block, deadline, earliest, node, process

SINCE = date(2026, 5, 11)


def blocks(**changes: Any) -> list[Block]:
    """The national process of these tests, with other lengths."""
    lengths = {
        "wait": {"years": 1},
        "talk": {"months": 1},
        "approval": {"months": 3},
        "special": {"months": 6},
    }
    said = lengths | {"posted": {"working_days": 5, "first_day": "counted"}} | changes
    approval = {**deadline("发展对象", "第二十五条"), "within": said["approval"], "at_most": said["special"]}
    fall = {"after": "公示起", "clause": "第十三条", "length": said["posted"], "longer": True}
    return [
        node("申请"),
        node(
            "谈话", "申请", clause="第七条", limits=({**deadline("申请", "第七条"), "within": said["talk"]},)
        ),
        node("积极分子", "谈话", clause="第八条"),
        node("公示起", "积极分子", clause="第十三条", required=True),
        node("公示止", falls=[fall]),
        node(
            "发展对象",
            clause="第十三条",
            limits=(
                {**earliest("积极分子", "第十三条"), "wait": said["wait"]},
                earliest("公示止", "第十三条", days=1),
            ),
        ),
        node("党委审批", clause="第二十五条", limits=(approval,), by_hand=True),
    ]


FLOOR = [(SINCE, process(blocks()))]


def refusal(nodes: list[Block], since: date = SINCE) -> str:
    with pytest.raises(UserError) as refused:
        Timetable([(since, process(nodes))], FLOOR)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "step", "own", "floor", "clause"),
    [
        ({"wait": {"months": 6}}, "发展对象", "6个月", "1年", "第十三条"),
        ({"wait": {"months": 11}}, "发展对象", "11个月", "1年", "第十三条"),
        ({"wait": {"days": 366}}, "发展对象", "366天", "1年", "第十三条"),
        ({"wait": {"years": 1, "day_before": True}}, "发展对象", "1年，到前一日为止", "1年", "第十三条"),
        ({"posted": {"working_days": 3, "first_day": "not-counted"}}, "公示止", "3个工作日（当日不计）", "5个工作日（当日计在内）", "第十三条"),
        ({"posted": {"days": 7, "first_day": "counted"}}, "公示止", "7天（当日计在内）", "5个工作日", "第十三条"),
        ({"talk": {"months": 2}}, "谈话", "2个月", "1个月", "第七条"),
        ({"talk": {"days": 15}}, "谈话", "15天", "1个月", "第七条"),
        ({"special": {"months": 9}}, "党委审批", "9个月", "6个月", "第二十五条"),
        ({"approval": {"months": 2}}, "党委审批", "2个月", "3个月", "第二十五条"),
    ],
)  # fmt: skip
def test_less_than_the_national_rule_is_refused_with_both_figures(
    change: dict[str, Any], step: str, own: str, floor: str, clause: str
) -> None:
    said = refusal(blocks(**change))
    assert f"“{step}”" in said
    assert f"本政策写 {own}，全国规定 {floor}" in said
    assert clause in said


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"wait": {"months": 12}},
        {"wait": {"months": 18}},
        {"wait": {"years": 1, "month_end": "next_day"}},
        {"posted": {"working_days": 7, "first_day": "counted"}},
        {"posted": {"working_days": 5, "first_day": "not-counted"}},
        {"posted": {"working_days": 6, "first_day": "not-counted"}},
    ],
)
def test_as_much_or_longer_is_taken(change: dict[str, Any]) -> None:
    Timetable([(SINCE, process(blocks(**change)))], FLOOR)


def test_a_shorter_deadline_of_its_own_stands_beside_the_national_one() -> None:
    nodes = blocks()
    nodes[1]["limits"].append(deadline("申请", "本县办法第三条", "local", days=15))
    Timetable([(SINCE, process(nodes))], FLOOR)


def test_a_window_may_open_later_and_closes_when_the_national_one_does() -> None:
    def of(opens: int, closes: int) -> list[tuple[date, Process]]:
        window = {
            "kind": "window",
            "after": "甲",
            "clause": "第一条",
            "opens": {"months": opens},
            "closes": {"months": closes},
        }
        return [(SINCE, process([node("甲"), node("乙", limits=(window,))]))]

    Timetable(of(7, 12), of(6, 12))
    with pytest.raises(UserError, match="最早：本政策写 5个月，全国规定 6个月（第一条）。只能与它相同或更长"):
        Timetable(of(5, 12), of(6, 12))
    with pytest.raises(UserError, match="期限：本政策写 13个月，全国规定 12个月（第一条）。与它写得一样"):
        Timetable(of(6, 13), of(6, 12))


def test_an_edition_of_one_day_is_compared() -> None:
    short, whole = process(blocks(wait={"months": 6})), process(blocks())
    with pytest.raises(UserError, match="6个月"):
        Timetable([(SINCE, short), (date(2026, 5, 12), whole)], FLOOR)
    with pytest.raises(UserError, match="6个月"):
        Timetable([(SINCE, short)], [(date(2014, 5, 28), whole), (date(2026, 5, 12), short)])


def without(name: str) -> list[Block]:
    return [one for one in blocks() if one["name"] != name]


def changed(name: str, **keys: Any) -> list[Block]:
    return [one | keys if one["name"] == name else one for one in blocks()]


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        (without("党委审批"), "缺步骤“党委审批”：全国规定有这一步（第二十五条）"),
        (changed("谈话", limits=[]), "“谈话”：缺全国规定的一条（“申请”之后期限1个月，第七条）"),
        (changed("积极分子", after=["申请"]), "“积极分子”：全国规定应在“谈话”之后（第八条），after 里没有"),
        (changed("党委审批", by_hand=False), "不能去掉 by_hand"),
        (changed("公示起", required=False), "不能去掉 required"),
        (
            changed("谈话", limits=[deadline("申请", "本地", "local", months=1)]),
            "“谈话”：缺全国规定的一条",
        ),
        (
            changed(
                "谈话",
                limits=[deadline("申请", "第七条", months=1) | {"exempt": [{"first": SINCE, "last": SINCE}]}],
            ),
            "exempt 多于全国规定（第七条）",
        ),
    ],
)
def test_what_the_national_rule_has_cannot_be_left_out(nodes: list[Block], said: str) -> None:
    assert said in refusal(nodes)


def test_a_limit_of_its_own_must_be_called_local() -> None:
    nodes = blocks()
    nodes[2]["limits"].append(deadline("申请", "本县办法第三条", months=6))
    assert "“积极分子”在“申请”之后期限6个月：全国规定没有这一条，是本地的要写 level" in refusal(nodes)


def test_an_edition_through_two_national_ones_may_have_what_the_later_has() -> None:
    plain = process([node("申请"), node("谈话", "申请", clause="第七条")])
    limited = process(blocks()[:2])
    Timetable([(date(2012, 1, 1), limited)], [(date(1990, 8, 1), plain), (SINCE, limited)])


def test_only_what_is_in_force_at_the_same_time_is_compared() -> None:
    """A county's rule of 2012 need not know a national one of 2026, unless it is still in force then."""
    old = process(blocks(wait={"months": 6}))
    Timetable([(date(2012, 1, 1), old), (SINCE, process(blocks()))], FLOOR)
    assert "6个月" in refusal(blocks(wait={"months": 6}), date(2012, 1, 1))


def test_the_national_rules_do_not_fall_short_of_themselves() -> None:
    Timetable(NATIONAL, NATIONAL)


def lengths() -> st.SearchStrategy[Length]:
    ends = st.sampled_from(("last_day", "next_day"))
    months = st.builds(
        lambda unit, amount, end, eve: Length.model_validate(
            {unit: amount, "month_end": end, "day_before": eve}
        ),
        st.sampled_from(("months", "years")),
        st.integers(0, 14),
        ends,
        st.booleans(),
    )
    days = st.builds(
        lambda unit, amount, first: Length.model_validate({unit: amount, "first_day": first}),
        st.sampled_from(("days", "working_days")),
        st.integers(1, 40),
        st.sampled_from(("counted", "not-counted")),
    )
    return months | days


@given(lengths(), lengths(), st.dates(date(2031, 1, 1), date(2034, 1, 1)))
def test_a_length_that_passes_as_long_never_ends_sooner(own: Length, floor: Length, since: date) -> None:
    assume(own.as_long_as(floor))
    ends = [ReadyLength.of(one, (), ()).end(since) for one in (own, floor)]
    assert ends[0] >= ends[1]


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_county_may_lengthen_a_wait_and_never_shorten_it(national: int, own: int) -> None:
    def of(months: int) -> list[tuple[date, Process]]:
        return [(SINCE, process([node("甲"), node("乙", limits=(earliest("甲", "第一条", months=months),))]))]

    if own >= national:
        Timetable(of(own), of(national))
    else:
        with pytest.raises(UserError, match=f"本政策写 {own}个月，全国规定 {national}个月"):
            Timetable(of(own), of(national))


def floor(*limits: Block, **more: Any) -> list[tuple[date, Process]]:
    return [(SINCE, process([node("甲"), node("乙", "甲", clause="第一条", limits=limits, **more)]))]


WINDOW = {"kind": "window", "after": "甲", "clause": "第四条", "opens": {"months": 6}, "closes": {"years": 1}}
FALLS = {"after": "甲", "clause": "第五条", "length": {"working_days": 5, "first_day": "counted"}}
STRICT = deadline("甲", "第二条", months=3) | {"at_most": {"months": 6}}
LIMITED = "“乙”在“甲”之后"


@pytest.mark.parametrize(
    ("own", "national", "said"),
    [
        (floor(), floor(STRICT), ["“乙”：缺全国规定的一条（“甲”之后期限3个月、特殊情况的期限6个月，第二条）"]),
        (floor(), floor(WINDOW), ["“乙”：缺全国规定的一条（“甲”之后最早6个月、期限1年，第四条）"]),
        (floor(), floor(falls=[FALLS]), ["“乙”：缺全国规定的一条（“甲”之后最早5个工作日（当日计在内）、期限5个工作日（当日计在内），第五条）"]),
        (floor(), floor(deadline("甲", "本地", "local", months=3)), []),
        (floor(), floor(deadline("甲", "本地", "local", months=3), earliest("甲", "第三条", months=3)), ["“乙”：缺全国规定的一条（“甲”之后最早3个月，第三条）"]),
        (floor(STRICT | {"at_most": None}), floor(STRICT), [f"{LIMITED}的特殊情况的期限：本政策写 （无），全国规定 6个月（第二条）。与它写得一样；本地要更严的，另写一条 level = \"local\""]),
        (floor(STRICT), floor(STRICT | {"at_most": None}), [f"{LIMITED}的特殊情况的期限：本政策写 6个月，全国规定 （无）（第二条）。与它写得一样；本地要更严的，另写一条 level = \"local\""]),
        (floor(falls=[FALLS | {"longer": True}]), floor(falls=[FALLS]), [f"{LIMITED}的期限：本政策写 （无），全国规定 5个工作日（当日计在内）（第五条）。只能与它相同或更长，单位也要相同"]),
        (floor(earliest("甲", "本县", months=2)), floor(earliest("甲", "第三条", months=3)), [f"{LIMITED}的最早：本政策写 2个月，全国规定 3个月（第三条）。只能与它相同或更长，单位也要相同"]),
        (floor(WINDOW), floor(), [f"{LIMITED}最早6个月、期限1年：全国规定没有这一条，是本地的要写 level = \"local\""]),
        (floor(WINDOW | {"level": "local"}), floor(), []),
        (floor(WINDOW), floor(WINDOW), []),
        ([(date(2020, 1, 1), floor()[0][1])], [(date(2020, 1, 1), floor()[0][1]), *floor(STRICT)], ["“乙”：缺全国规定的一条（“甲”之后期限3个月、特殊情况的期限6个月，第二条）"]),
    ],
)  # fmt: skip
def test_each_rule_of_which_less_is_asked_is_said_with_both_figures_and_what_to_write(
    own: Any, national: Any, said: list[str]
) -> None:
    assert laxer(own, national) == said
