"""Says which program made a result: its version, its own files and the libraries that it uses. It reads the installed files."""

import hashlib
import platform
import re
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from sanchuang_cli import __version__

_PACKAGE = "sanchuang_cli"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def program() -> dict[str, Any]:
    """The version, a hash of all files of the program, and the versions of Python and of each library that it needs.

    Where two are equal, the same inputs give the same bytes.
    """
    return {
        "version": __version__,
        "code": _hash_of(resources.files(_PACKAGE)),
        "python": platform.python_version(),
        "libraries": _libraries(),
    }


def differing(then: dict[str, Any]) -> list[str]:
    """In which ways the program is another one than `then`, in words; none where it is the same."""
    now = program()
    was, has = then.get("libraries", {}), now["libraries"]
    told = [
        f"{title}当时 {then.get(key)}，现在 {now[key]}"
        for key, title in (("version", "程序版本"), ("python", "Python "))
        if then.get(key) != now[key]
    ]
    if not told and then.get("code") != now["code"]:
        told.append(f"程序的文件改过（版本同为 {now['version']}）")
    return told + [
        f"{name} 当时 {was.get(name, '没有')}，现在 {has.get(name, '没有')}"
        for name in sorted({*was, *has})
        if was.get(name) != has.get(name)
    ]


def _hash_of(folder: Traversable) -> str:
    """A hash over the names and bytes of all files below a folder, but for what Python makes of them."""
    whole = hashlib.sha256()
    for path, content in sorted(_files(folder, "")):
        whole.update(f"{path}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def _files(folder: Traversable, before: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        path = f"{before}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry, path)
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            found.append((path, entry.read_bytes()))
    return found


def _libraries() -> dict[str, str]:
    """The version of each library that the program needs itself."""
    needed = [words for words in metadata.requires("sanchuang-cli") or () if "extra ==" not in words]
    names = [match[0] for words in needed if (match := _NAME.match(words))]
    return {name: metadata.version(name) for name in sorted(names)}
