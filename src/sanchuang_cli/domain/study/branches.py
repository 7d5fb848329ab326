"""How far branches came: completion, places with ties named, and what is proposed for those that lag behind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.ballots.places import places
from sanchuang_cli.domain.study.policy import Accountability, StudyPolicy
from sanchuang_cli.domain.study.records import MET, SHORT, Training
from sanchuang_cli.judging import Company, grouped, in_error

_NAMED = 3
"""Of more branches that share a place only the number is told."""
Key = tuple[str, str]


class BranchStanding(NamedTuple):
    """A branch by its members' parts. waiting: rows of its members that are set aside. place: None where nobody is held
    against a standard. others: how many more have the same place; tied: their names, where they are few. proposal: what holds
    however the waiting rows come out."""

    township: str
    branch: str
    parts: Mapping[str, int]
    waiting: int
    proposal: Accountability | None = None
    place: int | None = None
    others: int = 0
    tied: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        """How many are held against a standard."""
        return self.parts.get(MET, 0) + self.parts.get(SHORT, 0)

    @property
    def rate(self) -> Fraction | None:
        """How many of them met it."""
        return Fraction(self.parts.get(MET, 0), self.asked) if self.asked else None

    @property
    def tie(self) -> str:
        """The others with the same place, in words."""
        if self.tied:
            return f"与{'、'.join(self.tied)}并列"
        return f"与另 {self.others} 个支部并列" if self.others else ""


def standings(
    trained: Iterable[Training], waiting: Mapping[Key, int], policy: StudyPolicy
) -> list[BranchStanding]:
    """All branches, the best first, then those without a place. policy: also says from which rate what is proposed."""
    groups = grouped(trained, "township", "branch")
    made = [
        _alone(key, Counter(one.part for one in groups.get(key, ())), waiting.get(key, 0), policy)
        for key in dict.fromkeys((*groups, *waiting))
    ]
    ranked = [one for one in made if one.rate is not None]
    at = [int(place) for place in places([one.rate for one in ranked])]
    sharing: dict[int, list[BranchStanding]] = defaultdict(list)
    for one, place in zip(ranked, at, strict=True):
        sharing[place].append(one)
    placed = [_placed(one, place, sharing[place]) for place in sorted(sharing) for one in sharing[place]]
    return [*placed, *(one for one in made if one.rate is None)]


def _placed(one: BranchStanding, place: int, sharing: Sequence[BranchStanding]) -> BranchStanding:
    few = sharing if len(sharing) <= _NAMED + 1 else ()
    tied = tuple(_called(other, one) for other in few if other is not one)
    return one._replace(place=place, others=len(sharing) - 1, tied=tied)


def _called(other: BranchStanding, one: BranchStanding) -> str:
    """Another branch as the line of `one` names it: with its township, where that is another."""
    return other.branch if other.township == one.township else f"{other.township}{other.branch}"


def _alone(key: Key, parts: Mapping[str, int], waiting: int, policy: StudyPolicy) -> BranchStanding:
    met, asked = parts.get(MET, 0), parts.get(MET, 0) + parts.get(SHORT, 0)
    return BranchStanding(*key, parts, waiting, policy.proposal(met + waiting, asked + waiting))


def waiting(company: Company, roster: str) -> Mapping[Key, int]:
    """By branch how many rows of a roster are set aside, those that could not be read among them."""
    aside = in_error(company.found)
    records = [judged.record for judged in company.judged[roster] if id(judged.record.row) in aside]
    unread = company.at.rosters[roster].set_aside
    read: Sequence[Key] = [(record.township, record.branch) for record in records]
    return Counter(
        [*read, *((row.written("township") or row.source.sender, row.written("branch")) for row in unread)]
    )
