"""Reads the last period from its result: what was paid for each month, to whom, and by which editions.

This is the only place where a line of that result becomes money by month. Arrears are what was due by the
editions known then and is not shown here. Months outside the last period are not looked at.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.entitlement.rulebook import Rulebook, months_in
from sanchuang_cli.domain.people import Paid
from sanchuang_cli.domain.same_person import Doubt, another_number, born
from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.period import Period
from sanchuang_cli.record import Origin, Roster

Key = tuple[str, str]
"""Identity number and benefit."""
_REFUSED, _DOUBTS = "不予发放名单", "疑点"
_EACH = re.compile(r"(.+) 每月(\d+)\.(\d\d)元")


@dataclass(frozen=True)
class Prior:
    """What the result of the last period shows.

    months: of the last period. book: the rules without editions that were added since. unsure: the days of
    force of those editions whose text may have changed since. later: whether today's rules may differ from
    those of then.

    paid: fen by month of that period, by identity number and benefit. people: the identity numbers on its
    pages. refused: who was refused what, and where that stands. doubted: the place of an error, by the name
    of the person. births, accounts: of everybody on its pages. shown: the lines of each person who was paid,
    several where two townships name somebody.
    """

    period: Period
    months: range
    book: Rulebook
    unsure: frozenset[str]
    later: bool
    paid: Mapping[Key, Mapping[int, int]]
    people: Set[str]
    refused: Mapping[Key, Place]
    doubted: Mapping[str, Place]
    births: Mapping[tuple[str, str], Place]
    accounts: Mapping[str, Place]
    shown: Mapping[str, Sequence[Paid]]

    def knew(self, edition: Entitlements) -> bool:
        """Whether an edition said then what it says now."""
        return str(edition.effective) not in self.unsure

    def why_unpaid(self, identity: str, name: str, benefit: str) -> str:
        """Say why months of a benefit are not shown as paid, or only in part."""
        key = identity, benefit
        if key in self.paid:
            return "上期没有发足"
        if key in self.refused:
            return f"上期不予发放（{self.refused[key]}）"
        if name in self.doubted:
            return f"上期待核实（{self.doubted[name]}）"
        return "上期没有发这一项" if identity in self.people else "上期名册没有"

    def of_another(self, name: str, identity: str, account: str) -> tuple[Doubt, Place | None]:
        """Say why an identity number that the last period does not show may belong to somebody whom it does
        show."""
        if identity in self.people:
            return "", None
        doubt = another_number(name, identity, account, self.births, self.accounts)
        return doubt, self.births.get((name, born(identity))) or self.accounts.get(account)


def prior(roster: Roster[Paid] | None, book: Rulebook, item: str) -> Prior | None:
    """Read the last period; None where its result was not given.

    item: the heading under which its pages name what is paid. Raises UserError if a line was not written by
    this programme.
    """
    if roster is None or roster.origin is None:
        return None
    origin = roster.origin
    known, unsure = _known(origin, book)
    start = origin.period.start
    months = range(start, start + origin.period.months)
    refused = {
        (str(said.get("身份证号", "")), str(said.get(item, ""))): (str(said.get("姓名", "")), place)
        for place, said in origin.lines(_REFUSED)
    }
    shown: dict[str, list[Paid]] = defaultdict(list)
    for line in roster.records:
        shown[line.identity].append(line)
    births = {(name, born(identity)): place for (identity, _), (name, place) in refused.items()}
    births |= {(line.name, born(line.identity)): line.row.place("identity") for line in roster.records}
    return Prior(
        period=origin.period,
        months=months,
        book=book.knowing(known),
        unsure=unsure,
        later=bool(unsure) or len(known) < len(book.editions),
        paid=_paid(roster.records, months),
        people=shown.keys() | {identity for identity, _ in refused},
        refused={key: place for key, (_, place) in refused.items()},
        doubted=_doubted(origin),
        births=births,
        accounts={line.account: line.row.place("account") for line in roster.records if line.account},
        shown=dict(shown),
    )


def _paid(lines: Iterable[Paid], months: range) -> dict[Key, dict[int, int]]:
    """Return fen by month of the period. One person can stand in the parts of two townships, so sums are
    added."""
    paid: dict[Key, dict[int, int]] = defaultdict(dict)
    for line in lines:
        own = paid[line.identity, line.benefit]
        for at, fen in by_month(line).items():
            if at in months:
                own[at] = own.get(at, 0) + fen
    return dict(paid)


def _known(origin: Origin, book: Rulebook) -> tuple[frozenset[str], frozenset[str]]:
    """Return the editions that were known when the result was made, and those of them whose text may be
    another now.

    Both are given by the day of force. An edition older than all that the page 来源 names had been replaced
    by then.
    """
    days = [str(rules.edition.effective) for rules in book.editions]
    if origin.policy == book.sha256:
        return frozenset(days), frozenset()
    first = min(origin.editions, default="")
    known = frozenset(day for day in days if day in origin.editions or day < first)
    unsure = frozenset(day for day in known if origin.editions.get(day) != book.marks.get(day, ""))
    return known, unsure


def _doubted(origin: Origin) -> dict[str, Place]:
    """Return where an error stands against somebody, by name.

    If the page has no column of names, the name is what the message begins with.
    """
    found: dict[str, Place] = {}
    for place, said in origin.lines(_DOUBTS):
        named, colon, _ = str(said.get("说明") or "").partition("：")
        name = str(said.get("姓名") or "") or (named if colon else "")
        if said.get("级别") == "错误" and name:
            found.setdefault(name, place)
    return found


def by_month(line: Paid) -> dict[int, int]:
    """Return the fen of each month that a line pays. All months are alike unless the remarks list them.
    Raises UserError."""
    months, told = _months(line.months), _taken_apart(line.remarks)
    if months and told.keys() == months and sum(told.values()) == line.amount:
        return told
    if not months or line.amount % len(months):
        raise UserError(
            f"{line.row.place('months')}：发放月份“{line.months}”看不懂，或和本期金额对不上，应写成 2026-01至2026-03。"
            "请给出本程序写出、没有改动过的上一期工作簿。"
        )
    return dict.fromkeys(sorted(months), line.amount // len(months))


def _months(text: str) -> set[int]:
    """Return the months that a page names; none where they are not written as our pages write them."""
    try:
        return months_in(text)
    except ValueError:
        return set()


def _taken_apart(remarks: str) -> dict[int, int]:
    """Read remarks such as 2026-01 每月485.00元；2026-02至2026-03 每月505.00元. Only what stands first was
    written by us."""
    found: dict[int, int] = {}
    for said in map(_EACH.fullmatch, remarks.split("；") if "每月" in remarks else ()):
        for at in sorted(_months(said[1])) if said else ():
            found.setdefault(at, int(said[2]) * 100 + int(said[3]) if said else 0)
    return found
