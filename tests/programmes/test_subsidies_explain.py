"""The explanation is the verdict itself: replaying its arithmetic gives what was paid, for everybody in the sample."""

import re
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from sanchuang_cli.money import fen
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Occasion, Subject
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.roster.read import read
from tests.programmes.people import policies

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "members.xlsx"
_SIGNS = str.maketrans({"−": "-", "×": "*", "÷": "/", "⌊": "floor(", "⌋": ")"})


@pytest.fixture(scope="module")
def subjects() -> tuple[Subject, ...]:
    wanted = {name: one for name, one in PROGRAMME.reads.items() if name not in ("previous", "screen")}
    rosters = read([SAMPLE], wanted).rosters
    assert PROGRAMME.explain
    when = Occasion(Period.parse("2026Q3"), date(2026, 9, 30))
    return PROGRAMME.explain(rosters, policies(), when).subjects


def value(expression: str) -> Fraction:
    """What a line of arithmetic comes to, by the rules of school."""
    python = expression.translate(_SIGNS).replace("取大", "max").replace("取小", "min")
    python = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", python)
    names = {"Fraction": Fraction, "floor": floor, "max": max, "min": min}
    return Fraction(eval(python, {"__builtins__": {}}, names))


def lines(subject: Subject, item: str) -> list[str]:
    return [row[2] for page in subject.pages() for row in page.rows if row[0] == item]


def test_every_line_of_arithmetic_is_true(subjects: tuple[Subject, ...]) -> None:
    checked = 0
    for subject in subjects:
        for line in (*lines(subject, "算式"), *lines(subject, "应发")):
            sides = re.fullmatch(r"(?:.*：)?(?P<left>.+) = (?P<right>[\d.]+) \S+", line)
            if sides:
                assert value(sides["left"]) == Fraction(sides["right"]), line
                checked += 1
    assert checked > 800


def test_replaying_the_months_gives_what_was_paid(subjects: tuple[Subject, ...]) -> None:
    paid = [subject for subject in subjects if subject.outcome.startswith("发放")]
    assert len(paid) > 500
    for subject in paid:
        months = [line.partition(" = ")[0] for line in (*lines(subject, "应发"), *lines(subject, "补发"))]
        amount = re.fullmatch(r"发放 (\S+) 元", subject.outcome)
        assert amount
        assert sum(fen(value(line)) for line in months) == fen(Fraction(amount[1]))


def test_who_is_refused_sees_a_clause_that_fails_and_who_is_paid_sees_none_that_does(
    subjects: tuple[Subject, ...],
) -> None:
    for subject in subjects:
        for page in subject.pages():
            failing = [row[0] for row in page.rows if row[1] == "否"]
            paid = any(row[0] in ("本期金额", "按所写应发") for row in page.rows)
            assert not (paid and failing), (subject.name, failing)
            assert failing or subject.outcome != "不予发放", subject.name


def test_every_clause_with_a_cell_quotes_what_stands_there_and_no_number_whole(
    subjects: tuple[Subject, ...],
) -> None:
    whole = " ".join(str(row) for subject in subjects for page in subject.pages() for row in page.rows)
    assert "members.xlsx 青禾镇 " in whole
    assert not re.search(r"\d{17}[\dX]|\d{11,}", whole)
    for subject in subjects:
        for page in subject.pages():
            ages = [row for row in page.rows if str(row[0]).startswith("年满")]
            assert all(row[3] and "230299****" in row[4] for row in ages)


def test_every_row_of_the_roster_can_be_asked_for(subjects: tuple[Subject, ...]) -> None:
    rows = {(s.row.source.sheet, s.row.number) for s in subjects}
    assert len(rows) == len(subjects) == 877
    assert all(subject.name and subject.outcome for subject in subjects)
