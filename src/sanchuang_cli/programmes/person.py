"""一人一档: all that rosters and results say of one person, each line with its place, and where they contradict each other.

Its rows are lines of other workbooks that have been found to be about the person; nothing is corrected and nothing concluded.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Annotated

from pydantic import Field as Setting

from sanchuang_cli.domain.sections import Section, section_of
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.front import Figures, having
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Verdict, Whole, each
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Citation, Policy, Rule
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Record, Wanted

OWN, PERHAPS = PARTS = ("归入", "疑似")
BASIC = "基本"
DOUBTS = Doubts(
    {
        "contradiction": Doubt(
            Severity.WARNING,
            "一个人的情况，各处应写得一致",
            "请核对档案，把写错的那一处改正；本工具不改。",
            "几处写得不一样",
        )
    }
)


class Sections(Rule, title="各类的先后"):
    """In which order the sections stand. What belongs to none of them, and every roster, stands first."""

    decides = False

    clause: Citation
    order: tuple[Section, ...] = Setting(description="各类，按印出来的先后")

    def of(self, programme: str) -> str:
        """The section of a programme's results."""
        section = section_of(self.order, programme)
        return section.name if section else BASIC

    def place(self, name: str) -> int:
        """Where a section stands."""
        names = [BASIC, *(one.name for one in self.order)]
        return names.index(name)


class Alike(Rule, title="各处应写得一样的"):
    """What is the same on every list of a person, so that lists which differ contradict each other."""

    decides = False

    clause: Citation
    headings: tuple[str, ...] = Setting(
        description="哪几栏，写栏目通常的名称，如 入党日期；日期只写到月的，不算不一样"
    )


USUAL = Alike(
    clause="政策没有写的，按这几栏（本工具定的）",
    headings=("姓名", "性别", "出生日期", "入党日期", "转正日期"),
)
"""What a document compares that was made before it could say so."""


class PersonPolicy(Policy, title="一人一档（一版）"):
    """What a document on the file of a person says."""

    sections: Sections = Setting(description="各类的先后")
    alike: Alike = Setting(
        default=USUAL,
        description="哪几栏各处应写得一样，不一样的列出；不写按姓名、性别、出生日期、入党日期、转正日期",
    )


class Mention(Record, frozen=True, kw_only=True):
    """A line that is, or may be, about the person. programme: that made it, "" for a roster. what: its matter. when: the period
    of a result. said: what stands on it. stated: its cells by heading, as they are compared, dates in one form. how: by what it was
    found."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    village: Annotated[str, Field("村")] = ""
    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    programme: str = ""
    what: str = ""
    when: str = ""
    ended: date = date.min
    said: str = ""
    fen: int | None = None
    stated: Mapping[str, str] = {}
    certain: bool = True
    how: str = ""


class Filed(Verdict[Mention], frozen=True, kw_only=True, eq=False):
    """A line in its section."""

    section: str


def judge(mention: Mention, at: At[PersonPolicy], odd: Odd) -> Filed:
    """File a line: as the person's own, or as one that may be about somebody else of the name."""
    part = OWN if mention.certain else PERHAPS
    reason = Reason(
        "归到谁名下",
        mention.how,
        "身份证号相同的归入；没有号码的，同名同村（支部）又只有一个人的归入，其余疑似",
    )
    return Filed(
        record=mention, part=part, section=at.policy.sections.of(mention.programme), reasons=(reason,)
    )


@dataclass(frozen=True)
class Contradiction:
    """What two or more places say differently of the person."""

    heading: str
    values: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        """The values with their places, in one line."""
        return "；".join(f"{value}：{places}" for value, places in self.values)


def contradictions(filed: list[Filed], headings: Sequence[str]) -> Iterator[Contradiction]:
    """Those of the headings under which the person's own lines differ, each value with its places."""
    for heading in headings:
        places: dict[str, list[str]] = defaultdict(list)
        for one in filed:
            if value := one.record.stated.get(heading):
                places[value].append(str(one.record.row.place()))
        if len(places) > 1 and not _one_within_another([*places]):
            values = tuple((value, "、".join(where)) for value, where in sorted(places.items()))
            yield Contradiction(heading, values)


def _one_within_another(values: list[str]) -> bool:
    """Whether days of several precision can all be one: 1985-06 and 1985-06-01."""
    return all(max(values).startswith(value) for value in values)


def together(company: Company) -> Joint:
    """Tell each contradiction once, at the first of its lines."""
    own = [one for one in company.standing("mentions") if one.part == OWN]
    found = list(contradictions(own, company.at.policy.alike.headings))
    first = {one.heading: next(line for line in own if one.heading in line.record.stated) for one in found}
    told = [
        company.told(
            "contradiction", first[one.heading].record.row, "", f"{one.heading}写得不一样：{one.said}"
        )
        for one in found
    ]
    return Joint(told=told, more=found)


def in_order(whole: Whole, part: str = OWN) -> list[Filed]:
    """The lines of a part by section, then by day, then as the files come."""
    sections = whole.at.policy.sections
    return sorted(
        whole.of((part,)),
        key=lambda one: (sections.place(one.section), one.record.ended, str(one.record.row.place())),
    )


def _sections(whole: Whole) -> list[str]:
    """The sections that the file has, in their order."""
    return list(dict.fromkeys(one.section for one in in_order(whole)))


def whose(whole: Whole) -> tuple[str, ...]:
    """Whom the file is about, with the number masked. Lines with neither number nor village may all be somebody else's."""
    own = whole.of((OWN,))
    lines = [one.record for one in own or whole.of((PERHAPS,))]
    names = {"".join(one.name.split()): one.name for one in reversed(lines) if one.name}
    called = "、".join([*names.values()][::-1]) or "没有写姓名"
    identity = next((one.identity for one in lines if one.identity), "")
    number = f"，身份证号 {mask(Kind.IDENTITY, identity)}" if identity else "，没有身份证号"
    nobodys = "" if own else f"，也没有写村（支部）：各行是不是本人的，说不准，都列在{PERHAPS}"
    return (f"{called}{number}{nobodys}。各行照原样写出，没有改正；体检结果和每张测评票不列。",)


_COLUMNS = (
    Col("section", "类"), Col("when", "期间", of=attrgetter("record.when")), Col("what", "事项", of=attrgetter("record.what")),
    Col("said", "内容", of=attrgetter("record.said"), wide=True, private=True), Col("fen", "金额", Kind.MONEY, attrgetter("record.fen")),
    Col("place", "出处", of=lambda one: str(one.record.row.place()), wide=True), Col("how", "凭什么归入", of=attrgetter("record.how"), detail=True),
)  # fmt: skip
FILE = Page("一人一档", "一人一档", _COLUMNS, rows=in_order, who=False, dated=False, notes=whose)
DIFFERING = Page(
    "写得不一样", "各处写得不一样的",
    (Col("heading", "栏目", of=attrgetter("heading")), Col("said", "怎样写的", of=attrgetter("said"), wide=True, private=True)),
    rows=lambda whole: whole.more, who=False, dated=False, only_if_any=True,
)  # fmt: skip
DOUBTFUL = Page(
    PERHAPS, "同名、不知是不是本人的", ("township", "village", *_COLUMNS), rows=lambda whole: in_order(whole, PERHAPS),
    who=False, dated=False, only_if_any=True,
)  # fmt: skip
PROGRAMME = Programme(
    name="person",
    policy=PersonPolicy,
    default_period=lambda today: Period(Month.of(today), 1),
    judges_a_day=True,
    mains={"mentions": Main(Wanted(Mention, "名册和结果里的行"), each(judge), PARTS)},
    doubts=DOUBTS,
    together=together,
    pages=lambda whole: (FILE, DIFFERING, DOUBTFUL),
    front=lambda whole: (Figures("一人一档", (FILE.name,), tuple(having("section", name) for name in _sections(whole))),),
    terminal_pages=(replace(FILE, columns=(*_COLUMNS[:3], _COLUMNS[4])), DIFFERING),
)  # fmt: skip
