"""`sanchuang inspect`, `check` and `merge`: what the reader sees, what is wrong with it, and many books as one."""

from pathlib import Path
from typing import Annotated

import typer

Books = Annotated[
    list[str],
    typer.Argument(metavar="名册...", help="名册文件、文件夹或通配符，可以给多个。", show_default=False),
]
AsOption = Annotated[str | None, typer.Option("--as", help="按哪种名册读：members（党员）、orgs（党组织）。")]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", help="政策文件（.toml）或自带政策的名称，名册的栏目由它增补。")
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 写到标准输出。")]
ColumnsOption = Annotated[
    Path | None, typer.Option("--columns", help="指定列与栏目对应关系的文件（.toml）。")
]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file", help="存有工作簿密码的文本文件，每行一个。", envvar="SANCHUANG_PASSWORD_FILE"
    ),
]


def register(app: typer.Typer, epilog: str) -> None:
    app.command("inspect", epilog=epilog)(inspect)
    app.command("check", epilog=epilog)(check)
    app.command("merge", epilog=epilog)(merge)


def inspect(
    books: Books,
    roster: AsOption = None,
    policy: PolicyOption = None,
    json: JsonOption = False,
    columns: ColumnsOption = None,
    password_file: PasswordOption = None,
    save_columns: Annotated[
        Path | None,
        typer.Option("--save-columns", help="把认出的列与栏目的对应写成文件，改好后用 --columns 指定。"),
    ] = None,
) -> None:
    """看本程序在文件里认出了什么：哪些表、哪几行是表头、每列对应哪个栏目、哪些行没有读以及原因。"""
    from sanchuang_cli.cli.inspecting import Asked, perform

    raise typer.Exit(perform(Asked(books, roster, policy, columns, password_file), json, save_columns))


def check(
    books: Books,
    roster: AsOption = None,
    return_to: Annotated[
        Path | None,
        typer.Option(
            "--return", metavar="文件夹", help="把有问题的名册标好颜色和批注，写到这个文件夹，供退回修改。"
        ),
    ] = None,
    policy: PolicyOption = None,
    json: JsonOption = False,
    columns: ColumnsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """检查名册，一次列出全部错误和警告：在哪一格、写的是什么、依据什么、怎么改。"""
    from sanchuang_cli.cli import auditing

    asked = auditing.Asked(books, roster, policy, columns, password_file)
    raise typer.Exit(int(auditing.check(asked, return_to, json)))


def merge(
    books: Books,
    roster: Annotated[str, typer.Option("--as", help="哪种名册：members（党员）、orgs（党组织）。")],
    out: Annotated[Path, typer.Option("--out", help="结果写到哪个文件（.xlsx）。")],
    policy: PolicyOption = None,
    columns: ColumnsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """把多个乡镇、列序不同的名册合成一份，每行注明来自哪个文件哪一行；不能用的另列一页并说明原因。"""
    from sanchuang_cli.cli import auditing

    asked = auditing.Asked(books, roster, policy, columns, password_file)
    raise typer.Exit(int(auditing.merge(asked, out)))
