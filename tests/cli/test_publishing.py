"""--notice, --html, --bank and --encrypt: what is written, and what is refused before anything is written."""

import os
import sys
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from rich.console import Console

from sanchuang_cli.cli import further_files
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.report import appendix
from sanchuang_cli.report.run import Run
from tests.command import SAMPLES, Sanchuang, book, own_policy, row
from tests.report.made_up import whole_run
from tests.report.postings import listed, many_payments, notice, payments

ORGS = SAMPLES / "orgs.xlsx"
NAME = "基层党组织分类定级和星级评定结果公示-2026"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return book(tmp_path / "乡.xlsx", [row(1), row(2)])


def decrypted(path: Path, password: str) -> bytes:
    plain = BytesIO()
    with path.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(plain)
    return plain.getvalue()


def test_notices_go_to_a_folder_of_their_own_and_never_into_the_workbook(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    posted = ("--notice", "公示", "--notice-from", "2026-12-28", "--policy", own_policy(tmp_path, "rate"))
    ran = sanchuang("rate", ORGS, "--period", "2026", *posted)
    assert ran.code == 0
    assert sorted(path.name for path in (tmp_path / "公示").iterdir()) == [f"{NAME}.docx", f"{NAME}.xlsx"]
    assert "公示：公示（2 个文件）" in ran.err
    document = zipfile.ZipFile(tmp_path / "公示" / f"{NAME}.docx").read("word/document.xml").decode()
    assert "2027年1月2日" in document
    workbook = openpyxl.load_workbook(tmp_path / "orgs-星级评定-2026.xlsx", read_only=True)
    assert not [name for name in workbook.sheetnames if "公示" in name]


@pytest.mark.parametrize("policy", ["rate", "m3-quota", "m1-badong-2010"])
def test_a_policy_that_is_an_example_is_posted_as_a_specimen_or_not_at_all(
    sanchuang: Sanchuang, roster: Path, tmp_path: Path, policy: str
) -> None:
    words = ("rate", roster, "--period", "2026", "--policy", policy, "--notice", "公示")
    refused = sanchuang(*words)
    assert refused.code == 2 and "是样本，不是本县的文件" in refused.err
    assert f"sanchuang policy show rate {policy} > 本县办法.toml" in refused.err
    assert list(tmp_path.iterdir()) == [roster]
    assert sanchuang(*words, "--draft").code == 0
    assert {path.stem[-3:] for path in (tmp_path / "公示").iterdir()} == {"-样张"}


def test_the_countys_own_policy_is_posted_and_a_specimen_of_it_where_one_is_asked_for(
    sanchuang: Sanchuang, roster: Path, tmp_path: Path
) -> None:
    words = ("rate", roster, "--period", "2026", "--policy", own_policy(tmp_path, "rate"), "--notice", "公示")
    assert sanchuang(*words).code == 0
    assert sorted(path.name for path in (tmp_path / "公示").iterdir()) == [f"{NAME}.docx", f"{NAME}.xlsx"]
    assert sanchuang(*words, "--draft").code == 0
    specimen, posted = ((tmp_path / "公示" / f"{NAME}{end}.docx") for end in ("-样张", ""))
    headers = [name for name in zipfile.ZipFile(specimen).namelist() if "header" in name]
    assert headers and all("样张" in zipfile.ZipFile(specimen).read(name).decode() for name in headers)
    assert not [name for name in zipfile.ZipFile(posted).namelist() if "header" in name]


def test_run_again_it_writes_the_same_bytes_over_them(sanchuang: Sanchuang, tmp_path: Path) -> None:
    words = (
        "rate",
        ORGS,
        "--period",
        "2026",
        "--on",
        "2026-12-31",
        "--quiet",
        "--notice",
        "n",
        "--draft",
        "--html",
        "p.html",
    )
    contents = []
    for _ in range(2):
        assert sanchuang(*words).code == 0
        contents.append({path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()})
    assert len(contents[0]) == 4
    assert contents[0] == contents[1]


def test_the_page_of_the_sample_has_its_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang("rate", ORGS, "--period", "2026", "--html", "p.html")
    assert "网页：p.html" in ran.err
    words = (tmp_path / "p.html").read_text("utf-8")
    for title in ("2026年基层党组织分类定级汇总表", "星级评定疑点（2026年）", "星级评定来源（2026年）"):
        assert f"<h2>{title}</h2>" in words


def test_unmasking_needs_a_reason_and_a_column_that_is_mAsked(
    sanchuang: Sanchuang, roster: Path, tmp_path: Path
) -> None:
    words = ("rate", roster, "--html", "p.html", "--unmask", "身份证号")
    assert (sanchuang(*words).code, sanchuang(*words, "--reason", "核查").code) == (2, 2)
    assert "--reason" in sanchuang(*words).err
    assert "没有遮盖着的栏目“身份证号”" in sanchuang(*words, "--reason", "核查").err
    assert list(tmp_path.iterdir()) == [roster]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--bank", "b"), "rate 用不着 --bank"),
        (("--notice-from", "2026-06-30"), "--notice"),
        (("--draft",), "--draft 要和 --notice"),
        (("--notice", "n"), "加 --draft"),
        (("--notice", "n", "--draft", "--notice-from", "6月30日"), "2026-06-30"),
        (("--html", "页面.xlsx"), ".html"),
        (("--encrypt",), "SANCHUANG_PASSWORD"),
        (("--encrypt", "--password-file", "没有.txt"), "密码文件"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    sanchuang: Sanchuang, roster: Path, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    ran = sanchuang("rate", roster, *words)
    assert ran.code == 2
    assert message in ran.err
    assert list(tmp_path.iterdir()) == [roster]


def test_encrypted_it_is_the_same_workbook(sanchuang: Sanchuang, roster: Path, tmp_path: Path) -> None:
    words = ("rate", roster, "--period", "2026", "--on", "2026-06-30", "--quiet")
    assert sanchuang(*words, "--out", "plain.xlsx").code == 0
    (tmp_path / "password.txt").write_text("文件里的密码\n另一个\n", "utf-8")
    assert sanchuang(*words, "--out", "a.xlsx", "--encrypt", "--password-file", "password.txt").code == 0
    assert sanchuang(*words, "--out", "b.xlsx", "--encrypt", SANCHUANG_PASSWORD="环境里的密码").code == 0
    for name, password in (("a.xlsx", "文件里的密码"), ("b.xlsx", "环境里的密码")):
        opened = zipfile.ZipFile(BytesIO(decrypted(tmp_path / name, password)))
        plain = zipfile.ZipFile(tmp_path / "plain.xlsx")
        assert opened.namelist() == plain.namelist()
        assert all(opened.read(part) == plain.read(part) for part in plain.namelist())


def test_a_password_is_asked_for_at_a_terminal_and_not_shown(roster: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="没有伪终端：输入密码没有试")
    words = [sys.executable, "-m", "sanchuang_cli", "rate", str(roster), "-q", "--encrypt", "--out", "o.xlsx"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SANCHUANG_P")}
    process, terminal = pty.fork()
    if not process:
        os.chdir(tmp_path)
        os.execve(sys.executable, words, environment)
    seen = b""
    for _ in range(2):
        while not seen.endswith("：".encode()):
            seen += os.read(terminal, 1000)
        os.write(terminal, b"typed\n")
        seen += os.read(terminal, 1)
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
    assert "再输一次：" in seen.decode()
    assert b"typed" not in seen
    assert decrypted(tmp_path / "o.xlsx", "typed").startswith(b"PK")


def paying(run: Run) -> Run:
    tables = (many_payments(3), payments(("王伟", "6217", 100), project="定补"))
    return replace(run, outcome=replace(run.outcome, payments=lambda: tables, notices=lambda: (notice(),)))


def test_what_a_programme_pays_and_posts_is_written_and_where_it_is_is_said(tmp_path: Path) -> None:
    options = Asked(bank=tmp_path / "银行" / "代发", notice=tmp_path / "公示", notice_from="2026-05-18")
    output = StringIO()
    run, further = further_files.prepared(paying(whole_run()), options)
    further_files.write(run, further, options, Console(file=output, width=200))
    assert sorted(path.name for path in (tmp_path / "银行" / "代发").iterdir()) == [
        "20261231_定补_01.xlsx",
        "20261231_星级评定_核对单.xlsx",
        "20261231_离任村干部生活补贴_01.xlsx",
    ]
    assert len(list((tmp_path / "公示").iterdir())) == 2
    assert "（3 个文件）" in output.getvalue()


def test_what_the_notice_finds_is_among_the_runs_findings() -> None:
    twins = listed(2, name="钱秀英", village="第2村", born=date(1941, 2, 2))
    run = whole_run()
    run = replace(run, outcome=replace(run.outcome, notices=lambda: (notice(twins),)))
    prepared, _ = further_files.prepared(run, Asked(notice=Path("n")))
    assert [f.code for f in prepared.outcome.findings if f not in run.outcome.findings] == [
        "notice.same-name"
    ]


def test_what_is_unmasked_and_why_is_recorded_with_the_sources() -> None:
    options = Asked(notice=Path("n"), unmask=["身份证号"], reason=" 县纪委核查 ")
    run, further = further_files.prepared(paying(whole_run()), options)
    facts: dict[str, str] = dict(appendix.sources(run).rows)
    assert (facts["公布时不遮盖的栏目"], facts["不遮盖的理由"]) == ("身份证号", "县纪委核查")
    assert "identity" in [column.name for column in further.posted[0].table.columns]
