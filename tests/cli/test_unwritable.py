"""Where a folder cannot be written to, the commands about working folders say so in Chinese and end with 2."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli.jobsfile import in_the_file
from tests.cli.test_digest import page
from tests.cli.test_run_command import County, county, proposed
from tests.command import typed

__all__ = ["county", "proposed"]

NIGHT = ("run", "jobs.toml", "--only", "星级评定")


def refusing(why: int, *names: str) -> Callable[..., Any]:
    """What stands for a method of Path and refuses files with such names, as the operating system does."""

    def refuse(of: Callable[..., Any]) -> Callable[..., Any]:
        def method(path: Path, *given: Any, **more: Any) -> Any:
            if path.name in names:
                raise OSError(why, "no", str(path))
            return of(path, *given, **more)

        return method

    return refuse


def test_a_folder_with_a_lock_of_its_own_that_nobody_may_write_to(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert county(*NIGHT).code == 0
    with monkeypatch.context() as patch:
        refuse = refusing(errno.EACCES, ".sanchuang.holder")
        patch.setattr(Path, "write_text", refuse(Path.write_text))
        ran = county(*NIGHT)
    assert ran.code == 2 and "不能写入（没有权限），什么都没有运行" in ran.err
    assert county(*NIGHT).code == 0  # nothing is left locked


@pytest.mark.parametrize("why", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_working_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], why: int
) -> None:
    run = typed(monkeypatch, capsys)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refusing(why, "党组织")(Path.mkdir))
        ran = run("init", tmp_path / "县", "--paid-through", "2026-06")
    assert ran.code == 2 and "党组织 写不了（" in ran.err and "再运行一次" in ran.err
    assert run("init", tmp_path / "县", "--paid-through", "2026-06").code == 0


def test_a_file_in_the_place_of_a_working_folder_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "县").write_text("别的", "utf-8")
    ran = typed(monkeypatch, capsys)("init", tmp_path / "县", "--paid-through", "2026-06")
    assert ran.code == 2 and "是文件，不是文件夹" in ran.err


def test_a_page_that_could_not_be_replaced_is_known_by_its_day(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    county(*NIGHT)
    assert "夜间任务摘要（20" in page()
    with monkeypatch.context() as patch:

        def full(*given: object) -> None:
            raise OSError(errno.ENOSPC, "no")

        patch.setattr("sanchuang_cli.report.html.write_brief", full)
        ran = county(*NIGHT)
    assert ran.code == 2 and "磁盘空间不够" in ran.err and "的旧摘要，不要照它办" in ran.err


def test_a_clock_that_is_behind_the_last_run_is_told_and_is_something_to_do(county: County) -> None:
    assert county(*NIGHT).code == 0
    log = Path("runs.jsonl")
    log.write_text(log.read_text("utf-8").replace('"at": "20', '"at": "21'), "utf-8")
    ran = county(*NIGHT)
    assert ran.code == 1 and "比上一次运行（21" in ran.err and "请核对日期" in ran.err
    assert page().index("这台机器的时钟") < page().index("运行完毕")
    assert county(*NIGHT).code == 0  # told once: the log has the new day now


def test_what_a_job_says_names_the_keys_of_the_jobs_file_and_not_options(county: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace('"2026-07"', '"2020"', 1), "utf-8")
    ran = county("run", "jobs.toml", "--only", "生活补贴")
    assert ran.code == 2 and "请换一个 任务文件里的 period" in ran.err and "--period" not in ran.err
    assert in_the_file("用 sanchuang batch list --ledger 台账.db 看。请用 --result 给出，或写 --on。") == (
        "用 sanchuang batch list --ledger 台账.db 看。请用 任务文件里的 results 给出，或写 --on。"
    )
