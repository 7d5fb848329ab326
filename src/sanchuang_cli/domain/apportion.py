"""Shares out a whole, seats or money, by a method that the policy names: the parts always make the whole.

Largest remainder is worked out by money.shares, as everywhere, and gets its rule for ties here. A minimum is kept by giving
it to those who would have less, and sharing out the rest among the others anew.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heapreplace
from itertools import accumulate, pairwise
from math import floor
from typing import Any, Literal, NamedTuple, Self

from msgspec import Struct
from pydantic import Field, model_validator

from sanchuang_cli.domain.doubtful import Doubtful, doubtful
from sanchuang_cli.domain.exact_numbers import operand, summed, whole
from sanchuang_cli.domain.verdict import Step
from sanchuang_cli.finding import ALL, Doubt, Severity
from sanchuang_cli.judging import At, Told
from sanchuang_cli.money import shares
from sanchuang_cli.policy import Citation, Count, Rule

Method = Literal["largest_remainder", "dhondt", "floor_first", "half_up", "cumulative"]
METHOD_NAMES: Mapping[Method, str] = {
    "largest_remainder": "最大余数法",
    "dhondt": "最高均数法",
    "floor_first": "先取整，余下的从前往后加",
    "half_up": "各自四舍五入",
    "cumulative": "累计取整",
}
"""What the methods are called on paper."""
Tie = Literal["larger_weight", "order", "ask"]
Weights = Sequence[Fraction]
POT_WAITS = {
    "pot-waits": Doubt(Severity.WARNING, "总数一次分清", "请改正待核实的行后重新运行；这笔钱还没有分。")
}
_Given = tuple[list[int], frozenset[int]]


class Sharing(Rule, title="分配办法"):
    """How a whole is shared out in proportion to weights; the functions below say what each method does."""

    clause: Citation
    method: Method = Field(
        description="largest_remainder 最大余数法；dhondt 逐个给“权数÷（已得数＋1）”最大的；"
        "floor_first 先取整，余下的从第一份起各加一；half_up 各份四舍五入，合计不符就停下；"
        "cumulative 累计取整再相减，用于按时间先后的各份"
    )
    tie: Tie = Field(
        default="larger_weight",
        description="相持不下时：larger_weight 权数大的先得（再同的，排在前的），order 排在前的先得，ask 留给人定",
    )
    minimum: Count = Field(default=0, description="每份至少多少；half_up、cumulative 不能写")

    @model_validator(mode="after")
    def _minimum_can_be_kept(self) -> Self:
        if self.minimum and self.method in ("half_up", "cumulative"):
            raise ValueError(f'method = "{self.method}" 时不能写 minimum（每份至少多少）')
        return self


class SharePart(NamedTuple):
    """One part of a whole. exact: before any rounding, its share of what the minimums of others leave; of the whole, where it is
    given the minimum itself. number: what it gets, in the unit of the whole. step: the arithmetic."""

    name: str
    weight: Fraction
    exact: Fraction
    number: int
    step: Step


class Shared(Struct, frozen=True):
    """A whole shared out. left: what has to be decided among those tied; with it the parts make the whole exactly."""

    parts: tuple[SharePart, ...]
    left: int = 0
    tied: tuple[str, ...] = ()

    @property
    def numbers(self) -> dict[str, int]:
        """The parts by name."""
        return {part.name: part.number for part in self.parts}


class _Cut(NamedTuple):
    """A whole cut once. parts, how: by index what each gets and the arithmetic. tied: the indexes of those tied for what the
    parts leave of the whole."""

    parts: list[int]
    how: list[str]
    tied: frozenset[int] = frozenset()


def shared_out(
    amount: int, weights: Mapping[str, Fraction | int], rule: Sharing, unit: str = "个"
) -> Shared | Doubtful:
    """`amount`, in whole fen, yuan or seats, shared out in the order of `weights`. unit: the word for it in the steps."""
    wrong = _unshareable(amount, weights, rule.minimum)
    if wrong:
        return wrong
    free = list(weights)
    while True:
        rest = amount - rule.minimum * (len(weights) - len(free))
        cut = _cut(rest, [Fraction(weights[name]) for name in free], rule)
        if isinstance(cut, Doubtful):
            return cut
        enough = [name for name, number in zip(free, cut.parts, strict=True) if number >= rule.minimum]
        if len(enough) == len(free):
            break
        free = enough
    got = dict(zip(free, zip(cut.parts, cut.how, strict=True), strict=True))
    parts = tuple(_parts(amount, weights, got, rule.minimum, unit))
    left = amount - sum(part.number for part in parts)
    return Shared(parts, left, tuple(free[i] for i in sorted(cut.tied)))


def still_open(pot: str, clause: str, at: At[Any]) -> Told:
    """Told of a sum that nobody gets a part of yet, for somebody who may have one is set aside."""
    return Told(at.doubts.at("pot-waits", ALL, f"“{pot}”：还有待核实的，分不清各占多少", clause))


def _unshareable(amount: int, weights: Mapping[str, Fraction | int], minimum: int) -> Doubtful | None:
    """What makes it impossible to share out a whole, whatever the method; None where nothing does."""
    below = tuple(name for name, weight in weights.items() if weight < 0)
    if below or amount < 0:
        below += ("总数",) if amount < 0 else ()
        return doubtful("negative", below, "{}不能是负数", "、".join(below))
    if amount and not any(weights.values()):
        return doubtful("no-base", tuple(weights), "各份的基数都是 0，{} 无从分配", amount)
    if amount < minimum * len(weights):
        message = "总数 {}，不够 {} 份每份至少 {}"
        return doubtful("too-few", ("总数",), message, amount, len(weights), minimum)
    return None


def _parts(
    amount: int,
    weights: Mapping[str, Fraction | int],
    got: Mapping[str, tuple[int, str]],
    minimum: int,
    unit: str,
) -> Iterator[SharePart]:
    of_all = amount, summed(weights.values())
    of_rest = amount - minimum * (len(weights) - len(got)), summed(weights[name] for name in got)
    for name, weight in weights.items():
        number, how = got.get(name, (minimum, str(minimum)))
        whole_of, base = of_rest if name in got else of_all
        exact = Fraction(weight) * whole_of / base if base else Fraction(0)
        yield SharePart(name, Fraction(weight), exact, number, Step(name, how, str(number), unit))


def _cut(amount: int, weights: Weights, rule: Sharing) -> _Cut | Doubtful:
    """The whole cut by the method, without a minimum."""
    total = summed(weights)
    if not total:
        return _Cut([0] * len(weights), ["0"] * len(weights))
    if rule.method == "cumulative":
        return _cumulative(amount, weights, total)
    exact = [amount * weight / total for weight in weights]
    terms = [f"{amount} × {operand(weight)} ÷ {operand(total)}" for weight in weights]
    if rule.method == "half_up":
        return _each_rounded(amount, exact, terms)
    floors = [floor(quota) for quota in exact]
    parts, tied = _METHODS[rule.method](amount, weights, floors, rule.tie)
    if rule.method == "dhondt":
        return _Cut(parts, _by_quotient(parts, weights), tied)
    more = [f" + {number - least}" * (number > least) for number, least in zip(parts, floors, strict=True)]
    return _Cut(parts, [f"⌊{quota}⌋{rest}" for quota, rest in zip(terms, more, strict=True)], tied)


def _by_quotient(parts: Sequence[int], weights: Weights) -> list[str]:
    """The arithmetic of 最高均数法: each weight ÷ the last quotient that got something, without what a tie took away."""
    claims = [weight / number for weight, number in zip(weights, parts, strict=True) if number]
    if not claims:
        return ["0"] * len(parts)
    last = min(claims)
    less = [floor(weight / last) - number for weight, number in zip(weights, parts, strict=True)]
    terms = (f"⌊{operand(weight)} ÷ {operand(last)}⌋" for weight in weights)
    return [term + f" − {tied}" * bool(tied) for term, tied in zip(terms, less, strict=True)]


def _each_rounded(amount: int, exact: Weights, terms: Sequence[str]) -> _Cut | Doubtful:
    parts = [whole(quota, "half_up") for quota in exact]
    if sum(parts) != amount:
        message = "各份四舍五入后合计 {}，不等于总数 {}，请换一种分配方法"
        return doubtful("not-conserved", ("总数",), message, sum(parts), amount)
    return _Cut(parts, [f"⌊{quota} + 1/2⌋" for quota in terms])


def _cumulative(amount: int, weights: Weights, total: Fraction) -> _Cut:
    sums = list(accumulate(weights, initial=Fraction(0)))
    upto = [floor(amount * part / total) for part in sums]
    terms = [f"⌊{amount} × {operand(part)} ÷ {operand(total)}⌋" for part in sums]
    parts = [after - before for before, after in pairwise(upto)]
    return _Cut(parts, [f"{after} − {before}" for before, after in pairwise(terms)])


def _largest_remainder(amount: int, weights: Weights, floors: Sequence[int], tie: Tie) -> _Given:
    """By money.shares, which settles ties by the order in which the weights come."""
    order = _in_order(weights, tie)
    parts = [0] * len(weights)
    for i, number in zip(order, shares(amount, [weights[i] for i in order]), strict=True):
        parts[i] = number
    if tie != "ask":
        return parts, frozenset()
    total = summed(weights)
    remainders = [amount * weight / total - least for weight, least in zip(weights, floors, strict=True)]
    got = {i: remainders[i] for i, least in enumerate(floors) if parts[i] > least}
    wanted = {i: remainder for i, remainder in enumerate(remainders) if i not in got}
    return _left_open(parts, got, wanted)


def _dhondt(amount: int, weights: Weights, floors: Sequence[int], tie: Tie) -> _Given:
    """What is left one by one to the largest weight ÷ (parts so far + 1), beginning from the floors: by this method no part
    gets less than its floor."""
    parts = list(floors)
    ranks = {i: rank for rank, i in enumerate(_in_order(weights, tie))}
    claims = [
        (-Fraction(weight, least + 1), ranks[i], i)
        for i, (weight, least) in enumerate(zip(weights, floors, strict=True))
    ]
    heapify(claims)
    for _ in range(amount - sum(floors)):
        i = claims[0][2]
        parts[i] += 1
        heapreplace(claims, (-Fraction(weights[i], parts[i] + 1), ranks[i], i))
    if tie != "ask":
        return parts, frozenset()
    got = {i: Fraction(weights[i], parts[i]) for i, least in enumerate(floors) if parts[i] > least}
    return _left_open(parts, got, {i: -claim for claim, _, i in claims})


def _floor_first(amount: int, weights: Weights, floors: Sequence[int], tie: Tie) -> _Given:
    """What the floors leave goes one by one to the first parts that have a weight, of which there are always enough."""
    some = [i for i, weight in enumerate(weights) if weight]
    more = set(some[: amount - sum(floors)])
    return [least + (i in more) for i, least in enumerate(floors)], frozenset()


_METHODS: dict[str, Callable[[int, Weights, Sequence[int], Tie], _Given]] = {
    "largest_remainder": _largest_remainder,
    "dhondt": _dhondt,
    "floor_first": _floor_first,
}


def _in_order(weights: Weights, tie: Tie) -> list[int]:
    """The indexes in the order in which equal claims are met."""
    if tie != "larger_weight":
        return list(range(len(weights)))
    return sorted(range(len(weights)), key=lambda i: -weights[i])


def _left_open(parts: list[int], got: Mapping[int, Fraction], wanted: Mapping[int, Fraction]) -> _Given:
    """The parts without what was won by a claim that another one equals, and the indexes of those tied.

    got: by part, the last claim that was met. wanted: by part, the first claim that was not.
    """
    line = min(got.values(), default=None)
    rivals = {i for i, claim in wanted.items() if claim == line}
    if not rivals:
        return parts, frozenset()
    back = {i for i, claim in got.items() if claim == line}
    return [number - (i in back) for i, number in enumerate(parts)], frozenset(back | rivals)
