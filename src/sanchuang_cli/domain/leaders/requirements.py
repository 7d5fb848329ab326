"""Declares what somebody must meet to be put forward, column by column of a roster: words that are accepted, and ages."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from pydantic import Field as Setting

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.people import Person
from sanchuang_cli.judging import Odd, Reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Number, Rule
from sanchuang_cli.record import Field, Record

BLANK, NO_COLUMN = "没有填", "名册无此栏"


class Requirement(Rule, title="一个条件"):
    """What must stand in a column. Whoever has a blank cell there has not shown it yet."""

    name: str = Setting(description="条件，照文件的说法")
    clause: Citation
    column: str = Setting(description="看名册的哪一栏")
    accept: tuple[str, ...] = Setting(default=(), description="符合的写法；不写时这一栏填“是”才符合")
    refuse: tuple[str, ...] = Setting(default=(), description="不符合的写法；两处都没有的，整行待核实")
    sources: tuple[str, ...] = Setting(default=(), description="只问哪些来源类别的人；不写时人人都问")

    @property
    def field(self) -> Field:
        """The column that it asks for."""
        return Field(self.column, Kind.TEXT if self.accept else Kind.FLAG, name=self.column)

    def reason(self, who: Record, called: str, odd: Odd) -> Reason:
        """Whether it is met; None where the cell is blank or the roster has no such column."""
        name, value = named(type(who), self.column), stated(who, self.column)
        asked = f"须是{'、'.join(self.accept) or '“是”'}"
        if value is None:
            blank = BLANK if name in who.row.source.columns else NO_COLUMN
            return Reason(self.name, f"“{self.column}”{blank}，{asked}", self.clause, None, (name,))
        if not self.accept:
            said = f"“{self.column}”填的是{'是' if value else '否'}，{asked}"
            return Reason(self.name, said, self.clause, bool(value), (name,))
        met = value in self.accept
        if not met and value not in self.refuse:
            message = f"{called}：{self.column}“{value}”不在政策所列之内"
            odd.add("word-unknown", name, message, self.clause)
        return Reason(self.name, f"“{value}”，{asked}", self.clause, met, (name,))


class AgeLimit(Rule, title="年龄"):
    """From which age to which, in full years on the day of judgement."""

    clause: Citation
    least: Number = Setting(default=18, description="满多少周岁；不写是 18")
    under: Number = Setting(description="不满多少周岁")

    def reason(self, who: Person, on: date) -> Reason:
        """Whether somebody is old enough and not too old."""
        age = full_years(who.born, on)
        said = f"{on} 为 {age} 周岁，须满 {self.least}、不满 {self.under} 周岁"
        return Reason("年龄", said, self.clause, self.least <= age < self.under, ("identity",))


class JointReview(Rule, title="联审"):
    """Which bodies must say of each candidate that they have no objection, each with the day."""

    clause: Citation
    bodies: tuple[str, ...] = Setting(
        min_length=1, description="哪些单位，如“纪检”；名册的栏名是“纪检意见”和“纪检意见日期”"
    )

    @property
    def fields(self) -> tuple[Field, ...]:
        """For each body, its opinion and the day."""
        words = {FINE: ("同意", "无意见", "没有意见", "没有异议"), OBJECTS: ("不同意", "有意见", "反对")}
        opinions = ((f"{body}意见", f"{body}意见日期") for body in self.bodies)
        return tuple(
            field
            for said, day in opinions
            for field in (Field(said, Kind.CHOICE, choices=words, name=said), Field(day, Kind.DATE, name=day))
        )

    def reasons(
        self, who: Record, called: str, on: date, odd: Odd, since: date = date.min
    ) -> Iterator[Reason]:
        """What each body says: False where it objects, None where its opinion or the day is not there yet, or is of before
        `since`."""
        for body in self.bodies:
            name, when = f"{body}意见", f"{body}意见日期"
            word, day = who.more.get(name), who.more.get(when)
            if day and day.earliest > on:
                odd.add("not-yet", when, f"{called}：{when} {day} 在判定日 {on} 以后")
            if word and not day:
                then = f"仍算{OBJECTS}" if word == OBJECTS else "不作数"
                odd.add("opinion-undated", name, f"{called}：{name}“{word}”没有写日期，{then}", self.clause)
            old = bool(day and day.earliest < since)
            if old:
                message = f"{called}：{name}是 {day} 的，{since} 以前的不作数"
                odd.add("opinion-old", when, message, self.clause)
            if word is None:
                blank = BLANK if name in who.row.source.columns else NO_COLUMN
                yield Reason(name, blank, self.clause, None, (name, when))
            else:
                said = f"{word} {day or '没有写日期'}"
                counts = word == OBJECTS or (day and not old)
                yield Reason(name, said, self.clause, word == FINE if counts else None, (name, when))


FINE, OBJECTS = "无异议", "有异议"


class FileParts(Rule, title="档案"):
    """The parts that somebody's file must have."""

    clause: Citation
    parts: tuple[str, ...] = Setting(
        min_length=1, description="档案的各部分；名册的栏名前加“档案/”，有填“是”，没有填“否”"
    )

    @property
    def fields(self) -> tuple[Field, ...]:
        """A column for each part. 其他 alone is no part but a column of remarks."""
        alone = ((part, () if part == "其他" else (part,)) for part in self.parts)
        return tuple(
            Field(f"档案/{part}", Kind.FLAG, aliases=aliases, name=f"档案/{part}") for part, aliases in alone
        )

    def lacking(self, who: Record) -> tuple[list[str], list[str]]:
        """The parts that are not there, and those of which the roster does not say it."""
        said = {part: who.more.get(f"档案/{part}") for part in self.parts}
        return [part for part in said if said[part] is False], [part for part in said if said[part] is None]


@cache
def _names(record: type[Record]) -> dict[str, str]:
    return {field.heading: field.name for field in record.declared()}


def named(record: type[Record], heading: str) -> str:
    """The name of the field under a heading; of a column of the policy, the heading itself."""
    return _names(record).get(heading, heading)


def stated(who: Record, heading: str) -> Any:
    """What a record says under a heading, whether the field is its own or the policy's; None where it is blank."""
    name = _names(type(who)).get(heading)
    value = getattr(who, name) if name else who.more.get(heading)
    return None if value == "" else value


def policy_fields(record: type[Record], requirements: Iterable[Requirement]) -> tuple[Field, ...]:
    """The columns that requirements add to those that a record has itself, each once."""
    fields = (one.field for one in requirements if one.column not in _names(record))
    return tuple({field.name: field for field in fields}.values())
