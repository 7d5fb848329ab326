"""Digests of results: the same for the same values, another for any other, with the row and column of the one that changed."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.record import ErrorCell
from sanchuang_cli.report.digest import Digest, Seal, Sealed, canonical, column, pieces, whole_numbers


def test_the_digest_is_over_values_and_not_over_how_they_are_kept() -> None:
    assert column(["a", "b"]) == ["a", "b"]
    assert column([1, 1.0, 0.1 + 0.2, -0.0]) == column([1.0, 1, 0.3, 0])
    assert canonical("e\u0301\r\n ") == canonical("é")
    assert len({canonical(one) for one in (1, "1", True, None, "0", 0, 0.01)}) == 7


def test_two_rows_that_changed_places_are_a_change_and_name_no_row() -> None:
    before, after = (Sealed.of("表", 4, [column(["人", *rows])]) for rows in (["甲", "乙"], ["乙", "甲"]))
    assert before.sums.rows == after.sums.rows
    assert before.changed(after) == (0, 1)
    assert before.changed(before) is None


@pytest.mark.parametrize(
    ("whole", "spoilt"), [("又:4.1.", "又:4."), ("又:4.1.", "又4.1."), ("又:4.1.", ":4.1."), (" 政策 ", " ")]
)
def test_a_digest_of_which_one_sheet_cannot_be_read_is_none(whole: str, spoilt: str) -> None:
    sheets = [Sealed.of(name, 4, [column(["甲"])]) for name in ("表", "又")]
    digest = str(Digest.of({"2012-01-01": "ab12"}, sheets))
    assert whole in digest and Digest.parse(digest)
    assert Digest.parse(digest.replace(whole, spoilt)) is None


def test_a_digest_is_read_as_it_was_written_however_long() -> None:
    sheets = [Sealed.of(f"乡镇{n}花名册", 4, [column([n, "x"]), column(["甲", "乙"])]) for n in range(900)]
    digest = Digest.of({"2012-01-01": "ab12", "2026-05-01": ""}, sheets)
    read = Digest.parse(str(digest))
    assert read
    assert (read.sha256, read.editions) == (digest.sha256, digest.editions)
    assert [str(one) for one in read.sheets] == [str(one) for one in sheets]
    assert Digest.of(read.editions, reversed(sheets)).sha256 == digest.sha256


@given(
    st.lists(
        st.tuples(st.sampled_from(["甲", "乙小计", "合计", ""]), st.sampled_from(["", "1", "字"])), max_size=9
    ),
    st.integers(1, 9),
)
def test_a_sheet_sealed_a_few_rows_at_a_time_is_sealed_as_a_whole(
    rows: list[tuple[str, str]], few: int
) -> None:
    seal = Seal()
    for start in range(0, len(rows), few):
        seal.take(list(map(list, zip(*rows[start : start + few], strict=True))))
    columns = list(map(list, zip(*rows, strict=True))) or [[], []]
    assert seal.set("表", 2) == Sealed.of("表", 2, columns)


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        (None, ""), ("", ""), (" 张三\r\n李四\r王五 ", "张三\n李四\n王五"), ("e\u0301", "é"), ("12", "12"),
        (0, "\x030"), (-12, "\x03-12"), (1200, "\x031200"), (12.0, "\x0312"), (0.1 + 0.2, "\x030.3"), (1.25, "\x031.25"), (-0.5, "\x03-0.5"),
        (1 / 3, "\x030.333333"), (date(1900, 1, 1), "\x032"), (date(2026, 3, 1), "\x0346082"), (datetime(2026, 3, 1, 18), "\x0346082.75"),
        (True, "\x04True"), (False, "\x04False"), (Fraction(1, 3), "\x041/3"), (ErrorCell("#N/A"), "\x04#N/A"),
    ],
)  # fmt: skip
def test_a_value_has_one_form_that_never_changes(cell: Any, form: str) -> None:
    """What was written years ago is held against what is worked out today: a form that changes makes every old result false."""
    assert canonical(cell) == form
    assert column([cell, cell, "别的"]) == [form, form, "别的"]


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([1.0, 0.5, 0.0, -0.0]), st.dates(date(1950, 1, 1)),
    st.sampled_from(["", "甲", " 甲 ", "甲\r\n乙", "e\u0301", "é", "1"]),
)  # fmt: skip


@given(st.one_of(st.lists(CELLS), st.lists(st.sampled_from(["甲", " 甲", "e\u0301", "é", "甲\r乙", ""]))))
def test_a_column_has_the_form_of_each_of_its_cells(cells: list[Any]) -> None:
    assert column(cells) == [canonical(cell) for cell in cells]


def test_whole_numbers_have_the_form_that_a_column_of_them_has() -> None:
    assert whole_numbers([0, 7, -300]) == column([0, 7, -300])


SHEET: list[list[Any]] = [
    ["单位", "青禾镇", "望河乡", "东山镇小计（3户）", "合计"],
    ["人数", 3, None, 4, 7],
    ["金额", 1200.5, "另行计算", True, 2400],
    [None] * 5,
]


def sealed(columns: list[list[Any]], first: int = 4) -> Sealed:
    return Sealed.of("汇总表", first, list(map(column, columns)))


def test_a_digest_of_long_ago_is_that_of_today() -> None:
    """The sums and the digest of this sheet as they were first written: whoever changes how they are worked out, changes this line."""
    plain = Sealed.of("名单", 3, [column(["姓名", "张三"]), column(["年龄", 61])])
    digest = Digest.of({"2012-01-01": "ab12", "2026-05-01": ""}, [sealed(SHEET), plain])
    assert str(digest).split(" 表 ")[0] == (
        "SHA-256 cff8142f7e4ead0a63bb812fd3bc98cc68af10011f31788a45aa29fc5b4d7aa5 政策 2012-01-01:ab12,2026-05-01:"
    )
    assert str(digest).split(" 表 ")[1].split("/") == [
        "汇总表:4.5.78cb82e2.39c5067d.7343ef59.0dd62c51.743db30b.7555be77.7a1bda74.70879d21",
        "名单:3.2.6485bce3.4e6ab0af.61a59dff.76426d37",
    ]


@pytest.mark.parametrize("row", range(5))
@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("first", [1, 4])
def test_the_one_value_that_changed_is_named_by_its_row_and_column(row: int, at: int, first: int) -> None:
    """Of the sheet; the first column tells rows of sums from others, so of a row that is none any more only the row is known."""
    changed = [list(cells) for cells in SHEET]
    changed[at][row] = "改过"
    place = sealed(SHEET, first).changed(sealed(changed, first))
    assert place == (first + row, 0 if (row, at) in ((3, 0), (4, 0)) else at + 1)


def test_a_change_that_changes_the_sum_too_is_named_by_itself() -> None:
    changed = [list(cells) for cells in SHEET]
    changed[1][1], changed[1][4] = 5, 9
    assert sealed(SHEET).changed(sealed(changed)) == (5, 2)


@given(st.text("甲乙丙", max_size=9), st.integers(1, 4))
def test_the_pieces_of_a_long_text_are_the_text(text: str, room: int) -> None:
    cut = list(pieces(text, room))
    assert "".join(cut) == text and all(len(piece) == room for piece in cut[:-1])
    assert all(0 < len(piece) <= room for piece in cut)
