"""The policy that the guide builds from a printed document works as the document says, and the guide tells every key."""

import re
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import pytest

from sanchuang_cli.domain.people import columns
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import PolicyFile, Rule, load
from sanchuang_cli.posting import Posting
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import codes, member, run, yuan_of
from tests.programmes.subsidies.guide import BLOCKS, DOCS, GUIDE, person

CHECKING = (DOCS / "policies" / "checking.md").read_text("utf-8")
"""The chapter on what a document prints, which is the same for every programme."""


def example() -> PolicyFile[Subsidies]:
    return load(Subsidies, "例子.toml", BLOCKS[0].encode())


@pytest.mark.parametrize(
    ("spells", "fields", "yuan"),
    [
        ("1990-01…1998-11 书记", {}, "0"),
        ("1990-01…1998-12 书记", {}, "200"),
        ("1990-01…1998-12 文书", {}, "150"),
        ("1990-01…2004-12 主任", {}, "180"),
        ("1990-01…2009-12 书记", {}, "250"),
        ("1960-01…1999-12 书记", {}, "400"),
        ("1990-01…2009-12 书记", {"more": {"鳏寡孤独": True}}, "300"),
        ("1990-01…2009-12 书记", {"pension": 10_050}, "149.50"),
        ("1990-01…1995-06 书记; 1996-01…2000-12 书记", {}, "200"),
        ("1990-01…2009-12 书记", {"reason": "免职"}, "0"),
        ("1990-01…2009-12 书记", {"approved_on": "2026-05-03"}, "0"),
        ("1990-01…2009-12 书记", {"died_on": "2026-03-30"}, "0"),
    ],
)
def test_the_example_pays_what_its_document_says(spells: str, fields: dict[str, object], yuan: str) -> None:
    person = member(born="1940-01-01", spells=spells, **fields)  # type: ignore[arg-type]
    assert yuan_of(run(person, period="2026-04", policy=example())) == Decimal(yuan)


def test_the_example_sets_aside_what_its_lists_do_not_know() -> None:
    assert "subsidies.unclear" in codes(
        run(member(spells="1990-01…2009-12 书记", reason="辞职"), policy=example())
    )


PAY = next(block for block in BLOCKS if "某县村干部报酬办法" in block)
OF_PAY = re.findall(r"^\| (\d{4}\.\S+ \S+) \| (\S+) \| (\S+) \| (\d+) \| ", GUIDE, re.MULTILINE)


@pytest.mark.parametrize(("spell", "village", "assessed", "yuan"), OF_PAY)
def test_the_example_on_pay_in_office_pays_what_its_table_says(
    spell: str, village: str, assessed: str, yuan: str
) -> None:
    policy = load(Subsidies, "报酬.toml", PAY.encode())
    columns = {"村类别": Kind.TEXT, "上年度考核": Kind.TEXT}
    who = person(f"{spell}，1980-01-01生，村类别 {village}，上年度考核 {assessed}", columns)
    assert len(OF_PAY) == 4
    assert yuan_of(run(who, period="2026", policy=policy)) == Decimal(yuan)


def test_every_column_of_the_roster_is_listed() -> None:
    assert [heading for heading in columns() if heading not in GUIDE] == []


def test_every_value_of_every_switch_is_told_in_the_document() -> None:
    """Literals are what a policy may choose from: each stands in the text, within quotation marks or a list."""
    told = set(re.findall(r"[a-z_]+", GUIDE + CHECKING))
    untold = [
        f"{model.__name__}.{name} {missing}"
        for model in models(Subsidies)
        for name, field in model.model_fields.items()
        for missing in {name, *_literals(field.annotation)} - told
    ]
    assert untold == []


def models(model: type[Rule]) -> set[type[Rule]]:
    found = {model}
    for field in model.model_fields.values():
        for inner in _within(field.annotation):
            if isinstance(inner, type) and issubclass(inner, Rule) and inner is not Posting:
                found |= models(inner)
    return found


def _within(annotation: Any) -> list[Any]:
    return [annotation, *(inner for part in get_args(annotation) for inner in _within(part))]


def _literals(annotation: Any) -> set[str]:
    return {
        value
        for part in _within(annotation)
        if get_origin(part) is Literal
        for value in get_args(part)
        if isinstance(value, str)
    }
