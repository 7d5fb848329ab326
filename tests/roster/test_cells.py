"""What holds for every kind: blanks, formula errors, severities, and that no number of a person is ever quoted whole."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import ErrorCell, Field
from sanchuang_cli.roster.cells.parsers import column
from sanchuang_cli.roster.cells.troubles import FAULTS, quoted
from tests.domain.test_identity import numbers
from tests.roster.parsing import read_cell

KINDS = list(Kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", [None, "", "   ", "\u3000", "—", "-"], ids=repr)
def test_a_blank_is_silently_nothing_where_the_field_may_be_blank(kind: Kind, blank: object) -> None:
    assert read_cell(kind, blank)[:2] == (None, ())


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_is_an_error_where_the_field_is_required(kind: Kind) -> None:
    read = read_cell(Field("标题", kind, required=True), None)
    assert read.value is None
    assert read.findings[0].severity is Severity.ERROR
    assert read.findings[0].code == ("identity.blank" if kind is Kind.IDENTITY else "cell.blank")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", [ErrorCell("#N/A"), "#REF!"], ids=repr)
def test_a_formula_error_weighs_by_whether_the_field_is_required(kind: Kind, cell: str) -> None:
    required, optional = read_cell(Field("标题", kind, required=True), cell), read_cell(kind, cell)
    assert (required.value, optional.value) == (None, None)
    assert required.codes == optional.codes == ("cell.formula-error",)
    assert required.findings[0].severity is Severity.ERROR
    assert optional.findings[0].severity is Severity.WARNING
    assert cell in required.findings[0].message


def test_text_that_only_looks_like_an_error_cell_of_another_kind_is_told_apart() -> None:
    assert read_cell(Kind.TEXT, "#一组").value == "#一组"


@pytest.mark.parametrize("code", list(FAULTS))
def test_every_fault_says_its_rule_and_its_mend(code: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z0-9-]+", code)
    assert FAULTS[code].basis
    assert FAULTS[code].mend


def test_one_equal_number_of_another_type_is_not_taken_for_it() -> None:
    """1, 1.0 and True are equal in Python; a column that is read by its distinct cells must still tell them apart."""
    number_one, true, integer = column(Field("数", Kind.COUNT), [1.0, True, 1]).values
    assert number_one == integer == 1
    assert true != 1
    text, error = column(Field("村", Kind.TEXT), ["#N/A村", ErrorCell("#N/A村")]).values
    assert (text, error.value) == ("#N/A村", None)


@given(numbers, st.sampled_from(KINDS), st.sampled_from(["{}", "证{}", "{} ", "{}，已故", "'{}", "王刚{}1"]))
def test_no_message_quotes_an_identity_number_whole(number: str, kind: Kind, around: str) -> None:
    cell = around.format(number)
    assert number not in quoted(kind, cell)
    assert number[6:14] not in quoted(kind, cell)
    for finding in read_cell(Field("标题", kind, required=True), cell).findings:
        assert number[6:14] not in finding.message


def test_a_message_shows_what_the_clerk_sees_and_may_be_seen() -> None:
    assert quoted(Kind.IDENTITY, "230299195308151013") == "230299************"
    assert quoted(Kind.ACCOUNT, "6221260000000000") == "************0000"
    assert quoted(Kind.PHONE, "13812345678、13912345678") == "138****5678、139****5678"
    assert quoted(Kind.MONEY, 0.1 + 0.2) == "0.30000000000000004"
    assert quoted(Kind.SPELLS, "1998-6-1-2001-5-31") == "1998-6-1-2001-5-31"
    assert quoted(Kind.IDENTITY, "遗失") == "遗失"
    assert quoted(Kind.DATE, "2008.6.31") == "2008.6.31"
    assert len(quoted(Kind.TEXT, "长" * 500)) == 40


@given(st.text("0123456789", min_size=11, max_size=24), st.sampled_from(KINDS), st.booleans())
def test_no_message_quotes_a_long_number_whole(digits: str, kind: Kind, as_number: bool) -> None:
    cell = float(digits) if as_number else digits
    shown = quoted(kind, cell)
    assert str(int(digits)) not in shown or int(digits) < 10**10
    for finding in read_cell(Field("标题", kind, required=True), cell).findings:
        assert digits not in finding.message


@given(
    st.sampled_from(KINDS),
    st.text(max_size=30) | st.floats() | st.integers() | st.booleans() | st.datetimes() | st.times(),
)
def test_any_cell_of_any_kind_is_read_or_told(kind: Kind, cell: object) -> None:
    read = read_cell(Field("标题", kind, required=True), cell)
    assert (read.value is None) <= bool(read.codes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1984.5-",
        "-",
        "(",
        "年",
        "一",
        "零",
        "约",
        "1984.5-1995.4；",
        "创(chuàng)",
        "*",
        "12345 ",
        "万",
        "1-",
    ],
)
def test_the_longest_cell_a_sheet_can_hold_is_judged_at_once(kind: Kind, piece: str) -> None:
    began = time.process_time()
    for length in (100, 1000, 32_767):
        read_cell(Field("标题", kind, required=True), (piece * length)[:length])
    assert time.process_time() - began < 0.5
