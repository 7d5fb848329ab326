"""`sanchuang forget`: what is past its time goes when it is told to, and nothing that anybody still needs."""

import json
import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.cli import unmasking
from sanchuang_cli.cli.forgetting import RECORD, found
from sanchuang_cli.ledger.kept import hash_of
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.command import SAMPLES, Ran, book, own_policy, run_in

__all__ = ["office"]

LONG_AGO = time.time() - 10 * 366 * 86_400


def aged(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two results of ratings and two of subsidies, all written long ago."""
    folder = tmp_path_factory.mktemp("县")
    run = run_in(folder)
    (folder / "结果").mkdir()
    for year in ("2020", "2021"):
        made = run("rate", SAMPLES / "orgs.xlsx", "--period", year, "--out", f"结果/rate-{year}.xlsx", "-q")
        assert made.code == 1, "some days of the sample had not come then"
    book(folder / "7月.xlsx", [cadre(0), cadre(1)], HEADINGS)
    for month in ("2022-07", "2022-08"):
        asked = ("subsidies", "7月.xlsx", "--period", month, "--policy", own_policy(folder, "subsidies"))
        assert run(*asked, "--out", f"结果/{month}.xlsx", "-q").code == 0
    aged(*(folder / "结果").iterdir())
    return folder / "结果"


@pytest.fixture
def county(office: Office, results: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The results, with the ledger of the office beside them."""
    monkeypatch.delenv("SANCHUANG_LEDGER")
    own_policy(Path(), "subsidies")
    shutil.copytree(results, "结果")
    return lambda *words: office("forget", ".", *(words or ("--older-than", "12")))


def left() -> list[str]:
    return sorted(path.name for path in Path("结果").iterdir())


ALL = ["2022-07.xlsx", "2022-08.xlsx", "rate-2020.xlsx", "rate-2021.xlsx"]


def test_what_would_go_is_shown_and_nothing_goes(county: Callable[..., Ran]) -> None:
    ran = county()
    assert ran.code == 1
    assert "将删 结果/rate-2020.xlsx：星级评定 2020。" in ran.err and "将删 结果/2022-07.xlsx" in ran.err
    assert "可以删的 2 份，没有删；要删的加 --delete" in ran.err
    assert left() == ALL and not Path(RECORD).exists()


def test_the_newest_of_each_programme_stays_whatever_its_age(county: Callable[..., Ran]) -> None:
    ran = county("--older-than", "12", "--delete")
    assert ran.code == 0 and "留下 结果/rate-2021.xlsx：星级评定 2021，最新的一期。" in ran.err
    assert left() == ["2022-08.xlsx", "rate-2021.xlsx"]
    assert "没有可以删的" in county().err


def test_what_went_is_on_record_by_its_hash_and_not_by_its_name(county: Callable[..., Ran]) -> None:
    hashes = {hash_of(Path("结果") / name) for name in ("2022-07.xlsx", "rate-2020.xlsx")}
    county("--older-than", "12", "--delete")
    lines = [json.loads(line) for line in Path(RECORD).read_text("utf-8").splitlines()]
    assert {line["sha256"] for line in lines} == hashes
    assert {(line["what"], line["older_than"]) for line in lines} == {
        ("星级评定 2020", 12),
        ("生活补贴 2022-07", 12),
    }
    assert unmasking.broken(Path(RECORD)) == 0
    assert ".xlsx" not in Path(RECORD).read_text("utf-8")


def test_rosters_ledgers_and_what_is_no_result_stay(county: Callable[..., Ran]) -> None:
    others = [Path("7月.xlsx"), Path("county.db"), Path("本县办法.toml")]
    book(Path("结果/别的.xlsx"), [cadre(0)], HEADINGS)
    aged(*others, Path("结果/别的.xlsx"))
    county("--older-than", "12", "--delete")
    assert all(path.exists() for path in others) and "别的.xlsx" in left()


def test_a_result_that_somebody_changed_is_not_judged_and_stays(county: Callable[..., Ran]) -> None:
    changed = load_workbook("结果/rate-2020.xlsx")
    changed.worksheets[1]["B6"] = "别的镇"
    changed.save("结果/rate-2020.xlsx")
    aged(Path("结果/rate-2020.xlsx"))
    county("--older-than", "12", "--delete")
    assert "rate-2020.xlsx" in left()


@pytest.mark.parametrize("state", ["proposed", "approved", "sent", "paid"])
def test_what_a_batch_that_is_not_closed_rests_on_stays(
    county: Callable[..., Ran], office: Office, state: str
) -> None:
    """The ledger of the office begins at July 2026, so the result is of that month and its file is made to look old."""
    asked = ("subsidies", "7月.xlsx", "--period", "2026-07", "--policy", "本县办法.toml")
    for month, name in (("2026-07", "发放.xlsx"), ("2026-08", "再后.xlsx")):
        made = office(*asked[:3], month, *asked[4:], "--ledger", "county.db", "--out", f"结果/{name}", "-q")
        assert made.code == 0, made.err
    acts = {
        "proposed": ("propose", *asked, "--by", "张三"),
        "approved": ("approve", "1", "--by", "李四"),
        "sent": ("send", "1", "--bank", "银行", "--by", "张三"),
        "paid": ("paid", "1", "--by", "张三"),
    }
    for act, words in acts.items():
        assert office("batch", *words, "--ledger", "county.db").code == 0
        if act == state:
            break
    (paid,) = [one for one in found(Path(), date(2036, 1, 1)) if one.path.name == "发放.xlsx"]
    assert paid.needed == ("" if state == "paid" else "批次还没有了结，或还没有审批")


def test_what_was_made_anew_for_a_month_whose_batch_is_not_closed_stays(
    county: Callable[..., Ran], office: Office
) -> None:
    asked = ("subsidies", "7月.xlsx", "--period", "2026-07", "--policy", "本县办法.toml")
    assert office("batch", "propose", *asked, "--by", "张三", "--ledger", "county.db").code == 0
    book(Path("7月.xlsx"), [cadre(0)], HEADINGS)
    for month in ("2026-07", "2026-08"):
        office(*asked[:3], month, *asked[4:], "--out", f"结果/{month}.xlsx", "-q")
    (anew,) = [one for one in found(Path(), date(2036, 1, 1)) if one.path.name == "2026-07.xlsx"]
    assert anew.needed == "批次还没有了结，或还没有审批"
    ran = office("notice", anew.path, "--ledger", "county.db")
    assert "未提请（同一期提请的是另一份：批次 1 已提请）" in ran.out + ran.err


def test_a_result_that_waits_for_approval_stays(county: Callable[..., Ran], office: Office) -> None:
    waiting = ("ledger", "propose", "结果/rate-2020.xlsx", "--by", "张三", "--ledger", "county.db")
    assert office(*waiting).code == 0
    assert "留下 结果/rate-2020.xlsx：星级评定 2020，批次还没有了结，或还没有审批。" in county().err
    approved = ("ledger", "approve", "结果/rate-2020.xlsx", "--by", "李四", "--ledger", "county.db")
    assert office(*approved).code == 0
    assert "将删 结果/rate-2020.xlsx" in county().err


@pytest.mark.parametrize(
    ("filled", "old", "why"),
    [
        ([], False, "公示期还没有满"),
        ([], True, ""),
        ([["2022-08-20", "来信", "算少了", "王五", "", ""]], True, "还有没处理的异议"),
        ([["2022-08-20", "来信", "算少了", "王五", "不成立", "2022-08-25"]], True, ""),
    ],
)
def test_what_was_announced_stays_until_the_notice_is_down_and_every_objection_settled(
    county: Callable[..., Ran], office: Office, filled: list[list[str]], old: bool, why: str
) -> None:
    assert office("notice", "结果/2022-07.xlsx", "--out", "公示").code == 0
    (register,) = Path("公示").glob("异议登记表-*.xlsx")
    if filled:
        book(
            register,
            [[1, *row] for row in filled],
            ("序号", "日期", "方式", "内容", "承办人", "处理结果", "答复日期"),
            title="异议登记表",
        )
    if old:
        aged(register)
    said = county().err
    assert (f"留下 结果/2022-07.xlsx：生活补贴 2022-07，{why}。" in said) == bool(why), said
    assert ("将删 结果/2022-07.xlsx" in said) == (not why)


def test_a_result_with_a_deadline_ahead_stays(office: Office, tmp_path: Path) -> None:
    for period in ("2025", "2026"):
        asked = (
            "secretaries",
            SAMPLES / "secretaries.xlsx",
            "--period",
            period,
            "--out",
            f"{period}.xlsx",
            "-q",
        )
        assert office(*asked).code in (0, 1)
    needed = {
        today: {one.path.name: one.needed for one in found(Path(), today)}["2025.xlsx"]
        for today in (date(2026, 1, 1), date(2099, 1, 1))
    }
    assert needed == {date(2026, 1, 1): "还有没到的期限", date(2099, 1, 1): ""}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--older-than", "11"), "写的是“11”，应是不小于 12 的整数，请改写，如 --older-than 12"),
        (("--older-than", "一年"), "--older-than 的值不对：写的是“一年”，应是不小于 12 的整数"),
        ((), "缺少"),
    ],
)
def test_a_time_that_is_too_short_or_not_given_is_refused(
    office: Office, words: tuple[str, ...], said: str
) -> None:
    ran = office("forget", ".", *words)
    assert ran.code == 2 and said in ran.err


def test_a_ledger_beside_the_folder_or_one_that_is_named_is_asked_and_a_backup_is_not(
    county: Callable[..., Ran], office: Office
) -> None:
    waiting = ("ledger", "propose", "结果/rate-2020.xlsx", "--by", "张三", "--ledger", "county.db")
    assert office(*waiting).code == 0
    assert "留下 rate-2020.xlsx" in office("forget", "结果", "--older-than", "12").err
    Path("别处").mkdir()
    for name in ("county.db", "county.db.batches"):
        Path(name).rename(Path("别处") / name)
    named = ("forget", "结果", "--older-than", "12", "--ledger", "别处/county.db")
    assert "留下 rate-2020.xlsx" in office(*named).err
    Path("别处").rename("台账.db.第2版备份")
    assert "将删 rate-2020.xlsx" in office("forget", "结果", "--older-than", "12").err


def test_a_ledger_that_cannot_be_asked_stops_it(county: Callable[..., Ran]) -> None:
    Path("坏.db").write_bytes(b"")
    ran = county("--older-than", "12", "--delete")
    assert ran.code == 2 and left() == ALL


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may delete anything")
def test_what_cannot_be_deleted_stops_it(county: Callable[..., Ran]) -> None:
    Path("结果").chmod(0o500)
    ran = county("--older-than", "12", "--delete")
    Path("结果").chmod(0o700)
    assert ran.code == 2 and "删不了" in ran.err and left() == ALL


@pytest.mark.parametrize(
    "reads", ['previous = "结果/{programme}-{before}.xlsx"', 'results = ["结果/rate-2020.xlsx"]']
)
def test_what_a_job_reads_when_it_runs_next_stays(county: Callable[..., Ran], reads: str) -> None:
    job = f'[[job]]\nname = "评星"\nprogramme = "rate"\ninputs = ["收件"]\nperiod = "2021"\n{reads}\nout = "新.xlsx"\n'
    Path("jobs.toml").write_text(f'maker = "夜间任务"\n{job}', "utf-8")
    ran = county("--older-than", "12", "--delete")
    assert "留下 结果/rate-2020.xlsx：星级评定 2020，任务“评星”还要读它" in ran.err
    assert left() == ["2022-08.xlsx", "rate-2020.xlsx", "rate-2021.xlsx"]
