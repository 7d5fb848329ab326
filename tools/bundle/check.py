"""Holds a bundle against the installed program of this environment: `python -m tools.bundle.check FOLDER`.

Both do the same work in folders of their own, with an empty HOME and no Python on the PATH; the bundle is moved to a path with
a space and Chinese characters first. What they print and write must be the same bytes, and the bundle's start must take at
most half as long again. Exits with 1 and says what differs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from sanchuang_cli.programmes import PROGRAMMES
from tools.results import SAMPLES, sample

LONGEST = 1.5
"""How many times the installed program's time a bundle may take."""
ROUNDS = 6
ENDING = ".exe" if os.name == "nt" else ""
INSTALLED = Path(sys.executable).with_name(f"sanchuang{ENDING}")

Words = tuple[str | Path, ...]

ORGS, MEMBERS = SAMPLES / "orgs.xlsx", SAMPLES / "members.xlsx"
RUNS: tuple[Words, ...] = (
    *((entry.name, sample(entry), "--html", f"{entry.name}.html") for entry in PROGRAMMES),
    ("subsidies", MEMBERS, "--bank", "代发", "--notice", "公示", "--draft", "--forms", "审批表", "--request", "申请"),
    ("check", ORGS, MEMBERS, "--return", "退回"),
    ("inspect", MEMBERS),
    ("template", "--all", "空白"),
    ("policy", "list"),
    ("policy", "schema", "rate"),
    ("samples", "样例"),
    ("due", ".", "--ics", "期限.ics"),
    ("--lang", "en", "--help"),
    ("--version",),
)  # fmt: skip
"""What both do, one after another; `due` reads the results of the first."""
TIMED: tuple[Words, ...] = (("--version",), ("--help",), ("rate", ORGS, "--quiet", "--out", "甲.xlsx"))


def main(bundle: Path) -> int:
    """Do all of it, print what differs and how long it took, and give the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "空 家"
        home.mkdir()
        moved = Path(shutil.copytree(bundle, home / "程序 一")) / f"sanchuang{ENDING}"
        wrong = [*differences(moved, home), *slow(moved, home), *night(moved, home), *desk(moved, home)]
    sys.stdout.writelines(
        f"{line}\n" for line in wrong or [f"the bundle does the same, {len(RUNS)} commands"]
    )
    return 1 if wrong else 0


def differences(moved: Path, home: Path) -> Iterator[str]:
    """What the bundle prints or writes otherwise than the installed program."""
    expected, found = (all_done(program, home / "工作") for program in (INSTALLED, moved))
    for words, ours, theirs in zip(RUNS, expected, found, strict=True):
        names = sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))
        yield from (f"{' '.join(map(str, words))}: {name}" for name in names)


def all_done(program: Path, folder: Path) -> list[dict[str, bytes]]:
    """What each command of RUNS printed, how it ended and what it wrote, all in one folder that is made for them."""
    folder.mkdir()
    results = [done(program, words, folder) for words in RUNS]
    shutil.rmtree(folder)
    return results


def done(program: Path, words: Words, folder: Path) -> dict[str, bytes]:
    """What a command printed, how it ended, and every file that is new in the folder."""
    before = set(folder.rglob("*"))
    ran = started(program, words, folder)
    new = (path for path in folder.rglob("*") if path.is_file() and path not in before)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in new}
    return {**files, "exit": str(ran.returncode).encode(), "stdout": ran.stdout, "stderr": ran.stderr}


def started(program: Path, words: Words, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the program where there is nothing but itself."""
    return subprocess.run([program, *words], cwd=folder, env=bare(folder), capture_output=True, check=False)


def bare(home: Path) -> Mapping[str, str]:
    """An environment with an empty HOME and nothing on the PATH; Windows itself needs its own folder."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "PATH": str(home / "nothing")}


def slow(moved: Path, home: Path) -> Iterator[str]:
    """Which command takes the bundle too long, by the least of some rounds in turns; prints them all."""
    for words in TIMED:
        least = dict.fromkeys((INSTALLED, moved), float("inf"))
        for program in (INSTALLED, moved) * ROUNDS:
            begun = spent()
            started(program, words, home)
            least[program] = min(least[program], spent() - begun)
        ours, theirs = least.values()
        line = f"{words[0]}: installed {ours:.3f} s, bundle {theirs:.3f} s, {theirs / ours:.2f} times"
        sys.stdout.write(f"{line}\n")
        if theirs > LONGEST * ours:
            yield f"too slow: {line}"


if sys.platform == "win32":

    def spent() -> float:
        """Seconds by the clock: Windows does not add up what its children took."""
        return time.perf_counter()

else:
    import resource

    def spent() -> float:
        """Seconds of processor that commands took so far: a busy machine does not stretch them."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime


def night(moved: Path, home: Path) -> Iterator[str]:
    """Whether the line for crontab that the bundle writes runs the bundle."""
    if os.name == "nt":
        return
    started(moved, ("init", "望川县", "--paid-through", "2026-06"), home)
    text = (home / "望川县" / "定时任务.txt").read_text("utf-8")
    (line,) = (each for each in text.splitlines() if each.startswith("30 2 "))
    command = ["/bin/sh", "-c", line.split(" ", 5)[5]]
    ran = subprocess.run(command, env={}, cwd="/", capture_output=True, check=False)
    if ran.returncode:
        yield f"the night: exit {ran.returncode}, {ran.stderr.decode('utf-8', 'replace')}"


def desk(moved: Path, home: Path) -> Iterator[str]:
    """Whether the desk of the bundle opens: its server, its pages and their templates are there."""
    words = [str(moved), "desk", "--no-browser"]
    with subprocess.Popen(words, cwd=home, env=bare(home), stdout=subprocess.PIPE) as serving:
        assert serving.stdout
        try:
            told = serving.stdout.readline().decode("utf-8", "replace")
            address = re.search(r"http://\S+", told)
            if not address:
                yield f"the desk: {told}"
                return
            opener = build_opener(HTTPCookieProcessor())
            with opener.open(address[0], timeout=60) as page:
                if b"<html" not in page.read():
                    yield "the desk: no page"
        except OSError as trouble:  # also an answer that is an error
            yield f"the desk: {trouble}"
        finally:
            serving.kill()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
