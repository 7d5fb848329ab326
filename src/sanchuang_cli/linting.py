"""Declares what a programme knows of faults in its own documents, beyond what `policy check` asks of any document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanchuang_cli.policy import Rule

Tried = Callable[[Any, Any], Iterable[tuple[str, Mapping[str, Any]]]]
"""Of a block and its edition: other values of the block's keys, each with what it means where nobody's result changes by it."""


@dataclass(frozen=True)
class Lints:
    """faults: of one edition, in words; with the records of a roster, of its words too. tried: by the kind of block, what is
    tried with it over a roster, beside leaving it out."""

    faults: Callable[[Any, Sequence[Any]], Iterable[str]] = lambda edition, records: ()
    tried: Mapping[type[Rule], Tried] = field(default_factory=dict)
