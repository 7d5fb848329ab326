"""Opinions: a column for each who is asked, and a blank one is never clear."""

from sanchuang_cli.domain.awards.opinions import CLEAR, MISSING, OBJECTED, Opinions
from sanchuang_cli.record import Record, Row, Source

ASKED = Opinions(clause="三方", asked=("纪检意见", "公安意见"))


def test_every_one_who_is_asked_has_a_column_of_two_words() -> None:
    assert [(one.heading, one.name, list(one.choices)) for one in ASKED.columns] == [
        ("纪检意见", "纪检意见", [CLEAR, OBJECTED]),
        ("公安意见", "公安意见", [CLEAR, OBJECTED]),
    ]


def test_what_is_said_and_what_is_not() -> None:
    row = Row(Source("册.xlsx", "名册", {}), 3, ())
    given = list(ASKED.given(Record(row=row, more={"纪检意见": OBJECTED})))
    assert [(said, reason.said, reason.holds) for said, reason in given] == [
        (OBJECTED, "纪检意见有异议", False),
        (MISSING, "公安意见没有填", False),
    ]
