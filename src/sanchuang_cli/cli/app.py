"""The commands and how each ends: 0 finished, 1 finished with rows set aside, 2 could not run."""

import errno
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from typer import _click as click

from sanchuang_cli.cli import batch, jobs, ledger, policies, rosters
from sanchuang_cli.cli.helping import App
from sanchuang_cli.finding import UserError
from sanchuang_cli.programmes import PROGRAMMES, Listed

FINISHED, SET_ASIDE, COULD_NOT_RUN = 0, 1, 2
INTERRUPTED = 130  # what typer returns for Ctrl-C

EPILOG = "退出码：0 完成（可以有警告）；1 完成，但有记录待核实、未列入；2 未能运行，什么都没有写出。"

app = App(help="县委组织部的名册工具：读乡镇报来的表，按文件算清，写出可以签字的表。", epilog=EPILOG)
app.add_typer(policies.app, name="policy")
app.add_typer(ledger.app, name="ledger")
app.add_typer(batch.app, name="batch")

Books = Annotated[
    list[str],
    typer.Argument(metavar="名册...", help="名册文件、文件夹或通配符，可以给多个。", show_default=False),
]
PeriodOption = Annotated[str | None, typer.Option("--period", help="期间：2026、2026H1、2026Q2 或 2026-04。")]
OnOption = Annotated[str | None, typer.Option("--on", help="按哪一天判断年龄、空缺等，写成 2026-06-30。")]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", help="政策文件（.toml）或自带政策的名称，见 policy list。")
]
PreviousOption = Annotated[str | None, typer.Option("--previous", help="上一期本程序写出的工作簿。")]
OutOption = Annotated[Path | None, typer.Option("--out", help="结果写到哪个文件（.xlsx）。")]
JsonOption = Annotated[bool, typer.Option("--json", help="结果另以 JSON 写到标准输出。")]
UnmaskOption = Annotated[
    list[str] | None, typer.Option("--unmask", help="JSON 和屏幕上不遮盖的栏目，如 身份证号；可重复。")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="屏幕上不显示摘要。")]
StrictOption = Annotated[bool, typer.Option("--strict", help="有任何警告或待核实记录就不写出，退出码 2。")]
ColumnsOption = Annotated[
    Path | None, typer.Option("--columns", help="指定列与栏目对应关系的文件（.toml）。")
]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help="存有工作簿密码的文本文件，每行一个；用 --encrypt 时第一行也是结果的密码。",
        envvar="SANCHUANG_PASSWORD_FILE",
    ),
]
NoticeOption = Annotated[
    Path | None,
    typer.Option("--notice", help="公示写到哪个文件夹（.docx 和 .xlsx），不含证件号、账号、电话。"),
]
NoticeFromOption = Annotated[
    str | None, typer.Option("--notice-from", help="公示从哪一天张贴，写成 2026-06-30；不写则留空手填。")
]
ReasonOption = Annotated[
    str, typer.Option("--reason", help="公示或网页用 --unmask 公布栏目的理由，记入来源页。")
]
HtmlOption = Annotated[
    Path | None, typer.Option("--html", help="另写一份网页（.html），不联网也能看、能打印。")
]
BankOption = Annotated[Path | None, typer.Option("--bank", help="银行代发文件和核对单写到哪个文件夹。")]
BankFormatOption = Annotated[
    str, typer.Option("--bank-format", help="银行代发文件的格式：generic，或写明格式的文件（.toml）。")
]
ScreenOption = Annotated[
    list[str] | None, typer.Option("--screen", help="核查名单（死亡、录用等），名单上的人待核实；可重复。")
]
ByOption = Annotated[str, typer.Option("--by", help="township：每个乡镇另写一张表。")]
LedgerOption = Annotated[
    Path | None, typer.Option("--ledger", help="台账：与已发的比较，列出本期、补发、追缴；只看不记。")
]
EncryptOption = Annotated[
    bool,
    typer.Option(
        "--encrypt",
        help="给结果工作簿加密码：取自 --password-file、环境变量 SANCHUANG_PASSWORD，或当场输入。",
    ),
]


def command(listed: Listed) -> Callable[..., None]:
    """The command of one programme; all of them have the same options."""

    def run(
        books: Books,
        period: PeriodOption = None,
        on: OnOption = None,
        policy: PolicyOption = None,
        previous: PreviousOption = None,
        out: OutOption = None,
        json: JsonOption = False,
        unmask: UnmaskOption = None,
        quiet: QuietOption = False,
        strict: StrictOption = False,
        columns: ColumnsOption = None,
        password_file: PasswordOption = None,
        encrypt: EncryptOption = False,
        html: HtmlOption = None,
        notice: NoticeOption = None,
        notice_from: NoticeFromOption = None,
        reason: ReasonOption = "",
        bank: BankOption = None,
        bank_format: BankFormatOption = "generic",
        screen: ScreenOption = None,
        by: ByOption = "",
        ledger: LedgerOption = None,
    ) -> None:
        from sanchuang_cli.cli.asked import Asked
        from sanchuang_cli.cli.run import perform

        asked = Asked(
            books,
            period,
            on,
            policy,
            previous,
            out,
            json,
            frozenset(unmask or ()),
            quiet,
            strict,
            columns,
            password_file,
            encrypt,
            html,
            notice,
            notice_from,
            reason,
            bank,
            bank_format,
            tuple(screen or ()),
            by,
            ledger,
        )
        raise typer.Exit(SET_ASIDE if perform(listed, asked).set_aside else FINISHED)

    run.__name__ = listed.name
    return run


for listed in PROGRAMMES:
    app.command(listed.name, help=listed.help, epilog=EPILOG)(command(listed))


@app.command("explain", epilog=EPILOG)
def explain(
    person: Annotated[
        str,
        typer.Argument(metavar="人", help="姓名、行号或身份证号末四位；加上乡镇、村，用空格隔开并加引号。"),
    ],
    books: Books,
    period: PeriodOption = None,
    on: OnOption = None,
    policy: PolicyOption = None,
    previous: PreviousOption = None,
    screen: ScreenOption = None,
    json: JsonOption = False,
    columns: ColumnsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """说明一个人该领多少、为什么：逐条列出条款、所读的单元格和原文、成立与否，以及可用笔验算的算式。"""
    from sanchuang_cli.cli.asked import Asked
    from sanchuang_cli.cli.explaining import perform

    asked = Asked(
        books,
        period,
        on,
        policy,
        previous,
        None,
        json,
        frozenset(),
        False,
        False,
        columns,
        password_file,
        screen=tuple(screen or ()),
    )
    perform(person, asked)


rosters.register(app, EPILOG)
jobs.register(app, EPILOG)


@app.command("template", epilog=EPILOG)
def template(
    programme: Annotated[str, typer.Argument(metavar="程序", help="如 rate。")],
    policy: PolicyOption = None,
    out: OutOption = None,
) -> None:
    """写出一份空白名册，发给乡镇填报：有标题、下拉选项、填表说明和一行示例。"""
    from sanchuang_cli.cli.run import write_template

    known = {listed.name: listed for listed in PROGRAMMES}
    if programme not in known:
        raise UserError(f"没有名为“{programme}”的程序。可用的有：{'、'.join(known)}。")
    write_template(known[programme], policy, out)


def _show_version(wanted: bool) -> None:
    if wanted:
        from sanchuang_cli import __version__

        typer.echo(f"sanchuang {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and exit with its code. What a user did wrong is one Chinese message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        never_crashing(stream)
    try:
        code = app(prog_name="sanchuang", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:
            raise KeyboardInterrupt
    except UserError as trouble:
        code = told(str(trouble))
    except click.exceptions.NoArgsIsHelpError:
        code = told("没有写要做什么，用法见上。")
    except click.exceptions.UsageError as trouble:
        code = told(f"{usage(trouble)}\n用 --help 看用法。")
    except (KeyboardInterrupt, typer.Abort):
        code = told("已中断，没有写出结果。重新运行即可。")
    except OSError as trouble:
        if trouble.errno not in (errno.ENOSPC, errno.EPIPE):
            raise
        code = told(
            f"标准输出写不完：{'磁盘空间不够' if trouble.errno == errno.ENOSPC else '接收的程序已经关闭'}。"
        )
        sys.stdout = None  # what is left in its buffer must not be tried again on the way out
    sys.exit(code)


def never_crashing(stream: TextIO) -> None:
    """A character that the terminal's encoding lacks is shown as ? instead of ending the run."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def told(message: str) -> int:
    typer.echo(f"错误：{message}", err=True)
    return COULD_NOT_RUN


def usage(trouble: click.exceptions.UsageError) -> str:
    """What was wrong with the words on the command line, in Chinese."""
    if isinstance(trouble, click.exceptions.NoSuchOption):
        near = f"（是不是 {'、'.join(sorted(trouble.possibilities))}？）" if trouble.possibilities else ""
        return f"没有 {trouble.option_name} 这个选项{near}。"
    if isinstance(trouble, click.exceptions.MissingParameter):
        return f"缺少{_missing(trouble.param)}。"
    if trouble.message.startswith("No such command"):
        word = trouble.message.split("'")[1]
        return f"没有“{word}”这个命令。可用的有：{'、'.join([*(p.name for p in PROGRAMMES), 'explain', 'inspect', 'check', 'merge', 'template', 'policy', 'ledger', 'batch', 'run', 'init'])}。"
    if isinstance(trouble, click.exceptions.BadParameter) and trouble.param:
        needed = "，应是整数" if "integer" in trouble.message else ""
        return f"{_called(trouble.param)} 的值不对{needed}。"
    if isinstance(trouble, click.exceptions.BadOptionUsage):
        needs = trouble.message.endswith("requires an argument.")
        return f"{trouble.option_name} 后面{'要写值' if needs else '不写值'}。"
    extra = trouble.message.partition("Got unexpected extra argument(s) ")[2]
    if extra:
        return f"多写了 {extra.strip('()')}：这个命令用不着。"
    return f"命令写法不对：{trouble.format_message()}"


def _missing(param: Any) -> str:
    """What a command cannot do without: an option by its name, an argument by what stands for it in the help."""
    if param is None:
        return "参数"
    instead = f"（也可设环境变量 {param.envvar}）" if param.envvar else ""
    return f"{' ' if param.param_type_name == 'option' else ''}{_called(param)}{instead}"


def _called(param: Any) -> str:
    if param.param_type_name != "option":
        return str(param.metavar or "参数").replace("...", "")
    return str(param.opts[0])
