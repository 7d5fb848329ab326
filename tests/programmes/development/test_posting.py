"""Who is put on a notice: whoever is in the stage that it is of, without an error and not too early; nobody else without a word."""

from typing import Any

import pytest

from sanchuang_cli.finding import Severity, UserError
from tests.programmes.candidates import candidate, changed, of_rows, outcome
from tests.programmes.development.test_papers import MET, NO_VOTE, READY
from tests.programmes.development.test_rules import stages

ACTIVE: dict[str, Any] = {"申请": "2025-01-02", "积极分子": "2025-11-28"}
PROBATION = stages("党委审批", 支部大会="2025-11-28", 党委审批="2026-01-15")
AGAINST = {"赞成": 5, "反对": 8, "书面赞成": 0}


def posted(born: str = "19900115", **cells: Any) -> tuple[list[str], list[str]]:
    """The names of the notices of somebody, and what was said of the cell that asks for one."""
    found = outcome(candidate(born=born, **cells))
    wrong = [one for one in of_rows(found) if one.code == "development.not-posted"]
    assert all(one.severity is Severity.ERROR and one.place.cell for one in wrong)
    assert found.tally.set_aside == 0
    return [one.name for one in found.notices()], [one.message.partition("：")[2] for one in wrong]


@pytest.mark.parametrize(
    ("cells", "notice"),
    [
        (ACTIVE | {"拟公示": "发展对象"}, "发展对象公示"),
        (ACTIVE | {"公示起": "2026-11-27", "公示止": None, "发展对象": None, "拟公示": "发展对象"}, "发展对象公示"),
        (READY | {"拟公示": "接收"}, "接收公示"),
        (MET | {"拟公示": "接收"}, "接收公示"),
        (PROBATION | {"拟公示": "转正"}, "转正公示"),
    ],
)  # fmt: skip
def test_whoever_is_in_the_stage_of_a_notice_is_posted(cells: dict[str, Any], notice: str) -> None:
    assert posted(**cells) == ([notice], [])


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"申请": "2025-01-02", "拟公示": "发展对象"}, "现在是申请人"),
        (ACTIVE | {"积极分子": "2026-06-01", "拟公示": "发展对象"}, "发展对象未到时间：不早于 2027-06-01"),
        (ACTIVE | {"积极分子": "2026-06-01", "发展对象": None, "拟公示": "发展对象"}, "发展对象未到时间：不早于 2027-06-01"),
        (ACTIVE | {"积极分子": "2025-11-29", "拟公示": "发展对象"}, "发展对象未到时间：不早于 2026-11-29"),
        (ACTIVE | {"申请": "2025-01-02", "born": "20120115", "拟公示": "发展对象"}, "有 1 个错误没有查清，如：申请"),
        (READY | {"拟公示": "发展对象"}, "现在是发展对象"),
        (MET | AGAINST | {"拟公示": "接收"}, "有 1 个错误没有查清，如：支部大会 2026-09-10 的表决未通过"),
        (MET | {"党委审批": "2026-10-15", "拟公示": "接收"}, "现在是预备党员"),
        (stages("转正审批", 拟公示="转正"), "现在是正式党员"),
        (stages("党委审批", 终止日期="2021-02-01", 拟公示="转正"), "现在是已终止"),
        (stages("党委审批", 支部大会="2025-12-01", 党委审批="2026-01-15", 拟公示="转正"), "转正大会未到时间：不早于 2026-12-01"),
        (stages("转正大会", 转正应到=25, 转正实到=25, 转正赞成=5, 转正反对=20, 拟公示="转正"), "有 1 个错误没有查清，如：转正大会"),
    ],
)  # fmt: skip
def test_whoever_is_in_another_stage_or_has_an_error_or_is_too_early_is_not_posted_and_it_is_said_why(
    cells: dict[str, Any], why: str
) -> None:
    notices, said = posted(**cells)
    assert (notices, len(said)) == ([], 1)
    assert said[0].startswith(f"不能作{cells['拟公示']}公示：{why}")


def test_each_notice_goes_by_the_article_of_what_it_precedes() -> None:
    people = [
        candidate(1, **ACTIVE, 拟公示="发展对象"),
        candidate(2, **MET | NO_VOTE, 拟公示="接收"),
        candidate(3, **PROBATION, 拟公示="转正"),
    ]
    standards = {one.name: one.standard for one in outcome(*people).notices()}
    assert standards == {
        "发展对象公示": "2026年细则第十三条：公示不少于五个工作日",
        "接收公示": "2026年细则第十九条",
        "转正公示": "2026年细则第三十二条",
    }


NOTICE = 'clause = "2026年细则第十三条：公示不少于五个工作日"\ndays = 5\ncounting = "working-days"\nposting_day = "{}"'


@pytest.mark.parametrize("days", ["days = 1", "days = 4"])
def test_no_county_posts_for_a_shorter_time_than_the_national_rules_have(days: str) -> None:
    with pytest.raises(UserError, match=r"公示.*短于全国规定.*5个工作日"):
        changed((NOTICE.format("counted"), NOTICE.format("counted").replace("days = 5", days)))


def test_no_county_posts_by_days_of_the_calendar_where_the_national_rules_count_working_days() -> None:
    with pytest.raises(UserError, match="单位也要相同"):
        changed((NOTICE.format("counted"), NOTICE.format("counted").replace("working-days", "calendar-days")))  # fmt: skip


def test_a_longer_notice_is_a_countys_own_to_ask() -> None:
    changed((NOTICE.format("counted"), NOTICE.format("counted").replace("days = 5", "days = 7")))
