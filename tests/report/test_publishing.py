"""What may leave the office: no number that names a person, and people of one name told apart by as little as it takes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.report.publishing import LEFT_OUT, public, scrubbed, told_apart
from sanchuang_cli.table import Chart, Column, Table
from tests.report import made_up, postings

COLUMNS = (
    Column("village", "村"),
    Column("name", "姓名", Kind.NAME),
    Column("born", "出生年月", Kind.DATE, private=True),
)


def people(*rows: tuple[str, str, date | VagueDate | None]) -> Table:
    return Table("名单", "名单", COLUMNS, list(rows))


def test_private_columns_and_numbers_that_name_a_person_are_gone() -> None:
    table = public(postings.listed())
    assert [c.name for c in table.columns] == [
        "number", "township", "village", "name", "sex", "rate", "paid_months", "amount"
    ]  # fmt: skip


def test_an_unmasked_column_is_whole_and_the_others_stay_away() -> None:
    whole = postings.listed()
    table = public(whole, {"身份证号"})
    at, there = table.index("identity"), whole.index("identity")
    assert [row[at] for row in table.rows] == [row[there] for row in whole.rows]
    assert "account" not in [c.name for c in table.columns]


@pytest.mark.parametrize(
    "words",
    [
        "230299195308151013",
        "23029919530815101X",
        "230299 19530815 101x",
        "２３０２９９１９５３０８１５１０１３",
        "13900001234",
        "139-0000-1234",
        "139 0000 1234",
        "6217000000000012345",
        "6217 0000 0000 0012 345",
        "身份证230299530815101卡号6217000000000012345",
        "0452-3120000",
    ],
)
def test_a_number_in_a_remark_is_left_out_however_it_is_written(words: str) -> None:
    assert not any(part.isdigit() and len(part) > 4 for part in scrubbed(words).split())
    assert LEFT_OUT in scrubbed(f"由其子代领，{words}，已核对")
    assert "由其子代领" in scrubbed(f"由其子代领，{words}，已核对")


@pytest.mark.parametrize(
    "words",
    [
        "某组发〔2018〕15号",
        "1984-05至1995-04 村主任",
        "2012-06-02",
        "1,234,567,890.00",
        "2012年6月2日",
        "https://example.org/t20120327_12345678901.html",
        "a1" * 32,
    ],
)
def test_dates_amounts_documents_and_hashes_stay(words: str) -> None:
    assert scrubbed(words) == words


@given(st.text(), st.integers(10**10, 10**18), st.text())
def test_no_run_of_eleven_digits_survives(before: str, number: int, after: str) -> None:
    safe = scrubbed(f"{before}，{number}，{after}")
    assert str(number) not in safe


def test_a_number_typed_into_a_column_for_counts_is_left_out_too() -> None:
    columns = (Column("name", "姓名", Kind.NAME), Column("members", "党员数", Kind.COUNT))
    table = public(Table("表", "表", columns, [("王伟13900001234", 13900001234), ("李强", 12)]))
    assert table.rows == [(f"王伟{LEFT_OUT}", LEFT_OUT), ("李强", 12)]


def test_a_chart_or_group_over_a_column_that_is_gone_goes_with_it() -> None:
    columns = (Column("identity", "身份证号", Kind.IDENTITY), Column("n", "数", Kind.COUNT))
    table = Table(
        "表",
        "表",
        columns,
        [("230299195308151013", 1)],
        group="identity",
        chart=Chart("图", "identity", ("n",)),
    )
    assert (public(table).group, public(table).chart) == ("", None)


def test_what_is_public_already_stays_as_it_is() -> None:
    assert public(made_up.stars()) == made_up.stars()


def test_people_of_one_name_in_different_villages_need_nothing_more() -> None:
    table = people(("东村", "王伟", date(1953, 8, 1)), ("西村", "王伟", date(1953, 8, 1)))
    assert told_apart(table, ("village", "born"), {"village", "name"}) == (["", ""], [])


def test_in_one_village_they_are_told_apart_by_the_year_of_birth_and_nobody_else_is() -> None:
    table = people(
        ("东村", "王伟", date(1953, 8, 1)),
        ("东村", "王伟", date(1960, 8, 1)),
        ("西村", "王伟", date(1953, 8, 1)),
        ("东村", "李强", date(1953, 8, 1)),
    )
    said, alike = told_apart(table, ("village", "born"), {"village", "name"})
    assert (said, alike) == (["1953年生", "1960年生", "", ""], [])


def test_born_in_one_year_they_are_not_told_apart_by_the_month() -> None:
    table = people(
        ("东村", "王伟", VagueDate.within(1953, 8)),
        ("东村", "王伟", date(1953, 9, 1)),
        ("东村", "王伟", date(1960, 1, 1)),
    )
    said, alike = told_apart(table, ("village", "born"), {"village", "name"})
    assert (said, alike) == (["1953年生", "1953年生", "1960年生"], [[0, 1]])


def test_a_village_that_is_not_on_the_page_is_said() -> None:
    table = people(("东村", "王伟", None), ("西村", "王伟", None))
    assert told_apart(table, ("village", "born"), {"name"})[0] == ["东村", "西村"]


def test_people_who_cannot_be_told_apart_are_named() -> None:
    table = people(("东村", "王伟", None), ("东村", "李强", None), ("东村", "王伟", None))
    assert told_apart(table, ("village", "born"), {"village"}) == (["", "", ""], [[0, 2]])


NAMES, VILLAGES = st.sampled_from(["王伟", "李强", "张敏"]), st.sampled_from(["东村", "西村"])
BIRTHS = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(1952, 12, 31)))


@given(st.lists(st.tuples(VILLAGES, NAMES, BIRTHS), max_size=12))
def test_whoever_differs_is_told_apart_and_the_unique_are_left_alone(
    rows: list[tuple[str, str, date | None]],
) -> None:
    said, alike = told_apart(people(*rows), ("village", "born"), {"village", "name"})
    named = {i for group in alike for i in group}
    shown = [(row[0], row[1], words) for row, words in zip(rows, said, strict=True)]
    for i, one in enumerate(shown):
        twins = [j for j, other in enumerate(shown) if other == one and j != i]
        assert bool(twins) == (i in named)
        if sum(row[:2] == rows[i][:2] for row in rows) == 1:
            assert said[i] == ""
