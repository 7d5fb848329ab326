"""Keeps values that rows share, to save time: what was worked out from some cells once serves every row with the same cells."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

V = TypeVar("V")


class SharedValues(dict[tuple[Hashable, ...], V]):
    """Values by what they are made of; a missing one is made by `make`. It ends with the rules of its run."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[..., V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: tuple[Any, ...]) -> V:
        made = self[key] = self._make(*key)
        return made
