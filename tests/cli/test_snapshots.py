"""The folder of snapshots: what is kept once, closed to others, locked, listed, and left out where it cannot be sure."""

import hashlib
import re
import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest

from sanchuang_cli.cli.snapshots import INDEX, LOCKED, Snapshots, entries, kept
from sanchuang_cli.finding import UserError
from tests.cli.test_as_known import (
    KEPT,
    ROSTER,
    After,
    Clock,
    County,
    after,
    county,
    lock_with,
    of_roster,
    results,
    set_clock,
    whole,
)
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.cli.test_run_command import roster_changing
from tests.command import ROOT, book

__all__ = ["after", "county", "set_clock"]


def test_half_a_line_of_a_killed_night_is_not_counted_and_is_closed(after: After) -> None:
    county = after()
    with (KEPT / INDEX).open("ab") as file:
        file.write(b'{"at": "half')
    before = len(entries(KEPT))
    county("run", "jobs.toml", "--force", "--only", "星级评定")
    assert len(entries(KEPT)) == before + 1


def test_each_file_is_kept_once_and_only_its_owner_can_read_it(after: After) -> None:
    county = after("星级评定")
    first = whole(KEPT)
    county("run", "jobs.toml", "--only", "星级评定", "--force")
    assert set(whole(KEPT)) == set(first) and whole(KEPT, INDEX) == {
        path: content for path, content in first.items() if path != INDEX
    }
    assert stat.S_IMODE(KEPT.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in KEPT.iterdir()} == {0o600}


def test_a_kept_file_that_was_harmed_is_kept_anew_by_the_next_night_that_reads_it(after: After) -> None:
    county = after()
    good = of_roster().read_bytes()
    of_roster().write_bytes(good[:-1])
    county("run", "jobs.toml", "--only", "生活补贴", "--force")
    assert of_roster().read_bytes() == good


def test_locked_snapshots_say_nothing_without_the_password_and_all_with_it(after: After) -> None:
    county = after(locked=True)
    then = results()
    assert ROSTER.read_bytes()[:4] not in {path.read_bytes()[:4] for path in KEPT.iterdir()}
    assert "秘密" not in "".join(path.read_bytes().decode("utf-8", "replace") for path in KEPT.iterdir())
    today = str(date.today())
    assert county("run", "jobs.toml", "--as-known", today).code == 0
    assert all(then[path] == content for path, content in whole(Path(f"重现-{today}")).items())
    Path("密码.txt").write_text("别的\n", "utf-8")
    ran = county("run", "jobs.toml", "--as-known", today, "--out", "再")
    assert ran.code == 2 and "密码不对" in ran.err and not Path("再").exists()
    (KEPT / LOCKED).write_text("{}", "utf-8")
    assert "读不懂" in county("run", "jobs.toml", "--as-known", today, "--out", "再").err


def test_open_snapshots_are_not_mixed_with_locked_ones(after: After) -> None:
    county = after("星级评定")
    lock_with("秘密")
    ran = county("run", "jobs.toml", "--only", "星级评定", "--force")
    assert ran.code == 2 and "已有没有加密的快照" in ran.err


def test_a_roster_that_changes_during_the_run_is_not_said_to_be_kept(county: County) -> None:
    with roster_changing():
        ran = county("run", "jobs.toml", "--only", "生活补贴")
    assert "名册.xlsx 在运行中改过，这次没有留快照" in ran.err
    assert not entries(KEPT)


def test_where_nothing_can_be_kept_nothing_is_run(county: County) -> None:
    KEPT.write_text("a file stands where the folder should be", "utf-8")
    ran = county("run", "jobs.toml", "--only", "生活补贴")
    assert ran.code == 2 and "未能运行。快照" in ran.err
    assert not list(Path("结果").rglob("*.xlsx"))


def test_what_is_kept_says_since_when_and_until_when_it_was_needed(county: County, set_clock: Clock) -> None:
    set_clock("2026-08-03")
    county("run", "jobs.toml")
    first = of_roster()
    book(ROSTER, [cadre(0), cadre(1), cadre(2)], HEADINGS)
    set_clock("2026-08-20")
    county("run", "jobs.toml")
    by_path = {one.path: one for one in kept(KEPT)}
    stays = by_path[KEPT / hashlib.sha256(Path("county.toml").read_bytes()).hexdigest()]
    assert (by_path[first].first, by_path[first].last) == (date(2026, 8, 3), date(2026, 8, 3))
    assert (stays.first, stays.last, set(stays.what)) == (
        date(2026, 8, 3),
        date(2026, 8, 20),
        {"生活补贴", "星级评定", "期限一览"},
    )
    assert {path.name for path in KEPT.iterdir()} - {path.name for path in by_path} == {INDEX}
    assert by_path[first].size == first.stat().st_size


def test_init_keeps_snapshots_when_asked_and_locks_them_with_a_password(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "密码.txt"
    secret.write_text("秘密\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert county("init", "乙", "--paid-through", "2026-06", "--keep-password-file", "密码.txt").code == 0
    book(Path("乙") / ROSTER, [cadre(0)], HEADINGS)
    assert county("run", "乙/jobs.toml", "--only", "生活补贴").code == 0
    assert (Path("乙") / KEPT / LOCKED).is_file()
    secret.write_text("", "utf-8")
    ran = county("init", "丙", "--paid-through", "2026-06", "--keep-password-file", "密码.txt")
    assert ran.code == 2 and "是空的" in ran.err and not Path("丙").exists()
    assert county("init", "丁", "--paid-through", "2026-06").code == 0
    assert "[snapshots]" not in Path("丁/jobs.toml").read_text("utf-8")


def test_a_changed_list_is_not_read_as_what_is_kept(after: After) -> None:
    after("星级评定")
    (KEPT / INDEX).write_text("{}\n", "utf-8")
    with pytest.raises(UserError, match="第 1 行被改过"):
        kept(KEPT)


@pytest.mark.parametrize("guide", ["ledger.md", "ledger.zh-CN.md"])
def test_the_table_of_the_guide_is_one_that_is_read(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text("utf-8")
    (block,) = [one for one in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[snapshots]" in one]
    told = Snapshots.model_validate(tomllib.loads(block)["snapshots"])
    assert (told.folder, told.keep_days, bool(told.password_file)) == ("快照", 1100, True)
