"""`sanchuang run` and `init`: a night's jobs without anybody watching, also killed, locked, and run again."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from sanchuang_cli.cli.jobsfile import PERIODS, loaded
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.listing import batches_page
from sanchuang_cli.ledger.proof import troubles
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.report import locking
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.command import ROOT, SAMPLES, Ran, book, typed
from tests.counts import FULL
from tests.ledger.county import number
from tests.stages import Stages

County = Callable[..., Ran]
ROSTER, WHOLE = Path("收件/人员/名册.xlsx"), "全部任务.toml"


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stages: Stages) -> County:
    """`sanchuang WORDS…` in a county's new working folder with a roster of two."""
    run, folder = typed(monkeypatch, capsys), stages.nothing()
    monkeypatch.chdir(stages.reach("county", lambda: laid_out(run, folder)))
    return run


@pytest.fixture
def proposed(county: County, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> County:
    """The same after its first night, which has proposed batch 1 and found nothing for anybody to do."""

    def night() -> None:
        assert county("run", "jobs.toml").code == 0

    monkeypatch.chdir(stages.reach(f"proposed {date.today()}", night))
    return county


def laid_out(run: Callable[..., Ran], folder: Path) -> None:
    """A new working folder with a roster of two. Beside the jobs that `init` writes, all for known periods, are few."""
    assert run("init", folder, "--paid-through", "2026-06").code == 0
    jobs = folder / "jobs.toml"
    (folder / WHOLE).write_text(periods_of(jobs.read_text("utf-8")), "utf-8")
    jobs.write_text(shortened((folder / WHOLE).read_text("utf-8")), "utf-8")
    book(folder / ROSTER, [cadre(0), cadre(1)], HEADINGS)


def periods_of(jobs: str) -> str:
    """The same jobs for July and for the year 2026, whatever the day is."""
    return jobs.replace('"last-month"', '"2026-07"').replace('"this-year"', '"2026"')


def shortened(jobs: str) -> str:
    """The jobs that tests are about; a night of all that `init` writes takes seconds."""
    before, *each = jobs.split("[[job]]")
    kept = (
        job for job in each if any(f'programme = "{name}"' in job for name in ("subsidies", "pay", "rate"))
    )
    return "[[job]]".join((before, *kept))


def log() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("runs.jsonl").read_text("utf-8").splitlines()]


def test_a_night_proposes_and_the_next_night_skips(county: County) -> None:
    ran = county("run", "jobs.toml")
    assert (ran.code, ran.out) == (0, "")
    assert "提请批次 1" in ran.err and "星级评定：没有名册，跳过" in ran.err
    first = log()[0]
    assert (first["exit"], first["read"], first["batches"]) == (0, 2, {"payment": 1})
    assert first["fen"] == {"pay": 101_000, "claim": 0}
    before = Path("台账.db").read_bytes()
    assert "没有变动，跳过" in county("run", "jobs.toml").err
    assert Path("台账.db").read_bytes() == before
    assert "空批次" in county("run", "jobs.toml", "--force").err
    assert Path("台账.db").read_bytes() == before


def test_every_job_that_init_writes_can_be_run(county: County) -> None:
    assert county("run", WHOLE).code == 0
    assert [line["programme"] for line in log()] == [job.programme for job in loaded(Path(WHOLE)).job]
    assert {line["programme"] for line in log()} >= {entry.name for entry in PROGRAMMES}


def test_the_log_has_nothing_of_a_person(proposed: County) -> None:
    text = Path("runs.jsonl").read_text("utf-8")
    assert number(0) not in text and "王甲" not in text


@pytest.mark.parametrize(("period", "code"), [("last-year", 0), ("2020", 2)])
def test_a_period_from_before_the_ledger_is_passed_over_unless_somebody_wrote_it_down(
    county: County, period: str, code: int
) -> None:
    """The pension is paid for the last year, of which a ledger that begins in the middle of a year knows nothing yet."""
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace('"2026-07"', f'"{period}"', 1), "utf-8")
    Path("台账.db").unlink()
    assert county("ledger", "init", "--ledger", "台账.db", "--paid-through", "2099-06").code == 0
    said = "在台账启用以前（2099-06 及以前）已经结清，跳过"
    for check in (("--check",), ()):
        ran = county("run", "jobs.toml", "--only", "生活补贴", *check)
        assert (said in ran.err) == (code == 0) and (check or ran.code == code)


@pytest.mark.parametrize("changed", [ROSTER, Path("政策/subsidies.toml")])
def test_a_changed_input_or_policy_is_run_again(proposed: County, changed: Path) -> None:
    if changed == ROSTER:
        book(ROSTER, [cadre(0), cadre(1), cadre(2)], HEADINGS)
    else:
        changed.write_bytes(changed.read_bytes() + "\n# 改过\n".encode())
    assert "跳过" not in proposed("run", "jobs.toml", "--only", "生活补贴").err


def test_check_writes_nothing(county: County) -> None:
    before = sorted(Path().rglob("*"))
    ran = county("run", "jobs.toml", "--check")
    assert ran.code == 0 and "提请批次" in ran.err and "2026年7月" in ran.err
    assert sorted(Path().rglob("*")) == before


def test_one_job_that_cannot_run_does_not_stop_the_others(county: County) -> None:
    ROSTER.write_bytes(b"no workbook")
    (Path("收件/党组织") / "orgs.xlsx").write_bytes((SAMPLES / "orgs.xlsx").read_bytes())
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and "生活补贴：未能运行" in ran.err
    failed, *others = [line["exit"] for line in log()]
    assert (failed, set(others)) == (2, {0})
    assert Path("结果/rate-2026.xlsx").is_file()


def test_a_record_set_aside_is_exit_1(county: County) -> None:
    book(ROSTER, [cadre(0), cadre(1, 身份证号="123")], HEADINGS)
    assert county("run", "jobs.toml").code == 1


def test_a_batch_that_waits_too_long_for_approval_is_exit_1(proposed: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(
        jobs.read_text("utf-8").replace("approve_within_days = 5", "approve_within_days = 0"), "utf-8"
    )
    time.sleep(1.1)
    ran = proposed("run", "jobs.toml")
    assert ran.code == 1 and "等审批已超过 0 天" in ran.err


def test_a_batch_that_waits_too_long_is_told_of_where_no_roster_came_too(proposed: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("within_days = 5", "within_days = 0"), "utf-8")
    ROSTER.unlink()
    time.sleep(1.1)
    ran = proposed("run", "jobs.toml")
    assert ran.code == 1 and "没有名册，跳过；批次 1 等审批已超过 0 天" in ran.err


def test_a_second_run_says_who_holds_the_folder(county: County) -> None:
    Path(".sanchuang.holder").write_text("王五（进程 7）", "utf-8")
    with FileLock(".sanchuang.lock"):
        ran = county("run", "jobs.toml")
    assert ran.code == 2 and "王五" in ran.err
    assert not Path("runs.jsonl").exists()


def test_a_jobs_file_is_read_strictly(county: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("optional = true", "optionl = true"), "utf-8")
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and "是不是“optional”" in ran.err


def test_what_is_wrong_in_a_jobs_file_is_said_in_chinese(county: County) -> None:
    jobs = Path("jobs.toml")
    text = jobs.read_text("utf-8").replace("approve_within_days = 5", "approve_within_days = -1", 1)
    text = text.replace('inputs = ["收件/党组织"]', "inputs = []").replace(
        "optional = true", 'optional = "是"', 1
    )
    jobs.write_text(text.replace("{programme}-{period}", "{programme}-{perod}", 1), "utf-8")
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and "3 处错误" in ran.err
    for message in (
        "approve_within_days：-1 越界，应不小于 0",
        "应是 true 或 false",
        "inputs：至少要写 1 项",
    ):
        assert message in ran.err
    assert not re.search(r"[a-z]{4,} [a-z]{3,}", ran.err)
    assert "没有任务文件 没有.toml" in county("run", "没有.toml").err


def test_a_file_that_a_job_names_and_is_not_there_is_told_before_the_night(county: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(
        jobs.read_text("utf-8").replace("ledger =", 'password_file = "密码.txt"\nledger =', 1), "utf-8"
    )
    ran = county("run", "jobs.toml", "--check")
    assert ran.code == 2 and "密码.txt" in ran.err
    Path("密码.txt").write_text("x", "utf-8")
    assert county("run", "jobs.toml", "--check").code == 0
    Path("台账.db").rename("别处.db")
    ran = county("run", "jobs.toml", "--check")
    assert ran.code == 2 and "没有台账" in ran.err


def test_a_locked_roster_is_opened_with_the_job_s_passwords(county: County) -> None:
    locking.lock(ROSTER, "秘密")
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and "工作簿有密码" in ran.err
    Path("密码.txt").write_text("秘密\n", "utf-8")
    jobs = Path("jobs.toml")
    jobs.write_text(
        jobs.read_text("utf-8").replace("ledger =", 'password_file = "密码.txt"\nledger =', 1), "utf-8"
    )
    assert county("run", "jobs.toml").code == 0
    assert "秘密" not in Path("runs.jsonl").read_text("utf-8")


def test_what_is_set_aside_stays_exit_1_until_it_is_mended(county: County) -> None:
    book(ROSTER, [cadre(0), cadre(1, 身份证号="123")], HEADINGS)
    assert county("run", "jobs.toml").code == 1
    ran = county("run", "jobs.toml")
    assert ran.code == 1 and "跳过；待核实的还没有处理" in ran.err
    book(ROSTER, [cadre(0), cadre(1)], HEADINGS)
    assert county("run", "jobs.toml").code == 0


def test_a_job_that_stops_at_findings_writes_nothing_and_says_where(county: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("optional", 'findings = "stop"\noptional', 1), "utf-8")
    book(ROSTER, [cadre(0), cadre(1, 身份证号="123")], HEADINGS)
    before = Path("台账.db").read_bytes()
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and "名册.xlsx 名册 D4（身份证号）" in ran.err
    assert Path("台账.db").read_bytes() == before and not list(Path("结果").iterdir())


@contextmanager
def roster_changing() -> Iterator[None]:
    """Let the roster change after a job has read it, before its result is recorded."""
    from sanchuang_cli.cli import night
    from sanchuang_cli.cli.delivery import perform

    def meanwhile(*given: object) -> object:
        made = perform(*given)  # type: ignore[arg-type]
        book(ROSTER, [cadre(0), cadre(1), cadre(2)], HEADINGS)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(night, "perform", meanwhile)
        yield


def test_a_roster_that_changes_during_the_run_is_read_again_the_next_night(county: County) -> None:
    with roster_changing():
        county("run", "jobs.toml")
    ran = county("run", "jobs.toml")
    assert "读取 3" in ran.err and "提请批次 2" in ran.err


def test_a_torn_last_line_of_the_log_is_closed_and_passed_over(proposed: County) -> None:
    with Path("runs.jsonl").open("ab") as file:
        file.write(b'{"job": "half')
    assert "没有变动，跳过" in proposed("run", "jobs.toml").err
    lines = Path("runs.jsonl").read_text("utf-8").splitlines()
    torn = lines.index('{"job": "half')
    assert json.loads(lines[torn + 1])["skipped"] == "unchanged"


def begun() -> int:
    """The number of a process that has begun the night: under FULL of a new one, else of a copy of this one, which has the
    libraries already."""
    if FULL:
        words = [sys.executable, "-m", "sanchuang_cli", "run", "jobs.toml"]
        silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
        return os.posix_spawn(sys.executable, words, os.environ, file_actions=silent)
    process = os.fork()
    if not process:
        from tests.cli.test_killed import quietly

        quietly(("run", "jobs.toml"))
        os._exit(0)
    return process


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_killed_at_any_moment_the_next_night_finishes_and_proposes_once(county: County) -> None:
    for tenths in range(0, 60) if FULL else (1, 2, 4, 8):
        night = begun()
        time.sleep(tenths / 10)
        os.kill(night, signal.SIGKILL)
        os.waitpid(night, 0)
        assert troubles(opened(Path("台账.db"))) == []
    assert county("run", "jobs.toml").code == 0
    assert len(batches_page(opened(Path("台账.db"))).rows) == 1
    assert not list(Path("结果").glob(".*"))


@pytest.mark.skipif(os.name == "nt", reason="cron is no part of Windows")
def test_the_cron_line_runs_without_an_environment(county: County) -> None:
    (line,) = [
        each for each in Path("定时任务.txt").read_text("utf-8").splitlines() if each.startswith("30 2 ")
    ]
    command = line.split(" ", 5)[5]
    kept = {
        name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ
    }  # where the source is under test
    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", env=kept, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "提请批次 1" in done.stderr.decode()


def nightly(readme: str) -> list[str]:
    """The commands of a README that make a working folder and try it, and those of its line for cron."""
    text = (ROOT / readme).read_text("utf-8")
    (line,) = re.findall(r"(?m)^30 2 \* \* \* (.+)$", text)
    commands = re.findall(r"(?m)^(sanchuang (?:init 望川县|run 望川县)[^#\n]*)", text)
    return [command.strip() for command in (*commands, line)]


@pytest.mark.skipif(os.name == "nt", reason="cron is no part of Windows")
def test_the_cron_line_of_the_readmes_runs_without_an_environment(tmp_path: Path) -> None:
    """As it stands there, after the commands that stand there; only the folder of the installation is another."""
    *commands, line = nightly("README.md")
    assert nightly("README.zh-CN.md") == [*commands, line]
    assert [command.split()[1] for command in commands] == ["init", "run"]
    (tmp_path / ".venv").symlink_to(sys.prefix)
    for command in (*commands, line):
        command = command.replace("/srv/sanchuang", str(tmp_path))
        if command.startswith("sanchuang "):
            command = f"cd '{tmp_path}' && .venv/bin/{command}"
        done = subprocess.run(
            ["env", "-i", "/bin/sh", "-c", command],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
        if "init" in command:
            book(tmp_path / "望川县" / ROSTER, [cadre(0), cadre(1)], HEADINGS)
    assert "提请批次 1" in (tmp_path / "夜间.log").read_text("utf-8")
    assert (tmp_path / "望川县" / "夜间摘要.html").is_file()


def test_periods_are_told_from_the_day() -> None:
    on = date(2026, 1, 31)
    assert {name: str(period(on)) for name, period in PERIODS.items()} == {
        "this-month": "2026-01",
        "last-month": "2025-12",
        "this-quarter": "2026Q1",
        "last-quarter": "2025Q4",
        "this-year": "2026",
        "last-year": "2025",
    }


def test_the_results_of_other_programmes_follow_the_period(county: County) -> None:
    (visits,) = (job for job in loaded(Path(WHOLE)).job if job.programme == "visits")
    given = visits.model_copy(
        update={"results": ("结果/pairing-{period}.xlsx", "旧/{programme}-{before}.xlsx")}
    )
    found = given.results_of(Path("县"), Period.parse("2027"))
    assert found == [str(Path("县/结果/pairing-2027.xlsx")), str(Path("县/旧/visits-2026.xlsx"))]


def test_a_night_goes_on_without_a_book_that_is_not_understood_and_ends_with_1(county: County) -> None:
    book(ROSTER.parent / "望河乡.xlsx", [cadre(2)], [*HEADINGS[:3], "甲乙丙丁", *HEADINGS[4:]])
    ran = county("run", "jobs.toml")
    assert ran.code == 1 and "提请批次 1" in ran.err
    first = log()[0]
    assert (first["exit"], first["read"], first["doubtful"]) == (1, 2, True)
    assert [kind["code"] for kind in first["look"]] == ["book.not-understood"]  # type: ignore[attr-defined]
    again = county("run", "jobs.toml")
    assert again.code == 1 and "待核实的还没有处理" in again.err
