"""`inspect`, `check` and `merge`: what they print and write, and their exit codes."""

import json
import re
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from tests.command import SAMPLES, Sanchuang
from tests.roster.books import book, card, number, table

GOOD = {"乡镇": "青禾镇", "党组织名称": "东村党支部", "类型": "村", "党员数": 12}
UNNAMED = {"乡镇": "青禾镇", "党组织名称": "", "类型": "村", "党员数": 7}


def orgs(path: Path, *rows: dict[str, Any]) -> Path:
    return table(path, rows)


def test_check_ends_with_0_when_no_row_is_set_aside(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang("check", orgs(tmp_path / "甲.xlsx", GOOD))
    assert ran.code == 0
    assert "读取 1 = 采用 1 + 待核实 0" in ran.out + ran.err


def test_check_says_place_text_rule_and_mend_of_every_finding(sanchuang: Sanchuang, tmp_path: Path) -> None:
    path = orgs(tmp_path / "甲.xlsx", GOOD, UNNAMED, GOOD | {"党员数": "十几个"})
    ran = sanchuang("check", path)
    assert ran.code == 1
    assert ran.out.splitlines()[1:9] == [
        "  错误 1 条　名册（cell.blank）",
        "    B4     党组织名称没有填写",
        "      依据：此列必填",
        "      改法：补填后重报。",
        "  警告 1 条　名册（count.unreadable）",
        "    D5     东村党支部：党员数“十几个”" + ran.out.splitlines()[6].partition("“十几个”")[2],
        "      依据：此列应是不小于 0 的整数",
        "      改法：改填整数。",
    ]
    assert "读取 3 = 采用 2 + 待核实 1" in ran.out


def test_check_json_holds_files_findings_and_the_conservation_line(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    path = orgs(tmp_path / "甲.xlsx", GOOD, UNNAMED, GOOD | {"党员数": "十几个"})
    ran = sanchuang("check", path, "--as", "orgs", "--json", "--return", tmp_path / "退回")
    document = json.loads(ran.out)
    (file,) = document["files"]
    assert (file["file"], file["read"], file["used"], file["set_aside"]) == ("甲.xlsx", 3, 2, 1)
    assert file["returned"] == str(tmp_path / "退回" / "甲-退回修改.xlsx")
    assert document["summary"]["conservation"] == "读取 3 = 采用 2 + 待核实 1"
    assert [(f["code"], f["severity"], f["cell"], f["text"]) for f in document["findings"]] == [
        ("cell.blank", "error", "B4", ""),
        ("count.unreadable", "warning", "D5", "十几个"),
    ]
    assert all(f["basis"] and f["mend"] for f in document["findings"])
    assert load_workbook(file["returned"]).sheetnames == ["名册", "退回修改"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(sanchuang: Sanchuang, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"%PDF-1.4 not a workbook")
    good = orgs(tmp_path / "甲.xlsx", GOOD)
    for command in ("check", "inspect"):
        ran = sanchuang(command, tmp_path / "坏.xlsx", good, "--json")
        document = json.loads(ran.out)
        assert ran.code == 1
        assert [bool(file["error"]) for file in document["files"]] == [True, False]
        assert "PDF" in document["files"][0]["error"]
    merged = sanchuang("merge", tmp_path / "坏.xlsx", good, "--as", "orgs", "--out", "all.xlsx")
    assert merged.code == 1
    assert "PDF" in merged.err
    assert (tmp_path / "all.xlsx").exists()


@pytest.mark.parametrize("words", [("check", "--as", "orgs"), ("merge", "--as", "orgs", "--out", "all.xlsx")])
def test_nothing_is_written_when_no_file_can_be_read(
    sanchuang: Sanchuang, tmp_path: Path, words: tuple[str, ...]
) -> None:
    bad = table(tmp_path / "坏.xlsx", [{"品名": "铅笔", "数量": 3, "单价": 1.5}])
    ran = sanchuang(*words, bad)
    assert ran.code == 2
    assert "没有找到“党组织名册”" in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"坏.xlsx"}


def test_inspect_of_a_refused_file_gives_json_with_its_error_and_ends_with_2(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"")
    ran = sanchuang("inspect", "坏.xlsx", "--json")
    assert ran.code == 2
    (file,) = json.loads(ran.out)["files"]
    assert file["error"] == "坏.xlsx：文件是空的，没有读取。请向报送单位重新要一份。"
    assert file["sheets"] == []


def test_inspect_tells_tables_rows_and_how_each_column_was_matched(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "甲.xlsx",
        [{"所在乡镇": "青禾镇", "党组织名称": "东村党支部", "党员数（人）": 9, "村办企业": "砖厂"}],
        below=[["合计", None, 9]],
    )
    ran = sanchuang("inspect", path, "--json")
    (sheet,) = json.loads(ran.out)["files"][0]["sheets"]
    (table_found,) = sheet["tables"]
    assert (table_found["header_rows"], table_found["data_rows"], table_found["records"]) == (
        [2, 2],
        [3, 3],
        1,
    )
    assert table_found["columns"] == ["所在乡镇", "党组织名称", "党员数（人）", "村办企业"]
    assert table_found["skipped"] == [{"rows": [1, 1], "why": "title"}, {"rows": [4, 4], "why": "total"}]
    assert table_found["roster"] == "orgs"
    assert [(column["column"], column["field"], column["how"]) for column in table_found["matched"]] == [
        (1, "乡镇", "alias"),
        (2, "党组织名称", "exact"),
        (3, "党员数", "exact"),
    ]
    assert table_found["unmatched"] == ["村办企业"]
    picture = sanchuang("inspect", path).out
    for line in (
        "第1行",
        "标题",
        "第2行",
        "表头",
        "第3行",
        "数据",
        "合计",
        "所在乡镇",
        "没有对应的栏目，不读",
    ):
        assert line in picture


def test_columns_that_inspect_saves_are_read_back_and_can_be_corrected(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "甲.xlsx", [{"乡 镇": "青禾镇", "支部": "东村党支部", "村办\n企业": "砖厂", "人头": 9}]
    )
    assert sanchuang("inspect", path, "--as", "orgs", "--save-columns", "列.toml").code == 1
    saved = (tmp_path / "列.toml").read_text("utf-8")
    assert tomllib.loads(saved) == {"乡镇": "乡镇"}
    corrected = saved.replace('# "支部" = ""', '"支部" = "党组织名称"').replace(
        '# "人头" = ""', '"人头" = "党员数"'
    )
    (tmp_path / "改.toml").write_text(corrected, "utf-8")
    ran = sanchuang("check", path, "--as", "orgs", "--columns", "改.toml", "--json")
    assert (ran.code, json.loads(ran.out)["summary"]["used"]) == (0, 1)
    again = sanchuang("inspect", path, "--as", "orgs", "--columns", "改.toml", "--save-columns", "列.toml")
    assert "列-2.toml" in again.err
    assert tomllib.loads((tmp_path / "列-2.toml").read_text("utf-8")) == {
        "乡镇": "乡镇",
        "支部": "党组织名称",
        "人头": "党员数",
    }


def test_a_columns_file_goes_with_a_list_for_screening(sanchuang: Sanchuang, tmp_path: Path) -> None:
    person = {"姓名": "王刚", "身份证号": number(), "原先干什么": "书记"}
    table(tmp_path / "名册.xlsx", [person])
    table(tmp_path / "名单.xlsx", [{"姓名": "李明", "身份证号": number(sequence=103), "怎么了": "死亡"}])
    (tmp_path / "列.toml").write_text('"原先干什么" = "离任职务"\n"怎么了" = "名单类别"\n', "utf-8")
    asked = ("--period", "2026Q2", "--on", "2026-06-30", "--columns", "列.toml", "--screen", "名单.xlsx")
    for words in (("subsidies", "名册.xlsx"), ("check", "名册.xlsx", "--for", "subsidies")):
        ran = sanchuang(*words, *asked, "--json")
        assert ran.code in (0, 1), ran.err
        assert "columns.not-there" not in ran.out


def test_where_no_roster_was_asked_for_the_option_that_asks_for_one_is_told(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    person = {"姓名": "王刚", "身份证号": number(), "党组织名称": "东村党支部", "党员数": 12}
    table(tmp_path / "不明.xlsx", [person])
    orgs(tmp_path / "甲.xlsx", GOOD)
    (tmp_path / "列.toml").write_text('"不明.xlsx" = "党员和离任村干部名册"', "utf-8")
    for command in ("check", "inspect"):
        for books in (("不明.xlsx",), ("不明.xlsx", "甲.xlsx")):
            ran = sanchuang(command, *books)
            assert ran.code == (2 if (command, *books) == ("check", "不明.xlsx") else 1), ran.err
            (asked,) = re.findall(
                r"分不清是哪一种名册的，也可以加 --as，只认一种：([^。]+)。", ran.err.replace("\n", "")
            )
            assert "members（党员和离任村干部名册、生活补贴）" in asked and "orgs（党组织名册、" in asked, (
                ran.err
            )
            assert "也可以加 --as" not in sanchuang(command, *books, "--as", "members").err
            assert "也可以加 --as" not in sanchuang(command, *books, "--columns", "列.toml").err


def test_a_merged_roster_is_of_the_township_that_sent_its_rows(sanchuang: Sanchuang, tmp_path: Path) -> None:
    for at, town in enumerate(("青禾镇", "白杨乡")):
        table(tmp_path / f"{town}.xlsx", [{"姓名": "王刚", "身份证号": number(sequence=101 + 2 * at)}])
    ran = sanchuang("merge", "青禾镇.xlsx", "白杨乡.xlsx", "--as", "members", "--out", "合.xlsx")
    assert ran.code == 0, ran.err
    head, *rows = sheet_cells(tmp_path / "合.xlsx", "党员和离任村干部名册", "乡镇")
    assert [row[head.index("乡镇")] for row in rows] == ["青禾镇", "白杨乡"]


def sheet_cells(path: Path, sheet: str, first: str) -> list[list[Any]]:
    """The lines of a page from the one that has this heading on."""
    lines = [[cell.value for cell in line] for line in load_workbook(path)[sheet].iter_rows()]
    return lines[next(at for at, line in enumerate(lines) if first in line) :]


def test_merge_brings_books_with_other_column_orders_together(sanchuang: Sanchuang, tmp_path: Path) -> None:
    first = orgs(tmp_path / "青禾.xlsx", GOOD)
    two = orgs(tmp_path / "白杨.xlsx", {"党组织名称": "西村党支部", "党员人数": 3, "乡镇": "白杨镇"}, UNNAMED)
    ran = sanchuang("merge", first, two, "--as", "orgs", "--out", "all.xlsx")
    assert ran.code == 1
    assert "白杨.xlsx：读取 2 = 采用 1 + 待核实 1" in ran.err
    assert load_workbook(tmp_path / "all.xlsx").sheetnames == ["党组织名册", "待核实", "来源栏目", "来源"]
    again = sanchuang("check", "all.xlsx", "--as", "orgs", "--json")
    codes = [finding["code"] for finding in json.loads(again.out)["findings"]]
    assert (again.code, codes) == (1, ["cell.blank"])


def test_the_sample_is_merged_and_rated_as_it_is(sanchuang: Sanchuang, tmp_path: Path) -> None:
    assert sanchuang("merge", SAMPLES / "orgs.xlsx", "--as", "orgs", "--out", "all.xlsx").code == 0
    rated = [
        json.loads(sanchuang("rate", path, "--period", "2012", "--json", "--quiet", "--out", "r.xlsx").out)
        for path in (SAMPLES / "orgs.xlsx", tmp_path / "all.xlsx")
    ]
    assert rated[0]["summary"]["read"] == rated[1]["summary"]["read"] == 158
    # the details quote cells as they were written, and a merged roster writes them one way
    before, after = (
        [page for page in document["tables"] if page["name"] != "得分明细"] for document in rated
    )
    assert len(before) > 1
    assert before == after


def test_X_07_members_are_checked_across_rows_and_books_with_their_spells_beside(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    first = book(tmp_path / "青禾.xlsx", {"社保卡号": card(), "乡镇": "青禾镇"}, {"乡镇": "青禾镇"})
    workbook = load_workbook(first)
    sheet = workbook.create_sheet("任职经历")
    sheet.append(["姓名", "身份证号", "任职起始", "任职终止", "担任职务"])
    for start, end in (("1984.5", "1995.4"), ("1998.6", "2001.5")):
        sheet.append(["王甲", number(), start, end, "村党支部书记"])
    workbook.save(first)
    other = {"姓名": "李甲", "身份证号": number("19600101"), "社保卡号": card(), "乡镇": "青禾镇"}
    second = book(tmp_path / "白杨.xlsx", other)
    ran = sanchuang("check", first, second, "--as", "members", "--json", "--return", "退回")
    document = json.loads(ran.out)
    assert ran.code == 1
    assert [(f["file"], f["cell"], f["code"]) for f in document["findings"]] == [
        ("白杨.xlsx", "C3", "duplicates.account"),
        ("青禾.xlsx", "C3", "duplicates.account"),
    ]
    assert [file["conservation"] for file in document["files"]] == [
        "读取 4 = 采用 3 + 待核实 1",
        "读取 1 = 采用 0 + 待核实 1",
    ]
    assert number() not in ran.out
    assert card() not in ran.out
    merged = sanchuang("merge", first, second, "--as", "members", "--out", "all.xlsx")
    assert "青禾.xlsx：读取 2 = 采用 1 + 待核实 1" in merged.err
    again = sanchuang("check", "all.xlsx", "--as", "members", "--json")
    codes = [finding["code"] for finding in json.loads(again.out)["findings"]]
    assert (again.code, codes) == (1, ["duplicates.account", "duplicates.account"])


def test_a_locked_book_is_opened_checked_and_merged_with_its_password(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    path = orgs(tmp_path / "甲.xlsx", GOOD)
    content = path.read_bytes()
    with path.open("wb") as target:
        OOXMLFile(BytesIO(content)).encrypt("qinghe", target)
    (tmp_path / "密码.txt").write_text("wrong\nqinghe\n", "utf-8")
    assert sanchuang("check", path, "--as", "orgs").code == 2
    for words in (("check", path), ("inspect", path), ("merge", path, "--out", "all.xlsx")):
        assert sanchuang(*words, "--as", "orgs", "--password-file", "密码.txt").code == 0
    missing = sanchuang("check", path, "--password-file", "没有.txt")
    assert (missing.code, "密码文件 没有.txt 读不出" in missing.err) == (2, True)


def test_what_stands_beside_a_roster_is_merged_with_it(sanchuang: Sanchuang, tmp_path: Path) -> None:
    """Without the sheet of spells, those whose roster has no such column could not be paid."""
    sample = SAMPLES / "members.xlsx"
    ran = sanchuang("merge", sample, "--as", "members", "--out", "全.xlsx")
    spells = load_workbook(sample, read_only=True)["任职经历"]
    filled = [line for line in spells.iter_rows(min_row=2, values_only=True) if any(line)]
    together = load_workbook(tmp_path / "全.xlsx", read_only=True)["任职经历"]
    count = re.search(r"另有任职经历 (\d+) 行", ran.err)
    assert count
    kept = [line for line in together.iter_rows(values_only=True) if line[-3] == "members.xlsx"]
    assert len(kept) == int(count[1])
    assert abs(len(filled) - len(kept)) <= 2  # a title and a header


def test_a_column_that_no_roster_knows_is_named_where_it_is_not_merged(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    """A county's policy may ask for it: what the merged roster lacks, the run over it would not know of."""
    books = [orgs(tmp_path / f"{town}.xlsx", GOOD | {"发生重大事故": "是"}) for town in "甲乙"]
    asked = ("merge", *books, "--as", "orgs", "--out", tmp_path / "全县.xlsx")
    ran = sanchuang(*asked)
    assert ran.code == 1
    assert ran.err.count("没有并入") == 2 and "发生重大事故" in ran.err and "--policy" in ran.err
    plain = [orgs(tmp_path / f"{town}.xlsx", GOOD) for town in "甲乙"]
    assert sanchuang("merge", *plain, "--as", "orgs", "--out", tmp_path / "再.xlsx").code == 0


def test_a_wide_merged_roster_is_read_whole_whatever_its_sheets_were_called(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    """Its title is printed again above each part; it is no heading that makes 来源工作表 a column of names and 汇总 a sum."""
    wide: dict[str, Any]
    goods = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
    blank: dict[str, Any] = {f"{mark}/{good}": 90 for mark in ("评定分", "自评分") for good in goods}
    blank |= dict.fromkeys(("否决情形", "获荣誉时间", "年度考核末位", "备注", "书记空缺起始日期"), "")
    blank |= {"组织生活制度形同虚设": "否", "连续未发展党员年数": 0, "满意率": 1}
    wide = (
        GOOD
        | blank
        | {"发出票": 60, "收回票": 50, "有效票": 50, "满意票": 50, "上年星级": 3, "上年等次": "较好"}
    )
    wide |= {
        "书记": "李大明",
        "成立日期": "1999-01-01",
        "书记不胜任": "否",
        "群体性事件或信访集中": "否",
        "荣誉级别": "",
    }
    (tmp_path / "报来").mkdir()
    for town, sheet in (("甲", "汇总"), ("乙", "Sheet1"), ("丙", "合计")):
        path = table(
            tmp_path / "报来" / f"{town}.xlsx",
            [wide | {"党组织名称": f"{town}{n}村党支部"} for n in "一二三"],
        )
        filled = load_workbook(path)
        filled.worksheets[0].title = sheet
        filled.save(path)
    assert sanchuang("merge", tmp_path / "报来", "--as", "orgs", "--out", tmp_path / "全县.xlsx").code == 0
    ran = sanchuang("rate", tmp_path / "全县.xlsx", "--period", "2026")
    assert "读取 9 = 参评定级 9 + 待核实 0" in ran.out + ran.err


SPELL = {
    "姓名": "王刚",
    "身份证号": number(),
    "任职起始": "1984.5",
    "任职终止": "1995.44",
    "担任职务": "村党支部书记",
}
RECEIPT = {"凭证号": "12", "姓名": "王刚", "身份证号": number(), "年度": 2025, "金额": "两百几"}


@pytest.mark.parametrize(
    ("row", "of", "cell"),
    [
        (SPELL, "“任职经历”是生活补贴（subsidies）的附表，随“党员和离任村干部名册”一起用", "D3"),
        (RECEIPT, "“缴费凭证”是养老保险补贴（pension）的附表，随“参保补贴人员名册”一起用", "E3"),
    ],
)
def test_a_further_sheet_of_a_programme_given_alone_is_told_apart_and_its_cells_are_checked(
    sanchuang: Sanchuang, tmp_path: Path, row: dict[str, Any], of: str, cell: str
) -> None:
    """It is no roster: nothing is merged of it, and no run begins with it alone."""
    table(tmp_path / "附.xlsx", [row, {**row, "身份证号": number(sequence=103)}])
    ran = sanchuang("check", "附.xlsx", "--json")
    assert of in ran.err.replace("\n", "")
    assert cell in [finding["cell"] for finding in json.loads(ran.out)["findings"]]
    assert "没有找到" not in ran.err and ran.code == int("待核实 0" not in ran.err)
    refused = sanchuang(
        "merge", "附.xlsx", "--as", "members" if row is SPELL else "insured", "--out", "全.xlsx"
    )
    assert (refused.code, of in refused.err) == (2, True) and not (tmp_path / "全.xlsx").exists()
    judged = sanchuang("check", "附.xlsx", "--for", "subsidies" if row is SPELL else "pension")
    assert judged.code == 2 and "请连同名册一起给出" in judged.err
