"""Cases of 结对帮扶 that the domain list prints, by their numbers; its worked example, and its rules one by one."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.pairs.records import relatives
from sanchuang_cli.finding import UserError
from tests.programmes.pairs import (
    changed,
    column,
    explained,
    helper,
    member,
    moved,
    name,
    number,
    outcome,
    pairs,
    told,
)
from tests.programmes.people import day


def kin(*numbers: int) -> dict[str, Any]:
    """A cell of relatives: these helpers, by their place."""
    return {"kin": "、".join(number(500 + at) for at in numbers)}


def test_n103v_everybody_is_served_although_a_stable_match_would_leave_one_empty() -> None:
    """Privacy (1) takes two; of three groups only the second also lists Fairness (2)."""
    groups = [member(1, **kin(2)), member(2), member(3, **kin(2))]
    run = outcome(groups, [helper(1, quota=2), helper(2, quota=1)])
    assert pairs(run) == {1: 1, 2: 2, 3: 1}


def test_the_worked_example() -> None:
    """a (特困, last year X), b (X's brother), c; helpers X (leader), Y, places 2: loads 1 and 2."""
    a = member(1, "特困", had=1, township="望河乡")
    b = member(2, township="望河乡", **kin(1))
    c = member(3)
    x, y = helper(1, leads=True, quota=2, township="望河乡"), helper(2, quota=2)
    run = outcome([a, b, c], [x, y])
    assert pairs(run) == {1: 1, 2: 2, 3: 2}
    assert column(run, "帮扶任务表", "load") == [1, 2]


def test_the_aims_count_one_after_another() -> None:
    """Each helper is better than the next by one aim; the first is only the first of the list."""
    last, linked, near = helper(4, unit="丁"), helper(3, village="向阳村", unit="丙"), helper(2, unit="乙")
    leader, other = (helper(n, n == 5, township="望河乡", unit="甲") for n in (5, 1))
    every = [last, linked, near, leader, other]
    who = member(1, had=4)
    for at, expected in enumerate((4, 3, 2, 5, 1)):
        assert pairs(outcome([who], every[at:])) == {1: expected}


def test_the_hardest_cases_go_to_leaders_and_loads_are_even() -> None:
    members = [member(n, degree) for n, degree in enumerate(("一般", "特困", "困难", "一般"), 1)]
    run = outcome(members, [helper(1, leads=True, quota=2), helper(2, quota=9)])
    assert pairs(run) == {1: 2, 2: 1, 3: 1, 4: 2}


def test_places_are_an_equal_share_rounded_up_unless_the_row_or_the_policy_says() -> None:
    five, two = [member(n) for n in range(1, 6)], [helper(1), helper(2, leads=True)]
    assert column(outcome(five, two), "帮扶任务表", "places") == [3, 3]
    by = changed('向上取整"', '向上取整"\nleaders = 1\nothers = 4')
    assert column(outcome(five, two, by=by), "帮扶任务表", "places") == [4, 1]
    assert column(outcome(five, [helper(1, quota=0), two[1]]), "帮扶任务表", "places") == [0, 3]


def test_people_who_are_set_aside_are_no_part_of_the_share() -> None:
    members = [member(1), member(2), member(3, "很困难")]
    run = outcome(members, [helper(1), helper(2, quota=1)])
    assert (column(run, "帮扶任务表", "places"), told(run)) == ([1, 1], ["degree-unknown"])


@pytest.mark.parametrize(
    "written", ["2302991970", "230299********1013", "赵刚230299197001010019", "23029919700101001"]
)
def test_a_damaged_number_of_a_relative_sets_the_row_aside(written: str) -> None:
    assert relatives(written).unclear
    assert told(outcome([member(1, kin=written)], [helper(1)])) == ["kin-unread"]
    run = outcome([member(1)], [helper(1, kin=written), helper(2)])
    assert (told(run), pairs(run)) == (["kin-unread"], {1: 2})


def test_a_cell_of_relatives_is_read_as_clerks_write_it() -> None:
    read = relatives(f"子：赵刚 {number(501)}；无、孙{number(502).lower()}，赵强（弟）\n230227530815101")
    assert read.numbers == {number(501), number(502), "230227195308151013"}
    assert (read.said, read.unclear) == (("赵强(弟)",), False)
    assert relatives("无") == relatives("") == relatives("—")


def test_why_a_pair_was_not_kept_is_told_of_each() -> None:
    members = [
        *(member(n, had=9) for n in (1,)),
        *(member(n, had=1) for n in (2, 3)),
        member(4, had=2, **kin(2)),
        member(5, had=3),
        member(6, had=4),
        member(7, **kin(1, 2, 3, 5)),
    ]
    helpers = [helper(1, quota=1), helper(2, quota=9), helper(3, quota=2), helper(4, quota=1), helper(5)]
    helpers[2] = helper(3, quota=2, kin="2302991970")
    run = outcome(members, helpers)
    why = moved(run)
    assert why[1] == "离任：帮扶人名册上没有"
    assert why[2] == "名额：只有 1 个，都是上年结对的"
    assert why[4] == "须回避：亲属"
    assert why[5].startswith("待核实：帮扶人这一行待核实")
    assert why[6] == "让位于覆盖：名额 1 个，先给不这样就结不上的"
    assert pairs(run)[7] == 4 and pairs(run)[3] == 1
    assert told(run).count("not-kept") == 5


def test_a_policy_that_puts_another_aim_first_says_so_and_one_that_does_not_look_at_last_year_too() -> None:
    rows = [member(1, had=2), member(2, had=2)], [helper(1), helper(2, village="东湾村", quota=1)]
    near = [member(1, had=2), member(2, village="东湾村")]
    by = changed('order = ["kept", "linked",', 'order = ["linked", "kept",')
    assert moved(outcome(near, rows[1], by=by)) == {1: "让位于覆盖、联系村：名额 1 个，先给不这样就结不上的"}
    by = changed('"kept", ', "")
    assert moved(outcome(near, rows[1], by=by)) == {1: "政策不看上年结对"}


def test_more_people_than_places_are_told_with_what_would_help() -> None:
    members = [*(member(n, **kin(2)) for n in (1, 2, 3)), member(4), member(5)]
    run = outcome(members, [helper(1, quota=1), helper(2, quota=1)])
    every, only = (
        "任何一个帮扶人增加 1 个名额，或增加 1 个帮扶人",
        f"{name(501)}增加 1 个名额，或增加 1 个不须回避的帮扶人",
    )
    assert sorted(column(run, "未结对名单", "helps")) == sorted([every, only, only])
    (short,) = [finding for finding in run.findings if "too-few" in finding.code]
    assert short.message == "困难党员 5 人，帮扶名额共 2 个，3 人没有结上"


def test_without_any_helper_everybody_waits_for_one() -> None:
    assert column(outcome([member(1)], []), "未结对名单", "helps") == ["没有帮扶人，请补报帮扶人名册"]


def test_a_number_under_two_names_on_the_two_rosters_sets_both_aside() -> None:
    run = outcome([member(1, identity=number(501)), member(2)], [helper(1), helper(2)])
    assert (told(run), run.tally.set_aside, pairs(run)) == (["two-names"] * 2, 2, {2: 2})
    run = outcome([member(1), member(2, identity=number(1))], [helper(1)])
    assert (told(run), run.tally.set_aside) == (["listed-twice"] * 2, 2)


def test_last_years_result_is_used_where_the_row_says_nothing_and_the_row_goes_before_it() -> None:
    line = {
        "name": name(1),
        "identity": number(1),
        "helper": name(502),
        "helper_identity": number(502),
        "since": "2025-03-01",
    }
    helpers = [helper(1), helper(2)]
    run = outcome([member(1)], helpers, last=[line])
    assert (pairs(run), told(run)) == ({1: 2}, [])
    assert column(run, "结对帮扶一览表", "since") == ["2025-03-01"]
    run = outcome([member(1, had=1)], helpers, last=[line])
    assert (pairs(run), told(run)) == ({1: 1}, ["last-differs"])
    gone = outcome([member(1)], [helper(1)], last=[line])
    assert column(gone, "变动表", "before") == [name(502)]


@pytest.mark.parametrize(
    ("had", "codes", "since"), [({"had": 1}, [], "2025-03-01"), ({}, ["since-alone"], "2026-03-31")]
)
def test_a_day_of_a_pair_that_does_not_say_with_whom_is_told(
    had: dict[str, Any], codes: list[str], since: str
) -> None:
    run = outcome([member(1, since=day("2025-03-01"), **had)], [helper(1)])
    assert (told(run), column(run, "结对帮扶一览表", "since")) == (codes, [since])


def test_when_a_helper_leaves_the_others_keep_theirs_and_his_are_paired_anew() -> None:
    members = [member(n, village=f"第{n}村") for n in (1, 2, 3, 4)]
    helpers = [helper(n, quota=3, village=f"第{n}村、第{n + 2}村") for n in (1, 2)]
    run = outcome(members, helpers, without=(name(501),))
    assert moved(run) == {1: "离任（假定）", 3: "离任（假定）"}
    assert pairs(run)[2] == pairs(run)[4] == 2
    assert column(run, "未结对名单", "name") == [name(3)]
    assert "supposed" in told(run) and "假定离任 1" in str(run.tally)
    assert outcome(members, helpers, without=(number(501)[-4:],)).tally == run.tally


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"特困党员"', '"困难"', "degrees 里的写法不能重复（现为 特困、特别困难、困难、困难"),
        ('name = "一般"', 'name = "特 困"', "degrees 里的写法不能重复"),
        ('"leaders", "balance"', '"leaders", "kept"', "order 里每一项只能写一次（现为 kept、linked、township、leaders、kept）"),
    ],
)  # fmt: skip
def test_a_document_that_says_one_thing_twice_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        changed(old, new)
    assert said in str(refused.value)


def test_somebody_who_cannot_leave_is_refused() -> None:
    with pytest.raises(UserError, match="帮扶人名册上没有"):
        outcome([member(1)], [helper(1)], without=("没有人",))
    with pytest.raises(UserError, match="有 2 个，请改写身份证号末四位"):
        outcome([member(1)], [helper(1, name="同名"), helper(2, name="同名")], without=("同名",))


def test_the_cause_of_hardship_stands_on_no_page_in_no_notice_and_in_no_finding() -> None:
    secret = "因赌致贫"
    rows = [member(1, cause=secret, had=7), member(2, "很难", cause=secret)], [helper(1)]
    run = outcome(*rows)
    said = [*run.tables, *(notice.table for notice in run.notices())]
    assert not any(secret in str(cell) for table in said for row in table.rows for cell in row)
    assert not any(secret in str(finding) for finding in run.findings)
    assert secret not in str([page for subject in explained(*rows) for page in subject.pages()])


def test_a_notice_names_helpers_and_villages_and_nobody_who_is_helped() -> None:
    (notice,) = outcome([member(1), member(2, village="东湾村")], [helper(1)]).notices()
    assert [column.title for column in notice.table.columns][-3:] == ["单位", "结对村", "人数"]
    assert notice.table.rows[0][-2:] == ("青禾镇东湾村、青禾镇向阳村", 2)
    assert name(1) not in str(notice.table.rows)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    dice = Random(seed)
    members = [
        member(n, dice.choice(("特困", "困难")), had=dice.randrange(4), township=dice.choice("甲乙"))
        for n in range(1, 8)
    ]
    helpers = [
        helper(n, dice.random() < 0.5, dice.choice((None, 1, 2)), township=dice.choice("甲乙"))
        for n in (1, 2, 3)
    ]
    straight = outcome(members, helpers)
    dice.shuffle(members)
    dice.shuffle(helpers)
    turned = outcome(members, helpers)
    assert [table.rows for table in straight.tables] == [table.rows for table in turned.tables]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_one_helper_more_never_helps_fewer_and_every_row_is_somewhere(seed: int) -> None:
    dice = Random(seed)
    members = [member(n, **kin(*dice.sample(range(1, 5), dice.randrange(4)))) for n in range(1, 8)]
    helpers = [helper(n, quota=dice.randrange(3)) for n in range(1, 5)]
    fewer, more = outcome(members, helpers[1:]), outcome(members, helpers)
    assert len(pairs(fewer)) <= len(pairs(more))
    assert more.tally.read == len(members) + len(helpers) == more.tally.used + more.tally.set_aside


def test_the_summary_counts_people_by_degree_and_by_what_became_of_their_pairs() -> None:
    members = [
        member(1, "特困", had=1),
        member(2, had=2),
        member(3, township="望河乡"),
        member(4, "一般", had=9),
    ]
    run = outcome(members, [helper(1, quota=1), helper(2, quota=1, kin=number(2)), helper(3, quota=1)])
    names = ("township", "degree0", "degree1", "degree2", "paired", "unpaired", "kept", "moved")
    lines = zip(*(column(run, "分乡镇汇总表", each) for each in names), strict=True)
    assert list(lines) == [("望河乡", 0, 1, 0, 0, 1, 0, 0), ("青禾镇", 1, 1, 1, 3, 0, 1, 2)]


def test_who_keeps_a_helper_when_another_leaves_keeps_the_day_of_the_pair_too() -> None:
    members = [member(1, had=1, village="甲村", since=day("2020-05-06")), member(2, had=2, village="乙村")]
    run = outcome(members, [helper(1), helper(2), helper(3)], without=(name(502),))
    days = zip(*(column(run, "结对帮扶一览表", each) for each in ("name", "since")), strict=True)
    assert dict(days) == {name(1): "2020-05-06", name(2): "2026-03-31"}


def test_a_helper_is_told_by_whom_the_number_of_places_is_said() -> None:
    of_row, of_policy = (
        {page.name: page.rows for page in subject.pages()} for subject in explained([member(1)], [helper(1, quota=2), helper(2)])[1:]
    )  # fmt: skip
    assert "2 个（名册写明）" in str(of_row)
    assert "1 个（名册没有写名额的，困难党员数除以帮扶人数，向上取整）" in str(of_policy)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"had": 1}, "上年结对、联系村、同乡镇、领导联系"),
        ({}, "联系村、同乡镇、领导联系"),
        ({"village": "东湾村"}, "同乡镇、领导联系"),
        ({"village": "东湾村", "township": "望河乡"}, "领导联系"),
    ],
)
def test_what_speaks_for_a_pair_is_told_in_the_order_of_the_document(
    fields: dict[str, Any], why: str
) -> None:
    run = outcome([member(1, **fields)], [helper(1, leads=True, village="向阳村")])
    assert column(run, "结对帮扶一览表", "why") == [why]


def test_where_nothing_speaks_for_a_pair_it_is_one_of_the_places() -> None:
    run = outcome([member(1)], [helper(1, township="望河乡")])
    assert column(run, "结对帮扶一览表", "why") == ["按名额"]


def test_what_became_of_each_pair_of_last_year() -> None:
    """Of two who had the same helper with one place the first by name keeps him."""
    members = [
        member(1, had=1),
        member(2, had=1),
        member(3),
        member(4, had=1, **kin(1, 2)),
        member(5, **kin(1, 2)),
    ]
    run = outcome(members, [helper(1, quota=1), helper(2, quota=2)])
    pages = ("结对帮扶一览表", "未结对名单")
    found = {
        who: said
        for page in pages
        for who, said in zip(column(run, page, "name"), column(run, page, "change"), strict=True)
    }
    assert found == {name(1): "换人", name(2): "续结", name(3): "新结对", name(4): "未续上", name(5): None}
    changes = zip(
        *(column(run, "变动表", each) for each in ("name", "change", "before", "helper")), strict=True
    )
    assert sorted(changes) == sorted([
        (name(1), "换人", name(501), name(502)), (name(3), "新结对", "", name(502)), (name(4), "未续上", name(501), None),
    ])  # fmt: skip


def test_a_helper_stands_there_with_the_unit_the_post_and_a_telephone() -> None:
    run = outcome([member(1)], [helper(1, post="局长", phone="13900000001")])
    shown = [
        column(run, "结对帮扶一览表", each) for each in ("helper", "unit", "post", "helper_identity", "phone")
    ]
    assert shown == [[name(501)], ["县第001局"], ["局长"], [number(501)], ["13900000001"]]
    bare = outcome([member(1)], [helper(1)])
    assert column(bare, "结对帮扶一览表", "post") == [None]


def test_of_many_helpers_of_whom_more_places_would_help_the_first_three_are_named() -> None:
    """Members of whom each bars the fifth helper; all others are full."""
    members = [member(n, **kin(5)) for n in range(1, 6)]
    run = outcome(members, [*(helper(n, quota=1) for n in range(1, 5)), helper(5, quota=0)])
    first = "、".join(name(500 + at) for at in (1, 2, 3))
    assert column(run, "未结对名单", "helps") == [f"{first}等 4 人增加 1 个名额，或增加 1 个不须回避的帮扶人"]


@pytest.mark.parametrize(("towns", "first"), [((), 2), (("青禾镇", "望河乡"), 1), (("望河乡", "青禾镇"), 2)])
def test_of_two_alike_who_want_one_helper_the_one_of_the_first_township_gets_him(
    towns: tuple[str, ...], first: int
) -> None:
    members = [member(1, township="青禾镇"), member(2, township="望河乡")]
    assert pairs(outcome(members, [helper(1, quota=1, township="")], towns=towns)) == {first: 1}


@pytest.mark.parametrize("village", ["向阳", "向阳村", "东湾村、向阳村委会", "东湾 向阳社区", "青禾镇向阳村"])
def test_a_helper_is_linked_with_each_village_that_the_cell_names(village: str) -> None:
    far, near = helper(1, quota=1, unit="一局"), helper(2, quota=1, unit="二局", village=village)
    assert pairs(outcome([member(1)], [far, near])) == {1: 2}


@pytest.mark.parametrize("village", ["", "无", "东湾村", "望河乡向阳村"])
def test_a_helper_is_linked_with_no_other_village(village: str) -> None:
    first, second = helper(1, quota=1, unit="一局"), helper(2, quota=1, unit="二局", village=village)
    assert pairs(outcome([member(1)], [first, second])) == {1: 1}


def test_a_former_helper_without_places_is_told_as_having_none() -> None:
    run = outcome([member(1, had=1)], [helper(1, quota=0), helper(2)])
    assert moved(run) == {1: "名额：只有 0 个"}


def test_whom_a_helper_helps_is_told_one_after_the_other_with_the_cell_of_each() -> None:
    (subject,) = explained([member(1), member(2)], [helper(1, quota=2)])[2:]
    said = str([page.rows for page in subject.pages()])
    assert (
        f"{name(2)}（名册.xlsx MemberInNeed C5（姓名））、{name(1)}（名册.xlsx MemberInNeed C4（姓名））"
        in said
    )
