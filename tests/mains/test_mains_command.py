"""A programme with two main rosters as it is typed: read from one book or two, in `{township}` paths, told apart or told."""

import json
import re
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.command import Ran, Sanchuang, book, run_in
from tests.programmes.people import identity

WHO = ("姓名", "身份证号")
HELPED, HELPERS = (*WHO, "困难程度"), (*WHO, "帮扶单位")
POLICY = '[[edition]]\ntitle = "办法"\ndocument = "县字1号"\neffective = 2020-01-01\n'
COUNTY = '[county]\nname = "示例县"\n[[township]]\nname = "望河乡"\naliases = ["望河"]\n[[township]]\nname = "青禾镇"\n'
ASKED = ("--period", "2026", "--policy", "办法.toml")


def person(name: str, at: int, more: str) -> list[str]:
    return [name, identity("1955-03-15", number=at), more]


A, B, C = person("王刚", 1, "特困"), person("李明", 2, "一般"), person("张三", 3, "县医院")


@pytest.fixture
def pairs(tmp_path: Path) -> Sanchuang:
    """Run `sanchuang WORDS…` with the programme in the test's folder."""
    (tmp_path / "办法.toml").write_text(POLICY, "utf-8")
    return partial(run_in(tmp_path, "tests.mains"), COLUMNS="1000")


def pages(ran: Ran) -> dict[str, list[list[str]]]:
    """Whom the page of each main roster lists."""
    return {
        table["name"]: [row[1:] for row in table["rows"]]
        for table in json.loads(ran.out)["tables"]
        if table["name"] in BOTH
    }


BOTH = {"困难党员名册": [["青禾镇", "王刚"]], "帮扶人名册": [["青禾镇", "张三"]]}


def in_one_book(path: Path) -> None:
    with Workbook(str(path)) as workbook:
        for name, headings, cells in (("困难", HELPED, A), ("帮扶", HELPERS, C)):
            page = workbook.add_worksheet(name)
            page.write_row(0, 0, headings)
            page.write_row(1, 0, cells)


def test_two_main_rosters_are_read_from_one_book_and_from_two(pairs: Sanchuang, tmp_path: Path) -> None:
    in_one_book(tmp_path / "青禾镇.xlsx")
    ran = pairs("pairs", "青禾镇.xlsx", *ASKED, "--json")
    assert ran.code == 0, ran.err
    assert pages(ran) == BOTH and "困难党员名册：读取 1 = 列入 1 + 待核实 0；" in ran.err
    book(tmp_path / "青禾镇困难.xlsx", [A], HELPED)
    book(tmp_path / "青禾镇帮扶.xlsx", [C], HELPERS)
    ran = pairs("pairs", "青禾镇困难.xlsx", "青禾镇帮扶.xlsx", *ASKED, "--json")
    assert ran.code == 0 and pages(ran) == BOTH, ran.err


@pytest.mark.parametrize("more", [{}, {"困难程度": "一般", "帮扶单位": "县医院"}])
def test_a_book_that_fits_both_is_not_read_until_a_line_says_which_it_is(
    pairs: Sanchuang, tmp_path: Path, more: dict[str, str]
) -> None:
    book(tmp_path / "青禾镇困难.xlsx", [A], HELPED)
    book(tmp_path / "青禾镇帮扶.xlsx", [C], HELPERS)
    book(tmp_path / "不明.xlsx", [[*B[:2], *more.values()]], (*WHO, *more))
    words = ("pairs", "青禾镇困难.xlsx", "青禾镇帮扶.xlsx", "不明.xlsx", *ASKED, "--json")
    ran = pairs(*words)
    assert ran.code == 1 and pages(ran) == BOTH
    assert "文件 3 = 采用 2 + 空白 0 + 其他 0 + 没有读懂 1" in ran.err
    (found,) = (one for one in json.loads(ran.out)["findings"] if one["code"] == "book.not-understood")
    assert "既像“困难党员名册”" in found["message"] and "又像“帮扶人名册”" in found["message"]
    assert "困难程度" in found["message"] and "帮扶单位" in found["message"]
    line = re.search(r'例如：(".*?" = ".*?")', found["message"])
    assert line and "--columns" in found["message"]
    (tmp_path / "列.toml").write_text(line[1], "utf-8")
    ran = pairs(*words, "--columns", "列.toml")
    assert ran.code == 0, ran.err
    assert {name for _, name in pages(ran)["困难党员名册"]} == {"李明", "王刚"}


def test_inspect_writes_the_lines_of_which_one_settles_it(pairs: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "不明.xlsx", [B[:2]], WHO)
    asked = ("inspect", "不明.xlsx", "--as", "helped", "--policy", "办法.toml")
    ran = pairs(*asked, "--save-columns", "列.toml")
    assert ran.code == 1 and "分不清是“困难党员名册”，还是“帮扶人名册”，不读" in ran.out
    (table,) = json.loads(pairs(*asked, "--json").out)["files"][0]["sheets"][0]["tables"]
    assert (table["roster"], table["fits"]) == (None, ["困难党员名册", "帮扶人名册"])
    text = (tmp_path / "列.toml").read_text("utf-8")
    settled = text.replace('# "不明.xlsx 名册" = "帮扶人名册"', '"不明.xlsx 名册" = "帮扶人名册"')
    assert settled != text
    (tmp_path / "列.toml").write_text(settled, "utf-8")
    ran = pairs(*asked, "--columns", "列.toml")
    assert ran.code == 0 and "按“帮扶人名册”读取" in ran.out, ran.out


def test_a_line_that_names_no_book_or_no_roster_is_told(pairs: Sanchuang, tmp_path: Path) -> None:
    in_one_book(tmp_path / "青禾镇.xlsx")
    words = ("pairs", "青禾镇.xlsx", *ASKED, "--columns", "列.toml", "--json")
    (tmp_path / "列.toml").write_text('"河西乡.xlsx" = "帮扶人名册"', "utf-8")
    assert "河西乡.xlsx" in pairs(*words).err
    (tmp_path / "列.toml").write_text('"青禾镇.xlsx" = "帮扶名册"', "utf-8")
    ran = pairs(*words)
    assert ran.code == 2 and "帮扶人名册" in ran.err


def names(path: Path) -> dict[str, list[str]]:
    """By page, the people on it."""
    whole = load_workbook(path)
    known = {"王刚", "李明", "张三", "赵四"}
    found = {
        sheet.title: [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value in known]
        for sheet in whole.worksheets
    }
    return {page: people for page, people in found.items() if people}


def test_a_workbook_a_township_holds_every_main_roster_by_the_countys_names(
    pairs: Sanchuang, tmp_path: Path
) -> None:
    (tmp_path / "county.toml").write_text(COUNTY, "utf-8")
    book(tmp_path / "青禾镇困难.xlsx", [A, ["赵四", "12", "一般"]], HELPED)
    book(tmp_path / "帮扶.xlsx", [["望 河", *C], ["望河", "赵四", "12", "县医院"]], ("乡镇", *HELPERS))
    book(tmp_path / "望河乡困难.xlsx", [B], HELPED)
    ran = pairs(
        "pairs", "青禾镇困难.xlsx", "帮扶.xlsx", "望河乡困难.xlsx", *ASKED, "--out", "分/{township}.xlsx"
    )
    assert ran.code == 1, ran.err
    assert sorted(one.name for one in (tmp_path / "分").iterdir()) == ["望河乡.xlsx", "青禾镇.xlsx"]
    waits = {"待核实名单": ["赵四"], "疑点": ["赵四"]}  # each township's own 赵四
    assert (
        names(tmp_path / "分" / "望河乡.xlsx") == {"困难党员名册": ["李明"], "帮扶人名册": ["张三"]} | waits
    )
    assert names(tmp_path / "分" / "青禾镇.xlsx") == {"困难党员名册": ["王刚"]} | waits


def test_a_night_writes_a_workbook_a_township_and_again_when_the_county_is_called_otherwise(
    pairs: Sanchuang, tmp_path: Path
) -> None:
    in_one_book(tmp_path / "青禾镇.xlsx")
    (tmp_path / "jobs.toml").write_text(
        'maker = "张三"\ndigest = ""\n[[job]]\nname = "结对"\nprogramme = "pairs"\ninputs = ["青禾镇.xlsx"]\n'
        'period = "2026"\npolicy = "办法.toml"\nout = "分/{township}.xlsx"\n',
        "utf-8",
    )
    assert pairs("run", "jobs.toml").code == 0
    assert names(tmp_path / "分" / "青禾镇.xlsx") == {"困难党员名册": ["王刚"], "帮扶人名册": ["张三"]}
    assert "没有变动，跳过" in pairs("run", "jobs.toml").err
    text = COUNTY.replace('name = "青禾镇"', 'name = "青禾街道"\naliases = ["青禾镇"]')
    (tmp_path / "county.toml").write_text(text, "utf-8")
    assert "没有变动，跳过" not in pairs("run", "jobs.toml").err
    assert names(tmp_path / "分" / "青禾街道.xlsx") == {"困难党员名册": ["王刚"], "帮扶人名册": ["张三"]}


def test_each_main_roster_has_its_template_and_is_checked_alone(pairs: Sanchuang, tmp_path: Path) -> None:
    for title, heading in (
        ("困难党员名册", "困难程度"),
        ("帮扶人名册", "帮扶单位"),
        ("走访记录", "走访内容"),
    ):
        blank = f"{title}.xlsx"
        ran = pairs("template", "pairs", "--roster", title, "--policy", "办法.toml", "--out", blank)
        assert ran.code == 0, ran.err
        cells = [
            cell.value for line in load_workbook(tmp_path / blank).worksheets[0].iter_rows() for cell in line
        ]
        assert heading in cells
    book(tmp_path / "帮扶.xlsx", [C], HELPERS)
    for asked in (("--as", "helped", "--policy", "办法.toml"), ("--for", "pairs", *ASKED)):
        ran = pairs("check", "帮扶.xlsx", *asked)
        assert "守恒：读取 1 = 采用 1 + 待核实 0" in ran.err, ran.err


def test_merge_puts_both_into_one_book_that_is_read_again(pairs: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "青禾镇困难.xlsx", [A], HELPED)
    book(tmp_path / "青禾镇帮扶.xlsx", [C], HELPERS)
    ran = pairs(
        "merge",
        "青禾镇困难.xlsx",
        "青禾镇帮扶.xlsx",
        "--as",
        "helped",
        "--policy",
        "办法.toml",
        "--out",
        "合.xlsx",
    )
    assert ran.code == 0 and "守恒：读取 2 = 采用 2 + 待核实 0" in ran.err, ran.err
    assert pages(pairs("pairs", "合.xlsx", *ASKED, "--json")) == BOTH
