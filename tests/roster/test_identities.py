"""Identity numbers, accounts and phones: told apart are valid, mended, invalid and destroyed."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain import identity, partial
from sanchuang_cli.finding import Severity
from sanchuang_cli.kind import NOTHING, Kind
from sanchuang_cli.record import Field
from sanchuang_cli.roster.cells.identities import identity_part
from sanchuang_cli.roster.cells.troubles import Parsed
from tests.domain.test_identity import numbers
from tests.roster.parsing import read_cell

GOOD = "230227195308151013"
OTHER = "11010519491231002X"

ID_SHAPES: tuple[tuple[Callable[[str], str], tuple[str, ...]], ...] = (
    (lambda n: n, ()),
    (lambda n: f" {n} ", ()),
    (lambda n: n.lower(), ()),
    (lambda n: f"'{n}", ("identity.tidied",)),
    (lambda n: f"{n[:6]} {n[6:14]} {n[14:]}", ("identity.tidied",)),
    (lambda n: f"{n[:6]}-{n[6:14]}-{n[14:]}", ("identity.tidied",)),
    (lambda n: "".join(chr(ord(c) + 0xFEE0) for c in n), ("identity.tidied",)),
    (lambda n: n[:9] + "\u200b" + n[9:], ("identity.tidied",)),
    (lambda n: f"{n}.0", ("identity.tidied",)),
)


@given(numbers, st.sampled_from(ID_SHAPES))
def test_a_valid_number_in_any_shape_is_read(
    number: str, shape: tuple[Callable[[str], str], tuple[str, ...]]
) -> None:
    write, codes = shape
    assert read_cell(Kind.IDENTITY, write(number))[:2] == (number, codes)


@pytest.mark.parametrize("x", list("xХхⅩ×Ｘ"))
def test_anything_that_looks_like_the_last_X_is_one(x: str) -> None:
    assert read_cell(Kind.IDENTITY, OTHER[:17] + x).value == OTHER


@pytest.mark.parametrize("cell", ["230227530815101", 230227530815101.0, 230227530815101], ids=repr)
def test_E_05_fifteen_digits_are_upgraded_with_a_note(cell: object) -> None:
    read = read_cell(Kind.IDENTITY, cell)
    assert (read.value, read.codes) == (GOOD, ("identity.upgraded",))
    assert read.findings[0].severity is Severity.NOTE


@pytest.mark.parametrize(
    "cell",
    ["230227195308151000", 230227195308151000.0, 230227195308151000, "2.30227E+17", "2.30227195308151e+17"],
    ids=repr,
)
def test_E_09_lost_digits_are_an_error_and_never_repaired(cell: object) -> None:
    read = read_cell(Kind.IDENTITY, cell)
    assert (read.value, read.codes) == (None, ("identity.precision-lost",))
    assert read.findings[0].severity is Severity.ERROR
    assert "精度丢失" in read.findings[0].message
    assert "文本" in read.findings[0].mend


@given(numbers)
def test_a_number_cell_of_eighteen_digits_is_lost_even_where_it_happens_to_check(number: str) -> None:
    if number.endswith("X"):
        return
    assert read_cell(Kind.IDENTITY, float(number)).codes == ("identity.precision-lost",)


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_any_single_changed_digit_is_an_error(number: str, at: int, by: int) -> None:
    changed = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    read = read_cell(Kind.IDENTITY, changed)
    assert read.value is None
    assert read.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("230227195308151014", "identity.checksum"),
        ("23022719530815101", "identity.length"),
        ("2302271953081510133", "identity.length"),
        ("230227********1013", "identity.masked"),
        (f"{GOOD}/{OTHER}", "identity.two"),
        (f"{GOOD} {OTHER}", "identity.two"),
        (f"{GOOD}\n{OTHER}", "identity.two"),
        ("230227531315101", "identity.birth"),
        ("230227195313151018"[:17] + identity.check_digit("23022719531315101"), "identity.birth"),
        (True, "identity.length"),
        (-5.0, "identity.length"),
    ],
    ids=repr,
)
def test_each_way_of_being_wrong_has_its_code_and_is_an_error(cell: object, code: str) -> None:
    read = read_cell(Kind.IDENTITY, cell)
    assert (read.value, read.codes) == (None, (code,))
    assert read.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize("cell", sorted(NOTHING))
def test_who_need_have_no_number_has_none_where_that_is_said(cell: str) -> None:
    read = read_cell(Field("配偶身份证号", Kind.IDENTITY), cell)
    assert (read.value, read.codes) == (None, ())


@pytest.mark.parametrize("cell", ["遗失", "正在补办"])
def test_words_for_no_number_set_a_row_aside_only_where_one_is_required(cell: str) -> None:
    required = read_cell(Field("身份证号", Kind.IDENTITY, required=True), cell)
    optional = read_cell(Field("身份证号", Kind.IDENTITY), cell)
    assert required.codes == optional.codes == ("identity.absent",)
    assert required.findings[0].severity is Severity.ERROR
    assert optional.findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "cell",
    ["6221260000000000", "6221 2600 0000 0000", "'6221260000000000", "６２２１２６００００００００００"],
    ids=repr,
)
def test_card_numbers(cell: str) -> None:
    assert read_cell(Kind.ACCOUNT, cell)[:2] == ("6221260000000000", ())


def test_an_account_that_fails_luhn_is_kept_with_a_warning() -> None:
    read = read_cell(Kind.ACCOUNT, "6221260000000001")
    assert (read.value, read.codes) == ("6221260000000001", ("account.luhn",))
    assert read.findings[0].severity is Severity.WARNING


def test_a_short_account_in_a_number_cell_kept_all_its_digits() -> None:
    assert read_cell(Kind.ACCOUNT, 100200300400.0).value == "100200300400"


@pytest.mark.parametrize("cell", [6221260000000000.0, "6.22126E+15", 6217000010000000003], ids=repr)
def test_a_card_number_in_a_number_cell_has_lost_digits(cell: object) -> None:
    read = read_cell(Kind.ACCOUNT, cell)
    assert (read.value, read.codes) == (None, ("account.precision-lost",))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("13812345678", "13812345678"),
        (13812345678.0, "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0452-3123456", "04523123456"),
        ("(0452)3123456", "04523123456"),
        ("3123456", "3123456"),
    ],
    ids=repr,
)
def test_phones(cell: object, number: str) -> None:
    assert read_cell(Kind.PHONE, cell)[:2] == (number, ())


def test_of_two_phones_the_first_is_kept_with_a_warning() -> None:
    assert read_cell(Kind.PHONE, "13812345678/13912345678")[:2] == ("13812345678", ("phone.two",))


@pytest.mark.parametrize("cell", ["1381234567", "23812345678", "abc", 1.5], ids=repr)
def test_what_is_no_phone_gives_no_value(cell: object) -> None:
    assert read_cell(Kind.PHONE, cell)[:2] == (None, ("phone.unreadable",))


@given(
    st.sampled_from([Kind.IDENTITY, Kind.ACCOUNT, Kind.PHONE]),
    st.text(max_size=25) | st.floats() | st.integers(),
)
def test_no_cell_makes_a_parser_fail_and_values_are_digits(kind: Kind, cell: object) -> None:
    value = read_cell(kind, cell).value
    assert value is None or value.rstrip("X").isdecimal()


@pytest.mark.parametrize(
    "text", ["9.99999999999999999E+17", "0.000000000000000001E+17", "9E+17", "0.0E+17", f"1.2E{'0' * 6000}17", "1E" + "9" * 5000],
    ids=lambda text: text[:25],
)  # fmt: skip
def test_a_power_of_ten_at_either_end_leaves_a_part_that_is_nobodys(text: str) -> None:
    part = identity_part(text)
    assert isinstance(part, Parsed) or not partial.agrees(part, GOOD)


@given(
    numbers,
    st.sampled_from(["{:.15E}", "{:.16E}", "{!r}", "{:.17E}", "{:.6E}", "{:.9E}", "{:.15G}", "{:.16G}"]),
    st.sampled_from([str, float, lambda written: f"{float(written):.0f}"]),
)
def test_a_number_that_another_program_held_as_one_may_be_the_persons(
    number: str, form: str, kept: Callable[[str], Any]
) -> None:
    """It held the nearest number that it can, and wrote it as text, into a number cell, or with all its digits: in full, or rounded,
    as LibreOffice does to 15 digits. One of eleven of the last is by chance a valid number, somebody else's."""
    if not number.endswith("X"):
        written = kept(form.format(float(number)))
        assert identity.is_valid(str(written)) or partial.agrees(identity_part(written), number)


@given(numbers, st.integers(6, 15), st.booleans())
def test_a_number_of_which_noughts_stand_for_the_last_digits_may_be_the_persons(
    number: str, digits: int, rounded: bool
) -> None:
    """As text, after a program that rounded it or cut it off wrote all its places. One of eleven is by chance a valid number, and
    nobody can tell it from somebody else's."""
    if not number.endswith("X"):
        lost = 10 ** (len(number) - digits)
        kept = f"{(int(number) + (lost // 2 if rounded else 0)) // lost * lost}"
        assert identity.is_valid(kept) or partial.agrees(identity_part(kept), number)


@given(numbers, st.integers(1, 14))
def test_an_old_number_shown_as_a_power_of_ten_may_be_the_persons(number: str, digits: int) -> None:
    old = f"{number[:6]}{number[8:17]}"
    if number[6:8] == "19":
        part = identity_part(f"{float(old):.{digits}E}")
        assert isinstance(part, Parsed) or partial.agrees(part, number)
