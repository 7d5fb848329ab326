"""The screen: a screenful at most, aligned, masked, and harmless to any terminal."""

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from inline_snapshot import snapshot
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import drawing, terminal
from sanchuang_cli.report.files import Saved
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.shown import text
from sanchuang_cli.table import Chart, Column, Table
from tests.report import made_up


def screen_of(run: Run, *, width: int = 80, height: int = 25, tty: bool = True, **how: object) -> str:
    """What a plain terminal of that size would show."""
    paper = io.StringIO()
    console = Console(
        file=paper, width=width, height=height, force_terminal=tty, color_system=None, highlight=False
    )
    terminal.show(console, run, **{"saved": Saved(Path("星级评定_2026.xlsx"))} | how)  # type: ignore[arg-type]
    return paper.getvalue()


def with_screen(*tables: Table, findings: tuple[Finding, ...] = ()) -> Run:
    run = made_up.run_of((), findings)
    return made_up.showing(run, tables)


def test_a_screen_as_a_clerk_sees_it() -> None:
    run = with_screen(made_up.grades(), findings=made_up.some_findings(4))
    assert screen_of(run) == snapshot("""\
守恒：读取 162 = 评定 156 + 成立不满一年未评 4 + 待核实 2
另有 2 条待核实，未列入
2026年基层党组织等次分布统计表                         \n\
┌─────┬──────┬────────┬───────────────────────────────┐
│等次 │ 数量 │ 平均分 │                               │
├─────┼──────┼────────┼───────────────────────────────┤
│好   │   16 │  94.72 │ █████                         │
│较好 │   97 │  89.99 │ ██████████████████████████████│
│一般 │   32 │  70.00 │ ██████████                    │
│差   │   15 │        │ █████                         │
│合计 │  160 │        │                               │
└─────┴──────┴────────┴───────────────────────────────┘
疑点 4 条（全部列在工作簿的“疑点”页）：
  错误 1 条，请按评分表核对后改正（roster.identity-lost-digits）
    青山镇.xlsx Sheet1 G6（领导班子）：得分“101”超过满分 100
  警告 2 条，请按评分表核对后改正（rate.points-over-maximum）
    青山镇.xlsx Sheet1 G5（领导班子）：得分“100”超过满分 100
    青山镇.xlsx Sheet1 G8（领导班子）：得分“103”超过满分 100
  提示 1 条，请按评分表核对后改正（rate.founding-missing）
    青山镇.xlsx Sheet1 G7（领导班子）：得分“102”超过满分 100
按《星级评定办法》某组发〔2020〕8号
工作簿：星级评定_2026.xlsx
""")


@pytest.mark.parametrize("height", [24, 25, 40, 60])
@pytest.mark.parametrize("count", [0, 3, 500])
def test_a_run_takes_at_most_a_screenful(height: int, count: int) -> None:
    run = with_screen(
        made_up.stars(), made_up.grades(), made_up.roster(300), findings=made_up.some_findings(count)
    )
    lines = screen_of(run, height=height).splitlines()
    assert len(lines) <= height - 2  # the opening before it, the prompt after it


def test_what_there_was_no_room_for_is_said() -> None:
    screen = screen_of(with_screen(made_up.roster(300), findings=made_up.some_findings(500)))
    assert "行，见工作簿" in screen
    assert "疑点 500 条（全部列在工作簿的“疑点”页）" in screen


@pytest.mark.parametrize("width", [60, 80, 132, 200])
def test_every_line_fits_the_screen_and_tables_are_aligned(width: int, run: Run) -> None:
    lines = screen_of(run, width=width, height=60).splitlines()
    assert max(map(cell_len, lines)) <= width
    for block in _tables(lines):
        assert len({cell_len(line) for line in block}) == 1, block


@pytest.mark.parametrize("width", range(27, 90, 7))
def test_on_a_narrow_screen_text_is_cut_then_columns_left_out_and_never_a_figure_cut(width: int) -> None:
    table = replace(made_up.stars(), chart=None)
    lines = screen_of(with_screen(table), width=width, height=60).splitlines()
    (block,) = _tables(lines)
    shown_columns = len(block[0].split("┬"))
    figures = [line.strip("│").split("│") for line in block if line.startswith("│")][1:-1]
    for row, cells in zip(table.rows, figures, strict=True):
        first, *words = [text(c.kind, value) for c, value in zip(table.columns, row, strict=True)]
        assert [cell.strip() for cell in cells[1:]] == words[: shown_columns - 1]
        assert first.startswith(cells[0].strip().rstrip("… "))
    left = len(table.columns) - shown_columns
    assert (f"另有 {left} 栏，见工作簿" in "\n".join(lines)) == (left > 0)


def list_of_payments() -> Table:
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("village", "村", Kind.NAME),
        Column("name", "户名", Kind.NAME),
        Column("identity", "身份证号", Kind.IDENTITY),
        Column("bank", "开户行"),
        *(Column(f"sum{n}", f"第{n}笔", Kind.MONEY, total=True) for n in range(4)),
    )
    row = ("河西村", "王建国", made_up.identity(3), "某县农村信用合作联社青禾分社")
    rows = [(n + 1, *row, *(123_456_700 + n,) * 4) for n in range(4)]
    return Table("清单", "清单", columns, rows, grand_total=True)


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_sums_stay_whole_and_so_does_whose_they_are_while_other_text_gives_way(width: int) -> None:
    screen = screen_of(with_screen(list_of_payments()), width=width, height=60)
    assert screen.count("1,234,567.00") == 4 and screen.count("4,938,268.06") == 4
    assert "王建国" in screen
    assert ("开户行" in screen, "身份证号" in screen) == (width >= 100, width >= 120)


def test_the_foot_of_a_table_sums_all_its_rows_those_too_that_had_no_room() -> None:
    screen = screen_of(with_screen(made_up.roster(300)), width=200, height=40)
    (total,) = [line for line in screen.splitlines() if "合计" in line]
    assert text(Kind.MONEY, sum(row[14] for row in made_up.roster_rows(300))) in total


def test_the_answer_comes_first_then_what_changed_then_the_tables() -> None:
    columns = (
        Column("what", "补贴"),
        Column("people", "人数", Kind.COUNT, total=True),
        Column("amount", "金额", Kind.MONEY, total=True),
    )
    sums = Table("概要", "概要", columns, [("甲", 2, 100), ("乙", 1, 50)], grand_total=True)
    kinds = (Column("what", "变动"), Column("n", "人数", Kind.COUNT), Column("fen", "金额", Kind.MONEY))
    change = Table("变动", "与上期比较", kinds, [("新增", 1, 50), ("不变", 2, None)])
    lines = screen_of(with_screen(sums, change)).splitlines()
    assert lines[:2] == ["合计：人数 3，金额 1.50 元", "与上期比较：新增 1 人 0.50 元；不变 2 人"]
    assert lines[2].startswith("守恒：")


def _tables(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line[:1] in "┌│├└" and line:
            block.append(line)
        elif block:
            yield block
            block = []


def test_a_chart_becomes_a_bar_picture_in_proportion() -> None:
    columns = (Column("t", "乡镇"), Column("n", "数", Kind.COUNT))
    rows = [("甲", 300), ("乙", 150), ("丙", 1), ("丁", 0), ("戊", None)]
    table = Table("图", "图", columns, rows, chart=Chart("图", "t", ("n",)))
    lines = [line for line in screen_of(with_screen(table)).splitlines() if line[1:2] in "甲乙丙丁戊"]
    assert [line.count("█") for line in lines] == [30, 15, 1, 0, 0]


def test_numbers_are_masked_by_kind_unless_their_column_is_named() -> None:
    columns = tuple(
        Column(kind.value, title, kind)
        for kind, title in ((Kind.IDENTITY, "身份证号"), (Kind.ACCOUNT, "账号"), (Kind.PHONE, "电话"))
    )
    run = with_screen(
        Table("表", "表", columns, [("230299195308151013", "6217000000000000001", "13900001234")])
    )
    masked = screen_of(run)
    for shown in ("230299************", "***************0001", "139****1234"):
        assert shown in masked
    named = screen_of(run, unmask={"identity", "电话"})
    for shown in ("230299195308151013", "***************0001", "13900001234"):
        assert shown in named


def test_everything_of_our_own_can_be_written_in_gbk(run: Run) -> None:
    screen_of(run, height=60).encode("gbk", errors="strict")


def test_findings_come_gravest_first_and_say_their_mend() -> None:
    lines = screen_of(with_screen(findings=made_up.some_findings(9))).splitlines()
    assert [line for line in lines if " 条，" in line and line.startswith("  ")] == [
        "  错误 3 条，请按评分表核对后改正（roster.identity-lost-digits）",
        "  警告 3 条，请按评分表核对后改正（rate.points-over-maximum）",
        "  提示 3 条，请按评分表核对后改正（rate.founding-missing）",
    ]


def test_a_message_in_square_brackets_is_shown_as_it_is() -> None:
    found = Finding("a.b", Severity.ERROR, "单元格写着“[red]党[/red]”", Place("甲.xlsx", "Sheet1", 3, 1))
    assert "“[red]党[/red]”" in screen_of(with_screen(findings=(found,)))


def test_a_file_that_went_elsewhere_is_said(run: Run) -> None:
    screen = screen_of(
        run, saved=Saved(Path("a-2.xlsx"), "a.xlsx 正被其他程序打开，结果另存为 a-2.xlsx"), height=60
    )
    assert "正被其他程序打开，结果另存为 a-2.xlsx" in screen
    assert "工作簿：a-2.xlsx" in screen


def test_piped_output_has_no_control_sequences(run: Run) -> None:
    paper = io.StringIO()
    terminal.show(Console(file=paper, width=100, highlight=False), run, Saved(Path("a.xlsx")))
    assert "\x1b" not in paper.getvalue()


def test_a_long_message_is_said_in_full_and_folded_under_its_beginning() -> None:
    message = "“工作业绩好”没有评定分，按自评分 89.20 计，" * 5
    found = Finding(
        "a.b", Severity.WARNING, message, Place("很长的文件名.xlsx", "申报汇总表", 3, 1, "评定分/工作业绩")
    )
    lines = screen_of(with_screen(findings=(found,))).splitlines()
    start = next(i for i, line in enumerate(lines) if "很长的文件名" in line)
    said = [line for line in lines[start:] if line.startswith("    ")]
    assert "".join(line.strip() for line in said) == f"{found.place}：{message}".replace("  ", " ")
    assert all(70 < cell_len(line) <= 80 for line in said[:-1])


ARITHMETIC = """
from tests.report import made_up
from sanchuang_cli.report import terminal
from sanchuang_cli.table import Column, Table
table = Table("表", "题", (Column("a", "算式"), Column("b", "依据")), [("⌊144 ÷ 12⌋ = 12 − 0 × 3", "一"), ("12", "二")])
terminal.show(terminal.console(), made_up.showing(made_up.whole_run(), (table,)), None)
"""


def test_where_the_encoding_has_no_such_sign_arithmetic_is_said_otherwise_and_the_table_stays_straight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    done = subprocess.run(
        [sys.executable, "-c", ARITHMETIC], capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )
    seen = done.stderr.decode("gbk")
    assert "取整(144 ÷ 12) = 12 - 0 × 3" in seen and "?" not in seen
    assert len({cell_len(line) for line in seen.splitlines() if line[:1] in "+|"}) == 1


@pytest.mark.parametrize("width", range(20, 60))
def test_no_line_begins_with_a_sign_that_closes_and_nothing_is_lost_in_folding(width: int) -> None:
    words = "    请改成词表里的说法（如“在册”、“本县”）；确应收入的，在政策文件《办法》这一条里补上……。"
    screen = Console(file=io.StringIO(), width=width)
    lines = [line.plain for line in drawing.folded(Text(words), screen)]
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line.strip()[:1] in "，。；：、）》”…"]
    assert "".join(line.strip() for line in lines) == words.strip()


RARE = """
from tests.report import made_up
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import terminal
from sanchuang_cli.table import Column, Table
table = Table("表", "题", (Column("name", "姓名", Kind.NAME),), [("𠮷㛃\\ue000😀",), ("王刚",)])
terminal.show(terminal.console(), made_up.showing(made_up.whole_run(), (table, made_up.grades())), None)
"""


@pytest.mark.parametrize("encoding", ["gbk", "gbk:strict", "ascii:strict", "utf-8"])
def test_no_terminal_is_crashed_by_rare_characters(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = subprocess.run(
        [sys.executable, "-c", RARE], capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    seen = done.stderr.decode(encoding.partition(":")[0])
    assert ("王刚" in seen) == (not encoding.startswith("ascii"))


def test_no_color_is_honoured(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    paper = io.StringIO()
    terminal.show(Console(file=paper, width=100, height=40, force_terminal=True), run, None)
    for colour in ("\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[1;31m"):
        assert colour not in paper.getvalue()


def test_what_a_line_is_about_stays_and_its_running_number_goes_first() -> None:
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("township", "乡镇"),
        *(Column(f"part{i}", f"某一部分{i}", Kind.COUNT, total=True) for i in range(9)),
    )
    table = Table(
        "汇总", "汇总", columns, [(1, "青禾镇", *range(9)), (2, "望河乡", *range(9))], grand_total=True
    )
    of = drawing.cells(table, table.rows, Console(file=io.StringIO(), width=60), frozenset())
    shown = [columns[fit.at].name for fit in drawing.fits(table, of, 60)]
    assert shown[0] == "township" and "number" not in shown and len(shown) > 2
