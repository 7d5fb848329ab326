"""Single papers: their sums are what counts, and nothing that is written says who cast what."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.programmes.reviews import PROGRAMME
from sanchuang_cli.record import Beside
from tests.command import Sanchuang, book
from tests.goldens.written import dumped
from tests.programmes.reviewed import NAMES, column, grades, member, outcome, probationer, said, sheet, told

ZHANG, LI, WANG = NAMES[:3]
NONE: dict[str, Any] = {"votes": (None, None, None, None), "given_out": None, "returned": None}


def papers(*marks: str, whom: str = ZHANG) -> list[Any]:
    return [sheet(str(n), f"群众{n}", whom, mark) for n, mark in enumerate(marks, 1)]


def test_papers_are_added_up_in_place_of_sums() -> None:
    run = outcome(member(1, **NONE), papers=papers("优秀", "优秀", "合格", "弃权", ""))
    assert column(run, "测评汇总", "优秀票") == [2]
    assert (column(run, "测评汇总", "valid"), column(run, "测评汇总", "back")) == ([3], [5])


def test_a_vote_about_oneself_is_dropped_and_told_only_as_a_number() -> None:
    own = [sheet("8", ZHANG, ZHANG, "优秀"), sheet("9", member(2).identity, LI, "优秀")]
    run = outcome(
        member(1, **NONE), member(2, **NONE), papers=[*papers("合格"), *papers("合格", whom=LI), *own]
    )
    assert column(run, "测评汇总", "优秀票") == [0, 0]
    assert said(run, "own-papers") == "评议票里自己评自己的 2 张，没有计入（全部名册）"


@pytest.mark.parametrize("odd", [sheet("7", "群众7", ZHANG, "优"), sheet("", "群众7", ZHANG, "优秀"), sheet("1", "群众1", ZHANG, "合格")])  # fmt: skip
def test_papers_that_cannot_be_counted_set_the_member_aside_and_are_not_cited(odd: Any) -> None:
    run = outcome(member(1, **NONE), member(2), papers=[*papers("优秀", "合格"), odd])
    assert (told(run), grades(run)) == (["papers-unclear"], {LI: "合格"})
    assert "Reviewed C4（姓名）" in said(run, "papers-unclear")


@pytest.mark.parametrize("rater", ["群众2", "群 众2", LI, member(2).identity])
@pytest.mark.parametrize("mark", ["优秀", "合格"])
def test_one_rater_has_one_vote_on_a_member(rater: str, mark: str) -> None:
    """By whatever name; whoever votes again, the same or another mark, leaves the sums unclear."""
    cast = [*papers("合格", "合格"), sheet("7", LI, ZHANG, "合格")]
    run = outcome(member(1, **NONE), member(2), papers=[*cast, sheet("8", rater, ZHANG, mark)])
    assert (told(run), grades(run)) == (["papers-unclear"], {LI: "合格"})
    assert "同一人评了两次" in said(run, "papers-unclear")


@pytest.mark.parametrize("rater", ["", "群众", "匿名", WANG])
def test_whoever_is_not_named_or_may_be_one_of_two_may_stand_on_several_papers(rater: str) -> None:
    namesakes = [member(3), member(4, name=WANG)]
    cast = [sheet(str(n), rater, ZHANG, "合格") for n in (1, 2)]
    assert told(outcome(member(1, **NONE), *namesakes, papers=cast)) == []


@pytest.mark.parametrize(
    ("given_out", "own", "codes"),
    [(3, True, []), (2, True, ["papers-too-many"] * 2), (2, False, []), (1, False, ["papers-too-many"] * 2)],
)
def test_a_branch_has_no_more_papers_than_were_given_out(given_out: int, own: bool, codes: Any) -> None:
    """Three papers, each about two members, with the marks that these have for themselves or without."""
    people = [member(n, **{**NONE, "given_out": given_out}) for n in (1, 2)]
    cast = [
        sheet(str(n), rater, whom, "合格")
        for n, rater in enumerate((ZHANG, LI, WANG), 1)
        for whom in (ZHANG, LI)
        if own or rater != whom
    ]
    run = outcome(*people, papers=cast)
    assert [code for code in told(run) if code != "own-papers"] == codes
    assert run.tally.set_aside == len(codes)


def test_papers_that_are_numbered_member_by_member_are_counted_member_by_member() -> None:
    people = [member(n, **{**NONE, "given_out": 2}) for n in (1, 2)]
    cast = [sheet(f"{at}-{n}", "", who, "合格") for at, who in enumerate((ZHANG, LI)) for n in (1, 2)]
    assert told(outcome(*people, papers=cast)) == []


def test_sums_beside_papers_must_be_theirs() -> None:
    two = papers("优秀", "合格")
    same: dict[str, Any] = {"votes": (1, 1, 0, 0), "returned": 2, "given_out": 3}
    assert told(outcome(member(1, **same), papers=two)) == []
    assert told(outcome(member(1, **{**same, "votes": (2, 0, 0, 0)}), papers=two)) == ["votes-differ"]
    own = [*two, sheet("9", ZHANG, ZHANG, "优秀")]
    assert told(outcome(member(1, **{**same, "returned": 3}), papers=own)) == ["own-papers"]


def test_papers_about_nobody_on_the_list_are_told_by_number_and_sheet() -> None:
    run = outcome(member(1), papers=papers("优秀", "合格", whom="钟无此"))
    assert said(run, "paper-unknown") == (
        "钟无此：河西村党支部没有这样一个人，或不止一个，2 张评议票没有计入（册.xlsx BallotSheet）"
    )


def beside(odd: Any, remark: str = "", struck: bool = False) -> Any:
    """A paper with a remark, or with a cell that is struck through."""
    source = replace(
        odd.row.source, remarks=((9, "备注"),), beside={odd.row.number: Beside(struck={3: struck})}
    )
    cells = (*odd.row.cells, *("",) * (8 - len(odd.row.cells)), remark)
    if not struck:
        source = replace(source, beside={})
    return structs.replace(odd, row=structs.replace(odd.row, source=source, cells=cells))


def test_a_paper_that_a_remark_calls_void_is_void_and_one_struck_through_is_unclear() -> None:
    void = beside(sheet("8", "群众8", ZHANG, "优秀"), "作废")
    run = outcome(member(1, **NONE), papers=[*papers("合格"), void])
    assert (column(run, "测评汇总", "valid"), column(run, "测评汇总", "back")) == ([1], [2])
    struck = beside(sheet("8", "群众8", ZHANG, "优秀"), struck=True)
    assert told(outcome(member(1, **NONE), papers=[*papers("合格"), struck])) == ["papers-unclear"]


def test_a_mark_that_nobody_could_read_is_not_a_blank_one() -> None:
    (blank,) = papers("")
    unread = structs.replace(blank, row=structs.replace(blank.row, unread=("mark",)))
    assert told(outcome(member(1, **NONE), papers=[*papers("合格", "合格"), unread])) == ["papers-unclear"]


def test_papers_without_a_name_are_told_by_number() -> None:
    run = outcome(member(1), papers=papers("优秀", whom=""))
    assert said(run, "paper-unknown") == "没有写被评人，1 张评议票没有计入（册.xlsx BallotSheet）"


def test_papers_about_somebody_on_probation_count_nowhere() -> None:
    run = outcome(member(1), probationer(2), papers=papers("优秀", whom=LI))
    assert (told(run), run.tally.set_aside) == ([], 0)


RATERS = ("司马评甲", "欧阳评乙", "上官评丙")
HEADS = ("乡镇", "支部", "姓名", "身份证号", "人员类别", "发出票", "支委评定")


def test_no_page_no_json_and_no_explanation_says_who_cast_what(sanchuang: Sanchuang, tmp_path: Path) -> None:
    people = [member(n) for n in (1, 2, 3)]
    rows = [
        (
            "青禾镇",
            one.branch,
            one.name,
            one.identity,
            one.category,
            6,
            "合格" if one.name != ZHANG else "优秀",
        )
        for one in people
    ]
    cast = [
        (one.branch, f"T-77{n}", rater, one.name, mark)
        for n, rater in enumerate((*RATERS, ZHANG))
        for one, mark in zip(people, ("优秀", "合格", "很好" if n == 1 else "合格"), strict=True)
    ]
    book(tmp_path / "汇总.xlsx", rows, HEADS, title="民主评议汇总")
    book(tmp_path / "票.xlsx", cast, ("支部", "票号", "评议人", "被评人", "等次"), title="评议票")
    asked = ("汇总.xlsx", "票.xlsx", "--period", "2025")
    ran = sanchuang("reviews", *asked, "--details", "--json", "--out", "结果.xlsx")
    assert ran.code == 1
    explained = [
        sanchuang("explain", "reviews", one.name, *asked, "--all", "--json") for one in (people[0], people[2])
    ]
    texts = [ran.out, ran.err, dumped(tmp_path / "结果.xlsx"), *(one.out + one.err for one in explained)]
    for text in texts:
        assert not [secret for secret in (*RATERS, "T-77", "很好") if secret in text]
        assert "票.xlsx 名册" not in text and not _cites(text)
    tables = {table["name"]: table["rows"] for table in json.loads(ran.out)["tables"]}
    assert sorted(row[4] for row in tables["测评汇总"]) == [0, 3]


def _cites(text: str) -> bool:
    """Whether anything names a row or a cell of the book of papers."""
    try:
        findings = json.loads(text)["findings"]
    except ValueError:
        return False
    return any(one.get("file") == "票.xlsx" and one.get("row") for one in findings)


def test_the_reader_has_nothing_to_say_of_a_single_paper() -> None:
    fields = PROGRAMME.serving["papers"].fields
    own = [one for one in fields if one.heading in ("票号", "评议人", "被评人", "等次")]
    assert len(own) == 4 and not [one for one in own if one.required or one.kind.value != "text"]
