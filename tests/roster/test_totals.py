"""Printed sums: told with both figures when they do not add up, and left alone when they may well be right."""

from pathlib import Path
from typing import Any

from tests.roster.books import audited, book, number


def differing(tmp_path: Path, *below: list[Any], amounts: tuple[Any, ...] = (100, 200)) -> list[str]:
    rows = [{"发放金额": amount, "月数": 12} for amount in amounts]
    result = audited(book(tmp_path / "甲.xlsx", *rows, below=below))
    assert result.tally.read == len(amounts) + sum(isinstance(line[1], str) for line in below)
    return [f.message for f in result.findings if f.code == "totals.differ"]


def test_a_total_that_adds_up_is_not_mentioned(tmp_path: Path) -> None:
    assert differing(tmp_path, ["合计", None, 300, 24]) == []


def test_a_wrong_total_is_told_with_both_figures_column_by_column(tmp_path: Path) -> None:
    assert differing(tmp_path, ["合计", None, 310, 24]) == [
        "合计行的发放金额写的是 310.00 元，第3至4行相加是 300.00 元，相差 10.00 元"
    ]
    assert differing(tmp_path, ["合计", None, 300, 20]) == [
        "合计行的月数写的是 20，第3至4行相加是 24，相差 4"
    ]


def test_subtotals_are_held_against_their_own_rows(tmp_path: Path) -> None:
    third: list[Any] = ["王丙", number(sequence=301), 50, 12]
    below: list[list[Any]] = [["小计", None, 300, 24], third, ["小计", None, 60, 12], ["合计", None, 350, 36]]
    assert differing(tmp_path, *below) == [
        "小计行的发放金额写的是 60.00 元，第6行相加是 50.00 元，相差 10.00 元"
    ]


def test_a_blank_sum_and_an_unreadable_amount_say_nothing(tmp_path: Path) -> None:
    assert differing(tmp_path, ["合计", None, None, 24]) == []
    assert differing(tmp_path, ["合计", None, 999, 24], amounts=(100, "若干")) == []


def test_rows_that_are_set_aside_count_in_the_sum(tmp_path: Path) -> None:
    result = audited(
        book(
            tmp_path / "甲.xlsx",
            {"发放金额": 100},
            {"发放金额": 200, "身份证号": "230227195308151014"},
            below=[["合计", None, 300]],
        )
    )
    assert result.tally.set_aside == 1
    assert [f.code for f in result.findings] == ["identity.checksum"]
