"""Judges what each member owes and paid month by month; over all of them, it finds receipts that are nobody's."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.dues.owed import DuesMember, Owed, owed, rates_as_amounts
from sanchuang_cli.domain.dues.paid import Receipts, heading, last_over, paid, receipts
from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.domain.dues.policy import DuesPolicy, Pay
from sanchuang_cli.domain.dues.receipts import Settling
from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.finding import Doubt, Doubts, Place, Severity
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Verdict
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month

PAID, OWING, OVER, FREE, EARLY = PARTS = ("交清", "欠交", "多交", "免交", "未到期")
_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请核实改正后重新运行；本行待核实，没有列入。"

DOUBTS = Doubts(
    {
        "category-unknown": Doubt(_E, "", "请改成政策所列的类别，或在政策的 categories 里加上。", "缴费类别不在政策所列之内"),
        "base-unknown": Doubt(_E, "", "请补填党费基数、工资表或季度净收入。", "基数空着"),
        "base-waits": Doubt(_E, "看不懂的不当作空白，也不据以下结论", "请改正工资表的这一行，再重新运行；本人待核实，没有列入。", "工资表有行待核实"),
        "base-nought": Doubt(_E, "免交要有减免决定", "请核实基数；没有收入的改缴费类别，免交的填减免后金额 0 和减免决定。", "基数是零"),
        "admitted-unclear": Doubt(_E, "从支部大会通过的当月起交", _AGAIN, "从几月起交说不准"),
        "reduced-unclear": Doubt(_E, "减免从哪个月起、到哪个月止要写明", "请把减免起、减免止写到月，再重新运行；本人待核实，没有列入。", "减免从几月起、到几月止说不准"),
        "ends-before-start": Doubt(_E, "", _AGAIN, "转出或死亡早于支部大会日期"),
        "relief-order": Doubt(_E, "减免止不早于减免起", _AGAIN, "减免止早于减免起"),
        "paid-twice": Doubt(_E, "一笔党费只记一次", "请核对各月栏和收据，留一处，或改成一致。", "各月栏与收据对不上"),
        "month-ahead": Doubt(_E, "只据已经发生的认定", "请核对是不是这一年的名册；预交的填收据，写明所属月。", "还没有到的月份填了金额"),
        "receipt-waits": Doubt(_E, "看不懂的不当作空白，也不据以下结论", "请改正这一张收据，再重新运行；本人待核实，没有列入。", "有收据待核实"),
        "receipt-name": Doubt(_E, "身份证号和姓名是同一个人", "请核对收据的姓名和身份证号，再重新运行；本人待核实，没有列入。", "收据的身份证号与姓名对不上"),
        "receipt-vague": Doubt(_E, "看不懂的不当作空白，也不据以下结论", "请把收据的所属月、交纳日期写到月，再重新运行；本人待核实，没有列入。", "收据抵哪一个月说不准"),
        "receipt-before": Doubt(_E, "一笔党费记在所属月的那一年", "请补填收据的所属月，再重新运行；本人待核实，没有列入。", "上年的收据没有写所属月"),
        "no-decision": Doubt(_W, "减免要有决定", "请补填减免决定；没有的，按全额计。"),
        "base-differs": Doubt(_W, "基数按工资表", "请核对名册的基数；按工资表计。"),
        "base-as-last": Doubt(_W, "年初核定基数", "请核实是不是还用上年的工资。"),
        "bracket-changed": Doubt(_W, "年初核定基数", "与上年不在同一档，请核实基数。"),
        "gift-undated": Doubt(_E, "按交的那一天有效的一版", "请补填自愿多交日期，写到日，再重新运行；本人待核实，没有列入。", "自愿多交的归哪一级说不准"),
        "maybe-gift": Doubt(_W, mend="请核实是不是自愿多交的：是的，多出的数填在“自愿多交”一列，不再记在这个月；不是的，不用改。"),
        "late": Doubt(_W, mend="请支部核实原因。"),
        "receipt-elsewhere": Doubt(_W, "一笔党费记在所属月的那一年", "请核对所属月；确是那一年的，放到那一年的收据里，这里没有计入。"),
        "receipt-unknown": Doubt(_W, mend="请核对收据的姓名、支部、身份证号；这一张没有记到谁名下。"),
    }
)  # fmt: skip


class Dues(Verdict[Payer], frozen=True, kw_only=True, eq=False):
    """A member's year. owed, paid: fen by month. last: base and rate of the year before. receipts: for which months each
    counts. gift_to: to whom a gift goes up, "" where it stays. through: the last month that is over;
    what was paid for a later one is neither lacking nor too much yet."""

    through: Month
    owed: Mapping[Month, Owed]
    paid: Mapping[Month, int]
    last: Mapping[str, Any] = {}
    silent: bool = False
    receipts: Sequence[Settling] = ()
    gift_to: str = ""

    @property
    def due(self) -> int:
        """What is owed for all months, in fen."""
        return sum(owed.fen for owed in self.owed.values())

    @property
    def got(self) -> int:
        """What was paid for all months, in fen."""
        return sum(self.paid.values())

    @property
    def open(self) -> Mapping[Month, int]:
        """What of a month is still owed."""
        return {m: left for m, owed in self.owed.items() if (left := owed.fen - self.paid.get(m, 0)) > 0}

    @property
    def beyond(self) -> Mapping[Month, int]:
        """What was paid for a month beyond what was owed for it."""
        owed = {month: owed.fen for month, owed in self.owed.items()}
        over = (
            (month, fen - owed.get(month, 0))
            for month, fen in sorted(self.paid.items())
            if month <= self.through
        )
        return {month: more for month, more in over if more > 0}

    @property
    def over(self) -> int:
        return sum(self.beyond.values())

    @property
    def lacking(self) -> int:
        """What is still owed, in fen."""
        return sum(self.open.values())

    @property
    def monthly(self) -> int | None:
        """What is owed for the last month, in fen."""
        return self.latest.fen if self.latest else None

    @property
    def latest(self) -> Owed | None:
        """What is owed for the last month."""
        return self.owed[max(self.owed)] if self.owed else None


class Ready(NamedTuple):
    """The receipts; by identity number the rows of the pay file, the earliest first, and one of those nobody may use."""

    receipts: Receipts
    pay: Mapping[str, Sequence[Pay]]
    waiting: Mapping[str, Place]


def ready(at: At[DuesPolicy]) -> Ready:
    """What every member is judged by: receipts and rows of the pay file, each put to whose they are."""
    pay: dict[str, list[Pay]] = {}
    for row in at.rosters["pay"].records:
        pay.setdefault(row.identity, []).append(row)
    for rows in pay.values():
        rows.sort(key=lambda row: row.start)
    waiting = {as_written(row.written("identity")): row.place() for row in at.dropped.get("pay", ())}
    for number, rows in pay.items():  # of several, which counts in a month that one of them leaves open
        vague = [row for row in rows if row.since and not row.since.month]
        if vague and len(rows) > 1:
            waiting[number] = vague[0].row.place("since")
    return Ready(receipts(at), pay, waiting)


def judge(who: Payer, at: At[DuesPolicy], odd: Odd) -> Dues | None:
    """The months in turn: what was owed by the document of the month, and what was paid for it."""
    months = _months(who, at, odd)
    owing = {} if odd.grave else _owed(who, months, at, odd)
    got = paid(who, owing, at, odd)
    gift_to = _gift_to(who, at, odd)
    if odd.grave:
        return None
    last, through = at.of_last(who), last_over(at)
    made = Dues(
        record=who,
        part=PAID,
        through=through,
        owed=owing,
        paid=got.months,
        last=last,
        receipts=got.parts,
        gift_to=gift_to,
    )
    _audit(made, at, odd)
    _ask_for_gifts(made, at, odd)
    for receipt, count in got.late:
        rule = at.editions.on(receipt.day.earliest)
        if count > (usual := rule.arrears_months):
            said = f"{who.name}：{receipt.day} 补交以前 {count} 个月的，一般不超过 {usual} 个月"
            odd.add("late", "name", said, rule.arrears_clause)
    reasons = tuple(_reason(month, made) for month in owing) or (
        Reason(
            "应交月份",
            f"{at.occasion.period.title}{'还' if _early(made, at) else ''}没有应交的月份",
            so_far(at)[-1].title,
            None,
            ("admitted", "left"),
        ),
    )
    return replace(made, part=_part(made, at), reasons=reasons, silent=_silent(made, at))


def so_far(at: At[DuesPolicy]) -> tuple[DuesPolicy, ...]:
    """The documents by which months of the year go up to the day of judgement, the oldest first."""
    ruled = at.editions.by_month(at.occasion.period)
    return tuple(one for one in ruled if one.effective <= at.occasion.on) or (at.policy,)


def _silent(made: Dues, at: At[DuesPolicy]) -> bool:
    """Whether nothing was paid for so many months running as the document of the last one says."""
    many = at.editions.on(max(made.owed).first).arrears_months if made.owed else 0
    last = list(made.owed)[-many:]
    return 0 < len(last) == many and all(made.owed[month].fen and not made.paid.get(month) for month in last)


def _part(made: Dues, at: At[DuesPolicy]) -> str:
    if _early(made, at):
        return EARLY
    if not made.owed and made.over:
        return OVER  # nothing was let off: who had left owed nothing, and paid
    return FREE if not made.due else OWING if made.open else OVER if made.over else PAID


def _early(made: Dues, at: At[DuesPolicy]) -> bool:
    """Whether nothing is owed only because the first month to be owed is not over."""
    left = made.record.left
    return not made.owed and (left is None or left.latest >= at.occasion.period.first)


def _reason(month: Month, made: Dues) -> Reason:
    owed = made.owed[month]
    said = f"应交 {owed.said} = {yuan(owed.fen)} 元，已交 {yuan(made.paid.get(month, 0))} 元"
    reads = owed.reads if made.receipts else (*owed.reads, heading(month))
    rests_on = [*([owed.pay] if owed.pay else ()), *(one for one, of, _ in made.receipts if of == month)]
    holds = False if month in made.open else None
    return Reason(str(month), said, owed.clause, holds, reads, tuple(rests_on))


def _months(who: Payer, at: At[DuesPolicy], odd: Odd) -> list[Month]:
    """The months that are over by the day: from that of the branch meeting to that of leaving."""
    on, each = at.occasion.on, at.occasion.period.each_month()
    over = [month for month in each if month.last <= on]
    if who.left and who.left.latest < who.admitted.earliest:
        odd.add("ends-before-start", "left", f"{who.name}：{who.left} 早于支部大会日期 {who.admitted}")
    if who.reduced_from and who.reduced_to and who.reduced_to.latest < who.reduced_from.earliest:
        said = f"{who.name}：减免止 {who.reduced_to} 早于减免起 {who.reduced_from}"
        odd.add("relief-order", "reduced_to", said)
    days = [("admitted-unclear", "admitted", who.admitted), ("admitted-unclear", "left", who.left)]
    if who.reduced is not None:
        days += [("reduced-unclear", name, getattr(who, name)) for name in ("reduced_from", "reduced_to")]
    for code, name, day in days:
        if day and not day.month and any(month in over for month in day.months):
            odd.add(code, name, f"{who.name}：{day}，说不准从几月起、到几月止")
    start = Month.of(who.admitted.earliest)
    return [
        month for month in over if start <= month and (who.left is None or month <= Month.of(who.left.latest))
    ]


def _owed(who: Payer, months: Sequence[Month], at: At[DuesPolicy], odd: Odd) -> Mapping[Month, Owed]:
    """What is owed month by month, less what was let off; nothing where one month cannot be worked out."""
    waits = at.ready.waiting.get(who.identity)
    pay, waiting = at.ready.pay.get(who.identity, ()), str(waits) if waits else ""
    member = DuesMember(who.category, who.base, who.more.get, pay, waiting)
    owing: dict[Month, Owed] = {}
    for month, each in owed(member, months, at.editions):
        if isinstance(each, Owed):
            owing[month] = _reduced(who, month, each, odd)
        elif each.code != "category-unknown" and who.decision and _relief(who, month) == 0:
            owing[month] = _let_off(Owed(0, "", each.clause), who, 0)
        else:
            odd.add(each.code, each.field, f"{who.name}：{each.said}", each.clause)
            return {}
    return owing


def _relief(who: Payer, month: Month) -> int | None:
    """To what the dues of a month are reduced; None where they are not."""
    since = Month.of(who.reduced_from.earliest) if who.reduced_from else month
    until = Month.of(who.reduced_to.latest) if who.reduced_to else month
    return who.reduced if since <= month <= until else None


def _reduced(who: Payer, month: Month, full: Owed, odd: Odd) -> Owed:
    """With the relief that was decided for the month."""
    relief = _relief(who, month)
    if relief is None or relief >= full.fen:
        return full
    if not who.decision:
        if not any(finding.code == "no-decision" for finding in odd.found):
            odd.add("no-decision", "decision", f"{who.name}：减免没有写决定，按全额计")
        return full
    return _let_off(full, who, relief)


def _let_off(full: Owed, who: Payer, fen: int) -> Owed:
    """With what a decision leaves of it, and the cells that say so."""
    said = "，".join(filter(None, (full.said, f"{who.decision} 减为 {yuan(fen)}")))
    told = (
        name
        for name in ("reduced", "reduced_from", "reduced_to", "decision")
        if getattr(who, name) not in (None, "")
    )
    return full._replace(fen=fen, said=said, reads=(*full.reads, *told))


def _gift_to(who: Payer, at: At[DuesPolicy], odd: Odd) -> str:
    """To whom a gift goes by the document of its day; where that is not known, by all that it may be."""
    period, on = at.occasion.period, at.occasion.on
    first, last = who.gift_day or (period.first, min(period.last, on))
    to = {edition.gift_goes_to(who.gift or 0) for edition in at.editions.between(first, last)}
    if who.gift and len(to) > 1:
        levels = "、".join(one or "留本级" for one in sorted(to, reverse=True))
        said = f"{who.name}：自愿多交 {yuan(who.gift)} 元，{first} 至 {last} 先后几版归的一级不同（{levels}）"
        odd.add("gift-undated", "gift", said)
    return min(to, default="")


def _ask_for_gifts(made: Dues, at: At[DuesPolicy], odd: Odd) -> None:
    """Ask about each month for which so much too much was paid that it would go up whole as a gift."""
    for month, fen in made.beyond.items():
        if to := at.editions.on(month.first).gift_goes_to(fen):
            said = f"{made.record.name}：{month} 多交 {yuan(fen)} 元；自愿多交的，这么多的全部上缴{to}"
            odd.add("maybe-gift", "name" if made.receipts else heading(month), said)


def _audit(made: Dues, at: At[DuesPolicy], odd: Odd) -> None:
    """The base beside the pay file and beside last year's, by the document of the last month."""
    who, now = made.record, made.latest
    if now is None or now.base is None:
        return
    policy = at.editions.on(max(made.owed).first)
    category = policy.by_word.get(who.category)
    if (
        policy.pay_file
        and who.base is not None
        and category
        and category.base == "stated"
        and now.base != who.base
    ):
        held = f"{who.name}：名册的基数 {yuan(who.base)} 元，按工资表是 {yuan(int(now.base))} 元"
        wrong = rates_as_amounts(at.ready.pay.get(who.identity, ()), policy)
        why = "；把扣缴比例当成了金额" if who.base in wrong else ""
        odd.add("base-differs", "base", held + why, policy.pay_file.clause)
    last = made.last.get("base")
    if last is not None and last == now.base:
        odd.add("base-as-last", "base", f"{who.name}：基数与上年一样，{yuan(last)} 元", policy.fixed_clause)
    elif (
        last is not None
        and category
        and category.brackets
        and category.bracket(Fraction(last)).percent != now.percent
    ):
        odd.add(
            "bracket-changed",
            "base",
            f"{who.name}：上年 {yuan(last)} 元，今年 {yuan(int(now.base))} 元",
            category.clause,
        )


def together(company: Company) -> Joint:
    """Receipts that are nobody's, or of another year, which are told and counted for nobody."""
    year = company.at.occasion.period.title
    told = [
        company.told(
            "receipt-elsewhere",
            each.row,
            "month",
            f"{each.called}：所属月 {each.month} 不在{year}，{yuan(each.amount)} 元没有计入",
        )
        for each in company.at.ready.receipts.elsewhere
    ]
    told += [
        company.told(
            "receipt-unknown",
            each.row,
            "name",
            f"{each.called}：{each.day} {yuan(each.amount)} 元，对不上一个人",
        )
        for each in company.at.ready.receipts.strange
    ]
    return Joint(told=told)
