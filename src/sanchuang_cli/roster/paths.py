"""Finds the files that the words on the command line mean: files, folders and globs, each file once.

It only lists folders and reads no file.
"""

from collections.abc import Callable, Sequence
from glob import glob
from pathlib import Path

from sanchuang_cli.finding import UserError, reason

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"})
BOOKS = WORKBOOKS | {".csv", ".txt"}
LOCKS = ("~$", ".~lock")


def books(words: Sequence[str], ours: Callable[[Path], bool] = lambda path: False) -> list[Path]:
    """The files in the order of the words; those of a folder or a glob by name. Raises UserError when there is none.

    Lock files of spreadsheet programs (`~$…`, `.~lock…`) are left out. A folder gives only files of cells. Neither a folder
    nor a glob gives what this tool wrote itself (`ours`), because it is put in the same folder and is no roster.
    """
    files_by_path: dict[Path, Path] = {}
    for word in words:
        try:
            files = _named(word, ours)
        except OSError as trouble:
            raise UserError(f"{word} 打不开：{reason(trouble)}。请核对路径和文件名。") from None
        if not files:
            raise UserError(missing(Path(word)))
        for file in files:
            if file.is_file() and not file.name.startswith(LOCKS):
                files_by_path.setdefault(file.resolve(), file)
    if not files_by_path:
        raise UserError(
            f"{'、'.join(words)}：只有表格程序留下的锁定文件，没有名册。请先关闭表格程序，再给出名册本身。"
        )
    return list(files_by_path.values())


def _named(word: str, ours: Callable[[Path], bool]) -> list[Path]:
    """The files that one word means. Raises OSError, for instance for a name that is too long."""
    path = Path(word)
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix.lower() in BOOKS and not ours(file))
    if path.exists():
        return [path]
    matches = glob(word, recursive=True)  # noqa: PTH207  Path.glob refuses absolute patterns
    return sorted(file for file in map(Path, matches) if not ours(file))


def readable(name: str) -> str:
    """A file's name as people wrote it. Names in a folder unzipped on Linux may be GBK bytes, which are decoded here."""
    if name.isascii() or not any("\udc80" <= character <= "\udcff" for character in name):
        return name
    content = name.encode("utf-8", "surrogateescape")
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return content.decode("utf-8", "replace")


def missing(path: Path) -> str:
    """The message for a path that gives no file, with the names of the files that are there."""
    kinds = "、".join(sorted(BOOKS))
    if path.is_dir():
        return f"文件夹 {path} 里没有表格文件（{kinds}）。请核对文件夹。"
    folder = path.parent
    beside = (
        sorted(readable(file.name) for file in folder.iterdir() if file.suffix.lower() in BOOKS)
        if folder.is_dir()
        else []
    )
    seen = f"该文件夹里的表格有：{'、'.join(beside[:5])}。" if beside else ""
    return f"找不到文件 {path}。请核对路径和文件名。{seen}"


def common_name(files: Sequence[Path]) -> str:
    """The name for the output of a run over `files`: of the only file, else of the folder they share, else 汇总."""
    if len(files) == 1:
        return readable(files[0].stem)
    folders = {file.resolve().parent for file in files}
    return readable(folders.pop().name) or "汇总" if len(folders) == 1 else "汇总"


def labels(files: Sequence[Path]) -> list[str]:
    """A unique name for each file: its own, with as many folders before it as are needed to tell it from the others."""
    named = [readable(file.name) for file in files]
    parts = [tuple(map(readable, file.resolve().parts)) for file in files]
    depth = 1
    while len(set(named)) < len(set(parts)):
        depth += 1
        named = [
            "/".join(folders[-depth:]) if named.count(name) > 1 else name
            for name, folders in zip(named, parts, strict=True)
        ]
    return named
