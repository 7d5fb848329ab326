"""Limits of the operating system: file names that are too long or not allowed, streams that fail, faults of the program."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sanchuang_cli.cli import unforeseen
from sanchuang_cli.report import files
from tests.command import SAMPLES, Sanchuang, book, county, row, typed

LONG = "长" * 120
QUARTER = (SAMPLES / "members.xlsx", "--period", "2026Q3", "--quiet")


@pytest.mark.parametrize(
    "words",
    [
        ("subsidies", *QUARTER, "--out", f"{LONG}.xlsx"),
        ("subsidies", *QUARTER, "--bank", LONG),
        ("subsidies", *QUARTER, "--ledger", f"{LONG}.db"),
        ("subsidies", *QUARTER, "--html", f"{LONG}.html"),
        ("subsidies", *QUARTER, "--draft", "--notice", LONG),
        ("init", LONG, "--paid-through", "2026-06"),
        ("ledger", "init", "--ledger", f"{LONG}.db", "--paid-through", "2026-06"),
        ("merge", SAMPLES / "members.xlsx", "--as", "members", "--out", f"{LONG}.xlsx"),
        ("check", SAMPLES / "members.xlsx", "--return", LONG),
        ("template", "rate", "--out", f"{LONG}.xlsx"),
    ],
    ids=lambda words: " ".join(word for word in map(str, words) if LONG not in word and "/" not in word),
)
def test_a_name_too_long_for_the_disk_is_told_and_nothing_is_written(
    sanchuang: Sanchuang, tmp_path: Path, words: tuple[str | Path, ...]
) -> None:
    ran = sanchuang(*words)
    assert ran.code == 2
    assert re.search("太长", ran.err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "LPT9", "aux.2026", "CONIN$"])
def test_a_name_that_windows_keeps_for_a_device_gets_another(name: str) -> None:
    called = files.named(name)
    assert called != name
    assert not re.fullmatch(r"(?i)(con|nul|com1|lpt9|aux|conin\$)(\..*)?", called)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("青禾镇", "青禾镇"),
        ("CONCORD", "CONCORD"),
        ("青禾镇.", "青禾镇"),
        ("a/b:c", "abc"),
        ("com10", "com10"),
    ],
)
def test_other_names_stay_as_they_are_but_for_what_no_file_can_hold(name: str, called: str) -> None:
    assert files.named(name) == called


def test_a_township_called_like_a_device_gets_its_workbook(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster = book(tmp_path / "名册.xlsx", [row(1, 乡镇="CON"), row(2, 乡镇="青禾镇.")])
    assert sanchuang("rate", roster, "--out", tmp_path / "{township}.xlsx").code == 0
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == ["CON_.xlsx", "名册.xlsx", "青禾镇.xlsx"]


def run(folder: Path, stderr: str) -> tuple[int, bytes]:
    """Exit code and stdout of a rating whose stderr goes where the shell's `stderr` says."""
    book(folder / "名册.xlsx", county())
    words = f'"{sys.executable}" -m sanchuang_cli rate 名册.xlsx --json --out 结果.xlsx {stderr}'
    done = subprocess.run(words, shell=True, cwd=folder, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close a stream")
@pytest.mark.parametrize("stderr", ["2>/dev/full", "2>&-", "2>&1 1>/dev/null | true"])
def test_a_stderr_that_is_full_or_closed_neither_stops_a_run_nor_changes_its_code(
    tmp_path: Path, stderr: str
) -> None:
    if "full" in stderr and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    expected = run(tmp_path / "a", "2>/dev/null")
    got = run(tmp_path / "b", stderr)
    assert (tmp_path / "b" / "结果.xlsx").exists()
    if "|" not in stderr:  # a pipe's code is its last command's
        assert got == expected


class Broken(Exception):
    """A fault of ours."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A programme whose pages break on a cell; the folder in which its log will lie."""

    def pages(*_: object) -> None:
        raise Broken("230299195503150011 张建国")

    monkeypatch.setattr("sanchuang_cli.report.appendix.pages", pages)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(files, "written", [])
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def test_our_own_fault_is_one_message_exit_3_and_a_log_without_a_cell(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sanchuang_cli.cli.app import main

    roster = book(tmp_path / "名册.xlsx", county())
    monkeypatch.setattr("sys.argv", ["sanchuang", "rate", str(roster), "--out", str(tmp_path / "结果.xlsx")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == unforeseen.UNFORESEEN == 3
    output = capsys.readouterr().err
    (log,) = broken.iterdir()
    assert "程序出错（Broken）" in output and "rate：写结果" in output and str(log) in output
    assert "Traceback" not in output and "张建国" not in output
    assert stat.S_IMODE(log.stat().st_mode) == 0o600 or os.name == "nt"
    kept = log.read_text("utf-8")
    assert "Broken" in kept and "delivery.py" in kept
    assert "张建国" not in kept and "2302" not in kept


def test_in_a_night_our_own_fault_stops_no_other_job_and_ends_at_least_2(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sanchuang_cli.cli.app import main

    roster = book(tmp_path / "名册.xlsx", county())
    job = f'[[job]]\nname = "{{name}}"\nprogramme = "rate"\ninputs = ["{roster.as_posix()}"]\nperiod = "2026"\nout = "{{name}}.xlsx"\n'
    jobs = tmp_path / "jobs.toml"
    jobs.write_text('maker = "夜"\n' + job.format(name="一") + job.format(name="二"), "utf-8")
    monkeypatch.setattr("sys.argv", ["sanchuang", "run", str(jobs)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert capsys.readouterr().err.count("程序出错（Broken）") == 2
    assert (tmp_path / "runs.jsonl").read_text("utf-8").count('"exit": 3') == 2


def test_a_file_that_the_login_may_not_read_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Results are their owner's alone; whoever approves them sits at another login."""
    result = tmp_path / "结果.xlsx"
    result.write_bytes(b"PK")
    monkeypatch.setattr(os, "access", lambda path, mode, **how: str(path) != str(result))
    ran = typed(monkeypatch, capsys)(
        "ledger", "approve", result, "--by", "李四", "--ledger", tmp_path / "l.db"
    )
    assert ran.code == 2 and "没有读它的权限" in ran.err, ran.err
