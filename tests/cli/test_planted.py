"""`policy check --on` beside a folder of small policies: it names the fault that was planted, and finds nothing in sound ones."""

import csv
from pathlib import Path

import pytest

from tests.command import run_in
from tests.counts import FULL

PLANTED = Path(__file__).parents[1] / "planted"
with (PLANTED / "faults.csv").open(encoding="utf-8", newline="") as lines:
    ALL = [(*line,) for line in csv.reader(lines)][1:]
SOME = ALL if FULL else ALL[::4]


def test_there_are_thirty_faults_and_ten_sound_policies() -> None:
    assert [bool(fault) for *_, fault, _ in ALL].count(True) == 30
    assert len(ALL) == 40


@pytest.mark.parametrize(
    ("file", "programme", "roster", "fault", "named"), SOME, ids=[line[0] for line in SOME]
)
def test_a_planted_fault_is_named_and_nothing_else_is_where_there_is_none(
    file: str, programme: str, roster: str, fault: str, named: str, tmp_path: Path
) -> None:
    period = "2026" if programme == "rate" else "2026Q2"
    asked = ("policy", "check", programme, PLANTED / file, "--on", PLANTED / roster, "--period", period)
    ran = run_in(tmp_path)(*asked)
    suspect = [line for line in ran.out.splitlines() if line.startswith("疑点")]
    if fault:
        assert any(named in line for line in suspect), (fault, ran.out)
    else:
        assert suspect == [], ran.out
