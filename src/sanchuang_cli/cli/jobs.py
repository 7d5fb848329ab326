"""Declares the commands `sanchuang run`, `province`, `init`, `doctor` and `forget`, about working folders. They are carried out in
night.py, province.py, folder.py, doctor.py and forgetting.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from sanchuang_cli.cli.ledger_option import LEDGER, ledger_option
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace


def register(app: typer.Typer, epilog: str) -> None:
    """Add the five commands to the app. epilog: the last line of the help."""
    app.command("run", epilog=epilog)(run)
    app.command("province", epilog=epilog)(province)
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
    as_known: Annotated[
        str | None,
        typer.Option(
            "--as-known",
            metavar="日期",
            help="不运行，只按快照把那一天知道的结果原样重做到一个新文件夹，写成 2026-06-30；现在的结果和台账不动。",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="文件夹", help="--as-known 写到哪个新文件夹；不写是“重现-日期”。"),
    ] = None,
) -> None:
    """按任务文件逐项运行：没有变动的跳过，有台账的提请批次，从不审批。"""
    if as_known is not None:
        if check or force:
            raise UserError("--as-known 不和 --check、--force 一起用，请去掉。")
        from sanchuang_cli.cli.replay import as_known as made_again

        raise typer.Exit(made_again(jobs, as_known, only=only or [], out=out))
    if out:
        raise UserError("--out 要和 --as-known 一起用；各项任务的结果写到哪里，写在任务文件的 out 里。")
    from sanchuang_cli.cli.night import night

    raise typer.Exit(night(jobs, check=check, only=only or [], force=force))


def province(
    counties: Annotated[
        list[Path] | None,
        typer.Argument(metavar="县...", help="各县的工作文件夹，里面有 jobs.toml。", show_default=False),
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="只做这一项任务；可重复。")] = None,
    force: Annotated[bool, typer.Option("--force", help="名册和政策没有变也重做。")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="本机同时做几个县。")] = 2,
    scheduler: Annotated[
        str,
        typer.Option("--scheduler", help="已有的 Dask 调度器，如 tls://10.0.0.5:8786；不写就在本机做。"),
    ] = "",
    new_key: Annotated[
        Path | None,
        typer.Option(
            "--new-key",
            help="生成各县共用的密钥，写到这个文件；各县放进自己的文件夹，叫 共用.key，才查两县都有的人。",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="汇总写到哪个文件（.xlsx）。")] = None,
) -> None:
    """同时运行许多县的任务，各县各写各的结果；汇总各县、列出没有完成的县、两个县都有的人。"""
    from sanchuang_cli.cli import province

    if new_key:
        province.new_key(new_key)
    if counties:
        ask = province.Ask(tuple(only or ()), force)
        raise typer.Exit(province.perform(counties, scheduler, workers, ask, out))
    if not new_key:
        raise UserError("请写明各县的工作文件夹，如 sanchuang province 各县/*。")


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
    keep: Annotated[
        bool, typer.Option("--keep", help="每次运行都留快照，以后可用 run --as-known 原样重做。")
    ] = False,
    keep_password: Annotated[
        Path | None,
        typer.Option("--keep-password-file", help="留快照并加密：第一行写着密码的文件，放在文件夹以外。"),
    ] = None,
    ledger: Annotated[
        LedgerPlace | None,
        ledger_option("几张办公桌共用的台账：数据库地址；不写就在文件夹里建 台账.db。"),
    ] = None,
) -> None:
    """建一个县的工作文件夹：收件、结果、政策、台账、县的设置、任务文件、定时任务。"""
    from sanchuang_cli.cli.folder import keeping, laid_out

    laid_out(folder, paid_through, profile, ledger, keeping(keep, keep_password))


def doctor(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="工作文件夹；不写是当前文件夹。", show_default=False)
    ] = Path(),
    ledger: Annotated[
        LedgerPlace | None,
        ledger_option("台账；不写就查任务文件里写的。", envvar=LEDGER),
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
        int,
        typer.Option(
            "--older-than",
            metavar="月数",
            min=12,
            help="结果保存几个月，至少 12：公示、异议和下一年的比较还用得着。",
        ),
    ],
    ledger: Annotated[
        LedgerPlace | None,
        ledger_option("放在别处的台账；文件夹里、旁边和任务文件里的不用写。", envvar=LEDGER),
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="真的删；不写只列出会删哪些。")] = False,
) -> None:
    """列出过了保存期的结果和快照，--delete 才删：最新一期的、批次没有了结的、期限和公示没有到的都留下；台账和名册从不删。"""
    from sanchuang_cli.cli.forgetting import forget as forgotten

    raise typer.Exit(forgotten(folder, older_than, ledger=ledger, delete=delete))
