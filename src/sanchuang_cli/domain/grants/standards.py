"""Works out the standards by which a document grants: so much to each of a kind, for a number in the roster, by a band, or
in per cent of a sum.

Values of a row in, sums in fen with their arithmetic out. A fixed whole that is shared out among all is domain.apportion.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.exact_numbers import operand, whole
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import fen, yuan
from sanchuang_cli.policy import Citation, Exact, NotNegative, Number, Rule, Yuan
from sanchuang_cli.record import Field as Heading

ValueOf = Callable[[str], Any]
"""What a row has under a heading; None where nothing is written there."""


class GrantWhen(Rule, title="适用情形"):
    """To whom a standard applies, by one column of the roster."""

    column: str = Field(description="名册的哪一列；是或否的列，不写 words，空白当作否")
    words: tuple[str, ...] = Field(default=(), description="这一列写的是其中之一的才适用")
    others: tuple[str, ...] = Field(default=(), description="这一列还可以写的说法；都不在的，这一行待核实")
    must_be: bool = Field(default=True, description="写 false 时反过来：是（或写了 words）的不适用")

    def met(self, value: Any) -> bool:
        """Whether what a row has in the column is meant."""
        return (value in self.words if self.words else bool(value)) is self.must_be


class Band(Rule, title="一档"):
    """A sum for whoever has at least so many, or more than so many, up to the next band."""

    at_least: NotNegative | None = Field(default=None, description="从多少起，含本数；到下一档为止")
    above: NotNegative | None = Field(default=None, description="超过多少，不含本数；写了就不写 at_least")
    amount: Yuan | None = Field(default=None, description="这一档多少元；不写是由县里定，在这一档的待核实")

    @model_validator(mode="after")
    def _begins_once(self) -> Self:
        if (self.at_least is None) is (self.above is None):
            raise ValueError("每一档写 at_least（含本数）或 above（不含本数），也只能写一个")
        return self

    @property
    def start(self) -> tuple[Fraction, bool]:
        """Where it begins; by it bands are in order."""
        return (self.above, True) if self.above is not None else (self.at_least or Fraction(0), False)

    def reached(self, number: Fraction) -> bool:
        """Whether it begins at or below a number."""
        start, above = self.start
        return number > start if above else number >= start

    def __str__(self) -> str:
        start, above = self.start
        return f"{'超过' if above else '满'} {operand(start)}"


class GrantStandard(Rule, title="一项标准"):
    """One thing that is granted. Exactly one of `amount`, `each`, `bands` and `percent` says how much."""

    name: str = Field(description="名称，如“办公经费”；各项不能重名，台账按它记")
    clause: Citation
    types: tuple[str, ...] = Field(default=(), description="哪些类型的才有；不写就都有")
    when: GrantWhen | None = Field(default=None, description="符合什么情形的才有；不写就都有")
    amount: Yuan | None = Field(default=None, description="每个多少元")
    of: str = Field(default="", description="按名册的哪一列算：each、bands 是个数，percent 是金额")
    of_is: Literal["number", "money"] = Field(
        default="number", description="of 那一列是个数（number）还是金额（money，元）；percent 的总是金额"
    )
    each: Yuan | None = Field(default=None, description="of 那一列每 per 个多少元")
    per: Number = Field(default=1, description="each 是每几个的，如 100 人")
    parts: Literal["full", "begun", "exact"] = Field(
        default="full",
        description="不足 per 个的：full 舍去，begun 按 per 个算，exact 按比例算，四舍五入到分",
    )
    bands: tuple[Band, ...] = Field(default=(), description="of 那一列分档，从低到高")
    percent: Exact | None = Field(default=None, ge=0, le=100, description="of 那一列的百分之几，四舍五入到分")
    at_most: Yuan | None = Field(default=None, description="这一项最多多少元")
    funding: Funding | None = Field(default=None, description="这一项由谁分担；不写就照全文件的 funding")

    @model_validator(mode="after")
    def _says_how_much_once(self) -> Self:
        ways = [self.amount is not None, self.each is not None, bool(self.bands), self.percent is not None]
        if sum(ways) != 1:
            raise ValueError(f"“{self.name}”要写 amount、each、bands、percent 中的一个，也只能写一个")
        if bool(self.of) is (self.amount is not None):
            raise ValueError(f"“{self.name}”按名册的哪一列算，写在 of 里；每个一样多的 amount 不写 of")
        starts = [band.start for band in self.bands]
        if starts != sorted(set(starts)):
            raise ValueError(f"“{self.name}”的 bands 要从低到高，不能有两档从同一个数起")
        return self

    def columns(self) -> Iterator[Heading]:
        """The columns of the roster that it looks at."""
        if self.of:
            yield Heading(self.of, Kind.MONEY if self._of_money else Kind.COUNT, name=self.of)
        if self.when:
            words = dict.fromkeys((*self.when.words, *self.when.others), ())
            kind = Kind.CHOICE if words else Kind.FLAG
            yield Heading(self.when.column, kind, choices=words, name=self.when.column)

    @property
    def _of_money(self) -> bool:
        return self.percent is not None or self.of_is == "money"

    def granted(self, value_of: ValueOf) -> "Granted | Lacking | None":
        """What a row gets; the column that is blank, or has no sum for what it says, though it decides; None where the
        standard does not apply."""
        if self.when:
            value = value_of(self.when.column)
            if value is None and self.when.words:
                return Lacking(self.when.column)
            if not self.when.met(value):
                return None
        value = value_of(self.of) if self.of else None
        if self.of and value is None:
            return Lacking(self.of)
        number = Fraction(value or 0, 100 if self._of_money else 1)
        reached = [band for band in self.bands if band.reached(number)]
        if reached and reached[-1].amount is None:
            return Lacking(self.of, f"{operand(number)}，{reached[-1]}的由县里定，政策还没有填")
        reads = tuple(column.heading for column in self.columns())
        exact, said = self._counted(number, reached[-1] if reached else None)
        sum_in_fen = whole(exact * 100, "half_up")
        if self.at_most is not None and sum_in_fen > fen(self.at_most):
            sum_in_fen = fen(self.at_most)
            said = f"取小（{said}，{operand(self.at_most)}）"
        return Granted(
            self.name, self.clause, sum_in_fen, f"{said} = {yuan(sum_in_fen)} 元", self.funding, reads
        )

    def _counted(self, number: Fraction, band: Band | None) -> tuple[Fraction, str]:
        """Yuan before any rounding, and the arithmetic."""
        column = f"{self.of} {operand(number)}"
        if self.amount is not None:
            return self.amount, f"每个 {operand(self.amount)}"
        if self.percent is not None:
            return number * self.percent / 100, f"{column} × {operand(self.percent)}%"
        if self.each is not None:
            times = number / self.per
            if self.parts != "exact":
                times = Fraction(whole(times, "down" if self.parts == "full" else "up"))
            by = f" ÷ {self.per} → {operand(times)}" if self.per > 1 else ""
            return times * self.each, f"{column}{by} × {operand(self.each)}"
        return (
            (band.amount or Fraction(0), f"{column}，{band}")
            if band
            else (Fraction(0), f"{column}，不到最低一档")
        )


class Granted(NamedTuple):
    """A standard that is met: how much, in fen, the arithmetic, and who bears it where that is not said for all."""

    name: str
    clause: str
    fen: int
    said: str
    funding: Funding | None = None
    reads: tuple[str, ...] = ()


class Lacking(NamedTuple):
    """The heading under which nothing is written, though it decides a sum; or, with `said`, for whose figure the document
    has none."""

    heading: str
    said: str = ""


def columns(asking: Iterable[Any], declared: Sequence[Heading]) -> tuple[Heading, ...]:
    """The columns that standards and pots look at beside those that a record declares, each once; one that several ask
    for words has the words of all."""
    known = {field.heading for field in declared}
    further: dict[str, Heading] = {}
    for column in chain.from_iterable(each.columns() for each in asking):
        before = further.get(column.heading, column)
        further[column.heading] = replace(column, choices={**before.choices, **column.choices})
    return tuple(column for heading, column in further.items() if heading not in known)
