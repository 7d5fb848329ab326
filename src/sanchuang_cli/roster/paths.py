"""Which files the words on the command line mean: files, folders and globs, each file once."""

from collections.abc import Callable, Sequence
from glob import glob
from pathlib import Path

from sanchuang_cli.finding import UserError, reason

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"})
BOOKS = WORKBOOKS | {".csv", ".txt"}
LOCKS = ("~$", ".~lock")


def books(words: Sequence[str], ours: Callable[[Path], bool] = lambda path: False) -> list[Path]:
    """The files in the order they are named; within a folder or a glob by name. Raises UserError when none is there.

    Lock files of spreadsheet programs (`~$…`, `.~lock…`) are passed over; a folder gives its workbooks only, and
    neither a folder nor a glob gives what this tool wrote itself (`ours`).
    """
    found: dict[Path, Path] = {}
    for word in words:
        try:
            files = _named(word, ours)
        except OSError as trouble:
            raise UserError(f"{word} 打不开：{reason(trouble)}。请核对路径和文件名。") from None
        if not files:
            raise UserError(missing(Path(word)))
        for file in files:
            if file.is_file() and not file.name.startswith(LOCKS):
                found.setdefault(file.resolve(), file)
    if not found:
        raise UserError(
            f"{'、'.join(words)}：只有表格程序留下的锁定文件，没有名册。请先关闭表格程序，再给出名册本身。"
        )
    return list(found.values())


def _named(word: str, ours: Callable[[Path], bool]) -> list[Path]:
    """Raises OSError, for names that are too long among others."""
    path = Path(word)
    if path.is_dir():
        return sorted(f for f in path.iterdir() if f.suffix.lower() in BOOKS and not ours(f))
    if path.exists():
        return [path]
    matches = glob(word, recursive=True)  # noqa: PTH207  Path.glob refuses absolute patterns
    return sorted(f for f in map(Path, matches) if not ours(f))


def readable(name: str) -> str:
    """A file's name as people wrote it: the bytes of GBK that an unzipped folder has on Linux are read as GBK."""
    if name.isascii() or not any("\udc80" <= character <= "\udcff" for character in name):
        return name
    content = name.encode("utf-8", "surrogateescape")
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return content.decode("utf-8", "replace")


def missing(path: Path) -> str:
    kinds = "、".join(sorted(BOOKS))
    if path.is_dir():
        return f"文件夹 {path} 里没有表格文件（{kinds}）。请核对文件夹。"
    folder = path.parent
    beside = (
        sorted(readable(f.name) for f in folder.iterdir() if f.suffix.lower() in BOOKS)
        if folder.is_dir()
        else []
    )
    seen = f"该文件夹里的表格有：{'、'.join(beside[:5])}。" if beside else ""
    return f"找不到文件 {path}。请核对路径和文件名。{seen}"


def common_name(files: Sequence[Path]) -> str:
    """What a run over `files` is named after: the only file, else the folder they share, else 汇总."""
    if len(files) == 1:
        return readable(files[0].stem)
    folders = {file.resolve().parent for file in files}
    return readable(folders.pop().name) or "汇总" if len(folders) == 1 else "汇总"


def labels(files: Sequence[Path]) -> list[str]:
    """A name for each file that no other has: its own, with as many folders before it as that takes."""
    named = [readable(file.name) for file in files]
    parts = [tuple(map(readable, file.resolve().parts)) for file in files]
    depth = 1
    while len(set(named)) < len(set(parts)):
        depth += 1
        named = [
            "/".join(own[-depth:]) if named.count(name) > 1 else name
            for name, own in zip(named, parts, strict=True)
        ]
    return named
