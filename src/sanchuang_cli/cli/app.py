"""Declares all commands of `sanchuang`, their exit codes, and the Chinese message for every error; the work is in the other
modules.

Exit codes: 0 finished; 1 finished, but rows were set aside; 2 could not run; 3 a fault of the program itself.
"""

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from typer.main import get_command

from sanchuang_cli.cli import batch, desk_command, jobs, ledger, policies, rosters, samples, unforeseen
from sanchuang_cli.cli.asked import (
    EXPLAIN,
    NOTICE,
    NOTICE_SAYS,
    OVER_RESULTS_SAYS,
    PERSON,
    PERSON_SAYS,
    RUN,
    RUN_OVER_RESULTS,
    TEMPLATE,
    Asked,
    asking,
    option_of,
    usable,
)
from sanchuang_cli.cli.helping import App
from sanchuang_cli.cli.library import click
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import without_numbers
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, ListedProgramme, listed
from sanchuang_cli.report.lacking import never_crashing as nearest_shown

FINISHED, SET_ASIDE, COULD_NOT_RUN = 0, 1, 2
_LONGEST_NAME = 40
INTERRUPTED = 130  # what typer returns for Ctrl-C

EPILOG = (
    "退出码：0 完成（可以有警告）；1 完成，但有记录待核实、未列入；2 未能运行，什么都没有写出；3 程序出错。"
)

app = App(help="县委组织部的名册工具：读乡镇报来的表，按文件算清，写出可以签字的表。", epilog=EPILOG)
app.add_typer(policies.app, name="policy")
app.add_typer(ledger.app, name="ledger")
app.add_typer(batch.app, name="batch")


_kept: list[object] = []
"""Keeps the finished run alive until the process ends. To free millions of objects first would only make people wait."""


def _run(entry: ListedProgramme) -> Callable[[Asked], int]:
    """The function behind the command of a programme. It gives the exit code."""

    def run(asked: Asked) -> int:
        if asked.recipient:
            from sanchuang_cli.cli.hospital import hand_over

            return SET_ASIDE if hand_over(entry, asked) else FINISHED
        gc.disable()  # delivery.py does the same; here it also covers the import, which makes many objects
        from sanchuang_cli.cli.delivery import perform

        performed = perform(entry, asked)
        _kept[:] = [performed]
        return SET_ASIDE if performed.set_aside else FINISHED

    return run


for entry in PROGRAMMES:
    app.command(entry.name, help=entry.help, epilog=EPILOG)(asking(_run(entry), usable(RUN, [entry])))
for entry in OVER_RESULTS:
    of_person = "person" in entry.can
    taken = PERSON if of_person else usable(RUN_OVER_RESULTS, [entry])
    said = PERSON_SAYS if of_person else OVER_RESULTS_SAYS
    app.command(entry.name, help=entry.help, epilog=EPILOG)(asking(_run(entry), taken, said=said))


def explain(asked: Asked) -> int:
    """`explain`: show the reasons for one person or organisation. Gives the exit code."""
    from sanchuang_cli.cli.explain_command import perform

    return perform(asked)


def template(asked: Asked) -> int:
    """`template`: write one blank roster or the whole set. Gives the exit code."""
    from sanchuang_cli.cli import blanks

    if asked.whole_set:
        blanks.write_set(asked.whole_set, asked)
    elif asked.programme:
        blanks.write_one(listed(asked.programme), asked)
    else:
        raise UserError("请写明程序，如 sanchuang template subsidies；要整套的写 --all 文件夹。")
    return FINISHED


app.command(
    "explain",
    epilog=EPILOG,
    help="说明一个人该领多少、一个党组织得几星，为什么：条款、所读的单元格和原文、成立与否，以及可用笔验算的算式。",
)(asking(explain, usable(EXPLAIN)))


def notice(asked: Asked) -> int:
    """`notice`: write the notices of a result. Gives the exit code."""
    from sanchuang_cli.cli.notice_command import perform

    return perform(asked)


app.command(
    "notice",
    epilog=EPILOG,
    help="从一份结果写公示（.docx、.xlsx）、张贴证明、异议登记表和公开台账的几行：贴到哪天、哪天取下；结果被改过就不写。",
)(asking(notice, NOTICE, said=NOTICE_SAYS))
rosters.register(app, EPILOG)
jobs.register(app, EPILOG)
desk_command.register(app)
app.command(
    "template",
    epilog=EPILOG,
    help="写出一份空白名册，发给乡镇填报：有标题、下拉选项、填表说明和两行示例。",
)(asking(template, TEMPLATE, optional=("programme",)))
samples.register(app, EPILOG)


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
    lang: Annotated[  # taken by helping.py before anything else is read; here for the help and for completion
        str,
        typer.Option(
            "--lang",
            help="说明用哪种语言：zh 或 en；不写看 LC_ALL、LC_MESSAGES、LANG。表和疑点总是中文。",
        ),
    ] = "",
) -> None:
    pass


@cache
def built() -> Any:
    """All commands with their options. They are made once: that takes longer than many a command takes to run."""
    return get_command(app)


def main() -> None:
    """Run the command line and exit with its code. Any error becomes one Chinese message and never a traceback."""
    sys.stdout = never_crashing(sys.stdout)
    sys.stderr = never_failing(never_crashing(sys.stderr))
    try:
        code = built()(prog_name="sanchuang", standalone_mode=False)
        sys.stdout.flush()  # a full disk shows itself here at the latest, while it can still be reported
        if code == INTERRUPTED:  # typer catches Ctrl-C and gives this code instead
            raise KeyboardInterrupt
    except UserError as trouble:
        code = fail(str(trouble))
    except click.exceptions.NoArgsIsHelpError:
        code = fail("没有写要做什么，用法见上。")
    except click.exceptions.UsageError as trouble:
        code = fail(f"{usage(trouble)}\n用 --help 看用法。")
    except (KeyboardInterrupt, typer.Abort):
        code = fail("已中断，没有写出结果。重新运行即可。")
    except OSError as trouble:
        code = fail_of_system(trouble)
    except Exception as trouble:
        code = fail(unforeseen.message(trouble), unforeseen.UNFORESEEN)
    sys.exit(code)


def fail_of_system(trouble: OSError) -> int:
    """Say what the operating system refused, and give the exit code.

    A file name that is too long and a full or closed standard output are not faults of this program. Any other error of
    the operating system should have been caught earlier, and counts as one.
    """
    if trouble.errno == errno.ENAMETOOLONG:
        return fail(
            f"文件名或路径太长，磁盘放不下：{str(trouble.filename)[:_LONGEST_NAME]}……。请换一个短些的。"
        )
    if trouble.errno not in (errno.ENOSPC, errno.EPIPE):
        return fail(unforeseen.message(trouble), unforeseen.UNFORESEEN)
    sys.stdout = never_crashing(None)  # what is left in its buffer must not be tried again on the way out
    full = trouble.errno == errno.ENOSPC
    return fail(f"标准输出写不完：{'磁盘空间不够' if full else '接收的程序已经关闭'}。")


def never_crashing(stream: TextIO | None) -> TextIO:
    """The stream, made so that a character missing from its encoding is replaced by a similar one and does not end the run.

    Where there is no stream, what is written goes nowhere.
    """
    return nearest_shown(stream) if stream else Path(os.devnull).open("w", encoding="utf-8")


class never_failing:  # noqa: N801 - stands for a stream
    """Standard error that ignores write errors: a full disk or a closed reader must not change how the run ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text if that is possible, and give its length in either case."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush the stream if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def fail(message: str, code: int = COULD_NOT_RUN) -> int:
    """Print why the command ended, and give the exit code. Personal numbers in the message are masked."""
    typer.echo(f"错误：{without_numbers(message)}", err=True)
    return code


def usage(trouble: Any) -> str:
    """What is wrong with the words on the command line, in Chinese."""
    if isinstance(trouble, click.exceptions.NoSuchOption):
        if trouble.option_name in map(option_of, RUN):
            # The option exists, but only for other programmes. “没有这个选项” would be wrong.
            return f"{_command_of(trouble)}用不着 {trouble.option_name}，请去掉。"
        near = f"（是不是 {'、'.join(sorted(trouble.possibilities))}？）" if trouble.possibilities else ""
        return f"没有 {trouble.option_name} 这个选项{near}。"
    if isinstance(trouble, click.exceptions.MissingParameter):
        return f"缺少{_missing(trouble.param)}。"
    if trouble.message.startswith("No such command"):
        word = trouble.message.split("'")[1]
        titles = {one.name: f"（{one.title}）" for one in (*PROGRAMMES, *OVER_RESULTS)}
        known = (f"{one}{titles.get(one, '')}" for one in trouble.ctx.command.list_commands(trouble.ctx))
        return f"没有“{word}”这个命令。可用的有：{'、'.join(known)}。"
    if isinstance(trouble, click.exceptions.BadParameter) and trouble.param:
        if "not readable" in trouble.message:
            return f"{_called(trouble.param)}：这个登录名没有读它的权限。请由它的主人放开读的权限，或复制一份给您。"
        return _refused(trouble.param, trouble.__cause__)
    if isinstance(trouble, click.exceptions.BadOptionUsage):
        needs = trouble.message.endswith("requires an argument.")
        return f"{trouble.option_name} 后面{'要写值' if needs else '不写值'}。"
    extra = trouble.message.partition("Got unexpected extra argument(s) ")[2]
    if extra:
        return f"多写了 {extra.strip('()')}：这个命令用不着。"
    return f"命令写法不对：{trouble.format_message()}"


def _refused(param: Any, cause: Any) -> str:
    """A value that is not allowed: what was written, what is allowed, and what to write. cause: the error of pydantic, which
    has read the value."""
    given = f"写的是“{cause.errors()[0]['input']}”" if cause else "读不懂"
    begins = f"{_called(param)} 的值不对：{given}"
    if param.type_descriptor.annotation is not int:
        return f"{begins}。请照用法改写：{param.help}"
    least, most = param.min, param.max
    allowed = (
        "整数" if least is None else f"不小于 {least} 的整数" if most is None else f"{least} 到 {most} 的整数"
    )
    option = f"{_called(param)} " if param.param_type_name == "option" else ""
    example = next(number for number in (param.default, least, most, 1) if number)
    return f"{begins}，应是{allowed}，请改写，如 {option}{example}。"


def _command_of(trouble: Any) -> str:
    return f"{trouble.ctx.info_name} " if trouble.ctx else ""


def _missing(param: Any) -> str:
    """The missing option by its name, or the missing argument by the word that stands for it in the help."""
    if param is None:
        return "参数"
    instead = f"（也可设环境变量 {param.envvar}）" if param.envvar else ""
    return f"{' ' if param.param_type_name == 'option' else ''}{_called(param)}{instead}"


def _called(param: Any) -> str:
    if param.param_type_name != "option":
        return str(param.metavar or "参数").replace("...", "")
    return str(param.opts[0])
