"""Declares the rating of one row. It never changes: what only all rows decide makes a new one."""

from collections.abc import Callable, Hashable, Mapping
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from sanchuang_cli.domain.rating.goods import GoodScore
from sanchuang_cli.domain.rating.steps import RatingStep
from sanchuang_cli.record import Row, keyed

ONCE = ("township", "name")
"""The fields that tell organisations apart."""


def which(value: Callable[[str], Any]) -> Hashable:
    """Which organisation a row is about, however its name is typed. value: gives the value of a field."""
    return keyed(value, (ONCE,))


class Rateable(Protocol):
    """A record that can be rated: who it is, and the columns that the policy declares."""

    @property
    def row(self) -> Row:
        """The row it was read from."""

    @property
    def key(self) -> tuple[str, str]:
        """Township and name as they are written."""

    @property
    def more(self) -> Mapping[str, Any]:
        """By heading, the values of the columns that the policy declares."""


R = TypeVar("R", bound=Rateable)


class Before(Protocol):
    """The result of the year before, as a row of that year's workbook has it."""

    @property
    def row(self) -> Row:
        """The row it was read from."""

    @property
    def stars(self) -> int | None:
        """Its stars, None where it had none."""

    @property
    def grade(self) -> str | None:
        """Its 等次, None where it had none."""

    @property
    def secretary(self) -> str | None:
        """Who was secretary then, None where that is not said."""

    @property
    def more(self) -> Mapping[str, Any]:
        """By heading, the goods' scores of that year."""


class LastRating(Struct, frozen=True, gc=False):
    """Last year's result as far as it is known. missed: the goods whose star was missed, None where that is unknown."""

    stars: int | None = None
    grade: str | None = None
    missed: frozenset[str] | None = None


OUT_OF_QUOTA = "按综合得分排在名额之外"
"""How a step ends that takes a star away for a quota."""
RATED = "参评定级"
"""Where a record goes that is rated."""


class Rating(Struct, Generic[R], frozen=True, kw_only=True, eq=False, gc=False):
    """The result of one record. stars and grade are None when it is scored but not rated, and `unrated` says why then; or
    where the policy gives none. total is None where levels are passed one after the other and nothing is added up.

    reasons: what put it on the list on which it stands.
    """

    record: R
    type: str
    goods: tuple[GoodScore, ...]
    total: Fraction | None
    satisfaction: Fraction | None
    veto: str
    last: LastRating
    stars: int | None = None
    grade: str | None = None
    star_steps: tuple[RatingStep, ...] = ()
    grade_steps: tuple[RatingStep, ...] = ()
    unrated: str = ""
    reasons: tuple[RatingStep, ...] = ()

    @property
    def out_of_quota(self) -> list[str]:
        """Why a quota took stars from it, the highest first."""
        return [step.why for step in self.star_steps if step.why.endswith(OUT_OF_QUOTA)]

    @property
    def part(self) -> str:
        """Where the record goes."""
        return f"只评分不定级（{self.unrated}）" if self.unrated else RATED
