"""A run held against the ledger: what `subsidies --ledger` shows and `batch propose` reserves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made
from sanchuang_cli.domain.entitlement.prior import Key
from sanchuang_cli.domain.payroll.change_pages import NAME as CHANGES
from sanchuang_cli.domain.payroll.change_pages import with_owed_back
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.batches import Proposed, propose
from sanchuang_cli.ledger.book import Ledger, month_of, opened
from sanchuang_cli.ledger.chain import Said
from sanchuang_cli.ledger.owed import Comparison, compared
from sanchuang_cli.ledger.pages import called, comparison_page, summary_page
from sanchuang_cli.ledger.settled import by_number
from sanchuang_cli.outcome import Entitled, Occasion
from sanchuang_cli.programmes import Listed
from sanchuang_cli.report.appendix import digests
from sanchuang_cli.report.run import Run


@dataclass(frozen=True)
class Judged:
    """A run with what everybody is entitled to in the months that are open."""

    run: Run
    entitled: Entitled
    ledger: Ledger


def judged(one: Made, path: Path) -> Judged:
    """The run's rosters, judged over all open months. Raises UserError."""
    run, programme = one.run, one.begun.programme
    if not programme.pays:
        raise UserError(f"{run.title}不发钱，不用 --ledger，请去掉。")
    ledger = opened(path)
    months = ledger.open_period(run.occasion.period)
    with ledger.reading() as connection:
        settled = by_number(connection, run.name)
    entitled = programme.entitled(one.given.rosters, run.policy, Occasion(months, run.occasion.on), settled)
    known = {(finding.code, finding.place) for finding in run.outcome.findings}
    further = tuple(finding for finding in entitled.findings if (finding.code, finding.place) not in known)
    outcome_ = replace(run.outcome, findings=(*run.outcome.findings, *further))
    return Judged(replace(run, outcome=outcome_), entitled, ledger)


def compared_run(one: Judged) -> Run:
    """The run with the ledger's page and findings; nothing is written."""
    period = one.run.occasion.period
    with one.ledger.reading() as connection:
        months = one.ledger.open_period(period)
        found = compared(connection, one.run.name, one.entitled, period, months)
    return with_comparison(one.run, found)


def reserved(one: Judged, said: Said, results: Callable[[Comparison], Sequence[str]]) -> Proposed:
    """What is owed, proposed in batches. results: digests of the workbooks that are approved with them."""
    return propose(one.ledger, one.run, one.entitled, said, results)


def _owed_back(found: Comparison) -> dict[Key, dict[int, int]]:
    """Fen by month that were paid and were not due, by identity number and benefit, or the component of one."""
    owed: dict[Key, dict[int, int]] = {}
    for change in (*found.pay, *found.claim):
        if change.fen < 0:
            own = owed.setdefault((change.payee.key, change.component or change.benefit), {})
            month = int(month_of(change.month))
            own[month] = own.get(month, 0) - change.fen
    return owed


def with_comparison(run: Run, found: Comparison) -> Run:
    changes = [
        (
            change.payee.township,
            change.payee.village,
            change.payee.name,
            change.payee.key,
            called(change.benefit, change.component),
            change.month,
            change.fen,
            f"{why}{change.reason}",
        )
        for why, part in (("", found.pay), ("追缴：", found.claim))
        for change in part
    ]
    page = comparison_page(run.occasion.period.title + run.title, changes, found.unchanged, found.waiting)
    summary = summary_page(changes, found.unchanged, found.waiting)
    outcome_, owed = run.outcome, _owed_back(found)
    tables = (with_owed_back(one, owed) if one.name == CHANGES else one for one in outcome_.tables)
    return replace(
        run,
        outcome=replace(
            outcome_,
            tables=(*tables, page),
            on_terminal=(*outcome_.on_terminal, summary),
            findings=(*outcome_.findings, *found.findings),
        ),
    )


def proposed(listed: Listed, asked: Asked, said: Said) -> tuple[Run, Proposed]:
    """Compute, compare and reserve. Raises UserError."""
    assert asked.ledger, "a batch is proposed in a ledger"
    one = judged(made(begun(listed, asked), asked), asked.ledger)

    def results(found: Comparison) -> Sequence[str]:
        """The workbook that the same command writes that only looks, without --ledger and with it."""
        return digests(one.run, with_comparison(one.run, found))

    found = reserved(one, said, results)
    return with_comparison(one.run, found.comparison), found
