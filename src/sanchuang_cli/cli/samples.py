"""Declares and carries out `sanchuang samples`: writes the sample rosters that come with the program into a folder."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer, epilog: str) -> None:
    """Add the command to the app. epilog: the last lines of the help."""
    app.command("samples", epilog=epilog)(samples)


def samples(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="写到哪个文件夹；没有就新建。")],
) -> None:
    """写出样例名册：一个虚构的县，每个程序一本，供试用。"""
    from shutil import copyfile

    from sanchuang_cli.cli.typed import typed
    from sanchuang_cli.finding import UserError, reason
    from sanchuang_cli.report import files

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise UserError(f"文件夹 {folder} 建不了：{reason(trouble)}。请换一个位置。") from None
    books = shipped()
    saved = [files.save(folder / book.name, partial(copyfile, book), marked=False) for book in books]
    lines = [copy.instead for copy in saved if copy.instead]
    lines.append(f"样例名册 {len(books)} 本：{folder}。试一试：{typed('rate', folder / 'orgs.xlsx')}")
    typer.echo("\n".join(lines), err=True)


def shipped() -> list[Path]:
    """The sample rosters: in an installed program beside its code, in a clone those of data/samples."""
    package = Path(__file__).parents[1]
    installed, cloned = package / "samples", package.parents[1] / "data" / "samples"
    return sorted((installed if installed.is_dir() else cloned).glob("*.xlsx"))
