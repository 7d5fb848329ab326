"""Declares the command `sanchuang desk` and opens the desk; the pages are in desk/."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("desk", epilog="退出码：0 已结束；2 没有打开。")(desk)


def desk(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="端口；不写就用一个空着的。", show_default=False)
    ] = 0,
    browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器，只写出地址。")] = False,
    limit: Annotated[
        int, typer.Option("--upload-limit", min=1, help="一次放的文件加起来至多多少 MB。")
    ] = 200,
) -> None:
    """打开工作台：在本机的浏览器里放名册、选事项、看首页和疑点、取结果；数据不出本机，关掉就什么都不留。"""
    from sanchuang_cli.cli.unforeseen import message
    from sanchuang_cli.desk.serving import Wanted, serve

    serve(Wanted(port, limit, not browser), _told, message)
    typer.echo("工作台已结束，没有留下任何文件。")


def _told(address: str) -> None:
    typer.echo(
        f"工作台：{address}\n只有这台机器能打开，地址只能用一次。结束请按页面上的“结束”，或在这里按 Ctrl+C。"
    )
