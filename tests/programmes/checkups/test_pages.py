"""What stands on the pages of 免费体检, and where every row is in the end."""

from datetime import date
from typing import Any

from tests.programmes.examined import aside, column, identity, outcome, page, parts, secretary, told

WENT: dict[str, Any] = {"went": True, "day": "2026-05-12", "cost": 180, "hospital": "县医院"}


def test_a_day_to_be_seen_again_is_told_by_day_and_name_alone() -> None:
    found = outcome(secretary(1, again="2026-12-20", **WENT), secretary(2, **WENT))
    sheet = page(found, "复查提醒")
    assert [one.title for one in sheet.columns] == ["序号", "乡镇", "村", "姓名", "复查日期"]
    assert column(found, "复查提醒", "again") == ["2026-12-20"]


def test_days_to_be_seen_again_that_are_still_to_come_are_deadlines_and_say_nothing_else() -> None:
    """One that has passed is nobody's deadline: the roster does not say whether somebody went."""
    days = {1: "2027-03", 2: "2026-11-27", 3: "2026-12-20", 4: "2026-11-28"}
    found = outcome(
        *(secretary(number, again=on, **WENT) for number, on in days.items()), on=date(2026, 11, 28)
    )
    lines = [column(found, "期限", name) for name in ("name", "what", "latest", "left", "responsible")]
    assert list(zip(*lines, strict=True)) == [
        ("甲4", "体检复查", "2026-11-28", 0, "本人"),
        ("甲3", "体检复查", "2026-12-20", 22, "本人"),
        ("甲1", "体检复查", "2027-03", 93, "本人"),
    ]
    assert len(column(found, "复查提醒", "again")) == 4


def test_those_who_did_not_go_stand_on_a_list_of_their_own_with_room_for_another_day() -> None:
    found = outcome(secretary(1, reason="住院"), secretary(2, **WENT))
    sheet = page(found, "未参检名单")
    assert [one.title for one in sheet.columns][-2:] == ["未检原因", "补检安排"]
    assert column(found, "未参检名单", "name") == ["甲1"]


def test_why_somebody_did_not_go_and_who_is_to_be_seen_again_never_leave_the_office() -> None:
    found = outcome(secretary(1, reason="住院"), secretary(2, again="2026-12-20", **WENT))
    told = {(one.name, c.name): c.private for one in found.tables for c in one.columns}
    assert {place: told[place] for place in told if place[1] in ("reason", "again")} == {
        ("体检名册", "reason"): True, ("未参检名单", "reason"): True, ("复查提醒", "again"): True,
    }  # fmt: skip


def test_whoever_is_not_to_be_examined_stands_on_a_list_with_the_reason_and_the_rule() -> None:
    found = outcome(secretary(1, post="会计"), secretary(2, last="2025-11"), secretary(3, **WENT))
    assert column(found, "未列入名单", "part") == ["不属体检对象"]
    assert column(found, "未列入名单", "why") == ["职务“会计”"]
    assert column(found, "未列入名单", "basis") == ["在任的村党组织书记"]
    assert column(found, "体检名册", "part") == ["本期不应检", "已体检"]


def test_who_goes_without_being_due_pays_alone_and_the_sums_of_the_roster_add_up() -> None:
    found = outcome(secretary(1, last="2025-11", **WENT), secretary(2, **WENT))
    for row in zip(*(column(found, "体检名册", name) for name in ("cost", "borne", "own")), strict=True):
        assert row[0] == row[1] + row[2]
    assert column(found, "体检名册", "borne") == [0, 18000]


def test_whoever_has_left_stands_there_with_the_time_in_post_and_the_day_that_was_asked_about() -> None:
    found = outcome(secretary(started="2015-03", ended="2026-03-31"))
    assert column(found, "未列入名单", "why") == ["任职 2015-03至2026-03-31，2026-11-28 不在任"]


def test_a_person_of_whom_another_row_could_not_be_read_is_set_aside_too() -> None:
    blank = secretary(2, identity=identity(1)).row
    found = outcome(secretary(1, **WENT), secretary(3, **WENT), unread=[blank])
    assert (parts(found), told(found), aside(found)) == ({"甲3": "已体检"}, ["listed-twice"], 2)


def test_a_summary_by_township_has_a_column_for_every_part() -> None:
    found = outcome(
        secretary(1, post="会计"), secretary(2, last="2025-11"), secretary(3, **WENT), secretary(4)
    )
    assert [one.title for one in page(found, "分乡镇汇总表").columns] == [
        "序号", "乡镇", "应检人数", "已检人数", "未检人数", "本期不应检", "不属体检对象", "列支金额", "经费分担/县",
    ]  # fmt: skip
    assert [tuple(row) for row in page(found, "分乡镇汇总表").rows] == [
        (1, "青禾镇", 2, 1, 1, 1, 1, 18000, 18000)
    ]


def test_the_summary_adds_up_people_and_money_of_each_township() -> None:
    found = outcome(
        *(secretary(number, **fields) for number, fields in enumerate(
            ({"post": "会计"}, {"ended": "2026-01-01"}, {"last": "2025-11"}, {"reason": "住院"}, WENT, WENT | {"cost": 250}), 1
        ))
    )  # fmt: skip
    names = ("due", "went", "absent", "not_due", "outside", "borne", "payer0")
    assert [column(found, "分乡镇汇总表", name) for name in names] == [
        [3],
        [2],
        [1],
        [1],
        [2],
        [38_000],
        [38_000],
    ]
