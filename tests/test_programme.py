"""What a programme gets by being declared: each promise of the kernel, by the small one of pairing.py."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.comparing import Last
from sanchuang_cli.finding import Place
from sanchuang_cli.join import Taken
from sanchuang_cli.judging import At, Odd, Reason, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import VagueDate
from sanchuang_cli.programme import Main
from sanchuang_cli.record import Beside, Field, Origin, Roster, Row, Source, Wanted
from tests.pairing import (
    EDITIONS,
    HELPED,
    ON,
    OTHERS,
    PAIRS,
    POOR,
    SHEET,
    VILLAGES,
    YEAR,
    Helped,
    Helper,
    Pair,
    Pairing,
    Village,
    codes,
    helped,
    helper,
    in_need,
    page,
    programme,
    ran,
    source,
    village,
    willing,
)


def test_a_page_that_names_a_field_that_is_nowhere_does_not_even_import() -> None:
    for columns in (("nowhere",), (Col("nowhere", "哪儿"),)):
        with pytest.raises(AssertionError, match="nowhere"):
            programme(pages=(Page("页", "页", columns),))


def test_a_page_of_an_unknown_part_or_a_watched_column_that_is_none_does_not_import_either() -> None:
    with pytest.raises(AssertionError, match="结队"):
        programme(pages=(Page("页", "页", (), of=("结队",)),))
    with pytest.raises(AssertionError, match="partt"):
        _ = programme(previous=Last(PAIRS, key=("identity",), watched=("partt",))).reads


def test_a_verdict_in_no_part_of_the_roster_stops_the_run() -> None:
    with pytest.raises(AssertionError, match="结对 is no part"):
        main = Main(Wanted(Helped, "帮扶对象名册"), each(in_need), (POOR, OTHERS))
        helpers = Main(Wanted(Helper, "结对人名册"), each(willing), ("结对人",))
        ran(
            [helped(1, need="病")],
            [helper(2)],
            mains={"helped": main, "helpers": helpers},
            pages=(),
            notices=(),
        )


def test_an_explanation_shows_the_cells_of_the_serving_row_that_a_reason_rests_on() -> None:
    columns = {"village": (1, "村"), "people": (2, "人口"), "code": (3, "代码")}
    row = Row(Source("村情.xlsx", "村情", columns), 3, ("河西村", 900, ""))

    def by_village(who: Helped, at: At[Pairing], odd: Odd) -> Pair:
        serving = tuple(one for one in at.rosters["villages"].records if one.village == who.village)
        taken = Taken(9, Place("结果.xlsx", "分村", 4, 5, "得分"), "9")
        why = Reason("人口", "900 人", at.policy.clause, True, ("village",), (*serving, taken))
        return Pair(record=who, part=HELPED, reasons=(why,))

    main = Main(Wanted(Helped, "帮扶对象名册"), each(by_village), (HELPED, POOR, OTHERS))
    rosters: dict[str, Roster[Any]] = {
        "helped": Roster((helped(1),)),
        "helpers": Roster(),
        "villages": Roster((Village(row=row, village="河西村", people=900),)),
    }
    found = programme(mains=dict(programme().mains) | {"helped": main}).explain(
        rosters, EDITIONS, Occasion(YEAR, ON, ("青禾镇",))
    )
    (told,) = found.subjects[0].pages()
    assert told.rows[0][3:5] == (
        "名册.xlsx 对象 B1（村）；村情.xlsx 村情 A3（村）、B3（人口）；结果.xlsx 分村 E4（得分）",
        "河西村；河西村；900；9",
    )


def test_a_serving_row_that_is_struck_unread_or_still_to_come_serves_nobody_and_is_told() -> None:
    good = village(3, "河西村", 900)
    struck = source("村情", {4: Beside(struck={2: True})})
    people = [helped(1, need="病")]
    for bad, code in (
        (Village(row=Row(struck, 4, ("", "河西村")), village="河西村", people=1), "struck"),
        (Village(row=Row(VILLAGES, 4, ("", "河西村"), ("village",)), village="河西村", people=1), "unread"),
    ):
        outcome = ran(people, [helper(2)], [bad, good])
        assert codes(outcome) == [f"pairs.{code}"]
        assert outcome.tally.set_aside == 0
    seen: list[Any] = []

    def looks(who: Helped, at: At[Pairing], odd: Odd) -> Pair | None:
        seen.append((len(at.rosters["villages"].records), [row.number for row in at.dropped["villages"]]))
        return in_need(who, at, odd)

    mains = dict(programme().mains) | {
        "helped": Main(Wanted(Helped, "帮扶对象名册"), each(looks), (HELPED, POOR, OTHERS))
    }
    ran(
        people,
        [helper(2)],
        [village(3, "河西村", 9), village(4, "河西村", 8), village(5, "远村", 7)],
        mains=mains,
    )
    assert seen == [(1, [3, 4])]


def test_a_serving_roster_whose_rows_nothing_tells_apart_is_looked_over_all_the_same() -> None:
    struck = Village(
        row=Row(source("村情", {4: Beside(struck={2: True})}), 4, ("", "河西村")), village="河西村", people=1
    )
    unread = Village(row=Row(VILLAGES, 5, ("", "？"), ("village",)), village="河西村", people=2)
    wanted = {"villages": Wanted(Village, "村情表", optional=True)}
    pages = (Page("页", "页", (Col("people", "人口", Kind.COUNT),), of=(HELPED,)),)
    log = [village(3, "河西村", 900), struck, unread]
    outcome = ran([helped(1, need="病")], [helper(2)], log, pages=pages, serving=wanted)
    assert codes(outcome) == ["pairs.struck", "pairs.unread"]
    assert page(outcome, "页")[0][-1] == 900
    assert outcome.tally.set_aside == 0
    twice = [village(3, "河西村", 900), village(4, "河西村", 900)]
    assert codes(ran([helped(1, need="病")], [helper(2)], twice, serving=wanted)) == []


def test_only_a_roster_that_the_programme_says_it_looks_at_itself_is_not_looked_over() -> None:
    unread = Village(row=Row(VILLAGES, 5, ("", "？"), ("village",)), village="河西村", people=2)
    outcome = ran([helped(1, need="病")], [helper(2)], [unread], looks_itself=("villages",))
    assert codes(outcome) == []
    with pytest.raises(AssertionError, match="vilages"):
        programme(looks_itself=("vilages",))


def test_each_main_roster_has_a_tally_of_its_own_and_they_add_up() -> None:
    outcome = ran([helped(1, need="病"), helped(2), helped(3, need="？")], [helper(4), helper(5, "远村")])
    assert str(outcome.tally) == (
        "帮扶对象名册：读取 3 = 结对 1 + 待结对 0 + 不属对象 1 + 待核实 1；结对人名册：读取 2 = 结对人 2 + 待核实 0"
    )
    assert (outcome.tally.read, outcome.tally.used, outcome.tally.set_aside) == (5, 4, 1)
    assert codes(outcome) == ["pairs.idle", "pairs.need-unclear"]


def test_what_only_all_rows_together_decide_may_change_a_verdict() -> None:
    outcome = ran([helped(1, need="病"), helped(2, need="残", village="远村")], [helper(3)])
    assert [row[-1] for row in page(outcome, "结对名册")] == [HELPED, POOR]


def test_rows_of_one_person_that_say_the_same_count_once_and_others_are_all_set_aside() -> None:
    twin = helped(2, need="病", identity="230299196001010010", name="甲1", phone="13800000000")
    once = ran([helped(1, need="病", identity="230299196001010010"), twin], [helper(3)])
    assert "结对 1 + 待结对 0 + 不属对象 0 + 重复合并 1 + 待核实 0" in str(once.tally)
    assert codes(once) == ["pairs.listed-alike", "pairs.listed-alike"]
    other = helped(2, need="残", identity="230299196001010010", name="甲1")
    apart = ran([helped(1, need="病", identity="230299196001010010"), other], [helper(3)])
    assert apart.tally.set_aside == 2
    assert codes(apart) == ["pairs.idle", "pairs.listed-twice", "pairs.listed-twice"]


def test_of_many_rows_under_one_number_each_names_the_first_ten_others_and_how_many_there_are() -> None:
    """Where each named all, a number that stood in 3,000 rows for want of a better one made messages that grew with their square."""
    many = ran([helped(n, need="病", identity="230299196001010010") for n in range(1, 3_001)], [helper(3)])
    assert many.tally.set_aside == 3_000
    told = [found.message for found in many.findings if found.code == "pairs.listed-twice"]
    assert len(told) == 3_000 and max(map(len, told)) < 500
    assert "出现 3000 次，另见 名册.xlsx 对象 第1行；名册.xlsx 对象 第2行；" in told[-1]
    assert "名册.xlsx 对象 第10行 等 2999 处，“姓名”不一致" in told[-1]


def of_one(*said: Mapping[str, Any], **changed: Any) -> Outcome:
    """Rows of one person, with a page that prints the telephone."""
    same: dict[str, Any] = {"identity": "230299196001010010", "name": "甲", "need": "病"}
    people = [helped(number, **same | dict(more)) for number, more in enumerate(said, 1)]
    return ran(people, [helper(9)], pages=(PAIRS, Page("电话", "电话", ("phone",))), **changed)


def test_rows_that_differ_in_what_only_a_page_prints_count_once_by_the_one_that_says_all() -> None:
    outcome = of_one({}, {"phone": "13800000000"})
    assert codes(outcome) == ["pairs.listed-alike"] * 2
    assert page(outcome, "电话")[0][-1] == "13800000000"
    assert all(
        one.message.endswith("，除“联系电话”外各处一致，只计 名册.xlsx 对象 第2行")
        for one in outcome.findings
    )


def test_rows_of_which_none_says_all_that_a_page_prints_are_set_aside_and_told_in_what_they_differ() -> None:
    for other in ({"phone": "13900000000"}, {"unread": ("phone",)}):
        outcome = of_one({"phone": "13800000000"}, other)
        told = [one for one in outcome.findings if one.code == "pairs.listed-twice"]
        assert len(told) == outcome.tally.set_aside == 2
        assert all(one.message.endswith("，“联系电话”不一致") for one in told)
    differ = of_one({"since": VagueDate.within(2020, 1), "village": "远村"}, {})
    assert {one.message.rpartition("，")[2] for one in differ.findings if one.place.row < 3} == {
        "“村”、“列入日期”不一致"
    }


def test_rows_may_differ_in_what_neither_a_rule_nor_a_page_goes_by_and_that_is_told() -> None:
    same: dict[str, Any] = {"identity": "230299196001010010", "name": "甲", "need": "病"}
    people = [helped(1, **same, phone="13800000000"), helped(2, **same, phone="13900000000")]
    outcome = ran(people, [helper(9)])
    assert codes(outcome) == ["pairs.listed-alike"] * 2
    assert all("除“联系电话”外各处一致，只计 " in one.message for one in outcome.findings)


def test_an_unread_cell_sets_a_row_aside_unless_it_bears_on_nothing() -> None:
    outcome = ran(
        [helped(1, need="病", unread=("since",)), helped(2, need="病", unread=("phone",))], [helper(3)]
    )
    assert codes(outcome) == ["pairs.unread"]
    assert outcome.tally.set_aside == 1


def test_a_day_that_has_not_come_sets_a_row_aside_unless_it_may_lie_ahead() -> None:
    late = VagueDate.on(date(2026, 7, 1))
    outcome = ran([helped(1, need="病", since=late), helped(2, need="病", until=late)], [helper(3)])
    assert [(found.code, found.place.cell) for found in outcome.findings] == [("pairs.not-yet", "F1")]


def test_what_is_struck_through_or_said_beside_a_row_sets_it_aside() -> None:
    one = helped(1, need="病")
    struck = {1: Beside(struck=dict.fromkeys(range(1, 9), True))}
    row = Row(source("对象", struck), 1, one.row.cells)
    outcome = ran([Helped(row=row, township="青禾镇", village="河西村", name="甲1", identity=one.identity)])
    assert outcome.tally.set_aside == 1
    assert codes(outcome) == ["remarks.struck-row"]


def test_of_two_rows_that_serve_for_the_same_and_differ_neither_counts() -> None:
    pages = (Page("页", "页", (Col("people", "人口", Kind.COUNT),), of=(HELPED,)),)
    once, alike, differing = (
        ran([helped(1, need="病")], [helper(2)], villages, pages=pages)
        for villages in (
            [village(3, "河西村", 900)],
            [village(3, "河西村", 900), village(4, "河西村", 900)],
            [village(3, "河西村", 900), village(4, "河西村", 800)],
        )
    )
    assert [page(one, "页")[0][-1] for one in (once, alike, differing)] == [900, 900, 0]
    assert codes(alike) == ["pairs.listed-alike"] * 2
    assert codes(differing) == ["pairs.listed-twice"] * 2
    assert differing.tally.set_aside == 0


def test_whoever_no_page_lists_stands_on_a_page_with_what_decided_it() -> None:
    outcome = ran([helped(1, need="病"), helped(2)], [helper(3)])
    assert page(outcome, "未列入名单") == [(1, "青禾镇", "河西村", "甲2", OTHERS, "没有写", "第一条")]
    assert page(outcome, "分乡镇汇总表") == [(1, "青禾镇", 1, 0, 1)]


def test_what_changed_since_the_last_result_is_a_page_and_nothing_else_is_on_it() -> None:
    read = programme().reads["previous"]
    assert [field.heading for field in read.fields] == ["乡镇", "村", "姓名", "身份证号", "困难情况", "情况"]

    def line(number: int, part: str) -> Any:
        who = helped(number)
        more = {
            "township": "青禾镇",
            "village": "河西村",
            "name": who.name,
            "identity": who.identity,
            "part": part,
        }
        return read.record(row=Row(SHEET, number, ()), more=more)

    last = Roster(
        (line(1, HELPED), line(2, POOR), line(9, HELPED)), origin=Origin("上年.xlsx", YEAR.before(), "", {})
    )
    outcome = ran(
        [helped(1, need="病"), helped(2, need="病"), helped(3, need="病")], [helper(4)], previous=last
    )
    assert [(row[1], row[4], row[5:]) for row in page(outcome, "与上期对比")] == [
        ("变动", "甲2", (POOR, HELPED)),
        ("新增", "甲3", (None, HELPED)),
        ("不再列入", "甲9", (HELPED, None)),
    ]


def test_columns_that_a_policy_says_stand_among_the_others_and_are_not_read_back() -> None:
    of_policy, part = (lambda whole: (Col("of_policy", whole.title, of=str),)), Col("part", "情况")
    mixed = replace(PAIRS, columns=("identity", of_policy, part))
    declared = programme(pages=(mixed,), previous=Last(mixed, key=("identity",), watched=("part",)))
    read = [field.name for field in declared.reads["previous"].fields]
    assert read == ["township", "village", "name", "identity", "part"]
    outcome = ran([helped(1, need="病")], [helper(3)], pages=(mixed,))
    (table,) = (table for table in outcome.tables if table.name == PAIRS.name)
    assert [column.title for column in table.columns][-3:] == ["身份证号", YEAR.title, "情况"]


def test_explain_tells_of_every_row_what_came_of_it_and_why() -> None:
    unread = Row(SHEET, 8, ("青禾镇", "河西村", "甲8", ""))
    rosters: dict[str, Roster[Any]] = {
        "helped": Roster((helped(1, need="病"), helped(2, need="？")), (unread,)),
        "helpers": Roster((helper(3),)),
        "villages": Roster(),
    }
    found = programme().explain(rosters, EDITIONS, Occasion(YEAR, ON, ("青禾镇",)))
    assert [(one.name, one.outcome) for one in found.subjects] == [
        ("甲1", HELPED),
        ("甲2", "待核实，不列入"),
        ("乙3", "结对人"),
        ("甲8", "待核实，名册这一行没有读成"),
    ]
    (told,) = found.subjects[0].pages()
    assert list(told.rows) == [("困难", "是", "病", "名册.xlsx 对象 E1（困难情况）", "病", "第一条")]


@given(st.lists(st.sampled_from(["", "病", "？"]), min_size=1, max_size=6), st.randoms())
def test_in_any_company_and_order_a_row_comes_to_the_same(needs: list[str], random: Any) -> None:
    people = [helped(number, need=need) for number, need in enumerate(needs, 1)]
    turned = list(people)
    random.shuffle(turned)
    helpers = [helper(90)]
    both = ran(people, helpers), ran(turned, helpers)
    assert str(both[0].tally) == str(both[1].tally)
    assert page(both[0], "结对名册") == page(both[1], "结对名册")
    for who in people:
        alone = ran([who], helpers)
        listed = [row[1:] for row in page(alone, "结对名册")]
        assert listed == [row[1:] for row in page(both[0], "结对名册") if row[4] == who.identity]


def nameless(number: int, name: str = "甲", **said: Any) -> Helped:
    return helped(number, identity="", name=name, **said)


def test_where_the_number_is_blank_rows_are_told_apart_by_place_and_name_and_never_taken_for_one() -> None:
    by_name = ("township", "village", "name")
    main = Main(
        Wanted(Helped, "帮扶对象名册", once=("identity",), or_once=by_name),
        each(in_need),
        (HELPED, POOR, OTHERS),
    )
    mains = {"helped": main, "helpers": Main(Wanted(Helper, "结对人名册"), each(willing), ("结对人",))}
    people = [
        nameless(1, need="病"),
        nameless(2, need="病"),
        nameless(3, "乙", need="病"),
        helped(4, need="病"),
    ]
    outcome = ran(people, [helper(9)], mains=mains)
    assert codes(outcome) == ["pairs.listed-twice", "pairs.listed-twice"]
    assert outcome.tally.set_aside == 2
    last = Last(PAIRS, key=("identity",), or_key=by_name, watched=("part",))
    required = {
        one.name for one in programme(mains=mains, previous=last).reads["previous"].fields if one.required
    }
    assert required == set(by_name)


def test_of_a_key_of_several_fields_all_must_be_filled_in_before_it_counts() -> None:
    """Where a number is blank, what stands beside it is no key: rows without one are told apart by their names."""
    by_number, by_name = ("need", "identity"), ("need", "township", "village", "name")
    main = Main(
        Wanted(Helped, "帮扶对象名册", once=by_number, or_once=by_name), each(in_need), (HELPED, POOR, OTHERS)
    )
    helpers = Main(Wanted(Helper, "结对人名册"), each(willing), ("结对人",))
    people = [nameless(1, need="病"), nameless(2, "乙", need="病"), helped(3, need="病")]
    assert codes(ran(people, [helper(9)], mains={"helped": main, "helpers": helpers})) == []
    again = [*people, nameless(4, "乙", need="病")]
    outcome = ran(again, [helper(9)], mains={"helped": main, "helpers": helpers})
    assert codes(outcome) == ["pairs.listed-twice"] * 2


def test_a_page_stands_first_by_what_it_says_and_then_as_every_page() -> None:
    people = [helped(number, township=where, need="病") for number, where in enumerate("乙甲乙甲", 1)]
    turned = Page(
        PAIRS.name, PAIRS.title, PAIRS.columns, PAIRS.of, order=lambda pair: -pair.record.row.number
    )
    listed = page(ran(people, [helper(9)], pages=(turned,), previous=None), PAIRS.name)
    assert [row[4] for row in listed] == [one.identity for one in reversed(people)]


def test_what_a_choice_may_be_can_come_from_the_policy_and_other_columns_of_it_are_added() -> None:
    words = Field("困难情况", Kind.CHOICE, choices={"病": ("因病",)}, name="need")
    wanted = Wanted(Helped, "帮扶对象名册").with_more((words, Field("备注二", name="备注二")))
    found = {one.name: one for one in wanted.fields}
    assert found["need"].choices == {"病": ("因病",)} and "备注二" in found
    assert len(wanted.fields) == len(Helped.declared()) + 1
