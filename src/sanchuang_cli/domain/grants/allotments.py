"""Works out by a named method how a fixed sum is divided among rows and a year's sum over its months, and what of it is to be paid
by a day.

The parts always make the whole. How they are cut is domain.apportion.
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from sanchuang_cli.domain.apportion import SharePart, Sharing, shared_out
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import fen
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month
from sanchuang_cli.policy import Citation, Count, Policy, Rule, Yuan
from sanchuang_cli.record import Field as Heading

K = TypeVar("K", bound=Hashable)
Unit = Literal["yuan", "fen"]
_FEN: Mapping[Unit, int] = {"yuan": 100, "fen": 1}
_WORD: Mapping[Unit, str] = {"yuan": "元", "fen": "分"}
_YEAR = 12


class SharedPot(Rule, title="按比例分的一笔钱"):
    """A fixed sum that is shared out in proportion to a column of the roster."""

    name: str = Field(description="名称，如“活动经费”；与各项标准不能重名")
    clause: Citation
    amount: Yuan = Field(description="总数多少元")
    of: str = Field(description="按名册的哪一列分，如“党员数”")
    types: tuple[str, ...] = Field(default=(), description="分给哪些类型；不写就都分")
    sharing: Sharing = Field(description="怎样分，总数分文不差")
    unit: Unit = Field(default="yuan", description="分到整元（yuan）还是分（fen）")
    funding: Funding | None = Field(default=None, description="这一笔由谁分担；不写就照全文件的 funding")

    @model_validator(mode="after")
    def _in_whole_units(self) -> Self:
        if self.unit == "yuan" and self.amount.denominator != 1:
            raise ValueError(f"“{self.name}”的总数不是整元，unit 要写 fen")
        return self

    def columns(self) -> Iterator[Heading]:
        """The column of the roster that it looks at."""
        yield Heading(self.of, Kind.COUNT, name=self.of)

    def shared(self, weights: Mapping[K, int]) -> "dict[K, tuple[int, str]] | Doubtful":
        """What each gets, in fen, and the arithmetic; what is wrong where the pot cannot be shared out to the last fen."""
        size = _FEN[self.unit]
        by_number = {str(number): weight for number, weight in enumerate(weights.values())}
        shared = shared_out(fen(self.amount) // size, by_number, self.sharing, _WORD[self.unit])
        if isinstance(shared, Doubtful):
            return shared
        return {
            key: (part.number * size, _said(part, _WORD[self.unit]))
            for key, part in zip(weights, shared.parts, strict=True)
        }


class Disbursement(Rule, title="拨付"):
    """When a year's money is paid, and how it is cut."""

    clause: Citation
    benefit: str = Field(description="台账和代发文件里的名称；拨付过以后不要再改")
    months: tuple[Count, ...] = Field(min_length=1, description="在哪几个月拨付，从早到晚，如 [3, 6, 9, 12]")
    sharing: Sharing = Field(description="一年的数怎样分到各次；按时间先后的，method 一般写 cumulative")
    unit: Unit = Field(default="yuan", description="每次拨到整元（yuan）还是分（fen）；不足一元的在最后一次")

    @model_validator(mode="after")
    def _months_in_order(self) -> Self:
        if (
            list(self.months) != sorted(set(self.months))
            or not 0 < self.months[0] <= self.months[-1] <= _YEAR
        ):
            raise ValueError("months 写1到12的月份，从早到晚，不能重复")
        if self.sharing.tie == "ask" or self.sharing.minimum or self.sharing.method == "half_up":
            raise ValueError("拨付的 sharing 不能写 half_up、ask 和 minimum：各次要能自己分清")
        return self

    def cut(self, whole: int) -> dict[int, int]:
        """Fen by month, of a year's sum in fen; the months have equal weights."""
        size = _FEN[self.unit]
        shared = shared_out(whole // size, dict.fromkeys(map(str, self.months), 1), self.sharing)
        assert not isinstance(shared, Doubtful), "equal weights can always be shared out"
        parts = [part.number * size for part in shared.parts]
        parts[-1] += whole % size
        return dict(zip(self.months, parts, strict=True))

    def due(self, parts: Mapping[str, int], edition: Policy, year: int, on: date) -> Iterator[Due]:
        """What of a year's sums in fen, by name, falls due by a day, month by month."""
        for name, whole in parts.items():
            for number, part in self.cut(whole).items():
                if part and (month := Month(year, number)).first <= on:
                    yield Due(self.benefit, name, month, part, edition.effective.isoformat())


def _said(part: SharePart, unit: str) -> str:
    return f"{part.step.expression} = {part.step.result} {unit}"
