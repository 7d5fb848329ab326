"""Returned copies: every wrong cell marked, nothing else changed, the same records when they are read again."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.returns import alike
from tests.roster.books import audited, book, card, codes, number
from tests.roster.returned_copies import (
    RED,
    WRONG,
    YELLOW,
    drawn,
    locked,
    records,
    returned_copy,
    returned_from,
    two_rows,
)


def test_wrong_cells_are_coloured_by_weight_and_say_what_to_do(tmp_path: Path) -> None:
    sheet = drawn(returned_copy(two_rows(tmp_path)).saved.path)
    assert [sheet[cell].fill.fgColor.rgb for cell in ("B3", "C3")] == [RED, YELLOW]
    assert sheet["B4"].fill.fill_type is None
    words = sheet["B3"].comment.text
    assert "错误：身份证号“230227************”校验码不对" in words
    assert "改法：多半错了一位或两位颠倒，照证件核对后重填" in words


def test_no_full_number_stands_in_comments_or_on_the_list(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"身份证号": WRONG}, {"银行账号": card()}, {"银行账号": card()})
    workbook = load_workbook(returned_copy(path).saved.path)
    texts_there = [cell.comment.text for row in workbook["名册"].iter_rows() for cell in row if cell.comment]
    texts_there += [str(cell.value) for row in workbook["退回修改"].iter_rows() for cell in row]
    assert not any(secret in words for words in texts_there for secret in (WRONG, card()))
    assert workbook["名册"]["B3"].value == WRONG  # it is their book


def test_the_list_names_each_place_with_a_link_to_its_cell(tmp_path: Path) -> None:
    sheet = drawn(returned_copy(two_rows(tmp_path)).saved.path, "退回修改")
    assert sheet["A1"].value == "退回修改：错误 1 处、警告 1 处"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ["序号", "级别", "工作表", "位置", "栏目", "原来填的", "问题", "依据", "怎么改"]
    assert rows[1][1:6] == ["错误", "名册", "B3", "身份证号", "230227************"]
    links = [sheet.cell(row, 4).hyperlink for row in (4, 5)]
    assert [link.location for link in links if link] == ["'名册'!B3", "'名册'!C3"]


def test_a_finding_about_a_whole_row_marks_its_first_cell(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"姓名": None, "身份证号": None, "乡镇": "青禾镇"}, {})
    sheet = drawn(returned_copy(path).saved.path)
    assert sheet["A3"].fill.fgColor.rgb == RED


def test_reading_a_copy_gives_the_same_records_and_findings(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    copy = returned_copy(path).saved.path
    assert records(copy) == records(path) != []
    assert codes(audited(copy)) == codes(audited(path))


def test_without_the_private_name_of_openpyxl_a_copy_made_anew_has_the_same_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "甲.csv"
    path.write_text(f"姓名,身份证号,月数\n王甲,{WRONG},0.1\n,,12\n", "utf-8")
    before = said_in(returned_copy(path).saved.path)
    monkeypatch.setattr(alike, "_VALUE", "_no_such_name")
    path.with_name("退回").rename(path.with_name("退回前"))
    assert said_in(returned_copy(path).saved.path) == before


def said_in(path: Path) -> list[Any]:
    """Every cell with its colour and its comment."""
    return [
        (sheet.title, cell.coordinate, cell.value, cell.fill.fgColor.rgb, cell.comment and cell.comment.text)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]


def test_the_installed_openpyxl_has_the_private_name() -> None:
    sheet: Any = Workbook().active
    assert hasattr(sheet["A1"], alike._VALUE)


def test_a_corrected_copy_is_read_without_a_finding(tmp_path: Path) -> None:
    copy = returned_copy(two_rows(tmp_path)).saved.path
    workbook = load_workbook(copy)
    workbook["名册"]["B3"] = number()
    workbook["名册"]["C3"] = "1953-08-15"
    workbook.save(copy)
    assert audited(copy).findings == ()


def test_marks_of_an_earlier_return_go_when_the_cell_is_right(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    workbook["名册"]["B3"].comment = Comment("镇里核过", "镇文书")
    workbook.save(path)
    first = returned_copy(path).saved.path
    workbook = load_workbook(first)
    workbook["名册"]["B3"] = number()
    workbook.save(first)
    second = load_workbook(returned_copy(first).saved.path)
    sheet = second["名册"]
    assert sheet["B3"].fill.fill_type is None
    assert sheet["B3"].comment.text == "镇里核过"
    assert sheet["C3"].comment.text.count("【退回修改】") == 1
    assert second.sheetnames == ["名册", "退回修改"]


def test_a_comment_that_was_there_is_kept_and_extended(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    workbook["名册"]["B3"].comment = Comment("镇里核过", "镇文书")
    workbook["名册"]["A4"].comment = Comment("本人来电", "镇文书")
    workbook.save(path)
    sheet = drawn(returned_copy(path).saved.path)
    assert sheet["B3"].comment.text.startswith("镇里核过\n\n【退回修改】")
    assert sheet["A4"].comment.text == "本人来电"


def test_the_copy_of_a_locked_book_is_locked_with_its_password(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    before = records(path)
    copy = returned_copy(locked(path, "qinghe"), ["qinghe"]).saved.path
    with pytest.raises(UserError, match="密码"):
        open_book(copy)
    assert records(copy, ["qinghe"]) == before != []


def test_what_a_returned_copy_says_is_not_heard_when_it_comes_back(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"备注": "2026年5月病故"})
    copy = returned_copy(path).saved.path
    assert [(f.code, f.place.cell) for f in audited(copy).findings] == [
        (f.code, f.place.cell) for f in audited(path).findings
    ]


def test_a_book_without_error_or_warning_is_not_returned(tmp_path: Path) -> None:
    result = audited(book(tmp_path / "甲.xlsx", {}), two_rows(tmp_path))
    assert [copy.name for copy in returned_from(result, tmp_path / "退回")] == ["青禾.xlsx"]


def test_books_of_one_name_get_a_copy_each(tmp_path: Path) -> None:
    paths = []
    for folder in ("青禾", "白杨"):
        (tmp_path / folder).mkdir()
        paths.append(book(tmp_path / folder / "名册.xlsx", {"身份证号": WRONG}))
    paths.append(book(tmp_path / "名册.xlsm", {"身份证号": WRONG}))
    copies = returned_from(audited(*paths), tmp_path / "退回")
    assert len({copy.saved.path for copy in copies}) == 3
    assert {path.name for path in (tmp_path / "退回").iterdir()} >= {
        "青禾-名册-退回修改.xlsx",
        "白杨-名册-退回修改.xlsx",
    }


def test_nothing_is_overwritten_and_the_same_copy_gives_the_same_bytes(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    before = path.read_bytes()
    first = returned_copy(path).saved.path
    content = first.read_bytes()
    assert returned_copy(path).saved.path.read_bytes() == content
    workbook = load_workbook(first)
    workbook["名册"]["B3"] = number()
    workbook.save(first)
    third = returned_copy(path).saved
    assert third.path.name == "青禾-退回修改-2.xlsx"
    assert third.instead
    assert path.read_bytes() == before
