"""Finds the files that the words on the command line mean: files, folders and globs, each file once.

It only lists folders and reads no file.
"""

from collections.abc import Callable, Iterator, Sequence
from glob import glob
from pathlib import Path

from sanchuang_cli.finding import Finding, Place, Severity, UserError, reason

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"})
BOOKS = WORKBOOKS | {".csv", ".txt"}
LOCKS = ("~$", ".~lock")
_KEPT = ".batches"
"""The end of the name of the folder beside a ledger, in which its copies are."""


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


def below(words: Sequence[str], ours: Callable[[Path], bool] = lambda path: False) -> dict[str, list[Path]]:
    """The workbooks in folders within the folders that the words mean, by folder: `books` does not give them. Neither what this
    tool wrote nor what the words name besides is among them."""
    given = {file.resolve() for word in words for file in _named(word, ours)}
    found: dict[str, list[Path]] = {}
    for top in (path for path in map(Path, words) if path.is_dir()):
        for file in sorted(top.glob("*/**/*")):
            inner = file.relative_to(top).parts[:-1]
            hidden = any(name.startswith(".") or name.endswith(_KEPT) for name in inner)
            if file.suffix.lower() in BOOKS and not (
                hidden or file.name.startswith(LOCKS) or file.resolve() in given or ours(file)
            ):
                found.setdefault(readable("/".join((top.name, *inner)).lstrip("/")), []).append(file)
    return found


def told_below(words: Sequence[str], ours: Callable[[Path], bool]) -> Iterator[Finding]:
    """A warning for each folder within the given ones that has workbooks, which are not read."""
    for folder, files in below(words, ours).items():
        few = f"{readable(files[0].name)}{' 等' * (len(files) > 1)}"
        yield Finding(
            "book.below",
            Severity.WARNING,
            f"子文件夹 {folder} 里的 {len(files)} 个表格没有读，里面的人一个也没有算：{few}",
            Place(folder),
            mend="要一起算的，请移到上一层，或把子文件夹也写进命令（夜间任务写进 inputs）；不要的请移到别处。",
        )


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
