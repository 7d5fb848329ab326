"""A programme that reads the stars of a rating, as it is typed: unchanged, of the right year, approved where it must be."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from tests.cli.test_ledger_command import Office, office
from tests.cli.test_results_command import saved
from tests.command import Ran, book, county, row, run_in
from tests.ledger.county import account, number

__all__ = ["office"]

HEADINGS = ("乡镇", "所在党组织", "书记姓名", "身份证号", "银行账号")
POLICY = '[[edition]]\ntitle = "办法"\ndocument = "县字1号"\neffective = 2020-01-01\n'
ASKED = ("书记.xlsx", "--period", "2026-07", "--policy", "政策.toml")
TAKES = (*ASKED, "--result", "星级.xlsx")


NAMES = ("王甲", "王乙", "王丙", "王丁")


def secretary(who: int, branch: str) -> list[str]:
    return ["青禾镇", branch, NAMES[who], number(who), account(who)]


def joined(*words: object, **environment: str) -> Ran:
    """`sanchuang WORDS…` with the programmes that are not shipped, at the login of whoever runs the tests."""
    return run_in(Path.cwd(), "tests.joined")(*map(str, words), **environment)


@pytest.fixture
def rated(office: Office, tmp_path: Path) -> Office:
    """Twenty organisations and one elsewhere rated for 2025, and one too young to be; four secretaries, of whom two can
    be told."""
    whole = [*county(), row(21, 乡镇="别的镇"), row(22, 成立日期="2025-12-01")]
    book(tmp_path / "党组织.xlsx", whole)
    ran = office("rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "星级.xlsx", "-q")
    assert ran.code == 0, ran.err
    people = [secretary(0, "第1村党支部"), secretary(1, "第2村党支部"), secretary(2, "第21村党支部")]
    book(tmp_path / "书记.xlsx", [*people, secretary(3, "第22村党支部")], HEADINGS)
    (tmp_path / "政策.toml").write_text(POLICY, "utf-8")
    return office


def approve(office: Office) -> None:
    office("ledger", "propose", "星级.xlsx", "--by", "张三")
    assert office("ledger", "approve", "星级.xlsx", "--by", "李四").code == 0


def test_the_stars_come_with_their_cells_and_what_cannot_be_told_is_set_aside(rated: Office) -> None:
    saved("星级.xlsx")
    ran = joined("garlands", *TAKES, "--out", "花.xlsx", "--json")
    assert ran.code == 1, ran.err
    told = json.loads(ran.out)
    (page,) = (table for table in told["tables"] if table["name"] == "名单")
    cells = load_workbook("星级.xlsx")["分类定级汇总表"]
    for *_, stars, place in page["rows"]:
        assert place.startswith("星级.xlsx 分类定级汇总表 ") and place.endswith("（星级）")
        assert stars == cells[place.split()[2].partition("（")[0]].value
    assert sorted(one[2] for one in page["rows"]) == ["王乙", "王甲"]
    assert [(one["code"], one["row"]) for one in told["findings"] if one["code"].startswith("join")] == [
        ("join.none", 5),
        ("join.blank", 6),
    ]
    assert {one["file"] for one in told["inputs"]} == {"书记.xlsx", "星级.xlsx"}


def test_explain_crosses_the_border(rated: Office) -> None:
    ran = joined("explain", "garlands", "王甲", *TAKES)
    assert ran.code == 0, ran.err
    assert "星级.xlsx 分类定级汇总表" in ran.out
    ran = joined("explain", "garlands", "王丙", *TAKES)
    assert "里没有这一行" in ran.out


def changed(whole: Any) -> None:
    sheet = whole["分类定级汇总表"]
    heads = {cell.value: cell.column for line in sheet.iter_rows(max_row=6) for cell in line}
    sheet.cell(8, heads["星级"]).value = 5


def test_a_changed_star_stops_the_run_with_its_cell(rated: Office) -> None:
    saved("星级.xlsx", changed)
    ran = joined("garlands", *TAKES, "--out", "花.xlsx")
    assert ran.code == 2 and not Path("花.xlsx").exists()
    assert "星级.xlsx：写出以后被改过，不能当作结果用：工作表“分类定级汇总表”" in ran.err
    assert "8 和写出时不一样" in ran.err


@pytest.mark.parametrize("programme", ["garlands", "bonus"])
def test_what_must_be_approved_is_refused_until_it_is(rated: Office, programme: str) -> None:
    if programme == "garlands":
        Path("政策.toml").write_text(POLICY + '[edition.stars]\nmust = "approved"\n', "utf-8")
    words = (programme, *TAKES, "--out", "出.xlsx")
    ran = joined(*words, SANCHUANG_LEDGER="")
    assert ran.code == 2 and "政策要求星级取自审批过的结果：请用 --ledger 给出审批它的台账" in ran.err
    for more in ((), ("--ledger", "county.db")):
        ran = joined(*words, *more)
        assert ran.code == 2 and not Path("出.xlsx").exists()
        assert "台账 county.db 里没有审批过 星级.xlsx，不能取它的星级" in ran.err
        assert "sanchuang ledger propose 星级.xlsx --by 经办人姓名" in ran.err
        assert "sanchuang ledger approve 星级.xlsx --by 审批人姓名" in ran.err
    rated("ledger", "propose", "星级.xlsx", "--by", "张三")
    assert joined(*words).code == 2, "proposed is not approved"
    assert rated("ledger", "approve", "星级.xlsx", "--by", "李四").code == 0
    saved("星级.xlsx")
    ran = joined(*words, "--ledger", "county.db")
    assert ran.code == 1, ran.err


def test_a_result_that_was_approved_anew_is_told_and_one_that_was_checked_judges_alike(rated: Office) -> None:
    approve(rated)
    rated("rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-30", "--out", "新.xlsx", "-q")
    rated("ledger", "propose", "新.xlsx", "--by", "张三")
    words = ("bonus", *TAKES, "--out", "出.xlsx")
    assert "join.newer" not in joined(*words).err
    rated("ledger", "approve", "新.xlsx", "--by", "李四")
    ran = joined(*words)
    assert ran.code == 1 and "星级.xlsx 审批以后，同一期的结果又审批过一份：新.xlsx" in ran.err
    found = joined("check", "书记.xlsx", "--for", "bonus", *TAKES[1:], "--json")
    assert found.code == 1, found.err
    codes = {one["code"] for one in json.loads(found.out)["findings"]}
    assert {"join.none", "join.blank"} <= codes


def test_money_goes_by_the_approved_stars_from_the_proposal_to_the_entries(rated: Office) -> None:
    propose = ("batch", "propose", "bonus", *TAKES, "--by", "张三", "--ledger", "county.db")
    assert joined(*propose).code == 2
    approve(rated)
    ran = joined(*propose)
    assert ran.code == 1, ran.err
    assert rated("ledger", "rule", "one-login", "--by", "张三", "--note", "文号").code == 0
    assert rated("batch", "approve", "1", "--by", "李四").code == 0
    assert rated("batch", "send", "1", "--bank", "银行").code == 0
    with opened(Path("county.db")).reading() as connection:
        sums = posted(connection, "bonus")
    assert {one.fen for one in sums.values()} == {300_00} and len(sums) == 2
    assert {key.component for key in sums} == {"绩效"}
    assert rated("ledger", "verify").code == 0


def test_a_night_proposes_by_results_once_they_are_approved(rated: Office) -> None:
    Path("jobs.toml").write_text(
        'maker = "张三"\ndigest = ""\n[[job]]\nname = "绩效"\nprogramme = "bonus"\ninputs = ["书记.xlsx"]\n'
        'period = "2026-07"\npolicy = "政策.toml"\nresults = ["星级.xlsx"]\nledger = "county.db"\nout = "绩效.xlsx"\n',
        "utf-8",
    )
    ran = joined("run", "jobs.toml")
    assert ran.code == 2 and "绩效：未能运行。台账 " in ran.err and "里没有审批过 星级.xlsx" in ran.err
    approve(rated)
    ran = joined("run", "jobs.toml")
    assert ran.code == 1 and "提请批次 1" in ran.err, ran.err
    assert "没有变动，跳过" in joined("run", "jobs.toml").err
    saved("星级.xlsx", changed)
    ran = joined("run", "jobs.toml")
    assert ran.code == 2 and "和写出时不一样" in ran.err


def test_what_is_missing_of_another_year_or_of_no_use_is_refused_with_what_to_give(
    rated: Office,
) -> None:
    def refused(*words: str) -> str:
        ran = joined(*words)
        assert ran.code == 2, ran.err
        return ran.err

    assert "星级要取自星级评定的结果：请用 --result 给出 sanchuang rate 写出的工作簿" in refused(
        "garlands", *ASKED
    )
    rated("rate", "党组织.xlsx", "--period", "2026", "--on", "2026-07-31", "--out", "今年.xlsx", "-q")
    told = refused("garlands", *ASKED, "--result", "今年.xlsx")
    assert "今年.xlsx 是2026年的结果，这里要2025年的" in told
    rated("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "补贴.xlsx", "-q")
    told = refused("garlands", *TAKES, "--result", "补贴.xlsx")
    assert "补贴.xlsx 是生活补贴（subsidies）的结果，garlands 不用，请去掉" in told
    assert "这不是本程序写出的结果" in refused("garlands", *ASKED, "--result", "党组织.xlsx")
    Path("政策.toml").write_text(POLICY + "without = true\n", "utf-8")
    assert "garlands 不用 --result，请去掉" in refused("garlands", *TAKES)
    assert "subsidies 不用 --result" in refused(
        "batch",
        "propose",
        "subsidies",
        "7月.xlsx",
        "--period",
        "2026-07",
        "--result",
        "星级.xlsx",
        "--ledger",
        "county.db",
    )


def test_townships_parts_are_taken_together_or_not_at_all(rated: Office) -> None:
    rated(
        "rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "分/{township}.xlsx", "-q"
    )
    parts = sorted(Path("分").glob("*.xlsx"))
    assert len(parts) == 2
    ran = joined("garlands", *ASKED, "--result", parts[0])
    assert ran.code == 2 and "--result 给的是分乡镇的结果，共 2 份，这里只有 1 份" in ran.err
    ran = joined("garlands", *ASKED, "--result", "分", "--out", "花.xlsx")
    assert ran.code == 1, ran.err
    for more in ("星级.xlsx", shutil.copy(parts[0], "又一份.xlsx")):
        ran = joined("garlands", *ASKED, "--result", "分", "--result", more)
        assert ran.code == 2 and "给了两份以上" in ran.err, ran.err


def test_only_what_a_programme_can_use_is_its_option(rated: Office) -> None:
    for words in (("explain",), ("check",), ("batch", "propose"), ("pay",)):
        assert "--result" in rated(*words, "--help").out, words
    for programme in ("rate", "subsidies", "checkups"):
        assert "--result" not in rated(programme, "--help").out, programme
    assert "--bank" not in joined("garlands", "--help").out
    assert "--ledger" in joined("garlands", "--help").out
