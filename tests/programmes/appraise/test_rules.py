"""Rules of 述评考 one by one: what is told with its place, what waits, what is proposed."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.appraisal.policy import Inspection
from sanchuang_cli.domain.appraisal.rosters import GroupBallots
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.policy import source
from tests.programmes.units import (
    ballots,
    changed,
    column,
    item,
    made,
    measured,
    outcome,
    problem,
    told,
    unit,
)

NAME = "向阳村党支部"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ballots(given_out=30), "“收回”多于“发出”"),
        (ballots(given_out=40, returned=32), "“有效”多于“收回”"),
        (ballots(valid=34), "各等次的票合计不等于“有效”"),
        (ballots((18, 10, 4, None)), "没有填“差”，没有的要填 0"),
        (ballots((1, 0, 0, 0), valid=0), "各等次的票合计不等于“有效”"),
    ],
)
def test_ballots_that_cannot_be_are_told_at_their_row_without_a_figure(row: Any, said: str) -> None:
    run = outcome(unit(), row)
    wrong, *others = [finding for finding in run.findings if finding.place.sheet == "GroupBallots"]
    assert wrong.message.endswith(said)
    assert (wrong.place.row, wrong.place.column) == (4, 0)
    assert not any(
        character.isdigit() for finding in (wrong, *others) for character in finding.message.replace(" 0", "")
    )
    assert (run.tally.set_aside, measured(run, "total")) == (1, [])
    assert wrong.mend


def test_a_group_that_the_document_does_not_have_is_told() -> None:
    run = outcome(unit(), ballots(group="外单位"))
    assert told(run) == ["group-unknown", "sheet-wrong"]


def test_another_daily_score_in_the_roster_than_the_sheets_give_decides_nothing() -> None:
    rows = (item("党建责任", 12, 60, 1), item("阵地", 0, 40, 2))
    assert told(outcome(unit(daily=88), ballots(), *rows)) == []
    run = outcome(unit(daily=87), ballots(), *rows)
    assert (told(run), run.tally.set_aside) == (["daily-differs"], 1)
    assert "检查扣分算出 88 分，日常得分写的是 87 分" in run.findings[0].message


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((item("甲", 0, 60, 1), item("乙", 0, 30, 2)), "full-differs"),
        ((item("甲", 0, 60, 1, serial="1"), item("甲", 0, 40, 2, serial="2")), "item-differs"),
        ((item("甲", 0, 100, 1, way="抽"),), "way-unknown"),
        ((item("甲", 0, 100, 1, office="组织科", part=60), item("甲", 0, 100, 2, serial="2", office="组织科", part=40)), "parts-differ"),
    ],
)  # fmt: skip
def test_inspections_that_contradict_themselves_are_told_at_their_cell(rows: Any, code: str) -> None:
    run = outcome(unit(daily=None), ballots(), *rows)
    assert code in told(run)
    assert "sheet-wrong" in told(run)
    assert run.tally.set_aside == 1
    wrong = next(finding for finding in run.findings if finding.code.endswith(code))
    assert wrong.place.cell
    assert wrong.mend


ITEMS = """[[edition.inspection.items]]
name = "党建责任"
points = 60
offices = { "组织科" = 60 }

[[edition.inspection.items]]
name = "阵地"
points = 40

[edition.yearly]"""


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((item("党建责任", 0, 60, 1), item("阵地", 1, 40, 2)), []),
        ((item("党建责任", 0, 60, 1), item("绿化", 1, 40, 2)), ["item-unknown"]),
        ((item("党建责任", 0, 50, 1), item("阵地", 1, 50, 2)), ["item-differs", "item-differs"]),
        ((item("党建责任", 0, 60, 1, office="农村科"), item("阵地", 1, 40, 2)), ["office-unknown"]),
        ((item("党建责任", 0, 60, 1),), ["full-differs"]),
    ],
)
def test_the_document_may_list_the_items_and_their_offices(rows: Any, codes: list[str]) -> None:
    run = outcome(unit(daily=None), ballots(), *rows, by=changed(("[edition.yearly]", ITEMS)))
    assert [code for code in told(run) if code != "sheet-wrong"] == codes
    assert run.tally.set_aside == bool(codes)


def test_a_sheet_of_a_unit_that_is_not_on_the_list_is_told_and_decides_nothing() -> None:
    rows = (item("全部", 12, 100, 1), item("全部", 50, 100, 2, of="老龙口村党支部"))
    run = outcome(unit(daily=None), ballots(), *rows, ballots((5, 0, 0, 0), name="老龙口村党支部", line=7))
    assert (told(run), measured(run, "score-日常")) == (["unit-unknown"] * 2, [88])
    assert [finding.place.cell for finding in run.findings] == ["A10", "A5"]
    assert {finding.severity for finding in run.findings} == {Severity.ERROR}


def test_units_of_one_name_are_told_apart_by_their_township() -> None:
    two = [unit(line=1), unit(line=2, township="望河乡")]
    rows = [ballots(line=1), ballots((5, 0, 0, 0), "上级", line=2)]
    run = outcome(two, *rows)
    assert (sorted(told(run)), run.tally.set_aside) == (["sheet-waits"] * 2 + ["unit-unknown"] * 2, 2)
    here, there = (
        made(GroupBallots, n, {**fields(row), "township": town}, **row.more)
        for n, row, town in zip((1, 2), rows, ("青禾镇", "望河乡"), strict=True)
    )
    run = outcome(two, here, there)
    assert (told(run), measured(run, "valid")) == ([], [5, 33]), "望河乡 stands first"


def fields(row: GroupBallots) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("unit", "group", "given_out", "returned", "valid")}


def test_a_group_or_an_item_that_stands_on_two_rows_is_told_though_one_says_the_township() -> None:
    row = ballots(line=1)
    again = made(GroupBallots, 2, {**fields(row), "township": "青禾镇"}, **row.more)
    assert told(outcome(unit(), row, again)) == ["row-twice", "sheet-wrong"]
    twice = (item("全部", 2, 100, 1, serial="1"), item("全部", 2, 100, 2, serial="1", township="青禾镇"))
    assert told(outcome(unit(daily=None), ballots(), *twice)) == ["row-twice", "sheet-wrong"]


def test_a_row_that_waits_sets_its_unit_aside() -> None:
    twice = (ballots(line=1), ballots((9, 9, 9, 6), line=2))
    run = outcome([unit(), unit("东湾村党支部", 2)], *twice, ballots(name="东湾村党支部", line=3))
    assert told(run) == ["listed-twice", "listed-twice", "sheet-waits", "sheet-waits"]
    assert (run.tally.set_aside, measured(run, "name")) == (1, ["东湾村党支部"])


def test_a_part_that_is_missing_leaves_no_score_and_is_said() -> None:
    run = outcome(
        [unit(report_score=None, reported=None), unit("东湾村党支部", 2, yearly=90)],
        ballots(name="东湾村党支部"),
    )
    assert str(run.tally) == "读取 2 = 已评 1 + 缺项待评 1 + 不参评 0 + 待核实 0"
    assert column(run, "缺项名单", "lacking") == ["述职、测评"]
    assert measured(run, "score-年度考核") == [90]


def test_ballots_of_all_groups_that_are_too_few_to_be_shown_give_no_score() -> None:
    run = outcome(unit(), ballots((2, 0, 0, 0), "上级", line=1), ballots((1, 1, 0, 0), "同级", line=2))
    assert (column(run, "缺项名单", "lacking"), measured(run, "total")) == (["测评"], [])


def test_who_does_not_take_part_is_in_no_place_and_no_cap() -> None:
    units = [
        unit(takes_part=False),
        *(unit(f"第{n}村党支部", n, report_score=100, daily=100) for n in range(1, 6)),
    ]
    run = outcome(units, *(ballots((9, 0, 0, 0), name=f"第{n}村党支部", line=n) for n in range(1, 6)))
    assert column(run, "未列入名单", "part") == ["不参评"]
    assert measured(run, "place") == [1] * 5


def test_a_tie_across_the_cap_leaves_the_grade_open_and_the_place_as_it_is() -> None:
    names = [f"第{n}村党支部" for n in range(1, 6)]
    scores = (100, 99, 99, 99, 70)
    units = [
        unit(name, n, report_score=score, daily=95, last_grade="一般")
        for n, (name, score) in enumerate(zip(names, scores, strict=True))
    ]
    sheets = [ballots((9, 0, 0, 0), name=name, line=n) for n, name in enumerate(names)]
    run = outcome(units, *sheets)
    assert measured(run, "grade") == ["好", "待定", "待定", "待定", "较好"]
    assert measured(run, "place") == [1, 2, 2, 2, 5]
    assert told(run) == ["tied"] * 3
    assert run.tally.parts[0] == ("已评", 5)
    (notice,) = run.notices()
    assert [row[-1] for row in notice.table.rows] == ["好", "较好"]
    for tie, grades in (("all_out", "好 较好 较好 较好 较好"), ("all_in", "好 好 好 好 较好")):
        run = outcome(units, *sheets, by=changed(("share = 0.4\n", f'share = 0.4\ntie = "{tie}"\n')))
        assert measured(run, "grade") == grades.split()


def test_a_serious_accident_is_never_the_best_grade_and_takes_no_place_in_its_cap() -> None:
    names = [f"第{n}村党支部" for n in range(1, 4)]
    units = [unit(name, n, report_score=100, daily=100 - n, accident=n == 0) for n, name in enumerate(names)]
    run = outcome(units, *(ballots((9, 0, 0, 0), name=name, line=n) for n, name in enumerate(names)))
    assert measured(run, "grade") == ["较好", "好", "较好"]


@pytest.mark.parametrize(
    ("daily", "last", "proposed", "codes"),
    [
        (70, "一般", ["约谈或者调整"], []),
        (70, "较好", [], []),
        (70, "", [], ["last-unknown"]),
        (70, "无", [], ["last-unknown"]),
        (20, "", ["约谈或者调整"], []),
        (20, "好", ["约谈或者调整"], []),
        (95, "一般", [], []),
    ],
)
def test_two_years_fair_or_one_year_poor_is_a_proposal_with_its_clause(
    daily: int, last: str, proposed: list[str], codes: list[str]
) -> None:
    run = outcome(unit(daily=daily, report_score=daily, last_grade=last), ballots())
    assert (column(run, "约谈调整建议", "proposals"), told(run)) == (proposed, codes)
    assert all("约谈或者调整" in said for said in column(run, "约谈调整建议", "basis"))


def test_last_years_grade_comes_from_last_years_result() -> None:
    fair: dict[str, Any] = {"daily": 70, "report_score": 70}
    line = {"township": "青禾镇", "name": NAME, "grade": "一般", "place": 4}
    run = outcome(unit(**fair), ballots(), last=[line])
    assert column(run, "约谈调整建议", "proposals") == ["约谈或者调整"]
    assert told(outcome(unit(**fair, last_grade="一般"), ballots(), last=[line])) == []
    run = outcome(unit(**fair, last_grade="好"), ballots(), last=[line])
    assert (told(run), run.tally.set_aside) == (["last-differs"], 1)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("type-unknown", {"type": "学校"}),
        ("grade-unknown", {"last_grade": "优秀"}),
        ("not-yet", {"reported": "2026-01-02"}),
        ("before-period", {"reported": "2024-12-20"}),
    ],
)
def test_what_is_wrong_or_not_understood_is_set_aside(code: str, fields: dict[str, Any]) -> None:
    run = outcome(
        [unit(**fields), unit("东湾村党支部", 2)], ballots(line=1), ballots(name="东湾村党支部", line=2)
    )
    assert (told(run), run.tally.set_aside, measured(run, "place")) == ([code], 1, [1])


@pytest.mark.parametrize(
    ("day", "late"), [("2026-01-31", 0), ("2026-02-01", 1), ("2026-02", 1), ("2026-01", 0)]
)
def test_a_report_is_late_after_the_last_day_of_the_month_that_follows(day: str, late: int) -> None:
    run = outcome(unit(reported=day), ballots(), on="2026-03-01")
    assert column(run, "述职报告目录", "late") == [late]
    assert told(run) == ["late"] * (late > 0)


def test_who_has_not_reported_has_a_day_by_which_to_do_so() -> None:
    run = outcome(unit(report_score=None, reported=None), ballots(), on="2026-01-30")
    assert [column(run, "期限", name) for name in ("what", "left", "responsible")] == [
        ["述职"],
        [1],
        ["杨兴华"],
    ]
    run = outcome(unit(report_score=None, reported=None), ballots(), on="2026-02-01")
    assert column(run, "期限", "state") == ["逾期"]
    assert column(outcome(unit(report_score=None), ballots()), "期限", "what") == [], (
        "reported, not scored yet"
    )


def test_a_report_without_a_day_is_told() -> None:
    assert told(outcome(unit(reported=None), ballots())) == ["undated"]


TEXT = source("appraise", None)[1].decode()
YEARLY = TEXT[TEXT.index("[edition.yearly]") : TEXT.index("[edition.grades]")]
POLL = TEXT[TEXT.index("[edition.poll.groups]") : TEXT.index("[edition.inspection]")]
NO_YEARLY = (YEARLY, ""), ('    { name = "年度考核", weight = 0 },\n', "")
NO_POLL = (POLL, ""), ('    { name = "测评", weight = 0.2 },\n', ""), ("weight = 0.5", "weight = 0.7")


def test_a_part_that_the_document_does_not_have_is_said_and_does_not_count() -> None:
    run = outcome(unit(yearly=95), by=changed(*NO_YEARLY, *NO_POLL))
    assert measured(run, "total") == [Fraction("88.9")], "0.7 × 88 + 0.3 × 91"
    notes = next(table.notes for table in run.tables if table.name == "测评汇总表")
    assert "本办法没有这些部分：测评、年度考核。" in notes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight = 0.5", "weight = 0.6", "权重之和应为 1，现为 1.1"),
        ("merge_below = 5", "merge_below = 4", "merge_below 不小于 5"),
        ('    { name = "年度考核", weight = 0 },\n', "", "composite 的各部分应是写了的"),
        ('grades = ["一般"]', 'grades = ["合格"]', "“合格”不在 grades 的 bands 之内"),
        ("[edition.poll.marks]", "[edition.poll.papers]\nclause = \"例\"\n[edition.poll.marks]", "只写一个"),
        ('[edition.grades]\n', '[edition.grades]\nby = "stars"\n', "不写 by 和 gate"),
        ('ways = ["看", "比", "促"]', 'items = [{ name = "阵地", points = 60 }, { name = "学习", points = 30 }]', "各项目满分合计 90 分，full 写的是 100 分"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_meant_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        changed((old, new))


def test_all_that_is_wrong_with_a_document_is_told_at_once() -> None:
    wrong = (
        ("[edition.grades]\n", '[edition.grades]\nby = "stars"\n'),
        ('grades = ["差"]', 'grades = ["合格", "不合格"]'),
    )
    said = (
        "composite 的各部分应是写了的 日常、述职、测评，现为 日常、述职、测评、年度考核；"
        "grades 按综合得分定等次，不写 by 和 gate；proposals 的等次“不合格、合格”不在 grades 的 bands 之内"
    )
    with pytest.raises(UserError, match=said):
        changed(*wrong, (YEARLY, ""))


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ('{ name = "阵地", points = 100, offices = { "组织科" = 60, "宣教科" = 30 } }', "项目“阵地”各科室合计 90 分，满分写的是 100 分"),
        ('{ name = "阵地", points = 100, offices = { "组织科" = 60, "宣教科" = 40 } }', ""),
        ('{ name = "阵地", points = 60 }, { name = "学习", points = 40 }', ""),
    ],
)  # fmt: skip
def test_the_offices_of_an_item_make_its_points_and_the_items_make_the_whole(items: str, said: str) -> None:
    written = ('ways = ["看", "比", "促"]', f"items = [{items}]")
    if said:
        with pytest.raises(UserError, match=said):
            changed(written)
    else:
        assert sum(item.points for item in _inspected(written).items) == 100


def _inspected(written: tuple[str, str]) -> Inspection:
    rule = changed(written).editions[0].inspection
    assert rule
    return rule


def test_the_score_may_be_compared_unrounded() -> None:
    units = [unit(), unit("东湾村党支部", 2, report_score="91.001")]
    sheets = (ballots(line=1), ballots(name="东湾村党支部", line=2))
    assert measured(outcome(units, *sheets), "place") == [1, 1]
    exact = changed(('absent = "refuse"', 'absent = "refuse"\nrounded = false'))
    assert measured(outcome(units, *sheets, by=exact), "place") == [1, 2]
    assert measured(outcome(units, *sheets, by=exact), "name") == ["东湾村党支部", NAME]


def test_problems_are_listed_with_who_answers_and_when() -> None:
    rows = (
        problem("甲", 1, raised="2024-12-20", due="2025-12-31", responsible="杨兴华"),
        problem("乙", 2, raised="2024-12-20", due="2025-12-30"),
        problem("丙", 3, raised="2024-12-20", due="2025-06-30", closed="2025-06-30"),
        problem("丁", 4, raised="2025-03-01", due="2026-06-30"),
        problem("戊", 5),
    )
    run = outcome(unit(), ballots(), *rows)
    assert column(run, "整改清单", "state") == ["未销号", "逾期", "已销号", "未销号", "未销号"]
    assert column(run, "整改清单", "late") == [None, 1, None, None, None]
    assert column(run, "期限", "what") == ["整改：乙", "整改：甲", "整改：丁"]
    assert column(run, "期限", "left") == [-1, 0, 181]
    assert [column(run, "通报", name) for name in ("problems", "settled", "overdue")] == [[5], [1], [1]]
    assert [column(run, name, "problem") for name in ("问题清单", "责任清单")] == [list("甲乙丙丁戊")] * 2


def test_problems_of_a_unit_that_waits_are_not_lost() -> None:
    run = outcome(unit(type="学校"), problem(due="2025-12-01"))
    assert (run.tally.set_aside, column(run, "整改清单", "state")) == (1, ["逾期"])


def test_a_problem_closed_before_it_was_raised_is_told() -> None:
    assert told(outcome(unit(), ballots(), problem(raised="2025-05-02", closed="2025-05-01"))) == [
        "closed-early"
    ]
