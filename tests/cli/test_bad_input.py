"""Bad input gets one clear Chinese message with place and remedy, the right exit code, and no half-written file."""

import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer

from sanchuang_cli.cli.app import usage
from sanchuang_cli.cli.helping import App
from sanchuang_cli.cli.library import click
from sanchuang_cli.domain.identity import check_digit
from tests.cli.test_help import ALL
from tests.command import HEADINGS, SAMPLES, Sanchuang, book, row, typed


def results(folder: Path) -> list[str]:
    return sorted(
        path.name for path in folder.iterdir() if "星级评定" in path.name or "sanchuang" in path.name
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("空.xlsx", b"", "空"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "图片"),
        ("文章.xlsx", b"PK\x03\x04 not really a zip", "损坏"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ],
)
def test_what_is_no_workbook_is_refused_and_named(
    sanchuang: Sanchuang, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = sanchuang("rate", name)
    assert ran.code == 2
    assert message in ran.err
    assert name in ran.err
    assert results(tmp_path) == []


def test_a_missing_file_is_named_with_what_is_there(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "名册.xlsx", [row(1)])
    ran = sanchuang("rate", "名策.xlsx")
    assert ran.code == 2
    assert "找不到文件 名策.xlsx" in ran.err
    assert "名册.xlsx" in ran.err


def test_a_missing_column_is_told_with_what_was_seen_instead(sanchuang: Sanchuang, tmp_path: Path) -> None:
    headings = ["乡镇", "书记姓名", *HEADINGS[2:]]
    ran = sanchuang("rate", book(tmp_path / "名册.xlsx", [row(1)], headings))
    assert ran.code == 2
    assert "党组织名称" in ran.err
    assert "书记姓名" in ran.err
    assert results(tmp_path) == []


def test_another_table_is_not_taken_for_a_roster(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang("rate", book(tmp_path / "账.xlsx", [[1, "纸张", 20.5]], ["序号", "品名", "金额"]))
    assert ran.code == 2
    assert "没有找到“党组织名册”" in ran.err


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"领导班子": "优秀"}, "优秀"),
        ({"领导班子": 101}, "101"),
        ({"领导班子": -1}, "-1"),
        ({"领导班子": ""}, "没有得分"),
        ({"党组织名称": ""}, "党组织名称"),
    ],
)
def test_an_unusable_cell_sets_its_row_aside_and_the_rest_is_rated(
    sanchuang: Sanchuang, tmp_path: Path, cells: dict[str, object], message: str
) -> None:
    ran = sanchuang("rate", book(tmp_path / "名册.xlsx", [row(1, **cells), row(2)]))
    assert ran.code == 1
    assert "读取 2 = 参评定级 1 + 待核实 1" in ran.err
    assert message in ran.err
    assert "名册.xlsx 名册" in ran.err


def test_a_percentage_over_100_is_a_finding(sanchuang: Sanchuang, tmp_path: Path) -> None:
    headings = [*HEADINGS[:-1], "满意率"]
    ran = sanchuang("rate", book(tmp_path / "名册.xlsx", [[*row(1)[:-1], "193%"]], headings))
    assert ran.code in (0, 1)
    assert "193%" in ran.err


def test_a_policy_with_a_typo_is_refused_with_a_did_you_mean(sanchuang: Sanchuang, tmp_path: Path) -> None:
    default = sanchuang("policy", "show", "rate").out
    (tmp_path / "县.toml").write_text(
        default.replace("share = 0.05\nwarns_over", "sharre = 0.05\nwarns_over"), "utf-8"
    )
    ran = sanchuang("rate", SAMPLES / "orgs.xlsx", "--policy", "县.toml")
    assert ran.code == 2
    assert "rectify.sharre：不认识的键（是不是“share”？）" in ran.err
    assert results(tmp_path) == []


def test_an_unknown_policy_is_refused_with_the_known_ones(sanchuang: Sanchuang) -> None:
    ran = sanchuang("rate", SAMPLES / "orgs.xlsx", "--policy", "m9")
    assert ran.code == 2
    assert "m3-quota" in ran.err


def test_a_period_before_every_edition_is_refused(sanchuang: Sanchuang) -> None:
    ran = sanchuang("rate", SAMPLES / "orgs.xlsx", "--period", "2009")
    assert ran.code == 2
    assert "没有该期标准" in ran.err


def test_an_output_folder_that_is_not_there_is_told(sanchuang: Sanchuang) -> None:
    ran = sanchuang("rate", SAMPLES / "orgs.xlsx", "--out", "没有/结果.xlsx")
    assert ran.code == 2
    assert "没有文件夹 没有" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full：写满的磁盘没有试")
def test_a_full_disk_under_the_output_stream_is_no_traceback(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sanchuang_cli", "rate", str(SAMPLES / "orgs.xlsx"), "--json", "--quiet"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr.decode()
    assert "磁盘" in done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 不用信号中断")
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "名册"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n}.xlsx").write_bytes((SAMPLES / "orgs.xlsx").read_bytes())
    command = [sys.executable, "-m", "sanchuang_cli", "rate", str(folder)]
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a child of one that ignores it would too
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, before)
    assert process.stderr is not None
    process.stderr.readline()  # the first line: the run has begun
    process.send_signal(signal.SIGINT)
    _, output = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "已中断" in output.decode()
    assert "Traceback" not in output.decode()
    assert results(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("batch", "approve", "一", "--by", "李四", "--ledger", "a.db"),
            "批次 的值不对：写的是“一”，应是整数",
        ),
        (("rate",), "缺少名册"),
        (("batch", "list"), "缺少 --ledger（也可设环境变量 SANCHUANG_LEDGER）"),
        (("rate", "x.xlsx", "--perod", "2026"), "没有 --perod 这个选项（是不是 --period"),
        (("rat",), "没有“rat”这个命令"),
        (("rate", "x.xlsx", "--period"), "--period 后面要写值"),
        (("rate", "x.xlsx", "--quiet=3"), "--quiet 后面不写值"),
        (("policy", "show", "rate", "甲", "乙"), "多写了 乙：这个命令用不着"),
        (("rate", "x.xlsx", "--period", "26"), "请写成 2026（年）"),
        (("rate", "x.xlsx", "--on", "2026-13-01"), "请写成 2026-06-30"),
        (("template", "nope"), "没有名为“nope”的程序"),
        (("policy", "check", "rate", "没有.toml"), "打不开"),
    ],
)
def test_words_that_mean_nothing_are_told_in_chinese(
    sanchuang: Sanchuang, words: tuple[str, ...], message: str
) -> None:
    ran = sanchuang(*words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


NUMBERS = [
    (words, param)
    for words, command in ALL.items()
    for param in command.params
    if param.type_descriptor.annotation is int
]


@pytest.mark.parametrize(("words", "param"), NUMBERS, ids=str)
def test_a_number_that_is_not_allowed_is_told_with_what_is_allowed_and_what_to_write(
    words: tuple[str, ...], param: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = typed(monkeypatch, capsys)
    option = [param.opts[0]] if param.param_type_name == "option" else []
    wrong = ["一", "1.5"]
    wrong += [] if param.min is None else [str(param.min - 1)]
    wrong += [] if param.max is None else [str(param.max + 1)]
    for given in wrong:
        behind = [*option, given] if option else ["--", given]
        ran = run(*words, *behind)
        told = re.fullmatch(
            r"错误：(\S+) 的值不对：写的是“(.+)”，应是(.*整数)，请改写，如 (.*?)(-?\d+)。\n用 --help 看用法。\n",
            ran.err,
        )
        assert ran.code == 2 and told, ran.err
        assert (told[1], told[2]) == (option[0] if option else param.metavar, given)
        assert all(str(bound) in told[3] for bound in (param.min, param.max) if bound is not None)
        with suppress(click.exceptions.MissingParameter):  # any other error is of the value
            ALL[words].make_context("", (told[4] + told[5]).split())


def test_any_other_value_that_is_refused_is_told_with_the_help_of_its_option() -> None:
    app = App()

    @app.command()
    def paint(colour: Annotated[Literal["红", "蓝"], typer.Option("--colour", help="红或蓝。")]) -> None:
        pass

    with pytest.raises(click.exceptions.BadParameter) as refused:
        app(["--colour", "绿"], standalone_mode=False)
    assert usage(refused.value) == "--colour 的值不对：写的是“绿”。请照用法改写：红或蓝。"


def test_a_bank_folder_that_is_a_file_is_told_before_anything_is_written(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    taken = tmp_path / "代发"
    taken.write_text("")
    ran = sanchuang("subsidies", SAMPLES / "members.xlsx", "--period", "2026Q3", "--bank", taken)
    assert (ran.code, "--bank 后面要写文件夹" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == [taken]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--out", "结果.xls"), "应以 .xlsx 结尾"),
        (("--out", "."), "是文件夹"),
        (("--bank", "名册.xlsx"), "rate 用不着 --bank，请去掉"),
        (("--notice", "名册.xlsx"), "--notice 后面要写文件夹"),
        (("--html", "没有/页.html"), "没有文件夹 没有"),
        (("--unmask", "证件号"), "没有遮盖着的栏目“证件号”"),
        (("--columns", "没有.toml"), "没有这个文件或文件夹"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told_before_anything_is_written(
    sanchuang: Sanchuang, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    roster = book(tmp_path / "名册.xlsx", [row(1)])
    before = roster.read_bytes()
    ran = sanchuang("rate", roster, *words)
    assert (ran.code, message in ran.err) == (2, True), ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["名册.xlsx"]
    assert roster.read_bytes() == before


def test_a_period_that_has_not_begun_is_told(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster = book(tmp_path / "名册.xlsx", [row(1)])
    assert "还没有开始" in sanchuang("rate", roster, "--period", "2099").err
    assert "还没有开始" not in sanchuang("rate", roster, "--period", "2025").err


def test_payments_are_not_worked_out_from_the_pages_of_another_run(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    """A 花名册 knows nothing of those who have died or moved away."""
    words = ("--period", "2026Q2", "--quiet")
    assert sanchuang("subsidies", SAMPLES / "members.xlsx", *words, "--out", "一.xlsx").code == 1
    again = sanchuang("subsidies", "一.xlsx", *words, "--out", "二.xlsx")
    assert (again.code, "这是本程序写出的结果（生活补贴，2026年第二季度），不是名册" in again.err) == (
        2,
        True,
    )
    assert not (tmp_path / "二.xlsx").exists()


def test_a_result_given_for_a_roster_is_told_as_the_result_it_is_with_what_to_do(
    sanchuang: Sanchuang,
) -> None:
    """Its pages fit two rosters, or nearly one: neither says what it is."""
    words = ("--period", "2026", "--on", "2026-11-28", "--quiet")
    assert sanchuang("checkups", SAMPLES / "checkups.xlsx", *words, "--out", "一.xlsx").code < 2
    for asked in (
        ("check", "一.xlsx"),
        ("checkups", "一.xlsx", *words),
        ("check", "一.xlsx", "--as", "members"),
    ):
        ran = sanchuang(*asked)
        assert (ran.code, "是本程序写出的结果（免费体检，2026年）" in ran.err) == (2, True), ran.err
        assert "请给出乡镇报来的名册；上一期的结果用 --previous 给出。" in ran.err
        assert "分不清" not in ran.err


@pytest.mark.parametrize("column", ["村", "离任原因", "备注", "姓名"])
def test_a_number_that_strays_into_another_column_is_shown_to_nobody(
    sanchuang: Sanchuang, tmp_path: Path, column: str
) -> None:
    person = {
        "乡镇": "青禾镇",
        "村": "河西村",
        "姓名": "赵明",
        "身份证号": "23029919500101001" + check_digit("23029919500101001"),
        "任职经历": "1980.1-1999.12 书记",
        "离任原因": "届满",
        "备注": "",
    }
    stray = "13812345678" if column == "姓名" else "230299195202020017"
    person[column] += stray
    book(tmp_path / "名册.xlsx", [list(person.values())], list(person))
    ran = sanchuang("subsidies", "名册.xlsx", "--period", "2026Q2", "--json")
    explanation = sanchuang("explain", "3", "名册.xlsx", "--period", "2026Q2")
    assert stray not in ran.out + ran.err + explanation.out + explanation.err
    shown = "138****5678" if column == "姓名" else "230299************"
    assert shown in ran.out + ran.err + explanation.out
    assert column == "姓名" or stray[-4:] not in ran.out + ran.err + explanation.out + explanation.err


def test_a_refusal_that_quotes_a_number_masks_it(sanchuang: Sanchuang) -> None:
    number = "230299195202020017"
    ran = sanchuang("explain", number, SAMPLES / "members.xlsx", "--period", "2026Q3")
    assert ran.code == 2
    assert number not in ran.err and "230299************" in ran.err
