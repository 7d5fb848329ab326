"""The charts of a workbook: which cells they draw, in which fonts, and how much room they take."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import chart, workbook
from sanchuang_cli.table import Chart, Column, Table
from tests.report import made_up


def chart_of(folder: Path, table: Table) -> str:
    """The drawing of the table's chart, as it stands in the workbook."""
    workbook.write(folder / "a.xlsx", [table], on=date(2026, 6, 30))
    with zipfile.ZipFile(folder / "a.xlsx") as package:
        return package.read("xl/charts/chart1.xml").decode()


def test_a_chart_draws_the_columns_it_names_over_all_rows(tmp_path: Path) -> None:
    columns = (
        Column("t", "乡镇"),
        Column("a", "上期/金额", Kind.MONEY),
        Column("b", "本期/金额", Kind.MONEY),
    )
    table = Table(
        "对比", "两期对比", columns, [("甲", 1, 2), ("乙", 3, 4)], chart=Chart("金额", "t", ("a", "b"), "bar")
    )
    drawn = chart_of(tmp_path, table)
    for expected in (
        "对比!$A$4:$A$5",
        "对比!$B$4:$B$5",
        "对比!$C$4:$C$5",
        "上期金额",
        "本期金额",
        "黑体",
        "仿宋",
    ):
        assert expected in drawn
    assert "<a:pattFill" in drawn


def test_a_charts_fonts_are_named_for_chinese_characters_too(tmp_path: Path) -> None:
    drawn = chart_of(tmp_path, made_up.stars())
    fonts = set(re.findall(r'<a:latin typeface="([^"]+)"', drawn))
    assert fonts == set(re.findall(r'<a:ea typeface="([^"]+)"', drawn)) == {"黑体", "仿宋"}


def test_without_the_private_names_a_chart_is_still_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart, "_TOUCHED", ("_no_such_name",))
    drawn = chart_of(tmp_path, made_up.stars())
    assert "<a:ea" not in drawn
    assert '<a:latin typeface="黑体"' in drawn


@pytest.mark.parametrize(("count", "direction"), [(8, "col"), (30, "bar")])
def test_columns_lie_where_there_are_too_many_to_stand_and_get_room_for_each(
    tmp_path: Path, count: int, direction: str
) -> None:
    columns = (Column("t", "乡镇"), Column("a", "金额", Kind.MONEY))
    picture = Chart("金额", "t", ("a",))
    table = Table("表", "题", columns, [(f"第{n}镇", n) for n in range(count)], chart=picture)
    assert f'<c:barDir val="{direction}"/>' in chart_of(tmp_path, table)
    assert chart.height(picture, table) == (300 if count == 8 else 110 + 30 * 24)
