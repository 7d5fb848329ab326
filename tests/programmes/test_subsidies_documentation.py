"""The policy that docs/policies.md builds from a printed document works as the document says."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from sanchuang_cli.policy import PolicyFile, load
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import columns

from .people import codes, member, run, yuan_of

TEXT = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")


def example() -> PolicyFile[Subsidies]:
    first = re.search(r"```toml\n(\[\[edition\]\].*?)```", TEXT, re.DOTALL)
    assert first
    return load(Subsidies, "例子.toml", first[1].encode())


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


def test_every_column_of_the_roster_is_listed() -> None:
    assert [heading for heading in columns() if heading not in TEXT] == []
