"""Ages of those who are paid, and this period against the last."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.payroll import figures
from sanchuang_cli.domain.payroll.paying import pages
from tests.programmes.people import CADRE, HARDSHIP, VETERAN, member, only, paid_line, run

TWENTY = "1990-01…2009-12 村支部书记"


def test_each_person_stands_in_the_band_of_the_age_on_the_periods_last_day() -> None:
    births = ["1966-06-30", "1961-07-01", "1961-06-30", "1950-03-15", "1936-06-01", "1930-01-01"]
    result = run(*(member(n, born=born, spells=TWENTY) for n, born in enumerate(births, 1)))
    assert len(result.paid) == 5, "who turns sixty in June is paid from July"
    by_band = {row[0]: row[-1] for row in result.drawn(figures.age_page).rows}
    assert by_band == {
        "60至64岁": 1, "65至69岁": 1, "70至74岁": 0, "75至79岁": 1, "80至84岁": 0, "85至89岁": 0, "90岁以上": 2
    }  # fmt: skip


def test_whoever_gets_two_subsidies_is_one_person() -> None:
    both = member(1, born="1930-05-01", spells=TWENTY, joined="1948-05-01")
    result = run(both)
    assert {payment.benefit for decision in result.paid for payment in decision.payments} == {CADRE, VETERAN}
    assert result.drawn(figures.age_page).rows == [("90岁以上", 1, 0, 1, 1, 1)], "one of the two is taken off"


@given(st.lists(st.integers(1927, 1966), min_size=1, max_size=12))
def test_nobody_is_lost_between_the_bands(years: list[int]) -> None:
    people = [member(n, born=f"{year}-03-15", spells=TWENTY) for n, year in enumerate(years, 1)]
    result = run(*people, policy=only(CADRE))
    page = result.drawn(figures.age_page)
    assert sum(row[-1] for row in page.rows) == len(result.paid) == len(people)
    assert page.chart is not None


def test_nobody_paid_is_a_page_without_rows_or_picture() -> None:
    page = run(member(1)).drawn(figures.age_page)
    assert (list(page.rows), page.chart) == ([], None)


def test_townships_of_either_period_are_compared() -> None:
    stays, new = member(1, spells=TWENTY, township="甲镇"), member(2, spells=TWENTY, township="乙镇")
    gone = member(3, spells=TWENTY, township="丙镇")
    before = [
        structs.replace(paid_line(who, CADRE, "2026-01至2026-03", 157_500), township=who.township)
        for who in (stays, gone)
    ]
    page = run(stays, new, previous=before).drawn(figures.comparison_page)
    fen = 3 * 52_500
    assert {row[1]: row[2:] for row in page.rows} == {
        "甲镇": (1, 1, 0, fen, fen, 0),
        "乙镇": (0, 1, 1, 0, 2 * fen, 2 * fen),  # with the last quarter, which was due and not paid
        "丙镇": (1, 0, -1, fen, 0, -fen),
    }
    assert page.notes == ("上期为2026年第一季度，取自上期花名册。",)


def test_without_last_periods_workbook_there_is_nothing_to_compare() -> None:
    whole = run(member(1, spells=TWENTY)).whole
    assert "两期对比" not in {page.name for page in pages(whole)}


def test_every_benefit_has_its_column_in_the_order_of_the_policy() -> None:
    page = run(member(1, spells=TWENTY)).drawn(figures.age_page)
    assert [c.title.rpartition("/")[2] for c in page.columns] == ["年龄段", CADRE, HARDSHIP, VETERAN, "合计"]
