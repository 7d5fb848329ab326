"""county.toml from `init` to the printed papers: what `init` asks, what it writes, and that it is used."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.cli.profile import Profile, bank_format, department_of, profile
from tests.cli.test_run_command import ROSTER, County, county
from tests.command import ROOT, Ran, own_policy, typed

__all__ = ["county"]

ANSWERS: dict[str, str | list[str]] = {
    "县名": "望川县",
    "组织部全称": "",
    "公示的落款": "中共望川县委",
    "公示的红头": "中共望川县委组织部文件",
    "监督电话": ["没有", "0434-3120001"],
    "咨询电话": "0434-3120002",
    "签字行": "部长、制表人：张三",
    "各乡镇": ["青禾镇、望河乡、青禾 镇", "望河乡，青禾镇"],
    "打印用纸": ["B5", "A3"],
    "银行代发": "农商行.toml",
}


class Terminal(io.StringIO):
    """Somebody who answers what is asked."""

    def isatty(self) -> bool:
        return True


def answered(monkeypatch: pytest.MonkeyPatch, answers: dict[str, str | list[str]]) -> list[str]:
    """Answer the questions of `init` by how they begin; an answer that is not taken is followed by the next."""
    asked: list[str] = []
    left: dict[str, Iterator[str]] = {
        question: iter([answer] if isinstance(answer, str) else answer)
        for question, answer in answers.items()
    }

    def prompt(question: str, default: str, **how: object) -> str:
        asked.append(question)
        return next(next(answer for begins, answer in left.items() if question.startswith(begins))) or default

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("typer.prompt", prompt)
    return asked


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> County:
    monkeypatch.chdir(tmp_path)
    return typed(monkeypatch, capsys)


def made(folder: str) -> Profile:
    written = profile(Path(folder) / "county.toml")
    assert written
    return written


def test_where_somebody_sits_at_the_terminal_it_asks_until_it_is_told_and_writes_what_was_said(
    office: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answered(monkeypatch, ANSWERS)
    ran = office("init", "工作", "--paid-through", "2026-06")
    assert ran.code == 0, ran.err
    assert len(asked) == len(ANSWERS) + 3
    assert "没有号码" in ran.err and "青禾镇 写了两次" in ran.err and "只能是 A4、A3" in ran.err
    written = made("工作")
    assert (written.department, written.county.seal, written.paper) == (
        "中共望川县委组织部",
        "中共望川县委",
        "A3",
    )
    assert written.office.signature == ("部长：", "制表人：张三", "联系电话：0434-3120002")
    assert written.office.supervision == "0434-3120001"
    assert [township.name for township in written.township] == ["望河乡", "青禾镇"]
    assert bank_format(None, Path("工作/county.toml")) == str(Path("工作/农商行.toml"))
    assert bank_format("generic", Path("工作/county.toml")) == "generic"


@pytest.mark.parametrize(
    ("folder", "name", "department"),
    [
        ("望川县", "望川县", "中共望川县委组织部"),
        ("清水区", "清水区", "中共清水区委组织部"),
        ("工作", "____县", ""),
    ],
)
def test_where_nobody_sits_there_it_asks_nothing_and_takes_the_county_from_the_folders_name(
    office: County, folder: str, name: str, department: str
) -> None:
    assert office("init", folder, "--paid-through", "2026-06").code == 0
    written = made(folder)
    assert (written.county.name, written.department, department_of(name)) == (name, department, department)
    assert written.office.signature == ("单位负责人：", "审核人：", "制表人：", "联系电话：")


def test_a_file_that_is_given_is_taken_as_it_is_and_one_that_is_no_profile_makes_nothing(
    office: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answered(monkeypatch, {})
    Path("旧.toml").write_text("# 本县的\n[county]\nname = '望川县'\n", "utf-8")
    assert office("init", "工作", "--paid-through", "2026-06", "--profile", "旧.toml").code == 0
    assert Path("工作/county.toml").read_text("utf-8") == Path("旧.toml").read_text("utf-8")
    Path("坏.toml").write_text("[county]\nnam = '望川县'\n", "utf-8")
    ran = office("init", "另一个", "--paid-through", "2026-06", "--profile", "坏.toml")
    assert ran.code == 2 and "是不是“name”" in ran.err
    assert not asked and not Path("另一个").exists()


def test_an_init_that_was_killed_is_finished_by_the_next(office: County) -> None:
    assert office("init", "望川县", "--paid-through", "2026-06").code == 0
    Path("望川县/jobs.toml").unlink()
    Path("望川县/county.toml").write_text("[coun", "utf-8")
    left = Path("望川县/.台账.db.4194304.sanchuang-tmp")  # a process that no system has
    left.hardlink_to("望川县/台账.db")  # as long as it stands, the ledger has two names
    assert office("init", "望川县", "--paid-through", "2026-06").code == 0
    assert not left.exists()
    assert made("望川县").county.name == "望川县"


def test_the_papers_of_a_batch_have_the_countys_signature_and_the_banks_files_its_format(
    county: County,
) -> None:
    banks = ROOT / "src" / "sanchuang_cli" / "policies" / "banks"
    layout = (banks / "generic.toml").read_text("utf-8").replace('format = "xlsx"', 'format = "csv"')
    Path("农商行.toml").write_text(layout, "utf-8")
    Path("county.toml").write_text(
        "bank_format = '农商行.toml'\n[county]\nname = '望川县'\n[[sign]]\nrole = '部长'\n[[sign]]\nrole = '会计'\n",
        "utf-8",
    )
    ledger = ("--ledger", "台账.db")
    asked = ("subsidies", ROSTER, "--period", "2026-07", "--by", "张三", "--out", "签字稿.xlsx")
    assert county("batch", "propose", *asked, *ledger).code == 0
    assert county("batch", "approve", "1", "--by", "李四", *ledger).code == 0
    assert county("batch", "send", "1", "--bank", "银行", *ledger).code == 0
    assert [path.suffix for path in sorted(Path("银行").iterdir())].count(".csv") == 1
    (check,) = Path("银行").glob("*核对单.xlsx")
    for path in (Path("签字稿.xlsx"), check):
        words = [str(cell) for line in load_workbook(path).worksheets[0].values for cell in line if cell]
        assert "部长：会计：联系电话：" in "".join(words).replace("　", "").replace(" ", ""), path
    direct = ("subsidies", ROSTER, "--period", "2026-07", "--out", "果.xlsx", "--bank")
    assert county(*direct, "甲").code == 0 and list(Path("甲").glob("*.csv"))
    assert county(*direct, "乙", "--bank-format", "generic").code == 0 and not list(Path("乙").glob("*.csv"))


def night(county: County, *lines: str) -> Ran:
    jobs = Path("jobs.toml")
    text = jobs.read_text("utf-8").replace('programme = "subsidies"\n', 'programme = "subsidies"\n{}\n', 1)
    Path("今夜.toml").write_text(text.replace("{}", "\n".join(lines), 1), "utf-8")
    return county("run", "今夜.toml", "--only", "生活补贴")


def test_a_job_posts_by_the_countys_own_policy_and_by_an_example_a_specimen_only(county: County) -> None:
    refused = night(county, 'notice = "公示"')
    assert refused.code == 2 and "是样本，不是本县的文件" in refused.err and not Path("公示").exists()
    checked = county("run", "今夜.toml", "--only", "生活补贴", "--check")
    assert checked.code == 2 and "是样本，不是本县的文件" in checked.err
    specimen = night(county, 'notice = "公示"', "draft = true")
    assert specimen.code == 0 and "公示样张在 公示" in specimen.err
    assert {path.stem[-3:] for path in Path("公示").iterdir()} == {"-样张"}
    own_policy(Path("政策"), "subsidies")
    Path("政策/本县办法.toml").replace("政策/subsidies.toml")
    assert night(county, 'notice = "公示"').code == 0
    assert {path.stem[-3:] == "-样张" for path in Path("公示").iterdir()} == {True, False}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("draft = true", "draft 要和 notice"),
        ('notise = "公示"', "notice"),
        (
            'previous = "结果/{year}.xlsx"',
            "previous“结果/{year}.xlsx”里只能用 {programme}、{period}、{before}",
        ),
        (
            'results = ["结果/{year}.xlsx"]',
            "results“结果/{year}.xlsx”里只能用 {programme}、{period}、{before}",
        ),
        ('previous = "结果/{programme}-{before}.xlsx"', "第一期还没有上一期的结果"),
    ],
)
def test_a_job_that_asks_for_what_cannot_be_is_refused(county: County, line: str, message: str) -> None:
    ran = night(county, line)
    assert ran.code == 2 and message in ran.err
