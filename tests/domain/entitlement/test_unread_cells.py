"""A cell that says something nobody can read is told as such, once, and is never one that was left blank."""

import pytest

from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, finding, trouble
from sanchuang_cli.domain.entitlement.unread import illegible, with_unreadable
from sanchuang_cli.finding import Severity
from sanchuang_cli.record import NOT_WORKED_OUT
from tests.programmes.people import member, spoilt

BASIS, MEND = "看不清的内容不作为发放的依据", "请核实后改成规定的写法。"
MISSING = trouble("unclear", "left", "未填", "五", "请补填。")


@pytest.mark.parametrize(
    ("heading", "said", "unread"),
    [
        ("离任日期", "待定", ["left"]), ("离任日期", "至今", []), ("离任日期", " 在 任 ", []), ("离任日期", "无", []), ("离任日期", "健在", ["left"]),
        ("暂停止", "现在", []), ("暂停起", "现在", ["suspended_from"]), ("死亡日期", "在世", []), ("死亡日期", "至今", ["died_on"]),
        ("死亡日期", "—", []), ("审批日期", "健在", ["approved_on"]), ("审批日期", "没有", []), ("列入台账日期", "2026.6.31", ["ledger_on"]),
    ],
)  # fmt: skip
def test_a_cell_is_as_good_as_blank_where_its_word_can_mean_so(
    heading: str, said: str, unread: list[str]
) -> None:
    assert illegible(spoilt(member(), heading, said=said)) == unread


def test_what_cannot_be_read_is_quoted_and_stands_before_what_is_lacking_elsewhere() -> None:
    row = spoilt(member(), "死亡日期", "离任日期", said="待定")
    told = RowTrouble("unread", "died_on", "这一格写的是“待定”，看不出意思，不能当作没有填写", BASIS, MEND)
    assert with_unreadable(row, {"died_on"}, [MISSING]) == [told, MISSING]
    left = told._replace(column="left")
    assert with_unreadable(row, {"died_on", "left"}, [MISSING]) == [told, left]
    assert with_unreadable(row, set(), [MISSING]) == [MISSING]
    assert with_unreadable(member(), {"died_on", "left"}, [MISSING]) == [MISSING]


def test_a_formula_that_was_not_worked_out_is_told_so_and_numbers_are_not_quoted_whole() -> None:
    (one,) = with_unreadable(spoilt(member(), "死亡日期", said=NOT_WORKED_OUT), {"died_on"}, [])
    assert one.message == f"这一格{NOT_WORKED_OUT}，不能当作没有填写"
    (one,) = with_unreadable(spoilt(member(), "死亡日期", said="见 230299195003150038"), {"died_on"}, [])
    assert "230299195003150038" not in one.message


def test_a_trouble_has_the_words_of_the_table_where_it_brings_none_and_its_place_in_the_row() -> None:
    row = member(left="2001-07")
    assert trouble("unread", "left", "甲") == RowTrouble("unread", "left", "甲", BASIS, MEND)
    assert trouble("unread", "left", "甲", "乙", "丙") == RowTrouble("unread", "left", "甲", "乙", "丙")
    found = finding(row, trouble("unread", "left", "甲"))
    assert (found.code, found.severity, found.message) == ("unread", Severity.ERROR, "村民1：甲")
    assert (found.place.heading, found.basis, found.mend) == ("离任日期", BASIS, MEND)
    assert finding(row, trouble("unread", "left", "甲"), Severity.WARNING).severity is Severity.WARNING
