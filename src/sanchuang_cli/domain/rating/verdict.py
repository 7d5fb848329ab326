"""What came of one row: its rating, made once and never changed; what only all rows decide gives a new one."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from sanchuang_cli.domain.rating.goods import GoodScore
from sanchuang_cli.domain.rating.steps import Step
from sanchuang_cli.record import Row


class Rateable(Protocol):
    """A record that can be rated: who it is, and the columns that the policy declares."""

    @property
    def row(self) -> Row: ...
    @property
    def key(self) -> tuple[str, str]: ...
    @property
    def more(self) -> Mapping[str, Any]: ...


R = TypeVar("R", bound=Rateable)


class Before(Protocol):
    """The result of the year before, as a row of a workbook has it. more: the goods' scores of that year."""

    @property
    def row(self) -> Row: ...
    @property
    def stars(self) -> int | None: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def more(self) -> Mapping[str, Any]: ...


class Last(Struct, frozen=True, gc=False):
    """Last year's result as far as it is known: stars, grade, and the goods whose star was missed (None: unknown)."""

    stars: int | None = None
    grade: str | None = None
    missed: frozenset[str] | None = None


RATED = "参评定级"
"""Where a record goes that is rated."""


class Rating(Struct, Generic[R], frozen=True, kw_only=True, eq=False, gc=False):
    """评定结果 of one record. stars and grade are None when it is scored but not rated (`unrated` says why). reasons: as
    it stands on a list, what put it there."""

    record: R
    type: str
    goods: tuple[GoodScore, ...]
    total: Fraction
    satisfaction: Fraction | None
    veto: str
    last: Last
    stars: int | None
    grade: str | None
    star_steps: tuple[Step, ...]
    grade_steps: tuple[Step, ...]
    unrated: str = ""
    reasons: tuple[Step, ...] = ()

    @property
    def part(self) -> str:
        """Where the record goes."""
        return f"只评分不定级（{self.unrated}）" if self.unrated else RATED
