"""Declares and carries out `sanchuang ledger approver`: makes a key pair, and writes to the ledger who may approve and who
may not any more.
"""

from pathlib import Path
from typing import Annotated

import typer

from sanchuang_cli.cli.helping import App
from sanchuang_cli.cli.ledger_option import LedgerOption

app = App(help="登记审批人的公钥：登记以后，这本台账的审批都要签名。")

NameArgument = Annotated[str, typer.Argument(metavar="审批人", help="审批人姓名。")]
PublicOption = Annotated[Path, typer.Option("--public", help="审批人的公钥文件（.pub）。")]
ByOption = Annotated[str | None, typer.Option("--by", help="经办人姓名；不写用登录名。")]
NoteOption = Annotated[str, typer.Option("--note", help="依据，如任命文号。")]
KeyPasswordOption = Annotated[
    Path | None, typer.Option("--password-file", help="第一行是私钥密码的文本文件；不写则当场输入。")
]


@app.command("key")
def key(
    file: Annotated[Path, typer.Argument(metavar="私钥文件", help="新建的私钥文件，公钥写在旁边的 .pub。")],
    password_file: KeyPasswordOption = None,
) -> None:
    """审批人自己做一把钥匙：私钥加了密码，只自己留着；不用台账，可在别的机器上做。"""
    from sanchuang_cli.cli.passphrase import new_passphrase
    from sanchuang_cli.ledger.signing import fingerprint, made

    public = made(file, new_passphrase(password_file))
    typer.echo(f"私钥：{file}（自己保管，不要交给别人）", err=True)
    typer.echo(f"公钥：{file}.pub，指纹 {fingerprint(public)}（交给管台账的人登记）", err=True)


@app.command("add")
def add(
    name: NameArgument, ledger: LedgerOption, public: PublicOption, note: NoteOption, by: ByOption = None
) -> None:
    """登记一名审批人；从此没有签名的审批一律不收。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger import approving, signing
    from sanchuang_cli.ledger.file import opened

    key = signing.public(public)
    approving.add(opened(ledger), name, key, said(by, note))
    typer.echo(f"已登记审批人 {name}，公钥指纹 {signing.fingerprint(key)}。", err=True)


@app.command("replace")
def replace(
    name: NameArgument, ledger: LedgerOption, public: PublicOption, note: NoteOption, by: ByOption = None
) -> None:
    """审批人换一把公钥；用旧公钥签过的仍然有效。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger import approving, signing
    from sanchuang_cli.ledger.file import opened

    key = signing.public(public)
    approving.replace(opened(ledger), name, key, said(by, note))
    typer.echo(f"审批人 {name} 已换公钥，指纹 {signing.fingerprint(key)}。", err=True)


@app.command("revoke")
def revoke(name: NameArgument, ledger: LedgerOption, note: NoteOption, by: ByOption = None) -> None:
    """注销一名审批人；以后的审批仍要签名，由其他登记的审批人签。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger import approving
    from sanchuang_cli.ledger.file import opened

    approving.revoke(opened(ledger), name, said(by, note))
    typer.echo(f"已注销审批人 {name}。", err=True)


@app.command("list")
def list_(ledger: LedgerOption) -> None:
    """列出在用的审批人和公钥指纹。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import approvers_page

    say(approvers_page(opened(ledger)))
