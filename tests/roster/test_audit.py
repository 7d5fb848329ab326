"""Several books at once: each read or refused alone, checked together, and every row accounted for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record, Roster, Wanted
from sanchuang_cli.roster.checks import audit as checks
from sanchuang_cli.roster.checks.audit import audit, texts
from tests.roster.books import BRANCHES, PERSONS, audited, book, card, codes, number, table


class Term(Record, frozen=True, kw_only=True):
    """A row of a page on which one person has several rows."""

    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    start: Annotated[VagueDate, Field("任职起始", Kind.DATE, required=True)]
    end: Annotated[VagueDate | None, Field("任职终止", Kind.DATE)] = None
    post: Annotated[str, Field("担任职务", required=True)]


def with_terms(folder: Path) -> Path:
    path = book(folder / "甲.xlsx", {}, {})
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("任职经历")
    sheet.append(["姓名", "身份证号", "任职起始", "任职终止", "担任职务"])
    for start, end in (("1984.5", "1995.4"), ("1998.6", "2001.5"), ("2003.13", "2004.1")):
        sheet.append(["王甲", number(), start, end, "书记"])
    workbook.save(path)
    return path


def test_a_page_beside_the_roster_is_read_but_its_people_are_no_duplicates(tmp_path: Path) -> None:
    result = audit([with_terms(tmp_path)], {"persons": PERSONS}, {"terms": Wanted(Term, "任职经历")})
    assert codes(result) == ["error date.impossible 4"]
    assert str(result.tally) == "读取 5 = 采用 4 + 待核实 1"
    assert str(result.only("persons").tally) == "读取 2 = 采用 2 + 待核实 0"


def test_a_row_that_a_check_loses_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(roster: Roster[Any], result: Sequence[Finding]) -> Roster[Any]:
        return Roster(roster.records[1:], roster.set_aside)

    monkeypatch.setattr(checks, "_without", lossy)
    with pytest.raises(AssertionError, match="rows were lost"):
        audit([book(tmp_path / "甲.xlsx", {}, {})], {"persons": PERSONS})


def test_a_page_beside_alone_is_checked_but_is_no_roster_that_could_be_judged(tmp_path: Path) -> None:
    path = with_terms(tmp_path)
    workbook = load_workbook(path)
    workbook.remove(workbook["名册"])
    workbook.save(path)
    terms = {"terms": Wanted(Term, "任职经历")}
    alone = audit([path], {"branches": BRANCHES}, terms)
    assert not alone.files[0].error and alone.rosters["terms"].rows_read
    result = audit([path], {"branches": BRANCHES}, terms, judge=lambda rosters: ())
    assert result.files[0].error.startswith("甲.xlsx：没有找到“党组织名册”")


def test_rows_read_are_used_or_set_aside_file_by_file_and_altogether(tmp_path: Path) -> None:
    first = book(tmp_path / "青禾.xlsx", {"身份证号": "1"}, {"银行账号": card()}, {})
    second = book(
        tmp_path / "白杨.xlsx", {"姓名": "李甲", "身份证号": number("19600101"), "银行账号": card()}
    )
    (tmp_path / "坏.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    result = audited(first, tmp_path / "坏.xls", second)
    assert [str(file.tally) for file in result.files] == [
        "读取 3 = 采用 1 + 待核实 2",
        "读取 0 = 采用 0 + 待核实 0",
        "读取 1 = 采用 0 + 待核实 1",
    ]
    assert [bool(file.error) for file in result.files] == [False, True, False]
    assert str(result.tally) == "读取 4 = 采用 1 + 待核实 3"


def test_a_tie_is_said_for_its_file_with_the_line_that_settles_it(tmp_path: Path) -> None:
    tied = table(
        tmp_path / "甲.xlsx", [{"姓名": "王甲", "党员姓名": "王甲", "名字": "王甲", "身份证号": number()}]
    )
    unsettled = table(tmp_path / "乙.xlsx", [{"党员姓名": "王甲", "名字": "王甲", "身份证号": number()}])
    result = audited(tied, unsettled)
    assert [bool(file.error) for file in result.files] == [False, True]
    assert '"党员姓名" = "姓名"' in result.files[1].error
    settled = audit([unsettled], {"persons": PERSONS}, pinned={"党员姓名": "姓名"})
    assert settled.tally.read == 1


def test_a_pinned_column_is_told_as_nowhere_only_where_no_book_has_it(tmp_path: Path) -> None:
    with_it = table(tmp_path / "甲.xlsx", [{"党员姓名": "王甲", "名字": "王甲", "身份证号": number()}])
    without = table(tmp_path / "乙.xlsx", [{"姓名": "王乙", "身份证号": number(sequence=103)}])
    result = audit([with_it, without], {"persons": PERSONS}, pinned={"党员姓名": "姓名", "某某": "姓名"})
    warnings = [finding for finding in result.findings if finding.code == "columns.not-there"]
    assert [finding.place.heading for finding in warnings] == ["某某"]


def test_a_columns_file_that_names_no_field_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有这个字段"):
        audit([book(tmp_path / "甲.xlsx", {})], {"persons": PERSONS}, pinned={"姓名": "名子"})


def test_what_stands_in_a_cell_is_quoted_masked_by_its_column(tmp_path: Path) -> None:
    wrong = number()[:-1] + "4"
    path = book(
        tmp_path / "甲.xlsx", {"身份证号": wrong, "备注": f"误写{wrong}"}, {"身份证号": 230227195308151000}
    )
    result = audited(path)
    quotes = texts(result, {"persons": PERSONS})
    assert [quotes[f] for f in result.findings] == ["230227************"] * 2
    assert not any(wrong in f.message for f in result.findings)


def test_E_09_a_number_that_lost_digits_is_an_error_with_its_mend(tmp_path: Path) -> None:
    (finding,) = audited(book(tmp_path / "甲.xlsx", {"身份证号": 230227195308151000})).findings
    assert finding.code == "identity.precision-lost"
    assert finding.message == "身份证号“230227************”是数字格式，精度丢失"
    assert "文本" in finding.mend


def test_a_second_roster_in_a_book_is_checked_too(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"所在党支部": "东村党支部"})
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("组织")
    for row in (("党组织名称", "书记"), ("东村党支部", "李甲"), ("西村党支部", "李乙")):
        sheet.append(row)
    workbook.save(path)
    result = audited(path, persons=PERSONS, branches=BRANCHES)
    assert codes(result) == ["warning organisations.no-members 3"]
