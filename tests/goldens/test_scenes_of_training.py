"""What is said of a year of study, case by case: rows that do not count, parts of a year, hours, courses, tests, terms, what is carried."""

from datetime import date
from fractions import Fraction
from typing import Any

from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.period import VagueDate
from tests.goldens.scenes import pages, told
from tests.goldens.written import golden
from tests.programmes.trainees import Sheet, default, name, outcome, pack, trainee, whole, with_keys

SECRETARY: dict[str, Any] = {"role": "书记", "appointed": "2020-03-01"}
LEADER: dict[str, Any] = {"role": "领导", "appointed": "2020-03-01"}
NEW: dict[str, Any] = {"role": "书记", "appointed": "2026-03-03"}


def of(*sheets: Sheet, **fields: Any) -> Whole:
    """One member with these fields."""
    return whole(trainee(**fields), sheets=sheets or [Sheet()])


def odd(row: dict[str, Any]) -> Whole:
    """A sound row and one that is odd."""
    plain: dict[str, Any] = {"amount": 1, "unit": "天", "start": "2026-04-02"}
    return of(Sheet().add(2, "小时", "2026-03-02").add(**plain | row))


def scenes() -> dict[str, Whole]:
    days = Sheet().days(4, 1, "天", 3)
    course, test = Sheet("党校").add(1, "天", "2026-05-05", method="集中培训"), Sheet("网络")
    for at, score in (("2026-06-01", 50), ("2026-09-01", 70)):
        test.add(1, "门", at, course="党章", method="测试", score=score)
    review, tests = default().editions[-1].review, default().editions[-1].tests
    assert review and tests
    twice = Sheet("乡镇").add(1, "天", "2026-03-02", course="书记班")
    late = [
        {
            "identity": trainee().identity,
            "over": Fraction(6),
            "ever": Fraction(40),
            "last_course": VagueDate.on(date(2022, 4, 9)),
        }
    ]
    rotation = {"name": "五年轮训", "clause": "五年一次", "roles": ["书记"], "since": "course", "months": 60}
    return {
        "enough": of(days),
        "not enough": of(Sheet().days(3, 1, "天").add(20, "分钟", "2026-06-01")),
        "a class that is asked nothing": whole(trainee(), sheets=[days], by=with_keys(standards=[])),
        "exempt": of(days, exempt="青发〔2026〕3号"),
        "no decision": of(days, exempt="无"),
        "joined on the first day": of(days, joined="2026-01-01"),
        "joined on the second day": of(days, joined="2026-01-02"),
        "joined in the first month": of(days, joined="2026-01"),
        "moved in": of(days, came="2026-05-01"),
        "moved in, some day": of(days, came="2026"),
        "appointed": of(days, **LEADER | {"appointed": "2026-05"}),
        "appointed, some day": of(days, **LEADER | {"appointed": "2026"}),
        "left on the eve of the last day": of(days, left="2026-12-30"),
        "left, some day": of(days, left="2026-12"),
        "relieved": of(days, relieved="2026-05-01"),
        "relieved, some day": of(days, relieved="2026"),
        "relieved on the last day": of(days, relieved="2026-12-31"),
        "joined and relieved": of(days, joined="2026-02-01", relieved="2026-05-01"),
        "a secretary without a course": of(Sheet().days(7, 1, "天"), **SECRETARY),
        "a secretary with a course": of(Sheet().days(7, 1, "天"), course, **SECRETARY),
        "a test taken again": of(days, test),
        "a test of which the best counts": whole(trainee(), sheets=[days, test], by=with_keys(tests=tests.model_dump() | {"again": "best"})),
        "a test of which each counts": whole(trainee(), sheets=[days, test], by=with_keys(tests=tests.model_dump() | {"again": "each"})),
        "a test that is not graded": whole(trainee(), sheets=[days, test], by=with_keys(tests=None)),
        "a method of which not all counts": whole(trainee(), sheets=[Sheet().days(4, 5, "小时", method="自学")], by=with_keys(methods=[one.model_dump() | {"at_most": 12} for one in default().editions[-1].methods])),
        "hours over New Year": of(Sheet().add(5, "天", "2025-12-30", end="2026-01-03", method="集中培训")),
        "a day in part": of(Sheet().add(10, "小时", "2025-12-31", end="2026-01-06")),
        "during the year": whole(trainee(), sheets=[Sheet().add(4, "天", "2026-06-29", end="2026-07-02")], on=date(2026, 6, 30)),
        "carried": whole(trainee(), sheets=[Sheet().days(7, 1, "天")], by=pack("party-school-days"), last=late),
        "carried, and beyond the standard": whole(trainee(), sheets=[Sheet().days(12, 1, "天")], by=with_keys(pack("party-school-days"), carried={"clause": "结转", "at_most": 5, "counts_as": "选修"}), last=late),
        "carried, but nobody knows how much": whole(trainee(), sheets=[Sheet()], by=pack("party-school-days")),
        "a term that was missed": of(**NEW),
        "a term that was missed, with last year's result": whole(trainee(**NEW), sheets=[Sheet()], last=[]),
        "a term met on its last day": of(Sheet().add(1, "天", "2026-09-03", method="集中培训"), **NEW),
        "a term met a day late": of(Sheet().add(1, "天", "2026-09-04", method="集中培训"), **NEW),
        "a term that is open": of(**NEW | {"appointed": "2026-10-31"}),
        "a term from some day": of(Sheet().add(1, "天", "2026-09-04", method="集中培训"), **NEW | {"appointed": "2026-03"}),
        "a term of somebody exempt": of(**NEW, exempt="青发〔2026〕3号"),
        "a course every five years": whole(trainee(**SECRETARY), sheets=[Sheet()], last=late, by=with_keys(terms=[rotation])),
        "a course every five years, too late": whole(trainee(**SECRETARY), sheets=[Sheet()], last=[late[0] | {"last_course": VagueDate.on(date(2021, 12, 30))}], by=with_keys(terms=[rotation])),
        "not reviewed": whole(trainee(**LEADER, review="优秀"), sheets=[days], by=with_keys(review=review.model_dump() | {"roles": ["领导"]})),
        "reviewed": whole(trainee(**LEADER, review="优秀", reported="2026-12-01"), sheets=[days], by=with_keys(review=review.model_dump() | {"roles": ["领导"]})),
        "not reviewed, but exempt": whole(trainee(**LEADER, exempt="青发〔2026〕3号"), sheets=[days], by=with_keys(review=review.model_dump() | {"roles": ["领导"]})),
        "a method nobody knows": odd({"method": "夜校"}),
        "a unit of another method": odd({"unit": "门"}),
        "an amount below nought": odd({"amount": -1}),
        "an amount of nought": odd({"amount": 0}),
        "a score above a hundred": odd({"score": "100.5"}),
        "a score below nought": odd({"score": -1}),
        "somebody absent": odd({"remark": "因事请假"}),
        "no day": odd({"start": None, "day": None}),
        "a day before the first document": odd({"start": "2008-03-02"}),
        "a beginning before the first document": odd({"start": "2008-03-02", "end": "2026-01-01"}),
        "an end before the beginning": odd({"start": "2026-04-02", "end": "2026-04-01"}),
        "a day beside the days": odd({"day": "2026-04-05", "begins": "2026-04-02", "end": "2026-04-04"}),
        "a day among the days": odd({"day": "2026-04-03", "begins": "2026-04-02", "end": "2026-04-04"}),
        "more than a year": odd({"start": "2025-04-01", "end": "2026-04-02"}),
        "a year": odd({"start": "2025-04-02", "end": "2026-04-02"}),
        "some days over New Year": odd({"start": "2025-12", "end": "2026-01-02"}),
        "days over New Year without an end": odd({"amount": 3, "start": "2026-12-30"}),
        "two days over New Year without an end": odd({"amount": 2, "start": "2026-12-31"}),
        "a day before New Year without an end": odd({"amount": 1, "start": "2026-12-31"}),
        "days up to New Year without an end": odd({"amount": 2, "start": "2026-12-30"}),
        "too many hours of a day": odd({"amount": 20, "unit": "小时"}),
        "too many hours of a month": odd({"amount": 250, "unit": "小时", "start": "2026-04"}),
        "another name": odd({"name": name(2)}),
        "somebody who is on no list": odd({"name": name(7), "identity": trainee(7).identity}),
        "nobody's name, twice": of(Sheet().add(1, "天", "2026-04-02", name="无此人", identity="").add(1, "天", "2026-04-03", name="无此人", identity="")),
        "a name of two": whole(trainee(1), trainee(2, name=name(1)), sheets=[Sheet().add(1, "天", "2026-04-02", identity="")]),
        "a name of another branch": of(Sheet().add(1, "天", "2026-04-02", identity="", branch="东湾村党支部")),
        "somebody whose row could not be read": whole(trainee(1), sheets=[Sheet().add(1, "天", "2026-04-02", 2)], lost=[trainee(2).row]),
        "the same course twice": of(twice, Sheet("党校").add(8, "学时", "2026-03-02", course="书记 班")),
        "a day of a longer course": of(twice, Sheet("党校").add(3, "天", "2026-03-02", end="2026-03-04", course="书记班")),
        "another amount": of(twice, Sheet("党校").add(4, "小时", "2026-03-02", course="书记班")),
        "another method": of(twice, Sheet("党校").add(1, "天", "2026-03-02", course="书记班", method="自学")),
        "another score": of(Sheet("乡镇").add(1, "门", "2026-03-02", course="党章", method="测试", score=70), Sheet("党校").add(1, "门", "2026-03-02", course="党章", method="测试", score="70.5")),
        "a month and a day of it": of(twice, Sheet("党校").add(1, "天", "2026-03", course="书记班")),
        "a month and a day of the next": of(twice, Sheet("党校").add(1, "天", "2026-04", course="书记班")),
        "two parts of a month": of(Sheet("乡镇").add(1, "天", "2026-03", course="书记班"), Sheet("党校").add(1, "天", "2026-03-30", end="2026-04", course="书记班")),
    }  # fmt: skip


def test_all_that_is_said_of_a_year_of_study() -> None:
    assert [*told(scenes())] == golden("said/training")


def branches() -> dict[str, Outcome]:
    """Two townships: ties of four and of two, a branch with nobody to judge, one with a row that waits; terms at the edges of what is near."""
    four = [trainee(n, branch=f"{branch}村党支部") for n, branch in enumerate("丁丙乙甲", 1)]
    others = [trainee(n, township=town, branch="机关党支部") for n, town in ((5, "望河乡"), (6, "青禾镇"))]
    half = [
        trainee(7, branch="戊村党支部"),
        trainee(8, branch="戊村党支部"),
        trainee(9, township="望河乡", branch="己村党支部"),
        trainee(10, township="望河乡", branch="己村党支部"),
    ]
    apart = [
        trainee(11, branch="庚村党支部", exempt="青发〔2026〕3号"),
        trainee(12, branch="戊村党支部", joined="2026"),
    ]
    enough = [
        Sheet(f"表{n}").add(4, "天", "2026-03-02", n, end="2026-03-05", branch=who.branch)
        for n, who in enumerate([*four, *others], 1)
        if n > 4
    ]
    enough += [
        Sheet(f"表{n}").add(4, "天", "2026-03-02", n, end="2026-03-05", branch=half[n - 7].branch)
        for n in (7, 9)
    ]
    strange = (
        Sheet("外")
        .add(1, "天", "2026-03-02", 20, branch="己村党支部")
        .add(2, "小时", "2026-03", 21, branch="没有的党支部")
        .add(1, "天", "2026-03-02", 22, branch="机关党支部")
    )
    year = whole_year(*four, *others, *half, *apart, sheets=[*enough, strange])
    terms = {13: "2026-01-01", 14: "2026-01-02", 15: "2026-03-31", 16: "2026-04-01"}
    near = [
        trainee(n, **SECRETARY | {"appointed": day}, township="青禾镇" if n % 2 else "望河乡")
        for n, day in terms.items()
    ]
    study = (
        Sheet()
        .days(2, 1, "天", who=1)
        .add(1, "门", "2026-05-02", course="党章", method="测试", score=50)
        .add(30, "小时", "2026-01-05", 2, end="2026-01-09", method="自学")
    )
    methods = [
        one.model_dump() | {"at_most": 30 if one.name == "自学" else None}
        for one in default().editions[-1].methods
    ]
    people = [
        trainee(1, review="较差", reported="2026-06-01"),
        trainee(2),
        trainee(3, role="书记", appointed="2020-03-01"),
    ]
    open_year = outcome(*people, *near, sheets=[study], on=date(2026, 7, 2), by=with_keys(methods=methods))
    carried = outcome(
        trainee(1),
        trainee(2),
        sheets=[Sheet().days(10, 1, "天", course="党课").days(8, 1, "天", who=2)],
        by=pack("party-school-days"),
        last=[{"identity": trainee().identity, "over": Fraction(6), "ever": Fraction(40), "part": "达标"}],
    )
    return {"a year that is over": year, "a year that is not over": open_year, "hours that go on to the next year": carried, "nobody": outcome(sheets=[Sheet()])}  # fmt: skip


def whole_year(*people: Any, sheets: list[Sheet]) -> Outcome:
    return outcome(*people, sheets=sheets, on=date(2027, 1, 5))


def test_what_stands_on_each_page_of_training() -> None:
    assert [*pages(branches())] == golden("said/training_pages")
