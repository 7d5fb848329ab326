"""Judges what a row of a roster is granted, by itself; and over all rows the fixed sums, what was paid out and what was
spent.

Rows and an edition in, verdicts with the arithmetic of each sum out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from sanchuang_cli.domain.apportion import POT_WAITS, still_open
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.domain.grants import spending
from sanchuang_cli.domain.grants.allotments import SharedPot
from sanchuang_cli.domain.grants.spending import (
    Key,
    Spent,
    SpentSums,
    YearFund,
    kept,
    paid_out,
    told,
)
from sanchuang_cli.domain.grants.standards import Granted, GrantStandard, Lacking
from sanchuang_cli.domain.rating.types import type_of
from sanchuang_cli.finding import ALL, Doubt, Doubts, Severity, UserError
from sanchuang_cli.judging import At, Company, Odd, Reason, Told, Verdict, Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Due
from sanchuang_cli.record import Record

GRANTED, NOTHING = PARTS = ("核定", "无标准")
R = TypeVar("R", bound="GrantedRecord")
_E, _W = Severity.ERROR, Severity.WARNING
_MONTHS = 12

DOUBTS = Doubts(
    {
        **spending.DOUBTS,
        "type-unknown": Doubt(_E, "", "请改成政策所列的类型，或在政策的 types 里加上这种写法。", "类型不在政策所列之内"),
        "needed": Doubt(_E, "", "请补填；确实没有的填 0。", "标准要看的一栏空着"),
        **POT_WAITS,
        "no-sum": Doubt(_E, "", "请在政策里填上这一档的金额。", "政策没有这一档的金额"),
        "overpaid": Doubt(_W, mend="请核对拨付表；多拨的请收回或抵扣。"),
        "not-carried": Doubt(_W, mend="请用 --previous 给出上年的结果（有待核实的，先改正重做）；上年结余还没有转入。"),
        "sums-open": Doubt(_W, "待核实的不当作没有", "请先改正待核实的凭证、拨付（没有写村的，也可能是它的），重新运行；在此以前公示不列这一个。"),
        "pot-unshared": Doubt(_W, "总数一次分清", "请核对分配的依据；这笔钱还没有分。"),
    }
)  # fmt: skip


class GrantedRecord(Record, frozen=True, kw_only=True):
    """A row of which a column `type` says what it is. Standards look at its columns by their headings."""

    type: str

    @property
    def says_more(self) -> bool:
        """Whether it has a figure that asks for money beside those that standards look at."""
        return False

    def value(self, heading: str) -> Any:
        """What stands under a heading, in a field or in a column of the policy; None where nothing does."""
        name = self.field(heading)
        return self.more.get(heading) if name == heading else getattr(self, name)

    @classmethod
    def field(cls, heading: str) -> str:
        """The name of the field with a heading; the heading itself of a column that the policy adds."""
        return next((field.name for field in cls.declared() if field.heading == heading), heading)


class Grant(Verdict[R], frozen=True, kw_only=True, eq=False):
    """What a row is granted for the year, in fen. borne: by who bears it. due: what is paid by the day, month by month.
    carried: left over from last year. paid: paid out by the day. vouchers: what it spent. vouchers_wait, payments_wait: how
    many more of them are set aside."""

    type: str
    granted: tuple[Granted, ...] = ()
    borne: Mapping[str, int] = {}
    due: tuple[Due, ...] = ()
    carried: int = 0
    paid: int = 0
    vouchers: SpentSums = SpentSums()
    vouchers_wait: int = 0
    payments_wait: int = 0

    @property
    def final(self) -> bool:
        """Whether nothing waits that may change what was paid out, spent or left."""
        return not (self.vouchers_wait or self.payments_wait)

    @property
    def standard(self) -> int:
        """All that is granted."""
        return sum(part.fen for part in self.granted)

    @property
    def by_name(self) -> Mapping[str, int]:
        """The same by what it is granted for."""
        return {part.name: part.fen for part in self.granted}

    @property
    def available(self) -> int:
        """What there is to spend."""
        return self.standard + self.carried

    @property
    def left(self) -> int:
        """What may still be spent or promised; below nought where more was."""
        return self.available - self.vouchers.used - self.vouchers.promised

    @property
    def paid_share(self) -> Fraction | None:
        """What part of it was paid out; None where there is nothing."""
        return Fraction(self.paid, self.available) if self.available else None

    @property
    def used_share(self) -> Fraction | None:
        """What part of it is spent; None where there is nothing."""
        return Fraction(self.vouchers.used, self.available) if self.available else None

    @property
    def unpaid(self) -> tuple[Due, ...]:
        """What is due by the day and was not paid yet, the earliest month first; nothing as long as a payment waits, for it
        may have been paid by that."""
        if self.payments_wait:
            return ()
        rest, unpaid = self.paid, []
        for due in sorted(self.due, key=lambda due: due.month):
            taken = min(rest, due.fen)
            rest -= taken
            unpaid += [due._replace(fen=due.fen - taken)] if due.fen > taken else []
        return tuple(unpaid)


G = TypeVar("G", bound=Grant[Any])


def whole_year(at: At[Any]) -> None:
    """Raises UserError for a period that is no calendar year: of a year's standard no part belongs to a month."""
    period = at.occasion.period
    if (period.start.month, period.months) != (1, _MONTHS):
        year = period.start.year
        raise UserError(f"经费按年核定，{period.title}不是一整年。请用 --period {year} 重新运行。")


def elapsed(whole: Whole) -> tuple[str, ...]:
    """The note that says how much of the year is over, beside how much of the money is spent."""
    period, on = whole.at.occasion.period, whole.at.occasion.on
    days, year = (min(on, period.last) - period.first).days + 1, (period.last - period.first).days + 1
    return (f"时间进度：到 {on} 过去 {days} 天，全年 {year} 天，{cut(Fraction(100 * days, year), 1)}%。",)


def applies(limited: Any, kind: str) -> bool:
    """Whether a block that may say for which types it is, is for this one."""
    return not limited.types or kind in limited.types


def granted(record: GrantedRecord, at: At[Any], odd: Odd, verdict: type[G]) -> G | None:
    """Each standard in turn; a column that decides a sum must be filled. verdict: its class. None where nothing can be
    concluded."""
    policy = at.policy
    kind = type_of(policy.types, record.type)
    if not kind:
        odd.add(
            "type-unknown", "type", f"{record.called}：类型“{record.type}”不在政策所列之内", policy.document
        )
        return None
    parts = [(each, each.granted(record.value)) for each in policy.standards if applies(each, kind)]
    parts += [
        (pot, Lacking(pot.of)) for pot in policy.pots if applies(pot, kind) and record.value(pot.of) is None
    ]
    met = tuple(part for _, part in parts if isinstance(part, Granted))
    figures = _unfilled(record, kind, policy) if not met else ()
    for each, part in parts:
        if isinstance(part, Lacking) and not figures:
            _lack(record, each, part, odd)
    reasons = [
        Reason(part.name, part.said, part.clause, None, tuple(map(record.field, part.reads))) for part in met
    ]
    if figures:
        said = f"{'、'.join(figures)}都没有填"
        reasons.append(Reason("各项的数", said, policy.document, False, tuple(map(record.field, figures))))
    elif not met:
        reasons.append(Reason("类型", f"“{kind}”没有哪一项标准", policy.document, False, ("type",)))
    part = GRANTED if met else NOTHING
    made = verdict(record=record, part=part, reasons=tuple(reasons), type=kind, granted=met)
    return None if odd.grave else _settled(made, at)


def _unfilled(record: GrantedRecord, kind: str, policy: Any) -> tuple[str, ...]:
    """The headings under which a row of a type that may leave all of them blank has nothing; none where it has something."""
    asking = [each for each in (*policy.standards, *policy.pots) if each.of and applies(each, kind)]
    figures = tuple(dict.fromkeys(each.of for each in asking))
    filled = record.says_more or any(record.value(heading) is not None for heading in figures)
    return figures if kind in policy.unfilled and not filled else ()


def _lack(record: GrantedRecord, asking: GrantStandard | SharedPot, lacking: Lacking, odd: Odd) -> None:
    """Tells of a column that decides a sum and is blank, or says what the document has no sum for."""
    said = lacking.said or "空着"
    message = f"{record.called}：“{lacking.heading}”{said}，“{asking.name}”算不出"
    odd.add("no-sum" if lacking.said else "needed", record.field(lacking.heading), message, asking.clause)


def _settled(grant: G, at: At[Any]) -> G:
    """With who bears what is granted by now, and what of it is due by the day."""
    borne, paid, occasion = Counter[str](), at.policy.paid, at.occasion
    for part in grant.granted:
        funding = part.funding or at.policy.funding
        borne.update(dict(zip((share.who for share in funding.shares), funding.split(part.fen), strict=True)))
    due = paid.due(grant.by_name, at.policy, occasion.period.start.year, occasion.on) if paid else ()
    return replace(grant, borne=borne, due=tuple(due))


class GrantsAndVouchers(NamedTuple):
    """What bodies are granted beside what was paid out to them and what they spent. complete: whether none of them is set
    aside. left_out: the note that says how many rows wait and are of none of them."""

    grants: Sequence[Any]
    vouchers: Sequence[Spent]
    told: Sequence[Told]
    complete: bool
    left_out: str


def beside(company: Company, roster: str, vouchers: str, payments: str) -> GrantsAndVouchers:
    """The grants of a roster with the pots shared out, and the rosters of vouchers and payments. Bodies are told apart by
    township and name."""
    at, whole = company.at, not company.waiting(roster)
    grants: dict[Key, Any] = {
        (grant.record.township, grant.record.name): grant for grant in company.standing(roster)
    }
    notes = [note for pot in at.policy.pots for note in _with_pot(pot, grants, whole, at)]
    paid, rule = paid_out(company, payments, grants), at.policy.spending
    for key, grant in grants.items():
        paid_in = {"paid": paid.sums[key], "payments_wait": paid.waiting.by_body[key]}
        grants[key] = replace(grant, carried=_carried(grant, at), **paid_in)
    funds = {
        key: YearFund(grant.record, grant.available, rule is not None and applies(rule, grant.type))
        for key, grant in grants.items()
    }
    spent = kept(company, vouchers, funds, rule)
    wait = spent.waiting.by_body
    listed = [
        replace(grant, vouchers=spent.sums.get(key, SpentSums()), vouchers_wait=wait[key])
        for key, grant in grants.items()
    ]
    notes += [*paid.told, *spent.told, *_told_of_all(listed, at)]
    apart = _counted(spent.waiting.nobodys, paid.waiting.nobodys)
    left_out = f"另有 {apart}待核实，对不上本表的村，没有计入。" if apart else ""
    return GrantsAndVouchers(listed, spent.listed, notes, whole, left_out)


def _counted(vouchers: int, payments: int) -> str:
    """So many of them in words, "" where there is none."""
    many = ((vouchers, "张凭证"), (payments, "笔拨付"))
    return "、".join(f"{count} {unit}" for count, unit in many if count)


def _carried(grant: Grant[Any], at: At[Any]) -> int:
    """What was left of last year, in fen; nothing as long as it rests on rows that wait."""
    rule, last = at.policy.spending, at.of_last(grant.record)
    return max(0, last.get("left") or 0) if rule and rule.carries and not _open(last) else 0


def _open(last: Mapping[str, Any]) -> bool:
    """Whether last year's line says that rows of it waited."""
    return bool(last.get("vouchers_wait") or last.get("payments_wait"))


def _told_of_all(grants: Sequence[Grant[Any]], at: At[Any]) -> Iterator[Told]:
    rule = at.policy.spending
    if rule and rule.carries and at.before is None:
        yield Told(at.doubts.at("not-carried", ALL, "没有给出上年的结果，结余没有转入", rule.clause))
    for grant in grants:
        if grant.paid > (has := grant.available):
            said = f"已拨 {yuan(grant.paid)} 元，超过 {yuan(has)} 元"
            yield told("overpaid", grant.record, "name", said, at)
        if rule and rule.carries and _open(at.of_last(grant.record)):
            yield told("not-carried", grant.record, "name", "上年还有待核实的，结余没有转入", at, rule.clause)
        if not grant.final:
            waits = _counted(grant.vouchers_wait, grant.payments_wait)
            unpaid = "，也不进代发文件" if grant.payments_wait and grant.due else ""
            said = f"另有 {waits}待核实，没有计入，结余还没有算定{unpaid}"
            yield told("sums-open", grant.record, "name", said, at)


def _with_pot(pot: SharedPot, grants: dict[Key, Any], whole: bool, at: At[Any]) -> Iterator[Told]:
    """Adds the pot's parts to what `grants` hold. whole: whether everybody is among them."""
    if not whole:
        yield still_open(pot.name, pot.clause, at)
        return
    sharing = {key: grant for key, grant in grants.items() if applies(pot, grant.type)}
    weights = {
        key: weight for key, grant in sharing.items() if (weight := grant.record.value(pot.of)) is not None
    }
    shared = pot.shared(weights)
    if isinstance(shared, Doubtful):
        yield Told(at.doubts.at("pot-unshared", ALL, f"“{pot.name}”：{shared}", pot.clause))
        return
    for key, (fen, said) in shared.items():
        grant, reason = grants[key], Reason(pot.name, said, pot.clause)
        met = tuple(before for before in grant.reasons if before.holds is not False)
        parts = (*grant.granted, Granted(pot.name, pot.clause, fen, said, pot.funding))
        grants[key] = _settled(replace(grant, part=GRANTED, granted=parts, reasons=(*met, reason)), at)
