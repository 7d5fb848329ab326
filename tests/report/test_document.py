"""The JSON document: it fits its published schema, is exact, and shows no number that identifies a person."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.report import document
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Column, Table
from tests.report import made_up

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "run.schema.json"


def parsed(run: Run, **how: Any) -> Any:
    return json.loads(document.text(run, **how))


def one_cell(kind: Kind, value: Any, **how: Any) -> Any:
    run = made_up.run_of((Table("表", "标题", (Column("a", "甲", kind),), [(value,)]),), ())
    return parsed(run, **how)["tables"][0]["rows"][0][0]


def test_the_published_schema_is_current() -> None:
    assert SCHEMA.read_text("utf-8") == document.schema(document.Document, "sanchuang run"), (
        "run `make schema`"
    )


def test_a_document_fits_the_published_schema(run: Run) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(parsed(run), schema, format_checker=jsonschema.FormatChecker())


def test_the_schema_refuses_what_is_no_document(run: Run) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for key in ("programme", "policy", "tables", "summary"):
        maimed = {name: part for name, part in parsed(run).items() if name != key}
        with pytest.raises(jsonschema.ValidationError, match=key):
            jsonschema.validate(maimed, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(parsed(run) | {"tables": [{"name": "表"}]}, schema)


@pytest.mark.parametrize(
    ("kind", "value", "given"),
    [
        (Kind.MONEY, 123456789012345678, "1234567890123456.78"),
        (Kind.MONEY, -1, "-0.01"),
        (Kind.MONEY, 0, "0.00"),
        (Kind.SCORE, Fraction(269_999, 3000), "89.99"),
        (Kind.PERCENT, Fraction(2, 3), "0.6666"),
        (Kind.COUNT, 12, 12),
        (Kind.STARS, 0, 0),
        (Kind.FLAG, False, False),
        (Kind.DATE, date(2012, 6, 2), "2012-06-02"),
        (Kind.DATE, VagueDate.within(1985, 6), "1985-06"),
        (
            Kind.SPELLS,
            (Spell(VagueDate.within(1984, 5), VagueDate.within(1995, 4), "书记"),),
            "1984-05至1995-04 书记",
        ),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.TEXT, "", None),
        (Kind.MONEY, None, None),
    ],
)
def test_values_are_given_exactly(kind: Kind, value: Any, given: Any) -> None:
    cell = one_cell(kind, value)
    assert (cell, type(cell)) == (given, type(given))


@pytest.mark.parametrize(
    ("kind", "number", "masked"),
    [
        (Kind.IDENTITY, "230299195308151013", "230299************"),
        (Kind.ACCOUNT, "6217000000000000001", "***************0001"),
        (Kind.PHONE, "13900001234", "139****1234"),
    ],
)
def test_numbers_are_masked_unless_their_column_is_named(kind: Kind, number: str, masked: str) -> None:
    assert one_cell(kind, number) == masked
    assert one_cell(kind, number, unmask={"b"}) == masked
    assert one_cell(kind, number, unmask={"a"}) == number
    assert one_cell(kind, number, unmask={"甲"}) == number


def test_no_number_stands_whole_anywhere_in_a_document(run: Run) -> None:
    text = document.text(run)
    for row in run.outcome.tables[0].rows:
        for name in ("identity", "account", "phone"):
            assert row[run.outcome.tables[0].index(name)] not in text


def test_a_document_says_what_was_asked_read_and_found(run: Run) -> None:
    found = parsed(run)
    assert found["programme"] == {"name": "rate", "title": "星级评定"}
    assert found["period"] == {
        "name": "2026",
        "first": "2026-01-01",
        "last": "2026-12-31",
        "judged_on": "2026-12-31",
    }
    assert found["policy"] == {
        "title": "星级评定办法",
        "document": "某组发〔2020〕8号",
        "edition": "2020-07-01",
        "name": "rate",
        "sha256": "a1" * 32,
        "earlier": [],
    }
    assert found["inputs"][0] == {"file": "青山镇.xlsx", "sha256": "b2" * 32, "rows": 81, "set_aside": 2}
    assert [table["name"] for table in found["tables"]] == [t.name for t in run.outcome.tables]
    assert found["findings"][0] == {
        "code": "rate.points-over-maximum",
        "severity": "warning",
        "file": "青山镇.xlsx",
        "sheet": "Sheet1",
        "row": 5,
        "column": 7,
        "message": "得分“100”超过满分 100",
        "basis": "星级评定办法第四条",
        "mend": "请按评分表核对后改正",
    }
    assert found["summary"] == {
        "read": 162,
        "parts": [{"what": "评定", "count": 156}, {"what": "成立不满一年未评", "count": 4}],
        "set_aside": 2,
        "errors": 4,
        "warnings": 4,
        "notes": 4,
    }


def test_a_period_under_two_editions_names_both() -> None:
    run = made_up.run_of((made_up.grades(),), (), year=2020)
    policy = parsed(run)["policy"]
    assert (policy["edition"], [e["edition"] for e in policy["earlier"]]) == ("2020-07-01", ["2012-01-01"])


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "ascii", "latin-1"])
def test_a_stream_that_is_not_utf8_gets_the_same_document_in_ascii(run: Run, encoding: str) -> None:
    text = document.text(run, encoding=encoding)
    assert json.loads(text.encode(encoding)) == parsed(run)


def test_rare_characters_survive_every_stream() -> None:
    assert one_cell(Kind.NAME, "𠮷\ue000😀", encoding="gbk") == "𠮷\ue000😀"


def test_the_same_run_gives_the_same_text(run: Run) -> None:
    assert document.text(run) == document.text(made_up.whole_run())
