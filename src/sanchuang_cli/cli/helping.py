"""Prints the help of every command in Chinese or English, complete also on a narrow terminal.

The help of the typer library has English headings, and it cuts off Chinese sentences, which have no spaces to break at.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from sanchuang_cli.cli import language
from sanchuang_cli.cli.language import Say

_OF_THE_LIBRARY = {
    "help": "显示这份用法。",
    "install_completion": "给本终端装上“按 Tab 键补全”。",
    "show_completion": "显示“按 Tab 键补全”的脚本，可另存后自行安装。",
}
"""Our Chinese help for the options that typer adds to every program, by parameter name."""


class Command(TyperCommand):
    """A command with this help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help of the command."""
        _show(self, ctx, ())


class CommandGroup(TyperGroup):
    """A group of commands with this help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Decide the language first: a help that is asked for before --lang is in that language too."""
        if ctx.parent is None and not ctx.resilient_parsing:  # not for a line that the Tab key completes
            args, ctx.obj = language.chosen(args, os.environ)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help of the group and the list of its commands."""
        commands = (self.get_command(ctx, name) for name in self.list_commands(ctx))
        _show(
            self,
            ctx,
            [(command.name or "", _first(command)) for command in commands if command and not command.hidden],
        )


class App(typer.Typer):
    """A typer app whose commands all have this help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=CommandGroup, no_args_is_help=True, pretty_exceptions_enable=False, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """As typer.Typer.command."""
        return super().command(name, cls=Command, **settings)


def _first(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _show(command: Any, ctx: Any, commands: Iterable[tuple[str, str]]) -> None:
    # Imported here, since most runs show no help and rich takes long to import.
    from rich.console import Console
    from rich.text import Text

    say = language.say(ctx.obj)
    console = Console(highlight=False)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    words = [_standing_for(argument, say) for argument in arguments]
    usage = " ".join([ctx.command_path, say("[选项]"), *words, *([say("命令 …")] if commands else [])])
    console.print(
        Text.assemble((say("用法："), "bold"), usage),
        "",
        Text(say(" ".join((command.help or "").split()))),
        "",
        sep="\n",
    )
    options = [(_names(param), _help_of(param, say)) for param in params if param not in arguments]
    for heading, rows in (
        ("参数：", [(say(argument.metavar), _help_of(argument, say)) for argument in arguments]),
        ("命令：", [(name, say(text)) for name, text in commands]),
        ("选项：", options),
    ):
        if rows:
            console.print(Text(say(heading), "bold"), _table(rows), "", sep="\n")
    if command.epilog:
        console.print(Text(say(command.epilog)))


def _standing_for(argument: Any, say: Say) -> str:
    """The word that stands for an argument in the usage, in brackets where it may be left out."""
    word = say(argument.metavar)
    return word if argument.required else f"[{word}]"


def _names(option: Any) -> str:
    """The names of an option, such as --quiet, -q. An option that takes a value ends with …."""
    return ", ".join([*option.opts, *option.secondary_opts]) + ("" if option.is_flag else " …")


def _help_of(param: Any, say: Say) -> str:
    """The help of a parameter, with its default and its environment variable."""
    more = []
    if param.required and param.param_type_name == "option":
        more.append(say("必填"))
    if param.show_default and param.default and isinstance(param.default, str | int):
        more.append(say("不写是 {}").format(param.default))
    if param.envvar:
        more.append(say("也可设环境变量 {}").format(param.envvar))
    text = say(_OF_THE_LIBRARY.get(param.name) or param.help or "")
    return text + (say("（{}）").format(say("；").join(more)) if more else "")


def _table(rows: Iterable[tuple[str, str]]) -> Any:
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(f"  {name}", text)
    return table
