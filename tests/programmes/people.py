"""People for the tests of `subsidies`, built as the reader would build them, and runs over them."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import structs

from sanchuang_cli import policy
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.people import PAPER, Member, Paid, ScreenedPerson, SpellRow
from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.page import Page
from sanchuang_cli.period import Period, Spell, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from sanchuang_cli.table import Table
from sanchuang_cli.tally import Tally

NOWHERE = "230299"
"""An address code that was never assigned: these numbers can belong to nobody."""

CADRE, HARDSHIP, VETERAN = "离任村干部生活补贴", "生活困难党员补贴", "老党员定期补助"


def identity(born: str, sex: str = "男", number: int = 1) -> str:
    """An identity number of somebody born on an ISO day; `number` tells people of one birthday apart."""
    sequence = number * 2 % 998 + (sex == "男")
    body = f"{NOWHERE}{born.replace('-', '')}{sequence:03d}"
    return body + check_digit(body)


def day(text: str) -> VagueDate:
    """1990, 1990-05 or 1990-05-03, as exact as it is written."""
    parts = [int(part) for part in text.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


def served(text: str) -> tuple[Spell, ...]:
    """`1998-06…2001-05 主任; 2001-06… 书记`: an open end is still serving."""
    found = []
    for piece in filter(None, text.split(";")):
        span, _, post = piece.strip().partition(" ")
        start, end = span.split("…")
        found.append(Spell(day(start), day(end) if end else None, post.strip()))
    return tuple(found)


def _row(model: type[Record], number: int, values: dict[str, Any], book: str) -> Row:
    headings = {field.name: field.heading for field in model.declared()}
    columns = {name: (i, headings.get(name, name)) for i, name in enumerate(values, 1)}
    source = Source(book, "Sheet1", columns, tuple(at for at in columns.values() if at[1] == "备注"))
    return Row(
        source, number + 3, tuple("" if value in (None, ()) else str(value) for value in values.values())
    )


_DATES = {field.name for field in Member.declared() if field.kind.value == "date"}


def member(
    number: int = 1,
    born: str = "1950-03-15",
    sex: str = "男",
    spells: str = "",
    more: dict[str, Any] | None = None,
    book: str = "名册.xlsx",
    **fields: Any,
) -> Member:
    """Person `number`; dates and spells as text; by default a man of 1950 of whom nothing else is known."""
    values: dict[str, Any] = {
        "township": "青禾镇",
        "village": "河西村",
        "name": f"村民{number}",
        "identity": identity(born, sex, number),
        "account": "",
        **fields,
        "spells": served(spells),
    }
    values |= {name: day(values[name]) for name in _DATES & values.keys() if isinstance(values[name], str)}
    return Member(row=_row(Member, number, values, book), more=more or {}, **values)


def spoilt(who: Member, *headings: str, said: str = "#N/A") -> Member:
    """The row with a cell in each of these columns that says something nobody can read, as the reader hands it over."""
    names = {field.heading: field.name for field in Member.declared()}
    defaults, more, row = Member.defaults(), dict(who.more), who.row
    blank: dict[str, Any] = {}
    for heading in headings:
        name = names.get(heading, heading)
        if name in names.values():
            blank[name] = defaults[name]
        else:
            more[name] = None
        at = len(row.cells) + 1
        source = replace(row.source, columns={**row.source.columns, name: (at, heading)})
        row = structs.replace(row, source=source, cells=(*row.cells, said), unread=(*row.unread, name))
    return structs.replace(who, row=row, more=more, **blank)


def spell_row(who: Member, text: str, number: int = 1) -> list[SpellRow]:
    """The rows of a 任职经历 sheet that say `text` of a person."""
    return [
        SpellRow(
            row=_row(SpellRow, number + i, {"identity": who.identity}, "任职经历.xlsx"),
            identity=who.identity,
            name=who.name,
            start=spell.start,
            end=spell.end,
            post=spell.post,
        )
        for i, spell in enumerate(served(text))
    ]


def paid_line(who: Member, benefit: str, months: str, amount: int, **more: Any) -> Paid:
    values: dict[str, Any] = {
        "name": who.name,
        "identity": who.identity,
        "benefit": benefit,
        "account": who.account,
    }
    values |= {"months": months, **more}
    return Paid(row=_row(Paid, 1, values, "上期.xlsx"), amount=amount, **values)


def result_of(
    lines: Sequence[Paid],
    period: Period,
    policy: PolicyFile[Subsidies],
    known: Sequence[str] | None = None,
    pages: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Roster[Paid]:
    """The result of a period. known: the editions of its policy file, by the day of force, where they are not today's.
    pages: the lines of its other pages, by their headings."""
    days = {str(edition.effective): "" for edition in policy.editions}

    def lines_of(page: str) -> Iterator[tuple[Place, Mapping[str, Any]]]:
        for number, said in enumerate((pages or {}).get(page, ()), 4):
            yield Place("上期.xlsx", page, number), said

    sha256 = policy.sha256 if known is None else "another"
    editions = days if known is None else dict.fromkeys(known, "")
    return Roster(tuple(lines), origin=Origin("上期.xlsx", period, sha256, editions, lines_of))


def listed(name: str, number: str = "", kind: str = "死亡人员") -> ScreenedPerson:
    return ScreenedPerson(
        row=_row(ScreenedPerson, 1, {"name": name}, "核查名单.xlsx"), name=name, identity=number, kind=kind
    )


@cache
def policies(name: str | None = None) -> PolicyFile[Subsidies]:
    return policy.load(Subsidies, *policy.source("subsidies", name))


def document(name: str | None = None) -> dict[str, Any]:
    """A shipped policy as plain data, to change a switch in."""
    return deepcopy(_parsed(name))


@cache
def _parsed(name: str | None) -> dict[str, Any]:
    return tomllib.loads(policy.source("subsidies", name)[1].decode(), parse_float=Decimal)


def changed(change: Callable[[dict[str, Any]], object], name: str | None = None) -> PolicyFile[Subsidies]:
    """A shipped policy after `change` has had its way with the first edition."""
    data = document(name)
    change(data["edition"][0])
    return of_editions(*data["edition"])


def filled(pack: str, yuan: int) -> PolicyFile[Subsidies]:
    """A pack with the figure that the county has to fill in."""
    return changed(
        lambda e: e["base"][0].update(values=[{"effective": e["effective"], "amount": yuan}]), pack
    )


def only(
    benefit: str, change: Callable[[dict[str, Any]], object] = lambda block: None
) -> PolicyFile[Subsidies]:
    """The default policy with one benefit alone, in force since 1990, after `change` of the benefit."""

    def alone(edition: dict[str, Any]) -> None:
        edition["benefit"] = [block for block in edition["benefit"] if block["name"] == benefit]
        edition.update(effective=date(1990, 1, 1), exclusive=[])
        change(edition["benefit"][0])

    return changed(alone)


def of_editions(*editions: dict[str, Any]) -> PolicyFile[Subsidies]:
    return PolicyFile("试.toml", "0" * 64, tuple(Subsidies.model_validate(edition) for edition in editions))


@dataclass(frozen=True)
class Result:
    """What came of a run, as the tests look at it. judged: the decisions on all rows that are not set aside, decisions: on
    all that could be read. outside, doubles: how many rows."""

    whole: Whole

    @property
    def payroll(self) -> Payroll:
        found: Payroll = self.whole.more
        return found

    @property
    def paid(self) -> list[Decision]:
        return self.whole.of(("发放",))

    @property
    def refused(self) -> list[Decision]:
        return self.whole.of(("不予发放",))

    @property
    def judged(self) -> tuple[Decision, ...]:
        return self.payroll.standing

    @property
    def decisions(self) -> list[Decision]:
        return [one.verdict for one in self.whole.judged["members"]]

    @property
    def outside(self) -> int:
        return dict(self.tally.parts).get("不属补贴对象", 0)

    @property
    def doubles(self) -> int:
        return dict(self.tally.parts).get("重复合并", 0)

    @property
    def set_aside(self) -> int:
        return self.tally.set_aside

    @property
    def tally(self) -> Tally:
        return self.whole.tally

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.whole.findings

    @property
    def benefits(self) -> list[Benefit]:
        return self.payroll.benefits

    @property
    def lines(self) -> Mapping[str, list[PaymentLine]]:
        return self.payroll.lines

    @property
    def fen(self) -> int:
        return self.payroll.fen

    def drawn(self, page: Callable[[Payroll], Page]) -> Table:
        """One of its pages."""
        (table,) = page(self.payroll).tables(self.whole, PAPER)
        return table


def run(
    *people: Member,
    period: str = "2026Q2",
    policy: PolicyFile[Subsidies] | str | None = None,
    spells: Sequence[SpellRow] = (),
    previous: Sequence[Paid] | Roster[Paid] | None = None,
    screen: Sequence[ScreenedPerson] = (),
) -> Result:
    """previous: the lines of the period of the same length before this one, or a whole result."""
    when = Period.parse(period)
    file = policy if isinstance(policy, PolicyFile) else policies(policy)
    rosters: dict[str, Roster[Any]] = {"members": Roster(people), "spells": Roster(tuple(spells))}
    if previous is not None:
        lines = previous if isinstance(previous, Roster) else result_of(previous, when.before(), file)
        rosters["previous"] = lines
    if screen:
        rosters["screen"] = Roster(tuple(screen))
    return Result(PROGRAMME.judge(rosters, file, Occasion(when, when.last)))


def yuan_of(result: Result, benefit: str | None = None) -> Decimal:
    """What a run pays, in yuan; of one benefit if named."""
    fen = sum(p.fen for d in result.paid for p in d.payments if benefit in (None, p.benefit))
    return Decimal(fen).scaleb(-2).normalize() if fen else Decimal(0)


def months_of(result: Result) -> list[str]:
    """The months that a run pays, oldest first."""
    return [
        f"{p.month // 12}-{p.month % 12 + 1:02d}"
        for d in result.paid
        for p in sorted(d.payments, key=lambda p: p.month)
    ]


def codes(result: Result) -> list[str]:
    return sorted({finding.code for finding in result.findings})


def served_for(years: int, months: int = 0, post: str = "书记") -> str:
    """One spell of that length, both end months counted, that ended in 2005-12."""
    total = 12 * 2005 + 11 - (12 * years + months) + 1
    return f"{total // 12}-{total % 12 + 1:02d}…2005-12 {post}"


TWENTY = "1980-01…1999-12 书记"
"""Twenty years: enough for every tier."""


def cadre(**blocks: dict[str, Any]) -> PolicyFile[Subsidies]:
    """The default rule for cadres with other values in its blocks."""

    def change(benefit: dict[str, Any]) -> None:
        for name, values in blocks.items():
            (benefit["amount"][0] if name == "amount" else benefit[name]).update(values)

    return only(CADRE, change)


def refused(result: Result, benefit: str = CADRE) -> list[str]:
    """The failing clauses of the first person, the first first."""
    return [clause.name for clause in (result.refused + result.paid)[0].refused()[benefit]]
