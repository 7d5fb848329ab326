"""Finds what is written beside the fields of a person: on his own row of the roster, and on his lines of the
任职经历 sheet.

It may read rows and ask domain/beside what a text means. It changes no row and decides nothing about money.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sanchuang_cli.domain.beside import is_silent, of_person, of_words
from sanchuang_cli.domain.entitlement.row_troubles import finding, trouble
from sanchuang_cli.domain.heeding import ENDED
from sanchuang_cli.domain.people import Member, SpellRow, columns
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.record import Roster

_COLUMNS = columns()
_HEARD = tuple(field for field in _COLUMNS.values() if field.heard)
Lines = Mapping[str, list[SpellRow]]
"""The lines of the 任职经历 sheet, by the identity number of the person whom they are about."""


def beside_fields(record: Member, lines: Lines) -> list[Finding]:
    """Return the findings on a person's own row, and on each line of the other sheet that is about the same
    person."""
    row, name = record.row, record.name
    value = _fields(record)
    found = [] if is_silent(row, name) else of_person(row, name, value, heeds=Member.heeds)
    for field in _HEARD:
        found += of_words(row, name, value, field, Member.heeds)
    for line in lines.get(record.identity, ()):
        odd = of_person(line.row, record.name, _of_spell(record, line), heeds=Member.heeds)
        found += odd
        if any(one.severity is Severity.ERROR for one in odd):
            found.append(_pointed_at(record, line))
    return found


def _pointed_at(record: Member, line: SpellRow) -> Finding:
    """Return an error at the person's own row which says that a line of the other sheet is wrong. Without it,
    his own row would be paid."""
    said = f"任职经历表上本人的一段待核实，见 {line.row.place()}"
    return finding(record, trouble("spell-line", "spells", said))


def lines_with_more(roster: Roster[SpellRow] | None) -> Lines:
    """Return the lines of the 任职经历 sheet that can have remarks, comments or struck-through cells; other
    lines need no look."""
    found: dict[str, list[SpellRow]] = defaultdict(list)
    for line in roster.records if roster else ():
        if line.row.source.remarks or line.row.source.beside:
            found[line.identity].append(line)
    return found


def _fields(record: Member) -> Callable[[str], Any]:
    """Return a function that gives what the record holds under a heading; it gives None where the cell is
    blank."""
    return lambda heading: getattr(record, _COLUMNS[heading].name) or None if heading in _COLUMNS else None


def _of_spell(record: Member, line: SpellRow) -> Callable[[str], Any]:
    """Do the same for a line of the other sheet. The end of that line is the day on which the post was
    left."""
    fields = _fields(record)
    return lambda heading: line.end if heading == ENDED else fields(heading)
