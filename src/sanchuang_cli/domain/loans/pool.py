"""Works out the pool of a fund on a day: what it has, what is out and lost, and what may still be lent; lines that add up."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.loans.households import LoanAside
from sanchuang_cli.domain.loans.lending import NOT_LENT, OVERDUE, Lending
from sanchuang_cli.domain.loans.rules import LoanPool


class PoolLine(NamedTuple):
    """A line of 资金池表. fen: None where it is not known. how: from which other lines it follows."""

    item: str
    fen: int | None
    many: int | None = None
    how: str = ""
    number: int = 0

    @property
    def line(self) -> str:
        """Its number, by which others name it."""
        return f"({self.number})"


class PoolState(NamedTuple):
    """What is out, all in fen. fund: None where the county has not said it. loans: those that were lent."""

    rule: LoanPool
    fund: int | None
    loans: Sequence[Lending]
    set_aside: Sequence[LoanAside]

    @property
    def doubtful(self) -> int | None:
        """The principal of loans that are set aside, of which nobody knows what came back; None where not even that can be
        read."""
        sums = [loan.principal for loan in self.set_aside]
        return None if None in sums else sum(filter(None, sums))

    @property
    def unknown(self) -> str:
        """Why nobody knows what may still be lent, in words; "" where it is known."""
        if self.fund is None:
            return "政策没有填基金总额（pool.total）"
        unread = (str(loan.row.place()) for loan in self.set_aside if loan.principal is None)
        return next((f"有一笔贷款的本金读不出（{place}）" for place in unread), "")

    @property
    def written_off(self) -> int:
        """The principal that was written off, in fen."""
        return sum(loan.account.written_off for loan in self.loans)

    @property
    def repaid(self) -> int:
        """The principal that came back, in fen."""
        return sum(loan.account.repaid for loan in self.loans)

    @property
    def out(self) -> int:
        """The principal that is out, in fen."""
        return sum(loan.account.balance for loan in self.loans)

    @property
    def limit(self) -> int | None:
        """What may be out at most."""
        return None if self.fund is None else self.rule.limit(self.fund, self.written_off)

    @property
    def left(self) -> int | None:
        """What may still be lent, below nought where more is out than may be."""
        if self.limit is None or self.doubtful is None:
            return None
        return self.limit - self.out - self.doubtful

    def lent_in(self, year: int) -> int:
        """The principal that was lent in a year, with that of loans that are set aside, whenever they were lent."""
        own = (loan.record.principal for loan in self.loans if loan.record.lent.earliest.year == year)
        return sum(own) + (self.doubtful or 0)

    def lines(self, granted: int, many: int) -> list[PoolLine]:
        """The lines of the page, with what is to be lent now to so many."""
        return [line._replace(number=at) for at, line in enumerate(self._lines(granted, many), 1)]

    def _lines(self, granted: int, many: int) -> Iterator[PoolLine]:
        late = [loan for loan in self.loans if loan.part == OVERDUE]
        overdue = sum(loan.account.balance for loan in late)
        open_loans = sum(loan.account.balance > 0 for loan in self.loans)
        left = self.left
        free = None if left is None else max(0, left)
        over = None if left is None else max(0, -left)
        yield PoolLine("基金总额", self.fund)
        yield PoolLine("已核销", self.written_off, sum(loan.account.written_off > 0 for loan in self.loans))
        times = "" if self.rule.leverage == 1 else f"×{plain(self.rule.leverage)}"
        yield PoolLine(
            "可放贷总额", self.limit, how=f"((1)−(2)){times}，不低于 0" if times else "(1)−(2)，不低于 0"
        )
        yield PoolLine("未到期的余额", self.out - overdue, open_loans - len(late))
        yield PoolLine("逾期的余额", overdue, len(late))
        yield PoolLine("待核实的贷款，按本金", self.doubtful, len(self.set_aside))
        yield PoolLine("超出可放贷总额", over, how="(4)+(5)+(6)−(3)，不低于 0")
        yield PoolLine("可贷资金", free, how="(3)−(4)−(5)−(6)+(7)")
        yield PoolLine("本次拟批", granted, many)
        yield PoolLine("批后可贷资金", None if free is None else free - granted, how="(8)−(9)")
        lent = sum(loan.record.principal for loan in self.loans)
        yield PoolLine("累计发放", lent, len(self.loans))
        yield PoolLine("累计收回本金", self.repaid)
        yield PoolLine("在贷余额", self.out, open_loans, "(11)−(12)−(2)，等于 (4)+(5)")


def pool_state(
    rule: LoanPool, on: date, loans: Sequence[Lending], set_aside: Sequence[LoanAside]
) -> PoolState:
    """The pool on a day, with the loans that stand and those that are set aside."""
    lent = [loan for loan in loans if loan.part != NOT_LENT]
    return PoolState(rule, rule.fund_on(on), lent, set_aside)
