"""One matching of members in need with helpers: what is known before, and who gets whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.domain.pairs.barring import Bar, Barring
from sanchuang_cli.domain.pairs.best import Aide, Aided, Pairs
from sanchuang_cli.domain.pairs.policy import PairingPolicy
from sanchuang_cli.domain.pairs.records import Helper
from sanchuang_cli.domain.pairs.verdict import Paired, Task
from sanchuang_cli.domain.words import village
from sanchuang_cli.judging import At
from sanchuang_cli.record import Row

AIMS = {
    "kept": "上年结对",
    "linked": "联系村",
    "township": "同乡镇",
    "leaders": "领导联系",
    "balance": "均衡",
}


class Former(NamedTuple):
    """The helper whom somebody had. number: "" for nobody. since: the day of the pair, as far as it is known."""

    number: str = ""
    name: str = ""
    since: str = ""


@dataclass(frozen=True)
class Matching:
    """members, tasks: in the order in which the first list is sought. former: by member. gone: why a helper is not among those
    who may help, by the number; whoever is not there either is on no roster."""

    at: At[PairingPolicy]
    members: Sequence[Paired]
    tasks: Sequence[Task]
    former: Sequence[Former]
    gone: Mapping[str, str]

    @cached_property
    def position(self) -> dict[str, int]:
        """The place of each helper among those who may help, by the number."""
        return {task.record.identity: at for at, task in enumerate(self.tasks)}

    @cached_property
    def places(self) -> list[int]:
        """How many people each helper takes: as the row says, as the policy says, or an equal share."""
        rule, helpers = self.at.policy.places, len(self.tasks)
        share = -(-len(self.members) // helpers) if helpers else 0
        by_policy = {True: rule.leaders, False: rule.others}
        stated = (_first(task.record.quota, by_policy[bool(task.record.leads)]) for task in self.tasks)
        return [share if places is None else places for places in stated]

    @cached_property
    def bars(self) -> list[Mapping[int, Bar]]:
        """Who may not help each member."""
        barring = Barring(self.at.policy.avoidance, [task.record for task in self.tasks])
        return [barring.of(member.record) for member in self.members]

    @cached_property
    def pairs(self) -> Pairs:
        """The same in the words of the solver."""
        aided = [
            Aided(who.record.township, village(who.record.village), who.weight, self.position.get(former.number), frozenset(bars))
            for who, former, bars in zip(self.members, self.former, self.bars, strict=True)
        ]  # fmt: skip
        return Pairs(aided, list(map(_aide, self._helpers, self.places)), self.at.policy.aims.order)

    @property
    def _helpers(self) -> list[Helper]:
        return [task.record for task in self.tasks]

    @cached_property
    def chosen(self) -> list[int | None]:
        """The helper of each member, by position."""
        return self.pairs.best()

    def helper(self, at: int) -> Helper | None:
        """The helper of one member."""
        chosen = self.chosen[at]
        return None if chosen is None else self.tasks[chosen].record

    def kept(self, at: int) -> bool:
        """Whether one member has the helper whom he had."""
        chosen = self.chosen[at]
        return chosen is not None and self.position.get(self.former[at].number) == chosen

    def of(self, helper: int) -> list[int]:
        """The members whom one helper helps."""
        return self._by_helper.get(helper, [])

    @cached_property
    def _by_helper(self) -> dict[int, list[int]]:
        members: dict[int, list[int]] = {}
        for at, chosen in enumerate(self.chosen):
            if chosen is not None:
                members.setdefault(chosen, []).append(at)
        return members

    def moved(self, at: int) -> str:
        """Why somebody does not have the helper whom he had."""
        former, rule = self.former[at], self.at.policy.aims
        before = self.position.get(former.number)
        if before is None:
            return self.gone.get(former.number, "离任：帮扶人名册上没有")
        if before in self.bars[at]:
            return f"须回避：{self.bars[at][before].why}"
        places = self.places[before]
        if places <= sum(self.kept(member) for member in self.of(before)):
            return f"名额：只有 {places} 个" + ("，都是上年结对的" if places else "")
        if "kept" not in rule.order:
            return "政策不看上年结对"
        first = ("覆盖", *(AIMS[aim] for aim in rule.order[: rule.order.index("kept")]))
        return f"让位于{'、'.join(first)}：名额 {places} 个，先给不这样就结不上的"

    def helps(self, at: int) -> str:
        """What would help somebody who has no helper."""
        if len(self.bars[at]) == len(self.tasks):
            return "名册上的帮扶人都要回避，请另派帮扶人" if self.tasks else "没有帮扶人，请补报帮扶人名册"
        full = self.pairs.reachable(at, self.chosen)
        if len(full) == len(self.tasks):
            return "任何一个帮扶人增加 1 个名额，或增加 1 个帮扶人"
        names = [self.tasks[helper].record.name for helper in full]
        return f"{several(names)}增加 1 个名额，或增加 1 个不须回避的帮扶人"


def several(names: Sequence[str]) -> str:
    """Some names; of many the first ones and how many there are."""
    most = 3
    return "、".join(names[:most]) + (f"等 {len(names)} 人" if len(names) > most else "")


def _first(*numbers: int | None) -> int | None:
    return next((number for number in numbers if number is not None), None)


def _aide(helper: Helper, places: int) -> Aide:
    return Aide(helper.township, helper.villages, bool(helper.leads), places)


def in_order(at: At[Any]) -> Callable[[Paired], tuple[Any, ...]]:
    """The order in which members choose: townships as the county has them, by name where it does not say."""
    towns = at.occasion.rank if at.occasion.by_county else str

    def order(member: Paired) -> tuple[Any, ...]:
        who = member.record
        return towns(who.township), who.village, who.name, who.identity

    return order


def whereabouts(rows: Sequence[Row]) -> dict[str, str]:
    """Why helpers who are set aside are not there, by the number."""
    return {
        as_written(row.written("identity")): f"待核实：帮扶人这一行待核实，{row.place('name')}"
        for row in rows
    }
