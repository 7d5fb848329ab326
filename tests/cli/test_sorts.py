"""Every workbook of a folder is of exactly one sort: used, a blank template, another known table, not understood.

Only the last gives exit code 1. Every command says of which sort each workbook is.
"""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import begun, main_rosters, not_read
from sanchuang_cli.programmes import listed
from sanchuang_cli.roster.sorting import sort_books
from sanchuang_cli.tally import Books, Sort
from tests import command, members
from tests.command import Sanchuang, book
from tests.counts import FULL
from tests.programmes.people import identity
from tests.wild import wild

FOLDERS = 100 if FULL else 2
PEOPLE = [[person.get(heading, "") for heading in members.HEADINGS] for person in members.people()]
PERIOD = {"subsidies": "2026Q2", "rate": "2026"}
HEADINGS: dict[str, Sequence[str]] = {"subsidies": members.HEADINGS, "rate": command.HEADINGS}
NEEDED = {"subsidies": "身份证号", "rate": "党组织名称"}


def row(programme: str, at: int) -> list[Any]:
    """A row that no other has."""
    if programme == "rate":
        return command.row(at)
    cells = dict(zip(members.HEADINGS, PEOPLE[0], strict=True))
    values = {
        "姓名": f"张建{'一二三四五六七八九十甲乙丙丁戊己庚辛壬癸'[at]}",
        "身份证号": identity("1955-03-15", "男", 100 + at),
    }
    return [*(cells | values | {"银行账号": members.account(200 + at)}).values()]


def used(path: Path, programme: str, at: int) -> Path:
    return book(path, [row(programme, at)], HEADINGS[programme])


def blank(path: Path, programme: str, at: int) -> Path:
    return book(path, [], HEADINGS[programme])


def another(path: Path, programme: str, at: int) -> Path:
    """The other programme's roster."""
    return used(path, "rate" if programme == "subsidies" else "subsidies", at)


def odd(path: Path, programme: str, at: int) -> Path:
    """A township's book with one heading that nobody knows."""
    headings = ["甲乙丙丁" if heading == NEEDED[programme] else heading for heading in HEADINGS[programme]]
    return book(path, [row(programme, at)], headings)


def broken(path: Path, programme: str, at: int) -> Path:
    path.write_bytes(b"%PDF-1.4 not a workbook")
    return path


def locked(path: Path, programme: str, at: int) -> Path:
    """A book with a password, which is worked into its key a thousand times: Excel's hundred thousand are no other sort."""
    used(path, programme, at)
    content = BytesIO(path.read_bytes())
    quick = partial(ECMA376Agile.encrypt, spin_count=1_000)
    with pytest.MonkeyPatch.context() as patch, path.open("wb") as target:
        patch.setattr(ECMA376Agile, "encrypt", staticmethod(quick))
        OOXMLFile(content).encrypt("secret", target)
    return path


MAKERS: dict[Sort, Sequence[Callable[[Path, str, int], Path]]] = {
    Sort.USED: (used,),
    Sort.BLANK: (blank,),
    Sort.OTHER: (another,),
    Sort.NOT_UNDERSTOOD: (odd, broken, locked),
}


def folder(at: Path, programme: str, seed: int = 0) -> tuple[Path, dict[str, Sort]]:
    """Twenty books of all four sorts, in any order."""
    dice = Random(f"{programme}{seed}")
    sorts = [*Sort, Sort.NOT_UNDERSTOOD, Sort.NOT_UNDERSTOOD, *dice.choices(list(Sort), k=14)]
    dice.shuffle(sorts)
    at.mkdir()
    truth, kinds = {}, 0
    for number, sort in enumerate(sorts):
        makers = MAKERS[sort]
        kinds += sort is Sort.NOT_UNDERSTOOD
        path = makers[kinds % len(makers)](at / f"{number:02}乡.xlsx", programme, number)
        truth[path.name] = sort
    return at, truth


def line_of(truth: dict[str, Sort]) -> str:
    return f"文件 {len(truth)} = " + " + ".join(
        f"{sort} {sum(true_sort is sort for true_sort in truth.values())}" for sort in Sort
    )


def told(ran: command.Ran, truth: dict[str, Sort]) -> None:
    """The counts, and the name of every book that is not used."""
    assert line_of(truth) in ran.err, ran.err
    for sort in Sort:
        if sort is not Sort.USED:
            named = next(line for line in ran.err.splitlines() if line.startswith(f"  {sort}："))
            assert all((name in named) == (true_sort is sort) for name, true_sort in truth.items()), named


@pytest.mark.parametrize("programme", ["subsidies", "rate"])
def test_every_book_of_many_folders_is_what_it_is(tmp_path: Path, programme: str) -> None:
    start = begun(listed(programme), Asked(period=PERIOD[programme], on="2026-06-30"))
    for seed in range(FOLDERS):
        inbox, truth = folder(tmp_path / str(seed), programme, seed)
        books = sort_books(sorted(inbox.iterdir()), main_rosters(start), elsewhere=not_read(start))
        assert {each.name: each.sort for each in books} == truth, seed


@pytest.mark.parametrize("programme", ["subsidies", "rate"])
def test_twenty_books_of_all_four_sorts_are_counted_right(
    sanchuang: Sanchuang, tmp_path: Path, programme: str
) -> None:
    inbox, truth = folder(tmp_path / "收件", programme)
    roster = {"subsidies": "members", "rate": "orgs"}[programme]
    words = ("--period", PERIOD[programme], "--on", "2026-06-30")
    wide = {"COLUMNS": "1000"}
    for ran in (
        sanchuang(programme, inbox, *words, "--out", "out.xlsx", **wide),
        sanchuang("check", inbox, "--for", programme, *words, **wide),
        sanchuang("check", inbox, "--as", roster, **wide),
        sanchuang("merge", inbox, "--as", roster, "--out", "all.xlsx", **wide),
        sanchuang("inspect", inbox, "--as", roster, **wide),
    ):
        assert ran.code == 1, ran.err
        told(ran, truth)


def test_the_township_with_one_odd_heading_does_not_vanish(sanchuang: Sanchuang, tmp_path: Path) -> None:
    used(tmp_path / "青禾镇.xlsx", "subsidies", 1)
    odd(tmp_path / "望河乡.xlsx", "subsidies", 2)
    ran = sanchuang(
        "subsidies", "青禾镇.xlsx", "望河乡.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--json"
    )
    assert ran.code == 1
    assert "文件 2 = 采用 1 + 空白 0 + 其他 0 + 没有读懂 1" in ran.err
    assert "  没有读懂：望河乡.xlsx" in ran.err
    assert "另有 1 个文件没有读懂，未列入" in ran.err
    assert '"book.not-understood"' in ran.out and "最接近“党员和离任村干部名册”" in ran.out


@pytest.mark.parametrize("make", [blank, another])
def test_a_book_that_is_understood_and_not_used_is_no_trouble(
    sanchuang: Sanchuang, tmp_path: Path, make: Callable[[Path, str, int], Path]
) -> None:
    used(tmp_path / "甲.xlsx", "rate", 1)
    make(tmp_path / "乙.xlsx", "rate", 2)
    ran = sanchuang("rate", "甲.xlsx", "乙.xlsx", "--period", "2026", "--on", "2026-06-30")
    aside = "待核实 0" in ran.err
    assert (ran.code, aside) == (0, True), ran.err


@pytest.mark.parametrize("make", [blank, another, odd, broken, locked])
def test_where_not_one_book_is_used_nothing_is_written(
    sanchuang: Sanchuang, tmp_path: Path, make: Callable[[Path, str, int], Path]
) -> None:
    make(tmp_path / "甲.xlsx", "subsidies", 1)
    for words in (("subsidies", "甲.xlsx", "--period", "2026Q2"), ("check", "甲.xlsx", "--as", "members")):
        ran = sanchuang(*words)
        assert ran.code == 2, ran.err
        assert "甲.xlsx" in ran.err or "一行数据也没有读到" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


def test_a_list_for_screening_among_the_rosters_is_another_sheet(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    used(tmp_path / "甲.xlsx", "subsidies", 1)
    book(
        tmp_path / "死亡.xlsx",
        [["赵甲", identity("1950-01-01", "男", 900), "死亡"]],
        ("姓名", "身份证号", "名单类别"),
    )
    for words in (("subsidies",), ("check", "--for", "subsidies")):
        ran = sanchuang(*words, "甲.xlsx", "死亡.xlsx", "--period", "2026Q2", "--on", "2026-06-30")
        assert "  其他：死亡.xlsx（核查名单）" in ran.err, ran.err
        assert "读取 1 = " in ran.err


def test_a_roster_without_its_numbers_is_not_taken_for_the_banks_list(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    used(tmp_path / "甲.xlsx", "subsidies", 1)
    book(
        tmp_path / "乙.xlsx",
        [["赵甲", "x1", members.account(7), 100]],
        ("姓名", "甲乙丙丁", "银行账号", "金额"),
    )
    book(tmp_path / "丙.xlsx", [["赵甲", members.account(7), 100]], ("户名", "账号", "金额"))
    ran = sanchuang("subsidies", "甲.xlsx", "乙.xlsx", "丙.xlsx", "--period", "2026Q2", "--on", "2026-06-30")
    assert ran.code == 1
    assert "  其他：丙.xlsx（银行的清单）" in ran.err
    assert "  没有读懂：乙.xlsx" in ran.err


def test_a_screening_list_that_is_not_understood_stops_the_run(sanchuang: Sanchuang, tmp_path: Path) -> None:
    """Else somebody on it would be paid."""
    used(tmp_path / "甲.xlsx", "subsidies", 1)
    book(tmp_path / "好.xlsx", [["赵甲", identity("1950-01-01", "男", 900)]], ("姓名", "身份证号"))
    book(tmp_path / "坏.xlsx", [["一"]], ("天气",))
    words = ("subsidies", "甲.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--screen", "好.xlsx")
    assert sanchuang(*words).code in (0, 1)
    assert sanchuang(*words, "--screen", "坏.xlsx").code == 2


def test_a_book_that_is_lost_is_our_mistake() -> None:
    with pytest.raises(AssertionError, match="books were lost"):
        Books(2, (("甲.xlsx", Sort.USED, ""),))


def test_the_folder_with_a_month_in_a_heading_is_read(sanchuang: Sanchuang) -> None:
    inbox = wild("31-period-in-a-heading") / "folder"
    ran = sanchuang("subsidies", inbox, "--period", "2026Q2", "--on", "2026-06-30", "--out", "out.xlsx")
    assert "文件 2 = 采用 2 + 空白 0 + 其他 0 + 没有读懂 0" in ran.err
    assert "读取 10 = 发放 10" in ran.err


def test_copies_of_a_file_are_books_and_what_programs_leave_behind_is_none(sanchuang: Sanchuang) -> None:
    inbox = wild("17-copies-of-the-file") / "inbox"
    ran = sanchuang("subsidies", inbox, "--period", "2026Q2", "--on", "2026-06-30", "--out", "out.xlsx")
    assert "文件 3 = 采用 3 + 空白 0 + 其他 0 + 没有读懂 0" in ran.err
