"""Compares people with 核查名单: lists of the dead, of people on the state payroll, of people serving a sentence.

It reads decisions and lists and returns findings. A complete number, or an incomplete one together with the name, sets a
row aside. An incomplete number alone or a name alone is a warning. The same name with another number is a note. Every
line of a list is compared.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.partial import agrees, is_whole, shapes
from sanchuang_cli.domain.payroll import doubts
from sanchuang_cli.domain.people import Member, Person, ScreenedPerson
from sanchuang_cli.finding import Place, Severity
from sanchuang_cli.judging import Company, Told
from sanchuang_cli.record import Roster


class Likeness(NamedTuple):
    """How a line of a list resembles a person. column: the field in which it does; then: what follows, in Chinese."""

    severity: Severity
    column: str
    then: str


_SAME = Likeness(Severity.ERROR, "identity", "身份证号相同，不发放、待核实")
_PART_AND_NAME = Likeness(
    Severity.ERROR, "identity", "姓名相同，名单上不完整的身份证号也对得上，不发放、待核实"
)
_PART = Likeness(
    Severity.WARNING, "identity", "名单上不完整的身份证号对得上，姓名不同或没有写，请核对是否本人"
)
_NAME = Likeness(Severity.WARNING, "name", "只是姓名相同，请核对是否本人")
_ANOTHER = Likeness(Severity.NOTE, "name", "姓名相同，身份证号不同，按不是本人处理")
_BY_WEIGHT = (_SAME, _PART_AND_NAME, _PART, _NAME, _ANOTHER)


class ScreenLists:
    """All lists of a run together, indexed by number, by name, and by the digits known of an incomplete number."""

    def __init__(self, lines: tuple[ScreenedPerson, ...]) -> None:
        self._numbers: dict[str, list[ScreenedPerson]] = defaultdict(list)
        self._names: dict[str, list[ScreenedPerson]] = defaultdict(list)
        self._parts: dict[tuple[int, ...], dict[tuple[str, ...], list[ScreenedPerson]]] = {}
        for line in lines:
            if line.name:
                self._names[line.name].append(line)
            if is_whole(line.identity):
                self._numbers[line.identity].append(line)
                continue
            for shape in shapes(line.identity):
                if shape.tells:
                    known = self._parts.setdefault(shape.places, defaultdict(list))
                    known[tuple(shape.known)].append(line)
        self._reads: list[
            tuple[Callable[[str], tuple[str, ...]], dict[tuple[str, ...], list[ScreenedPerson]]]
        ] = [(itemgetter(*places), known) for places, known in self._parts.items()]

    def like(self, record: Member | Person) -> tuple[Likeness, list[ScreenedPerson]] | None:
        """The lines that resemble a person most, and how; None where no line does."""
        alike: dict[Likeness, list[ScreenedPerson]] = defaultdict(list)
        number = record.identity
        if number in self._numbers:
            alike[_SAME] += self._numbers[number]
        for line in self._names.get(record.name, ()):
            if line.identity != number:
                alike[_of_one_name(line, number)].append(line)
        for read, known in self._reads:
            alike[_PART] += [line for line in known.get(read(number), ()) if line.name != record.name]
        for likeness in _BY_WEIGHT:
            if lines := alike.get(likeness):
                # One line can be reached by several readings of its damaged number.
                return likeness, list({id(line): line for line in lines}.values())
        return None


def _of_one_name(line: ScreenedPerson, number: str) -> Likeness:
    """How a line resembles the person of the same name who has this number."""
    if not shapes(line.identity):
        return _NAME
    return _PART_AND_NAME if agrees(line.identity, number) else _ANOTHER


def screened(decisions: Sequence[Decision], roster: Roster[ScreenedPerson] | None) -> Iterator[Told]:
    """Findings on the lists themselves, and on everybody who resembles somebody on them."""
    if roster is None:
        return
    yield from of_lists(roster)
    lists = ScreenLists(roster.records)
    for decision in decisions:
        alike = lists.like(decision.record)
        if alike is None:
            continue
        likeness, lines = alike
        # Only money can go to the wrong person: a mere likeness to somebody who gets none is not worth a clerk's time.
        if likeness.severity is not Severity.ERROR and not decision.verdicts:
            continue
        where = "；".join(f"{line.kind or '核查名单'}，{line.row.place(likeness.column)}" for line in lines)
        message = f"在核查名单上（{where}）：{likeness.then}"
        yield doubts.on_person(decision, "screened", likeness.column, message, likeness.severity)


def on_lists(company: Company, people: str) -> Iterator[Told]:
    """Findings `on-list` and `like-list` of the programme on everybody of a main roster who may be somebody on the lists."""
    roster: Roster[ScreenedPerson] | None = company.at.rosters.get("screen")
    if roster is None:
        return
    yield from of_lists(roster)
    lists = ScreenLists(roster.records)
    for judged in company.judged[people]:
        person: Person = judged.record
        alike = lists.like(person)
        if alike and alike[0].severity is not Severity.NOTE:
            likeness, lines = alike
            where = "；".join(f"{line.kind or '核查名单'}，{line.row.place('identity')}" for line in lines)
            code = "on-list" if likeness.severity is Severity.ERROR else "like-list"
            said = f"{person.called}：在核查名单上（{where}）：{likeness.then}"
            yield Told(company.at.doubts.at(code, person.row.place(likeness.column), said), person.row)


def of_lists(roster: Roster[ScreenedPerson]) -> Iterator[Told]:
    """A finding for each line with neither a name nor a number, and for each table that has incomplete numbers."""
    broken: Counter[Place] = Counter()
    for line in roster.records:
        if not line.name and not shapes(line.identity):
            message = "核查名单的这一行，姓名和身份证号都没有读出，没有比对"
            yield Told(doubts.DOUBTS.at("list-unread", line.row.place(), message))
        elif shapes(line.identity) and not is_whole(line.identity):
            broken[Place(line.row.source.book, line.row.source.sheet)] += 1
    for place, count in broken.items():
        message = f"核查名单有 {count} 个身份证号不完整或有误，按认得出的各位和姓名比对"
        yield Told(doubts.DOUBTS.at("list-partial", place, message))
