"""Reads the 任职经历 sheet: the spells of each person on it, and whose spells cannot all be read.

It may read the rows of that sheet only. The promise: a line that nobody can read never shortens, ends or
leaves open the service of a person. His row is set aside instead.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, trouble
from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.domain.words import NO_VALUE, STILL, narrow
from sanchuang_cli.period import Spell
from sanchuang_cli.record import Roster, Row


class SpellSheet(NamedTuple):
    """Spells in the order of time, and why they are not all known, both by identity number. names: those that stand beside a
    number, each with its row."""

    spells: dict[str, tuple[Spell, ...]]
    troubles: dict[str, RowTrouble]
    names: dict[str, dict[str, Row]]

    @classmethod
    def of(cls, roster: Roster[SpellRow] | None) -> "SpellSheet":
        """Read the sheet; None means that there is none."""
        if roster is None:
            return cls({}, {}, {})
        found: dict[str, list[Spell]] = defaultdict(list)
        for line in roster.records:
            found[line.identity].append(Spell(line.start, line.end, line.post))
        spells = {who: tuple(sorted(told, key=in_time)) for who, told in found.items()}
        doubtful = [(line.identity, line.row) for line in roster.records if _end_unread(line.row)]
        doubtful += [(as_written(row.written("identity")), row) for row in roster.set_aside]
        names: dict[str, dict[str, Row]] = defaultdict(dict)
        for line in roster.records:
            names[line.identity].setdefault(line.name, line.row)
        return cls(spells, {who: _trouble(row) for who, row in reversed(doubtful)}, names)

    def trouble_of(self, who: Member) -> RowTrouble | None:
        """Why the service of a person is not all known; None where it is."""
        if known := self.troubles.get(who.identity):
            return known
        for name, row in self.names.get(who.identity, {}).items():
            if name and name != who.name:
                said = f"任职经历表里这个身份证号的姓名写的是“{name}”（{row.place()}），任职时间不能认定"
                return trouble("unread", "spells", said, mend="请核对任职经历表的姓名和身份证号。")
        return None


def in_time(spell: Spell) -> tuple[Any, ...]:
    """The key by which spells are sorted."""
    return spell.start, spell.end is None, spell.end or spell.start, spell.post


def _end_unread(row: Row) -> bool:
    return "end" in row.unread and narrow(row.written("end")) not in NO_VALUE | STILL


def _trouble(row: Row) -> RowTrouble:
    said = f"任职经历表里本人的一段（{row.place()}）有看不清或没有填的内容，任职时间不能认定"
    return trouble("unread", "spells", said, mend="请在任职经历表里把这一段改正、补全。")
