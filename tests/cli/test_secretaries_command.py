"""`sanchuang secretaries` as it is typed: other documents, the result of a rating, and rosters that lack what they may lack."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import SAMPLES, book, typed
from tests.goldens.test_secretaries import SECRETARIES, VOTES, villages

Office = Callable[..., Any]
ON = ("--period", "2026", "--on", "2026-11-28", "--quiet", "--out", "结果.xlsx")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """`sanchuang WORDS…` in an empty folder, in this process, to be quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


def sheet(name: str, path: str = "结果.xlsx") -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def pages(path: str = "结果.xlsx") -> list[str]:
    return list(openpyxl.load_workbook(path).sheetnames)


def test_another_documents_list_stands_on_a_page_of_its_own_and_changes_nothing_of_ours(
    office: Office,
) -> None:
    book(Path("名册.xlsx"), villages(), SECRETARIES, title="村党组织书记名册")
    assert office("secretaries", "名册.xlsx", *ON).code == 1
    ours = {name: sheet(name) for name in pages() if name != "来源"}
    also = ("--also", "linzhang-2016", "--also", "weak-list-2019")
    assert office("secretaries", "名册.xlsx", *also, *ON).code == 1
    theirs = {name: sheet(name) for name in pages() if name != "来源"}
    assert {name: theirs[name] for name in ours} == ours
    assert set(theirs) - set(ours) == {"另按linzhang-2016", "另按weak-list-2019"}
    said = {row[3]: row[4] for row in sheet("另按linzhang-2016") if isinstance(row[0], int)}
    assert said == {"钱老届": "只有本县列", None: "只有本县列", "李双末": "两份都列", "陈没届": "只有本县列"}
    assert any("名册没有这些栏，没有判断：书记不胜任" in str(row[0]) for row in sheet("另按weak-list-2019"))


def test_a_document_that_says_the_same_or_does_not_exist_is_refused(office: Office) -> None:
    book(Path("名册.xlsx"), villages(), SECRETARIES, title="村党组织书记名册")
    assert "同一份规定" in office("secretaries", "名册.xlsx", "--also", "secretaries", *ON).err
    ran = office("secretaries", "名册.xlsx", "--also", "没有的.toml", *ON)
    assert ran.code == 2 and "没有的.toml" in ran.err and not Path("结果.xlsx").exists()
    assert "用不着 --also" in office("checkups", SAMPLES / "checkups.xlsx", "--also", "x").err


@pytest.mark.parametrize(
    ("name", "by"), [("m1-badong-2010", "两份都列"), ("nine-star-qingshan", "另一份待核实")]
)
def test_a_rating_by_another_document_lists_its_own_and_loses_nobody(
    office: Office, name: str, by: str
) -> None:
    asked = ("--period", "2026", "--on", "2026-06-30", "--also", name, "--quiet", "--out", "结果.xlsx")
    assert office("rate", SAMPLES / "orgs.xlsx", *asked).code in (0, 1)
    said = {row[2]: row[3] for row in sheet(f"另按{name}") if isinstance(row[0], int)}
    weak = {row[2] for row in sheet("后进整顿台账") if isinstance(row[0], int)}
    assert weak and weak <= set(said) and set(said.values()) == {by}


def test_the_result_of_a_rating_says_which_villages_are_weak_with_its_cell(office: Office) -> None:
    rated = ("--period", "2026", "--on", "2026-06-30", "--quiet", "--out", "评定.xlsx")
    office("rate", SAMPLES / "orgs.xlsx", *rated)
    assert office("secretaries", SAMPLES / "secretaries.xlsx", "--result", "评定.xlsx", *ON).code == 1
    weak = [row for row in sheet("调整建议表") if row[5] == "列入整顿名单"]
    assert len(weak) > 3 and all(str(row[8]).startswith("评定.xlsx 后进整顿台账 ") for row in weak)


def test_the_roster_alone_is_enough_and_without_it_nothing_is_worked_out(office: Office) -> None:
    book(Path("名册.xlsx"), villages()[:1], SECRETARIES, title="村党组织书记名册")
    assert office("secretaries", "名册.xlsx", *ON).code == 0
    book(Path("得票.xlsx"), [["青禾镇", "东湾村", 1, "张建国", 5]], VOTES, title="得票")
    ran = office("secretaries", "得票.xlsx", *ON)
    assert ran.code == 2 and "村党组织书记名册" in ran.err


def test_an_extension_without_its_column_of_documents_is_told_with_place_and_mend(office: Office) -> None:
    heads = tuple(head for head in SECRETARIES if head != "延期文件")
    at = SECRETARIES.index("延期文件")
    rows = [row[:at] + row[at + 1 :] for row in villages()[2:3]]
    book(Path("名册.xlsx"), rows, heads, title="村党组织书记名册")
    ran = office("check", "名册.xlsx", "--for", "secretaries", "--period", "2026", "--on", "2026-11-28")
    assert "没有填延期文件，不作数" in ran.out + ran.err and "请补填延期文件" in ran.out + ran.err


def test_explain_says_why_a_change_is_proposed_with_clause_and_cell(office: Office) -> None:
    book(Path("名册.xlsx"), villages(), SECRETARIES, title="村党组织书记名册")
    ran = office("explain", "secretaries", "李双末", "名册.xlsx", "--on", "2026-11-28")
    said = ran.out + ran.err
    assert (
        "建议调整" in said
        and "一年内工作实绩考核两次列末位的，予以调整" in said
        and "名册.xlsx 名册 M4（上半年末位）" in said
    )
