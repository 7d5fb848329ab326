"""The columns that a document adds to rosters: heading, kind, other headings, words that a cell may bear."""

from collections.abc import Iterator

from sanchuang_cli import policy
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import Field
from tests.goldens.written import golden

ASKED = (
    ("appraise", None), ("reviews", "ratios-student-branch"), ("training", None), ("development", None), ("secretaries", None), ("secretaries", "pingdu-2019"),
)  # fmt: skip
"""Programmes and policies; the default where it is None."""


def told() -> Iterator[str]:
    programmes = {one.name: one for one in PROGRAMMES}
    for name, pack in ASKED:
        programme = programmes[name].load()
        edition = policy.load(programme.policy, *policy.source(name, pack)).editions[-1]
        for roster, fields in programme.policy_columns(edition).items():
            yield f"== {name} {roster} {pack or ''}".rstrip()
            yield from map(_said, fields)


def _said(field: Field) -> str:
    signs = {"必": field.required, "前": field.ahead, "头": field.headed, "闲": field.idle}
    words = "；".join(f"{word}（{'、'.join(others)}）" for word, others in field.choices.items())
    more = (
        "".join(sign for sign, there in signs.items() if there),
        "、".join(field.aliases),
        words,
        field.example,
        field.withheld,
    )
    return " | ".join((f"{field.heading} {field.name} {field.kind.value}", *filter(None, more)))


def test_the_columns_that_a_document_adds_to_each_roster() -> None:
    assert [*told()] == golden("said/columns")
