"""Nothing that is printed tells what a group of fewer than five ballots cast: with other ballots in it, all is the same."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.groups import by_groups
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.appraise import PROGRAMME
from sanchuang_cli.table import Table
from tests.command import typed
from tests.goldens.written import dumped
from tests.oracle.votes import merged
from tests.programmes.appraise.books import write
from tests.programmes.units import (
    WORDS,
    ballots,
    changed,
    column,
    default,
    explained,
    measured,
    occasion,
    outcome,
    paper,
    rosters,
    told,
    unit,
)

GROUPS = ("上级", "同级", "下级", "群众")
FEWEST = 5
Meeting = dict[str, list[int]]
"""By group, the ballots that bear each mark."""
_FEW = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(lambda own: [own.count(m) for m in range(4)])
_ANY = st.lists(st.integers(0, 6), min_size=4, max_size=4)
_MANY = st.lists(st.integers(2, 6), min_size=4, max_size=4)
meetings = st.tuples(_FEW, _ANY, _ANY, _MANY).map(lambda marks: dict(zip(GROUPS, marks, strict=True)))
"""The first group always casts fewer than five, the last more."""


def pools(meeting: Meeting) -> list[list[str]]:
    """Which groups are shown together, by the oracle."""
    rows = merged([(group, 0, marks, "") for group, marks in meeting.items()], FEWEST)  # type: ignore[misc]
    return [names for names, _, _ in rows or []]


def sheets(meeting: Meeting, name: str = "向阳村党支部", line: int = 0) -> list[Any]:
    """A void ballot came back in each group, and one more was given out."""
    return [
        ballots(marks, group, name, line + n, returned=sum(marks) + 1, given_out=sum(marks) + 2)
        for n, (group, marks) in enumerate(meeting.items())
    ]


def printed(run: Outcome) -> list[Any]:
    """All that a run prints, but for what it was given."""
    tables = [*run.tables, *run.on_terminal, *(notice.table for notice in run.notices())]
    return [
        *map(_shown, tables),
        [str(finding) for finding in run.findings],
        [fact for figures in run.front for fact in figures.facts(run.tables)],
        str(run.tally),
    ]


def _shown(table: Table) -> Any:
    return table.name, table.title, table.columns, [*table.rows], table.notes, table.of_all


def said(units: Sequence[Any], *own: Any, by: PolicyFile[Any] | None = None) -> list[Any]:
    """All that explain prints."""
    subjects = explained(units, *own, by=by).subjects
    return [(one.outcome, [_shown(page) for page in one.pages()]) for one in subjects]


def moved(meeting: Meeting, data: Any) -> Meeting:
    """The meeting with a ballot moved between two groups that are shown together."""
    names = data.draw(st.sampled_from([names for names in pools(meeting) if len(names) > 1]))
    giver, taker = data.draw(st.permutations(names))[:2]
    mark = data.draw(st.sampled_from([m for m in range(4) if meeting[giver][m]]))
    other = {group: [*marks] for group, marks in meeting.items()}
    other[giver][mark] -= 1
    other[taker][mark] += 1
    if data.draw(st.booleans()):  # a ballot for another, so that the groups stay as large as they were
        back = data.draw(st.sampled_from([m for m in range(4) if other[taker][m]]))
        other[taker][back] -= 1
        other[giver][back] += 1
    assume(pools(other) == pools(meeting))
    return other


@given(meetings, st.data())
def test_ballots_moved_between_groups_that_are_shown_together_change_nothing(
    meeting: Meeting, data: Any
) -> None:
    other = moved(meeting, data)
    units = [unit(), unit("东湾村党支部", 2)]
    beside = sheets({group: [9, 1, 0, 0] for group in GROUPS}, "东湾村党支部", 20)
    first, second = ([*sheets(each), *beside] for each in (meeting, other))
    assert printed(outcome(units, *first)) == printed(outcome(units, *second))
    assert said(units, *first) == said(units, *second)


@given(meetings)
def test_no_number_of_ballots_that_is_printed_is_of_fewer_than_five(meeting: Meeting) -> None:
    run = outcome(unit(), *sheets(meeting))
    shown = pools(meeting)
    of_groups = column(run, "分组测评", "valid")
    assert [
        set(name.removesuffix("（合并）").split("、")) for name in column(run, "分组测评", "group")
    ] == list(map(set, shown))
    assert all(number >= FEWEST for number in of_groups)
    assert measured(run, "valid") == ([sum(of_groups)] if shown else [])
    everybody = [sum(meeting[group][at] for group in GROUPS) for at in range(4)]
    assert [measured(run, f"mark-{word}") for word in WORDS] == (
        [[number] for number in everybody] if shown else [[]] * 4
    )


@given(st.lists(st.integers(60, 99), min_size=1, max_size=4), st.data())
def test_the_marks_of_few_raters_change_nothing_either(few: list[int], data: Any) -> None:
    """Points in place of grades: marks of a small group are another group's that is shown with it."""
    many = data.draw(st.lists(st.integers(60, 99), min_size=5, max_size=8))
    others = data.draw(st.permutations(few + many))
    by = changed((TRIM, ""), (SHEET, ""), name="papers")
    first, second = (_papers(marks[: len(few)], marks[len(few) :]) for marks in (few + many, [*others]))
    assert printed(outcome(unit(), *first, by=by)) == printed(outcome(unit(), *second, by=by))
    assert said([unit()], *first, by=by) == said([unit()], *second, by=by)


SHEET = """[edition.poll.papers.sheet]
clause = "一份评分表里不低于 90 分的至多 3 个，低于 70 分的至少 2 个，不得全部一样；违反的作废"
all_alike = "void"
limit = [{ at_least = 90, most = 3 }, { below = 70, least = 2 }]
"""
TRIM = """[edition.poll.papers.trim]
clause = "超过 5 个评分的，去掉一个最高分、一个最低分"
over = 5
drop = 1
"""


def _papers(few: Sequence[int], many: Sequence[int]) -> list[Any]:
    own = (
        paper(group, f"{n}", {"向阳村党支部": mark}, 20 * n)
        for group, marks in (("上级", few), ("同级", many))
        for n, mark in enumerate(marks)
    )
    return list(chain.from_iterable(own))


def test_a_paper_that_cannot_be_read_is_told_without_its_row_or_its_words() -> None:
    rows = [
        row
        for n in range(6)
        for row in paper("上级", f"{n}", {"向阳村党支部": 60 + n, "东湾村党支部": 95}, 10 * n)
    ]
    odd = paper("上级", "七", {"向阳村党支部": "九十?", "东湾村党支部": 61}, 90)
    run = outcome([unit(), unit("东湾村党支部", 2)], *rows, *odd, by=changed((SHEET, ""), name="papers"))
    assert told(run) == ["sheet-waits", "sheet-waits"]
    assert {finding.place.sheet for finding in run.findings} == {"AppraisedUnit"}
    assert not [finding for finding in run.findings if "九十" in finding.message or "七" in finding.message]
    strange = paper("上级", "八", {"没有的村党支部": 61}, 95)
    run = outcome(unit(), *rows, *strange, by=changed((SHEET, ""), name="papers"))
    places = [finding.place for finding in run.findings if finding.code == "appraise.unit-unknown"]
    assert {(place.row, place.column) for place in places} == {(0, 0)}


def test_two_documents_beside_each_other_show_no_group() -> None:
    """Another document may merge a small group into another one: from both together its ballots would follow."""
    meeting = dict(zip(GROUPS, ([2, 1, 0, 0], [5, 0, 0, 0], [6, 0, 0, 0], [9, 0, 0, 0]), strict=True))
    (verdict,) = PROGRAMME.judge(rosters([unit()], sheets(meeting)), default(), occasion()).of()
    reasons = {reason.what: reason.said for reason in PROGRAMME.compared.reasons(verdict)}
    assert reasons["测评"] == "98.75 分"
    assert not [said for said in reasons.values() if any(group in said for group in GROUPS)]


def test_books_with_other_ballots_in_a_small_group_give_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it is typed: the workbook, the screen, the document of --json, the notice, and what explain says."""
    seen, sanchuang = [], typed(monkeypatch, capsys)
    for name, few, many in (("甲", (2, 1, 0, 0), (5, 2, 1, 0)), ("乙", (0, 0, 1, 0), (7, 3, 0, 0))):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "全县.xlsx", few, many)
        there = tmp_path / name
        ran = sanchuang(
            "appraise",
            there / "全县.xlsx",
            "--json",
            "--details",
            "--out",
            there / "结果.xlsx",
            "--notice",
            there / "公示",
            "--draft",
            "--period",
            "2025",
        )
        assert ran.code == 0, ran.err
        asked = sanchuang(
            "explain", "appraise", "向阳村党支部", there / "全县.xlsx", "--all", "--period", "2025"
        )
        files = [dumped(file) for file in sorted((there / "公示").glob("*.xlsx"))]
        texts = [ran.out, ran.err, dumped(there / "结果.xlsx"), asked.out, *files]
        seen.append([_same(text, name, there) for text in texts])
    assert seen[0] == seen[1]
    assert "上级、同级（合并）" in "".join(chain.from_iterable(seen[0]))


def _same(text: str, name: str, there: Path) -> list[str]:
    """The lines, without those that tell which book was read."""
    return [
        line
        for line in text.replace(str(there), "").replace(f"{name}/", "").splitlines()
        if not any(word in line for word in ("sha256", "SHA-256", "摘要"))
    ]


def test_the_test_would_see_a_group_that_is_shown(monkeypatch: Any) -> None:
    """A comparison that could not fail would prove nothing."""
    small, other = (
        {"上级": marks, "同级": [5, 5, 0, 0], "下级": [9, 0, 0, 0], "群众": [9, 0, 0, 0]}
        for marks in ([3, 0, 0, 0], [0, 0, 0, 3])
    )
    assert printed(outcome(unit(), *sheets(small))) != printed(outcome(unit(), *sheets(other)))
    monkeypatch.setattr("sanchuang_cli.domain.appraisal.scoring.by_groups", _each_by_itself)
    moved = {**small, "上级": [2, 1, 0, 0], "同级": [6, 4, 0, 0]}
    assert printed(outcome(unit(), *sheets(small))) != printed(outcome(unit(), *sheets(moved)))


def _each_by_itself(papers: Any, marks: Any, rule: Any) -> Any:
    return by_groups(papers, marks, rule.model_copy(update={"merge_below": 0}))
