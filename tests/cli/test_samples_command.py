"""`samples` gives whoever has no clone the sample rosters, and spoils none of their files."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from sanchuang_cli import starting
from sanchuang_cli.cli import samples
from sanchuang_cli.cli.folder import _schedule
from tests.command import SAMPLES, Sanchuang


def test_the_samples_are_those_of_the_repository_and_the_command_that_is_said_runs(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    ran = sanchuang("samples", "样 例")
    written = {path.name: path.read_bytes() for path in (tmp_path / "样 例").iterdir()}
    assert ran.code == 0 and ran.out == ""
    assert written == {path.name: path.read_bytes() for path in SAMPLES.glob("*.xlsx")}
    said = ran.err.partition("试一试：")[2].strip()
    if os.name != "nt":
        program, *words = shlex.split(said)
        assert program == "sanchuang" and sanchuang(*words).code == 0
    assert sanchuang("samples", "样 例").err == ran.err
    assert len(list((tmp_path / "样 例").glob("*"))) == len(written)


def test_a_sample_that_somebody_changed_is_not_written_over(sanchuang: Sanchuang, tmp_path: Path) -> None:
    (tmp_path / "orgs.xlsx").write_bytes(b"mine")
    ran = sanchuang("samples", ".")
    assert ran.code == 0 and "orgs.xlsx 不是本程序写的，或写出后被人改过，结果另存为 orgs-2.xlsx" in ran.err
    assert (tmp_path / "orgs.xlsx").read_bytes() == b"mine"
    assert (tmp_path / "orgs-2.xlsx").read_bytes() == (SAMPLES / "orgs.xlsx").read_bytes()


def test_a_place_that_is_no_folder_is_refused(sanchuang: Sanchuang, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    assert sanchuang("samples", "文件").err == "错误：文件夹 文件 建不了：已有同名的文件。请换一个位置。\n"
    assert sanchuang("samples", "文件").code == 2


def test_an_installed_program_has_them_beside_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "sanchuang_cli" / "samples"
    beside.mkdir(parents=True)
    (beside / "orgs.xlsx").touch()
    monkeypatch.setattr(samples, "__file__", str(tmp_path / "sanchuang_cli" / "cli" / "samples.py"))
    assert samples.shipped() == [beside / "orgs.xlsx"]


def test_a_frozen_program_starts_itself_and_any_other_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    assert starting() == (sys.executable, "-P", "-m", "sanchuang_cli")
    monkeypatch.setattr(sys, "executable", "/三创/sanchuang")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    text = _schedule(Path("/某 县"))
    assert '\n30 2 * * * "/三创/sanchuang" run "/某 县/jobs.toml"\n' in text
    assert '/tr "\\"/三创/sanchuang\\" run \\"/某 县/jobs.toml\\""' in text
