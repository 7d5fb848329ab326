"""Says in words what waits in a ledger, which it only reads: which file to sign, and which command comes next."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sanchuang_cli.cli.typed import approving, typed
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.batches import OPEN, paper_to_sign
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import PROPOSED
from sanchuang_cli.ledger.listing import Open
from sanchuang_cli.ledger.unpaid_results import WaitingResult
from sanchuang_cli.money import yuan

_BANK = "银行"
"""The folder beside the ledger for the bank's files of a batch."""
_NEXT = {
    "send": "送银行",
    "paid": "银行结果齐了（有退票的先登记退票）以后了结",
    "recovered": "钱收回了以后记账",
}
"""What the next command of a batch does, by the name of the command."""


Against = Mapping[str, Sequence[int]]
"""By what is otherwise in a batch than the rosters say now, the numbers of the lines on its list."""
_FEW = 8
"""How many of these numbers are named."""


def batch_steps(place: LedgerPlace, ledger: Ledger, batch: Open, against: Against) -> Iterator[str]:
    """The lines on a batch: what it is, what is otherwise now, the file to sign if it is not approved yet, and the next command."""
    if against and batch.state in OPEN:
        yield _disagrees(place, batch, against)
    about = f"批次 {batch.number} {batch.title}，{batch.persons} 人，{yuan(abs(batch.fen)):,.2f} 元"
    if batch.state == PROPOSED:
        show = typed("batch", "show", batch.number, "--ledger", place)
        where = _paper(ledger, batch.number) if place.file else f"在自己的机器上运行 {show}"
        yield f"请签字：{about}。要签字的文件：{where}"
        yield f"签字以后审批（须是另一个人）：{typed('batch', approving(ledger), batch.number, '--ledger', place)}"
        return
    more = ("--bank", place.beside / _BANK) if batch.next == "send" else ()
    yield f"{about}。{_NEXT[batch.next]}：{typed('batch', batch.next, batch.number, *more, '--ledger', place)}"


def _disagrees(place: LedgerPlace, batch: Open, against: Against) -> str:
    """The line on a batch that pays somebody otherwise than the rosters say now."""
    people = len({number for numbers in against.values() for number in numbers})
    each = "，".join(
        f"{what} {len(numbers)} 人（清单序号 {_numbers(numbers)}）" for what, numbers in against.items()
    )
    cancel = typed("batch", "cancel", batch.number, "--note", "原因", "--ledger", place)
    return (
        f"批次 {batch.number} 先核对再办：其中 {people} 人和现在的名册对不上：{each}。"
        f"批次对的照常办；名册不对的改正名册；批次不对的先取消，下一次运行按现在的名册重新提请：{cancel}"
    )


def _numbers(numbers: Sequence[int]) -> str:
    more = f" 等 {len(numbers)} 个" if len(numbers) > _FEW else ""
    return "、".join(map(str, numbers[:_FEW])) + more


def _paper(ledger: Ledger, number: int) -> str:
    try:
        return str(paper_to_sign(ledger, number).resolve())
    except UserError as trouble:
        return f"没有。{trouble}"


def result_steps(place: LedgerPlace, ledger: Ledger, result: WaitingResult, folder: Path) -> Iterator[str]:
    """The lines on a result: what it is, where it is in the county's folder, and the next command."""
    book = next(iter(sorted(folder.rglob(result.book))), None)
    about = f"请审批：结果 {result.book}，{result.what} {result.period}，{result.who} {result.at.replace('T', ' ')} 提请"
    if book is None:
        yield f"{about}。文件不在 {folder} 里，请向提请人要。"
        return
    yield f"{about}。文件：{book}"
    yield f"看过以后审批（须是另一个人）：{typed('ledger', approving(ledger), book, '--ledger', place)}"
