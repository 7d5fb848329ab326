"""What docs/glossary.md says that the modules of a room may touch is all that they touch. The clock has its own test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "sanchuang_cli"
READS = {"read_bytes", "read_text", "open", "iterdir", "glob", "rglob", "is_file", "is_dir", "exists", "stat"}
WRITES = {
    "write_bytes",
    "write_text",
    "mkdir",
    "unlink",
    "rename",
    "rmtree",
    "touch",
    "chmod",
    "rmdir",
    "mkdtemp",
}
BEYOND = {
    **dict.fromkeys(("socket", "smtplib", "ssl", "urllib.request", "http.client", "uvicorn"), "network"),
    **dict.fromkeys(("sqlalchemy", "sqlite3", "psycopg"), "database"),
    **dict.fromkeys(("subprocess", "multiprocessing"), "processes"),
    **dict.fromkeys(("environ", "getenv", "getlogin", "getuser"), "environment"),
}
ALONE = re.compile(r"`([\w/]+\.py)` alone (reads|writes)")


def rooms() -> dict[str, str]:
    """What the table of rooms says of each, by its folder; the kernel, which has none, by ""."""
    table = (ROOT / "docs" / "glossary.md").read_text("utf-8").split("## The rooms")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if re.match(r"\| [一-鿿]", line)]
    return {folder.strip("`/") if "`" in folder else "": says for _, folder, says in rows}


ROOMS = rooms()


def modules(room: str) -> list[Path]:
    return sorted((SOURCE / room).rglob("*.py") if room else SOURCE.glob("*.py"))


def touched(source: str) -> Iterator[str]:
    """What a module touches outside the program: reads and writes of files, and what lies beyond."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (BEYOND[name.name] for name in names if name.name in BEYOND)
            case ast.ImportFrom(module=str(module)) if module in BEYOND or module.split(".")[0] in BEYOND:
                yield BEYOND.get(module) or BEYOND[module.split(".")[0]]
            case ast.Attribute(attr=name) if name in BEYOND:
                yield BEYOND[name]
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in WRITES:
                yield "writes"
            case ast.Call(func=ast.Attribute(attr=name)) if name in READS - {"open"}:
                yield "reads"
            case ast.Call(func=ast.Name(id="open")):
                yield "reads"
            case _:
                pass


def allowed(room: str, module: str) -> set[str]:
    """What the table allows a module of a room."""
    says = ROOMS[room]
    alone = {what for name, what in ALONE.findall(says) if name == module}
    if "Values only" in says:
        return alone
    if room == "roster":
        return {"reads"} | alone
    beyond = {"network", "environment", "processes"}
    reached = {"cli": beyond, "desk": beyond, "ledger": {"database", "environment", "processes"}}
    return {"reads", "writes"} | reached.get(room, set())


def test_the_table_has_every_folder_and_no_other() -> None:
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert ROOMS.keys() == folders | {""}


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_touches_more_than_its_room_may(room: str) -> None:
    for path in modules(room):
        more = set(touched(path.read_text("utf-8"))) - allowed(
            room, path.relative_to(SOURCE / room).as_posix()
        )
        assert not more, f"{path.relative_to(SOURCE)} {more}"


@pytest.mark.parametrize("room", [room for room in ROOMS if ALONE.search(ROOMS[room])])
def test_who_alone_may_touch_something_does(room: str) -> None:
    for name, what in ALONE.findall(ROOMS[room]):
        assert what in set(touched((SOURCE / room / name).read_text("utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "path.read_bytes()",
        "open('x')",
        "import socket",
        "os.environ['A']",
        "from sqlalchemy.orm import Session",
        "path.write_text('x')",
    ],
)
def test_a_stray_line_in_a_rule_is_seen(line: str) -> None:
    assert set(touched(line)) - allowed("domain", "loans/judging.py")
