"""Declares the ways in which a row can be read, and the days and columns by which contradictions in it are found.

Whether a day is possible is judged by the birth in the identity number and by the period. No clock is read,
so the same row always gets the same answer.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.blocks import Condition
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.conditions import RuleColumns, says_no
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.entitlement.service import Posts
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.words import NO_VALUE, narrow, unstopped
from sanchuang_cli.period import Period, VagueDate

_LATER = 20
"""A period may be worked out with a roster of a later year, but hardly so many years later. A day beyond that
has not happened."""
_DAY_OF = {
    "财政供养": "录用日期",
    "户籍状况": "户籍迁出日期",
    "健在情况": "死亡日期",
    "处分情况": "处分日期",
    "刑罚情况": "判决日期",
}
"""Columns of the roster that say whether something has happened, each with the column of its day. A policy
need not use both."""
_DENYING = frozenset({"户籍状况", "健在情况"})
"""Columns whose accepted words say that nothing has happened."""


class OtherReading(NamedTuple):
    """Another way to read a row."""

    record: Member
    born: Born


class Against(NamedTuple):
    """One thing in which a row contradicts itself.

    column: the field at which it is told. others: the other readings. quiet: it is not worth telling where
    all readings give the same money.
    """

    column: str
    message: str
    others: tuple[OtherReading, ...]
    quiet: bool = False


class StateColumn(NamedTuple):
    """A column that says whether something has happened, and the column beside it that says when.

    denying: in a column of words, those that say that it has not happened. listed: those that the rule knows.
    """

    rule: Condition
    read: Callable[[Member], Any]
    name: str
    day: Callable[[Member], VagueDate | None]
    since: str
    denying: frozenset[str]
    listed: frozenset[str]

    @classmethod
    def of(cls, rule: Condition, cells: RuleColumns, denies: bool) -> "StateColumn | None":
        """Return None where the rule is about nothing that can have happened, or no column says when.

        denies: the words that the rule accepts say that it has not happened. Elsewhere they may say that it
        was a small matter.
        """
        since = rule.since or _DAY_OF.get(rule.column, "")
        if not since or not rule.active or (rule.must_be is None and not rule.refuse):
            return None
        name, dated = cells.name(rule.column), cells.name(since)
        accepted, refused = frozenset(map(narrow, rule.accept)), frozenset(map(narrow, rule.refuse))
        denying = (NO_VALUE - {""} - accepted - refused) | (accepted if denies else frozenset())
        listed = accepted | refused
        return cls(rule, cells.reader(rule.column), name, cells.reader(since), dated, denying, listed)

    def denied(self, value: Any) -> bool:
        """Whether the cell says that it has not happened. A blank cell says nothing."""
        if self.rule.must_be is not None:
            return bool(value is self.rule.must_be)
        if not value:
            return False
        said = unstopped(value)
        return said in self.denying or (said not in self.listed and says_no(said, self.rule.column))

    def happened(self) -> Any:
        """Return what the cell would say if it had happened."""
        return not self.rule.must_be if self.rule.must_be is not None else self.rule.refuse[0]


class PeriodBounds(NamedTuple):
    """The first and the last day of the period, and the last day that an event in a roster can have."""

    first: date
    last: date
    never: date

    @classmethod
    def of(cls, period: Period) -> "PeriodBounds":
        """Work the three days out from a period."""
        last = period.last
        return cls(period.first, last, date(min(last.year + _LATER, date.max.year), 12, 31))


class Prepared(NamedTuple):
    """What the search for contradictions goes by, for some benefits.

    posts: of the first benefit that goes by service. pauses: the fields of the first and the last day of a
    suspension.
    """

    posts: Posts | None
    states: tuple[StateColumn, ...]
    pauses: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, benefit: Benefit, cells: RuleColumns) -> "Prepared":
        """Prepare it from one benefit."""
        stops = {test.column for test in benefit.condition if test.active and test.test == "stop"}
        found = (
            StateColumn.of(rule, cells, rule.since in stops or rule.column in _DENYING)
            for rule in benefit.condition
        )
        states = tuple(filter(None, found))
        pauses = tuple((cells.name(pause.start), cells.name(pause.end)) for pause in benefit.suspension)
        return cls(Posts(benefit.service) if benefit.service else None, states, pauses)

    @classmethod
    def together(cls, some: Iterable["Prepared"]) -> "Prepared":
        """Join those of several benefits, each thing once."""
        found = list(some)
        states = dict.fromkeys(state for one in found for state in one.states)
        pauses = dict.fromkeys(pause for one in found for pause in one.pauses)
        return cls(next((one.posts for one in found if one.posts), None), tuple(states), tuple(pauses))


class Seen(Struct, frozen=True, gc=False):
    """A row that has been judged. dates: the date fields that the rules go by and that are filled in."""

    record: Member
    born: Born
    verdicts: Sequence[BenefitVerdict]
    prepared: Prepared
    dates: dict[str, VagueDate]
    bounds: PeriodBounds

    def with_(self, **fields: Any) -> OtherReading:
        """Return the reading of this row in which some fields have other values."""
        return OtherReading(with_fields(self.record, fields), self.born)


def with_fields(record: Member, fields: dict[str, Any]) -> Member:
    """Return the record with other values in some fields, whether they are its own or were added by a
    policy."""
    own = {name: value for name, value in fields.items() if name in Member.__struct_fields__}
    more = {name: value for name, value in fields.items() if name not in own}
    return replace(record, **own, **({"more": {**record.more, **more}} if more else {}))
