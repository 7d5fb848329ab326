"""Declares the commands of `sanchuang batch`, which write to the ledger: propose, approve, send to the bank, take returns,
confirm. The longer ones are carried out in batch_acts.py and approval.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from sanchuang_cli.cli.asked import APPROVE, PROPOSE, ApproverOption, Asked, asking, usable
from sanchuang_cli.cli.helping import App
from sanchuang_cli.cli.ledger_option import LedgerOption

app = App(help="发放批次：提请、审批、送银行、登记退票、了结。提请和审批须是两个人。")

NumberArgument = Annotated[int, typer.Argument(metavar="批次", help="批次号，见 batch list。")]
PaperOption = Annotated[
    Path | None,
    typer.Option("--out", help="要签字的工作簿另存到哪个文件（.xlsx）；不写就在台账旁边，运行后说明。"),
]
WhoOption = Annotated[str | None, typer.Option("--by", help="经办人姓名；不写用登录名。")]
NoteOption = Annotated[str, typer.Option("--note", help="说明，记入台账。")]
ColumnsOption = Annotated[
    Path | None, typer.Option("--columns", help="列名对照（.toml），名单的列认错时用。")
]
KeyPasswordOption = Annotated[
    Path | None, typer.Option("--password-file", help="第一行是私钥密码的文本文件；不写则当场输入。")
]


def propose(asked: Asked) -> int:
    """`batch propose`. Gives the exit code."""
    from sanchuang_cli.cli.batch_acts import perform_propose

    return int(perform_propose(asked))


app.command("propose", help="算出应发、补发、追缴，提请一个批次；没有变动就什么都不记。")(
    asking(propose, usable(PROPOSE), required=("ledger",), said={"ledger": LedgerOption, "out": PaperOption})
)


def approve(asked: Asked) -> int:
    """`batch approve`. Gives the exit code."""
    from sanchuang_cli.cli.approval import perform_approve

    perform_approve(asked)
    return 0


app.command(
    "approve",
    help="审批：须是提请人以外的人，用另一个登录名；登记了审批人的台账，还要审批人的签名。",
)(
    asking(
        approve,
        APPROVE,
        required=("ledger",),
        said={
            "ledger": LedgerOption,
            "password_file": KeyPasswordOption,
            "maker": ApproverOption,
        },
    )
)


@app.command("paper")
def paper(
    number: NumberArgument,
    ledger: LedgerOption,
    out: Annotated[
        Path | None, typer.Option("--out", help="写到哪个文件；不写是 审批单-批次号.txt。")
    ] = None,
) -> None:
    """写出一个批次的审批单，给审批人看和签名；没有个人信息，可以带到别的机器上。"""
    from sanchuang_cli.cli.approval import perform_paper

    perform_paper(ledger, number, out)


@app.command("sign")
def sign(
    file: Annotated[Path, typer.Argument(metavar="审批单", help="batch paper 写出的审批单。")],
    key: Annotated[Path, typer.Option("--key", help="审批人自己的私钥文件。")],
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个文件；不写是 原名-已签名.txt。")] = None,
    workbook: Annotated[
        Path | None, typer.Option("--workbook", help="批次的工作簿：不是审批单上那一个就不签。")
    ] = None,
    password_file: KeyPasswordOption = None,
) -> None:
    """给审批单签名：不用台账，可在审批人自己的机器上做。签的是屏幕上显示的每一行。"""
    from sanchuang_cli.cli.approval import perform_sign

    perform_sign(file, key, out, workbook, password_file)


@app.command("send")
def send(
    number: NumberArgument,
    ledger: LedgerOption,
    bank: Annotated[Path, typer.Option("--bank", help="银行代发文件写到哪个文件夹。")],
    bank_format: Annotated[
        str | None,
        typer.Option(
            "--bank-format",
            help="generic，或写明格式的文件（.toml）；不写用县的设置里的（当前文件夹的，或台账旁边的），没有就用 generic。",
            show_default=False,
        ),
    ] = None,
    by: WhoOption = None,
    note: NoteOption = "",
) -> None:
    """写出银行代发文件并记账；再次运行只给出同样的文件，不再记账。"""
    from sanchuang_cli.cli.batch_acts import perform_send

    perform_send(ledger, number, bank, bank_format, by, note)


@app.command("return")
def return_(
    number: NumberArgument,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="退票名单",
            help="列：户名、账号、金额，可有处理结果（成功的不算退票）、退票原因、新账号。",
        ),
    ],
    ledger: LedgerOption,
    by: WhoOption = None,
    note: NoteOption = "",
    all_returned: Annotated[
        bool,
        typer.Option("--all-returned", help="名单里没有写处理结果、退票原因的，确实都退回来了。"),
    ] = False,
    columns: ColumnsOption = None,
) -> None:
    """登记银行退票，并提请退票重发的批次；了结以后才到的退票也可以登记。"""
    from sanchuang_cli.cli.batch_acts import perform_return, return_list

    rows = return_list(file, columns)
    perform_return(ledger, number, rows, by, note, all_returned=all_returned)


@app.command("arrived")
def arrived(
    number: NumberArgument,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="名单", help="登记错了的那几笔，列与退票名单相同；有处理结果一列的，只撤销成功的。"
        ),
    ],
    ledger: LedgerOption,
    note: Annotated[str, typer.Option("--note", help="依据，如银行的到账证明。")],
    by: WhoOption = None,
    columns: ColumnsOption = None,
) -> None:
    """撤销登记错了的退票：钱其实到账了；原来的分录不动，另记一笔。"""
    from sanchuang_cli.cli.batch_acts import perform_arrived, return_list

    perform_arrived(ledger, number, return_list(file, columns), by, note)


@app.command("paid")
def paid(number: NumberArgument, ledger: LedgerOption, by: WhoOption = None, note: NoteOption = "") -> None:
    """银行结果已齐：没有退回的都已发放，以后多发的可以追缴。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger.batches import confirm
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import closed_line

    book = opened(ledger)
    confirm(book, number, said(by, note))
    typer.echo(closed_line(book, number), err=True)


@app.command("recovered")
def recovered(
    number: NumberArgument, ledger: LedgerOption, by: WhoOption = None, note: NoteOption = ""
) -> None:
    """追缴批次的钱已经收回，记账。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.sending import recovered as post_recovered

    post_recovered(opened(ledger), number, said(by, note))
    typer.echo(f"批次 {number}：已收回。", err=True)


@app.command("cancel")
def cancel(number: NumberArgument, ledger: LedgerOption, note: NoteOption, by: WhoOption = None) -> None:
    """取消还没有送银行的批次；它的明细和工作簿留作痕迹。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger.batches import cancel as cancelled
    from sanchuang_cli.ledger.file import opened

    cancelled(opened(ledger), number, said(by, note))
    typer.echo(f"批次 {number}：已取消。", err=True)


@app.command("list")
def list_(ledger: LedgerOption) -> None:
    """列出全部批次和状态。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import batches_page

    say(batches_page(opened(ledger)))


@app.command("show")
def show(number: NumberArgument, ledger: LedgerOption) -> None:
    """一个批次的清单和经过，和它的工作簿在哪里。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.batches import paper_to_sign
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import batch_pages

    book = opened(ledger)
    for page in batch_pages(book, number):
        say(page)
    typer.echo(f"工作簿：{paper_to_sign(book, number)}（台账的副本，只打印，不要改动）", err=True)
