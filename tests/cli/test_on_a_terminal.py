"""What the commands that list something show on a terminal, and what they give to another program."""

import re

import pytest
from rich.cells import cell_len

from tests.cli.test_ledger_command import Office, office
from tests.command import SAMPLES, Sanchuang
from tests.ledger.county import number

__all__ = ["office"]

LISTS = (
    "batch list",
    "batch show 1",
    "ledger balance --by township,benefit,month",
    f"ledger show {number(0)}",
    "ledger results",
    "ledger approver list",
    "policy list",
)


@pytest.fixture
def terminal(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office of two with one batch, on a terminal of 80 columns."""
    assert (
        office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三").code == 0
    )
    monkeypatch.setattr("sanchuang_cli.cli.spoken.on_a_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return office


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("words", LISTS)
def test_no_command_prints_a_raw_tab_or_what_gbk_lacks_to_a_terminal(
    words: str, width: int, terminal: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = terminal(*words.split())
    assert ran.code == 0 and "\t" not in ran.out
    assert max(map(cell_len, ran.out.splitlines())) <= width
    assert "┌" in ran.out or "：没有" in ran.out
    assert ran.out.encode("gbk").decode("gbk") == ran.out


def test_a_batch_on_a_narrow_terminal_shows_names_and_whole_sums_and_says_what_is_left_out(
    terminal: Office,
) -> None:
    shown = terminal("batch", "show", "1").out
    assert "王甲" in shown and "1,010.00" in shown and "505.00" in shown
    assert "另有" in shown and "账号" in shown and number(0) not in shown


def test_another_program_gets_one_line_a_row_with_tabs_and_nothing_of_a_frame(office: Office) -> None:
    lines = office("policy", "list").out.splitlines()
    assert lines[0] == "程序\t政策\t名称"
    assert {len(line.split("\t")) for line in lines} == {3}


def test_at_gbk_the_arithmetic_of_an_explanation_has_no_question_marks(sanchuang: Sanchuang) -> None:
    words = ("explain", "subsidies", "韩新录", SAMPLES / "members.xlsx", "--period", "2026Q2", "--all")
    ran = sanchuang(*words, PYTHONIOENCODING="gbk", COLUMNS="200")
    assert "取整(144 ÷ 12) = 12" in ran.out and "(2001 - 1990) × 12" in ran.out
    assert "?" not in ran.out


@pytest.mark.parametrize("width", ["80", "120"])
def test_at_gbk_a_run_shows_what_it_shows_elsewhere(sanchuang: Sanchuang, width: str) -> None:
    words = (
        "subsidies",
        SAMPLES / "members.xlsx",
        "--period",
        "2026Q3",
        "--out",
        "册.xlsx",
        "--bank",
        "代发",
    )
    shown = [sanchuang(*words, COLUMNS=width, PYTHONIOENCODING=encoding).err for encoding in ("gbk", "utf-8")]
    without_frames = [re.sub("[│┌─┬┐├┼┤└┴┘|+-]", "", text) for text in shown]
    assert "?" not in shown[0] and without_frames[0] == without_frames[1]
