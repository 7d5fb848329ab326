"""`sanchuang forget` and the snapshots of the night: what no day that counts can need goes, and what was known last stays."""

from pathlib import Path

import pytest

from sanchuang_cli.ledger.kept import hash_of
from tests.cli.test_as_known import JOBS, KEPT, ROSTER, Clock, County, county, set_clock
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.command import book
from tests.stages import Stages

__all__ = ["county", "set_clock"]


@pytest.fixture
def nights(
    county: County, set_clock: Clock, stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str]:
    """Two nights in August 2026, between them another roster, and the clock at 2030. Gives the hashes of both rosters."""
    old, last = (
        book(tmp_path / f"{people}.xlsx", [cadre(who) for who in range(people)], HEADINGS)
        for people in (2, 3)
    )

    def lived() -> None:
        for day, roster in (("2026-08-01", old), ("2026-08-02", last)):
            set_clock(day)
            ROSTER.write_bytes(roster.read_bytes())
            county("run", "jobs.toml", "--only", "生活补贴")

    monkeypatch.chdir(stages.reach("two nights", lived))
    set_clock("2030-01-05")
    return hash_of(old), hash_of(last)


def test_what_only_an_old_night_read_goes_and_what_was_known_last_stays(
    nights: tuple[str, str], county: County
) -> None:
    old, last = nights
    told = county("forget", ".", "--older-than", "24")
    assert told.code == 1 and f"将删 快照/{old}：快照（生活补贴）" in told.err
    assert f"留下 快照/{last}：快照（生活补贴），最近一次运行用的" in told.err
    assert county("forget", ".", "--older-than", "24", "--delete").code == 0
    assert not (KEPT / old).exists() and (KEPT / last).is_file()
    assert county("run", "jobs.toml", "--as-known", "2026-08-02", "--out", "重现").code == 0
    gone = county("run", "jobs.toml", "--as-known", "2026-08-01", "--out", "那天")
    assert gone.code == 2 and not Path("那天").exists()


@pytest.mark.parametrize(
    ("kept_for", "why"), [("", "没有写快照留多少天"), ("keep_days = 3000", "快照要留 3000 天")]
)
def test_what_the_jobs_file_says_is_kept_that_long(
    nights: tuple[str, str], county: County, kept_for: str, why: str
) -> None:
    Path("jobs.toml").write_text(JOBS.format(locked="").replace("keep_days = 1100", kept_for), "utf-8")
    told = county("forget", ".", "--older-than", "24", "--delete")
    assert f"留下 快照/{nights[0]}：快照（生活补贴），" in told.err and why in told.err
    assert (KEPT / nights[0]).is_file()
