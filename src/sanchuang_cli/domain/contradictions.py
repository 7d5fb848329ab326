"""Finds values of a row that cannot all be true, such as a death before the birth. `check` and payments both ask here.

Pure: dates and numbers in, contradictions out. The limits are national rules with their source; the limits of a county are
in its policy. The caller decides what follows: a check warns, a payment is held back where the contradiction bears on it.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from sanchuang_cli.domain import identity
from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.identity import Sex
from sanchuang_cli.period import VagueDate

JOINING_AGE = 18
AGE_RULE_SINCE = date(1956, 10, 1)
"""党章 of the 8th congress (adopted 26 September 1956), 第一章: members are eighteen or older; earlier texts vary."""
CHILDHOOD = 12
"""Nobody joins the Party or holds a post before the year of that birthday, whatever the rules of the time."""

T = TypeVar("T")


class Contradiction(NamedTuple):
    """code: its name, for the code of a finding. what: to follow the date that is contradicted."""

    code: str
    what: str


def joined(said: VagueDate, birth: VagueDate) -> Contradiction | None:
    """入党日期 against the birth: before it, as a child, or before eighteen since there is such a rule."""
    if said.latest.year > birth.earliest.year + JOINING_AGE:
        return None  # nearly everybody
    if said.latest < birth.earliest:
        return Contradiction("joined-before-birth", f"早于出生（{birth}）")
    if said.earliest >= AGE_RULE_SINCE and said.latest < birthday(birth.earliest, JOINING_AGE, "february"):
        return Contradiction("joined-too-young", f"时不满 {JOINING_AGE} 周岁（{birth} 出生）")
    return Contradiction("joined-too-young", _child(birth)) if is_child(said, birth) else None


def started(said: VagueDate, birth: VagueDate) -> Contradiction | None:
    """The start of a post against the birth."""
    return Contradiction("served-too-young", _child(birth)) if is_child(said, birth) else None


def holds(said: VagueDate, birth: VagueDate) -> Contradiction | None:
    """The start of a post that somebody holds now: whoever is paid and answers for it is an adult."""
    minor = said.latest < birthday(birth.earliest, JOINING_AGE, "february")
    words = f"时不满 {JOINING_AGE} 周岁（{birth} 出生）"
    return started(said, birth) or (Contradiction("served-too-young", words) if minor else None)


def _child(birth: VagueDate) -> str:
    return f"时不满 {CHILDHOOD} 岁（{birth} 出生）"


def is_child(said: VagueDate, birth: VagueDate) -> bool:
    """Whether a day certainly lies in childhood."""
    return said.latest.year < birth.earliest.year + CHILDHOOD


def died(said: VagueDate, birth: VagueDate, until: date) -> Contradiction | None:
    """死亡日期 against the birth, and against the last day `until` which it can have been heard of."""
    if said.latest < birth.earliest:
        return Contradiction("died-before-birth", f"早于出生（{birth}）")
    return Contradiction("died-in-future", "还没有到") if said.earliest > until else None


def born(said: VagueDate, number: str) -> date | None:
    """The birth date in an identity number where 出生日期 says another. Compared as exactly as it is known."""
    birth = identity.birth(number)
    return birth if birth and not said.earliest <= birth <= said.latest else None


def sex(said: str, number: str) -> Sex | None:
    """The sex in an identity number where 性别 says the other."""
    holder = identity.sex(number)
    return holder if said in ("男", "女") and said != holder else None


def repeated(rows: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """The groups of several rows with one `key`, such as an identity number. Rows without any are in none."""
    given = list(rows)
    keys = list(map(key, given))
    groups: dict[Hashable, list[T]] = {
        value: [] for value, count in Counter(keys).items() if count > 1 and value not in (None, "")
    }
    for row, value in zip(given, keys, strict=True) if groups else ():
        if value in groups:
            groups[value].append(row)
    return list(groups.values())


def shared(
    rows: Iterable[T], account: Callable[[T], str | None], holder: Callable[[T], Hashable]
) -> Iterator[list[T]]:
    """The groups of rows with one account under several holders: money would reach the wrong person, or one person twice."""
    for group in repeated(rows, account):
        if len({holder(row) for row in group} - {None, ""}) > 1:
            yield group
