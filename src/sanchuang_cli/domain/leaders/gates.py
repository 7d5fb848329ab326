"""Judges the quotas and structure of those put forward: how many there may be, and which share of them must be of some kind.

A gate that is missed is told. It strikes nobody out: who goes is for people to say.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil, floor
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.leaders.requirements import stated
from sanchuang_cli.policy import Citation, Count, Exact, Number, Rule

_WITHIN: Mapping[str, tuple[str, ...]] = {
    "county": (),
    "township": ("township",),
    "village": ("township", "village"),
}
COUNTY = "全县"


class Gate(Rule, title="一项名额或结构要求"):
    """How many of those put forward may be, or must be, of some kind."""

    name: str = Setting(description="要求，照文件的说法")
    clause: Citation
    within: Literal["county", "township", "village"] = Setting(
        default="county", description="在多大范围里数：county 全县，township 每个乡镇，village 每个村"
    )
    column: str = Setting(default="", description="看名册的哪一栏；不看栏目的不写")
    words: tuple[str, ...] = Setting(default=(), description="那一栏是哪些写法的；不写时数填“是”的")
    sex: Literal["", "男", "女"] = Setting(default="", description="只数男、女；不写时不分")
    under: Number | None = Setting(default=None, description="只数不满多少周岁的")
    least: Exact | None = Setting(default=None, ge=0, le=1, description="至少占多少，有零头的进一")
    most: Exact | None = Setting(default=None, ge=0, le=1, description="至多占多少，有零头的舍去")
    places: Count | None = Setting(default=None, description="至多几名")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.least is None and self.most is None and self.places is None:
            raise ValueError("least、most、places 至少写一样")
        if self.words and not self.column:
            raise ValueError("写了 words，还要写 column（看哪一栏）")
        return self

    def counts(self, who: Any, on: date) -> bool:
        """Whether somebody is of the kind that it counts."""
        if self.sex and who.sex != self.sex:
            return False
        if self.under is not None and full_years(who.born, on) >= self.under:
            return False
        value = stated(who, self.column) if self.column else True
        return value in self.words if self.words else value is True


class GateLine(NamedTuple):
    """What came of a gate in one group. of: how many are put forward there. many: how many of them it counts."""

    gate: Gate
    group: str
    of: int
    many: int

    @property
    def bounds(self) -> tuple[int, int | None]:
        """How many there must be, and how many there may be; None where there may be any."""
        gate = self.gate
        least = ceil(gate.least * self.of) if gate.least is not None else 0
        caps = [floor(gate.most * self.of)] if gate.most is not None else []
        caps += [gate.places] if gate.places is not None else []
        return least, min(caps, default=None)

    @property
    def asked(self) -> str:
        """What is asked, in words, with the number that it comes to."""
        least, words = self.bounds[0], []
        if self.gate.least is not None:
            words.append(f"至少占 {plain(self.gate.least * 100)}%（{least} 名）")
        if self.gate.most is not None:
            words.append(f"至多占 {plain(self.gate.most * 100)}%（{floor(self.gate.most * self.of)} 名）")
        if self.gate.places is not None:
            words.append(f"至多 {self.gate.places} 名")
        return "，".join(words)

    @property
    def wrong(self) -> str:
        """By how many it is missed, "" where it is not."""
        least, most = self.bounds
        if self.many < least:
            return f"少 {least - self.many} 名"
        return f"多 {self.many - most} 名" if most is not None and self.many > most else ""


def passed(gates: Sequence[Gate], people: Sequence[Any], on: date) -> Iterator[GateLine]:
    """What came of each gate, group by group in the order of the people, who are records of people in villages."""
    for gate in gates:
        groups: dict[tuple[Any, ...], list[Any]] = {}
        for who in people:
            groups.setdefault(tuple(getattr(who, name) for name in _WITHIN[gate.within]), []).append(who)
        for key, group in groups.items():
            yield GateLine(
                gate, "".join(key) or COUNTY, len(group), sum(gate.counts(who, on) for who in group)
            )
