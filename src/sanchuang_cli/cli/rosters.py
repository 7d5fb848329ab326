"""Declares the commands `sanchuang inspect`, `check` and `merge`. They are carried out in inspecting.py and auditing.py."""

import typer

from sanchuang_cli.cli.asked import CHECK, INSPECT, MERGE, Asked, asking, usable


def register(app: typer.Typer, epilog: str) -> None:
    """Add the three commands to the app. epilog: the last lines of the help."""
    for perform, words, fields, required in (
        (
            inspect,
            "看本程序在文件里认出了什么：哪些表、哪几行是表头、每列对应哪个栏目、哪些行没有读以及原因。",
            INSPECT,
            (),
        ),
        (
            check,
            "检查名册，一次列出全部错误和警告：在哪一格、写的是什么、依据什么、怎么改。",
            usable(CHECK),
            (),
        ),
        (
            merge,
            "把多个乡镇、列序不同的名册合成一份，每行注明来自哪个文件哪一行；读不出的行也照原样并入，仍待核实，并另列一页说明原因。",
            MERGE,
            ("roster", "out"),
        ),
    ):
        app.command(perform.__name__, help=words, epilog=epilog)(asking(perform, fields, required))


def inspect(asked: Asked) -> int:
    """`inspect`. Gives the exit code."""
    from sanchuang_cli.cli.inspecting import perform

    return perform(asked)


def check(asked: Asked) -> int:
    """`check`. Gives the exit code."""
    from sanchuang_cli.cli import auditing

    return int(auditing.check(asked))


def merge(asked: Asked) -> int:
    """`merge`. Gives the exit code."""
    from sanchuang_cli.cli import auditing

    return int(auditing.merge(asked))
