"""Declares the commands `sanchuang run`, `init`, `doctor` and `forget`, about a working folder. They are carried out in night.py,
folder.py, doctor.py and forgetting.py.
"""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer, epilog: str) -> None:
    """Add the four commands to the app. epilog: the last line of the help."""
    app.command("run", epilog=epilog)(run)
    app.command("init")(init)
    app.command("doctor", epilog="退出码：0 都好；1 有要注意的；2 有不行的。")(doctor)
    app.command("forget", epilog="退出码：0 没有可以删的，或已经删了；1 有可以删的，还没有删；2 未能运行。")(
        forget
    )


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
    profile: Annotated[
        Path | None,
        typer.Option(
            "--profile",
            help="已有的县的设置（county.toml），照抄进去；不写就逐项问（没有人坐在终端前时不问，以后补全）。",
            show_default=False,
        ),
    ] = None,
) -> None:
    """建一个县的工作文件夹：收件、结果、政策、台账、县的设置、任务文件、定时任务。"""
    from sanchuang_cli.cli.folder import laid_out

    laid_out(folder, paid_through, profile)


def doctor(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="工作文件夹；不写是当前文件夹。", show_default=False)
    ] = Path(),
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", help="台账；不写就查任务文件里写的。", envvar="SANCHUANG_LEDGER"),
    ] = None,
) -> None:
    """查这台机器和工作文件夹缺什么、有什么不对，怎样办：版本、字体、编码、权限、时钟、政策、台账、县的设置。"""
    from rich.console import Console

    from sanchuang_cli.cli.doctor import perform
    from sanchuang_cli.cli.machine import this_machine

    raise typer.Exit(perform(Console(highlight=False), this_machine(), folder, ledger))


def forget(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="工作文件夹，或放结果的文件夹。")],
    older_than: Annotated[
        int, typer.Option("--older-than", metavar="月数", help="结果保存几个月，至少 12。")
    ],
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            help="放在别处的台账；文件夹里和旁边的不用写。",
            envvar="SANCHUANG_LEDGER",
        ),
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="真的删；不写只列出会删哪些。")] = False,
) -> None:
    """列出过了保存期的结果，--delete 才删：最新一期的、批次没有了结的、期限和公示没有到的都留下；台账和名册从不删。"""
    from sanchuang_cli.cli.forgetting import forget as forgotten

    raise typer.Exit(forgotten(folder, older_than, ledger=ledger, delete=delete))
