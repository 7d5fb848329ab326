"""`report --counties` for a city or a province: a line a county, the sum, and no county hidden that could not be read."""

from collections import defaultdict
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.file import create
from sanchuang_cli.period import Month
from tests.command import Ran, book, run_in
from tests.goldens.test_development import DEVELOPMENT, candidates
from tests.goldens.test_pay import CADRES, cadres
from tests.ledger.county import MAKER
from tests.programmes.report.test_report import lines

ON = "2026-11-28"
COUNTIES = ("一县", "二县", "三县")
FAILED = "四县（没有读成）"
HEADLINES = ("各县发放（金额）", "各县发放（数量）", "各县党员与培训（数量）")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pay of March in two counties, in one of them with that of February; of February in the third, with members; the fourth has one
    result that somebody changed."""
    folder = tmp_path_factory.mktemp("省")
    office = run_in(folder)
    book(folder / "报酬.xlsx", cadres(), CADRES, title="在职村干部花名册")
    book(folder / "少的.xlsx", cadres()[:5], CADRES, title="在职村干部花名册")
    book(folder / "发展台账.xlsx", candidates(), DEVELOPMENT, title="发展党员台账")
    for county in (*COUNTIES, "四县"):
        (folder / "全省" / county / "结果").mkdir(parents=True)
    made = (
        ("一县", "报酬.xlsx", "2026-03"), ("一县", "少的.xlsx", "2026-02"), ("二县", "少的.xlsx", "2026-03"), ("三县", "报酬.xlsx", "2026-02"),
    )  # fmt: skip
    for county, roster, month in made:
        office("pay", roster, "--period", month, "-q", "--out", f"全省/{county}/结果/报酬-{month}.xlsx")
    office("development", "发展台账.xlsx", "--period", "2026", "--on", ON, "-q", "--out", "全省/三县/结果/发展.xlsx")  # fmt: skip
    copy(folder / "全省/三县/结果/发展.xlsx", folder / "全省/四县/结果/好的.xlsx")
    changed = load_workbook(folder / "全省/一县/结果/报酬-2026-03.xlsx")
    changed["分乡镇汇总表"]["C5"] = 99
    changed.save(folder / "全省/四县/结果/报酬.xlsx")
    return folder / "全省"


Made = tuple[Ran, Path]


@pytest.fixture(scope="module")
def made(province: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("报告")
    asked = ("report", province, "--counties", "--on", ON, "--out", "报告.xlsx", "--details")
    return run_in(folder)(*asked), folder / "报告.xlsx"


def of_counties(path: Path) -> dict[str, dict[str, Any]]:
    """What stands on the lines of each county, over all pages that have a column for each figure."""
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for page in HEADLINES:
        for line in lines(path, page):
            told[line.pop("县")] |= {
                f"{page} {head}": value for head, value in line.items() if head != "序号"
            }
    return told


def headlines(path: Path) -> dict[str, Any]:
    """The same of a county's own report: what its 要点 pages say, by the name that the page of counties gives it."""
    told = {}
    for page, what in (("要点（金额）", "金额"), ("要点（数量）", "数量")):
        for line in lines(path, page) if page in load_workbook(path).sheetnames else ():
            section = "党员与培训" if line["项目"].startswith("发展党员") else "发放"
            told[f"各县{section}（{what}） {line['项目'].replace('/', '：')}（{line['期间']}）"] = line[
                "本期"
            ]
    return told


def test_the_figures_of_every_county_are_those_of_its_own_report(
    province: Path, made: Made, tmp_path: Path
) -> None:
    told = of_counties(made[1])
    for county in COUNTIES:
        run_in(tmp_path)("report", province / county, "--on", ON, "-q", "--out", f"{county}.xlsx")
        own = {head: value for head, value in told[county].items() if value is not None}
        assert own == headlines(tmp_path / f"{county}.xlsx")
    assert len(told["三县"]) > 3


def test_the_last_line_and_the_first_page_are_the_sums_of_the_counties_lines(made: Made) -> None:
    whole = load_workbook(made[1], data_only=True)
    first: dict[str, tuple[Any, ...]] = {
        str(row[1]): row for row in whole["首页"].iter_rows(values_only=True)
    }
    for page in HEADLINES:
        rows: list[tuple[Any, ...]] = list(whole[page].iter_rows(values_only=True))
        heads = next(row for row in rows if row[0] == "序号")
        total = next(row for row in rows if row[0] == "合计")
        for at, head in [*enumerate(heads)][2:]:
            values = [row[at] for row in rows if isinstance(row[0], int) and row[at] is not None]
            assert total[at] == pytest.approx(sum(values))
            said = first[f"{head}，{len(values)} 个县"]
            assert said[3 if "金额" in page else 2] == pytest.approx(sum(values))


def test_a_county_that_cannot_be_read_is_named_on_every_page_and_stops_no_other(made: Made) -> None:
    ran, path = made
    assert ran.code == 1
    for page in HEADLINES:
        rows = {row["县"]: row for row in lines(path, page)}
        assert set(rows) == {*COUNTIES, FAILED}
        assert all(value is None for head, value in rows[FAILED].items() if head not in ("序号", "县"))
    first = load_workbook(path)["首页"].iter_rows(values_only=True)
    assert ("没有读成", "四县") in [row[:2] for row in first]
    notes = [row[0] for row in load_workbook(path)[HEADLINES[0]].iter_rows(values_only=True) if row[0]]
    assert "没有读成、没有加进合计的：四县，原因见待核实名单。" in notes
    waiting = list(lines(path, "待核实名单"))
    assert {line["文件"] for line in waiting} == {"报酬.xlsx", "好的.xlsx"}
    for line in waiting:
        assert "四县：" in line["原因"] and "C5 和写出时不一样" in line["原因"]
    assert "文件 7 = 采用 5 + 空白 0 + 其他 0 + 没有读懂 2" in ran.err


def test_figures_of_different_periods_stand_apart_and_are_told(made: Made) -> None:
    ran, path = made
    assert "各县期间不一样：在职报酬：一县、二县 2026年3月，三县 2026年2月" in ran.err
    money = {line["县"]: line for line in lines(path, HEADLINES[0])}
    for county, month, other in (("一县", "03", "02"), ("三县", "02", "03")):
        said = {head for head, value in money[county].items() if value is not None and "在职报酬" in head}
        assert said and all(f"2026-{month}" in head and f"2026-{other}" not in head for head in said)


def test_what_needs_a_decision_says_in_which_county(made: Made) -> None:
    said = [line["事情"] for line in lines(made[1], "需要决定")]
    assert said and all(one.startswith(COUNTIES) for one in said)


def test_a_county_is_asked_in_its_own_ledger(province: Path, tmp_path: Path) -> None:
    copytree(province, tmp_path / "全省", ignore=lambda *_: {"四县"})
    create(tmp_path / "全省/二县/台账.db", Month(2026, 1), None, MAKER)
    ran = run_in(tmp_path)("report", "全省", "--counties", "--on", ON, "--out", "报告.xlsx", "--details")
    assert ran.code == 0, ran.err
    assert [(line["县"], line["工作"]) for line in lines(tmp_path / "报告.xlsx", "待签")] == [
        ("二县", "在职报酬")
    ]
    told = of_counties(tmp_path / "报告.xlsx")
    assert all(value is None for value in told["二县"].values())
    assert any(value is not None for value in told["一县"].values())
    assert "没有核对：一县、三县" in ran.err


@pytest.mark.parametrize(
    ("folders", "asked", "said"),
    [
        ((), ("空",), "空 里没有各县的文件夹"),
        (("空/一县", "另/一县"), ("空", "另"), "都叫“一县”，分不清是哪个县"),
    ],
)
def test_a_folder_without_counties_or_with_one_twice_is_refused(
    folders: tuple[str, ...], asked: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / "空").mkdir()
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    ran = run_in(tmp_path)("report", *asked, "--counties")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_county_without_a_result_is_a_line_that_says_so(province: Path, tmp_path: Path) -> None:
    copytree(province / "二县", tmp_path / "全省" / "二县")
    (tmp_path / "全省" / "五县").mkdir()
    ran = run_in(tmp_path)("report", "全省", "--counties", "--on", ON, "--out", "报告.xlsx")
    assert ran.code == 1 and "五县：文件夹里没有结果工作簿（.xlsx）" in ran.err
    assert [line["县"] for line in lines(tmp_path / "报告.xlsx", HEADLINES[0])] == [
        "二县",
        "五县（没有读成）",
    ]


def test_one_workbook_in_two_counties_counts_once_and_is_told(province: Path, tmp_path: Path) -> None:
    copytree(province / "二县", tmp_path / "全省" / "二县")
    copytree(province / "二县", tmp_path / "全省" / "六县")
    ran = run_in(tmp_path)("report", "全省", "--counties", "--on", ON, "--out", "报告.xlsx")
    assert ran.code == 0, ran.err
    values = {line.pop("县"): [*line.values()][1:] for line in lines(tmp_path / "报告.xlsx", HEADLINES[0])}
    assert any(values["二县"]) and not any(values["六县（和二县的是同一份）"])
    assert "六县的 六县/结果/报酬-2026-03.xlsx 和 二县/结果/报酬-2026-03.xlsx 是同一份，没有计入" in ran.err


@pytest.mark.parametrize("own", ["2026-02", "2026-03"])
def test_a_county_with_another_s_workbook_beside_its_own_has_the_figures_of_its_own(
    own: str, province: Path, tmp_path: Path
) -> None:
    """Of an earlier period or of the same: what is another county's hides and contradicts nothing."""
    copytree(province / "二县", tmp_path / "全省" / "二县")
    copytree(province / "二县", tmp_path / "全省" / "六县")
    copy(
        province / ("三县" if own == "2026-02" else "一县") / f"结果/报酬-{own}.xlsx",
        tmp_path / "全省/六县/结果/本县.xlsx",
    )
    ran = run_in(tmp_path)("report", "全省", "--counties", "--on", ON, "--out", "报告.xlsx")
    assert ran.code == 0, ran.err
    assert "六县的 六县/结果/报酬-2026-03.xlsx 和 二县/结果/报酬-2026-03.xlsx 是同一份，没有计入" in ran.err
    told = {line["文件"]: line["归到"] for line in lines(tmp_path / "报告.xlsx", "文件")}
    assert (told["六县/结果/报酬-2026-03.xlsx"], told["本县.xlsx"]) == ("同一份", "计入")
    (other, line) = lines(tmp_path / "报告.xlsx", HEADLINES[0])
    said = {head for head, value in line.items() if value is not None and "在职报酬" in head}
    assert said and all(own in head for head in said) and other["县"] == "二县"


def test_a_workbook_beside_the_folders_is_no_county_s_and_is_named(province: Path, tmp_path: Path) -> None:
    copytree(province / "二县", tmp_path / "全省" / "二县")
    copy(province / "三县/结果/发展.xlsx", tmp_path / "全省")
    ran = run_in(tmp_path)("report", "全省", "--counties", "--on", ON, "--out", "报告.xlsx")
    told = {line["文件"]: (line["归到"], line["说明"]) for line in lines(tmp_path / "报告.xlsx", "文件")}
    assert told["发展.xlsx"] == ("未识别", "不在哪一个县的文件夹里")
    assert [line["县"] for line in lines(tmp_path / "报告.xlsx", HEADLINES[0])] == ["二县"]
    assert "文件 2 = 采用 1 + 空白 0 + 其他 1" in ran.err


def test_only_report_puts_counties_together(province: Path, tmp_path: Path) -> None:
    ran = run_in(tmp_path)("due", province, "--counties")
    assert ran.code == 2 and "--counties" in ran.err
