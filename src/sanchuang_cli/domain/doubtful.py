"""Declares the value that a rule returns in place of a result when figures are missing or contradict each other."""

from typing import Any, Literal, NamedTuple

from msgspec import Struct

from sanchuang_cli.domain.verdict import Sentence

Code = Literal[
    "missing",
    "negative",
    "exceeds",
    "not-the-sum",
    "no-base",
    "absent",
    "unknown",
    "too-few",
    "not-conserved",
]
"""missing: a figure that the rule needs is not given. negative: below zero. exceeds: a part is more than its whole.
not-the-sum: parts do not make their whole. no-base: a share of zero. absent: a group of raters or a component that may
not be absent. unknown: a name that the policy does not list. too-few: fewer than there must be. not-conserved: rounded
parts do not make the whole that is shared out."""


class Objection(NamedTuple):
    """One thing that is wrong. code: under which a programme's table says how grave it is and what mends it. columns: the
    headings concerned, the first the one to look at."""

    code: Code
    columns: tuple[str, ...]
    said: Sentence


class Doubtful(Struct, frozen=True):
    """What a rule gives instead of a result: all that is wrong, each once."""

    doubts: tuple[Objection, ...]

    def __str__(self) -> str:
        return "；".join(str(doubt.said) for doubt in self.doubts)


def doubt(code: Code, columns: tuple[str, ...], template: str, *values: Any) -> Objection:
    """A doubt whose words are a template with values."""
    return Objection(code, columns, Sentence(template, values))


def doubtful(code: Code, columns: tuple[str, ...], template: str, *values: Any) -> Doubtful:
    """A single doubt in place of a result."""
    return Doubtful((doubt(code, columns, template, *values),))
