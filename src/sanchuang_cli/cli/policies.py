"""Declares and carries out the commands of `sanchuang policy`: they read and print policy files and change nothing."""

from typing import Annotated

import typer

from sanchuang_cli.cli.asked import CHECK_POLICY, DIFF, Asked, asking, usable
from sanchuang_cli.cli.helping import App
from sanchuang_cli.programmes import PROGRAMMES, listed

app = App(
    help="看、查政策文件：list 列出自带的，show 显示一份，check 检查一份，diff 比两份对名册上的人有什么不同，schema 给出写法。"
)

ProgrammeArgument = Annotated[str, typer.Argument(metavar="程序", help="如 rate。")]
NameArgument = Annotated[
    str | None, typer.Argument(metavar="政策", help="自带政策的名称，或 .toml 文件；不写是缺省政策。")
]
OnOption = Annotated[
    list[str] | None,
    typer.Option("--on", metavar="名册...", help="在这些名册上查：文件、文件夹或通配符，可以给多个。"),
]
MoreBooks = Annotated[
    list[str] | None, typer.Argument(metavar="名册...", help="--on 的其余名册。", show_default=False)
]


@app.command("list")
def list_() -> None:
    """列出各程序自带的政策，每个程序的第一份是缺省政策。"""
    from sanchuang_cli import policy
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.table import Column, Table

    columns = (Column("programme", "程序"), Column("name", "政策"), Column("title", "名称", wide=True))
    packs = [(entry.name, *pack) for entry in PROGRAMMES for pack in policy.packs(entry.name).items()]
    say(Table("政策", "自带的政策，每个程序的第一份是缺省政策", columns, packs))


@app.command()
def show(programme: ProgrammeArgument, policy: NameArgument = None) -> None:
    """显示一份政策的全文。复制出来改成本县的，再用 --policy 指定。"""
    from sanchuang_cli.policy import source

    _, content = source(listed(programme).name, policy)
    typer.echo(content.decode("utf-8-sig"), nl=False)


def check(asked: Asked) -> int:
    """`policy check`. Gives the exit code."""
    from sanchuang_cli.cli.policy_check import perform

    return perform(asked)


app.command(
    "check",
    help="检查一份政策，把所有错误一次说完，验算文件里印的数；--on 名册时再看哪些条款、档次、词从来用不上，边界有没有两种读法。",
)(
    asking(
        check,
        usable(CHECK_POLICY),
        said={"policy": NameArgument, "on": OnOption, "books": MoreBooks},
        optional=("policy", "books"),
    )
)


@app.command()
def schema(programme: ProgrammeArgument) -> None:
    """给出政策文件一版（edition）的 JSON Schema，可供编辑器提示用；每个键的意思写在里面。"""
    import json

    from sanchuang_cli import policy

    typer.echo(json.dumps(policy.schema(listed(programme).load().policy), ensure_ascii=False, indent=2))


def diff(asked: Asked) -> int:
    """`policy diff`. Gives the exit code."""
    from sanchuang_cli.cli.policy_diff import perform

    return perform(asked)


app.command(
    "diff",
    help="同一份名册按两份文件各算一遍：谁新进、退出、提高、降低，每月、全年差多少，分乡镇、分档，由哪一条决定。",
)(asking(diff, usable(DIFF)))
