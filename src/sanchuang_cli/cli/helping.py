"""The help of every command, in Chinese and whole on the narrowest screen.

The library's own has English headings, and cuts off Chinese sentences, which have no blanks to break at.
"""

from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_OF_THE_LIBRARY = {
    "help": "显示这份用法。",
    "install_completion": "给本终端装上“按 Tab 键补全”。",
    "show_completion": "显示“按 Tab 键补全”的脚本，可另存后自行安装。",
}
"""Options that every typer app has, by the name of their parameter."""


class Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _show(self, ctx, ())


class Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        commands = (self.get_command(ctx, name) for name in self.list_commands(ctx))
        _show(self, ctx, [(one.name or "", _first(one)) for one in commands if one and not one.hidden])


class App(typer.Typer):
    """A typer app whose commands have this help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=Group, no_args_is_help=True, pretty_exceptions_enable=False, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        return super().command(name, cls=Command, **settings)


def _first(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _show(command: Any, ctx: Any, commands: Iterable[tuple[str, str]]) -> None:
    # imported here, since most runs show no help
    from rich.console import Console
    from rich.text import Text

    screen = Console(highlight=False)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    words = [one.metavar if one.required else f"[{one.metavar}]" for one in arguments]
    usage = " ".join([ctx.command_path, "[选项]", *words, *(["命令 …"] if commands else [])])
    screen.print(
        Text.assemble(("用法：", "bold"), usage),
        "",
        Text(" ".join((command.help or "").split())),
        "",
        sep="\n",
    )
    options = [(_names(one), _said(one)) for one in params if one not in arguments]
    for heading, rows in (
        ("参数", [(one.metavar, _said(one)) for one in arguments]),
        ("命令", list(commands)),
        ("选项", options),
    ):
        if rows:
            screen.print(Text(f"{heading}：", "bold"), _table(rows), "", sep="\n")
    if command.epilog:
        screen.print(Text(command.epilog))


def _names(option: Any) -> str:
    """--quiet, -q; an option that takes a value is followed by …."""
    return ", ".join([*option.opts, *option.secondary_opts]) + ("" if option.is_flag else " …")


def _said(param: Any) -> str:
    """What a parameter is for, and what it is when it is not given."""
    more = []
    if param.required and param.param_type_name == "option":
        more.append("必填")
    if param.show_default and param.default and isinstance(param.default, str | int):
        more.append(f"不写是 {param.default}")
    if param.envvar:
        more.append(f"也可设环境变量 {param.envvar}")
    text = _OF_THE_LIBRARY.get(param.name) or param.help or ""
    return text + (f"（{'；'.join(more)}）" if more else "")


def _table(rows: Iterable[tuple[str, str]]) -> Any:
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(f"  {name}", text)
    return table
