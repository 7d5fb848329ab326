"""What is said of reviews, case by case: votes, papers, the committee's grade, the cap, what follows the worst grade, points, pledges."""

from typing import Any

from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Outcome
from tests.goldens.scenes import pages, told
from tests.goldens.written import golden
from tests.programmes.reviewed import (
    NAMES,
    default,
    did,
    member,
    outcome,
    pledge,
    probationer,
    sheet,
    whole,
    with_keys,
)

ZHANG, LI, WANG, ZHAO = NAMES[:4]
NONE: dict[str, Any] = {"votes": (None, None, None, None), "given_out": None, "returned": None}
WORST: dict[str, Any] = {"grade": "不合格", "votes": (0, 1, 2, 7)}
STUDENTS = default("ratios-student-branch")
REACHED: dict[str, Any] = {"绩点": 4, "思想汇报": 6}


def scenes() -> dict[str, Whole]:
    papers = [
        sheet(str(n), f"群众{n}", ZHANG, mark)
        for n, mark in enumerate(("优秀", "优秀", "合格", "弃权", ""), 1)
    ]
    cap = [
        member(1, "优秀", (9, 1, 0, 0)),
        member(2, "优秀", (8, 2, 0, 0)),
        member(3, "优秀", (8, 2, 0, 0)),
        member(4, "优秀", (1, 9, 0, 0)),
    ]
    levels = ({"at_least": 18, "says": "建议表扬"}, {"at_least": 25, "says": "建议推优"})
    return {
        "a grade": whole(member(1), probationer(2)),
        "no grade": whole(member(1, "")),
        "a grade of somebody on probation": whole(probationer(1, "合格")),
        "more marks than papers": whole(member(1, votes=(0, 11, 0, 0))),
        "more papers than were given out": whole(member(1, returned=13, votes=(0, 13, 0, 0))),
        "no valid paper": whole(member(1, votes=(0, 0, 0, 0), abstained=10)),
        "figures that lack": whole(member(1, votes=(None, 5, 0, None), given_out=None)),
        "the best grade with few votes": whole(member(1, "优秀", (4, 6, 0, 0)), member(2), member(3)),
        "the best grade with half of the votes": whole(member(1, "优秀", (5, 5, 0, 0)), member(2), member(3)),
        "a share of all papers that came back": whole(member(1, votes=(5, 3, 0, 0), abstained=2), by=with_keys(votes={"base": "returned"})),
        "a grade of another time": whole(member(1, "基本合格", (0, 4, 6, 0)), year=2014),
        "papers": whole(member(1, **NONE), papers=papers),
        "papers and the same sums": whole(member(1, votes=(2, 1, 0, 0), abstained=1, returned=5, given_out=6), papers=papers),
        "papers and other sums": whole(member(1, votes=(2, 2, 0, 0), abstained=1, returned=5), papers=papers),
        "papers and another number of those who abstained": whole(member(1, **NONE, abstained=2), papers=papers),
        "papers and another number that came back": whole(member(1, **{**NONE, "returned": 6}), papers=papers),
        "papers that are unclear": whole(member(1, **NONE), papers=[*papers, sheet("9", "群众9", ZHANG, "很好")]),
        "a paper about oneself": whole(member(1, **NONE), papers=[*papers, sheet("9", ZHANG, ZHANG, "优秀")]),
        "papers about nobody": whole(member(1), papers=[sheet("1", "群众1", "钟无此", "优秀"), sheet("2", "群众2", "钟无此", "优秀"), sheet("3", "群众3", "", "优秀")]),
        "too many of the best grade": whole(*cap, *(member(n) for n in (5, 6, 7))),
        "too many of the best grade, all of whom are set aside": whole(*(member(n, "优秀", (0, 11, 0, 0)) for n in (1, 2))),
        "as many of the best grade as may be": whole(*cap[:1], member(2), member(3)),
        "the worst grade": whole(member(1, **WORST, decided="2025-12-20"), member(2, **WORST)),
        "the worst grade, decided in a month": whole(member(1, **WORST, decided="2025-11")),
        "the worst grade for the second year": whole(member(1, **WORST, last="不合格")),
        "last year's grade by its result": whole(member(1), last=[{"identity": member(1).identity, "grade": "优秀"}]),
        "last year's grade otherwise": whole(member(1, last="优秀"), last=[{"identity": member(1).identity, "grade": "合格"}]),
        "points": whole(member(1), points=[did(1, ZHANG, "学习", 10, 2, 18), did(2, ZHANG, "劳动", 2, 3)], by=with_keys(points={"levels": levels})),
        "points of the second level": whole(member(1), points=[did(1, ZHANG, "学习", 13, 2)], by=with_keys(points={"levels": levels})),
        "points just below the first level": whole(member(1), points=[did(1, ZHANG, "学习", 17, 1)], by=with_keys(points={"levels": levels})),
        "points with another worth": whole(member(1), points=[did(1, ZHANG, "集中学习", 3, 3, 12)], by=default("points-by-item")),
        "points of an unknown item": whole(member(1), points=[did(1, ZHANG, "义务劳动", 3, 2)], by=default("points-by-item")),
        "points whose rows differ": whole(member(1), points=[did(1, ZHANG, "学习", 3, 2), did(2, ZHANG, "学习", 3, 1)]),
        "points of nobody": whole(member(1), points=[did(1, "钟无此", "学习", 3, 2)]),
        "points by ratios": whole(member(1, "优秀", (50, 23, 0, 0), given_out=75, returned=73, **REACHED), *(member(n, **REACHED) for n in (2, 3)), by=STUDENTS),
        "points by ratios, too few of one": whole(member(1, "优秀", (50, 23, 0, 0), given_out=75, returned=73, 绩点=4, 思想汇报=1), *(member(n, **REACHED) for n in (2, 3)), by=STUDENTS),
        "points by ratios, and votes that cannot be right": whole(member(1, votes=(0, 11, 0, 0), **REACHED), by=STUDENTS),
        "points by ratios that lack a figure": whole(member(1, 绩点=4, 思想汇报=None), by=STUDENTS),
        "points by ratios that are below nought": whole(member(1, 绩点=-4, 思想汇报=None), by=STUDENTS),
        "pledges": whole(member(1), member(2), pledges=[pledge(1, ZHANG, "护渠", kept="2025-09"), pledge(2, ZHANG, "帮扶"), pledge(3, LI, "帮扶", kept="2025-10-01")]),
        "a pledge of nobody": whole(member(1), pledges=[pledge(1, "钟无此", "帮扶")]),
        "a pledge to be kept": whole(member(1), pledges=[pledge(1, ZHANG, "帮扶", kept="2026-03-01"), pledge(2, ZHANG, "护渠")]),
        "stages out of order": whole(member(1), pledges=[pledge(1, ZHANG, "帮扶", proposed="2025-04-01", examined="2025-03-01", announced="2025-02-01", kept="2025-02-01", appraised="2025-01-31")]),
        "stages that may be in order": whole(member(1), pledges=[pledge(1, ZHANG, "帮扶", proposed="2025-04", examined="2025-04-01", kept="2025-04-01")]),
    }  # fmt: skip


def test_all_that_is_said_of_reviews() -> None:
    assert [*told(scenes())] == golden("said/reviews")


def county() -> dict[str, Outcome]:
    """A branch with too many of the best grade, one with the worst, and one of those who are set aside or unread; points and pledges."""
    best = [
        member(n, "优秀", cast, branch="甲党支部")
        for n, cast in ((1, (9, 1, 0, 0)), (2, (8, 2, 0, 0)), (3, (8, 2, 0, 0)))
    ]
    others = [member(n, branch="甲党支部") for n in (4, 5, 6, 7)]
    office = [
        member(8, "优秀", (5, 3, 0, 0), abstained=2, township="望河乡", branch="乙党支部"), member(9, **WORST, decided="2025-12-20", last="不合格", township="望河乡", branch="乙党支部"),
        member(10, **WORST, decided="2025-11-01", handed="2025-11-30", township="望河乡", branch="乙党支部"), member(11, "", township="望河乡", branch="乙党支部"),
        probationer(12, township="望河乡", branch="乙党支部"), member(13, "基本合格", (0, 4, 6, 0), township="望河乡", branch="乙党支部"),
    ]  # fmt: skip
    waiting = [
        member(14, "优秀", (0, 11, 0, 0), branch="丙党支部"),
        member(15, branch="丙党支部", last="优秀"),
    ]
    unread = [
        member(15, "优秀", branch="丙党支部"),
        member(16, "优秀", branch="丙党支部"),
        member(17, "", branch="丙党支部", identity=""),
    ]
    pledges = [
        pledge(
            1,
            ZHANG,
            "护渠",
            branch="甲党支部",
            proposed="2025-03-01",
            examined="2025-03-02",
            announced="2025-03-03",
            kept="2025-10",
            appraised="2025-12-01",
        ),
        pledge(2, ZHANG, "帮扶", branch="甲党支部"),
        pledge(3, LI, "帮扶", branch="甲党支部", kept="2025-10-01"),
    ]
    points = [
        did(1, ZHANG, "学习", 10, 2, 18, branch="甲党支部"),
        did(2, LI, "学习", 3, 2, branch="甲党支部"),
    ]
    year = outcome(
        *best,
        *others,
        *office,
        *waiting,
        unread=unread,
        pledges=pledges,
        points=points,
        by=with_keys(points={"levels": ({"at_least": 18, "says": "建议表扬"},)}),
    )
    students = [
        member(1, "优秀", (50, 23, 0, 0), given_out=75, returned=73, **REACHED),
        member(2, "优秀", 绩点=4, 思想汇报=1),
        member(3, **REACHED),
    ]
    last = [
        {"identity": member(3).identity, "grade": "优秀"},
        {"identity": member(9).identity, "grade": "合格"},
    ]
    return {"a year": year, "points by ratios, and last year's grades": outcome(*students, by=STUDENTS, last=last)}  # fmt: skip


def test_what_stands_on_each_page_of_reviews() -> None:
    assert [*pages(county())] == golden("said/reviews_pages")
