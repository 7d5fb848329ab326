"""What is said of admissions, case by case: training, votes, who is not counted, probation, publication; branches and their plans."""

from datetime import date
from typing import Any

from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Outcome
from tests.goldens.scenes import pages, told
from tests.goldens.written import golden
from tests.programmes.candidates import candidate, outcome, plan, whole
from tests.programmes.development.test_papers import APPROVED, MET, READY
from tests.programmes.development.test_rules import stages

MEETING: dict[str, Any] = {"支部大会": "2026-06-01", "应到": 25, "实到": 13, "赞成": 13, "反对": 0, "弃权": 0}
FULL: dict[str, Any] = {
    "转正大会": "2026-06-01",
    "转正应到": 25,
    "转正实到": 13,
    "转正赞成": 13,
    "转正反对": 0,
}
EARLY: dict[str, Any] = {"born": "19400101", "申请": "1968-01-01", "支部大会": "1970-05-01"}
"""Admitted while there was no probation."""


def of(on: date = date(2026, 11, 28), **cells: Any) -> Whole:
    return whole(candidate(**cells), on=on)


def scenes() -> dict[str, Whole]:
    return {
        "an applicant": of(申请="2026-11-01", 谈话=None),
        "ended": of(**stages("积极分子", 终止日期="2020-05-01", 谈话="2019-01-20")),
        "ended in a month": of(申请="2020-01-02", 谈话=None, 终止日期="2020-02"),
        "ended before anything was due": of(申请="2020-01-02", 谈话=None, 终止日期="2020-01-20"),
        "born in the future": of(born="20270101", 申请="2026-11-01"),
        "an application before the birth": of(申请="1989-12-31"),
        "an application to come": of(申请="2026-11-29"),
        "training enough by days": of(培训止="2024-06-01", 培训天数=3, 培训学时=20),
        "training enough by hours": of(培训止="2024-06-01", 培训天数="2.5", 培训学时=24),
        "training that is short": of(培训止="2024-06-01", 培训天数="2.5", 培训学时="23.5"),
        "training of which hours lack": of(培训止="2024-06-01", 培训天数=2, 培训学时=None),
        "training of which days lack": of(培训止="2024-06-01", 培训天数=None, 培训学时=20),
        "training of which both lack": of(培训止="2024-06-01", 培训天数=None, 培训学时=None),
        "training that is not over": of(培训止=None, 培训天数=None, 培训学时=None),
        "training that is not over, with its days": of(培训止=None, 培训天数=2, 培训学时=None),
        "training without its columns": of(培训止="2024-06-01"),
        "training without the column of days": of(培训止="2024-06-01", 培训学时=None),
        "training of 2013": of(培训止="2013-06-01", 培训天数=4, 培训学时=39),
        "training of 1980": of(born="19500101", 培训止="1980-06-01", 培训天数=1, 培训学时=1),
        "training known by the review before the meeting": of(培训止=None, 预审="2013-06-01", 培训天数=4, 培训学时=39),
        "training known by the meeting": of(**MEETING | {"支部大会": "2013-06-01"}, 预审=None, 培训止=None, 培训天数=4, 培训学时=39),
        "a vote that carried": of(**MEETING),
        "a vote that carried with opinions in writing": of(**MEETING | {"赞成": 12, "弃权": 1, "书面赞成": 1}),
        "a vote that failed": of(**MEETING | {"赞成": 12, "反对": 1}),
        "a meeting that too few attended": of(**MEETING | {"应到": 26}),
        "a vote without those entitled": of(**MEETING | {"应到": None}),
        "a vote without its figures": of(支部大会="2026-06-01"),
        "figures without a meeting": of(**MEETING | {"支部大会": None}),
        "more came than were entitled": of(**MEETING | {"实到": 26}),
        "more votes than people": of(**MEETING | {"反对": 1, "弃权": 1}),
        "figures of full membership that contradict each other": of(**FULL | {"转正实到": 26}),
        "a vote on full membership": of(**FULL),
        "a vote on full membership that failed": of(**FULL | {"转正赞成": 12, "转正反对": 1}),
        "a vote on full membership of which figures lack": of(**FULL | {"转正赞成": None}),
        "all are counted": of(**MEETING, 正式党员数=25, 不计入应到=None),
        "some are not counted": of(**MEETING, 正式党员数=27, 不计入应到=2, 不计入原因="卧床不能自理"),
        "some are not counted for another reason": of(**MEETING, 正式党员数=27, 不计入应到=2, 不计入原因="外出打工"),
        "some are not counted for no reason": of(**MEETING, 正式党员数=27, 不计入应到=2),
        "those entitled are not the members": of(**MEETING, 正式党员数=26, 不计入应到=None),
        "approved late": of(**MEETING, 党委审批="2026-09-02"),
        "approved too late": of(**MEETING | {"支部大会": "2026-03-01"}, 党委审批="2026-09-02"),
        "not approved yet": of(**MEETING, 党委审批=None),
        "on probation": of(**stages("党委审批")),
        "probation that was prolonged": of(**stages("党委审批", 延长月数=6, 转正大会="2022-03-01", 转正审批="2022-04-01")),
        "another end of probation than the rules have": of(**stages("转正审批", 预备期止="2021-10-01")),
        "a full member": of(**stages("转正审批")),
        "a full member since a month": of(**stages("转正审批", 支部大会="2020-09")),
        "admitted without probation, approved": of(**EARLY, 党委审批="1970-06-01"),
        "admitted without probation, confirmed": of(**EARLY, 党委审批=None, 转正大会="1971-06-01"),
        "admitted without probation, filed": of(**EARLY, 党委审批=None, 归档="1970-07-01"),
        "admitted without probation, not approved": of(**EARLY, 党委审批=None),
        "before the rules were published": of(申请="2026-05-11"),
        "on the eve of publication": of(申请="2026-05-17"),
        "on the day of publication": of(申请="2026-05-18"),
        "around publication, some day": of(申请="2026-05"),
        "a notice of few days": of(公示起="2026-05-18", 公示止="2026-05-20", 发展对象="2026-05-23"),
        "listed without a notice": of(公示起=None, 积极分子="2025-09-01", 发展对象="2026-10-20"),
        "beyond the calendar": of(公示起="2027-02-22", on=date(2027, 2, 24)),
    }  # fmt: skip


def county() -> dict[str, Outcome]:
    """Three branches and a township: who is where, plans that are met, exceeded and missed, branches that are idle, and why not."""
    people = [
        candidate(1, **APPROVED), candidate(2, **READY), candidate(3, 申请="2026-10-30", 谈话=None, 延迟原因="外出"),
        candidate(4, 支部="河西村党支部", **stages("转正审批")), candidate(5, 支部="河西村党支部", 申请="2026-10-01", 谈话="2026-10-20", 积极分子="2026-11-01", 民族="汉族"),
        candidate(6, 支部="东湾村党支部", 申请="1980-01-01"), candidate(7, 支部="东湾村党支部", 申请="2020-01-02", 终止日期="2021-01-01"),
        candidate(8, "19901128", "女", 支部="南岗村党支部", 乡镇="望河乡", **MET | {"支部大会": "2026-01-01", "党委审批": "2026-02-01", "民族": "汉族", "学历": "初中", "职业": "教师"}),
        candidate(9, "19910101", 支部="南岗村党支部", 乡镇="望河乡", **MET | {"支部大会": "2026-11-28", "党委审批": "2026-11-28", "学历": "大本", "职业": "牧民"}),
        candidate(10, "19900101", 支部="南岗村党支部", 乡镇="望河乡", **MET | {"支部大会": "2025-12-31", "党委审批": "2026-02-01"}),
        candidate(11, 支部="北岗村党支部", 乡镇="望河乡", **stages("党委审批", 支部大会="2024-11-28", 党委审批="2024-12-20")),
        candidate(12, 支部="西岗村党支部", 乡镇="望河乡", **stages("党委审批", 支部大会="2024-11-27", 党委审批="2024-12-20")),
    ]  # fmt: skip
    wrong = [
        candidate(1, **READY | {"培训天数": 1}, **MEETING | {"支部大会": "2026-09-10", "赞成": 12, "反对": 1}, 正式党员数=30, 不计入应到=2, 不计入原因="外出打工"),
        candidate(2, 培训止="2026-08-05", 培训天数=None, 培训学时=2, 支部大会="2026-09-10", 应到=None, 延迟原因="支书外出"), candidate(3, 申请="2026-05-11"),
        candidate(4, **FULL | {"转正赞成": 12, "转正反对": 1}), candidate(5, 公示起="2027-02-22"), candidate(6, 公示起="2026-05-18", 公示止="2026-05-22", 发展对象="2026-05-23"),
    ]  # fmt: skip
    plans = [
        plan(1, "向阳村党支部", 2), plan(2, "河西村党支部", 0, founded="2024-11-29"), plan(3, "南岗村党支部", 1, "望河乡"), plan(4, "新建党支部", 1, founded="2024-11-28"),
        plan(5, "更新党支部", 1, founded="2024-11-29"),
    ]  # fmt: skip
    posted = [
        candidate(1, 申请="2025-01-02", 积极分子="2025-11-28", 职业="农民", 拟公示="发展对象"), candidate(2, **MET, 拟公示="接收"),
        candidate(3, **stages("党委审批", 支部大会="2025-11-28", 党委审批="2026-01-15"), 拟公示="转正"), candidate(4, 申请="2025-01-02", 拟公示="转正"),
    ]  # fmt: skip
    return {
        "twelve people": outcome(*people, plans=plans),
        "whatever may be wrong beside the steps": outcome(*wrong),
        "nobody": outcome(),
        "whoever is posted, in their stage": outcome(*posted),
    }


def test_all_that_is_said_of_admissions() -> None:
    assert [*told(scenes(), but="no-column")] == golden("said/development")


def test_what_stands_on_each_page_of_development() -> None:
    assert [*pages(county())] == golden("said/development_pages")
