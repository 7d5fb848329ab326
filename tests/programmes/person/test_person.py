"""一人一档: every line about one person and no line about another, contradictions with their places, and nothing that is nobody's
to read."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.chain import UNMASKED, links
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.policy import source
from tests.command import Ran, Sanchuang, book, run_in
from tests.programmes.people import identity

ZHANG = identity("1952-03-04", number=11)
OTHER = identity("1961-07-08", number=12)
WHO = ("乡镇", "村", "姓名", "身份证号", "性别", "入党时间", "现任职务")


def lines(folder: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The numbered lines of a page of the file."""
    rows: list[tuple[Any, ...]] = [*load_workbook(folder / "档.xlsx")[sheet].iter_rows(values_only=True)]
    return [row for row in rows if isinstance(row[0], int)]


def written(folder: Path) -> list[tuple[Any, ...]]:
    """The lines of 一人一档: number, section, period, matter, content, sum, place."""
    return lines(folder, "一人一档")


def every_word(folder: Path) -> str:
    return "".join(
        str(cell)
        for sheet in load_workbook(folder / "档.xlsx").worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )


def asked(folder: Path, who: str, *more: str) -> Ran:
    return run_in(folder)("person", who, "册", "--out", "档.xlsx", *more)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Three lists about 张建国, one of which says another day of joining; another 张建国 in another township; and one without a number."""
    (tmp_path / "册").mkdir()
    here, there = ("青禾镇", "河西村"), ("望河乡", "三合村")
    book(
        tmp_path / "册" / "甲.xlsx",
        [
            (*here, "张建国", ZHANG, "男", "1985.6", "村支书"),
            (*there, "李志强", OTHER, "男", "1990.7", "村主任"),
        ],
        WHO,
    )
    book(tmp_path / "册" / "乙.xlsx", [(*here, "张 建国", ZHANG, "男", "1985-06-12", "村支书")], WHO)
    book(tmp_path / "册" / "丙.xlsx", [(*here, "张建国", ZHANG, "男", "1986年6月", "村支书")], WHO)
    book(
        tmp_path / "册" / "丁.xlsx",
        [(*here, "张建国", "", "男", "", "村支书"), (*there, "张建国", "", "男", "", "文书")],
        WHO,
    )
    return tmp_path


def test_the_printed_example_three_lines_one_contradiction_and_a_fourth_line_that_may_be_anybodys(
    books: Path,
) -> None:
    """Defaults, section 18: joined in 1985-06 twice and in 1986-06 once; a line by name in another branch is doubtful."""
    ran = asked(books, ZHANG)
    assert ran.code == 0, ran.err
    assert [row[-2].split()[0] for row in written(books)] == ["丁.xlsx", "丙.xlsx", "乙.xlsx", "甲.xlsx"]
    ((_, heading, values),) = lines(books, "写得不一样")
    (odd,) = [row for row in lines(books, "疑点") if row[1] == "警告"]
    assert odd[4].split()[0] in values, "told at one of the lines that differ"
    assert (heading, values) == (
        "入党日期",
        "1985-06：甲.xlsx 名册 第3行；1985-06-12：乙.xlsx 名册 第3行；1986-06：丙.xlsx 名册 第3行",
    )
    doubtful = lines(books, "疑似")
    assert len(doubtful) == 1 and "望河乡" in doubtful[0]


def test_days_that_can_be_one_are_no_contradiction(books: Path) -> None:
    (books / "册" / "丙.xlsx").unlink()
    assert asked(books, ZHANG).code == 0
    assert "写得不一样" not in load_workbook(books / "档.xlsx").sheetnames


def test_what_is_compared_is_what_the_policy_names_and_never_a_number(books: Path) -> None:
    text = source("person", None)[1].decode()
    (line,) = [one for one in text.splitlines() if one.startswith("headings")]
    other = text.replace(line, 'headings = ["党内职务", "联系电话", "备注"]')
    (books / "办法.toml").write_text(other, "utf-8")
    for name, post, phone in (("戊", "村主任", "13900000001"), ("己", "村支书", "13900000002")):
        book(books / "册" / f"{name}.xlsx", [("青禾镇", "河西村", "张建国", ZHANG, "男", "1985.6", post, phone, phone)], (*WHO, "联系电话", "备注"))  # fmt: skip
    assert asked(books, ZHANG, "--policy", "办法.toml").code == 0
    differing = lines(books, "写得不一样")
    assert [heading for _, heading, _ in differing] == ["党内职务", "备注"]
    assert "村主任：戊.xlsx" in differing[0][2]
    assert "13900000001" not in every_word(books)


@pytest.mark.parametrize("who", [ZHANG, ZHANG[-4:], "张建国"])
def test_a_person_is_found_by_number_by_its_last_four_and_by_a_name_that_is_one_persons(
    who: str, books: Path
) -> None:
    assert asked(books, who).code == 0
    assert len(written(books)) == 4


def test_several_of_one_name_are_named_by_township_and_year_and_no_file_is_written(books: Path) -> None:
    another = identity("1970-01-02", number=13)
    book(books / "册" / "戊.xlsx", [("望河乡", "三合村", "张建国", another, "男", "1995.7", "文书")], WHO)
    ran = asked(books, "张建国")
    assert ran.code == 2
    assert "张建国（青禾镇，1952年生）、张建国（望河乡，1970年生）" in ran.err
    assert ZHANG not in ran.err and another not in ran.err and not (books / "档.xlsx").exists()


def test_a_name_without_number_and_village_is_only_perhaps_one_persons(tmp_path: Path) -> None:
    """Two lists of a name alone: nothing says that they are about one person, so nothing is filed and nobody is named."""
    (tmp_path / "册").mkdir()
    for name in ("甲", "乙"):
        book(tmp_path / "册" / f"{name}.xlsx", [("青禾镇", "", "张建国", "", "男", "1985.6", "村支书")], WHO)
    ran = asked(tmp_path, "张建国")
    assert ran.code == 0, ran.err
    assert written(tmp_path) == []
    assert [row[-2].split()[0] for row in lines(tmp_path, "疑似")] == ["乙.xlsx", "甲.xlsx"]
    assert "写得不一样" not in load_workbook(tmp_path / "档.xlsx").sheetnames


def test_nobody_of_another_number_stands_in_the_file(books: Path) -> None:
    asked(books, ZHANG)
    text = every_word(books)
    assert "李志强" not in text and OTHER not in text


def test_whoever_is_nowhere_is_said_to_be_so_without_the_number(books: Path) -> None:
    ran = asked(books, identity("1949-10-01", number=14))
    assert ran.code == 2 and "没有找到“" in ran.err and "19491001" not in ran.err


def test_the_number_is_masked_on_the_screen_and_in_json(books: Path) -> None:
    ran = asked(books, ZHANG, "--json")
    assert ZHANG not in ran.err + ran.out
    assert json.loads(ran.out)["programme"]["name"] == "person"


def test_lines_of_results_stand_in_their_section_with_their_period_and_sum(books: Path) -> None:
    heads = (
        "乡镇",
        "村",
        "姓名",
        "身份证号",
        "性别",
        "现任职务",
        "任职时间",
        "任命文号",
        "开户行",
        "银行卡号",
    )
    cadre = (
        "青禾镇",
        "河西村",
        "张建国",
        ZHANG,
        "男",
        "村支书",
        "2021.1.10",
        "县组干〔2021〕3号",
        "农商行",
        "6222021234567890128",
    )
    book(books / "报酬.xlsx", [cadre], heads, title="在职村干部花名册")
    office = run_in(books)
    assert office("pay", "报酬.xlsx", "--period", "2026-02", "-q", "--out", "册/结果.xlsx").code == 0
    assert asked(books, ZHANG).code == 0
    paid = [row for row in written(books) if row[1] == "发放"]
    assert {row[2] for row in paid} == {"2026年2月"}
    assert [row[5] for row in paid if "报酬发放表" in row[3]] == [2000], "what is due of all parts together"
    assert [row[1] for row in written(books)] == ["基本"] * 4 + ["发放"] * len(paid)


def test_a_result_that_was_changed_and_a_file_that_cannot_be_opened_are_told_and_not_believed(
    books: Path,
) -> None:
    (books / "册" / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    ran = asked(books, ZHANG)
    assert ran.code == 1
    assert "坏.xlsx" in ran.err and "没有读懂 1" in ran.err
    assert len(written(books)) == 4


def test_what_a_hospital_found_and_who_cast_which_ballot_stand_nowhere(books: Path) -> None:
    book(
        books / "册" / "体检.xlsx",
        [("青禾镇", "河西村", "张建国", ZHANG, "2026-05-12", "高血压")],
        ("乡镇", "村", "姓名", "身份证号", "体检时间", "主要异常"),
    )
    book(
        books / "册" / "票.xlsx",
        [("1", "王桂兰", "张建国", ZHANG, "不合格")],
        ("票号", "评议人", "姓名", "身份证号", "等次"),
    )
    assert asked(books, ZHANG).code == 0
    text = every_word(books)
    assert "2026-05-12" in text
    assert "高血压" not in text and "王桂兰" not in text and "不合格" not in text


def test_with_a_ledger_it_is_recorded_that_somebody_asked_and_not_of_whom(books: Path) -> None:
    office = run_in(books)
    assert office("ledger", "init", "--ledger", "台账.db", "--paid-through", "2026-03").code == 0
    assert asked(books, ZHANG, "--ledger", "台账.db").code == 0
    with opened(books / "台账.db").reading() as connection:
        told = [link for link in links(connection) if link.what == UNMASKED]
    assert [link.more["programme"] for link in told] == ["person"]
    assert ZHANG not in str(told) and "张建国" not in str(told)
    assert office("ledger", "verify", "--ledger", "台账.db").code == 0


def test_a_folder_without_a_table_is_refused(sanchuang: Sanchuang, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    ran = sanchuang("person", "张建国", "空")
    assert ran.code == 2 and "没有表格文件" in ran.err


def test_the_page_says_whose_it_is_where_no_line_has_a_number_or_a_village(tmp_path: Path) -> None:
    (tmp_path / "册").mkdir()
    book(tmp_path / "册" / "甲.xlsx", [("张建国", "男", "村支书")], ("姓名", "性别", "现任职务"))
    ran = asked(tmp_path, "张建国")
    assert ran.code == 0, ran.err
    said = "张建国，没有身份证号，也没有写村（支部）：各行是不是本人的，说不准，都列在疑似。"
    assert said in every_word(tmp_path)
    assert len(lines(tmp_path, "疑似")) == 1


def test_a_unit_of_measure_is_no_place_and_stands_in_its_line(tmp_path: Path) -> None:
    """Of two of one name, who have no numbers, the branch tells where they belong, and the days of a course do not."""
    (tmp_path / "册").mkdir()
    heads = ("支部", "姓名", "培训名称", "数量", "单位")
    rows = [("东村支部", "张建国", "党课", 1, "天"), ("东村支部", "张建国", "读书", 2, "学时")]
    book(tmp_path / "册" / "学时.xlsx", rows, heads, title="学时登记表")
    assert asked(tmp_path, "张建国").code == 0
    said = every_word(tmp_path)
    assert "支部 东村支部；培训名称 党课；数量 1；单位 天" in said and "数量 2；单位 学时" in said
    assert run_in(tmp_path)("person", "张建国", "册").code == 0
    (made,) = tmp_path.glob("张建国*")
    assert made.name.startswith("张建国（东村支部，没有身份证号）")
    book(
        tmp_path / "册" / "又一份.xlsx", [("西村支部", "张建国", "党课", 1, "天")], heads, title="学时登记表"
    )
    ran = asked(tmp_path, "张建国")
    assert ran.code == 2 and "张建国（西村支部，没有身份证号）、张建国（东村支部，没有身份证号）" in ran.err


def test_a_unit_of_people_is_where_they_belong(tmp_path: Path) -> None:
    (tmp_path / "册").mkdir()
    rows = [("财政局", "张建国", 12), ("水利局", "张建国", 12)]
    book(tmp_path / "册" / "甲.xlsx", rows, ("单位", "姓名", "金额"))
    ran = asked(tmp_path, "张建国")
    assert ran.code == 2 and "张建国（财政局，没有身份证号）、张建国（水利局，没有身份证号）" in ran.err


def test_a_line_that_has_only_the_number_hides_no_line_under_the_name(tmp_path: Path) -> None:
    """It comes first, and a list without numbers has the man under either name that his own lines write."""
    (tmp_path / "册").mkdir()
    book(tmp_path / "册" / "1.xlsx", [(ZHANG, 300)], ("身份证号", "金额"), title="工资表")
    here = ("青禾镇", "河西村")
    known = [(*here, "张建国", ZHANG), (*here, "张建图", ZHANG)]
    book(tmp_path / "册" / "2.xlsx", known, ("乡镇", "村", "姓名", "身份证号"))
    book(tmp_path / "册" / "3.xlsx", [(*here, "张建国"), (*here, "张建图")], ("乡镇", "村", "姓名"))
    assert asked(tmp_path, ZHANG).code == 0
    assert len(written(tmp_path)) == 5
    assert f"张建国、张建图，身份证号 {ZHANG[:6]}" in every_word(tmp_path)
