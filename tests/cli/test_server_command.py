"""The commands with a ledger on a server: a county's month at two desks, and no password anywhere."""

import html
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sanchuang_cli.ledger import file
from sanchuang_cli.ledger.address import LedgerFile
from tests import postgres
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.cli.test_run_command import shortened
from tests.command import Ran, book, login_of, own_policy, typed
from tests.ledger.test_address import HAS_PASSWORD, SECRET

County = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> County:
    monkeypatch.chdir(tmp_path)
    return typed(monkeypatch, capsys)


def written(folder: Path) -> bytes:
    """All that stands in files of the folder, and their names."""
    return b"\n".join(
        str(path).encode() + path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    )


@pytest.mark.parametrize("address", HAS_PASSWORD)
def test_no_command_says_or_writes_the_password_of_an_address(
    address: str, run: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = book(tmp_path / "7月.xlsx", [cadre(0)], HEADINGS)
    for words in (
        ("ledger", "verify"),
        ("ledger", "init", "--paid-through", "2026-06"),
        ("batch", "propose", "subsidies", roster, "--period", "2026-07", "--by", "张三"),
        ("subsidies", roster, "--period", "2026-07"),
        ("init", "县", "--paid-through", "2026-06"),
        ("doctor", "."),
    ):
        ran = run(*words, "--ledger", address)
        assert ran.code == 2 and SECRET not in ran.out + ran.err, words
        assert "台账地址" in ran.err
    monkeypatch.setenv("SANCHUANG_LEDGER", address)
    for looking in (("batch", "list"), ("notice", roster)):
        ran = run(*looking)
        assert ran.code == 2 and SECRET not in ran.out + ran.err, looking
    monkeypatch.delenv("SANCHUANG_LEDGER")
    assert run("ledger", "copy", "county.db", address).err.count(SECRET) == 0
    roster.unlink()
    jobs = f"""maker = "夜间任务"
[[job]]
name = "补贴"
programme = "subsidies"
inputs = ["*.xlsx"]
period = "2026-07"
out = "结果.xlsx"
ledger = {json.dumps(address)}
"""
    Path("jobs.toml").write_text(jobs, "utf-8")
    for night in (("run", "jobs.toml"), ("run", "jobs.toml", "--check"), ("doctor", ".")):
        ran = run(*night)
        assert ran.code == 2 and SECRET not in ran.out + ran.err and "台账地址" in ran.out + ran.err, night
    Path("jobs.toml").unlink()
    assert SECRET.encode() not in written(tmp_path)


@pytest.mark.installed
def test_a_month_at_two_desks_whose_passwords_stand_in_their_password_files_alone(
    run: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = postgres.cluster()
    database = cluster.database()
    desks = {"secret": cluster.server(database, "secret"), "checker": cluster.server(database, "checker")}
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:secret:{postgres.SECRET}\n", "utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    said = []

    def at_a_desk(*words: object, as_role: str = "") -> Ran:
        role = as_role or ("checker" if login_of(words).endswith("lisi") else "secret")
        monkeypatch.setenv("HOME", str(tmp_path / role))
        monkeypatch.setenv("SANCHUANG_LEDGER", str(desks[role]))
        ran = run(*words)
        said.append(ran.out + ran.err)
        return ran

    assert at_a_desk("init", "县", "--paid-through", "2026-06", "--ledger", desks["secret"]).code == 0
    assert not (tmp_path / "县" / "台账.db").exists()
    monkeypatch.chdir("县")
    jobs = Path("jobs.toml")
    assert f'ledger = "{desks["secret"]}"' in jobs.read_text("utf-8")
    jobs.write_text(shortened(jobs.read_text("utf-8")).replace('"last-month"', '"2026-07"'), "utf-8")
    Path("政策/subsidies.toml").write_bytes(Path(own_policy(Path(), "subsidies")).read_bytes())
    book(Path("收件/人员/名册.xlsx"), [cadre(0), cadre(1)], HEADINGS)
    assert "提请批次 1" in at_a_desk("run", "jobs.toml").err
    assert "没有变动，跳过" in at_a_desk("run", "jobs.toml").err
    page = Path("夜间摘要.html").read_text("utf-8")
    others = str(desks["secret"]).replace("secret@", "")  # without the role of the night
    assert f"sanchuang batch show 1 --ledger '{others}'" in html.unescape(page)
    (paper,) = re.findall(r"工作簿：(\S+\.xlsx)", at_a_desk("batch", "show", 1, as_role="checker").err)
    assert paper.startswith(str(tmp_path / "checker"))
    assert "须用另一个登录名" in at_a_desk("batch", "approve", 1, "--by", "赵六").err
    assert at_a_desk("batch", "approve", 1, "--by", "李四").code == 0
    assert at_a_desk("batch", "send", 1, "--bank", "银行", "--by", "李四").code == 0
    assert at_a_desk("batch", "paid", 1).code == 0
    assert "批次 1 已发放" in at_a_desk("notice", "结果/subsidies-2026-07.xlsx", "--draft").err
    assert at_a_desk("person", "王甲", ".", "--ledger", desks["secret"]).code == 0
    doctor = at_a_desk("doctor", ".")
    assert "核对无误，分录 2 条" in doctor.out and "fsync = off" in doctor.out
    assert at_a_desk("ledger", "backup", "备份").code == 0
    assert at_a_desk("ledger", "export", "--out", "分录.xlsx").code == 0
    assert "逐行核对相同" in at_a_desk("ledger", "copy", desks["secret"], "搬回.db").err
    passwords.unlink()
    assert postgres.SECRET not in "".join(said)
    assert postgres.SECRET.encode() not in written(tmp_path)


@pytest.mark.installed
def test_the_second_desk_s_working_folder_takes_the_ledger_that_is_there(
    run: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = postgres.cluster()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    place = cluster.server(cluster.database())
    assert run("init", "一", "--paid-through", "2026-06", "--ledger", place).code == 0
    assert run("init", "二", "--paid-through", "2026-06", "--ledger", place).code == 0
    ran = run("init", "三", "--paid-through", "2026-05", "--ledger", place)
    assert ran.code == 2 and "启用的月份不同" in ran.err
    ran = run("init", "四", "--paid-through", "2026-06", "--ledger", "别处.db")
    assert ran.code == 2 and "只写数据库地址" in ran.err and not Path("四").exists()


def test_without_the_driver_it_is_said_how_to_get_it(run: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ran = run("ledger", "verify", "--ledger", "postgresql://localhost/ledger")
    assert ran.code == 2 and "没有装连接 PostgreSQL 的驱动" in ran.err and "[postgresql]" in ran.err


def test_a_server_that_does_not_answer_is_told_and_nothing_is_proposed(run: County, tmp_path: Path) -> None:
    roster = book(tmp_path / "7月.xlsx", [cadre(0)], HEADINGS)
    before = sorted(Path().iterdir())
    ran = run(
        "batch", "propose", "subsidies", roster, "--period", "2026-07", "--by", "张三",
        "--ledger", "postgresql://localhost:1/ledger",
    )  # fmt: skip
    assert ran.code == 2 and "连不上" in ran.err and sorted(Path().iterdir()) == before


@pytest.mark.installed
def test_the_ledger_copied_from_a_file_is_told_to_be_the_one_to_use(
    run: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = postgres.cluster()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    place = cluster.server(cluster.database())
    assert run("ledger", "init", "--ledger", "台账.db", "--paid-through", "2026-06").code == 0
    ran = run("ledger", "copy", "台账.db", place)
    assert ran.code == 0 and f"以后都用 {place}" in ran.err
    assert file.opened(place).settled() == file.opened(LedgerFile(Path("台账.db"))).settled()
    assert run("ledger", "copy", "台账.db", place).code == 2
