"""Words beside a date, over the date columns of every programme: harmless ones are read with a note, and any others leave
the cell unread, so that nothing is concluded from its row."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from sanchuang_cli.finding import Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.record import Field, Roster
from tests.roster.parsing import read_cell
from tests.test_contract import read

DATES = {
    field.heading: field
    for one in PROGRAMMES
    for wanted in one.load().reads.values()
    for field in wanted.fields
    if field.kind is Kind.DATE
}
HARMLESS = (
    "补批",
    "补录",
    "市级",
    "换届",
    "星期三",
    "67岁",
    "农历六月初七",
    "县组发〔2010〕15号",
    "望组干〔2024〕3号",
    "云陵县组发〔2024〕3号",
    "县委组织部",
    "公示无异议",
    "微信缴费",
    "入户",
    "中秋节",
    "已核实",
    "档案记载",
)
OTHER = (
    *("撤销", "已取消", "退回", "驳回", "否", "无", "申请", "上报", "计划", "预定", "延期", "改期", "流会", "误", "拟", "未批"),
    *("其妻", "其子", "儿子", "老伴去世", "他人", "代检", "家属", "仍在任", "连任", "已复职", "撤职", "已迁回", "2024.12退出"),
    *("请假", "缺席", "部分", "反弹", "撤下", "已还", "未到账", "冲红", "拒收", "复核时取消资格", "县里还没有批下来", "下月", "待定"),
)  # fmt: skip
fields = st.sampled_from(list(DATES.values()))
days = st.dates(date(1930, 1, 1), date(2026, 12, 31))
brackets = st.sampled_from(["（{}）", "({})", " ({})"])


@given(fields, days, st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=2), brackets)
def test_harmless_words_beside_a_date_leave_it_as_it_is_and_are_noted(
    field: Field, day: Any, said: list[str], bracket: str
) -> None:
    read = read_cell(field, f"{day}{bracket.format('，'.join(said))}")
    assert (read.value, read.codes) == (VagueDate.on(day), ("date.remark",))


@given(
    fields,
    days,
    st.sampled_from(OTHER) | st.text("天地玄黄宇宙洪荒", min_size=4, max_size=8),
    st.sampled_from(("", *HARMLESS)),
    brackets,
)
def test_any_other_words_beside_a_date_leave_it_unread(
    field: Field, day: Any, said: str, more: str, bracket: str
) -> None:
    assume(said not in field.heading)  # 申请日期 2026.8.15（申请）
    for words in (f"{said}{more}", f"{more}，{said}"):
        assert read_cell(field, f"{day}{bracket.format(words)}").value is None
        assert read_cell(field, f"{day}{words}").value is None


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        *(("死亡日期", said) for said in ("病故", "因病去世", "死亡", "肺癌", "心脏病", "家属报")),
        *(
            ("离任日期", said)
            for said in (
                "辞职",
                "因病辞职",
                "退休",
                "换届落选",
                "离任",
                "因病",
                "年龄原因",
                "并村",
                "年龄",
                "正常离任",
            )
        ),
        *(
            ("免职日期", "免职"),
            ("处分日期", "党内严重警告"),
            ("处分日期", "警告"),
            ("判刑日期", "缓刑"),
            ("判决日期", "有期徒刑三年"),
            ("户籍迁出日期", "迁出"),
        ),
        *(("暂停起", "起"), ("任职起始", "起"), ("任职起始", "当选"), ("合同起", "续签")),
    ],
)
def test_a_word_for_what_the_column_asks_for_says_the_same_once_more(heading: str, said: str) -> None:
    behind = () if re.search("[一二三]年", said) else (f"2026年8月{said}",)
    for cell in (f"2026.8（{said}）", *behind):
        assert read_cell(DATES[heading], cell)[:2] == (VagueDate.within(2026, 8), ("date.remark",))
        assert read_cell(DATES["出生日期"], cell).value is None


@pytest.mark.parametrize("said", ["书记病故", "离任", "调离"])
def test_why_a_post_fell_vacant_may_stand_beside_the_day(said: str) -> None:
    read = read_cell(Field("书记空缺起始日期", Kind.DATE), f"2026.7.15（{said}）")
    assert read[:2] == (VagueDate.on(date(2026, 7, 15)), ("date.remark",))


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("死亡日期", "火化"),
        ("死亡日期", "老伴去世"),
        ("离任日期", "撤职"),
        ("判刑日期", "刑满释放"),
        ("判刑日期", "取保候审"),
        ("判刑日期", "无罪"),
        ("处分日期", "撤销警告处分"),
        ("审批日期", "警告"),
        ("体检日期", "因病"),
        ("死亡日期", "车祸，未死亡"),
        ("审批日期", "起"),
    ],
)
def test_a_word_for_another_day_or_matter_does_not(heading: str, said: str) -> None:
    assert read_cell(DATES[heading], f"2026.8（{said}）").value is None


@pytest.mark.parametrize("one", [one for one in PROGRAMMES if one.name not in ("rate", "subsidies")])
def test_nothing_is_concluded_from_a_row_with_a_date_that_is_unread(one: ListedProgramme) -> None:
    """One row for each date column that the sample has, all of them in one run. Where only the columns count that a policy asks
    for, tests/wild tries each of those."""
    programme, rosters, file, when = read(one)
    changed: set[tuple[str, str, int]] = set()
    given = dict(rosters)
    for name in programme.mains:
        records = list(rosters[name].records)
        for at, field in enumerate(_asked(programme.reads[name].fields, records)):
            place = -1 - at % len(records)
            records[place] = _unread(records[place], field)
            changed.add(records[place].row.line)
        given[name] = Roster(tuple(records), rosters[name].set_aside)
    outcome = programme.run(given, file, when)
    told = {
        (found.place.book, found.place.sheet, found.place.row)
        for found in outcome.findings
        if found.severity is Severity.ERROR
    }
    assert changed <= told


def _asked(fields: tuple[Field, ...], records: list[Any]) -> list[Field]:
    columns = records[0].row.source.columns if records else {}
    return [one for one in fields if one.kind is Kind.DATE and not one.idle and one.name in columns]


def _unread(record: Any, field: Field) -> Any:
    cells = list(record.row.cells)
    cells[record.row.source.columns[field.name][0] - 1] = "2026.3（撤销）"
    row = replace(record.row, cells=tuple(cells), unread=(*record.row.unread, field.name))
    return replace(record, row=row, **{field.name: None})


@pytest.mark.parametrize(
    "written", ["农历2026年七月初六{}", "2026年7月6日{}（农历）", "2026年闰七月初六{}", "约2026年{}"]
)
@pytest.mark.parametrize("said", ["撤销", "（其妻）", "误报"])
def test_nor_do_words_beside_a_day_that_is_not_exact(written: str, said: str) -> None:
    assert read_cell(DATES["死亡日期"], written.format("")).value
    assert read_cell(DATES["死亡日期"], written.format(said)).value is None
