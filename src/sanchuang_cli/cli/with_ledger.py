"""Compares a run with the ledger, for `subsidies --ledger` and `batch propose`.

Only `reserved` writes to the ledger, and `proposed`, which calls it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made
from sanchuang_cli.domain.entitlement.prior import Key
from sanchuang_cli.domain.payroll.change_pages import NAME as CHANGES
from sanchuang_cli.domain.payroll.change_pages import with_owed_back
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.batches import Proposed, propose
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.file import Ledger, month_of, opened
from sanchuang_cli.ledger.owed import CURRENT, BatchChange, Comparison, compared
from sanchuang_cli.ledger.pages import called, comparison_page, corrections_page, summary_page
from sanchuang_cli.ledger.settled import by_number
from sanchuang_cli.outcome import Entitled, Occasion
from sanchuang_cli.programmes import ListedProgramme
from sanchuang_cli.report.appendix import digests
from sanchuang_cli.report.run import Run


@dataclass(frozen=True)
class EntitledRun:
    """A run with what everybody is entitled to in the months that the ledger still reviews."""

    run: Run
    entitled: Entitled
    ledger: Ledger


@dataclass(frozen=True)
class Against:
    """A run that was compared with the ledger, and what the comparison found."""

    entitled_run: EntitledRun
    comparison: Comparison

    def nothing_new(self) -> Proposed:
        """What a run has proposed that owes nobody anything new."""
        return Proposed({}, self.comparison)

    def proposed(self, proposer: Deed, digests: Sequence[str]) -> Proposed:
        """The batches, proposed together with the digests of the workbooks that were written."""
        return reserved(self.entitled_run, proposer, lambda _: digests)


def judged(finished: Made, place: LedgerPlace) -> EntitledRun:
    """Judge the run's rosters again, over every month that the ledger still reviews. Raises UserError."""
    run, programme = finished.run, finished.begun.programme
    if not programme.pays:
        raise UserError(f"{run.title}不发钱，不用 --ledger，请去掉。")
    ledger = opened(place)
    months = ledger.open_period(run.occasion.period)
    with ledger.reading() as connection:
        settled = by_number(connection, run.name)
    entitled = programme.entitled(
        finished.given.rosters, run.policy, Occasion(months, run.occasion.on), settled
    )
    # The first run has judged the current month already: its findings must not stand on the page twice.
    known = {(finding.code, finding.place) for finding in run.outcome.findings}
    further = tuple(finding for finding in entitled.findings if (finding.code, finding.place) not in known)
    outcome = replace(run.outcome, findings=(*run.outcome.findings, *further))
    return EntitledRun(replace(run, outcome=outcome), entitled, ledger)


def compared_run(entitled_run: EntitledRun) -> tuple[Run, Comparison]:
    """The run with the ledger's page and findings added, and what the comparison found. Nothing is written."""
    period = entitled_run.run.occasion.period
    with entitled_run.ledger.reading() as connection:
        months = entitled_run.ledger.open_period(period)
        comparison = compared(connection, entitled_run.run, entitled_run.entitled, months)
    return with_comparison(entitled_run.run, comparison), comparison


def reserved(
    entitled_run: EntitledRun, deed: Deed, results: Callable[[Comparison], Sequence[str]]
) -> Proposed:
    """Propose what is owed in batches. results: gives the digests of the workbooks that are approved with them."""
    return propose(entitled_run.ledger, entitled_run.run, entitled_run.entitled, deed, results)


def _owed_back(comparison: Comparison) -> dict[Key, dict[int, int]]:
    """The fen of each month that were paid without being due, by identity number and benefit or component."""
    owed: dict[Key, dict[int, int]] = {}
    for change in (*comparison.pay, *comparison.claim):
        if change.fen < 0:
            by_month = owed.setdefault((change.payee.key, change.component or change.benefit), {})
            month = int(month_of(change.month))
            by_month[month] = by_month.get(month, 0) - change.fen
    return owed


def _page_row(change: BatchChange, before: str = "") -> tuple[Any, ...]:
    """A change as a row of the ledger's page. before: what stands before the reason."""
    payee = change.payee
    what = called(change.benefit, change.component)
    reason = f"{before}{change.reason}"
    return payee.township, payee.village, payee.name, payee.key, what, change.month, change.fen, reason


def _correction(change: BatchChange) -> tuple[Any, ...]:
    """A change of another month, or of what was paid, as a row of 补发扣发明细."""
    *before, fen, reason = _page_row(change)
    left = change.paid + change.taken + fen - change.should
    return *before, change.should, change.paid, change.taken, fen, left, reason


def with_comparison(run: Run, comparison: Comparison) -> Run:
    """The run with the page, the summary and the findings of a comparison with the ledger."""
    changes = [_page_row(change) for change in comparison.pay]
    changes += [_page_row(change, "追缴：") for change in comparison.claim]
    page = comparison_page(
        run.occasion.period.title + run.title, changes, comparison.unchanged, comparison.waiting
    )
    summary = summary_page(changes, comparison.unchanged, comparison.waiting)
    corrected = [change for change in (*comparison.pay, *comparison.claim) if change.reason != CURRENT]
    corrections = corrections_page(run.occasion.period.title + run.title, list(map(_correction, corrected)))
    outcome, owed = run.outcome, _owed_back(comparison)
    tables = (with_owed_back(table, owed) if table.name == CHANGES else table for table in outcome.tables)
    return replace(
        run,
        outcome=replace(
            outcome,
            tables=(*tables, page, *((corrections,) if corrections else ())),
            on_terminal=(*outcome.on_terminal, summary),
            findings=(*outcome.findings, *comparison.findings),
        ),
    )


def proposed(listed: ListedProgramme, asked: Asked, deed: Deed) -> tuple[Run, Proposed]:
    """Make the run, compare it with the ledger, and propose what is owed. Raises UserError."""
    assert asked.ledger, "a batch is proposed in a ledger"
    entitled_run = judged(made(begun(listed, asked), asked), asked.ledger)

    def results(comparison: Comparison) -> Sequence[str]:
        """The digests of the workbook as it is written without --ledger and with it: either may be the one that is signed."""
        return digests(entitled_run.run, with_comparison(entitled_run.run, comparison))

    proposal = reserved(entitled_run, deed, results)
    return with_comparison(entitled_run.run, proposal.comparison), proposal
