"""Values that equals share: what was made of some cells once is the same for every row that has them."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

V = TypeVar("V")


class Shared(dict[tuple[Hashable, ...], V]):
    """By what it is made of, the value that `make` gave. It belongs to the rules of one run and ends with them."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[..., V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: tuple[Any, ...]) -> V:
        made = self[key] = self._make(*key)
        return made
