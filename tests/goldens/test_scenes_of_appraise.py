"""What is said of 述评考, case by case: sheets that contradict themselves, parts that lack, grades, the cap, places, proposals, problems."""

from typing import Any

from sanchuang_cli.domain.appraisal.rosters import GroupBallots
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.policy import source
from tests.goldens.scenes import pages, told
from tests.goldens.written import golden
from tests.programmes.appraise.test_results import BY as RESULTS
from tests.programmes.appraise.test_results import GIVEN, NUMBER, village
from tests.programmes.appraise.test_rules import ITEMS, NO_POLL, NO_YEARLY, fields
from tests.programmes.appraise.test_secrecy import SHEET
from tests.programmes.people import identity
from tests.programmes.units import (
    ballots,
    changed,
    default,
    honored,
    item,
    made,
    outcome,
    paper,
    problem,
    reviewed,
    stars,
    unit,
    whole,
)

NAME, OTHER = "向阳村党支部", "东湾村党支部"
LISTED = changed(("[edition.yearly]", ITEMS))
PAPERS, FREE = default("papers"), changed((SHEET, ""), name="papers")
MARKS = [row for n in range(6) for row in paper("上级", f"{n}", {NAME: 60 + n, OTHER: 95}, 10 * n)]


_, HEAD, AFTER = source("appraise", "results")[1].decode().partition("[edition.yearly.honors]")
HONOURS = HEAD + AFTER.partition("\n[")[0]
PROBLEMS = '[edition.problems]\nclause = "述后列出问题、责任、整改三个清单，整改一件、销号一件"\n'
TWICE = changed(
    ('name = "约谈或者调整"\nclause = "一年差的', 'name = "约谈"\nclause = "一年差的'),
    ('grades = ["差"]', 'grades = ["差", "一般"]'),
)
BESIDE = changed(("weight = 0.2", "weight = 0"), ("weight = 0.5", "weight = 0.7"))
"""Ballots are only listed."""


def with_results(*units: Any, by: Any = RESULTS, **results: Any) -> Whole:
    """A village by the results of other programmes; with all three unless told otherwise."""
    given = {name: own for name, own in {**GIVEN, **results}.items() if own is not None}
    return whole([*units] or [village()], ballots(), by=by, results=given)


def scenes() -> dict[str, Whole]:
    six = [
        unit(f"第{n}村党支部", n, daily=daily, report_score=daily, last_grade=last)
        for n, (daily, last) in enumerate(
            ((99, "好"), (95, "好"), (95, "一般"), (85, ""), (70, "一般"), (20, "较好"))
        )
    ]
    votes = [ballots((9, 0, 0, 0), name=one.name, line=n) for n, one in enumerate(six)]
    few = ballots((2, 0, 0, 0), "上级", line=1), ballots((1, 1, 0, 0), "同级", line=2)
    return {
        "all parts": whole(unit(daily="87.5", yearly=90, last_grade="较好"), ballots(), item("党建责任", 9, 60, 1), item("阵地", 3.5, 40, 2)),
        "items of which nothing is left": whole(unit(daily=None), ballots(), item("甲", 70, 60, 1), item("乙", 0, 40, 2)),
        "nothing taken off": whole(unit(daily=None), ballots(), item("甲", 0, 100, 1)),
        "all groups, of which one is merged and one is away": whole(unit(), ballots((2, 1, 0, 0), "上级", line=1), ballots((5, 0, 0, 0), "同级", line=2), ballots((9, 0, 0, 0), line=3)),
        "no ballots": whole(unit()),
        "too few ballots": whole(unit(), *few),
        "no valid ballot": whole(unit(), ballots((None,) * 4, valid=0)),
        "no daily score and no report": whole(unit(daily=None, reported=None, report_score=None), ballots()),
        "a report without a day": whole(unit(reported=None), ballots()),
        "a report on the last day": whole(unit(reported="2026-01-31"), ballots(), on="2026-03-01"),
        "a report a day late": whole(unit(reported="2026-02-01"), ballots(), on="2026-03-01"),
        "not appraised": whole([unit(takes_part=False), unit(OTHER, 2, takes_part=True)], ballots(name=OTHER)),
        "an unknown type": whole(unit(type="学校"), ballots()),
        "another daily score": whole(unit(daily=87), ballots(), item("甲", 12, 100, 1)),
        "more came back than were given out": whole(unit(), ballots(given_out=30)),
        "more are valid than came back": whole(unit(), ballots(given_out=40, returned=32)),
        "marks that do not make the valid ones": whole(unit(), ballots(valid=34)),
        "marks that are blank": whole(unit(), ballots((18, 10, None, None))),
        "an unknown group": whole(unit(), ballots(group="外单位")),
        "a group twice": whole(unit(), ballots(line=1), ballots(line=2, given_out=50)),
        "raters who give points, on papers that are void": whole([unit(), unit(OTHER, 2)], *MARKS, by=PAPERS),
        "a group twice, once with its township": whole(unit(), ballots(line=1), made(GroupBallots, 2, {**fields(ballots()), "township": "青禾镇"}, **ballots().more)),
        "a serial twice, once with its township": whole(unit(daily=None), ballots(), item("甲", 2, 100, 1, serial="1"), item("甲", 2, 100, 2, serial="1", township="青禾镇")),
        "items that do not make a hundred": whole(unit(daily=None), ballots(), item("甲", 0, 60, 1), item("乙", 0, 30, 2)),
        "items of which one lacks": whole(unit(daily=None), ballots(), item("党建责任", 0, 60, 1), by=LISTED),
        "an item of two sizes": whole(unit(daily=None), ballots(), item("甲", 0, 60, 1, serial="1"), item("甲", 0, 40, 2, serial="2")),
        "an item of another size than the document's": whole(unit(daily=None), ballots(), item("党建责任", 0, 50, 1), item("阵地", 0, 50, 2), by=LISTED),
        "an unknown item": whole(unit(daily=None), ballots(), item("党建责任", 0, 60, 1), item("绿化", 0, 40, 2), by=LISTED),
        "an unknown office": whole(unit(daily=None), ballots(), item("党建责任", 0, 60, 1, office="农村科"), item("阵地", 0, 40, 2, office="农村科"), by=LISTED),
        "a serial twice": whole(unit(daily=None), ballots(), item("甲", 2, 100, 1, serial="1"), item("甲", 3, 100, 2, serial="1", why="又一次")),
        "an unknown way": whole(unit(daily=None), ballots(), item("甲", 0, 100, 1, way="抽")),
        "an office with two shares": whole(unit(daily=None), ballots(), item("甲", 0, 100, 1, serial="1", office="组织科", part=60), item("甲", 0, 100, 2, serial="2", office="组织科", part=40)),
        "offices that do not make the item": whole(unit(daily=None), ballots(), item("甲", 0, 100, 1, serial="1", office="组织科", part=60), item("甲", 0, 100, 2, serial="2", office="宣教科", part=30)),
        "offices that make the item": whole(unit(daily=None), ballots(), item("甲", 1, 100, 1, serial="1", office="组织科", part=60, way="看"), item("甲", 0, 100, 2, serial="2", office="宣教科", part=40, way="比")),
        "rows of nobody": whole(unit(daily=None), ballots(), ballots(name="老龙口村党支部", line=2), item("全部", 12, 100, 1), item("全部", 50, 100, 2, of="老龙口村党支部"), problem(of="老龙口村党支部")),
        "rows of one of two": whole([unit(line=1), unit(line=2, township="望河乡")], ballots(line=1)),
        "rows that wait": whole([unit(), unit(OTHER, 2)], ballots(line=1), ballots((9, 9, 9, 6), line=2), ballots(name=OTHER, line=3)),
        "listed twice": whole([unit(), unit(line=2, daily=77)], ballots()),
        "sheets of which the document says nothing": whole(unit(), *MARKS[:1], by=changed(*NO_POLL, *NO_YEARLY)),
        "ballots where raters give points": whole(unit(), ballots(), *MARKS, by=FREE),
        "raters who give points": whole([unit(), unit(OTHER, 2)], *MARKS, by=FREE),
        "a paper that is not understood": whole([unit(), unit(OTHER, 2)], *MARKS, *paper("上级", "七", {NAME: "九十", OTHER: 61}, 90), by=FREE),
        "a paper that gives too much": whole(unit(), *MARKS, *paper("上级", "七", {NAME: 101}, 90), by=FREE),
        "a paper of an unknown group": whole(unit(), *MARKS, *paper("外单位", "七", {NAME: 90}, 90), by=FREE),
        "a paper without a number": whole(unit(), *MARKS, *paper("上级", "", {NAME: 90}, 90), by=FREE),
        "a paper about nobody": whole(unit(), *MARKS, *paper("上级", "八", {"没有的村党支部": 61}, 95), by=FREE),
        "grades, the cap, places and proposals": whole(six, *votes),
        "an accident": whole([unit(daily=100, report_score=100, accident=True), unit(OTHER, 2, accident=False)], ballots((9, 0, 0, 0)), ballots(name=OTHER, line=2)),
        "places that share points": whole(six[:3], *votes[:3], by=changed(('ties = "skip"', 'ties = "mean"\npoints = [10, 8, 6]'))),
        "places without a gap": whole(six[:3], *votes[:3], by=changed(('ties = "skip"', 'ties = "dense"\npoints = [10, 8]'))),
        "places without points": whole(six[:3], *votes[:3], by=changed(('ties = "skip"', 'ties = "skip"\npoints = [10]'))),
        "last year's grade is not one of the document": whole(unit(last_grade="优秀"), ballots()),
        "last year's grade otherwise": whole(unit(last_grade="好"), ballots(), last=[{"township": "青禾镇", "name": NAME, "grade": "一般", "place": 4}]),
        "last year's grade by its result": whole(unit(daily=70, report_score=70), ballots(), last=[{"township": "青禾镇", "name": NAME, "grade": "一般", "place": 4}]),
        "a problem closed too early": whole(unit(), ballots(), problem(raised="2025-05-02", closed="2025-05-01"), problem("乙", 2, raised="2025-05", closed="2025-05-01")),
        "results": with_results(),
        "results: nothing for honours": with_results(by=changed((HONOURS, ""), name="results"), honors=None),
        "results: no stars": with_results(stars=None),
        "results: a unit that is not rated": with_results(**stars({OTHER: 5})),
        "results: stars without points": with_results(**stars({NAME: 6})),
        "results: a secretary who was not reviewed": with_results(**reviewed({identity("1980-01-01"): "优秀"})),
        "results: a grade without points": with_results(**reviewed({NUMBER: "优良"})),
        "results: no number": with_results(village(secretary_identity="")),
        "results: honours of others": with_results(**honored((OTHER, "先进组织"), (NAME, "优秀党员"))),
        "results: another figure in the roster": with_results(village(yearly=90)),
        "results: no township": with_results(village(township="")),
        "results: not for this type": with_results(village(type="乡镇", yearly=80)),
    }  # fmt: skip


def county() -> dict[str, Outcome]:
    """Two townships and two types: one unit for each grade, problems in each state, a report that lacks."""
    units = [
        unit("甲村党支部", 1, daily=98, report_score=97, report="抓基层", last_grade="好"), unit("乙村党支部", 2, daily=88, report_score=85, secretary="任海涛"),
        unit("丙村党支部", 3, daily=70, report_score=70, last_grade="一般"), unit("丁村党支部", 4, daily=30, report_score=30), unit("戊村党支部", 5, report_score=None, reported=None),
        unit("望河乡党委", 6, township="望河乡", type="乡镇", daily=None, yearly=90), unit("己村党支部", 7, township="望河乡", reported="2026-02-02"), unit("庚村党支部", 8, township="望河乡", type="学校"),
        unit("辛村党支部", 9, township="望河乡", takes_part=False),
    ]  # fmt: skip
    sheets = [ballots(name=one.name, line=n) for n, one in enumerate(units, 1)]
    more: list[Any] = [
        ballots((3, 1, 0, 0), "上级", "甲村党支部", 20),
        ballots((9, 0, 0, 0), "同级", "甲村党支部", 21),
        item("责任", 5, 60, 22, "望河乡党委", way="看"),
        item("阵地", 0, 40, 23, "望河乡党委", way="比"),
    ]
    ledger = [
        problem("后备少", 30, "甲村党支部", raised="2024-12-20", due="2026-03-01", responsible="杨兴华", measure="培养"), problem("台账不全", 31, "甲村党支部", raised="2024-12-20", due="2026-02-28"),
        problem("场所小", 32, "甲村党支部", raised="2024-12-20", closed="2025-06-30"), problem("学习少", 33, "庚村党支部", raised="2025-01-01"), problem("不公开", 34, "戊村党支部", raised="2025-03-01", due="2026-06-30"), problem("新提的", 35, "甲村党支部", raised="2025-01-01"), problem("早提的", 36, "甲村党支部", raised="2024-12-31", closed="2025-02-01"),
    ]  # fmt: skip
    last = [
        {"township": "青禾镇", "name": name, "grade": grade, "place": place}
        for name, grade, place in (("甲村党支部", "好", 1), ("乙村党支部", "较好", 4))
    ]
    full = outcome(units, *sheets, *more, *ledger, on="2026-03-01", last=last)
    scored = changed(
        ('ties = "skip"', 'ties = "mean"\npoints = [10, 8, 6, 4, 2]'), *NO_POLL, *NO_YEARLY, (PROBLEMS, "")
    )
    bare = outcome(units[:3], by=scored)
    results = outcome(
        [village(report="抓基层"), unit(OTHER, 2, yearly=80)],
        ballots(),
        ballots(name=OTHER, line=2),
        by=RESULTS,
        results={name: own for name, own in GIVEN.items() if name != "review"},
    )
    points = outcome([unit(), unit(OTHER, 2)], *MARKS, by=FREE)
    twice = outcome(unit(daily=70, report_score=70, last_grade="一般"), ballots(), by=TWICE)
    return {"a year": full, "without ballots, yearly figures and problems": bare, "with ballots that do not count": outcome([unit(), unit(OTHER, 2)], ballots(), by=BESIDE), "two proposals": twice, "with results": results, "with raters' papers": points}  # fmt: skip


def test_all_that_is_said_of_units() -> None:
    assert [*told(scenes())] == golden("said/appraise")


def test_what_stands_on_each_page_of_appraise() -> None:
    assert [*pages(county())] == golden("said/appraise_pages")
