"""`explain [PROGRAMME] WHO BOOK…` about people and organisations, with or without the name of the programme."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.cli.explain_command import chosen
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Subject
from sanchuang_cli.record import Row, Source
from tests.command import SAMPLES, Sanchuang, book, row
from tests.members import roster

ORGS, MEMBERS = SAMPLES / "orgs.xlsx", SAMPLES / "members.xlsx"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    rows = [row(1, 领导班子=79), row(2), row(3, 领导班子="看附件"), row(4, 领导班子=40, 党员队伍=40)]
    return book(tmp_path / "党组织.xlsx", rows)


def test_an_organisation_is_explained_with_cells_scores_and_steps(sanchuang: Sanchuang, small: Path) -> None:
    ran = sanchuang("explain", "rate", "第1村党支部", small, "--period", "2026", "--all")
    assert ran.code == 0
    for words in (
        "第1村党支部 青禾镇（党组织.xlsx 名册 第3行）",
        "综合得分",
        "星级",
        "党组织.xlsx 名册 E3（领导班子）",
        "79",
    ):
        assert words in ran.out
    assert "一星" in ran.out or "二星" in ran.out


def test_an_organisation_that_was_set_aside_says_why(sanchuang: Sanchuang, small: Path) -> None:
    ran = sanchuang("explain", "第3村党支部", small, "--period", "2026")
    assert (ran.code, "待核实，不参评" in ran.out, "看附件" in ran.out) == (0, True, True)


def test_why_it_is_on_the_list_to_rectify_is_part_of_the_answer(sanchuang: Sanchuang, small: Path) -> None:
    assert "整顿" in sanchuang("explain", "rate", "第4村党支部", small, "--period", "2026", "--all").out


def test_without_a_programme_the_roster_tells_which(
    sanchuang: Sanchuang, tmp_path: Path, small: Path
) -> None:
    assert "星" in sanchuang("explain", "第2村党支部", small, "--period", "2026").out
    assert "发放 970.00 元" in sanchuang("explain", "王志强", roster(tmp_path), "--period", "2026Q2").out


def test_a_named_programme_is_asked_though_another_roster_is_given(sanchuang: Sanchuang, small: Path) -> None:
    ran = sanchuang("explain", "subsidies", "第2村党支部", small, "--period", "2026")
    assert (ran.code, "党员和离任村干部名册" in ran.err) == (2, True)


@pytest.mark.parametrize("words", [(), ("张建国",), ("rate", "张建国")])
def test_who_and_a_book_are_needed(sanchuang: Sanchuang, words: tuple[str, ...]) -> None:
    ran = sanchuang("explain", *words)
    assert ran.code == 2
    assert "错误：" in ran.err


@pytest.mark.parametrize(
    ("who", "book", "period"),
    [
        ("贾存折", MEMBERS, "2026Q3"),
        ("董双享", MEMBERS, "2026Q3"),
        ("董书记", MEMBERS, "2026Q3"),
        ("6 青禾镇", ORGS, "2026"),
    ],
)
def test_the_first_answer_is_at_most_forty_lines_and_all_has_the_rest(
    sanchuang: Sanchuang, who: str, book: Path, period: str
) -> None:
    brief = sanchuang("explain", who, book, "--period", period, COLUMNS="80")
    ran = sanchuang("explain", who, book, "--period", period, "--all", COLUMNS="80")
    assert (brief.code, ran.code) == (0, 0)
    assert len(brief.out.splitlines()) <= 40 and len(ran.out.splitlines()) > 40
    assert ran.out.splitlines()[:2] == brief.out.splitlines()[:2]
    assert "--all" in brief.out or len(brief.out.splitlines()) < 40


def test_json_is_always_whole(sanchuang: Sanchuang) -> None:
    words = ("explain", "贾存折", MEMBERS, "--period", "2026Q3", "--json")
    assert sanchuang(*words).out == sanchuang(*words, "--all").out
    assert json.loads(sanchuang(*words).out)["tables"]


@pytest.mark.parametrize(
    "rows",
    [
        [("甲.xlsx", "情况", "青禾镇", 0), ("甲.xlsx", "情况", "青禾镇", 1)],
        [("甲.xlsx", "情况", "青禾镇", 0), ("甲.xlsx", "又一页", "青禾镇", 0)],
        [("甲.xlsx", "情况", "青禾镇", 0), ("乙.xlsx", "情况", "青禾镇", 0)],
        [("甲.xlsx", "情况", "青禾镇", 0), ("甲.xlsx", "情况", "青禾镇", 1), ("甲.xlsx", "又一页", "青禾镇", 0)],
    ],
    ids=["rows", "sheets", "books", "rows and sheets"],
)  # fmt: skip
def test_the_words_that_are_suggested_where_several_fit_single_one_out(
    rows: list[tuple[str, str, str, int]],
) -> None:
    def subject(book: str, sheet: str, township: str, below: int) -> Subject:
        return Subject(Row(Source(book, sheet, {}), 11 + below, ()), "中村", "", (township,), "", tuple)

    given = [subject(*row) for row in rows]
    with pytest.raises(UserError) as refused:
        chosen(given, "中村")
    suggested = str(refused.value).rpartition('如 "')[2].partition('"')[0]
    assert suggested.startswith("中村 ") and chosen(given, suggested) == [given[0]]


def test_where_no_word_tells_them_apart_none_is_suggested() -> None:
    one = Subject(Row(Source("甲 乙.xlsx", "一 页", {}), 11, ()), "中村", "", ("青禾镇",), "", tuple)
    other = replace(one, row=Row(Source("甲 丙.xlsx", "一 页", {}), 11, ()))
    with pytest.raises(UserError, match=r"用空格隔开。$"):
        chosen([one, other], "中村")
