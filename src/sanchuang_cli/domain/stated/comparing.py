"""How the figures of two periods compare.

Worked out are only the difference, its percentage, and the share of what was budgeted or planned.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sanchuang_cli.domain.exact_numbers import half_up
from sanchuang_cli.domain.stated.values import StatedFigure, StatedResult
from sanchuang_cli.period import Period

NO_PERCENT = "—"
"""Stands for a percentage of nought."""
Key = tuple[str, bool]
"""What a figure is called, and whether it is money."""


def key_of(name: str, money: bool) -> Key:
    """The key of a name as somebody wrote it, without spaces."""
    return "".join(name.split()), money


def percent(part: int, of: int | None) -> str:
    """A share to a tenth of a per cent, half up by size; "—" of nought, "" where there is nothing to compare with."""
    if of is None:
        return ""
    if of <= 0:
        return NO_PERCENT
    share = half_up(Fraction(abs(part) * 100, of), 1)
    return f"{'-' if part < 0 and share else ''}{share}%"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A figure of this period beside that of the period before. current, before: None where the results do not have it. chief: it
    is the first sum or the first number of its work. target: what was budgeted or planned."""

    work: str
    when: Period
    label: str
    item: str
    money: bool
    current: int | None
    before: int | None
    place: str
    chief: bool = False
    headline: bool = True
    section: str = ""
    target: int | None = None
    unlike: bool = False

    @property
    def called(self) -> str:
        """What it is called on pages of several works."""
        return f"{self.work} {self.label}"

    @property
    def short(self) -> str:
        """What it is called where only a few figures stand."""
        return f"{self.work} {self.item}"

    @property
    def names(self) -> list[Key]:
        """As what a budget or a plan may mean it, without spaces: by its whole name, the chief one also by its work."""
        own = (self.called, self.work) if self.chief else (self.called,)
        return [key_of(name, self.money) for name in own]

    def against(self, targets: Mapping[Key, int]) -> "Compared":
        """The same beside what was budgeted or planned for it, if anything was."""
        return replace(self, target=next((targets[key] for key in self.names if key in targets), None))

    @property
    def change(self) -> int | None:
        """Now less before, None where one of them is not known, or where they are not of the same townships."""
        if self.unlike or self.current is None or self.before is None:
            return None
        return self.current - self.before

    @property
    def changed(self) -> str:
        """The change in per cent of what was before."""
        return "" if self.change is None else percent(self.change, self.before)

    @property
    def progress(self) -> str:
        """What is reached of the target, in per cent."""
        return "" if self.current is None else percent(self.current, self.target)

    @property
    def headed(self) -> str:
        """As the first page calls it: short, with its period, how it moved and how far it has come."""
        moved = f"，较上期 {'+' if (self.change or 0) > 0 else ''}{self.changed}" if self.changed else ""
        done = f"，完成 {self.progress}" if self.progress else ""
        return f"{self.short}（{self.when}{moved}{done}）"


def compared(own: Sequence[StatedResult], before: Sequence[StatedResult]) -> Iterator[Compared]:
    """Every figure of a work beside that of the period before; those that only that one has stand last.

    own, before: the result, or its parts by township.
    """
    current, was = _summed(own), _summed(before)
    now, then = towns(own), towns(before)
    chiefs = {next((key for key in current if key[1] is money), None) for money in (True, False)}
    every = was | current
    times = Counter((figure.item, figure.money) for figure in every.values())
    for key in {**current, **was}:
        stated, known, item = current.get(key), was.get(key), every[key].item
        yield Compared(
            work=own[0].title,
            when=own[0].period,
            label=key[0],
            item=item if times[item, key[1]] == 1 else key[0],
            money=key[1],
            current=stated.value if stated else None,
            before=known.value if known else None,
            place=stated.place if stated else "",
            chief=key in chiefs,
            unlike=bool(now and then) and now != then,
        )


def towns(results: Iterable[StatedResult]) -> set[str]:
    """The townships of which results have figures."""
    return {figure.township for result in results for figure in result.townships if figure.township.strip()}


def _summed(results: Iterable[StatedResult]) -> dict[Key, StatedFigure]:
    """The figures of all parts of a result together, each with its places."""
    sums: dict[Key, StatedFigure] = {}
    for figure in (figure for result in results for figure in result.figures):
        key = figure.label, figure.money
        if known := sums.get(key):
            figure = figure._replace(value=known.value + figure.value, place=f"{known.place}、{figure.place}")
        sums[key] = figure
    return sums
