"""A township goes by one name, in the county's order; what is not the county's is told, what may be one is asked about."""

from pathlib import Path
from random import Random
from typing import Annotated

import pytest
from openpyxl import load_workbook

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Roster, Row, Source
from sanchuang_cli.roster.townships import Township, plain, settled
from tests.command import HEADINGS, SAMPLES, Sanchuang, book, row


class Person(Record, frozen=True, kw_only=True):
    """Somebody of a township."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME)] = ""


def roster(*names: str) -> Roster[Person]:
    source = Source("名册.xlsx", "一", {"township": (1, "乡镇"), "name": (2, "姓名")})
    rows = enumerate(names, 3)
    return Roster(
        tuple(Person(row=Row(source, n, (name, "张")), township=name, name="张") for n, name in rows)
    )


def called(*names: str, listed: tuple[Township, ...] = ()) -> list[str]:
    return [
        record.township
        for record in settled({"people": roster(*names)}, listed, ["people"]).rosters["people"].records
    ]


SPELLINGS = ("云岭乡", "云 岭 乡", "雲嶺鄉", "云岭乡\u3000", "云\u200b岭乡", "云岭鄉")
COUNTY = (Township("望河乡", ("望河",)), Township("青禾镇", ("青禾", "青禾乡")), Township("云岭乡"))


class Member(Person, frozen=True, kw_only=True):
    """Somebody of a branch."""

    branch: Annotated[str, Field("支部")] = ""


def of_branches(*names: str) -> Roster[Member]:
    rows = roster(*names).records
    return Roster(tuple(Member(row=one.row, branch=one.township) for one in rows))


def test_a_branch_has_one_spelling_in_all_rosters_the_most_frequent() -> None:
    """Otherwise a page by branches has two lines of it, and what is counted by branch is counted twice."""
    given = {
        "people": of_branches("东村党支部（筹）", "东村党支部(筹)", "西村党支部"),
        "papers": of_branches("东村党支部(筹)"),
    }
    named = settled(given, (), ["people"]).rosters
    spelt = [one.branch for title in given for one in named[title].records]
    assert spelt == ["东村党支部(筹)", "东村党支部(筹)", "西村党支部", "东村党支部(筹)"]
    alone = settled({"people": of_branches("东村党支部（筹）", "东村支部（筹）")}, (), ["people"]).rosters[
        "people"
    ]
    assert [one.branch for one in alone.records] == ["东村党支部（筹）", "东村支部（筹）"], (
        "what may be two stays two"
    )


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_that_differ_in_spaces_width_or_characters_are_one(spelling: str) -> None:
    assert called(spelling, "云岭乡") == ["云岭乡", "云岭乡"]


@pytest.mark.parametrize("other", ["云岭", "云岭镇"])
def test_names_that_may_be_one_stay_two_and_are_asked_about(
    other: str, sanchuang: Sanchuang, tmp_path: Path
) -> None:
    assert called(other, "云岭乡") == [other, "云岭乡"]
    book(tmp_path / "名册.xlsx", [row(1, 乡镇=other), row(2, 乡镇="云岭乡"), row(3, 乡镇="云岭乡")])
    answer = sanchuang("rate", "名册.xlsx", "--period", "2026")
    assert answer.code == 0
    assert " 1 条，" in answer.err and "（organisations.township-spelling）" in answer.err


def test_with_the_countys_list_each_township_goes_by_its_name_there() -> None:
    assert called("青禾", "青 禾 乡", "望河", "雲嶺鄉", listed=COUNTY) == [
        "青禾镇",
        "青禾镇",
        "望河乡",
        "云岭乡",
    ]


def test_a_township_that_the_county_does_not_list_is_told_once_a_sheet_at_its_first_row() -> None:
    result = settled({"people": roster("青禾镇", "河西镇", "河西镇")}, COUNTY, ["people"])
    (warning,) = result.findings
    assert (warning.code, warning.place.cell, "河西镇" in warning.message) == (
        "roster.township-not-listed",
        "A4",
        True,
    )
    assert [record.township for record in result.rosters["people"].records] == ["青禾镇", "河西镇", "河西镇"]


def test_townships_are_ordered_as_the_county_lists_them_else_as_the_roster_has_them() -> None:
    assert settled({"people": roster("青禾镇", "甲乡", "望河乡")}, COUNTY, ["people"]).order == (
        "望河乡",
        "青禾镇",
        "云岭乡",
        "甲乡",
    )
    assert settled({"people": roster("青禾镇", "甲乡", "望河乡")}, (), ["people"]).order == (
        "青禾镇",
        "甲乡",
        "望河乡",
    )


def test_a_name_is_plain_however_often_it_is_made_so() -> None:
    for seed in range(50):
        dice = Random(seed)
        name = "".join(dice.choice("云岭雲嶺 乡鄉青禾\u3000\u200b") for _ in range(6))
        assert plain(plain(name)) == plain(name)


PROFILE = """[county]
name = "示例县"

[[township]]
name = "望河乡"

[[township]]
name = "青禾镇"
aliases = ["青禾"]
"""


def townships_printed(folder: Path) -> list[str]:
    from openpyxl import load_workbook

    page = load_workbook(folder / "结果.xlsx")["分类定级汇总表"]
    cells = [
        cell for line in page.iter_rows(values_only=True) for cell in line if cell in ("望河乡", "青禾镇")
    ]
    return list(dict.fromkeys(str(cell) for cell in cells))


def test_every_programme_prints_the_townships_in_the_countys_order(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "名册.xlsx", [row(1, 乡镇="青禾"), row(2, 乡镇="望河乡")], HEADINGS)
    words = ("rate", "名册.xlsx", "--period", "2026", "--out", "结果.xlsx", "--quiet")
    (tmp_path / "县.toml").write_text(PROFILE, "utf-8")
    assert sanchuang(*words, "--profile", "县.toml").code == 0
    assert townships_printed(tmp_path) == ["望河乡", "青禾镇"]
    (tmp_path / "县.toml").rename(tmp_path / "county.toml")
    assert sanchuang(*words).code == 0
    assert townships_printed(tmp_path) == ["望河乡", "青禾镇"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[county]\nname = ''\n", "不能空着"),
        ("[[township]]\nname = '青禾镇'\n", "county"),
        (PROFILE.replace("aliases", "alias"), "alias"),
        (PROFILE.replace('"青禾"', '"望河 乡"'), "写了两次"),
        ("[county\n", "不合 TOML 格式"),
        (f"paper = 'B5'\n{PROFILE}", "A3"),
        (
            f"{PROFILE}[[page]]\nname = '分类定级汇总表'\ncolumns = ['书记', '职务']\n",
            "“职务”，这页没有这一栏",
        ),
    ],
)
def test_a_profile_that_is_wrong_is_refused_with_all_that_is_wrong(
    sanchuang: Sanchuang, tmp_path: Path, text: str, words: str
) -> None:
    book(tmp_path / "名册.xlsx", [row(1)])
    (tmp_path / "county.toml").write_text(text, "utf-8")
    answer = sanchuang("rate", "名册.xlsx", "--period", "2026")
    assert (answer.code, words in answer.err, "county.toml" in answer.err) == (2, True, True), answer.err


@pytest.mark.parametrize(
    ("name", "is_told"), [("分类定级汇总册", True), ("体检名册", False), ("得分明细", False)]
)
def test_a_page_that_nobody_prints_is_told_and_one_of_another_programme_is_not(
    sanchuang: Sanchuang, tmp_path: Path, name: str, is_told: bool
) -> None:
    book(tmp_path / "名册.xlsx", [row(1)])
    page = f"[[page]]\nname = '{name}'\ncolumns = ['乡镇']\n"
    (tmp_path / "county.toml").write_text(f"{PROFILE}{page}", "utf-8")
    assert sanchuang("rate", "名册.xlsx", "--period", "2026", "--out", "结果.xlsx").code == 0
    lines = [str(line) for line in load_workbook(tmp_path / "结果.xlsx")["疑点"].values]
    assert any("没有这一页（是不是“分类定级汇总表”？）" in line for line in lines) == is_told


def test_the_signature_line_is_the_countys_and_the_page_is_still_read_back(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    sign = "".join(f"[[sign]]\nrole = '{role}'\nname = '{name}'\n" for role, name in SIGNERS)
    (tmp_path / "county.toml").write_text(
        f"{PROFILE}{sign}[telephones]\nenquiries = '0434-3120002'\n", "utf-8"
    )
    roster = SAMPLES / "checkups.xlsx"
    asked = ("checkups", roster, "--quiet", "--period")
    sanchuang(*asked, "2024", "--out", "上期.xlsx")
    unsigned = {"待核实名单", "疑点", "来源"}
    pages = [page for page in load_workbook(tmp_path / "上期.xlsx").worksheets if page.title not in unsigned]
    for page in pages:
        last = [str(cell) for line in page.values for cell in line if cell and "部长" in str(cell)]
        line = "".join(str(cell) for row in page.values for cell in row if cell and "：" in str(cell))
        assert last and "部长：" in line and "经手：李明" in line and "联系电话：0434-3120002" in line, (
            page.title
        )
        assert "单位负责人" not in line
    answer = sanchuang(*asked, "2025", "--previous", "上期.xlsx", "--out", "本期.xlsx")
    assert answer.code in (0, 1), answer.err
    assert "与上期对比" in load_workbook(tmp_path / "本期.xlsx").sheetnames


SIGNERS = (("部长", ""), ("核对", ""), ("经手", "李明"))


def test_a_profile_says_on_what_paper_and_with_which_columns_pages_are_printed(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "名册.xlsx", [row(1)])
    page = "[[page]]\nname = '分类定级汇总表'\ncolumns = ['类型', '综合得分', '本年等次', '星级']\n"
    (tmp_path / "county.toml").write_text(f"paper = 'A3'\n{PROFILE}{page}", "utf-8")
    assert sanchuang("rate", "名册.xlsx", "--period", "2026", "--out", "结果.xlsx", "--quiet").code == 0
    workbook = load_workbook(tmp_path / "结果.xlsx")
    assert {int(page_sheet.page_setup.paperSize or 0) for page_sheet in workbook.worksheets} == {8}
    sheet = workbook["分类定级汇总表"]
    titles = [str(cell.value) for cell in sheet[3] if cell.value]
    assert titles[:7] == ["序号", "党组织名称", "类型", "书记", "综合得分", "本年等次", "星级"]
    assert sheet.print_area.endswith(f"!$A$1:$G${sheet.max_row}")
    beside = [
        str(line[1]) for line in workbook["来源"].values if line[0] == "不打印的栏" and "：" in str(line[1])
    ]
    assert [page_sheet.partition("：")[0] for page_sheet in beside] == ["分类定级汇总表", "疑点"]
