"""Carries out `run --as-known`: makes the results again that were known on a day, from the snapshots, under the policies of
that day, into a folder of their own.

It reads the jobs file and the snapshots, and writes the new folder only; what it needs beside that lies in a temporary
folder that only its owner can read, and is gone at the end. Live results and the ledger are neither read nor written. What is
made again is held against what was written then, byte for byte. Where the program is another one, that is said.
"""

import contextlib
import gc
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import typer

from sanchuang_cli.cli import clock
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.codeprint import differing
from sanchuang_cli.cli.delivery import perform
from sanchuang_cli.cli.jobsfile import Job, Jobs, loaded
from sanchuang_cli.cli.ledger_option import LEDGER
from sanchuang_cli.cli.night import as_asked
from sanchuang_cli.cli.snapshots import Entry, Store, entries, opened, password_of
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerFile
from sanchuang_cli.ledger.differences import differences
from sanchuang_cli.period import Period
from sanchuang_cli.policy import source
from sanchuang_cli.programmes import listed
from sanchuang_cli.report import files

SAME, DIFFERS = 0, 1
_SHOWN = 5
"""How many differing cells are named."""


class Again(NamedTuple):
    """A file that was made again. then: what was written then."""

    path: Path
    content: bytes
    then: bytes

    @property
    def is_same(self) -> bool:
        """Whether it has the bytes of then."""
        return self.content == self.then


def as_known(path: Path, day: str, *, only: Sequence[str], out: Path | None) -> int:
    """Make the results of the jobs as they were known on a day. Gives the exit code. Raises UserError.

    only: names of jobs, all where it is empty. out: the new folder.
    """
    jobs, on = loaded(path), _day(day)
    folder = path.resolve().parent
    kept = _store(folder, jobs)
    chosen = _chosen(entries(kept.folder), on, only)
    target = out or folder / f"重现-{on}"
    if target.exists():
        raise UserError(f"{target} 已经有了，没有改动它。请用 --out 换一个新的文件夹。")
    with files.folder_made_whole(target) as unfinished:
        codes = [_made_again(kept, entry, unfinished, folder) for entry in chosen]
    typer.echo(f"已写到 {target}；现在的结果和台账没有改动。", err=True)
    return max(codes)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise UserError(f"--as-known 的日期“{words}”看不懂。请写成 2026-06-30。") from None


def _store(folder: Path, jobs: Jobs) -> Store:
    """The snapshots of a jobs file. Raises UserError where it keeps none."""
    told = jobs.snapshots
    if told is None or not (folder / told.folder).is_dir():
        raise UserError(
            "没有快照，那时知道的已经无从重做。要留的，在任务文件里写 [snapshots]，以后每次运行都留（说明见 docs/ledger.zh-CN.md）。"
        )
    password = password_of(folder / told.password_file) if told.password_file else ""
    return opened(folder / told.folder, password)


def _chosen(made: Sequence[Entry], on: date, only: Sequence[str]) -> list[Entry]:
    """The last run of each job that was made by that day; a run that was made later stands later in the list, whatever the
    clock said. Raises UserError where there is none."""
    if not made:
        raise UserError("快照里还没有一次运行，不能重做。")
    names = list(dict.fromkeys(entry["job"]["name"] for entry in made))
    if unknown := [name for name in only if name not in names]:
        raise UserError(f"--only：快照里没有任务“{'、'.join(unknown)}”。有的是：{'、'.join(names)}。")
    first, last = (edge(date.fromisoformat(entry["day"]) for entry in made) for edge in (min, max))
    if on > max(last, clock.today()):
        raise UserError(f"--as-known {on} 还没有到。请写 {first} 至今天的一天。")
    by_job = {entry["job"]["name"]: entry for entry in made if date.fromisoformat(entry["day"]) <= on}
    chosen = [entry for name, entry in by_job.items() if not only or name in only]
    if not chosen:
        raise UserError(f"{on} 那天还没有快照，最早的一次是 {first}。请写 {first} 或以后的一天。")
    return chosen


def _made_again(kept: Store, entry: Entry, target: Path, now: Path) -> int:
    """Make one result again, put it into the target, and say how it compares. Gives the exit code. Raises UserError.

    now: the folder of the jobs file, where the passwords are.
    """
    then = [(path, kept.read(name, path)) for path, name in entry["wrote"]]
    with files.workspace() as temporary, _as_then(entry, root := Path(temporary)):
        _restored(kept, entry, root)
        started = len(files.written)
        perform(listed(entry["job"]["programme"]), _asked(kept, entry, root, now))
        made = [(path, path.read_bytes()) for path in files.written[started:]]
    gc.collect()  # as at night: a run switches the collector off
    if len(made) != len(then):
        typer.echo(f"{_called(entry)}：当时写了 {len(then)} 个文件，现在写出 {len(made)} 个", err=True)
        return DIFFERS
    again = [
        Again(_place(Path(path), entry, target), content, before)
        for (path, before), (_, content) in zip(then, made, strict=True)
    ]
    for one in again:
        _put(one.path, one.content)
    return max((_told(one, entry, target) for one in again), default=SAME)


@contextlib.contextmanager
def _as_then(entry: Entry, root: Path) -> Iterator[None]:
    """The day of the run; and no ledger or county.toml of today stands in for those of then."""
    named = os.environ.pop(LEDGER, None)
    try:
        with clock.stopped_on(date.fromisoformat(entry["day"])), contextlib.chdir(root):
            yield
    finally:
        if named is not None:
            os.environ[LEDGER] = named


def _restored(kept: Store, entry: Entry, root: Path) -> None:
    """Lay everything that was read below `root`, under the paths that it had."""
    _within(root, entry["folder"]).mkdir(parents=True, exist_ok=True)
    for path, name in entry["read"]:
        _put(_within(root, path), kept.read(name, path))


def _asked(kept: Store, entry: Entry, root: Path, now: Path) -> Asked:
    """The options of the run, with every path below `root`, so that nothing outside can be read or written.

    Passwords of workbooks are not kept: the file that the job names is read where it lies now.
    """
    told, base = entry["job"], Path(entry["folder"])

    def below(word: str) -> str:
        return str(_within(root, os.path.normpath(base / word)))

    moved: dict[str, Any] = {
        key: [below(word) for word in told[key]] for key in ("inputs", "screen", "results")
    }
    # Nights before the key came to be say nothing of `previous`.
    moved |= {
        key: below(told[key]) if told.get(key) else None
        for key in ("previous", "columns", "ledger", "notice", "out")
    }
    if told["password_file"]:
        moved["password_file"] = str(now / told["password_file"])
    moved["policy"] = _policy(kept, entry, root)
    job = Job.model_validate(told | moved)
    books = [_within(root, book) for book in entry["books"]]
    asked = as_asked(_within(root, entry["folder"]), job, Period.parse(entry["period"]), books)
    county = _within(root, entry["county"]) if entry["county"] else None
    ledger = LedgerFile(_within(root, entry["ledger"])) if entry["ledger"] else None
    for folder in filter(None, (asked.out and asked.out.parent, asked.notice)):
        folder.mkdir(parents=True, exist_ok=True)
    return replace(asked, profile=county, approvals=None if job.ledger else ledger)


def _policy(kept: Store, entry: Entry, root: Path) -> str | None:
    """The policy of then, as --policy takes it: the file that was kept, or a shipped one, which must still be the same."""
    name, told = entry["job"]["policy"], entry["policy"]
    if name and name.endswith(".toml"):
        return str(_within(root, os.path.normpath(Path(entry["folder"]) / name)))
    content = source(entry["job"]["programme"], name)[1]
    if hashlib.sha256(content).hexdigest() == told["sha256"]:
        return str(name) if name else None
    path = root / f"{told['name']}.toml"
    _put(path, kept.read(told["sha256"], f"自带政策 {told['name']}"))
    return str(path)


def _within(root: Path, path: str) -> Path:
    """Where a full path lies below `root`."""
    full = Path(path)
    return root / full.drive.replace(":", "") / full.relative_to(full.anchor)


def _place(path: Path, entry: Entry, target: Path) -> Path:
    """Where a result goes in the new folder: as it lay in the working folder, by its name where it lay elsewhere."""
    base = Path(entry["folder"])
    return target / (path.relative_to(base) if path.is_relative_to(base) else path.name)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def _told(one: Again, entry: Entry, target: Path) -> int:
    """Say how a file compares with the one of then, and give the exit code. The one of then is put beside one that differs."""
    other, name = differing(entry["program"]), one.path.relative_to(target)
    changed = f"（程序已不是当时的：{'；'.join(other)}）" if other else ""
    if one.is_same:
        typer.echo(f"{_called(entry)}：{name} 与当时写出的逐字节相同{changed}", err=True)
        return SAME
    before = one.path.with_name(f"{one.path.stem}（当时写出的）{one.path.suffix}")
    _put(before, one.then)
    why = changed or "（程序和当时的一样，结果却不同：请报告这个错误）"
    typer.echo(f"{_called(entry)}：{name} 与当时写出的不同{why}，当时的在 {before.name}", err=True)
    cells = differences(before, one.path) if one.path.suffix == ".xlsx" else []
    for line in cells[:_SHOWN]:
        typer.echo(f"  {line}", err=True)
    if len(cells) > _SHOWN:
        typer.echo(f"  等 {len(cells)} 处", err=True)
    return DIFFERS


def _called(entry: Entry) -> str:
    """The job, its period and when it ran."""
    when = entry["at"].replace("T", " ")
    return f"{entry['job']['name']}（{Period.parse(entry['period']).title}，{when} 的运行）"
