"""Handles faults of the program itself: one message, exit code 3, and a log file without personal data for the maintainer."""

import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from sanchuang_cli import __version__
from sanchuang_cli.desk import told
from sanchuang_cli.report import files

UNFORESEEN = 3
_doing = ["读命令"]
"""What the run is doing now. It is a list with one item, so that every function can change it."""


def doing(what: str) -> None:
    """Remember what the run is doing now, and tell it whoever waits. The message names it if the run fails here."""
    _doing[:] = [what]
    told.step(what)


def message(trouble: BaseException) -> str:
    """The message: what was being done, which files are written already, and where the log is. It writes the log."""
    written = "、".join(map(str, files.written)) or "没有"
    return (
        f"程序出错（{type(trouble).__name__}），这是程序的毛病，不是名册的毛病。正在做的是：{_doing[0]}；"
        f"已经写好的文件：{written}；台账里的每一笔要么整笔记上、要么没有记，见 batch list。"
        f"请把这份记录交给维护的人：{_logged(trouble)}（里面没有单元格的内容）。"
    )


def _logged(trouble: BaseException) -> str:
    """Write the log, which only its owner can read, and give its path.

    Its name has no date, since a long number in a message is masked like that of a person.
    """
    try:
        handle, path = tempfile.mkstemp(".log", "sanchuang-")
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write(account(trouble))
    except OSError:
        return "（记录没有写成）"
    return path


def account(trouble: BaseException) -> str:
    """The kinds of the errors and their places in the code. Their messages are left out, since they may quote a cell."""
    lines = [f"sanchuang {__version__}, Python {platform.python_version()}, {sys.platform}", *_doing]
    cause: BaseException | None = trouble
    while cause is not None:
        lines.append(type(cause).__name__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"
