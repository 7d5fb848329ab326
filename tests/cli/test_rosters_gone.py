"""Rosters that were moved are told of: a job that has none any more, and workbooks in a folder within the one that is read."""

from pathlib import Path

from tests.cli.test_digest import line_of, page
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.cli.test_run_command import ROSTER, County, county, log, proposed
from tests.cli.test_vanished import doubts
from tests.command import book

__all__ = ["county", "office", "proposed"]

NIGHT = ("run", "jobs.toml", "--only", "生活补贴")


def test_an_optional_job_that_ran_before_and_has_no_roster_now_is_something_to_do(proposed: County) -> None:
    ROSTER.rename("收件/名册.xlsx")
    assert "有 1 个文件、2 行，这次 收件/人员 里一个也没有" in proposed(*NIGHT, "--check").err
    for _ in range(2):
        ran = proposed(*NIGHT)
        assert ran.code == 1 and "没有名册，跳过；上一次运行（" in ran.err
        assert "没有名册、要看一看的任务：生活补贴" in page()
        assert "不再做的，请从任务文件里去掉" in line_of("生活补贴 2026-07")
    Path("收件/名册.xlsx").rename(ROSTER)
    assert proposed(*NIGHT).code == 0 and log()[-1]["skipped"] == "unchanged"


def test_an_optional_job_that_never_ran_is_passed_over_in_silence(county: County) -> None:
    ran = county("run", "jobs.toml", "--only", "星级评定")
    assert (ran.code, ran.err) == (0, "星级评定：没有名册，跳过\n")


def test_a_folder_within_the_inbox_that_has_workbooks_is_named_once_they_come(proposed: County) -> None:
    (ROSTER.parent / "新").mkdir()
    book(ROSTER.parent / "新" / "云岭乡.xlsx", [cadre(2)], HEADINGS)
    assert "跳过" not in proposed(*NIGHT).err
    assert [kind["code"] for kind in log()[-1]["look"]] == ["book.below"]  # type: ignore[attr-defined]
    assert "请移到上一层" in line_of("book.below")
    assert "没有变动，跳过" in proposed(*NIGHT).err and "book.below" in page()


def test_an_inbox_that_has_rosters_only_in_a_folder_within_it_is_something_to_do(county: County) -> None:
    (ROSTER.parent / "新").mkdir()
    ROSTER.rename(ROSTER.parent / "新" / "名册.xlsx")
    ran = county(*NIGHT)
    assert ran.code == 1 and "子文件夹 人员/新 里的 1 个表格没有读" in ran.err


def test_a_run_and_check_name_the_folders_within_a_folder_that_they_do_not_read(office: Office) -> None:
    for folder in ("各乡镇", "各乡镇/新/再新", "各乡镇/.旧", "各乡镇/台账.db.batches"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        book(Path(folder) / "云岭乡.xlsx", [cadre(0)], HEADINGS)
    run = ("subsidies", "各乡镇", "--period", "2026-07", "--out")
    assert office(*run, "各乡镇/新/结果.xlsx").code == 0
    told = "子文件夹 各乡镇/新/再新 里的 1 个表格没有读，里面的人一个也没有算：云岭乡.xlsx"
    (doubt,) = [row for row in doubts("各乡镇/新/结果.xlsx") if row["代码"] == "book.below"]
    assert told in doubt["说明"]
    assert told in office("check", "各乡镇").out + office("check", "各乡镇").err
    assert told in office("inspect", "各乡镇").err
    both = ("subsidies", "各乡镇", "各乡镇/新/再新", "--period", "2026-07", "--out", "8.xlsx")
    assert "没有读，" not in office(*both).err
