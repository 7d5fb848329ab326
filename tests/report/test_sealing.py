"""A result is what it says while its values stay: saved by any program it holds, changed in any cell it is found out."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sanchuang_cli.finding import UserError, column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import appendix, files, sealing, workbook
from sanchuang_cli.report.digest import Digest, canonical
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import results
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.grid import Book, Sheet
from sanchuang_cli.table import Column, Table
from tests.counts import FULL
from tests.report import made_up
from tests.report.conftest import Convert

AWKWARD = Table(
    "难写的（值）",
    "难写的值",
    (
        Column("number", "序号", Kind.COUNT),
        Column("said", "说明", wide=True),
        Column("before", "金额/上期", Kind.MONEY, total=True),
        Column("now", "金额/本期", Kind.MONEY, total=True),
        Column("change", "金额/增减", Kind.MONEY, total=True, formula="now - before"),
        Column("mean", "平均分", Kind.SCORE),
        Column("share", "占比", Kind.PERCENT),
        Column("stars", "星级", Kind.STARS),
        Column("told", "发现", Kind.CHOICE),
    ),
    [
        (1, "=1+1", 1, 100_000_010, 100_000_009, Fraction(8999, 95), Fraction(1, 3), 5, "是"),
        (2, " 两头有空格 ", 30, 10, -20, Fraction(0), Fraction(1), None, None),
        (3, "分\r\n行\n说", 0, 0, 0, None, Fraction(2, 3), 0, "-"),
        (4, "e\u0301 不合成的字 𠮷", 12_345_678_901, 29, None, Fraction(-1, 3), None, 3, "00123"),
        (5, None, None, None, "另行计算", Fraction(1, 1000), Fraction(1, 3000), 1, "<r>a</r>"),
    ],
    grand_total=True,
    numbered=True,
    unit="元",
)


def run() -> Run:
    whole = made_up.whole_run()
    return replace(whole, outcome=replace(whole.outcome, tables=(*whole.outcome.tables, AWKWARD)))


def written(path: Path, run: Run, by: str = "", **more: Any) -> Path:
    tables = appendix.sealed(run, by)
    files.save(
        path, lambda target: workbook.write(target, tables, on=run.occasion.on, caution=run.caution, **more)
    )
    return path


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("结果") / "结果.xlsx", run())


@pytest.fixture(scope="module")
def opened(result: Path) -> tuple[Digest, Book]:
    """What the result says of itself, and its cells."""
    digest = results.opened(result, "结果.xlsx").digest
    assert digest
    return digest, open_book(result)


def saved_again(path: Path, change: Callable[[Any], object] = lambda book: None) -> Path:
    """The workbook after a library has saved it that works no formula out."""
    book = load_workbook(path)
    change(book)
    target = path.with_name(f"又存-{path.name}")
    book.save(target)
    return target


@pytest.mark.parametrize("by", ["", "乡镇"])
@pytest.mark.parametrize("rows", [5, 60, 1500 if FULL else 200])
def test_a_result_holds_as_it_was_written_and_when_it_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, by: str
) -> None:
    """The most of them by the bulk path."""
    monkeypatch.setattr(workbook, "BULK_FROM", 1000 if FULL else 200)
    whole = run()
    tables = (made_up.roster(rows), made_up.stars(), made_up.refusals(), AWKWARD)
    path = written(tmp_path / "结果.xlsx", replace(whole, outcome=replace(whole.outcome, tables=tables)), by)
    one, two = (results.opened(each, each.name) for each in (path, saved_again(path)))
    assert one.digest is not None
    assert one.digest == two.digest
    assert (one.programme, str(one.period)) == ("rate", "2026")


def test_libreoffice_saves_a_result_and_it_holds(result: Path, converted: Convert) -> None:
    path = converted(result, "xlsx")
    assert results.opened(path, path.name).digest == results.opened(result, result.name).digest


@pytest.mark.parametrize("chunk", [1, 7, 10_000])
def test_a_sheet_is_sealed_alike_however_many_rows_are_taken_at_once(
    monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    tables = [made_up.roster(60), made_up.stars(), AWKWARD, replace(AWKWARD, rows=[])]
    whole = list(sealing.sealed(tables, room=25))
    monkeypatch.setattr("sanchuang_cli.table._STRETCH", chunk)
    monkeypatch.setattr(sealing, "_REMEMBERED", 2)
    assert list(sealing.sealed(tables, room=25)) == whole


def test_a_table_on_several_sheets_holds(tmp_path: Path) -> None:
    tables = [made_up.roster(60), made_up.stars()]
    path = tmp_path / "几张.xlsx"
    workbook.write(path, tables, on=made_up.whole_run().occasion.on, room=25)
    sealed = list(sealing.sealed(tables, room=25))
    assert [one.name for one in sealed] == ["发放花名册", "发放花名册(2)", "发放花名册(3)", "星级分布"]
    assert results._verified(open_book(path), Digest.of({}, sealed))


def test_what_is_filled_in_by_hand_changes_nothing(result: Path) -> None:
    def signed(book: Any) -> None:
        sheet = book["发放花名册"]
        sheet["A2"] = "填报单位（盖章）：某县"
        sheet.cell(sheet.max_row, 1).value = "单位负责人：某某"
        book.create_sheet("便笺")["A1"] = "已核"

    assert results.opened(saved_again(result, signed), "结果.xlsx").digest


def cells_of(book: Book, digest: Digest) -> Iterator[tuple[Sheet, int, int]]:
    """Every cell of every table, with those that hold nothing."""
    by_name = {sheet.name: sheet for sheet in book.sheets}
    for sealed in digest.sheets:
        sheet = by_name[sealed.name]
        width = max(map(len, sheet.rows))
        for row in range(sealed.first, sealed.first + sealed.lines):
            for at in range(1, width + 1):
                yield sheet, row, at


def other(cell: Any, dice: random.Random) -> Any:
    """Another value of the kind that a clerk might type over it, or a program make of it."""
    if cell == "":
        ways = [0, "x"]
    elif isinstance(cell, int | float):
        ways = [cell + 0.01, cell + 1, -cell, "", str(cell)]
    elif isinstance(cell, str):
        ways = [f"{cell}0", cell[:-1], "", int(cell[:15]) if cell[:15].isdigit() else "改"]
    else:
        ways = [cell.replace(year=cell.year + 1), str(cell), ""]
    return dice.choice([way for way in ways if canonical(way) != canonical(cell)])


def test_any_one_value_changed_is_found_and_its_cell_named(tmp_path: Path) -> None:
    roster, *others = run().outcome.tables
    tables = (roster if FULL else made_up.roster(12), *others)
    result = written(tmp_path / "结果.xlsx", replace(run(), outcome=replace(run().outcome, tables=tables)))
    opened, book = results.opened(result, "结果.xlsx"), open_book(result)
    assert opened.digest and roster.name == made_up.roster(12).name
    dice, tried = random.Random(5), 0
    for sheet, row, at in cells_of(book, opened.digest):
        rows = [list(line) for line in sheet.rows]
        rows[row - 1] += [""] * (at - len(rows[row - 1]))
        rows[row - 1][at - 1] = other(rows[row - 1][at - 1], dice)
        sheets = tuple(replace(one, rows=rows) if one is sheet else one for one in book.sheets)
        with pytest.raises(UserError) as refused:
            results._verified(replace(book, sheets=sheets), opened.digest)
        label = at == 1 and bool(re.search(r"[小合]计(?:（\d+人）)?$", str(sheet.rows[row - 1][0])))
        place = f"第 {row} 行" if label else f"{column_letters(at)}{row} "
        assert f"工作表“{sheet.name}”{place}和写出时不一样" in str(refused.value)
        tried += 1
    assert tried > (1500 if FULL else 500)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 6))
def test_however_many_values_are_changed_the_sheet_is_named(
    opened: tuple[Digest, Book], dice: random.Random, count: int
) -> None:
    digest, book = opened
    sheet = next(one for one in book.sheets if one.name == "发放花名册")
    places = dice.sample([(r, c) for one, r, c in cells_of(book, digest) if one is sheet], count)
    rows = [list(line) for line in sheet.rows]
    for row, at in places:
        rows[row - 1][at - 1] = other(rows[row - 1][at - 1], dice)
    sheets = tuple(replace(one, rows=rows) if one is sheet else one for one in book.sheets)
    with pytest.raises(UserError, match="工作表“发放花名册”"):
        results._verified(replace(book, sheets=sheets), digest)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda book: book["发放花名册"].delete_rows(9), "工作表“发放花名册”有几处和写出时不一样"),
        (lambda book: book["发放花名册"].insert_rows(9), "工作表“发放花名册”有几处和写出时不一样"),
        (lambda book: book["发放花名册"].insert_cols(3), "工作表“发放花名册”有几处和写出时不一样"),
        (lambda book: book.remove(book["星级分布"]), "少了工作表“星级分布”"),
        (lambda book: setattr(book["来源"]["B4"], "value", "2027年（2027）"), "工作表“来源”B4"),
        (lambda book: setattr(book["发放花名册"]["O6"], "value", "=M6*N6+1"), "工作表“发放花名册”O6"),
        (lambda book: setattr(book["发放花名册"]["O6"], "value", "=VLOOKUP(1,A1:B2,2)"), "公式没有算出结果"),
        (lambda book: setattr(book["发放花名册"]["A6"], "value", True), "工作表“发放花名册”A6"),
        (lambda book: book.remove(book["来源"]), "这不是本程序写出的结果"),
    ],
    ids=[
        "row-gone",
        "row-more",
        "column-more",
        "sheet-gone",
        "period",
        "formula",
        "no-result",
        "truth",
        "no-sources",
    ],
)
def test_a_workbook_that_was_changed_is_no_result(
    result: Path, change: Callable[[Any], object], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        results.opened(saved_again(result, change), "结果.xlsx")


def test_a_line_of_the_digest_that_was_changed_is_found(result: Path) -> None:
    def changing(old: str, new: str) -> Callable[[Any], object]:
        def change(book: Any) -> None:
            cell = next(row[1] for row in book["来源"].iter_rows() if row[0].value == sealing.ITEM)
            assert old in cell.value
            cell.value = cell.value.replace(old, new)

        return change

    sha256 = str(results.opened(result, "结果.xlsx").digest)[8:20]
    for old, new in ((sha256, "0" * 12), ("政策 ", "政策 2026-01-01:,"), ("SHA-256 ", "")):
        with pytest.raises(UserError, match="“结果摘要”被改过"):
            results.opened(saved_again(result, changing(old, new)), "结果.xlsx")


def test_a_result_from_before_the_digest_counts_while_its_zip_is_whole(tmp_path: Path) -> None:
    tables = appendix.pages(run())
    path = tmp_path / "旧.xlsx"
    files.save(path, lambda target: workbook.write(target, tables, on=run().occasion.on))
    old = results.opened(path, "旧.xlsx")
    assert (old.digest, dict(old.editions)) == (None, {"2020-07-01": ""})
    with pytest.raises(UserError, match="没有“结果摘要”，写出以后又存过"):
        results.opened(saved_again(path), "旧.xlsx")
