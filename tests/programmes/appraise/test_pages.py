"""Pages of 述评考: the same figure on every one, and what follows from the order and the number of ballots."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import Place
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.appraise import PROGRAMME
from sanchuang_cli.record import Origin
from tests.programmes.units import (
    ballots,
    changed,
    column,
    default,
    explained,
    item,
    occasion,
    outcome,
    problem,
    rosters,
    told,
    unit,
    whole,
)

GRADES = ("差", "一般", "较好", "待定", "好")
"""From the worst; one that is open lies between the two best."""
marks = st.lists(st.integers(0, 9), min_size=4, max_size=4).map(lambda own: [own[0] + 5, *own[1:]])
counties = st.lists(
    st.tuples(
        st.sampled_from(["村", "乡镇"]), st.integers(120, 200), st.integers(120, 200), marks, st.booleans()
    ),
    min_size=1,
    max_size=8,
)


def county(drawn: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Units with their ballots; their scores are halves, so that ties are not rare."""
    units = [
        unit(f"第{n}村党支部", n, type=kind, daily=Fraction(daily, 2), report_score=Fraction(report, 2), accident=accident and n % 3 == 0, last_grade="一般")
        for n, (kind, daily, report, _, accident) in enumerate(drawn)
    ]  # fmt: skip
    return units, [ballots(own, name=f"第{n}村党支部", line=n) for n, (*_, own, _) in enumerate(drawn)]


def lines(run: Outcome, page: str, *names: str) -> dict[str, tuple[Any, ...]]:
    """What stands on a page in some columns, by the unit."""
    rows = zip(*(column(run, page, name) for name in names), strict=True)
    return dict(zip(column(run, page, "name"), rows, strict=True))


@given(counties)
def test_the_same_figure_stands_on_every_page(drawn: Sequence[Any]) -> None:
    units, sheets = county(drawn)
    problems = [problem(f"问题{n}", n, of=units[0].name) for n in range(3)]
    run = outcome(units, *sheets, *problems)
    names = ("type", "total", "place", "grade")
    pages = [lines(run, page, *names) for page in ("测评汇总表", "排名", "通报")]
    assert pages[0] == pages[1] == pages[2]
    assert len(pages[0]) == len(units)
    for page in ("分乡镇汇总表", "分类型汇总表"):
        for at, grade in enumerate(("好", "较好", "一般", "差", "待定")):
            assert sum(column(run, page, f"grade{at}")) == [said[3] for said in pages[0].values()].count(
                grade
            )
        assert sum(column(run, page, "problems")) == len(problems)
    lists = [column(run, page, "problem") for page in ("问题清单", "责任清单", "整改清单")]
    assert lists == [[each.problem for each in problems]] * 3
    assert lines(run, "述职报告目录", "score-述职") == lines(run, "测评汇总表", "score-述职")
    for notice in run.notices():
        who, what = (notice.table.index(name) for name in ("name", "grade"))
        assert {row[who]: row[what] for row in notice.table.rows} == {
            name: said[3] for name, said in pages[0].items() if said[3] != "待定"
        }
        assert {column.title for column in notice.table.columns} == {"序号", "乡镇", "单位", "等次"}


@given(counties, st.sampled_from(["ask", "all_out"]))
def test_the_cap_is_never_exceeded_and_every_unit_has_a_place(drawn: Sequence[Any], tie: str) -> None:
    units, sheets = county(drawn)
    run = outcome(units, *sheets, by=changed(("share = 0.4\n", f'share = 0.4\ntie = "{tie}"\n')))
    of_type: dict[str, list[Any]] = defaultdict(list)
    for kind, total, place, grade in lines(run, "测评汇总表", "type", "total", "place", "grade").values():
        of_type[kind].append((total, place, grade))
    for own in of_type.values():
        grades = [grade for _, _, grade in own]
        assert 5 * grades.count("好") <= 2 * len(own)
        assert all(place == 1 + sum(other > total for other, _, _ in own) for total, place, _ in own)
        open_to = [total for total, _, grade in own if grade == "待定"]
        assert len(set(open_to)) <= 1
        assert not open_to or (tie == "ask" and 5 * (grades.count("好") + len(open_to)) > 2 * len(own))


@given(counties, st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(drawn: Sequence[Any], seed: int) -> None:
    units, sheets = county(drawn)
    mixed = [*sheets]
    Random(seed).shuffle(mixed)
    straight, turned = outcome(units, *sheets), outcome(units[::-1], *mixed)
    for page in ("测评汇总表", "排名", "通报"):
        names = ("type", "total", "place", "grade")
        assert lines(straight, page, *names) == lines(turned, page, *names)
    assert sorted(map(str, straight.findings)) == sorted(map(str, turned.findings))


@given(counties, st.data())
def test_a_ballot_that_becomes_the_best_or_one_more_of_these_never_lowers_anything(
    drawn: Sequence[Any], data: Any
) -> None:
    units, sheets = county(drawn)
    at = data.draw(st.integers(0, len(units) - 1))
    own = drawn[at][3]
    worse = data.draw(st.sampled_from([n for n in range(1, 4) if own[n]] or [0]))
    better = [*own]
    better[worse] -= 1
    better[0] += 1
    then, *later = (
        lines(
            outcome(
                units, *sheets[:at], ballots(given_marks, name=units[at].name, line=at), *sheets[at + 1 :]
            ),
            "测评汇总表",
            *("score-测评", "total", "place", "grade"),
        )[units[at].name]
        for given_marks in (own, better, [own[0] + 1, *own[1:]])
    )
    for now in later:
        assert now[0] >= then[0]
        assert now[1] >= then[1]
        assert now[2] <= then[2]
        assert GRADES.index(now[3]) >= GRADES.index(then[3])


def test_explain_cites_the_clause_and_the_cell_of_each_part() -> None:
    rows = (item("党建责任", 9, 60, 1), item("阵地", 3, 40, 2))
    (subject,) = explained([unit(last_grade="较好")], ballots(), *rows).subjects
    (page,) = subject.pages()
    said = {row[0]: row for row in page.rows}
    assert subject.outcome == "已评：88.75 分，第 1 名，较好"
    assert "党建责任 60 − 9；阵地 40 − 3，88.00 分" in said["日常"][2]
    assert "InspectionRow D4（扣分）" in said["日常"][3]
    assert said["测评"][3:5] == ("全县.xlsx GroupBallots B4（组）", "群众")
    assert said["综合"][2] == "⌊(0.5 × 88 + 0.3 × 91 + 0.2 × (960/11)) × 100 + 1/2⌋ ÷ 100 = 88.75 分"
    assert all(row[5] for row in page.rows), "each with its clause"


LAST: dict[str, Any] = {"township": "青禾镇", "name": "向阳村党支部", "grade": "较好", "place": 2}


def test_what_changed_since_last_year_is_told() -> None:
    run = outcome(unit(), ballots(), last=[LAST])
    assert told(run) == []
    assert [column(run, "与上期对比", name) for name in ("place_before", "place_now")] == [[2], [1]]


def test_a_problem_that_stood_open_last_year_and_is_gone_is_told() -> None:
    stood = [("甲", "未销号"), ("乙", "逾期"), ("丙", "已销号"), ("丁", "未销号")]
    cells = [{"单位": "向阳村党支部", "问题": said, "状态": state} for said, state in stood]
    read = dict(rosters([unit()], [ballots(), problem("丁", raised="2024-12-20")], [LAST]))
    origin = Origin(
        "上年.xlsx",
        Period.year(2024),
        "",
        {},
        lambda page: iter([(Place("上年.xlsx", page, n + 4), line) for n, line in enumerate(cells)]),
    )
    read["previous"] = replace(read["previous"], origin=origin)
    run = PROGRAMME.run(read, default(), occasion())
    assert told(run) == ["problem-gone"] * 2
    assert [finding.message for finding in run.findings] == [
        "向阳村党支部“甲”：上年未销号，本年的问题清单里没有（见 上年.xlsx 整改清单 第4行）",
        "向阳村党支部“乙”：上年逾期，本年的问题清单里没有（见 上年.xlsx 整改清单 第5行）",
    ]


def test_what_is_proposed_is_a_list_on_which_two_documents_may_differ() -> None:
    fair: dict[str, Any] = {"daily": 70, "report_score": 70, "last_grade": "一般"}
    found = whole(
        [unit(**fair), unit("东湾村党支部", 2)], ballots(line=1), ballots(name="东湾村党支部", line=2)
    )
    listed = [
        (made.record.name, reason.what, reason.said) for made, reason in PROGRAMME.compared.lists(found)
    ]
    assert listed == [("向阳村党支部", "建议", "上年“一般”、本年“一般”，建议约谈或者调整")]
