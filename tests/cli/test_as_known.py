"""`sanchuang run --as-known DAY`: what was known on a day is made again, byte for byte, and nothing else is touched."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sanchuang_cli import __version__
from sanchuang_cli.cli import clock, codeprint
from sanchuang_cli.cli.snapshots import INDEX
from sanchuang_cli.report import locking
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.command import Ran, book, row, typed
from tests.stages import Stages

County = Callable[..., Ran]
ROSTER, KEPT = Path("收件/人员/名册.xlsx"), Path("快照")
JOBS = """
maker = "夜间任务"
digest = ""
[snapshots]
keep_days = 1100
{locked}
[[job]]
name = "生活补贴"
programme = "subsidies"
inputs = ["收件/人员"]
period = "last-month"
policy = "政策/subsidies.toml"
screen = ["收件/死亡.xlsx"]
ledger = "台账.db"
notice = "公示"
draft = true
out = "结果/{{township}}/subsidies-{{period}}.xlsx"

[[job]]
name = "星级评定"
programme = "rate"
inputs = ["收件/党组织"]
period = "this-year"
previous = "定案/{{programme}}-{{before}}.xlsx"
details = true
out = "结果/rate-{{period}}.xlsx"

[[job]]
name = "期限一览"
programme = "due"
inputs = ["结果"]
period = "this-month"
out = "结果/due-{{period}}.xlsx"
"""


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stages: Stages) -> County:
    """`sanchuang WORDS…` in a county's working folder that keeps snapshots."""
    run, folder = typed(monkeypatch, capsys), stages.nothing()

    def laid_out() -> None:
        assert run("init", folder, "--paid-through", "2026-06", "--keep").code == 0
        (folder / "jobs.toml").write_text(JOBS.format(locked=""), "utf-8")
        book(folder / ROSTER, [cadre(0), cadre(1)], HEADINGS)
        book(folder / "收件/死亡.xlsx", [["张某", "110101193001011234"]], ("姓名", "身份证号"))
        book(folder / "收件/党组织/党组织.xlsx", [row(1), row(2)])
        for year in {2025, date.today().year - 1}:
            settled = ("--period", year, "--out", folder / f"定案/rate-{year}.xlsx")
            (folder / "定案").mkdir(exist_ok=True)
            assert run("rate", folder / "收件/党组织/党组织.xlsx", *settled).code == 0

    monkeypatch.chdir(stages.reach("keeps snapshots", laid_out))
    return run


After = Callable[..., County]


@pytest.fixture
def after(county: County, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> After:
    """The same after a night of today. only: of which job, all where it is ""; locked: the snapshots are, with the password 秘密."""

    def night(only: str = "", locked: bool = False) -> County:
        def run() -> None:
            if locked:
                lock_with("秘密")
            assert county("run", "jobs.toml", *(("--only", only) if only else ())).code == 0

        monkeypatch.chdir(stages.reach(f"kept {only} {locked} {date.today()}", run))
        return county

    return night


Clock = Callable[[str], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of this machine to a day."""

    def setting(day: str) -> None:
        class Stopped(date):
            @classmethod
            def today(cls) -> "Stopped":
                return cls.fromisoformat(day)

        monkeypatch.setattr(clock, "date", Stopped)

    return setting


def whole(folder: Path, *without: str) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not str(path.relative_to(folder)).startswith(without)
    }


def results() -> dict[str, bytes]:
    return {path: content for path, content in whole(Path()).items() if path.startswith(("结果", "公示"))}


def newest_edition(text: str, effective: str) -> str:
    """A policy with one edition more: the last one again, in force from another day, with other sums."""
    last = text[text.rindex("[[edition]]") :]
    later = re.sub(r"(?m)^effective = .*$", f"effective = {effective}", last, count=1)
    raised = later.replace('"书记" = 485', '"书记" = 492').replace('document = "', 'document = "新', 1)
    assert raised != later
    return f"{text}\n{raised}"


def test_every_day_of_several_nights_is_made_again_byte_for_byte(county: County, set_clock: Clock) -> None:
    known: dict[str, dict[str, bytes]] = {}

    def night(day: str) -> None:
        set_clock(day)
        assert county("run", "jobs.toml").code in (0, 1)  # a batch waits that the roster has left behind
        known[day] = results()

    night("2026-08-03")
    book(ROSTER, [cadre(0), cadre(1, 任职经历="1980-01至1990-12 书记"), cadre(2)], HEADINGS)
    night("2026-08-04")  # a corrected roster
    policy = Path("政策/subsidies.toml")
    policy.write_text(newest_edition(policy.read_text("utf-8"), "2026-07-01"), "utf-8")
    night("2026-08-05")  # a new edition
    night("2026-08-06")  # nothing changed
    county("batch", "cancel", "1", "--ledger", "台账.db", "--by", "李四")
    Path("county.toml").write_text(
        Path("county.toml").read_text("utf-8").replace('name = "青禾镇"', 'name = "望河镇"'), "utf-8"
    )
    night("2026-09-02")  # another month, another ledger
    assert len({json.dumps({path: hashlib.sha256(c).hexdigest() for path, c in day.items()}) for day in known.values()}) == 5  # fmt: skip
    set_clock("2027-03-01")
    live = whole(Path())
    for day, then in known.items():
        ran = county("run", "jobs.toml", "--as-known", day, "--out", f"重现{day}")
        assert ran.code == 0 and "逐字节相同" in ran.err and "不同" not in ran.err
        again = whole(Path(f"重现{day}"))
        assert again and all(then[path] == content for path, content in again.items())
        assert any("subsidies" in path for path in again) and any("公示" in path for path in again)
    assert whole(Path(), "重现") == live


def test_a_night_that_leaves_a_result_to_its_batch_is_made_again_as_it_was(
    county: County, set_clock: Clock
) -> None:
    set_clock("2026-08-03")
    county("run", "jobs.toml", "--only", "生活补贴")
    county("batch", "approve", "1", "--ledger", "台账.db", "--by", "李四")
    book(ROSTER, [cadre(0, 姓名="王申"), cadre(1)], HEADINGS)
    then = results()
    set_clock("2026-08-04")
    assert "没有重写" in county("run", "jobs.toml", "--only", "生活补贴").err
    assert results() == then
    assert county("run", "jobs.toml", "--as-known", "2026-08-04").code == 0
    again = whole(Path("重现-2026-08-04"))
    assert again and all(then[path] == content for path, content in again.items())


def test_a_day_between_two_nights_knows_what_the_earlier_one_knew(county: County, set_clock: Clock) -> None:
    set_clock("2026-08-03")
    county("run", "jobs.toml", "--only", "生活补贴")
    then = results()
    book(ROSTER, [cadre(0), cadre(1), cadre(2)], HEADINGS)
    set_clock("2026-08-20")
    county("run", "jobs.toml", "--only", "生活补贴")
    assert county("run", "jobs.toml", "--as-known", "2026-08-19").code == 0
    again = whole(Path("重现-2026-08-19"))
    assert all(then[path] == content for path, content in again.items())


def test_a_run_that_was_made_later_counts_though_the_clock_was_set_back(
    county: County, set_clock: Clock
) -> None:
    set_clock("2026-08-05")
    county("run", "jobs.toml", "--only", "生活补贴")
    book(ROSTER, [cadre(0), cadre(1), cadre(2)], HEADINGS)
    set_clock("2026-08-03")
    county("run", "jobs.toml", "--only", "生活补贴")
    then = results()
    assert county("run", "jobs.toml", "--as-known", "2026-08-05", "--only", "生活补贴").code == 0
    again = whole(Path("重现-2026-08-05"))
    assert again and all(then[path] == content for path, content in again.items())


def test_the_county_toml_of_the_folder_where_it_is_typed_has_no_say(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("county.toml").unlink()
    county("run", "jobs.toml")
    then, jobs = results(), Path("jobs.toml").resolve()
    (tmp_path / "county.toml").write_text('paper = "A3"\n[county]\nname = "别县"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert county("run", jobs, "--as-known", str(date.today()), "--out", "重现").code == 0
    assert all(then[path] == content for path, content in whole(Path("重现")).items())


def test_another_program_is_named_and_compared_and_never_claimed(
    after: After, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = after("星级评定")
    monkeypatch.setattr("sanchuang_cli.report.appendix.__version__", "9.9")
    monkeypatch.setattr("sanchuang_cli.cli.codeprint.__version__", "9.9")
    codeprint.program.cache_clear()
    ran = county("run", "jobs.toml", "--as-known", str(date.today()), "--only", "星级评定")
    codeprint.program.cache_clear()
    assert ran.code == 1 and f"程序已不是当时的：程序版本当时 {__version__}，现在 9.9" in ran.err
    assert "逐字节相同" not in ran.err and "现为“sanchuang 9.9”" in ran.err
    (then,) = Path(f"重现-{date.today()}").rglob("*（当时写出的）.xlsx")
    assert then.read_bytes() == Path("结果", then.name.replace("（当时写出的）", "")).read_bytes()


def of_roster() -> Path:
    return KEPT / hashlib.sha256(ROSTER.read_bytes()).hexdigest()


def lock_with(password: str) -> None:
    Path("密码.txt").write_text(f"{password}\n", "utf-8")
    Path("jobs.toml").write_text(JOBS.format(locked='password_file = "密码.txt"'), "utf-8")


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize(("harm", "said"), [(b"", "已经没有了"), (b"bit", "被改过"), (b"swap", "被改过")])
def test_a_snapshot_that_is_gone_or_was_changed_is_refused_with_its_file(
    after: After, locked: bool, harm: bytes, said: str
) -> None:
    county = after(locked=locked)
    file = of_roster()
    if harm == b"swap":
        other = next(path for path in KEPT.iterdir() if path != file and path.suffix == "")
        file.write_bytes(other.read_bytes())
    elif harm:
        file.write_bytes(file.read_bytes()[:-1] + bytes([file.read_bytes()[-1] ^ 1]))
    else:
        file.unlink()
    ran = county("run", "jobs.toml", "--as-known", str(date.today()))
    assert ran.code == 2 and said in ran.err and "名册.xlsx" in ran.err and file.name in ran.err
    assert not list(Path().glob("*重现*"))


@pytest.mark.parametrize("change", ["edited", "taken out"])
def test_a_list_that_was_changed_is_refused_with_its_line(after: After, change: str) -> None:
    county = after()
    lines = (KEPT / INDEX).read_text("utf-8").splitlines(keepends=True)
    lines[0] = lines[0].replace("生活补贴", "生活补帖") if change == "edited" else ""
    (KEPT / INDEX).write_text("".join(lines), "utf-8")
    ran = county("run", "jobs.toml", "--as-known", str(date.today()))
    assert ran.code == 2 and f"{INDEX} 第 1 行被改过" in ran.err


def test_a_locked_roster_is_read_again_and_its_password_is_not_kept(county: County) -> None:
    locking.lock(ROSTER, "名册密码")
    Path("名册密码.txt").write_text("名册密码\n", "utf-8")
    jobs = Path("jobs.toml")
    jobs.write_text(
        jobs.read_text("utf-8").replace("ledger =", 'password_file = "名册密码.txt"\nledger =', 1), "utf-8"
    )
    assert county("run", "jobs.toml", "--only", "生活补贴").code == 0
    then = results()
    secret = hashlib.sha256(Path("名册密码.txt").read_bytes()).hexdigest()
    assert secret not in {path.name for path in KEPT.iterdir()}
    assert county("run", "jobs.toml", "--as-known", str(date.today()), "--out", "重现").code == 0
    assert all(then[path] == content for path, content in whole(Path("重现")).items())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-known", "昨天"), "日期“昨天”看不懂"),
        (("--as-known", "1999-01-01"), "那天还没有快照，最早的一次是"),
        (("--as-known", "2999-01-01"), "还没有到"),
        (("--as-known", "TODAY", "--only", "无"), "没有任务“无”"),
        (("--as-known", "TODAY", "--out", "收件"), "已经有了"),
        (("--as-known", "TODAY", "--force"), "不和 --check、--force 一起用"),
        (("--out", "别处"), "要和 --as-known 一起用"),
    ],
)
def test_what_cannot_be_made_again_is_said_in_one_sentence(
    after: After, words: tuple[str, ...], said: str
) -> None:
    county = after("星级评定")
    ran = county("run", "jobs.toml", *(word.replace("TODAY", str(date.today())) for word in words))
    assert ran.code == 2 and said in ran.err


def test_without_snapshots_it_is_said_how_to_keep_them(county: County) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("[snapshots]\nkeep_days = 1100\n", ""), "utf-8")
    county("run", "jobs.toml", "--only", "星级评定")
    ran = county("run", "jobs.toml", "--as-known", str(date.today()))
    assert ran.code == 2 and "[snapshots]" in ran.err and not KEPT.exists()


def test_the_clock_stands_still_during_a_job(set_clock: Clock) -> None:
    set_clock("2026-08-03")
    with clock.stopped_on(clock.today()):
        set_clock("2026-08-04")
        assert clock.today() == date(2026, 8, 3)
    assert clock.today() == date(2026, 8, 4)
