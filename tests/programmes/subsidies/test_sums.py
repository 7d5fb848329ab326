"""Figures that stand beside each other and differ are explained where they stand, by arithmetic that holds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.payroll import transfer
from sanchuang_cli.domain.people import Member
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.record import Roster
from sanchuang_cli.report import appendix, bank
from sanchuang_cli.report.printed_lines import body
from sanchuang_cli.table import Table
from tests.command import SAMPLES, Ran, run_in
from tests.programmes.people import changed, run
from tests.programmes.subsidies.test_properties import rosters
from tests.sums import all_true, is_true

TOGETHER = changed(lambda edition: edition.update(exclusive=[]))
"""Nothing rules anything else out, so that many draw several benefits."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    folder = tmp_path_factory.mktemp("样例")
    asked = ("--period", "2026Q3", "--out", "册.xlsx", "--bank", "代发")
    return folder, run_in(folder)("subsidies", SAMPLES / "members.xlsx", *asked)


def lines_of(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path, data_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))


def test_every_sum_on_the_screen_and_on_the_pages_of_the_sample_is_true(sample: tuple[Path, Ran]) -> None:
    folder, ran = sample
    (check,) = (folder / "代发").glob("*核对单.xlsx")
    screen, pages, banks = ran.err.splitlines(), list(lines_of(folder / "册.xlsx")), list(lines_of(check))
    people = "257 + 253 + 8 = 518 人次"
    due = "花名册 518 笔 431,470.00 元 = 代发 514 笔 428,260.00 元 + 无有效账户 4 笔 3,210.00 元"
    refused = "105 项 - 另有补贴在发的 3 人 = 102 人"
    read = "读取 1010 = 党员和离任村干部名册 877 + 任职经历 133"
    assert {people, "518 - 1 = 517 人", due, refused} <= set(all_true(screen))
    assert {people, "518 - 1 = 517 人", refused, read} <= set(all_true(pages))
    reached = "花名册 517 人 431,470.00 元 = 银行代发 513 人 428,260.00 元 + 无有效账户 4 人 3,210.00 元"
    assert reached in all_true(pages)
    assert due in all_true(banks) and len(all_true(banks)) == 4


def test_the_screen_sums_every_figure_that_adds_up(sample: tuple[Path, Ran]) -> None:
    (total, *_) = (line for line in sample[1].err.splitlines() if line.startswith("│合计"))
    assert [cell.strip() for cell in total.strip("│").split("│")] == [
        "合计", "518", "1537", "0.00", "431,470.00", "105",
    ]  # fmt: skip


def outcome(people: list[Member]) -> Outcome:
    when = Period.parse("2026Q2")
    by_name: dict[str, Roster[Any]] = {"members": Roster(tuple(people))}
    return subsidies.PROGRAMME.run(by_name, TOGETHER, Occasion(when, when.last))


def summed(table: Table, name: str) -> int:
    return sum(row[table.index(name)] or 0 for row in table.rows)


def has(table: Table, *figures: int) -> bool:
    """Whether a sum below the page has all these figures."""
    told = [set(re.findall(r"\d+", note.replace(",", ""))) for note in table.notes if " = " in note]
    return any({str(figure) for figure in figures} <= own for own in told)


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_no_page_counts_more_people_than_are_paid_without_a_line_that_says_why(people: list[Member]) -> None:
    made = outcome(people)
    heads = len(run(*people, policy=TOGETHER).paid)
    all_true(note for table in (*made.tables, *made.on_terminal) for note in table.notes)
    by_name = {table.name: table for table in (*made.tables, *made.on_terminal)}
    for name, column in (("分档人数", "people"), ("概要", "lines")):
        counted = summed(by_name[name], column)
        assert counted == heads or has(by_name[name], counted, heads), name
    refused, standing = len(by_name["不予发放名单"].rows), dict(made.tally.parts)["不予发放"]
    assert refused == standing or has(by_name["不予发放名单"], refused, standing)
    for name in ("分乡镇汇总表", "年龄分布"):
        table = by_name[name]
        several = [c.name for c in table.columns if c.name.startswith("people") and c.name != "people"]
        for row in table.rows:
            told = {c.name: value for c, value in zip(table.columns, row, strict=True)}
            assert told["people"] == sum(told[one] for one in several) - told.get("repeated", 0), name
        assert summed(table, "people") == heads


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_what_is_due_is_what_the_bank_is_sent_and_what_has_no_account(people: list[Member]) -> None:
    result = run(*people, policy=TOGETHER)
    lists = transfer.payments(result.whole)
    said = bank.added_up(lists)
    assert is_true(said) and said.startswith(f"花名册 {sum(map(len, result.lines.values()))} 笔")
    (without,) = (table for table in outcome(people).tables if table.name == "无有效账户名单")
    reached = [one for one in result.paid if not flaw(one.record.account)]
    assert len(without.rows) + len(reached) == len(result.paid)
    assert not without.rows or has(without, len(result.paid), len(reached), len(without.rows))


@settings(max_examples=40, deadline=None)
@given(rosters(), st.booleans())
def test_every_subtotal_of_a_list_of_people_says_how_many_they_are(people: list[Member], whole: bool) -> None:
    for table in outcome(people).tables:
        if not table.name.endswith("花名册"):
            continue
        counted, since = [], 0
        for line in body(table):
            since += not line.label
            if line.label.endswith("人）") and "小计" in line.label:
                assert line.label.endswith(f"小计（{since}人）")
                counted.append(since)
                since = 0
        assert sum(counted) == len(table.rows)
        if table.rows:
            assert line.label == f"合计（{len(table.rows)}人）"


def test_a_person_with_several_lines_is_counted_once_beside_the_lines() -> None:
    table = next(one for one in outcome([]).tables if one.name == "无有效账户名单")
    at, width = table.index("identity"), len(table.columns)
    rows = [tuple(who if j == at else None for j in range(width)) for who in ("甲", "甲", "乙")]
    assert table.heads(rows) == "2人3笔"
    assert table.heads([*rows, (None,) * width]) == "4户" and table.heads([]) == ""


def test_a_part_of_a_page_does_not_say_what_is_true_of_all_of_it() -> None:
    table = Table("表", "题", outcome([]).tables[0].columns[:2], [], notes=("甲", "乙"), of_all=("甲",))
    assert table.part("township", [], "青禾镇").notes == ("乙",)
    whole = Table(
        "表", "题", table.columns, [(1, "青禾镇")], notes=("共 2 = 1 + 1", "依据"), of_all=("共 2 = 1 + 1",)
    )
    assert [one.notes for one in appendix.apart(whole, "乡镇")] == [("依据",)]
