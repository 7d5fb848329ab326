"""Every --unmask leaves a record of who showed which columns of which workbooks and why, and the records form a chain."""

import json
import os
import stat
from pathlib import Path

import pytest

from sanchuang_cli.cli.unmasking import NAME, broken
from tests.command import SAMPLES, Sanchuang

QUARTER = ("subsidies", SAMPLES / "members.xlsx", "--period", "2026Q3", "--on", "2026-09-30", "--quiet")
UNMASKED = ("--unmask", "身份证号")


def test_each_unmasking_is_a_line_that_names_nobody(sanchuang: Sanchuang, tmp_path: Path) -> None:
    for why in ("核对", ""):
        assert sanchuang(*QUARTER, *UNMASKED, "--reason", why).code == 1
    lines = [json.loads(line) for line in (tmp_path / NAME).read_text("utf-8").splitlines()]
    assert [(line["columns"], line["reason"], line["period"]) for line in lines] == [
        (["身份证号"], "核对", "2026Q3"),
        (["身份证号"], "", "2026Q3"),
    ]
    assert lines[0]["inputs"][0][0] == "members.xlsx" and len(lines[0]["inputs"][0][1]) == 64
    assert broken(tmp_path / NAME) == 0
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600 or os.name == "nt"


@pytest.mark.parametrize("change", ["first", "gone", "words"])
def test_a_record_that_was_changed_or_taken_out_is_seen(
    tmp_path: Path, sanchuang: Sanchuang, change: str
) -> None:
    for why in ("一", "二", "三"):
        sanchuang(*QUARTER, *UNMASKED, "--reason", why)
    lines = (tmp_path / NAME).read_text("utf-8").splitlines()
    spoilt = {
        "first": lines[1:],
        "gone": [lines[0], lines[2]],
        "words": [lines[0].replace("一", "七"), *lines[1:]],
    }
    (tmp_path / NAME).write_text("\n".join(spoilt[change]) + "\n", "utf-8")
    assert broken(tmp_path / NAME) == {"first": 1, "gone": 2, "words": 1}[change]


def test_without_unmask_there_is_no_record(sanchuang: Sanchuang, tmp_path: Path) -> None:
    sanchuang(*QUARTER)
    assert not (tmp_path / NAME).exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that its user cannot write")
def test_where_no_record_can_be_written_nothing_is_shown(sanchuang: Sanchuang, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ran = sanchuang(*QUARTER, *UNMASKED)
    tmp_path.chmod(0o700)
    assert (ran.code, ran.out) == (2, "")


def test_with_a_ledger_the_record_is_one_of_its_chain(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ledger = ("--ledger", tmp_path / "台账.db")
    assert sanchuang("ledger", "init", *ledger, "--paid-through", "2026-06").code == 0
    assert sanchuang(*QUARTER, *UNMASKED, *ledger, "--reason", "县纪委核查").code == 1
    assert not (tmp_path / NAME).exists()
    assert sanchuang("ledger", "verify", *ledger).code == 0
    assert sanchuang("ledger", "export", *ledger, "--out", "台账.xlsx").code == 0
    from openpyxl import load_workbook

    cells = {cell for page in load_workbook(tmp_path / "台账.xlsx") for row in page.values for cell in row}
    assert "不遮盖号码" in cells and "县纪委核查" in cells
