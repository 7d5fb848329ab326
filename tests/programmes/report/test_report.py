"""`report` over results of three programmes: its figures are those of the results, and no file is lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.command import Ran, book, run_in
from tests.goldens.test_development import DEVELOPMENT, candidates
from tests.goldens.test_pay import CADRES, cadres
from tests.oracle.report import moved

ON = "2026-11-28"
NOT_DECIDED = "读取"
SHARED = ("项目", "金额")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pay of three months, the middle one paid to fewer; development; a copy, a roster, and a list made of results."""
    folder = tmp_path_factory.mktemp("结果")
    office = run_in(folder)
    book(folder / "报酬.xlsx", cadres(), CADRES, title="在职村干部花名册")
    book(folder / "少的.xlsx", [*cadres()[:5], *cadres()[-2:]], CADRES, title="在职村干部花名册")
    book(folder / "发展台账.xlsx", candidates(), DEVELOPMENT, title="发展党员台账")
    (folder / "结果").mkdir()
    for month, roster in (("2026-01", "报酬.xlsx"), ("2026-02", "少的.xlsx"), ("2026-03", "报酬.xlsx")):
        office("pay", roster, "--period", month, "-q", "--out", f"结果/报酬-{month}.xlsx")
    office(
        "development", "发展台账.xlsx", "--period", "2026", "--on", ON, "-q", "--out", "结果/发展党员.xlsx"
    )
    office("due", "结果", "--on", ON, "-q", "--out", "结果/期限.xlsx")
    copy(folder / "结果" / "报酬-2026-03.xlsx", folder / "结果" / "附本.xlsx")
    copy(folder / "报酬.xlsx", folder / "结果" / "名册.xlsx")
    return folder / "结果"


@pytest.fixture(scope="module")
def made(results: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    folder = tmp_path_factory.mktemp("报告")
    return run_in(folder)("report", results, "--on", ON, "--out", "报告.xlsx", "--json"), folder / "报告.xlsx"


def lines(path: Path, sheet: str) -> Iterator[dict[str, Any]]:
    """The numbered lines of a page by heading."""
    heads: tuple[Any, ...] = ()
    for row in load_workbook(path)[sheet].iter_rows(values_only=True):
        if row[0] == "序号":
            heads = row
        elif heads and isinstance(row[0], int):
            yield dict(zip(heads, row, strict=True))


def stated(path: Path) -> dict[tuple[str, bool], float]:
    """What 首页 of a result says before it counts rows: by name and whether it is money."""
    said: dict[tuple[str, bool], float] = {}
    block = None
    for row in load_workbook(path)["首页"].iter_rows(values_only=True):
        if row[0] == "类别":
            block = ""
        elif block is not None:
            if row[1] == NOT_DECIDED:
                break
            block = str(row[0] or block)
            name = str(row[1]) if block == "合计" else f"{block} {row[1]}"
            said |= {
                (name, money): value
                for money, value in zip((False, True), row[2:], strict=False)
                if isinstance(value, int | float)
            }
    return said


def test_every_figure_is_the_one_that_stands_in_the_result_with_its_change(
    results: Path, made: tuple[Ran, Path]
) -> None:
    ran, path = made
    assert ran.code == 0, ran.err
    told = {
        (line["项目"], money): line
        for section, money in (("发放（金额）", True), ("发放（数量）", False), ("党员与培训（数量）", False))
        for line in lines(path, section)
    }
    now, before = stated(results / "报酬-2026-03.xlsx"), stated(results / "报酬-2026-02.xlsx")
    assert now != before and len(now) > 4
    expected = {(f"在职报酬 {name}", money): value for (name, money), value in now.items()}
    expected |= {
        (f"发展党员 {name}", money): value
        for (name, money), value in stated(results / "发展党员.xlsx").items()
    }
    assert {key: line["本期"] for key, line in told.items()} == expected
    for (name, money), value in now.items():
        line, was, unit = told[f"在职报酬 {name}", money], before.get((name, money)), 100 if money else 1
        change, changed = moved(round(value * unit), None if was is None else round(was * unit))
        assert line["上期"] == was
        assert line["增减"] == (None if change is None else change / unit)
        assert (line["%"] or "") == changed


def test_every_file_goes_to_one_place_and_is_told_why(results: Path, made: tuple[Ran, Path]) -> None:
    told = {line["文件"]: (line["归到"], line["说明"]) for line in lines(made[1], "文件")}
    assert told == {
        "报酬-2026-03.xlsx": ("计入", None),
        "发展党员.xlsx": ("计入", None),
        "报酬-2026-02.xlsx": ("较早的一期", "作上期对照"),
        "报酬-2026-01.xlsx": ("较早的一期", "不是紧接着的上一期，没有用"),
        "附本.xlsx": ("同一份", "和 报酬-2026-03.xlsx 是同一份"),
        "名册.xlsx": ("未识别", "不是本程序写出的结果"),
        "期限.xlsx": ("未识别", "期限一览是由别的结果做成的"),
    }
    assert told.keys() == {path.name for path in results.glob("*.xlsx")}
    counted = "计入 2 + 待签 0 + 较早的一期 2 + 同一份 1 + 未识别 2"
    assert f"读取 {len(told)} = {counted}" in made[0].err
    assert "文件 7 = 采用 3 + 空白 0 + 其他 4" in made[0].err
    inputs = {str(row[1]) for row in load_workbook(made[1])["来源"].iter_rows(values_only=True)}
    assert {"报酬-2026-03.xlsx", "报酬-2026-02.xlsx", "发展党员.xlsx"} <= inputs
    assert json.loads(made[0].out)["programme"]["name"] == "report"


def test_each_township_has_what_the_results_say_of_it(results: Path, made: tuple[Ran, Path]) -> None:
    rows = [row for row in load_workbook(made[1])["分乡镇"].iter_rows(values_only=True) if row[0] is not None]
    heads = next(row for row in rows if row[0] == "序号")
    paid = heads.index("在职报酬")
    told = {row[1]: row[paid : paid + 2] for row in rows if isinstance(row[0], int)}
    said = {
        line["乡镇"]: (line["发放"], line["金额"])
        for line in lines(results / "报酬-2026-03.xlsx", "分乡镇汇总表")
    }
    assert told == said and len(said) == 2


def test_the_first_page_says_the_headlines_the_decisions_and_that_nothing_was_checked(
    made: tuple[Ran, Path],
) -> None:
    front = list(load_workbook(made[1])["首页"].iter_rows(values_only=True))
    assert [row[0] for row in front if row[0] and any(row[2:])][:2] == ["类别", "发放"]
    text = "\n".join(str(row[1]) for row in front)
    assert "在职报酬 金额（2026-03，较上期 +" in text
    assert "行待核实，没有列入" in text
    assert "没有给台账，没有核对审批" in text


def test_with_a_ledger_only_what_is_approved_counts_and_the_rest_waits_for_somebody(
    results: Path, tmp_path: Path
) -> None:
    office, ledger = run_in(tmp_path), ("--ledger", "台账.db")
    office("ledger", "init", *ledger, "--paid-through", "2025-12")
    office("ledger", "propose", results / "发展党员.xlsx", *ledger, "--by", "张经办")
    office("report", results, "--on", ON, *ledger, "--out", "早.xlsx", "-q")
    waiting = {line["文件"]: line["审批"] for line in lines(tmp_path / "早.xlsx", "待签")}
    paid = {name: state for name, state in waiting.items() if name != "发展党员.xlsx"}
    assert waiting["发展党员.xlsx"] == "已提请，张经办 提请，等另一个人审批"
    assert set(paid.values()) == {"未提请，等经办人提请"} and len(paid) == 2
    office("ledger", "rule", "one-login", *ledger, "--by", "王五", "--note", "文号")
    approved = office("ledger", "approve", results / "发展党员.xlsx", *ledger, "--by", "李审批")
    assert approved.code == 0, approved.err
    assert office("report", results, "--on", ON, *ledger, "--out", "晚.xlsx", "-q").code == 0
    sheets = load_workbook(tmp_path / "晚.xlsx").sheetnames
    assert "党员与培训（数量）" in sheets and "发放（金额）" not in sheets
    assert {line["文件"] for line in lines(tmp_path / "晚.xlsx", "待签")} == paid.keys()


def test_budget_and_plan_are_read_from_pages_called_so(results: Path, tmp_path: Path) -> None:
    book(tmp_path / "预算.xlsx", [("在职报酬", 100_000), ("修路", 5), ("党费", "若干")], SHARED)
    book(tmp_path / "计划.xlsx", [("发展党员 预备党员", 10)], ("项目", "数"))
    book(tmp_path / "别的.xlsx", [("在职报酬", 7)], SHARED)
    ran = run_in(tmp_path)("report", results, *tmp_path.glob("*.xlsx"), "--on", ON, "--out", "报告.xlsx")
    (line,) = [line for line in lines(tmp_path / "报告.xlsx", "发放（金额）") if line["预算"] is not None]
    assert (line["项目"], line["预算"]) == ("在职报酬 金额", 100_000)
    (line,) = [
        line for line in lines(tmp_path / "报告.xlsx", "党员与培训（数量）") if line["计划"] is not None
    ]
    assert (line["项目"], line["计划"]) == ("发展党员 预备党员", 10)
    told = {line["文件"]: line["归到"] for line in lines(tmp_path / "报告.xlsx", "文件")}
    assert (told["预算.xlsx"], told["计划.xlsx"], told["别的.xlsx"]) == ("计入", "计入", "未识别")
    assert "“修路”和哪一个数都对不上" in ran.err and "若干" in ran.err


def test_a_budget_and_a_plan_in_one_workbook_are_both_read(results: Path, tmp_path: Path) -> None:
    whole = Workbook()
    for name, head in (("预算", "金额"), ("计划", "数")):
        sheet = whole.create_sheet(name)
        for row in (("项目", head), ("在职报酬", 400), ("发展党员", 20)):
            sheet.append(row)
    whole.save(tmp_path / "两样.xlsx")
    run_in(tmp_path)("report", results, "两样.xlsx", "--on", ON, "--out", "报告.xlsx", "-q")
    told = {line["文件"]: line["说明"] for line in lines(tmp_path / "报告.xlsx", "文件")}
    assert told["两样.xlsx"] == "预算 2 行、计划 2 行"
    assert next(line["计划"] for line in lines(tmp_path / "报告.xlsx", "发放（数量）")) == 400
    assert next(line["预算"] for line in lines(tmp_path / "报告.xlsx", "发放（金额）")) == 400


def test_a_result_that_was_changed_is_refused_with_the_cell(results: Path, tmp_path: Path) -> None:
    whole = load_workbook(results / "报酬-2026-03.xlsx")
    whole["首页"]["C6"] = 99
    whole.save(tmp_path / "改过.xlsx")
    refused = run_in(tmp_path)("report", results / "发展党员.xlsx", "改过.xlsx", "--on", ON)
    assert refused.code == 2
    assert "改过.xlsx" in refused.err and "C6" in refused.err
    assert not list(tmp_path.glob("*工作报告*"))


@pytest.mark.parametrize("month", ["2026-03", "2026-02"])
def test_two_results_of_one_period_are_refused_with_both_names(
    month: str, results: Path, tmp_path: Path
) -> None:
    book(tmp_path / "另.xlsx", cadres()[:3], CADRES, title="在职村干部花名册")
    office = run_in(tmp_path)
    office("pay", "另.xlsx", "--period", month, "-q", "--out", "另一份.xlsx")
    refused = office("report", results, "另一份.xlsx", "--on", ON)
    assert refused.code == 2
    assert f"报酬-{month}.xlsx" in refused.err and "另一份.xlsx" in refused.err and "只留一份" in refused.err


@pytest.mark.parametrize("there", [(), ("名册.xlsx",)])
def test_without_a_result_there_is_nothing_to_report(there: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for name in there:
        book(tmp_path / "空" / name, cadres(), CADRES)
    refused = run_in(tmp_path)("report", "空", "--on", ON)
    assert refused.code == 2 and "请给出放结果的文件夹" in refused.err


def test_a_ledger_that_is_not_there_is_refused(results: Path, tmp_path: Path) -> None:
    refused = run_in(tmp_path)("report", results, "--on", ON, "--ledger", "没有.db")
    assert refused.code == 2 and "没有.db" in refused.err and not list(tmp_path.iterdir())


def test_parts_by_township_say_together_what_the_whole_says(results: Path, tmp_path: Path) -> None:
    office = run_in(tmp_path)
    copy(results.parent / "报酬.xlsx", tmp_path)
    (tmp_path / "分册").mkdir()
    office("pay", "报酬.xlsx", "--period", "2026-03", "-q", "--out", "分册/{township}.xlsx")
    parts = sorted((tmp_path / "分册").glob("*.xlsx"))
    assert len(parts) == 2
    assert office("report", *parts, "--on", ON, "--out", "报告.xlsx", "-q").code == 0
    told = {
        line["项目"].partition(" ")[2]: line["本期"] for line in lines(tmp_path / "报告.xlsx", "发放（金额）")
    }
    assert told == {
        name: value for (name, money), value in stated(results / "报酬-2026-03.xlsx").items() if money
    }


@pytest.mark.parametrize("words", [("report", "."), ("due", "."), ("person", "张书记", ".")])
def test_what_a_killed_run_left_is_no_file_of_the_folder(
    words: tuple[str, ...], results: Path, tmp_path: Path
) -> None:
    copy(results / "报酬-2026-03.xlsx", tmp_path)
    copy(results / "发展党员.xlsx", tmp_path)
    (tmp_path / ".报告.123.sanchuang-tmp.xlsx").write_bytes(b"")
    ran = run_in(tmp_path)(*words, "--on", ON, "--out", "写出.xlsx")
    assert ran.code == 0, ran.err
    assert "sanchuang-tmp" not in ran.err


def test_a_report_in_the_folder_does_not_count_the_next_time(results: Path, tmp_path: Path) -> None:
    for file in results.glob("*.xlsx"):
        copy(file, tmp_path)
    office = run_in(tmp_path)
    office("report", ".", "--on", ON, "--out", "报告.xlsx", "-q")
    assert office("report", ".", "--on", ON, "--out", "又.xlsx", "-q").code == 0
    told = {line["文件"]: line["归到"] for line in lines(tmp_path / "又.xlsx", "文件")}
    assert told["报告.xlsx"] == "未识别"
