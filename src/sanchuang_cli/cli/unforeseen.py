"""The unforeseen: a fault of the program itself ends with exit 3, one message, and a log with nothing of a person in it."""

import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from sanchuang_cli import __version__
from sanchuang_cli.report import files

UNFORESEEN = 3
_doing = ["读命令"]


def doing(what: str) -> None:
    """What the run has come to, for the message, should it end here."""
    _doing[:] = [what]


def message(trouble: BaseException) -> str:
    """What to tell: what was being done, what is written already, and where the log lies."""
    written = "、".join(map(str, files.written)) or "没有"
    return (
        f"程序出错（{type(trouble).__name__}），这是程序的毛病，不是名册的毛病。正在做的是：{_doing[0]}；"
        f"已经写好的文件：{written}；台账里的每一笔要么整笔记上、要么没有记，见 batch list。"
        f"请把这份记录交给维护的人：{_logged(trouble)}（里面没有单元格的内容）。"
    )


def _logged(trouble: BaseException) -> str:
    """Write the log, for its owner's eyes alone, and give its place. Its name has no day in it: a long number in a message
    is masked as somebody's."""
    try:
        handle, path = tempfile.mkstemp(".log", "sanchuang-")
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write(account(trouble))
    except OSError:
        return "（记录没有写成）"
    return path


def account(trouble: BaseException) -> str:
    """The kinds of the errors and the places in the code, without their messages: those may quote a cell."""
    lines = [f"sanchuang {__version__}, Python {platform.python_version()}, {sys.platform}", *_doing]
    found: BaseException | None = trouble
    while found is not None:
        lines.append(type(found).__name__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(found.__traceback__)
        ]
        found = found.__cause__ or found.__context__
    return "\n".join(lines) + "\n"
