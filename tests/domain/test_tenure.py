"""Service counted by hand: stretches, gaps, posts at a discount, days, years and terms."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.entitlement import tenure
from sanchuang_cli.domain.entitlement.tenure import Months, Piece, Served, TermLength

HALF = Fraction(1, 2)


def month(year: int, month: int) -> int:
    return 12 * year + month - 1


def day(*ymd: int) -> int:
    return date(*ymd).toordinal()


def test_adjacent_months_are_one_stretch_and_a_month_between_makes_two() -> None:
    assert tenure.runs([Served(0, 12), Served(12, 24)], [1]) == [(Piece(0, 12), Piece(12, 24))]
    assert tenure.runs([Served(0, 12), Served(13, 24)], [1]) == [(Piece(0, 12),), (Piece(13, 24),)]


def test_a_gap_is_bridged_up_to_its_limit_and_counted_only_if_the_document_says_so() -> None:
    apart = [Served(0, 12), Served(18, 24)]
    assert len(tenure.runs(apart, [1], bridge=5)) == 2
    assert tenure.runs(apart, [1], bridge=6) == [(Piece(0, 12), Piece(18, 24))]
    (counted,) = tenure.runs(apart, [1], bridge=6, bridged=True)
    assert sum(piece.end - piece.start for piece in counted) == 24


def test_a_bridged_gap_counts_as_much_as_the_service_before_it() -> None:
    (run,) = tenure.runs([Served(0, 12, 1), Served(14, 24, 0)], [1, HALF], bridge=2, bridged=True)
    assert run == (Piece(0, 12, HALF), Piece(12, 14, HALF), Piece(14, 24, 1))


def test_where_posts_overlap_the_heavier_counts_once() -> None:
    (run,) = tenure.runs([Served(0, 12, 1), Served(6, 18, 0)], [1, HALF])
    assert run == (Piece(0, 6, HALF), Piece(6, 12, 1), Piece(12, 18, 1))


def test_a_post_of_no_weight_makes_no_service() -> None:
    assert tenure.runs([Served(0, 12, 1)], [1, 0]) == []


def test_the_month_in_which_a_stretch_ends_is_left_out_of_its_last_piece_alone() -> None:
    stretches = [(Piece(0, 6), Piece(6, 12), Piece(12, 18)), (Piece(30, 31),)]
    assert tenure.without_last_month(stretches) == [
        (Piece(0, 6), Piece(6, 12), Piece(12, 17)),
        (Piece(30, 30),),
    ]


def test_what_counts_is_all_or_the_last_stretch_or_the_longest_and_of_equals_the_later() -> None:
    first, second, third, last = stretches = [
        (Piece(0, 9),),
        (Piece(20, 29),),
        (Piece(40, 44),),
        (Piece(60, 62),),
    ]
    lengths = [9, 9, 4, 2]
    assert tenure.accumulated(stretches, "union", lengths) == [first, second, third, last]
    assert tenure.accumulated(stretches, "continuous", lengths) == [last]
    assert tenure.accumulated(stretches, "longest", lengths) == [second]
    assert tenure.accumulated([first], "longest", [9]) == [first]
    assert tenure.accumulated([], "continuous", []) == []


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ((2000, 1, 1), (2000, 12, 31), 12),
        ((2000, 1, 15), (2000, 2, 14), 1),
        ((2000, 1, 15), (2000, 2, 13), Fraction(30, 30)),
        ((2000, 7, 20), (2000, 8, 18), Fraction(30, 30)),
        ((2000, 1, 15), (2000, 1, 24), Fraction(10, 30)),
        ((2000, 1, 20), (2000, 3, 9), 1 + Fraction(19, 30)),
    ],
)
def test_days_are_whole_months_and_what_is_left_over_in_parts_of_thirty(
    start: tuple[int, int, int], end: tuple[int, int, int], months: Fraction | int
) -> None:
    """Both days count: to the 14th from the 15th is a month; a day less is 30 days of January and February."""
    assert tenure.months_of_days((Piece(day(*start), day(*end) + 1),), 30) == months


def test_days_of_several_pieces_add_up_each_at_its_weight() -> None:
    half_year, month_and_half = (
        Piece(day(2000, 1, 1), day(2000, 7, 1), HALF),
        Piece(day(2000, 7, 1), day(2000, 8, 16)),
    )
    assert tenure.months_of_days((half_year, month_and_half), 30) == 3 + 1 + HALF


@pytest.mark.parametrize(
    ("months", "years"), [(0, 0), (11, 0), (12, 1), (119, 9), (120, 10), (Fraction(239, 2), 9)]
)
def test_full_years_leave_out_what_is_left_over(months: int | Fraction, years: int) -> None:
    assert tenure.years(months) == years


@pytest.mark.parametrize(("months", "years"), [(101, 8), (102, 9), (107, 9), (108, 9), (113, 9), (114, 10)])
def test_T_06_six_months_left_over_are_a_year(months: int, years: int) -> None:
    assert tenure.years(months, up_from=6) == years


@pytest.mark.parametrize(
    ("months", "step", "up_from", "years"),
    [
        (5, 6, 0, 0),
        (6, 6, 0, HALF),
        (11, 6, 0, HALF),
        (12, 6, 0, 1),
        (17, 6, 1, Fraction(3, 2)),
        (18, 6, 1, Fraction(3, 2)),
        (19, 6, 1, 2),
        (Fraction(23, 2), 3, 0, Fraction(3, 4)),
        (1, 12, 1, 1),
        (12, 12, 1, 1),
        (13, 12, 1, 2),
    ],
)
def test_years_in_steps_of_so_many_months(months: Months, step: int, up_from: int, years: Months) -> None:
    found = tenure.years(months, step, up_from)
    assert found == years
    assert isinstance(found, int) == (found == int(found))


def test_years_by_subtraction_are_those_of_leaving_less_those_of_starting() -> None:
    two = [
        (Piece(month(1990, 12), month(1991, 2)),),
        (Piece(month(1995, 1), month(1996, 1)), Piece(month(1996, 1), month(1998, 1))),
    ]
    assert tenure.calendar_years(two, day_units=False) == (1991 - 1990) + (1997 - 1995)
    in_days = [
        (Piece(day(1990, 12, 31), day(1991, 1, 2)),),
        (Piece(day(1995, 1, 1), day(1996, 1, 1)), Piece(day(1996, 1, 1), day(1998, 1, 1))),
    ]
    assert tenure.calendar_years(in_days, day_units=True) == (1991 - 1990) + (1997 - 1995)
    assert tenure.calendar_years([], day_units=False) == 0


THREE_THEN_FIVE = (TermLength(date(1949, 10, 1), 36), TermLength(date(2018, 7, 12), 60))


def test_T_05_thirty_six_months_are_a_term_and_thirty_five_are_none() -> None:
    three = THREE_THEN_FIVE[:1]
    assert tenure.terms([(Piece(month(2000, 5), month(2003, 5)),)], three, parts_join=True) == 1
    assert tenure.terms([(Piece(month(2000, 5), month(2003, 4)),)], three, parts_join=True) == 0


def test_T_11_terms_of_two_lengths_join_their_parts_or_do_not() -> None:
    """2015-01 to 2018-07 are 43 months of 36 (terms of five years from 2018-08 on, the first whole month), then 29 of 60."""
    run = (Piece(month(2015, 1), month(2021, 1)),)
    assert (
        tenure.terms([run], THREE_THEN_FIVE, parts_join=True) == int(Fraction(43, 36) + Fraction(29, 60)) == 1
    )
    longer = (Piece(month(2015, 1), month(2022, 7)),)
    assert Fraction(43, 36) + Fraction(47, 60) < 2
    assert tenure.terms([longer], THREE_THEN_FIVE, parts_join=True) == 1
    longest = (Piece(month(2015, 1), month(2022, 10)),)
    assert tenure.terms([longest], THREE_THEN_FIVE, parts_join=True) == 2
    assert tenure.terms([longest], THREE_THEN_FIVE, parts_join=False) == 1


def test_service_before_the_first_term_counts_by_it_and_every_piece_adds_up_at_its_weight() -> None:
    three = THREE_THEN_FIVE[:1]
    early = (Piece(month(1947, 1), month(1950, 1)),)
    assert tenure.terms([early], three, parts_join=True) == 1
    apart = [(Piece(0, 12), Piece(12, 24)), (Piece(100, 112),)]
    assert tenure.terms(apart, three, parts_join=True) == 1
    assert tenure.terms([(Piece(0, 71, HALF),)], three, parts_join=True) == 0
    assert tenure.terms([(Piece(0, 72, HALF),)], three, parts_join=True) == 1


def test_each_length_of_terms_lasts_until_the_next_begins() -> None:
    three = (*THREE_THEN_FIVE, TermLength(date(2030, 1, 1), 48))
    run = (Piece(month(2015, 8), month(2032, 1)),)
    parts = Fraction(36, 36) + Fraction(137, 60) + Fraction(24, 48)
    assert tenure.terms([run], three, parts_join=True) == int(parts) == 3
    assert tenure.terms([run], three, parts_join=False) == 1 + 2 + 0


def test_service_that_lies_in_one_length_of_terms_alone_counts_for_no_other() -> None:
    before, after = (Piece(month(1990, 1), month(1993, 1)),), (Piece(month(2019, 1), month(2023, 12)),)
    assert tenure.terms([before], THREE_THEN_FIVE, parts_join=False) == 1
    assert tenure.terms([after], THREE_THEN_FIVE, parts_join=False) == 0
    assert tenure.terms([before, after], THREE_THEN_FIVE, parts_join=True) == 1


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("12", 144),
        ("12年", 144),
        ("十二年", None),
        ("12年零3个月", 147),
        ("12 年 又 3 月", 147),
        ("12.5年", 150),
        ("8个月", 8),
        ("１２年", 144),
        ("12.3年", None),
        ("约12年", None),
        ("", None),
    ],
)
def test_a_stated_length_is_read_as_months_or_not_at_all(text: str, months: int | None) -> None:
    assert tenure.stated_months(text) == months


SERVED = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-1, 12), st.integers(0, 2)).map(
        lambda spell: Served(spell[0], spell[0] + spell[1], spell[2])
    ),
    max_size=6,
)


@given(SERVED)
def test_merged_spells_are_the_stretches_of_runs_without_their_cuts(served: list[Served]) -> None:
    whole = [(run[0].start, run[-1].end) for run in tenure.runs(served, [1, 1, 1])]
    assert [(piece.start, piece.end) for (piece,) in tenure.merged(served)] == whole
