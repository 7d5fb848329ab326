"""`sanchuang run` and `sanchuang init`: the county's jobs without anybody watching, and the folder they live in."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer, epilog: str) -> None:
    app.command("run", epilog=epilog)(run)
    app.command("init")(init)


def run(
    jobs: Annotated[Path, typer.Argument(metavar="任务文件", help="写明各项任务的文件，如 jobs.toml。")],
    check: Annotated[bool, typer.Option("--check", help="只说会做什么，什么都不写。")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help="只做这一项任务；可重复。")] = None,
    force: Annotated[bool, typer.Option("--force", help="名册和政策没有变也重做。")] = False,
) -> None:
    """按任务文件逐项运行：没有变动的跳过，有台账的提请批次，从不审批。"""
    from sanchuang_cli.cli.night import night

    raise typer.Exit(night(jobs, check=check, only=only or [], force=force))


def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="新建的工作文件夹。")],
    paid_through: Annotated[
        str, typer.Option("--paid-through", help="启用台账以前发到哪个月，写成 2026-06。")
    ],
) -> None:
    """建一个县的工作文件夹：收件、结果、政策、台账、任务文件和定时任务的写法。"""
    from sanchuang_cli.cli.folder import laid_out

    laid_out(folder, paid_through)
