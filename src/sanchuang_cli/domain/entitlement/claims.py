"""Decides whom a benefit concerns at all. One fulfilled claim is enough; a benefit without claims concerns
everybody.

It may only ask conditions. A person who may be concerned is judged. Where nobody can tell whether he is
concerned, his row is set aside: it must never be passed over in silence.
"""

from collections.abc import Sequence

from sanchuang_cli.domain.entitlement.blocks import Condition
from sanchuang_cli.domain.entitlement.conditions import Conditions, RuleColumns
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble
from sanchuang_cli.domain.entitlement.unread import illegible
from sanchuang_cli.domain.people import Member


class Claims:
    """The claims of one benefit, ready to be asked of many people."""

    def __init__(self, rules: Sequence[Condition], cells: RuleColumns) -> None:
        active = [rule for rule in rules if rule.active]
        self._conditions = Conditions(active, cells)
        tests = self._conditions.tests
        self._quick = [test.may_hold() for test in tests]
        self._names = frozenset(cells.name(heading) for rule in active for heading in rule.columns)
        self._always_clear = not any(test.may_be_unclear for test in tests)

    def clearly(self, record: Member) -> bool:
        """Whether one of them holds in some month by what can be read; yes where there are none."""
        for read, will_do in self._quick:
            if will_do(read(record)):
                return True
        return not self._quick

    def may_hold(self, record: Member) -> bool:
        """Whether a claim is fulfilled in some month. The answer is yes where nobody can tell, or where a
        cell that decides it cannot be read."""
        return self.clearly(record) or (
            bool(record.row.unread) and not self._names.isdisjoint(illegible(record))
        )

    def troubles(self, record: Member) -> tuple[RowTrouble, ...]:
        """Return why nobody can tell whether a claim is fulfilled. There are none where one of the claims
        clearly is."""
        if self._always_clear:
            return ()
        judged = self._conditions.judged(record)
        return () if any(clause.first <= clause.last for clause in judged.clauses) else judged.troubles
