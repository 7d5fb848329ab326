"""Compares the amounts of a document with those of the documents supplied with the program: what is far beyond them all, and
does not stand in its clause, was perhaps written in another unit. It looks at policies only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from sanchuang_cli.cli.lint_variants import Placed
from sanchuang_cli.cli.lint_wording import EDGED, leaves_of, mentions
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.policy import Rule

_MANY, _TIMES, _LITTLE = 10, 3, Fraction(1000)
"""Beyond the usual is what is more than so many times the middle one, than so many times the most, and than so many yuan."""
_SEVERAL, _FEN = 3, 100
"""How many amounts must be known for one to be unusual; a yuan is so many fen."""
Amount = tuple[type[Rule], str]
"""A kind of block, and a key of it that is an amount of money."""


def usual(blocks: Iterable[Placed]) -> Mapping[Amount, Sequence[Fraction]]:
    """The amounts that documents have, in order."""
    found: dict[Amount, list[Fraction]] = defaultdict(list)
    for one in blocks:
        for key, value in _amounts(one.block):
            found[type(one.block), key].append(value)
    return {amount: sorted(values) for amount, values in found.items()}


def amounts_apart(blocks: Iterable[Placed], known: Mapping[Amount, Sequence[Fraction]]) -> Iterator[str]:
    """Amounts far beyond those that documents have, unless the clause says them."""
    for one in blocks:
        for key, value in _amounts(one.block):
            others = known.get((type(one.block), key), ())
            if len(others) < _SEVERAL or value <= max(
                _MANY * others[len(others) // 2], _TIMES * others[-1], _LITTLE
            ):
                continue
            if value not in {mention.value for mention in mentions(one.clause)}:
                fen = f"；按分写的，应是 {plain(value / _FEN)} 元" if value / _FEN <= others[-1] else ""
                yield (
                    f"{one.said}：写的 {plain(value)} 元，条文里没有这个数，又比所附各份政策里最多的 "
                    f"{plain(others[-1])} 元高得多，请核对单位{fen}"
                )


def _amounts(block: Rule) -> Iterator[tuple[str, Fraction]]:
    """The amounts of money of a block by itself: what its keys say is in yuan."""
    for key, field in type(block).model_fields.items():
        value = getattr(block, key)
        if "元" in (field.description or "") and key not in EDGED and not isinstance(value, Rule):
            figures = (figure for _, figure in leaves_of(value, key) if isinstance(figure, Fraction))
            yield from ((key, figure) for figure in figures if figure > 0)
