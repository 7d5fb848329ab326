"""What the commands of the ledger say when they are given the wrong file, or may not write: in Chinese, with what to do."""

import os
import stat
from pathlib import Path

import pytest

from sanchuang_cli.ledger.databases import SQLite
from tests.cli.test_ledger_command import Office, office
from tests.command import SAMPLES

__all__ = ["office"]


def proposed(office: Office, *words: str) -> str:
    ran = office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三", *words)
    assert ran.code == 0
    return ran.err


@pytest.mark.parametrize(
    "command",
    [("notice",), ("ledger", "propose"), ("ledger", "receive")],
    ids=["notice", "propose", "receive"],
)
def test_a_batchs_workbook_is_called_what_it_is_and_a_folder_is_no_missing_file(
    office: Office, tmp_path: Path, command: tuple[str, ...]
) -> None:
    proposed(office)
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    ran = office(*command, copy)
    assert ran.code == 2 and "这是批次 1 的工作簿，不是结果" in ran.err and "没有“来源”页" not in ran.err
    ran = office(*command, tmp_path / "county.db.batches")
    assert ran.code == 2 and "是文件夹，不是工作簿" in ran.err
    ran = office(*command, "没有.xlsx")
    assert ran.code == 2 and "没有工作簿" in ran.err


def test_a_locked_result_is_to_be_saved_without_its_password(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANCHUANG_PASSWORD", "x1y2")
    words = ("rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--on", "2026-11-23", "-q")
    office(*words, "--out", "星级.xlsx", "--encrypt")
    monkeypatch.delenv("SANCHUANG_PASSWORD")
    ran = office("ledger", "propose", "星级.xlsx", "--by", "张三")
    assert ran.code == 2 and "另存一份没有密码的" in ran.err
    assert "--password-file" not in ran.err and "报送单位" not in ran.err
    ran = office("notice", "星级.xlsx")
    assert ran.code == 2 and "--password-file" in ran.err and "报送单位" not in ran.err


def test_a_login_without_a_name_can_begin_a_ledger_and_is_asked_for_by_where_that_exists(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.command.login_of", lambda words: "4711")
    ran = office("ledger", "init", "--paid-through", "2026-06", "--ledger", "另一本.db")
    assert ran.code == 2 and "--by" in ran.err
    assert (
        office("ledger", "init", "--paid-through", "2026-06", "--ledger", "另一本.db", "--by", "张三").code
        == 0
    )
    assert office("init", "望川县", "--paid-through", "2026-06").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [("attempt to write a readonly database", "不能写台账"), ("unable to open database file", "打不开")],
)
def test_what_the_database_says_in_english_is_said_in_chinese(tmp_path: Path, words: str, said: str) -> None:
    from sqlalchemy.exc import DatabaseError

    told = SQLite(tmp_path / "台账.db").complaint(DatabaseError("", None, Exception(words)))
    assert said in told and words not in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of files")
def test_the_folder_of_copies_is_there_at_once_and_a_group_that_shares_the_ledger_reads_the_paper(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "county.db.batches"
    assert folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) == 0o700
    proposed(office, "--out", "自己的.xlsx")
    assert stat.S_IMODE((tmp_path / "自己的.xlsx").stat().st_mode) == 0o600
    office("batch", "cancel", "1", "--note", "再来")
    (tmp_path / "county.db").chmod(0o660)
    folder.chmod(0o2770)
    proposed(office, "--out", "签字稿.xlsx")
    assert stat.S_IMODE((tmp_path / "签字稿.xlsx").stat().st_mode) == 0o640
