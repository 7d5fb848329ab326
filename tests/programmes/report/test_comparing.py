"""The printed example of 工作报告, and its differences, percentages and decisions beside those of an oracle."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.stated.comparing import compared, percent
from sanchuang_cli.domain.stated.counties import by_section, county_lines, periods_apart
from sanchuang_cli.domain.stated.given import (
    COPY,
    COUNTED,
    EARLIER,
    LATE,
    OVER,
    WAITING,
    BudgetLine,
    GivenFile,
    PlanLine,
)
from sanchuang_cli.domain.stated.values import StatedFigure, StatedResult, TownshipFigure
from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes.report import PROGRAMME, by_township
from sanchuang_cli.record import Roster, Row, Source
from sanchuang_cli.table import Table
from sanchuang_cli.tally import ASIDE
from tests.counts import FULL
from tests.oracle.report import moved, share, three

ON = date(2026, 6, 30)
TRIED = settings(max_examples=5_000 if FULL else 100, deadline=None)
EDITIONS = load(PROGRAMME.policy, *source("report", None))


def figure(
    item: str, value: int, *, money: bool = False, place: str = "结果.xlsx 首页 第5行"
) -> StatedFigure:
    return StatedFigure("合计", item, money, value, place)


def says(programme: str, title: str, period: str, *figures: StatedFigure, **more: object) -> StatedResult:
    return StatedResult(programme, title, Period.parse(period), figures)._replace(**more)  # type: ignore[arg-type]


def file(result: StatedResult, part: str = COUNTED, *, before: bool = False, state: str = "") -> GivenFile:
    name = f"{result.programme}-{result.period}.xlsx"
    return GivenFile(
        row=Row(Source(name, "", {}), 0, ()),
        name=name,
        work=result.title,
        when=result.period.title,
        state=state,
        part=part,
        before=before,
        says=result,
    )


def judged(*files: GivenFile, budget: tuple[BudgetLine, ...] = (), plan: tuple[PlanLine, ...] = ()) -> Whole:
    rosters: dict[str, Roster[Any]] = {"files": Roster(files), "budget": Roster(budget), "plan": Roster(plan)}
    return PROGRAMME.judge(rosters, EDITIONS, Occasion(Period.parse("2026-06"), ON))


def tables(whole: Whole) -> dict[str, Table]:
    assert callable(PROGRAMME.pages)
    return {
        table.name: table for page in PROGRAMME.pages(whole) for table in page.tables(whole, PROGRAMME.paper)
    }


def cells(table: Table, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[table.index(name)] for name in names) for row in table.rows]


def line(sheet: str, number: int) -> Row:
    return Row(Source(f"{sheet}.xlsx", sheet, {"item": (1, "项目")}), number, ())


def test_the_printed_example() -> None:
    """Defaults, section 17: pay 5,400.00 after 5,000.00; training 14 of 16 branches; pension is not signed."""
    whole = judged(
        file(says("pay", "在职报酬", "2026-06", figure("金额", 540_000, money=True)), state="已审批"),
        file(says("pay", "在职报酬", "2026-05", figure("金额", 500_000, money=True)), EARLIER, before=True),
        file(says("training", "培训", "2026", figure("达标支部", 14)), state="已审批"),
        file(
            says("pension", "养老保险补贴", "2026", figure("金额", 90_000, money=True)),
            WAITING,
            state="已提请",
        ),
        plan=(PlanLine(row=line("计划", 2), item="培训", value=16),),
    )
    pages = tables(whole)
    assert cells(pages["发放（金额）"], "called", "current", "before", "change", "changed") == [
        ("在职报酬 金额", 540_000, 500_000, 40_000, "8.0%")
    ]
    assert cells(pages["党员与培训（数量）"], "called", "current", "target", "progress") == [
        ("培训 达标支部", 14, 16, "87.5%")
    ]
    assert cells(pages["待签"], "work", "state") == [("养老保险补贴", "已提请")]
    assert whole.tally.read == 4 == whole.tally.used


@TRIED
@given(st.integers(-(10**14), 10**14), st.none() | st.integers(-5, 10**14))
def test_percentages_are_those_of_an_oracle(part: int, of: int | None) -> None:
    assert percent(part, of) == share(part, of)


@TRIED
@given(st.integers(1, 10**9), st.integers(1, 10**6))
def test_a_percentage_is_never_more_than_a_twentieth_away(part: int, of: int) -> None:
    said = Fraction(percent(part, of).removesuffix("%"))
    assert abs(said - Fraction(part * 100, of)) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("part", "of", "said"),
    [
        (805, 10_000, "8.1%"),
        (-805, 10_000, "-8.1%"),
        (-1, 10**6, "0.0%"),
        (0, 0, "—"),
        (5, 0, "—"),
        (7, 7, "100.0%"),
    ],
)
def test_half_is_rounded_away_from_nought_both_up_and_down(part: int, of: int, said: str) -> None:
    assert percent(part, of) == said


FIGURES = st.dictionaries(
    st.tuples(st.sampled_from("甲乙丙丁"), st.booleans()), st.integers(0, 10**9), max_size=6
)


@TRIED
@given(FIGURES, FIGURES)
def test_every_figure_of_either_period_stands_once_with_its_change(
    now: dict[tuple[str, bool], int], before: dict[tuple[str, bool], int]
) -> None:
    def result(of: dict[tuple[str, bool], int]) -> StatedResult:
        return says(
            "pay", "在职报酬", "2026-06", *(figure(item, n, money=money) for (item, money), n in of.items())
        )

    lines = list(compared([result(now)], [result(before)]))
    assert {(one.item, one.money) for one in lines} == now.keys() | before.keys()
    assert len(lines) == len(now.keys() | before.keys())
    for one in lines:
        key = one.item, one.money
        assert (one.current, one.before) == (now.get(key), before.get(key))
        assert one.place == ("结果.xlsx 首页 第5行" if key in now else "")
        assert (one.change, one.changed) == moved(now.get(key), before.get(key))


def test_parts_by_township_are_added_up_and_each_is_named() -> None:
    parts = [
        says("pay", "在职报酬", "2026-06", figure("金额", 100, money=True, place=f"{town}.xlsx 首页 第4行"))
        for town in ("甲", "乙")
    ]
    (added,) = compared(parts, [])
    assert (added.current, added.place) == (200, "甲.xlsx 首页 第4行、乙.xlsx 首页 第4行")


def test_figures_of_one_name_in_two_blocks_are_told_apart_on_the_first_page() -> None:
    blocks = [StatedFigure(block, "优秀党员", False, n, "") for n, block in enumerate(("名额", "拟表彰"), 3)]
    whole = judged(file(says("honors", "表彰推荐", "2025", *blocks)))
    assert [one.headed for one in whole.more.lines if one.headline] == ["表彰推荐 拟表彰 优秀党员（2025）"]
    alone = judged(file(says("honors", "表彰推荐", "2025", *blocks[1:])))
    assert [(one.headed, one.called) for one in alone.more.lines] == [
        ("表彰推荐 优秀党员（2025）", "表彰推荐 拟表彰 优秀党员")
    ]


PROGRAMMES = ("pay", "rate", "dues", "fund")
WAITS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@TRIED
@given(st.dictionaries(st.sampled_from(PROGRAMMES), WAITS))
def test_the_decisions_are_those_that_striking_off_a_list_gives(
    drawn: dict[str, tuple[int, int, int]],
) -> None:
    late, ahead = VagueDate(date(2026, 6, 29), date(2026, 6, 29)), VagueDate(ON, ON)
    files = [
        file(
            says(
                name, name, "2026",
                set_aside=aside, latest=(late,) * overdue + (ahead,) * 3, codes=(f"{name}.over-cap",) * over + ("pay.other",),
            )
        )
        for name, (aside, overdue, over) in drawn.items()
    ]  # fmt: skip
    waiting = [
        (kind, number)
        for waits in drawn.values()
        for kind, number in zip((ASIDE, LATE, OVER), waits, strict=True)
        if number
    ]
    told = [(waits.kind, waits.many) for waits in judged(*files).more.decisions]
    expected = three(waiting, (ASIDE, LATE, OVER))
    assert [number for _, number in told] == [number for _, number in expected]
    assert told[: len({kind for kind, _ in waiting})] == expected[: len({kind for kind, _ in waiting})]


def test_fewer_than_three_decisions_are_said_to_be_fewer() -> None:
    whole = judged(file(says("pay", "在职报酬", "2026-06", set_aside=4)))
    assert tables(whole)["需要决定"].notes == ("能从结果里看出来的只有 1 件。",)


def test_what_waits_for_a_signature_is_neither_summed_nor_decided_nor_compared_with() -> None:
    pay = says("pay", "在职报酬", "2026-06", figure("金额", 5, money=True), set_aside=9)
    before = says("pay", "在职报酬", "2026-05", figure("金额", 4, money=True))
    assert judged(file(pay, WAITING), file(before, EARLIER, before=True)).more.lines == []
    whole = judged(file(pay), file(before, WAITING, before=True))
    assert [one.before for one in whole.more.lines] == [None]


def test_a_budget_means_the_first_sum_of_a_work_or_the_figure_that_it_names() -> None:
    pay = says(
        "pay", "在职报酬", "2026-06", figure("发放", 3), figure("金额", 600, money=True), figure("基本报酬", 500, money=True)
    )  # fmt: skip
    budget = tuple(
        BudgetLine(row=line("预算", n), item=item, value=1000)
        for n, item in enumerate(("在职报酬", "在职报酬 基本报酬", "修路"), 2)
    )
    whole = judged(file(pay), budget=budget)
    assert cells(tables(whole)["发放（金额）"], "called", "target", "progress") == [
        ("在职报酬 金额", 1000, "60.0%"),
        ("在职报酬 基本报酬", 1000, "50.0%"),
    ]
    (odd,) = [one for one in whole.findings if one.code == "report.matches-nothing"]
    assert "修路" in odd.message and str(odd.place) == "预算.xlsx 预算 A4（项目）"


def test_a_work_that_no_section_names_stands_last_and_loses_nothing() -> None:
    whole = judged(
        file(says("novel", "新工作", "2026-06", figure("件数", 2))), file(says("pay", "在职报酬", "2026-06", figure("发放", 3)))
    )  # fmt: skip
    assert [(one.section, one.called) for one in whole.more.lines] == [
        ("发放", "在职报酬 发放"),
        ("其他", "新工作 件数"),
    ]


def test_townships_stand_as_the_county_has_them_with_what_each_result_says() -> None:
    towns = [TownshipFigure(town, "金额", True, n) for n, town in enumerate(("望河乡", "青禾镇"), 1)]
    whole = judged(
        file(says("pay", "在职报酬", "2026-06", townships=tuple(towns))),
        file(says("rate", "星级评定", "2026-06", townships=(TownshipFigure("青禾镇", "好", False, 7),))),
    )
    (table,) = by_township(whole).tables(whole, PROGRAMME.paper)
    assert [tuple(row) for row in table.rows] == [(1, "望河乡", 1, None), (2, "青禾镇", 2, 7)]
    assert [column.title for column in table.columns[2:]] == ["在职报酬/金额", "星级评定/好"]


def test_results_of_different_periods_are_warned_of() -> None:
    whole = judged(file(says("pay", "在职报酬", "2026-06")), file(says("rate", "星级评定", "2026")))
    (odd,) = [one for one in whole.findings if one.code == "report.periods-differ"]
    assert "在职报酬 2026年6月；星级评定 2026年" in odd.message


def test_a_county_in_two_parts_is_named_once_and_what_is_not_counted_has_no_period() -> None:
    may, june = (says("pay", "在职报酬", period) for period in ("2026-05", "2026-06"))
    of = (("一县", june, COUNTED), ("一县", june, COUNTED), ("二县", may, COUNTED), ("三县", may, WAITING))
    files = [structs.replace(file(result, part), county=county) for county, result, part in of]
    assert periods_apart(files) == ["在职报酬：一县 2026年6月，二县 2026年5月"]
    assert periods_apart([files[0], files[3]]) == []


def test_a_file_says_why_it_went_where_it_went_and_one_of_a_county_that_was_not_read_waits() -> None:
    pay = file(says("pay", "在职报酬", "2026-06"))
    copied = structs.replace(file(says("pay", "在职报酬", "2026-05")), part=COPY, why="和 甲.xlsx 是同一份")
    failed = structs.replace(file(says("pay", "在职报酬", "2026-04")), county="四县", failed="没有结果")
    whole = judged(pay, copied, failed)
    reasons = sorted((one.part, *one.reasons[0][:3]) for one in whole.of())
    assert reasons == [
        (COPY, "归到哪里", "和 甲.xlsx 是同一份", "每个文件只归一处"),
        (COUNTED, "归到哪里", COUNTED, "每个文件只归一处"),
    ]
    told = [(one.code, one.message) for one in whole.findings if one.severity is Severity.ERROR]
    assert told == [("report.county-failed", "四县：没有结果")]
    assert whole.tally.set_aside == 1


def test_figures_of_counties_stand_by_section_and_work_with_the_newest_period_first() -> None:
    """However the counties are given, of which none has all works."""
    handed_in = [
        ("一县", "novel", "新工作", "2026-06"),
        ("二县", "visits", "走访慰问", "2026"),
        ("二县", "pay", "在职报酬", "2026-05"),
        ("三县", "subsidies", "生活补贴", "2026Q2"),
        ("三县", "pay", "在职报酬", "2026-06"),
    ]
    files = [
        structs.replace(file(says(programme, title, period, figure("发放", 1), figure("金额", 2, money=True))), county=county)
        for county, programme, title, period in handed_in
    ]  # fmt: skip
    shown = EDITIONS.editions[-1].shown
    lines = county_lines(files, shown)
    assert [line.county for line in lines] == ["一县", "二县", "三县"]
    assert [(section, money, list(map(str, own))) for section, money, own in by_section(lines, shown)] == [
        ("发放", True, ["在职报酬 金额（2026-06）", "在职报酬 金额（2026-05）", "生活补贴 金额（2026Q2）"]),
        ("发放", False, ["在职报酬 发放（2026-06）", "在职报酬 发放（2026-05）", "生活补贴 发放（2026Q2）"]),
        ("走访", True, ["走访慰问 金额（2026）"]),
        ("走访", False, ["走访慰问 发放（2026）"]),
        ("其他", True, ["新工作 金额（2026-06）"]),
        ("其他", False, ["新工作 发放（2026-06）"]),
    ]


NO_DECISION = ("需要决定", ("需要决定",), [("没有看出要决定的事", None, False)])
PAY = says("pay", "在职报酬", "2026-06", figure("发放", 3), figure("金额", 600, money=True))
LISTED = says("subsidies", "生活补贴", "2026Q2", set_aside=4)


@pytest.mark.parametrize(
    ("files", "front"),
    [
        (
            (file(PAY, state="已审批"), file(LISTED, WAITING, state="待审批")),
            [
                ("发放", ("发放（金额）",), [("在职报酬 金额（2026-06）", None, True)]),
                ("发放", ("发放（数量）",), [("在职报酬 发放（2026-06）", "current", False)]),
                NO_DECISION,
                ("待签", ("待签",), [("生活补贴（2026年第二季度）：待审批", None, False)]),
            ],
        ),
        (
            (file(LISTED),),
            [
                ("需要决定", ("需要决定",), [("生活补贴（2026Q2）有 4 行待核实，没有列入", "many", False)]),
                ("待签", ("文件",), [("没有给台账，没有核对审批", None, False)]),
            ],
        ),
        (
            (structs.replace(file(LISTED, WAITING, state="待审批"), county="一县"),),
            [NO_DECISION, ("待签", ("待签",), [("一县生活补贴（2026年第二季度）：待审批", None, False)])],
        ),
    ],
)
def test_the_first_page_says_what_waits_for_a_decision_and_for_a_signature_or_that_nobody_checked(
    files: tuple[GivenFile, ...], front: list[tuple[str, tuple[str, ...], list[tuple[str, str | None, bool]]]]
) -> None:
    """Each line with the column that it counts, if any, and whether it says money."""
    assert callable(PROGRAMME.front)
    said = [
        (one.block, one.pages, [(of.item, of.many, of.fen is not None) for of in one.figures])
        for one in PROGRAMME.front(judged(*files))
        if one.figures
    ]
    assert said == front


def test_of_counties_is_told_whose_approvals_nobody_checked_which_periods_differ_and_what_was_copied() -> (
    None
):
    def of(county: str, period: str, **more: Any) -> GivenFile:
        made = file(says("pay", "在职报酬", period), state=more.pop("state", ""))
        return structs.replace(made, county=county, name=f"{county}.xlsx", **more)

    copied = {"part": COPY, "why": "和 一县.xlsx 是同一份"}
    checked = judged(of("一县", "2026-06", state="已审批"), of("二县", "2026-06", state="已审批"))
    assert checked.findings == ()
    apart = judged(
        of("一县", "2026-06", state="已审批"), of("二县", "2026-05"), of("三县", "2026-05"), of("四县", "2026-06", **copied)
    )  # fmt: skip
    assert {(one.code, one.message, str(one.place)) for one in apart.findings} == {
        ("report.unchecked", "没有台账，各份结果审批过没有，没有核对：三县、二县", "全部名册"),
        (
            "report.counties-differ",
            "各县期间不一样：在职报酬：一县 2026年6月，三县、二县 2026年5月",
            "全部名册",
        ),
        ("report.county-copied", "四县的 四县.xlsx 和 一县.xlsx 是同一份", "全部名册"),
    }
