"""From books to rosters: which table is which, what sets a row aside, and that no row is lost."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from pydantic import ConfigDict, TypeAdapter

from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import Cell, ErrorCell, Field, Record, Wanted
from sanchuang_cli.roster.choosing import chosen
from sanchuang_cli.roster.grid import Area, Book, Sheet
from sanchuang_cli.roster.read import ReadRosters, read, read_tables
from sanchuang_cli.roster.sorting import Sorted
from sanchuang_cli.tally import Sort

_STRUCTS = ConfigDict(arbitrary_types_allowed=True)


class Member(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    joined: Annotated[VagueDate | None, Field("入党日期", Kind.DATE)] = None
    amount: Annotated[int | None, Field("发放金额", Kind.MONEY)] = None
    card: Annotated[str, Field("银行卡号", Kind.ACCOUNT)] = ""
    spells: Annotated[tuple[Spell, ...], Field("任职经历", Kind.SPELLS)] = ()


class Village(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("村", required=True)]
    score: Annotated[Fraction, Field("得分", Kind.SCORE, required=True, maximum=100)]
    secretary: Annotated[str | None, Field("姓名", Kind.NAME)] = None


MEMBERS = Wanted(Member, "党员名册")
VILLAGES = Wanted(Village, "村得分表")
GOOD, OTHER = "23029919530815101" + check_digit("23029919530815101"), "11010519491231002X"
HEAD = ("序号", "姓名", "身份证号", "入党时间", "金额（元）")


def area(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    left: int = 1,
    name: str = "表",
    unit: str = "",
    first: int = 4,
) -> Area:
    """A table whose header is the row above `first`, with `left` - 1 empty columns before it."""
    grid = [()] * (first - 1) + [((None,) * (left - 1)) + tuple(row) for row in rows]
    return Area(
        Sheet(name, grid),
        (first - 1, first - 1),
        left,
        tuple(head),
        range(first, first + len(rows)),
        unit=unit,
        cells=lambda number: tuple(grid[number - 1]),
    )


def reading(*areas: Area, wanted: dict[str, Wanted[Any]] | None = None, **more: Any) -> ReadRosters:
    book = Book("册.xlsx", "ab" * 32, tuple(a.sheet for a in areas))
    return tables_read(book, areas, wanted or {"members": MEMBERS}, **more)


def tables_read(
    book: Book, areas: Sequence[Area], wanted: dict[str, Wanted[Any]], **more: Any
) -> ReadRosters:
    """What the reader makes of tables that have been found."""
    choices = tuple((area, chosen(area, book.name, wanted, **more)) for area in areas)
    return read_tables([Sorted(Path(book.name), book.name, Sort.USED, book, choices)], wanted, **more)


def test_a_clean_row_becomes_a_record_of_the_declared_types_with_its_row() -> None:
    row = (1.0, "王刚", GOOD, "1985.06", 1200.5)
    result = reading(area(HEAD, [row], left=2))
    (member,) = result.rosters["members"].records
    assert result.findings == ()
    assert (member.name, member.identity, member.joined, member.amount) == (
        "王刚",
        GOOD,
        VagueDate.within(1985, 6),
        120_050,
    )
    assert (member.card, member.spells) == ("", ())
    for name, declared in get_type_hints(Member).items():
        if name in Member.__struct_fields__:
            TypeAdapter(declared, config=_STRUCTS).validate_python(getattr(member, name), strict=True)
    assert str(member.row.place("joined")) == "册.xlsx 表 E4（入党时间）"
    assert member.row.written("identity", Kind.IDENTITY) == f"{GOOD[:6]}************"
    assert member.row.cells == (None, *row)


def test_blanks_of_every_sort_leave_the_default() -> None:
    result = reading(area((*HEAD, "银行卡号", "任职经历"), [(1, "王刚", GOOD, "", None, "  ", "—")]))
    (member,) = result.rosters["members"].records
    assert (member.joined, member.amount, member.card, member.spells) == (None, None, "", ())
    assert result.findings == ()


@pytest.mark.parametrize("left", [1, 3])
def test_a_filled_column_that_nobody_knows_is_told_where_any_may_matter(left: int) -> None:
    head = (*HEAD, "去世的日子", "民族", "空着的", "不要的")
    table = area(head, [(1, "王刚", GOOD, "", 3, "2026.5", "汉", "", "x")], left=left)
    wanted = {"members": replace(MEMBERS, whole=True)}
    result = reading(table, wanted=wanted, pinned={"不要的": ""})
    (warning,) = result.findings
    assert (warning.code, warning.severity) == ("columns.not-understood", Severity.WARNING)
    assert warning.message.endswith("没有读：去世的日子")
    assert reading(table, pinned={"不要的": ""}).findings == ()


def test_records_are_frozen_and_copy_like_any_other() -> None:
    (member,) = reading(area(HEAD, [(1, "王刚", GOOD, "", 3)])).rosters["members"].records
    with pytest.raises(AttributeError, match="immutable"):
        member.name = "李四"
    assert structs.replace(member, name="李四").amount == 300


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((1, "", GOOD, "1985.06", 1), "cell.blank"),
        ((1, "王刚", "", "1985.06", 1), "identity.blank"),
        ((1, "王刚", "遗失", "1985.06", 1), "identity.absent"),
        ((1, "王刚", GOOD[:17] + "?", "1985.06", 1), "identity.length"),
        ((1, "王刚", 230299195308151012.0, "1985.06", 1), "identity.precision-lost"),
        ((1, ErrorCell("#N/A"), GOOD, "1985.06", 1), "cell.formula-error"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_row_cannot_do_without_sets_it_aside_with_its_place_and_mend(
    row: tuple[Cell, ...], code: str
) -> None:
    result = reading(area(HEAD, [(1, "李四", OTHER, "", 2), row]))
    roster = result.rosters["members"]
    assert [m.name for m in roster.records] == ["李四"]
    assert [aside.number for aside in roster.set_aside] == [5]
    (finding,) = result.findings
    assert (finding.code, finding.severity, finding.place.row) == (code, Severity.ERROR, 5)
    assert finding.mend


@pytest.mark.parametrize(
    "row",
    [
        (1, "王刚", GOOD, "1976.13", 1),
        (1, "王刚", GOOD, "1985.06", "1200.005"),
        (1, "王刚", GOOD, ErrorCell("#REF!"), 1),
        (1, "王刚(已故)", GOOD, "", 1),
    ],
    ids=repr,
)
def test_all_else_is_a_warning_and_the_row_is_kept(row: tuple[Cell, ...]) -> None:
    result = reading(area(HEAD, [row]))
    assert len(result.rosters["members"].records) == 1
    assert [f.severity for f in result.findings] == [Severity.WARNING]


def test_a_score_over_its_maximum_sets_the_row_aside() -> None:
    result = reading(area(("村名", "得分"), [("东村", 101.0), ("西村", 99.5)]), wanted={"villages": VILLAGES})
    roster = result.rosters["villages"]
    assert [v.score for v in roster.records] == [Fraction(199, 2)]
    assert len(roster.set_aside) == 1


def test_money_is_scaled_by_the_heading_then_by_the_table() -> None:
    rows = [(1, "王刚", GOOD, "", 1.5)]
    in_heading = reading(area((*HEAD[:4], "金额（万元）"), rows, unit="元"))
    in_table = reading(area((*HEAD[:4], "金额"), rows, unit="万元"))
    for result in (in_heading, in_table):
        assert result.rosters["members"].records[0].amount == 1_500_000


def test_policy_columns_are_in_more_by_name() -> None:
    wanted = replace(
        MEMBERS,
        more=(Field("评定分/领导班子", Kind.SCORE, name="leaders"), Field("困难", Kind.FLAG, name="poor")),
    )
    head = (*HEAD, "评定分/领导班子", "困难")
    result = reading(area(head, [(1, "王刚", GOOD, "", 1, 86.5, "")]), wanted={"members": wanted})
    (member,) = result.rosters["members"].records
    assert member.more == {"leaders": Fraction(173, 2), "poor": None}


def test_each_table_goes_to_the_roster_it_fits_best() -> None:
    members = area(HEAD, [(1, "王刚", GOOD, "", 1)], name="甲")
    villages = area(("村名", "得分", "姓名"), [("东村", 90.0, "王刚")], name="乙")
    result = reading(members, villages, wanted={"villages": VILLAGES, "members": MEMBERS})
    assert len(result.rosters["members"].records) == len(result.rosters["villages"].records) == 1


def test_tables_of_one_sheet_with_the_same_columns_share_one_source() -> None:
    rows = [(1, "王刚", GOOD, "", 1)]
    result = reading(area(HEAD, rows), area(HEAD, [(1, "李四", OTHER, "", 1)], first=20))
    first, second = result.rosters["members"].records
    assert first.row.source is second.row.source
    assert (first.row.number, second.row.number) == (4, 20)


def test_a_table_that_is_no_roster_is_told_with_the_nearest_and_what_it_lacks() -> None:
    result = reading(
        area(HEAD, [(1, "王刚", GOOD, "", 1)]), area(("姓名", "电话"), [("张三", "1")], name="通讯录")
    )
    (note,) = result.findings
    assert (note.code, note.severity, note.place.sheet) == ("roster.unrecognised", Severity.NOTE, "通讯录")
    assert "身份证号" in note.message


@pytest.mark.parametrize(
    ("name", "heads", "code"),
    [
        ("通讯录", ("姓名", "电话", "住址"), "roster.unrecognised"),
        ("党员名册汇总", ("乡镇", "人数", "金额"), "roster.unrecognised"),
        ("甲", ("姓名", "身份证号", "人数", "住址"), "roster.unrecognised"),
        ("乙", ("姓名", "身份证号", "人数", "理论分"), "roster.unreadable"),
        ("青禾镇党员名册", ("姓名", "理论得分", "住址"), "roster.unreadable"),
    ],
)
def test_a_table_that_shows_which_roster_it_should_be_is_an_error_where_columns_lack(
    name: str, heads: tuple[str, ...], code: str
) -> None:
    """By most of what is required, or by its title: nobody in it is counted."""
    scored = MEMBERS.with_more(Field(head, name=head, required=True) for head in ("理论分", "实践分"))
    whole = area((*HEAD, "理论分", "实践分"), [(1, "王刚", GOOD, "", 1, "8", "9")])
    other = area(heads, [("张三", OTHER, "三", "四")[: len(heads)]], name=name)
    (found,) = reading(whole, other, wanted={"members": scored}).findings
    assert (found.code, found.place.sheet) == (code, name)
    assert (found.severity is Severity.ERROR) == (code == "roster.unreadable")
    assert "实践分" in found.message


def test_no_roster_at_all_stops_the_run_and_says_what_was_looked_for_and_what_was_seen() -> None:
    with pytest.raises(UserError) as stopped:
        reading(area(("名称", "电话"), [("张三", "1")], name="通讯录"))
    message = str(stopped.value)
    assert all(
        word in message for word in ("党员名册", "姓名", "身份证号", "通讯录", "“名称”、“电话”", "--columns")
    )


def test_a_book_without_any_table_stops_the_run_and_names_its_sheets() -> None:
    with pytest.raises(UserError, match="说明页"):
        tables_read(Book("册.xlsx", "", (Sheet("说明页", ()),)), (), {"members": MEMBERS})


def test_an_optional_roster_may_be_missing() -> None:
    villages = Wanted(Village, "村得分表", optional=True)
    result = reading(
        area(HEAD, [(1, "王刚", GOOD, "", 1)]), wanted={"members": MEMBERS, "villages": villages}
    )
    assert result.rosters["villages"].rows_read == 0


def test_two_columns_for_one_field_stop_the_run_with_the_line_that_settles_it() -> None:
    table = area(("姓名", "身份证号", "应发金额", "实发金额"), [("王刚", GOOD, 1, 2)])
    with pytest.raises(UserError, match=r'"应发金额" = "发放金额"'):
        reading(table)
    result = reading(table, pinned={"实发金额": "发放金额"})
    assert result.rosters["members"].records[0].amount == 200


def test_a_header_without_any_row_stops_the_run() -> None:
    with pytest.raises(UserError, match="一行数据也没有"):
        reading(area(HEAD, []))


def test_a_pinned_column_that_is_in_no_table_is_told() -> None:
    result = reading(
        area(HEAD, [(1, "王刚", GOOD, "", 1)]),
        pinned={"金 额": "发放金额", "卡 号码": "银行卡号", "B列": "姓名"},
    )
    (warning,) = result.findings
    assert (warning.code, warning.severity) == ("columns.not-there", Severity.WARNING)
    assert "卡 号码" in warning.message


def test_a_tie_on_a_required_field_is_a_tie_and_not_a_missing_column() -> None:
    table = area(("姓名", "身份证", "证件号码"), [("王刚", GOOD, OTHER)])
    with pytest.raises(UserError, match="分不清"):
        reading(table)


def test_1990_10_stored_as_a_number_asks_the_format_of_that_cell_only() -> None:
    asked: list[tuple[int, int]] = []

    def number_format(row: int, column: int) -> str:
        asked.append((row, column))
        return "0.00"

    plain = area(HEAD, [(1, "王刚", GOOD, 1985.6, 1), (2, "李四", OTHER, 1990.1, 1)], left=2)
    sheet = Sheet("表", plain.sheet.rows, number_format=number_format)
    table = Area(sheet, plain.header_rows, plain.left, plain.columns, plain.records, cells=plain.cells)
    second = reading(table).rosters["members"].records[1]
    assert second.joined == VagueDate.within(1990, 10)
    assert asked == [(5, 5)]


cells = st.one_of(
    st.none(), st.text(max_size=6), st.floats(), st.integers(-5, 10**6), st.booleans(), st.dates(),
    st.sampled_from([GOOD, OTHER, "王刚", "1985.06", "#N/A", "", "无"]),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.lists(cells, max_size=7), min_size=1, max_size=12))
def test_conservation_every_row_is_a_record_or_set_aside_with_an_error(rows: list[list[Cell]]) -> None:
    result = reading(area(HEAD, rows))
    roster = result.rosters["members"]
    (book,) = result.books
    assert (book.rows, book.set_aside) == (len(rows), len(roster.set_aside))
    assert sorted([r.row.number for r in roster.records] + [r.number for r in roster.set_aside]) == list(
        range(4, 4 + len(rows))
    )
    wrong = {f.place.row for f in result.findings if f.severity is Severity.ERROR}
    assert wrong == {row.number for row in roster.set_aside}


def _workbook(path: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def test_real_books_are_read_whatever_the_order_of_their_columns(tmp_path: Path) -> None:
    first = _workbook(
        tmp_path / "东镇.xlsx",
        [
            ["党员花名册"],
            ["填报单位：东镇"],
            list(HEAD),
            [1, "王刚", GOOD, "1985.06", 100],
            ["合计", None, None, None, 100],
        ],
    )
    second = _workbook(
        tmp_path / "西镇.xlsx",
        [["公民身份号码", "姓 名", "入党年月"], [OTHER, "李 四", 31199], ["遗失", "张三", "1976.13"]],
    )
    result = read([first, second], {"members": MEMBERS})
    roster = result.rosters["members"]
    assert [m.name for m in roster.records] == ["王刚", "李四"]
    assert [(b.file, b.rows, b.set_aside) for b in result.books] == [("东镇.xlsx", 1, 0), ("西镇.xlsx", 2, 1)]
    assert all(len(b.sha256) == 64 for b in result.books)


def test_one_book_that_cannot_be_opened_stops_the_run_and_is_named(tmp_path: Path) -> None:
    good = _workbook(tmp_path / "东镇.xlsx", [list(HEAD), [1, "王刚", GOOD, "1985.06", 100]])
    bad = tmp_path / "西镇.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(UserError, match="西镇"):
        read([good, bad], {"members": MEMBERS})
