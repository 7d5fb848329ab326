"""`sanchuang rate`: its files, its output and its exit codes."""

import json
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from tests.command import HEADINGS, ROOT, SAMPLES, Sanchuang, book, county, row
from tests.oracle.rate_settings import NINE


def test_the_sample_alone_is_rated_with_warnings_and_exit_0(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang("rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--on", "2026-11-23")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("星级评定 2026年（判定日 2026-11-23）\n")
    assert "读取 158 = 参评定级 156 + 只评分不定级（成立不满 1 年） 2 + 待核实 0" in ran.err
    assert "工作簿：orgs-星级评定-2026.xlsx" in ran.err
    assert (tmp_path / "orgs-星级评定-2026.xlsx").is_file()


def test_a_row_set_aside_is_exit_1_and_said_above_the_signature_line(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster = book(tmp_path / "乡.xlsx", [row(1), row(2), row(2)])
    ran = sanchuang("rate", roster)
    assert ran.code == 1
    assert "读取 3 = 参评定级 1 + 待核实 2" in ran.err
    result = next(tmp_path.glob("乡-星级评定-*.xlsx"))
    sheets = "".join(
        zipfile.ZipFile(result).read(n).decode()
        for n in zipfile.ZipFile(result).namelist()
        if n.endswith(".xml")
    )
    assert "另有 2 条待核实，未列入" in sheets


def test_json_alone_is_on_stdout_and_keeps_to_its_schema(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang("rate", book(tmp_path / "乡.xlsx", [row(1), row(2)]), "--json", "--period", "2026")
    document = json.loads(ran.out)
    jsonschema.validate(document, json.loads((ROOT / "docs/schema/run.schema.json").read_text("utf-8")))
    assert document["programme"]["name"] == "rate"
    assert document["summary"]["read"] == 2
    assert [table["name"] for table in document["tables"]][:2] == ["分类定级汇总表", "等次分布统计表"]


def test_quiet_says_nothing(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang("rate", book(tmp_path / "乡.xlsx", [row(1)]), "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_even_a_quiet_run_says_when_its_result_is_not_where_it_was_asked_for(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "汇总.xlsx", [row(1)])  # somebody else's
    ran = sanchuang("rate", book(tmp_path / "乡.xlsx", [row(1)]), "--quiet", "--out", "汇总.xlsx")
    assert ran.err == "汇总.xlsx 不是本程序写的，或写出后被人改过，结果另存为 汇总-2.xlsx\n"
    assert (ran.code, ran.out, (tmp_path / "汇总-2.xlsx").exists()) == (0, "", True)


def test_strict_writes_nothing_when_there_is_a_warning(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster = book(tmp_path / "乡.xlsx", county(成立日期=""))
    ran = sanchuang("rate", roster, "--strict")
    assert ran.code == 2
    assert "--strict" in ran.err
    assert list(tmp_path.iterdir()) == [roster]


def test_strict_is_content_with_a_clean_roster(sanchuang: Sanchuang, tmp_path: Path) -> None:
    assert sanchuang("rate", book(tmp_path / "乡.xlsx", county()), "--strict").code == 0


def test_a_folder_is_read_whole_and_the_result_is_named_after_it(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    folder = tmp_path / "各乡镇"
    folder.mkdir()
    for n, township in enumerate(("青禾镇", "望河乡"), 1):
        book(folder / f"{township}.xlsx", [row(n, 乡镇=township)])
    (folder / "~$青禾镇.xlsx").write_bytes(b"lock")
    (folder / "说明.docx").write_bytes(b"other")
    ran = sanchuang("rate", folder, "--period", "2026")
    assert "读取 2 = 参评定级 2 + 待核实 0" in ran.err
    assert (tmp_path / "各乡镇-星级评定-2026.xlsx").is_file()


def test_books_of_one_name_are_told_apart_by_their_folders(sanchuang: Sanchuang, tmp_path: Path) -> None:
    for n, township in enumerate(("青禾镇", "望河乡"), 1):
        (tmp_path / township).mkdir()
        book(tmp_path / township / "名册.xlsx", [row(n, 乡镇=township, 成立日期="")])
    ran = sanchuang("rate", "青禾镇/名册.xlsx", "望河乡/名册.xlsx", "--json")
    document = json.loads(ran.out)
    assert [input_book["file"] for input_book in document["inputs"]] == [
        "青禾镇/名册.xlsx",
        "望河乡/名册.xlsx",
    ]
    dated = [f["file"] for f in document["findings"] if f["code"] == "rate.no-founding-date"]
    assert sorted(dated) == ["望河乡/名册.xlsx", "青禾镇/名册.xlsx"]


@pytest.mark.parametrize(
    ("name", "line", "township"),
    [
        ("2026年青禾镇党组织名册", "党组织名册", "青禾镇"),
        ("报表一", "填报单位（盖章）：望河乡党委", "望河乡"),
        ("报表二", "党组织名册", "报表二"),
    ],
)
def test_a_book_without_a_township_column_is_its_senders(
    sanchuang: Sanchuang, tmp_path: Path, name: str, line: str, township: str
) -> None:
    rows = [cells[1:] for cells in county()]
    ran = sanchuang("rate", book(tmp_path / f"{name}.xlsx", rows, HEADINGS[1:], title=line), "--json")
    document = json.loads(ran.out)
    assert ran.code == 0
    assert {cells[1] for cells in document["tables"][0]["rows"]} == {township}
    codes = [f["code"] for f in document["findings"] if f["code"] != "rate.list-not-asked"]
    assert codes == ["roster.no-township"]


def test_what_a_run_wrote_into_a_folder_is_not_read_by_the_next(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "乡.xlsx", [row(1)])
    for _ in range(2):
        ran = sanchuang("rate", ".", "--out", "结果.xlsx")
        assert "读取 1 = 参评定级 1 + 待核实 0" in ran.err


def test_the_same_input_gives_the_same_bytes(sanchuang: Sanchuang, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        sanchuang("rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--on", "2026-12-31", "--out", name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_input_or_anothers_file_is_never_overwritten(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster = book(tmp_path / "乡.xlsx", [row(1)])
    before = roster.read_bytes()
    ran = sanchuang("rate", roster, "--out", roster)
    assert ran.code == 0
    assert roster.read_bytes() == before
    assert "乡-2.xlsx" in ran.err


def test_last_years_stars_are_read_from_last_years_workbook(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster = book(tmp_path / "乡.xlsx", [row(1, 上年星级=1)])
    sanchuang("rate", roster, "--period", "2025", "--on", "2025-12-31", "--out", "2025.xlsx")
    ran = sanchuang("rate", roster, "--previous", "2025.xlsx", "--json", "--period", "2026")
    first = json.loads(ran.out)["tables"][0]
    cells = dict(zip([c["name"] for c in first["columns"]], first["rows"][0], strict=True))
    assert (cells["last_stars"], cells["stars"]) == (2, 3)


def test_the_result_is_itself_a_roster_read_without_a_finding_from_the_reader(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    rows = county(上年星级="")
    first = sanchuang(
        "rate", book(tmp_path / "乡.xlsx", rows), "--out", "一.xlsx", "--json", "--period", "2026"
    )
    again = sanchuang("rate", tmp_path / "一.xlsx", "--out", "二.xlsx", "--json", "--period", "2026")
    before, two = (json.loads(ran.out) for ran in (first, again))
    for read in (before, two):
        assert [f["code"] for f in read["findings"] if not f["code"].startswith("rate.")] == []
    names = [c["name"] for c in before["tables"][0]["columns"]]
    kept = [names.index(name) for name in ("township", "name", "total", "stars", "grade")]
    assert [[r[i] for i in kept] for r in before["tables"][0]["rows"]] == [
        [r[i] for i in kept] for r in two["tables"][0]["rows"]
    ]


def test_the_result_of_the_same_year_is_not_taken_for_last_year_s(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster = book(tmp_path / "乡.xlsx", county())
    for year in ("2025", "2026"):
        assert sanchuang("rate", roster, "--out", f"{year}.xlsx", "--period", year).code in (0, 1)
    ran = sanchuang("rate", roster, "--out", "新.xlsx", "--period", "2026", "--previous", "2026.xlsx")
    assert (ran.code, "2026年自己的结果" in ran.err) == (2, True)
    ran = sanchuang("rate", roster, "--out", "新.xlsx", "--period", "2026", "--previous", "2025.xlsx")
    assert ran.code in (0, 1)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp936"])
def test_a_terminal_of_another_encoding_is_no_crash(
    sanchuang: Sanchuang, tmp_path: Path, encoding: str
) -> None:
    roster = book(tmp_path / "乡.xlsx", [row(1, 党组织名称="𠮷林村党支部")])
    ran = sanchuang("rate", roster, "--json", PYTHONIOENCODING=encoding)
    assert ran.code == 0
    assert json.loads(ran.out)["tables"][0]["rows"][0][2] == "𠮷林村党支部"


def test_the_template_filled_in_is_read_without_a_finding(sanchuang: Sanchuang, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert sanchuang("template", "rate", "--out", "空白.xlsx").code == 0
    workbook = load_workbook(tmp_path / "空白.xlsx")
    sheet = workbook.worksheets[0]
    example = next(r[0].row for r in sheet.iter_rows(max_col=1) if r[0].value == "例2")
    assert example is not None
    heads = [
        "/".join(
            dict.fromkeys(part for part in (merged(sheet, r, c) for r in (example - 3, example - 2)) if part)
        )
        for c in range(1, sheet.max_column + 1)
    ]
    for number, cells in enumerate(county(), 1):
        wanted = dict(zip(HEADINGS, cells, strict=True)) | {"序号": number}
        for column, head in enumerate(heads, 1):
            if not head.startswith("自评分"):
                sheet.cell(example + number, column).value = wanted.get(head.split("/")[-1])
    workbook.save(tmp_path / "填好.xlsx")
    ran = sanchuang("rate", tmp_path / "填好.xlsx", "--json")
    document = json.loads(ran.out)
    assert document["summary"]["read"] == 20
    assert document["findings"] == []


def merged(sheet: object, r: int, c: int) -> str:
    """The text over a cell, merged cells filled."""
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    for area in sheet.merged_cells.ranges:
        if area.min_row <= r <= area.max_row and area.min_col <= c <= area.max_col:
            return str(sheet.cell(area.min_row, area.min_col).value or "")
    return str(sheet.cell(r, c).value or "")


def test_help_imports_nothing_heavy() -> None:
    import subprocess

    script = (
        "import sys\nfrom sanchuang_cli.cli import main\nsys.argv = ['sanchuang', 'rate', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'pandas', 'numpy', 'openpyxl', 'xlsxwriter', 'sqlalchemy', 'python_calamine'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_and_the_exit_codes_are_in_the_readme_and_the_help(
    sanchuang: Sanchuang, readme: str
) -> None:
    from sanchuang_cli.cli.app import built

    text = (ROOT / readme).read_text("utf-8")
    commands = list(built().commands)
    assert len(commands) >= 12
    assert [command for command in commands if f"sanchuang {command}" not in text] == []
    assert "退出码" in sanchuang("--help").out


def test_a_sheet_of_nine_stars_is_written_and_read_back_as_last_years(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    rows = [["青禾镇", f"{name}村党支部", *[80] * stars, *[70] * (9 - stars)] for name, stars in NINE_STARS]
    book(tmp_path / "名册.xlsx", rows, ("乡镇", "党组织名称", *NINE))
    asked = ("rate", "名册.xlsx", "--policy", "nine-star-qingshan")
    first = sanchuang(*asked, "--period", "2025", "--on", "2025-12-01", "--out", "上年.xlsx")
    assert (first.code, "九星" in first.err) == (0, True)
    again = sanchuang(
        *asked,
        "--period",
        "2026",
        "--on",
        "2026-12-01",
        "--previous",
        "上年.xlsx",
        "--out",
        "本年.xlsx",
        "--json",
    )
    assert again.code == 0
    document = json.loads(again.out)
    assert document["findings"] == []
    (compared,) = [table for table in document["tables"] if table["name"] == "两年星级对比"]
    now = {row[0]: row[1:3] for row in compared["rows"]}
    assert [now[word] for word in ("九星", "八星", "六星", "无星")] == [[1, 1]] * 4


NINE_STARS = (("东山", 9), ("西河", 8), ("南湖", 6), ("北岗", 0))
