"""Figures of other townships than last period's are not compared, and whatever township is missing is named."""

from dataclasses import replace

from sanchuang_cli.domain.stated.given import EARLIER, GivenFile
from sanchuang_cli.domain.stated.values import TownshipFigure
from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.report import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.report.test_comparing import EDITIONS, ON, cells, figure, file, says, tables


def visits(period: str, *townships: str, work: str = "走访慰问") -> GivenFile:
    of = tuple(TownshipFigure(one, "走访", False, 3) for one in townships)
    stated = says("visits", work, period, figure("计入", 3 * len(townships)), townships=of)
    return file(stated, *(() if period == "2026" else (EARLIER,)), before=period != "2026")


def judged(*files: GivenFile, known: tuple[str, ...] = ()) -> Whole:
    when = replace(Occasion(Period.parse("2026-06"), ON), townships=known, by_county=bool(known))
    rosters = {"files": Roster(files), "budget": Roster(()), "plan": Roster(())}
    return PROGRAMME.judge(rosters, EDITIONS, when)


def told(whole: Whole) -> list[tuple[str, Severity, str]]:
    codes = ("report.townships-differ", "report.township-lacking")
    return [
        (one.code.rpartition(".")[2], one.severity, one.message)
        for one in whole.findings
        if one.code in codes
    ]


def test_a_period_that_lacks_townships_is_not_compared_and_they_are_named() -> None:
    whole = judged(visits("2026", "甲镇"), visits("2025", "甲镇", "乙镇", "丙镇"))
    (code, severity, said), *others = told(whole)
    assert (code, severity, others) == ("townships-differ", Severity.WARNING, [])
    assert said.endswith("没有比增减；本期没有丙镇、乙镇")
    (line,) = whole.more.lines
    assert (line.current, line.before, line.change, line.changed) == (3, 9, None, "")
    page = tables(whole)["要点（数量）"]
    assert cells(page, "current", "before") == [(3, 9)]
    assert not {"change", "changed"} & {column.name for column in page.columns}


def test_a_township_that_is_new_is_no_growth() -> None:
    whole = judged(visits("2026", "甲镇", "乙镇"), visits("2025", "甲镇"))
    assert [said.rpartition("；")[2] for _, _, said in told(whole)] == ["上期没有乙镇"]
    assert whole.more.lines[0].change is None


def test_the_same_townships_are_compared_in_whatever_order_and_workbooks() -> None:
    whole = judged(visits("2026", "乙镇"), visits("2026", "甲镇"), visits("2025", "甲镇", "乙镇"))
    assert not told(whole)
    assert whole.more.lines[0].change == 0


def test_a_township_of_the_county_that_neither_period_has_is_named() -> None:
    whole = judged(visits("2026", "甲镇"), visits("2025", "甲镇"), known=("甲镇", "乙镇"))
    assert told(whole) == [("township-lacking", Severity.NOTE, "走访慰问（2026年）没有乙镇的数")]
    assert whole.more.lines[0].change == 0


def test_a_result_without_townships_is_compared_as_it_stands() -> None:
    whole = judged(visits("2026"), visits("2025", "甲镇"), known=("甲镇", "乙镇"))
    assert not told(whole) and whole.more.lines[0].change == -3
