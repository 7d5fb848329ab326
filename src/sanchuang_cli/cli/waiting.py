"""What waits for somebody in a ledger, in words: the one file to sign, and the command that goes on, as it is typed."""

from collections.abc import Iterator
from pathlib import Path

from sanchuang_cli.cli.typed import approving, typed
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.batches import paper_to_sign
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.history import PROPOSED
from sanchuang_cli.ledger.listing import Open
from sanchuang_cli.ledger.results import Waiting
from sanchuang_cli.money import yuan

_BANK = "银行"
"""The folder beside the ledger in which a batch's files for the bank are put."""
_NEXT = {
    "send": "送银行",
    "paid": "银行结果齐了（有退票的先登记退票）以后了结",
    "recovered": "钱收回了以后记账",
}


def batch_steps(path: Path, ledger: Ledger, one: Open) -> Iterator[str]:
    """What a batch is, the file to sign while it waits for that, and the command."""
    about = f"批次 {one.number} {one.title}，{one.persons} 人，{yuan(abs(one.fen)):,.2f} 元"
    if one.state == PROPOSED:
        yield f"请签字：{about}。要签字的文件：{_paper(ledger, one.number)}"
        yield f"签字以后审批（须是另一个人）：{typed('batch', approving(ledger), one.number, '--ledger', path)}"
        return
    more = ("--bank", path.parent / _BANK) if one.next == "send" else ()
    yield f"{about}。{_NEXT[one.next]}：{typed('batch', one.next, one.number, *more, '--ledger', path)}"


def _paper(ledger: Ledger, number: int) -> str:
    try:
        return str(paper_to_sign(ledger, number).resolve())
    except UserError as trouble:
        return f"没有。{trouble}"


def result_steps(path: Path, ledger: Ledger, one: Waiting, folder: Path) -> Iterator[str]:
    """What a result is, where it lies in the county's folder, and the command."""
    book = next(iter(sorted(folder.rglob(one.book))), None)
    about = f"请审批：结果 {one.book}，{one.what} {one.period}，{one.who} {one.at.replace('T', ' ')} 提请"
    if book is None:
        yield f"{about}。文件不在 {folder} 里，请向提请人要。"
        return
    yield f"{about}。文件：{book}"
    yield f"看过以后审批（须是另一个人）：{typed('ledger', approving(ledger), book, '--ledger', path)}"
