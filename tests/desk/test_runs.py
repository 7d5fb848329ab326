"""What the desk hands out is what the command line writes, byte for byte; what it refuses, it refuses in the same words."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.desk.runs import PRINTED
from sanchuang_cli.desk.work import WORKS
from sanchuang_cli.report.locking import lock
from tests.command import SAMPLES, book, county, row, run_in
from tests.desk.serving import MEMBERS, ORGS, Answer, Desk

PASSWORD = "青禾2026"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the command line works; the rosters lie in a folder below it, as they do for the desk."""
    (tmp_path / "名册").mkdir()
    return tmp_path


def laid(folder: Path, *books: Path, below: str = "名册") -> list[str]:
    """Copies of the books below the folder, as words of the command line."""
    (folder / below).mkdir(exist_ok=True)
    for one in books:
        (folder / below / one.name).write_bytes(one.read_bytes())
    return [f"{below}/{one.name}" for one in books]


def sent(name: str, *books: Path) -> list[tuple[str, str, bytes]]:
    return [(name, one.name, one.read_bytes()) for one in books]


def run(desk: Desk, command: str, files: list[tuple[str, str, bytes]], **texts: str) -> tuple[str, Answer]:
    """The address of a run that was started with these files, and its page once it is done."""
    answer = desk.post_form(f"/do/{command}", files, texts)
    assert answer.status == 303, answer.text
    return answer.headers["location"], desk.done(answer.headers["location"])


def handed_out(desk: Desk, run: str) -> dict[str, bytes]:
    """The files of a run by their names, as they lie in the one file with all of them."""
    with zipfile.ZipFile(io.BytesIO(desk.ask("GET", f"{run}/all").content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(folder: Path) -> dict[str, bytes]:
    """What the command line has written, by name."""
    found = [*folder.glob("*.xlsx"), *(folder / "退回修改").glob("*")]
    return {path.name: path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def paid(entered: Desk) -> tuple[str, Answer]:
    """A run that pays, with rows set aside."""
    return run(entered, "subsidies", sent("books", MEMBERS), period="2026Q2", details="1")


@pytest.fixture(scope="module")
def goes_back(entered: Desk, paid: tuple[str, Answer]) -> tuple[str, Answer]:
    """The check of its books, by the button on its page."""
    answer = entered.ask("POST", f"{paid[0]}/return", Content_Type="application/x-www-form-urlencoded")
    return answer.headers["location"], entered.done(answer.headers["location"])


def test_a_result_is_byte_for_byte_the_command_lines(
    entered: Desk, folder: Path, paid: tuple[str, Answer]
) -> None:
    ran = run_in(folder)("subsidies", *laid(folder, MEMBERS), "--period", "2026Q2", "--details")
    assert ran.code == 1
    assert handed_out(entered, paid[0]) == written(folder)
    assert "算好了，有的要核实" in paid[1].text


@pytest.mark.parametrize("command", ["checkups", "graduates", "dues"])
def test_so_is_that_of_other_works(entered: Desk, folder: Path, command: str) -> None:
    sample = SAMPLES / f"{command}.xlsx"
    run_in(folder)(command, *laid(folder, sample), "--on", "2026-06-30", "--period", "2026")
    address, page = run(entered, command, sent("books", sample), on="2026-06-30", period="2026")
    assert list(written(folder)) == [f"{command}-{WORKS[command].title}-2026.xlsx"]
    assert handed_out(entered, address) == written(folder), page.text


def test_what_goes_back_is_byte_for_byte_the_command_lines(
    entered: Desk, folder: Path, goes_back: tuple[str, Answer]
) -> None:
    ran = run_in(folder)(
        "check", *laid(folder, MEMBERS), "--for", "subsidies", "--period", "2026Q2", "--return", "退回修改"
    )
    files = handed_out(entered, goes_back[0])
    assert files.pop(PRINTED).decode("utf-8") == ran.out
    assert files == written(folder)
    assert any(name.endswith(".docx") for name in files)
    assert "查完了，有的要核实" in goes_back[1].text


def test_results_of_several_works_become_a_report_and_a_list_of_deadlines(
    entered: Desk, folder: Path
) -> None:
    sanchuang = run_in(folder)
    names = ("graduates", "checkups", "development")
    for name in names:
        sanchuang(name, SAMPLES / f"{name}.xlsx", "--out", f"{name}.xlsx")
    results = [folder / f"{name}.xlsx" for name in names]
    for command in ("report", "due"):
        there = folder / command
        there.mkdir()
        assert run_in(there)(command, *laid(there, *results, below="结果")).code in (0, 1)
        address, page = run(entered, command, sent("books", *results))
        assert handed_out(entered, address) == written(there), page.text


def test_several_books_and_last_periods_result_go_where_they_belong(entered: Desk, folder: Path) -> None:
    other = [row(n, 乡镇="望河乡") for n in range(21, 41)]
    books = [book(folder / "青禾镇.xlsx", county()), book(folder / "望河乡.xlsx", other)]
    sanchuang = run_in(folder)
    sanchuang("rate", books[0], "--period", "2025", "--out", "上年.xlsx")
    ran = sanchuang(
        "rate",
        *laid(folder, *books),
        "--period",
        "2026",
        *("--previous", *laid(folder, folder / "上年.xlsx", below="上一期")),
    )
    address, page = run(
        entered, "rate", [*sent("books", *books), *sent("previous", folder / "上年.xlsx")], period="2026"
    )
    assert ran.code == 0, ran.err
    assert list(handed_out(entered, address)) == ["名册-星级评定-2026.xlsx"]
    assert (
        handed_out(entered, address)["名册-星级评定-2026.xlsx"]
        == (folder / "名册-星级评定-2026.xlsx").read_bytes()
    )
    assert "升星" in page.text


def test_the_first_page_and_the_findings_are_those_of_the_result(
    entered: Desk, paid: tuple[str, Answer]
) -> None:
    address, page = paid
    (content,) = handed_out(entered, address).values()
    first, doubts = (load_workbook(io.BytesIO(content))[name] for name in ("首页", "疑点"))
    for cells in first.iter_rows(min_row=4, max_col=2, values_only=True):
        for word in filter(None, cells):
            assert "单位负责人" in str(word) or str(word) in page.text, word
    many = sum(isinstance(cells[0], int) for cells in doubts.iter_rows(values_only=True))
    assert f"疑点 {many} 条" in page.text


REFUSED = {
    "a period that is none": ("rate", {"period": "2026Q9"}, ["--period", "2026Q9"], ORGS),
    "a day before the period": (
        "checkups",
        {"period": "2026", "on": "2020-01-01"},
        ["--period", "2026", "--on", "2020-01-01"],
        ORGS,
    ),
    "the roster of another work": ("rate", {}, [], MEMBERS),
    "a shipped policy of another work": ("rate", {"pack": "--help"}, ["--policy", "--help"], ORGS),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_command_line_refuses_is_refused_in_its_words(
    entered: Desk, folder: Path, case: str
) -> None:
    command, texts, options, sample = REFUSED[case]
    ran = run_in(folder)(command, *laid(folder, sample), *options)
    address, page = run(entered, command, sent("books", sample), **texts)
    assert ran.code == 2
    said = shown(page)
    for line in map(str.strip, ran.err.splitlines()):
        assert line in said
    assert "没有运行成，什么都没有写出" in said
    assert entered.ask("GET", f"{address}/files/0").status == 404


def shown(page: Answer) -> str:
    """A page as it is read: without the escapes of its text."""
    return unescape(page.text)


def test_a_period_that_was_refused_is_told_by_its_name_on_the_page(entered: Desk) -> None:
    _, page = run(entered, "checkups", sent("books", ORGS), period="2026", on="2020-01-01")
    assert "<code>--period</code> 就是“期间”" in page.text


def test_a_locked_book_asks_for_its_password_and_opens_with_it(entered: Desk, folder: Path) -> None:
    locked = book(folder / "乡.xlsx", county())
    lock(locked, PASSWORD)
    _, page = run(entered, "rate", sent("books", locked))
    assert "工作簿有密码" in page.text
    assert "<code>--password-file</code> 就是“名册的密码”" in page.text
    _, page = run(entered, "rate", sent("books", locked), password=f"别的\n{PASSWORD}")
    assert "算好了" in page.text
    assert PASSWORD not in page.text


def test_a_password_is_written_nowhere(entered: Desk, folder: Path) -> None:
    locked = book(folder / "乡.xlsx", county())
    lock(locked, PASSWORD)
    run(entered, "rate", sent("books", locked), password=PASSWORD)
    for path in entered.folder.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path


def test_what_was_filled_in_may_be_changed_without_sending_the_files_again(entered: Desk) -> None:
    address, _ = run(entered, "rate", sent("books", ORGS), period="2026Q9")
    form = entered.ask("GET", f"/do/rate?again={address.rpartition('/')[2]}").text
    assert "不另选就用上次的：orgs.xlsx" in form
    assert 'value="2026Q9"' in form
    _, page = run(entered, "rate", [("books", "", b"")], again=address.rpartition("/")[2], period="2026")
    assert "算好了" in page.text


def test_numbers_of_persons_are_masked_on_every_page(
    paid: tuple[str, Answer], goes_back: tuple[str, Answer]
) -> None:
    for _, page in (paid, goes_back):
        assert "****" in page.text
        assert not re.search(r"(?<!\d)\d{15,}", page.text)


def test_a_stopped_run_leaves_nothing_and_says_so(entered: Desk) -> None:
    answer = entered.post_form("/do/subsidies", sent("books", MEMBERS))
    run = answer.headers["location"]
    assert entered.ask("POST", f"{run}/stop").status == 303
    page = entered.ask("GET", run).text
    assert "已经停下，什么都没有写出" in page
    assert "取结果" not in page


def test_a_fourth_run_at_once_waits(fresh: Desk) -> None:
    fresh.enter()
    for _ in range(3):
        assert fresh.post_form("/do/subsidies", sent("books", MEMBERS)).status == 303
    answer = fresh.post_form("/do/subsidies", sent("books", MEMBERS))
    assert answer.status == 400
    assert "已有 3 项在算" in answer.text
