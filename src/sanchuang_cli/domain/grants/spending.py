"""Judges the money that bodies have for a year beside what was paid out to them and what they spent: vouchers and payments.

Rows in, verdicts, sums and findings out. What a body has is said by whoever asks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import Annotated, Any, Literal, NamedTuple

from msgspec.structs import replace
from pydantic import Field as Setting

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import by_number, narrow
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Company, Odd, Reason, Told, Verdict, grouped
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Citation, Count, Exact, Rule
from sanchuang_cli.record import Field, Record, Row, Wanted

SPENT, BEYOND = PARTS = ("列支", "超支")
Key = tuple[str, str]
"""What vouchers and payments name a body by: township and name."""
_ASKED, _PROMISED, _DONE = "申请", "承诺", "支出"
_STATES = {_DONE: ("已支出", "已列支"), _PROMISED: ("已承诺", "已签合同"), _ASKED: ("已申请", "待批")}
_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请核实改正后重新运行；这一张待核实，没有列入。"

DOUBTS = Doubts(
    {
        "use-unknown": Doubt(_E, "", "请改成政策所列的用途，或在政策的 uses 里加上。", "用途不在政策所列之内"),
        "day-outside": Doubt(_E, "凭证归入支出的那一年", _AGAIN, "凭证日期不在本年"),
        "reverses-unknown": Doubt(_E, "冲销的要有原凭证，不早于它，用途、状态相同，合计不超过它的金额", _AGAIN, "冲销的凭证对不上"),
        "amount": Doubt(
            _E, "金额不是负数", "冲销的照填正数，并填冲销凭证号；其他的请核对是不是填错了栏。", "金额是负数，或大得不合常理"
        ),
        "body-unknown": Doubt(_E, "凭证要认得准是哪个村的", "请改正村名，或先改正村的那一行。", "凭证的村没有核定的标准"),
        "payment-unknown": Doubt(_W, mend="请核对村名和日期；这一笔没有计入已拨。"),
        "nearly-spent": Doubt(_W, mend="请控制支出，或先报批追加。"),
        "overdrawn": Doubt(_W, mend="请压减还没有支出的承诺，或先报批追加。"),
        "idle": Doubt(_W, mend="请核实是没有支出，还是凭证没有报。"),
    }
)  # fmt: skip


class Voucher(Entry, frozen=True, kw_only=True):
    """A row of the vouchers. One that `reverses` another takes its sum back, or a part of it."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇")]
    name: Annotated[str, Field("村", required=True, aliases=("单位名称", "组织名称"), example="示例村")]
    voucher: Annotated[str, Field("凭证号", required=True, example="2026-001")]
    day: Annotated[VagueDate, Field("日期", Kind.DATE, True, ("支出日期", "凭证日期"))]
    use: Annotated[str, Field("用途", required=True, aliases=("支出用途", "支出类别"))]
    amount: Annotated[int, Field("金额", Kind.MONEY, True, ("支出金额",))]
    state: Annotated[str, Field("状态", Kind.CHOICE, choices=_STATES, note="空白是支出")] = _DONE
    reverses: Annotated[str, Field("冲销凭证号", note="冲销哪一张；金额照填正数")] = ""
    what: Annotated[str, Field("摘要", idle=True, heard=True)] = ""

    @property
    def hears(self) -> Collection[Matter]:
        """What is heard of it; of one that reverses another it is said that a sum came back."""
        return (Matter.VOID,) if self.reverses else super().hears

    @property
    def called(self) -> str:
        """How a message names the voucher."""
        return f"{self.township}“{self.name}”凭证 {self.voucher}"


class PaidOut(Entry, frozen=True, kw_only=True):
    """A row of what was paid out to bodies in the year."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇")]
    name: Annotated[str, Field("村", required=True, aliases=("单位名称", "组织名称"), example="示例村")]
    day: Annotated[VagueDate, Field("拨付日期", Kind.DATE, required=True)]
    amount: Annotated[int, Field("拨付金额", Kind.MONEY, required=True)]


class Spending(Rule, title="支出"):
    """For what money may be spent, and how far."""

    clause: Citation
    uses: tuple[str, ...] = Setting(min_length=1, description="允许的用途；名册里别的用途待核实")
    types: tuple[str, ...] = Setting(default=(), description="哪些类型的要报凭证；不写就都要")
    warns_at: Exact = Setting(ge=0, le=100, description="用到标准的百分之几时提示")
    beyond: Literal["stop", "warn"] = Setting(
        description="超过标准的凭证：stop 跨线的一张和以后的都列为超支，warn 照样列支，只提示"
    )
    carries: bool = Setting(default=False, description="true：上年结余转到今年用，从 --previous 的结果取")
    idle_months: Count = Setting(default=0, description="连续几个月没有支出时提示；0 是不提示")


class Spent(Verdict[Voucher], frozen=True, kw_only=True, eq=False):
    """What came of a voucher. fen: below nought where it takes another back."""

    fen: int

    @property
    def spent(self) -> int:
        """What of it is spent."""
        return self.fen if self.record.state == _DONE else 0

    @property
    def waiting(self) -> int:
        """What of it is only asked for or promised."""
        return self.fen - self.spent


class SpentSums(NamedTuple):
    """What vouchers come to, in fen: spent by use, promised and asked for."""

    spent: Mapping[str, int] = {}
    promised: int = 0
    asked: int = 0

    @property
    def said(self) -> str:
        """The uses in one line: a notice has no room for a column each."""
        return "、".join(f"{use} {yuan(fen):,}" for use, fen in self.spent.items() if fen)

    @property
    def used(self) -> int:
        """Fen spent for all uses together."""
        return sum(self.spent.values())


def judge(voucher: Voucher, at: At[Any], odd: Odd) -> Spent:
    """By itself a voucher only has to be of the year and for a permitted use; what is left decides the rest."""
    rule: Spending | None = at.policy.spending
    period = at.occasion.period
    if rule and voucher.use not in rule.uses:
        odd.add("use-unknown", "use", f"{voucher.called}：用途“{voucher.use}”不在政策所列之内", rule.clause)
    if not period.first <= voucher.day.earliest <= voucher.day.latest <= period.last:
        odd.add("day-outside", "day", f"{voucher.called}：日期 {voucher.day} 不在{period.title}")
    fen = -voucher.amount if voucher.reverses else voucher.amount
    return Spent(record=voucher, part=SPENT, fen=fen)


class Waiting(NamedTuple):
    """How many rows wait: by the body that they name, and those that name none."""

    by_body: Counter[Key]
    nobodys: int

    @classmethod
    def of(cls, rows: Iterable[Row], bodies: Iterable[Key]) -> "Waiting":
        """Whose rows that wait are. A name means the body however wide or spaced it is written; without a township every body
        of that name, and without a name every body of the township: nobody knows which of them lacks the row."""
        called: dict[Key, list[Key]] = defaultdict(list)
        for township, name in bodies:
            for key in product({narrow(township), ""}, {narrow(name), ""}):
                called[key].append((township, name))
        named = [
            (narrow(row.written("township") or row.source.sender), narrow(row.written("name")))
            for row in rows
        ]
        found = [called.get(key, []) for key in named]
        return cls(Counter(chain.from_iterable(found)), sum(not bodies for bodies in found))


class YearFund(NamedTuple):
    """A body with the fen that it has for the year. reports: whether it has to hand in vouchers."""

    record: Record
    available: int
    reports: bool = True


class Kept(NamedTuple):
    """What vouchers say. sums: by body. listed: the vouchers as they are filed. told: what is odd; an error sets a voucher
    aside. waiting: those that are set aside."""

    sums: Mapping[Key, SpentSums]
    listed: Sequence[Spent]
    told: Sequence[Told]
    waiting: Waiting


def kept(company: Company, roster: str, funds: Mapping[Key, YearFund], rule: Spending | None) -> Kept:
    """Every voucher of a roster beside the money of its body."""
    by_body = grouped(company.standing(roster), "township", "name")
    told = list(_strange(by_body, funds, company))
    waiting, listed = Waiting.of(company.waiting(roster, told), funds), list[Spent]()
    for key, fund in funds.items():
        vouchers, wait = by_body.get(key, []), waiting.by_body[key]
        listed += _in_turn(vouchers, fund.available, rule, wait)
        if rule and by_body:
            told += _limits(fund, vouchers, rule, company.at, wait)
    return Kept({key: _sums(vouchers) for key, vouchers in by_body.items()}, listed, told, waiting)


class PaidIn(NamedTuple):
    """What payments say. sums: fen by body. told: what is odd. waiting: payments that are not counted, though they may be of
    the year."""

    sums: Counter[Key]
    told: Sequence[Told]
    waiting: Waiting


def paid_out(company: Company, roster: str, funds: Collection[Key]) -> PaidIn:
    """What was paid out in the period, of a roster of payments; and those that are nobody's or not of it."""
    period, paid, told = company.at.occasion.period, Counter[Key](), []
    out = [*company.at.dropped.get(roster, ())]
    for payment in company.at.rosters[roster].records:
        key, day = (payment.township, payment.name), payment.day
        if key in funds and period.first <= day.earliest <= day.latest <= period.last:
            paid[key] += payment.amount
            continue
        said = f"{payment.township}“{payment.name}”拨付 {day} {yuan(payment.amount)} 元：村没有核定，或不在{period.title}"
        told.append(company.told("payment-unknown", payment.row, "name", said))
        if day.earliest <= period.last and period.first <= day.latest:
            out.append(payment.row)
    return PaidIn(paid, told, Waiting.of(out, funds))


def _strange(by_body: dict[Key, list[Spent]], funds: Container[Key], company: Company) -> Iterator[Told]:
    """Vouchers that cannot count, which are taken out: of a body that has no money, or that take back what is not there."""
    for key in [key for key in by_body if key not in funds]:
        for spent in by_body.pop(key):
            yield told("body-unknown", spent.record, "name", "没有核定的标准，或那一行待核实", company.at)
    for key, vouchers in by_body.items():
        unmatched = dict(_unmatched(vouchers))
        for spent, why in unmatched.items():
            said = f"冲销 {spent.record.reverses}，{why}"
            yield told("reverses-unknown", spent.record, "reverses", said, company.at)
        by_body[key] = [spent for spent in vouchers if spent not in unmatched]


def told(code: str, record: Record, field: str, said: str, at: At[Any], basis: str = "") -> Told:
    """A finding about a row, at one of its fields."""
    return Told(at.doubts.at(code, record.row.place(field), f"{record.called}：{said}", basis), record.row)


def _unmatched(vouchers: Sequence[Spent]) -> Iterator[tuple[Spent, str]]:
    """Of one body's vouchers, those that take back what is not there, more of it than there is or what it is not, and why."""
    given = {spent.record.voucher: spent for spent in vouchers if not spent.record.reverses}
    back = Counter[str]()
    for spent in vouchers:
        back[spent.record.reverses] -= min(0, spent.fen)
    for spent in vouchers:
        if (number := spent.record.reverses) and (why := _against(spent, given.get(number), back[number])):
            yield spent, why


def _against(spent: Spent, of: Spent | None, back: int) -> str:
    """Why a reversal cannot be one of a voucher; "" where it can. back: what all reversals of it come to."""
    if of is None:
        return "没有这一张"
    own, other = spent.record, of.record
    if back > of.fen:
        return f"冲销的合计 {yuan(back)} 元超过它的 {yuan(of.fen)} 元"
    if own.day.latest < other.day.earliest:
        return f"日期 {own.day} 比那一张的 {other.day} 早"
    if own.use != other.use:
        return f"用途“{own.use}”与那一张的“{other.use}”不同"
    return "" if own.state == other.state else f"状态“{own.state}”与那一张的“{other.state}”不同"


def _in_turn(
    vouchers: Sequence[Spent], available: int, rule: Spending | None, waiting: int
) -> Iterator[Spent]:
    """One body's vouchers by day and number, each with what had been spent with it: the one that goes beyond what there is
    and those after it are in BEYOND, as long as the total is above it. waiting: how many more are set aside."""
    total, basis = 0, rule.clause if rule else ""
    without = f"（另有 {waiting} 张待核实，没有算）" if waiting else ""
    for spent in sorted(
        vouchers, key=lambda spent: (spent.record.day.earliest, by_number(spent.record.voucher))
    ):
        if spent.record.state != _DONE:
            promised = Reason("状态", f"{spent.record.state}，还没有支出", basis, None, ("state",))
            yield replace(spent, reasons=(promised,))
            continue
        terms = f"{yuan(total)} {'−' if spent.fen < 0 else '+'} {yuan(abs(spent.fen))}"
        total += spent.fen
        over = total > available and spent.fen > 0
        said = f"{terms} = {yuan(total)}，可用 {yuan(available)} 元{without}"
        stopped = rule is not None and rule.beyond == "stop" and over
        reason = Reason("累计支出", said, basis, not over, ("amount", "day"))
        yield replace(spent, part=BEYOND if stopped else SPENT, reasons=(reason,))


def _sums(vouchers: Sequence[Spent]) -> SpentSums:
    """What one body's vouchers come to, those beyond the limit among them: they were spent all the same."""
    by_use, others = Counter[str](), Counter[str]()
    for spent in vouchers:
        if spent.record.state == _DONE:
            by_use[spent.record.use] += spent.fen
        else:
            others[spent.record.state] += spent.fen
    return SpentSums(by_use, others[_PROMISED], others[_ASKED])


def _limits(
    fund: YearFund, vouchers: Sequence[Spent], rule: Spending, at: At[Any], waiting: int
) -> Iterator[Told]:
    """A body that has nearly spent its money, that has promised more than is left of it, or that has handed in no voucher for
    long, none that waits either."""
    sums, limit = _sums(vouchers), fund.available
    nearly = fund.reports and sums.used and sums.used * 100 >= limit * rule.warns_at
    if nearly:
        said = f"已用 {yuan(sums.used)} 元，可用 {yuan(limit)} 元"
        yield told("nearly-spent", fund.record, "name", said, at, rule.clause)
    if sums.used + sums.promised > limit and (sums.promised or not nearly):
        said = f"已用 {yuan(sums.used)} 元、已承诺 {yuan(sums.promised)} 元，可用 {yuan(limit)} 元"
        yield told("overdrawn", fund.record, "name", said, at, rule.clause)
    since = months_after(at.occasion.on, -rule.idle_months)
    silent = fund.reports and rule.idle_months and not waiting
    if silent and all(spent.record.day.latest <= since for spent in vouchers):
        yield told("idle", fund.record, "name", f"{since} 以后没有支出凭证", at, rule.clause)


VOUCHERS = Wanted(Voucher, "支出凭证", optional=True, once=("township", "name", "voucher"))
PAYMENTS = Wanted(PaidOut, "拨付", optional=True, once=("township", "name", "day", "amount"))
