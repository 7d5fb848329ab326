"""Puts the files of a form into the folder of a run, under names that are safe and that tell them apart.

It writes into that folder and nowhere else, and looks into no file.
"""

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from sanchuang_cli.desk.work import Asking
from sanchuang_cli.finding import UserError
from sanchuang_cli.report.files import named

_LONGEST = 200
"""Bytes of a name that every file system takes, with room for what results add to it."""


def safe(name: str) -> str:
    """The last part of a name that a browser sent, without what no file name may hold. Raises UserError if nothing is left, or
    if it is too long."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = named(last)
    if not kept:
        raise UserError(f"文件名“{last[:_LONGEST]}”不能用。请改一个名字再放。")
    if len(kept.encode("utf-8", "replace")) > _LONGEST:
        raise UserError(f"文件名“{kept[:20]}……”太长。请改一个短些的名字再放。")
    return kept


def put(run: Path, asking: Asking, files: Iterable[tuple[str, IO[bytes]]]) -> Sequence[str]:
    """Write the files of a field into its folder of the run, and give their paths within it. Raises UserError for a name that
    cannot be used, of a kind that is not asked for, or that comes twice."""
    folder, paths = asking.folder, dict[str, str]()
    for name, content in files:
        kept = safe(name)
        _check_kind(kept, asking)
        if kept.casefold() in paths:
            raise UserError(f"有两个文件都叫“{kept}”，结果里分不清是哪一个。请改名后再放。")
        paths[kept.casefold()] = f"{folder}/{kept}"
        (run / folder).mkdir(exist_ok=True)
        with (run / folder / kept).open("xb") as target:
            shutil.copyfileobj(content, target)
    return list(paths.values())


def _check_kind(name: str, asking: Asking) -> None:
    if Path(name).suffix.lower() not in asking.endings:
        kinds = "、".join(sorted(asking.endings))
        raise UserError(f"“{name}”不是这里能用的文件。请放 {kinds} 文件；照片、压缩包、Word 文件不读。")
