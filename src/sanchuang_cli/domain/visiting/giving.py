"""What is given before a holiday: who is entitled to how much, what was handed out, and where it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.apportion import shared_out, still_open
from sanchuang_cli.domain.contradictions import JOINING_AGE, is_child
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.visiting.doubts import DOUBTS
from sanchuang_cli.domain.visiting.policy import Allocation, Holiday, Standard, VisitPolicy
from sanchuang_cli.domain.visiting.records import Recipient, Supply
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import ALL
from sanchuang_cli.judging import At, Odd, Reason, Told, Verdict
from sanchuang_cli.money import fen, yuan
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.record import Record, Row

GIVEN, WAITING, NOBODY = OF_RECIPIENTS = ("已慰问", "未慰问", "不属对象")
BENEFIT = "慰问金"


class Gift(Verdict[Recipient], frozen=True, kw_only=True, eq=False):
    """What came of somebody who is to be visited. standard: fen by the policy. must: whether the visit must not be left out.
    passed: whether the holiday is there already. due: what goes to the account."""

    holiday: str
    category: str = ""
    standard: int = 0
    must: bool = False
    passed: bool = False
    due: tuple[Due, ...] = ()

    @property
    def fen(self) -> int:
        """What is given: as the row says where it was given already, else the standard."""
        stated = self.record.amount
        return self.standard if stated is None or self.part != GIVEN else stated

    @property
    def pieces(self) -> int:
        """How many of the goods; one where the row does not say it."""
        quantity = self.record.quantity
        return (1 if quantity is None else quantity) if self.record.item else 0


def judge_recipient(who: Recipient, at: At[VisitPolicy], odd: Odd) -> Gift | None:
    """By the row alone: of which classes somebody is, what the highest of them gives, and whether it was given in time."""
    edition, holiday = of_holiday(who.holiday, at)
    at = replace(at, policy=edition)
    rule = edition.giving
    classes = [_class(rule.standards, word) for word in _words(who.category)]
    if holiday is None:
        odd.add("holiday-unknown", "holiday", f"{who.name}：节日“{who.holiday}”不在政策所列之内", rule.clause)
    if not classes or None in classes:
        odd.add("class-unknown", "category", f"{who.name}：类别“{who.category}”不在政策所列之内", rule.clause)
    known = _sources(at)
    if who.source and known and narrow(who.source) not in known:
        odd.add("source-unknown", "source", f"{who.name}：资金来源“{who.source}”不在所列之内", rule.clause)
    if holiday is None or odd.grave:
        return None
    entitled = [one for one in classes if one and holiday.name in one.amounts]
    day = holiday.day(at.occasion.period.last.year)
    for one in entitled:
        _of_class(who, one, day, rule.clause, odd)
    if entitled and who.day and not holiday.belongs(who.day, at.occasion.period):
        said = f"{who.name}：{who.day} 慰问，不是{at.occasion.period.title}的{holiday.name}（{day}）"
        odd.add("other-holiday", "day", said, holiday.clause)
    return None if odd.grave else _gift(who, holiday, entitled, at, odd)


def of_holiday(written: str, at: At[VisitPolicy]) -> tuple[VisitPolicy, Holiday | None]:
    """The holiday that a cell means, None where it means none, and the edition that rules it: the one in force on its day, or
    that of the period where none was yet."""
    for edition in at.editions.editions:
        holiday = edition.giving.holiday(written)
        if holiday and at.editions.in_force(holiday.day(at.occasion.period.last.year)) is edition:
            return edition, holiday
    return at.policy, at.policy.giving.holiday(written)


def _of_class(who: Recipient, standard: Standard, day: date, basis: str, odd: Odd) -> None:
    """What speaks against a class: a later day of joining, or an age at which nobody is of it, on the day of the holiday."""
    since, least = standard.joined_before, standard.age
    if not (since or least):
        return
    birth, age = VagueDate.on(who.born), full_years(who.born, day)
    called, born = f"{who.name}：类别“{standard.name}”", f"按身份证号 {who.born} 出生"
    if since and who.joined and who.joined.latest >= since:
        odd.add("not-of-class", "joined", f"{called}要 {since} 以前入党，入党日期是 {who.joined}", basis)
    elif since and is_child(VagueDate.on(since), birth):
        odd.add("not-of-class", "category", f"{called}要 {since} 以前入党，{born}，那时还是孩子", basis)
    elif least and age < min(least, JOINING_AGE):
        odd.add("not-of-class", "category", f"{called}，{born}，{age} 周岁，没有成年", basis)
    elif least and age < least:
        said = f"{called}一般满 {least} 周岁，{born}，{age} 周岁"
        odd.add("young-for-class", "category", said, basis)


def _words(written: str) -> list[str]:
    return [word for word in narrow(written).replace(",", "、").replace(";", "、").split("、") if word]


def _class(standards: Sequence[Standard], word: str) -> Standard | None:
    return next((one for one in standards if one.says(word)), None)


def _sources(at: At[VisitPolicy]) -> frozenset[str]:
    """The sources that the policy or the roster of money names."""
    named = (supply.source for supply in at.rosters["supplies"].records)
    return frozenset(map(narrow, (*at.policy.giving.sources, *named)))


def _gift(
    who: Recipient, holiday: Holiday, entitled: Sequence[Standard], at: At[VisitPolicy], odd: Odd
) -> Gift:
    rule = at.policy.giving
    if not entitled:
        why = Reason("慰问对象", f"“{who.category}”{holiday.name}不慰问", rule.clause, False, ("category",))
        return Gift(record=who, part=NOBODY, holiday=holiday.name, reasons=(why,))
    highest = max(entitled, key=lambda one: one.amounts[holiday.name])
    standard, day = fen(highest.amounts[holiday.name]), holiday.day(at.occasion.period.last.year)
    made = Gift(
        record=who,
        part=GIVEN if who.day else WAITING,
        holiday=holiday.name,
        category="、".join(one.name for one in entitled),
        standard=standard,
        must=any(one.must for one in entitled),
        passed=at.occasion.on >= day,
        due=_due(who, standard, day, at),
        reasons=tuple(_reasons(who, highest, holiday, at)),
    )
    _odd(made, f"{holiday.name}是 {day}", bool(who.day and who.day.latest >= day), rule.clause, odd)
    return made


def _due(who: Recipient, standard: int, day: date, at: At[VisitPolicy]) -> tuple[Due, ...]:
    """What goes to somebody's account, for the month of the holiday; nothing where it is given by hand."""
    if not (who.account and standard):
        return ()
    since = at.editions.on(day).effective.isoformat()
    return (Due(BENEFIT, "", Month.of(day), standard, since),)


def _odd(made: Gift, day: str, late: bool, basis: str, odd: Odd) -> None:
    who = made.record
    if who.amount is not None and who.amount != made.standard:
        said = f"{who.name}：慰问金 {yuan(who.amount)} 元，标准 {yuan(made.standard)} 元（{made.category}）"
        odd.add("not-standard", "amount", said, basis)
    if late:
        odd.add("after-holiday", "day", f"{who.name}：{who.day} 慰问，{day}，应在此前", basis)
    if made.part == GIVEN and made.fen and not who.source:
        odd.add("source-blank", "source", f"{who.name}：已发 {yuan(made.fen)} 元，没有写资金来源")
    if made.part == WAITING and made.must and made.passed:
        odd.add("must-visit", "day", f"{who.name}：必访（{made.category}），{day}，还没有慰问", basis)


def _reasons(who: Recipient, highest: Standard, holiday: Holiday, at: At[VisitPolicy]) -> Iterator[Reason]:
    rule = at.policy.giving
    yield Reason("慰问对象", f"“{who.category}”", rule.clause, True, ("category", "holiday"))
    sums = f"{holiday.name}，{highest.name}每人 {yuan(fen(highest.amounts[holiday.name]))} 元"
    yield Reason("标准", sums, rule.clause, None, ("category",))
    day = holiday.day(at.occasion.period.last.year)
    said = f"{who.day or '还没有慰问'}，应在 {day}（{holiday.name}）以前"
    yield Reason("慰问", said, holiday.clause, who.day is not None, ("day", "amount", "source"))


# ------------------------------------------------------------------------------- money and goods


class SourceLine(NamedTuple):
    """A source: fen that came, what was handed out of it and to how many, and the worth of goods it bought or gave."""

    source: str
    got: int
    people: int
    handed: int
    goods: int

    @property
    def left(self) -> int:
        return self.got - self.handed


class ItemLine(NamedTuple):
    """Goods: pieces bought or given, and handed out to how many."""

    item: str
    bought: int
    people: int
    handed: int

    @property
    def left(self) -> int:
        return self.bought - self.handed


def by_source(gifts: Sequence[Gift], supplies: Sequence[Supply]) -> list[SourceLine]:
    """Money by its source, in the order in which sources are named; what names none stands last."""
    given = [gift for gift in gifts if gift.part == GIVEN and gift.fen]
    names: dict[str, str] = {}
    for supply in supplies:
        names.setdefault(narrow(supply.source), supply.source)
    for gift in sorted(given, key=lambda one: (not one.record.source, one.record.source)):
        names.setdefault(narrow(gift.record.source), gift.record.source or "没有写来源")
    lines = []
    for key, source in names.items():
        own = [supply for supply in supplies if narrow(supply.source) == key]
        of = [gift for gift in given if narrow(gift.record.source) == key]
        got = sum(supply.amount or 0 for supply in own if not supply.item)
        goods = sum(supply.amount or 0 for supply in own if supply.item)
        lines.append(SourceLine(source, got, len(of), sum(gift.fen for gift in of), goods))
    return lines


def by_item(gifts: Sequence[Gift], supplies: Sequence[Supply]) -> list[ItemLine]:
    """Goods by their names."""
    bought: dict[str, int] = {}
    for supply in supplies:
        if supply.item:
            bought[narrow(supply.item)] = bought.get(narrow(supply.item), 0) + (supply.quantity or 0)
    handed: dict[str, list[int]] = {item: [] for item in bought}
    for gift in gifts:
        if gift.part == GIVEN and gift.pieces:
            handed.setdefault(narrow(gift.record.item), []).append(gift.pieces)
    return [ItemLine(item, bought.get(item, 0), len(each), sum(each)) for item, each in handed.items()]


def reconciled(gifts: Sequence[Gift], at: At[VisitPolicy], whole: bool) -> Iterator[Told]:
    """What does not agree between money, goods and what was handed out. whole: whether nobody is set aside, so that what is
    said to be left can be compared."""
    supplies = at.rosters["supplies"].records
    unread = at.dropped.get("supplies", ())
    if unread:
        said = f"“资金与物资”有 {len(unread)} 行待核实，没有核对收支"
        yield Told(at.doubts.at("supplies-unread", unread[0].place(), said))
    elif supplies:
        yield from chain(_items(gifts, supplies, at), _money(gifts, supplies, at, whole))


def _items(gifts: Sequence[Gift], supplies: Sequence[Supply], at: At[VisitPolicy]) -> Iterator[Told]:
    for line in by_item(gifts, supplies):
        if line.left < 0:
            rows: list[Record] = [one for one in supplies if narrow(one.item) == line.item]
            rows += [gift.record for gift in gifts if narrow(gift.record.item) == line.item]
            said = f"{line.item}：发出 {line.handed}，购置 {line.bought}，多发 {-line.left}"
            yield Told(DOUBTS.at("item-over", rows[0].row.place("quantity"), said, at.policy.giving.clause))


def _money(
    gifts: Sequence[Gift], supplies: Sequence[Supply], at: At[VisitPolicy], whole: bool
) -> Iterator[Told]:
    clause = at.policy.giving.clause
    for line in by_source(gifts, supplies):
        own = [supply for supply in supplies if narrow(supply.source) == narrow(line.source)]
        if not own:
            continue
        place = own[0].row.place("amount")
        sums = f"{line.source}：到位 {yuan(line.got)} 元，发放 {yuan(line.handed)} 元"
        stated = [supply.left for supply in own if supply.left is not None]
        if line.left < 0:
            yield Told(DOUBTS.at("over-source", place, f"{sums}，超出 {yuan(-line.left)} 元", clause))
        elif whole and stated and sum(stated) != line.left:
            said = f"{sums}，应结余 {yuan(line.left)} 元，表上结余 {yuan(sum(stated))} 元"
            yield Told(DOUBTS.at("not-balanced", place, said, clause))


class PotLine(NamedTuple):
    """What a township gets of a sum that is shared out. heads: those who are to be visited there; by_standard: fen for them."""

    holiday: str
    township: str
    heads: int
    by_standard: int
    fen: int


def allocated(
    gifts: Sequence[Gift], waiting: Sequence[Row], at: At[VisitPolicy]
) -> tuple[list[PotLine], list[Told]]:
    """Each sum shared out by heads; a sum that cannot be is told. waiting: the rows that are set aside; one that may be of the
    sum's holiday keeps it back."""
    lines, told = list[PotLine](), list[Told]()
    holidays = (of_holiday(row.written("holiday"), at)[1] for row in waiting)
    open_for = {holiday and holiday.name for holiday in holidays}
    for rule in _pots(at) if gifts or waiting else ():
        if open_for & {None, rule.holiday}:
            told.append(still_open(f"{rule.holiday}资金", rule.clause, at))
        elif isinstance(shared := _shared(rule, gifts, at), Doubtful):
            told.append(
                Told(at.doubts.at("not-shared", ALL, f"{rule.holiday}的资金分不成：{shared}", rule.clause))
            )
        else:
            lines += shared
    return lines, told


def _pots(at: At[VisitPolicy]) -> Iterator[Allocation]:
    """The sums of the edition that rules the holiday of each."""
    for edition in at.editions.editions:
        yield from (rule for rule in edition.allocations if of_holiday(rule.holiday, at)[0] is edition)


def _shared(rule: Allocation, gifts: Sequence[Gift], at: At[VisitPolicy]) -> "list[PotLine] | Doubtful":
    of: dict[str, list[Gift]] = {}
    for gift in gifts:
        if gift.holiday == rule.holiday and gift.part != NOBODY:
            of.setdefault(gift.record.township, []).append(gift)
    heads: Mapping[str, int] = {township: len(of[township]) for township in sorted(of, key=at.occasion.rank)}
    shared = shared_out(fen(rule.amount), heads, rule, "分")
    if isinstance(shared, Doubtful):
        return shared
    sums = {township: sum(gift.standard for gift in of[township]) for township in heads}
    return [
        PotLine(rule.holiday, name, heads[name], sums[name], part) for name, part in shared.numbers.items()
    ]
