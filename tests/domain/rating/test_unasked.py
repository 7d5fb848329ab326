"""What a document goes by and no roster was asked for is told once, for all rows, and decides nobody's place."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.judging import ReadyRating
from sanchuang_cli.domain.rating.unasked import asked_of_nobody
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.rate.test_sayable import FLAGGED, VACANT, edition, good, limit, run, situation
from tests.programmes.ratings import GOODS, ON, codes, column, last_year, organisation, scores

OTHER = situation(test="yes", column="上访") | {"name": "又一情形"}
LADDER = {"clause": "梯", "step": 1}
MISSED = situation(test="good-missed", good="领导班子", years=2)
LOW = situation(test="stars-below", stars=1, years=2)


def told(policy: Any, *records: Any, before: Any = (), instead: str = "") -> list[tuple[str, str, str, str]]:
    known = ReadyRating.of(policy.rules(), before, policy.goods, instead)
    found = [one.finding for one in asked_of_nobody(known, records, DOUBTS)]
    return [(one.code, str(one.place), one.message, one.basis) for one in found]


def test_each_column_of_a_situation_that_no_roster_has_is_told_once_for_the_whole_roster() -> None:
    here, there = organisation(1, more={"违纪": None}), organisation(2, more={"上访": True})
    limits = [limit(FLAGGED, VACANT), limit(OTHER) | {"clause": "另"}]
    said = "名册没有“{}”一栏，没有一个据此限制星级"
    vacant = ("limit-not-asked", "全部名册", said.format("书记空缺起始日期"), "限")
    assert told(edition(limits=limits), here, there) == [vacant]
    assert told(edition(limits=limits), here) == [
        vacant,
        ("limit-not-asked", "全部名册", said.format("上访"), "另"),
    ]
    assert told(edition(limits=limits)) == []


@pytest.mark.parametrize(
    "block",
    [
        {"rectify": {"clause": "整", "criteria": [OTHER]}},
        {"secretaries": {"clause": "调", "triggers": [OTHER]}},
    ],
)
def test_a_situation_of_either_list_is_told_by_its_own_clause(block: dict[str, Any]) -> None:
    message = "名册没有“上访”一栏，没有一个据此列入"
    assert told(edition(**block), organisation()) == [("list-not-asked", "全部名册", message, "条")]
    assert told(edition(**block), organisation(more={"上访": None})) == []


def test_last_years_stars_are_asked_for_once_where_nothing_tells_of_them() -> None:
    blocks: dict[str, Any] = {"ladder": LADDER, "secretaries": {"clause": "调", "triggers": [LOW]}}
    said = "名册没有“上年星级”一栏，也没有给上年汇总表，"
    assert told(edition(**blocks), organisation()) == [
        ("last-year-not-given", "全部名册", said + "一年至多升 1 星没有限制一个", "梯"),
        ("last-year-not-given", "全部名册", said + "没有一个据“某情形”列入", "条"),
    ]
    assert told(edition(**blocks), organisation(last_stars=None)) == []
    assert told(edition(**blocks), organisation(), before=[last_year(stars=3)]) == []


def test_a_good_missed_two_years_running_needs_last_years_result_and_its_edition() -> None:
    policy = edition(secretaries={"clause": "调", "triggers": [MISSED]})
    unruled = "政策文件里没有上年施行的一版，“某情形”的上年得星线按 2026-01-01 起施行的一版算"
    known = [last_year(stars=3)]
    assert told(policy, organisation()) == []
    assert told(policy, organisation(), before=known, instead="2026-01-01") == [
        ("last-year-unruled", "全部名册", unruled, "条")
    ]
    assert told(policy, organisation(), before=known) == []


def test_the_page_of_a_list_says_which_situations_nobody_met_for_want_of_last_years_result() -> None:
    blocks: dict[str, Any] = {
        "rectify": {"clause": "整", "criteria": [MISSED]},
        "secretaries": {"clause": "调", "triggers": [MISSED]},
    }
    said = "没有给上年汇总表（--previous），没有一个据“某情形”列入。"
    for previous, told_there in (((), True), ((last_year(stars=3),), False)):
        tables = run(edition(**blocks), organisation(), previous=previous).tables
        for name in ("后进整顿台账", "书记调整建议"):
            (page,) = (table for table in tables if table.name == name)
            assert (said in page.notes) is told_there


@pytest.mark.parametrize(("begins", "listed"), [(date(2026, 1, 1), 0), (date(2025, 12, 31), 1)])
def test_last_years_star_was_missed_by_the_pass_mark_of_the_edition_that_ruled_last_year(
    begins: date, listed: int
) -> None:
    """70 passed by the mark of 60 of the older edition; the newer one asks for 80."""
    low = [good(name, passes=60) for name in GOODS]
    secretaries = {"clause": "调", "triggers": [MISSED]}
    older = edition(goods=low, secretaries=secretaries)
    newer = edition(effective=begins, secretaries=secretaries)
    file = PolicyFile("试.toml", "0" * 64, (older, newer))
    before = last_year(stars=5, more=scores(70, column="各项得分"))
    rosters = {"organisations": Roster((organisation(more=scores(75)),)), "previous": Roster[Any]((before,))}
    result = PROGRAMME.run(rosters, file, Occasion(Period.year(ON.year), ON))
    assert len(column(result, "书记调整建议", "reasons")) == listed


def test_a_file_that_has_no_edition_of_last_year_takes_its_oldest_and_says_so() -> None:
    policy = edition(effective=date(2026, 1, 1), secretaries={"clause": "调", "triggers": [MISSED]})
    before = last_year(stars=0, more=scores(70, column="各项得分"))
    result = run(policy, organisation(more=scores(75)), previous=(before,))
    assert len(column(result, "书记调整建议", "reasons")) == 1
    assert "rate.last-year-unruled" in codes(result.findings)
