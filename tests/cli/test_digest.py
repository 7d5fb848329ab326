"""The page for the morning shows what the night did and what waits, without personal data; one workbook for each township."""

import re
import shlex
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.unpaid_results import Stated, standing
from sanchuang_cli.roster.results import opened as opened_result
from tests.cli.test_ledger_command import HEADINGS, NAMES, cadre
from tests.cli.test_run_command import ROSTER, County, county, log, proposed
from tests.command import SAMPLES, book
from tests.command import county as orgs
from tests.ledger.county import account, number

__all__ = ["county", "proposed"]


def page() -> str:
    """What a reader sees of the page, line by line."""
    text = re.sub(r"(?s)<style>.*?</style>", "", Path("夜间摘要.html").read_text("utf-8"))
    text_only = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</tr>|</p>|</h.>", "\n", text)))
    return "\n".join(" ".join(line.split()) for line in text_only.splitlines())


def line_of(words: str) -> str:
    return next(line for line in page().splitlines() if words in line)


def test_the_page_says_what_each_job_did_and_what_waits_for_approval(county: County) -> None:
    book(ROSTER, [cadre(0), cadre(1), cadre(2, 身份证号="123")], HEADINGS)
    assert county("run", "jobs.toml").code == 1
    assert "完成，有事要办 1 1 3 1 1,010.00 0.00 1 subsidies-2026-07.xlsx" in line_of("生活补贴 2026-07")
    assert "没有名册，跳过" in line_of("星级评定")
    waits = line_of("2026年7月生活补贴发放 已提请")
    assert "台账.db 1 2026年7月生活补贴发放 已提请" in waits and waits.endswith(" 0 2 1,010.00")
    assert re.search(r"\d\d月\d\d日 \d\d:\d\d", waits)
    assert line_of("identity.").startswith("错误 1 ")
    assert "等审批的批次 1 个" in page()


def test_the_page_says_which_results_wait_for_approval(county: County) -> None:
    book(Path("收件/党组织/党组织.xlsx"), orgs())
    assert county("run", "jobs.toml", "--only", "星级评定").code == 0
    (stars,) = Path("结果").glob("rate*.xlsx")
    county("ledger", "propose", str(stars), "--by", "张三", "--ledger", "台账.db")
    county("run", "jobs.toml", "--only", "星级评定")
    waits = line_of("请审批：结果")
    assert f"结果 {stars.name}，星级评定（rate） 2026，张三 " in waits and str(stars.resolve()) in waits
    county("ledger", "approve", str(stars), "--by", "李四", "--ledger", "台账.db")
    county("run", "jobs.toml", "--only", "星级评定")
    assert "请审批" not in page() and "等审批的结果 0 个" in page()


@pytest.mark.parametrize(
    "out", ["结果/{programme}-{period}.xlsx", "结果/{programme}-{township}-{period}.xlsx"]
)
def test_the_workbooks_of_a_night_are_approved_with_its_batch(county: County, out: str) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("结果/{programme}-{period}.xlsx", out, 1), "utf-8")
    book(ROSTER, [cadre(0), cadre(1, 乡镇="望河乡")], HEADINGS)
    county("run", "jobs.toml", "--only", "生活补贴")
    made = [Stated.of(opened_result(path, path.name)) for path in Path("结果").glob("subsidies*.xlsx")]
    ledger = opened(Path("台账.db"))
    assert {result.approved for result in standing(ledger, made)} == {False}
    assert county("batch", "approve", "1", "--by", "李四", "--ledger", "台账.db").code == 0
    assert [result.approved for result in standing(ledger, made)] == [True] * (1 + ("township" in out))


def test_a_night_that_changed_nothing_shows_the_last_one_s_figures(proposed: County) -> None:
    proposed("batch", "approve", "1", "--by", "李四", "--ledger", "台账.db")
    proposed("run", "jobs.toml")
    proposed("run", "jobs.toml")
    line = line_of("生活补贴 2026-07")
    assert "没有变动，跳过（" in line and " 1 2 0 0.00 0.00 空批次 " in line
    assert "送银行：" in line_of("sanchuang batch send 1") and "等审批的批次 0 个" in page()
    assert "已审批" in line_of("台账.db 1 ")


def test_the_page_names_a_job_that_failed_and_why(county: County) -> None:
    ROSTER.write_bytes(b"no workbook")
    assert county("run", "jobs.toml").code == 2
    assert "未能运行的任务：生活补贴" in page()
    assert "名册.xlsx" in line_of("生活补贴 2026-07")


def test_the_page_has_nothing_of_a_person_and_loads_nothing(county: County) -> None:
    (ROSTER.parent / "members.xlsx").write_bytes((SAMPLES / "members.xlsx").read_bytes())
    county("run", "jobs.toml")
    text = page()
    sample = load_workbook(SAMPLES / "members.xlsx", read_only=True)
    names = {str(row[3].value) for row in sample["青禾镇"].iter_rows(min_row=5)}
    sample.close()
    assert len(names) > 80 and not [name for name in {*names, "王甲", "王乙"} if name in text]
    # a head may hold eleven figures in a row, whole or as the end of a batch's file name
    without_heads = re.sub(r"\b(?=\w*[a-f])[0-9a-f]{16,}\b|(?<=-)[0-9a-f]{12}(?=\.xlsx)", "", text)
    assert number(0) not in text and account(0) not in text and not re.search(r"\d{11}", without_heads)
    html = Path("夜间摘要.html").read_text("utf-8")
    assert "default-src 'none'" in html and not re.search(r"(?i)<(script|img|link|iframe)|https?://", html)
    assert Path("夜间摘要.html").stat().st_mode & 0o077 == 0


def test_what_a_killed_run_left_of_the_page_is_gone_after_the_next(county: County) -> None:
    Path(".夜间摘要.html.999999999.sanchuang-tmp").write_text("half", "utf-8")
    county("run", "jobs.toml", "--only", "星级评定")
    assert not list(Path().glob(".夜间摘要*"))


def test_the_page_can_be_put_elsewhere_or_left_out(county: County) -> None:
    jobs = Path("jobs.toml")
    plain = jobs.read_text("utf-8")
    jobs.write_text('digest = "网页/今晨.html"\n' + plain, "utf-8")
    county("run", "jobs.toml", "--only", "星级评定")
    assert Path("网页/今晨.html").is_file() and not Path("夜间摘要.html").exists()
    jobs.write_text('digest = ""\n' + plain, "utf-8")
    assert county("run", "jobs.toml", "--only", "星级评定").code == 0


def test_what_a_township_left_that_is_gone_is_named_by_the_job_and_by_whatever_reads_it(
    county: County,
) -> None:
    jobs = Path("jobs.toml")
    out = "结果/{programme}-{township}-{period}.xlsx"
    jobs.write_text(jobs.read_text("utf-8").replace("结果/{programme}-{period}.xlsx", out, 1), "utf-8")
    people = [cadre(n, 乡镇=town) for n, town in enumerate(("青禾镇", "望河乡", "石桥镇"))]
    book(ROSTER, people, HEADINGS)
    assert county("run", "jobs.toml", "--only", "生活补贴").code == 0
    book(ROSTER, people[:2], HEADINGS)
    ran = county("run", "jobs.toml", "--only", "生活补贴")
    told = "另有 1 份不是这次写的旧结果：结果/subsidies-石桥镇-2026-07.xlsx"
    assert ran.code == 1 and told in ran.err and told in line_of("生活补贴 2026-07")
    ran = county("report", "结果", "--out", "月报.xlsx")
    assert ran.code == 2 and "共 2 份的已经齐了，另有 1 份不是同一次运行的" in ran.err
    assert "subsidies-石桥镇-2026-07.xlsx（石桥镇（共 3 份））" in ran.err
    Path("结果/subsidies-石桥镇-2026-07.xlsx").unlink()
    assert county("report", "结果", "--out", "月报.xlsx").code in (0, 1)


@pytest.mark.parametrize(
    "out", ["结果/{programme}-{township}-{period}.xlsx", "结果/{township}/{period}.xlsx"]
)
def test_each_township_gets_its_own_workbook_and_the_county_one_batch(county: County, out: str) -> None:
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("结果/{programme}-{period}.xlsx", out, 1), "utf-8")
    people = [cadre(n, 乡镇=town) for n, town in enumerate(("青禾镇", "望河乡", "青禾镇"))]
    book(ROSTER, [*people, cadre(3, 乡镇="望河乡", 身份证号="123")], HEADINGS)
    ran = county("run", "jobs.toml", "--only", "生活补贴")
    assert ran.code == 1 and "提请批次 1" in ran.err and "等 2 个文件" in ran.err
    assert log()[0]["batches"] == {"payment": 1}
    townships = {
        town: str([row for sheet in load_workbook(path, read_only=True).worksheets for row in sheet.values])
        for town in ("青禾镇", "望河乡")
        for path in [Path(out.format(programme="subsidies", township=town, period="2026-07"))]
    }
    here = {town: {name for name in NAMES if f"王{name}" in text} for town, text in townships.items()}
    assert here == {"青禾镇": {"甲", "丙"}, "望河乡": {"乙", "丁"}}  # 丁 waits, on her own township's list
    assert "identity." in townships["望河乡"] and "identity." not in townships["青禾镇"]
    assert "另有 1 条待核实" in townships["望河乡"] and "待核实，未列入" not in townships["青禾镇"]
    assert "读取 2 = 已认定 1 + 待核实 1" in townships["望河乡"]
    assert "没有变动，跳过" in county("run", "jobs.toml").err
    Path(out.format(programme="subsidies", township="青禾镇", period="2026-07")).unlink()
    assert "没有变动，跳过" not in county("run", "jobs.toml", "--only", "生活补贴").err


def commands() -> list[list[str]]:
    """Every command that the page prints, as the shell takes it."""
    return [shlex.split(command) for command in re.findall(r"sanchuang ((?:batch|ledger) .*)", page())]


def test_every_command_on_the_page_runs_as_printed_from_any_folder(
    proposed: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who approves sits at the terminal under a login of their own, and is asked for the name."""
    book(Path("收件/党组织/党组织.xlsx"), orgs())
    assert proposed("run", "jobs.toml", "--only", "星级评定").code in (0, 1)
    assert (
        proposed("ledger", "propose", "结果/rate-2026.xlsx", "--by", "张三", "--ledger", "台账.db").code == 0
    )
    proposed("run", "jobs.toml")
    monkeypatch.setattr("sanchuang_cli.cli.approval.somebody_is_there", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *words, **more: "李四")
    home, ran = Path.cwd(), []
    for _ in range(3):
        before = commands()
        monkeypatch.chdir(tmp_path)
        for words in before:
            who = "李四" if "approve" in words else "张三"
            monkeypatch.setattr("tests.command.login_of", lambda _, who=who: f"{who} {who}")
            assert proposed(*words).code == 0, words
            ran.append(" ".join(words[:2]))
        monkeypatch.chdir(home)
        proposed("run", "jobs.toml")
    assert ran == ["batch approve", "ledger approve", "batch send", "batch paid"]
    assert commands() == []


def test_where_signatures_are_asked_for_the_page_prints_the_command_for_the_paper(county: County) -> None:
    Path("密码.txt").write_text("李四自己知道的密码\n", "utf-8")
    county("ledger", "approver", "key", "李四.key", "--password-file", "密码.txt")
    add = ("ledger", "approver", "add", "李四", "--public", "李四.key.pub", "--by", "李四", "--note", "任命")
    assert county(*add, "--ledger", "台账.db").code == 0
    county("run", "jobs.toml")
    (words,) = commands()
    assert words[:3] == ["batch", "paper", "1"]
    assert county(*words).code == 0 and Path("审批单-1.txt").is_file()


def test_the_page_names_the_one_file_to_sign(proposed: County) -> None:
    (copy,) = Path("台账.db.batches").glob("*.xlsx")
    assert str(copy.resolve()) in line_of("请签字：批次 1 2026年7月生活补贴发放，2 人，1,010.00 元")
    copy.unlink()
    proposed("run", "jobs.toml", "--force")
    assert "不见了" in line_of("请签字：批次 1")


def test_what_is_grave_stands_first_then_what_waits_then_counts_and_the_rare_before_the_many(
    county: County,
) -> None:
    book(ROSTER, [cadre(0), cadre(1, 身份证号="123"), cadre(2, 身份证号=""), cadre(3, 身份证号="")], HEADINGS)
    county("run", "jobs.toml")
    text = page()
    assert (
        text.index("请签字")
        < text.index("要看的疑点")
        < text.index("等待办理的批次")
        < text.index("各项任务")
    )
    rows = [line for line in text.splitlines() if line.startswith("错误 ")]
    assert [int(row.split()[1]) for row in rows] == sorted(int(row.split()[1]) for row in rows)


def test_a_ledger_that_does_not_hold_together_is_said_before_anything_else(proposed: County) -> None:
    (copy,) = Path("台账.db.batches").glob("*.xlsx")
    copy.chmod(0o600)
    copy.write_bytes(b"other")
    proposed("run", "jobs.toml")
    first = next(line for line in page().splitlines() if "不对" in line or "运行完毕" in line)
    assert "台账 台账.db 有 1 处不对" in first and "被人改过" in first
    (words,) = [command for command in commands() if "verify" in command]
    assert proposed(*words).code == 2, "it says the rest"
