"""`sanchuang pairing` as it is typed: last year's result, a helper who leaves, and books that cannot be."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import SAMPLES, Sanchuang, book
from tests.goldens.test_pairing import HELPERS, MEMBERS, helper, helpers, members
from tests.programmes.people import identity


def page(path: Path, name: str) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path, data_only=True)[name]
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    return [line for line in lines if isinstance(line[0], int)]


@pytest.fixture
def books(tmp_path: Path) -> Path:
    book(tmp_path / "困难党员.xlsx", members()[4:7], MEMBERS, title="困难党员名册")
    book(tmp_path / "帮扶人.xlsx", helpers()[:4], HELPERS, title="帮扶人名册")
    return tmp_path


ASKED = ("pairing", "困难党员.xlsx", "帮扶人.xlsx")


def test_last_years_result_keeps_the_pairs_and_their_day(books: Path, sanchuang: Sanchuang) -> None:
    first = sanchuang(*ASKED, "--period", "2025", "--on", "2025-04-01", "--out", "上年.xlsx")
    assert first.code == 0, first.err
    plain = [[*row[:9], "", ""] for row in members()[4:7]]
    book(books / "困难党员.xlsx", plain, MEMBERS, title="困难党员名册")
    again = sanchuang(
        *(*ASKED, "--period", "2026", "--on", "2026-04-01", "--previous", "上年.xlsx", "--out", "本年.xlsx")
    )
    assert again.code == 0, again.err
    before, now = (page(books / f"{year}.xlsx", "结对帮扶一览表") for year in ("上年", "本年"))
    assert [line[1:9] for line in before] == [line[1:9] for line in now]
    assert {line[8] for line in now} == {"2025-04-01"}
    assert page(books / "本年.xlsx", "变动表") == []


def test_a_helper_is_supposed_to_leave(books: Path, sanchuang: Sanchuang) -> None:
    ran = sanchuang(
        *ASKED, "--period", "2026", "--on", "2026-04-01", "--without", "钱乡干", "--out", "测算.xlsx"
    )
    assert ran.code == 0 and "假定离任 1" in ran.err and "正式结果请去掉 --without" in ran.err
    (line,) = page(books / "测算.xlsx", "变动表")
    assert (line[3], line[5], line[-1]) == ("黄让位", "钱乡干", "离任（假定）")
    refused = sanchuang(*ASKED, "--without", "无此人", "--out", "不写.xlsx")
    assert refused.code == 2 and "--without 的“无此人”" in refused.err
    assert not (books / "不写.xlsx").exists()
    assert sanchuang("rate", "困难党员.xlsx", "--without", "谁").code == 2


def test_who_reads_the_screen_or_an_explanation_sees_no_number_and_no_cause(
    books: Path, sanchuang: Sanchuang
) -> None:
    rows = [[*row] for row in members()]
    book(books / "困难党员.xlsx", rows, MEMBERS, title="困难党员名册")
    ran = sanchuang(*ASKED, "--period", "2026", "--on", "2026-04-01", "--json", "--out", "册.xlsx")
    told = sanchuang(
        "explain", "pairing", "李父子", "困难党员.xlsx", "帮扶人.xlsx", "--period", "2026", "--all"
    )
    assert "须回避" in told.out + told.err
    for said in (ran.out, ran.err, told.out, told.err):
        assert helper(2) not in said and "因病致贫" not in said


def test_a_book_without_helpers_or_with_a_strange_column_is_told(books: Path, sanchuang: Sanchuang) -> None:
    alone = sanchuang("pairing", "困难党员.xlsx", "--out", "不写.xlsx")
    assert alone.code == 2 and "帮扶人名册" in alone.err
    heads = ["困难等次" if head == "困难程度" else head for head in MEMBERS]
    book(books / "困难党员.xlsx", members()[:1], heads, title="困难党员名册")
    missing = sanchuang(*ASKED, "--out", "不写.xlsx")
    assert missing.code == 2 and "困难程度" in missing.err


def test_a_blank_an_unread_and_a_double_row_wait_or_count_once(books: Path, sanchuang: Sanchuang) -> None:
    rows = [[*row] for row in members()[4:7]]
    rows.append([*rows[0]])
    rows.append([*rows[1][:5], "", *rows[1][6:]])
    rows[-1][4] = identity("1950-04-20", number=20)
    book(books / "困难党员.xlsx", rows, MEMBERS, title="困难党员名册")
    people = [[*row] for row in helpers()[:4]]
    people[3][7] = "一两个"
    people[2][4] = ""
    book(books / "帮扶人.xlsx", people, HELPERS, title="帮扶人名册")
    ran = sanchuang(*ASKED, "--period", "2026", "--on", "2026-04-01", "--out", "册.xlsx")
    assert ran.code == 1
    assert "读取 5 = 已结对 3 + 未结对 0 + 重复合并 1 + 待核实 1" in ran.err.replace("\n", "")
    assert "读取 4 = 有任务 2 + 无任务 0 + 待核实 2" in ran.err.replace("\n", "")


def test_the_list_of_the_same_year_keeps_its_pairs_and_days(books: Path, sanchuang: Sanchuang) -> None:
    """What was settled in March is not told anew in June, also where the roster still names last year's helper."""
    march = sanchuang(*ASKED, "--period", "2026", "--on", "2026-03-31", "--out", "定案.xlsx")
    assert march.code == 0, march.err
    settled = page(books / "定案.xlsx", "结对帮扶一览表")
    june = (*ASKED, "--period", "2026", "--on", "2026-06-30", "--out", "再做.xlsx", "--previous", "定案.xlsx")
    again = sanchuang(*june)
    assert again.code == 0, again.err
    assert [line[1:9] for line in page(books / "再做.xlsx", "结对帮扶一览表")] == [
        line[1:9] for line in settled
    ]
    name, number = HELPERS.index("姓名"), HELPERS.index("身份证号")
    has = {line[3]: line[5] for line in settled}
    rows = [
        [
            *row[:9],
            next(one[number] for one in helpers()[:4] if one[name] != has[row[MEMBERS.index("姓名")]]),
            "2020-01-01",
        ]
        for row in members()[4:7]
    ]
    book(books / "困难党员.xlsx", rows, MEMBERS, title="困难党员名册")
    assert sanchuang(*june).code == 0
    assert [line[1:9] for line in page(books / "再做.xlsx", "结对帮扶一览表")] == [
        line[1:9] for line in settled
    ]


def test_another_programmes_list_of_the_same_year_is_refused(books: Path, sanchuang: Sanchuang) -> None:
    assert sanchuang("rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--out", "星级.xlsx").code in (0, 1)
    ran = sanchuang(*ASKED, "--period", "2026", "--out", "不写.xlsx", "--previous", "星级.xlsx")
    assert ran.code == 2 and "不是 pairing 的" in ran.err
