"""Finds results that somebody has proposed or approved, so that no night writes over them; it reads results and ledgers.

A result that batches pay stays only as long as nothing that it pays changes: the ledger has a copy of it, and what changes is
paid by a later batch.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sanchuang_cli.cli.delivery import LeftAlone, Stays
from sanchuang_cli.cli.facts import PAID, RESULTS, SAME, paid
from sanchuang_cli.cli.ledger_option import named_by_the_environment
from sanchuang_cli.cli.runlog import Record
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.file import Ledger, opened, stands
from sanchuang_cli.ledger.owed import Comparison
from sanchuang_cli.ledger.unpaid_results import Stated, approved_by, paid_by, proposed_by
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import results


def approved(paths: Iterable[Path], ledgers: Iterable[LedgerPlace | None], passwords: Sequence[str]) -> str:
    """What to say of the first of these results that is approved, in Chinese; "" where none is.

    ledgers: those to ask, besides the one that the environment names. Raises UserError where one cannot be asked.
    """
    if not (told := _told(paths, ledgers, passwords, approved_by)):
        return ""
    return (
        f"{told}审批，名册或政策又有变动：没有重做，审批过的这一份没有改动。"
        "要按新的名册重做，请先把它另存到别处"
    )


def proposed(paths: Iterable[Path], ledgers: Iterable[LedgerPlace | None], passwords: Sequence[str]) -> str:
    """What to say of the first of these results that is proposed or approved; otherwise as `approved`."""
    told = _told(paths, ledgers, passwords, proposed_by)
    return f"只是日子过去，{told}提请，没有重做" if told else ""


def left_alone(last: Record, folder: Path, place: LedgerPlace, passwords: Sequence[str]) -> Stays:
    """Tells of a new run of a job whether its last results stay: batches that still count pay them, and the new run has the same
    policy and payments and owes nobody anything else. Else what is announced of a batch would not be known to belong to it any more.

    last: the job's line of the log. passwords: of the results.
    """

    def stays(run: Run, comparison: Comparison) -> LeftAlone | None:
        if comparison.pay or comparison.claim or last.get(PAID, {}).get(SAME) != paid(run)[SAME]:
            return None
        made_from = last.get("period"), last.get("policy")
        if made_from != (str(run.occasion.period), run.policy.sha256) or not (wrote := last.get(RESULTS)):
            return None
        digests, batches, book = {}, [], opened(place)
        for name, digest in wrote.items():
            stated = _stated(folder / name, passwords)
            if not stated or stated.digest != digest or not (said := paid_by(book, stated)):
                return None
            digests[folder / name] = digest
            batches.append(said)
        return LeftAlone(digests, f"没有重写：要发的没有变，{'，'.join(dict.fromkeys(batches))}")

    return stays


def _told(
    paths: Iterable[Path],
    ledgers: Iterable[LedgerPlace | None],
    passwords: Sequence[str],
    by: Callable[[Ledger, Stated], str],
) -> str:
    """The first of these results of which some ledger knows who did it, with who that was and when."""
    places = dict.fromkeys(place for place in (*ledgers, named_by_the_environment()) if place)
    books = [opened(place) for place in places if stands(place)]
    for path in paths if books else ():
        if (stated := _stated(path, passwords)) and (
            who := next(filter(None, (by(book, stated) for book in books)), "")
        ):
            return f"{path.name} 已由{who}"
    return ""


def _stated(path: Path, passwords: Sequence[str]) -> Stated | None:
    """What a result says of itself; None where it is none or was changed, and so is none that anybody approved."""
    try:
        return Stated.of(results.opened(path, path.name, passwords))
    except UserError:
        return None
