"""Carries out `ledger propose`, `ledger paper` and `ledger approve`: reads a result workbook that pays no money, and writes
to the ledger.
"""

from pathlib import Path

import typer

from sanchuang_cli.cli.approval import approver, signature, written
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.given_result import SAVE_PLAIN, result_at
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import unpaid_results
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.unpaid_results import Stated
from sanchuang_cli.programmes import listed


def stated(path: Path) -> Stated:
    """What the result workbook says about itself.

    Raises UserError where it is no result, was changed, or pays money and decides nothing else: money is approved with its
    batch.
    """
    result = Stated.of(result_at(path, "本程序写出的结果工作簿", SAVE_PLAIN))
    can = listed(result.programme).can
    if "pays" in can and "decides" not in can:
        raise UserError(
            f"{path.name} 是{result.what}的结果，要发钱，不在这里审批。请提请批次："
            f"sanchuang batch propose {result.programme} 名册 --period {result.period} --by 经办人姓名，"
            "再由另一个人 sanchuang batch approve 批次号。"
        )
    return result


def perform_propose(asked: Asked) -> None:
    """Propose a result, so that a second person can approve it. Raises UserError."""
    assert asked.ledger and asked.result, "both are required"
    result = stated(asked.result)
    unpaid_results.propose(opened(asked.ledger), result, said(asked.maker, asked.note))
    typer.echo(
        f"已提请：{result.what} {result.period}，结果摘要 {result.digest}。"
        f"审批：sanchuang ledger approve {asked.result} --by 审批人姓名",
        err=True,
    )


def perform_paper(asked: Asked) -> None:
    """Write the approval paper of a result. Raises UserError."""
    assert asked.ledger and asked.result, "both are required"
    lines = unpaid_results.paper(opened(asked.ledger), stated(asked.result))
    out = asked.out or Path(f"审批单-{asked.result.stem}.txt")
    written(lines, out, f"sanchuang ledger approve {asked.result}")


def perform_approve(asked: Asked) -> None:
    """Approve a result. Raises UserError."""
    assert asked.ledger and asked.result, "both are required"
    ledger, result = opened(asked.ledger), stated(asked.result)
    signed = signature(asked, lambda: unpaid_results.paper(ledger, result))
    unpaid_results.approve(ledger, result, said(approver(ledger, asked, signed), asked.note), signed)
    typer.echo(f"已审批：{result.what} {result.period}，结果摘要 {result.digest}。", err=True)
