"""The fund's loans in the simulated county: who borrows, what its clerks hear of each loan, and the subsidy of its interest.

The subsidy goes to the borrower's account through the ledger, a half-year at a time. What is owed is worked out by the oracle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle import fund as oracle
from tests.simulated.owed import Dues, months_until
from tests.simulated.world import START, Loan, World

BENEFIT = "创业贷款贴息"
FIRST = date(2012, 1, 1)
PRINCIPALS = (20_000_00, 30_000_00, 50_000_00, 80_000_00, 100_000_00)
RATES = (Fraction(3, 100), Fraction(33, 1000), Fraction(36, 1000))
Row = dict[str, Any]


@dataclass
class Fund:
    """documents: from which day on loans keep to which rules."""

    documents: list[tuple[date, oracle.Rules]] = field(default_factory=lambda: [(FIRST, oracle.Rules())])

    def document(self, since: date, share: int) -> None:
        """A new document is in force from a day on, which may lie in the past: so many per cent of the interest are borne."""
        self.documents.append((since, oracle.Rules(share=Fraction(share, 100))))

    def rules(self, loan: Loan) -> oracle.Rules:
        """Those of the day on which it was lent."""
        return [rules for since, rules in self.documents if since <= loan.terms.lent][-1]

    def standing(self, loan: Loan, on: date) -> oracle.Standing | None:
        return oracle.walked(loan.terms, self.rules(loan), on)

    def owed(self, loans: Mapping[str, Loan], on: date) -> dict[int, Dues | None]:
        """By borrower, what is owed of all months; None where one of their loans cannot be as it is written."""
        found: dict[int, Dues | None] = {}
        for loan in loans.values():
            so_far, mine = found.get(loan.n, {}), self.of_loan(loan, on)
            if so_far is None or mine is None:
                found[loan.n] = None
                continue
            found[loan.n] = {
                key: so_far.get(key, 0) + mine.get(key, 0) for key in so_far.keys() | mine.keys()
            }
        return found

    def of_loan(self, loan: Loan, on: date) -> Dues | None:
        """The same of one loan: what its subsidy comes to by the end of each month, less what it came to before."""
        stands = self.standing(loan, on)
        if stands is None:
            return None
        if loan.other:
            return {}
        before, dues = stands.subsidy(date(START, 1, 1) - oracle.DAY), Dues()
        for year, month in months_until((on.year, on.month)):
            through = stands.subsidy(oracle.later(date(year, month, 1), 1) - oracle.DAY)
            if through != before:
                dues[BENEFIT, (year, month)] = through - before
            before = through
        return dues


# ---------------------------------------------------------------- what happens


def live_through(world: World) -> None:
    """Who borrows in the month, or did before and is told of late, and what is told of loans that are out."""
    today = date(world.year, world.month, 24)
    serving = [n for n, cadre in world.cadres.items() if cadre.rows[-1].end is None]
    for n in serving:
        if world.dice.random() < 0.015:
            _borrows(world, n, today)
    for number, loan in list(world.loans.items()):
        known = world.who(loan.n)
        loan = replace(loan, who=known) if known else loan
        world.loans[number] = replace(loan, terms=_told(world, loan, today), other=_other(world, loan))


def _borrows(world: World, n: int, today: date) -> None:
    dice = world.dice
    lent = max(today - timedelta(days=dice.choice((5, 20, 40, 120))), date(START - 1, 10, 1))
    terms = oracle.Loan(dice.choice(PRINCIPALS), lent, dice.choice((6, 12, 12, 24, 36)), dice.choice(RATES))
    number = f"{lent.year}-{len(world.loans) + 1:04}"
    world.counts["borrowed"] += 1
    world.loans[number] = Loan(n, world.cadres[n].who, terms)


def _other(world: World, loan: Loan) -> bool:
    """Now and then it turns out that somebody else bears the interest already, or does not after all."""
    turns = world.dice.random() < 0.004
    world.counts["another subsidy of a loan"] += turns
    return loan.other != turns


def _told(world: World, loan: Loan, today: date) -> oracle.Loan:
    """What is heard of a loan in the month. What cannot be is reversed a month later, or half a year."""
    stands = oracle.walked(loan.terms, oracle.Rules(), today)
    if stands is None:
        return _reversed(world, loan.terms, today)
    if not stands.balance:
        return loan.terms
    day = max(loan.terms.lent, today - timedelta(days=world.dice.choice((0, 3, 10, 40, 100))))
    happening = _happening(world, stands, day)
    if happening is None:
        return _corrected(world, loan.terms, today)
    if any((one.day, one.kind) == (day, happening.kind) for one in loan.terms.happenings):
        return loan.terms
    told = replace(loan.terms, happenings=(*loan.terms.happenings, happening))
    world.counts[f"of a loan: {happening.kind}"] += 1
    if oracle.walked(told, oracle.Rules(), today) is None:
        world.counts["of a loan: what cannot be"] += 1
    return told


def _happening(world: World, stands: oracle.Standing, day: date) -> oracle.Happening | None:
    dice, roll = world.dice, world.dice.random()
    late = stands.overdue or (stands.due - day).days < 30
    if roll < 0.05:
        part = dice.choice((5_000_00, 10_000_00, stands.balance // 3 + 1))
        return oracle.Happening(day, "还本", min(part, stands.balance))
    if roll < 0.07:
        return oracle.Happening(day, "付息", 150_00)
    if roll < 0.08:  # more than is out: somebody wrote down the wrong sum
        return oracle.Happening(day, "还本", stands.balance + 1)
    if late and roll < 0.3:
        return oracle.Happening(day, "结清")
    if roll < 0.31 and day <= stands.due and late:
        return oracle.Happening(day, "展期", months=dice.choice((3, 6)))
    return oracle.Happening(day, "核销") if stands.overdue > 200 and roll < 0.4 else None


def _reversed(world: World, terms: oracle.Loan, today: date) -> oracle.Loan:
    """The last that was told has never been; now and then nobody looks yet."""
    if world.dice.random() < 0.3:
        return terms
    wrong = terms.happenings[-1]
    world.counts["of a loan: 冲正"] += 1
    reversal = oracle.Happening(today, "冲正", which=(wrong.day, wrong.kind))
    return replace(terms, happenings=(*terms.happenings, reversal))


def _corrected(world: World, terms: oracle.Loan, today: date) -> oracle.Loan:
    """The contract says another rate, sum or day than the books did."""
    dice = world.dice
    if dice.random() >= 0.01:
        return terms
    change: dict[str, Any] = dice.choice(
        (
            {"rate": dice.choice(RATES)},
            {"principal": dice.choice(PRINCIPALS)},
            {"lent": terms.lent - timedelta(days=11)},
            {"months": 12},
        )
    )
    told = replace(terms, **change)
    if told == terms or oracle.walked(told, oracle.Rules(), today) is None:
        return terms
    world.counts["loan corrected"] += 1
    return told


# ---------------------------------------------------------------- what is written


def loan_rows(world: World) -> Iterator[Row]:
    for number, one in world.loans.items():
        yield {
            "乡镇": one.who.township, "村": one.who.village, "姓名": one.who.name, "身份证号": one.who.identity, "编号": number,
            "支部": f"{one.who.village}党支部", "项目": "种植", "批准额": one.terms.principal // 100,
            "本金": one.terms.principal // 100, "发放日": one.terms.lent, "期限月": one.terms.months,
            "年利率": f"{float(one.terms.rate * 100):g}%", "担保人": "张担保", "其他贴息": "是" if one.other else "否",
            "银行账号": one.who.account,
        }  # fmt: skip


def event_rows(world: World) -> Iterator[Row]:
    for number, loan in world.loans.items():
        for one in loan.terms.happenings:
            day, kind = one.which or (None, None)
            yield {
                "编号": number, "日期": one.day, "事件": one.kind, "金额": None if one.fen is None else one.fen / 100,
                "展期月数": one.months, "原事件日期": day, "原事件": kind,
            }  # fmt: skip
