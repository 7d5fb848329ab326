"""The rules of honours one by one: what keeps a name off the list, who gets the places, and what a list lacks."""

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Row
from tests.programmes.nominees import (
    BRANCH,
    MEMBER,
    OPINIONS,
    WORKER,
    base,
    branch,
    changed,
    codes,
    column,
    judged,
    name,
    numbered,
    outcome,
    parts,
    person,
    policies,
    rated,
    reviewed,
    row,
)

HERE = base(1, "青禾镇", 1_000, 100)
"""Three places for party workers."""


def part(who: Any, **how: Any) -> str:
    (found,) = parts(judged([who], [HERE], **how)).values()
    return found


def told(whole: Any, code: str) -> list[tuple[Severity, str, str]]:
    """The findings of a code: how grave, at which cell, and what they say."""
    return [
        (one.severity, f"{one.place.sheet} {one.place.cell}", one.message)
        for one in whole.findings
        if one.code == f"honors.{code}"
    ]


def starred(least: int) -> Any:
    def change(edition: dict[str, Any]) -> None:
        edition["categories"][2]["starred"] = {"clause": "星级", "least": least}

    return changed(change)


@pytest.mark.parametrize("heading", OPINIONS)
@pytest.mark.parametrize(("said", "expected"), [("无异议", "拟表彰"), ("有异议", "不符合"), ("", "待补")])
def test_a_name_goes_on_the_list_when_every_opinion_is_there_and_clear(
    heading: str, said: str, expected: str
) -> None:
    own: dict[str, Any] = {heading: said}
    assert part(person(**own)) == expected
    assert part(branch(**own)) == expected


@pytest.mark.parametrize(("written", "said"), [("无", "写的是“无”，看不出有没有异议"), ("/", "写的是“/”，看不出有没有异议"), ("", "没有填")])  # fmt: skip
def test_an_opinion_that_is_missing_says_what_stands_in_its_cell(written: str, said: str) -> None:
    heading = OPINIONS[0]
    own: dict[str, Any] = {heading: written}
    who = person(unread=(heading,) * bool(written), **own)
    read = replace(who, more={key: word for key, word in who.more.items() if key != heading})
    (honor,) = judged([read], [HERE]).of()
    assert (honor.part, honor.reasons[0].said) == ("待补", f"{heading}{said}")


def test_an_objection_goes_before_what_is_missing_and_that_before_a_grade_that_is_not_known() -> None:
    who = person(1, MEMBER, 信访意见="", 计生意见="有异议")
    assert part(who, results=reviewed({})) == "不符合"
    assert part(person(1, MEMBER, 信访意见=""), results=reviewed({})) == "待补"
    worse = person(1, MEMBER, 信访意见="")
    assert part(worse, results=reviewed({worse.identity: "合格"})) == "不符合"
    assert part(person(1, MEMBER), results=reviewed({})) == "待核"


def test_without_the_result_of_the_review_members_wait_and_the_run_says_so_once() -> None:
    whole = judged([person(number, MEMBER) for number in range(1, 9)], [HERE])
    assert set(parts(whole).values()) == {"待核"}
    ((grave, _, said),) = told(whole, "no-result")
    assert (grave, said) == (Severity.WARNING, "“优秀党员”要看民主评议，没有给出它的结果，不能列入")


@pytest.mark.parametrize(
    ("stars", "expected"), [(5, "拟表彰"), (4, "拟表彰"), (3, "不符合"), (0, "不符合"), (None, "待核")]
)
def test_an_organisation_needs_its_stars_where_the_policy_asks_for_them(
    stars: int | None, expected: str
) -> None:
    results = rated({("青禾镇", "河西村党支部"): stars})
    assert part(branch(), results=results, by=starred(4)) == expected
    assert part(branch(called="河东村党支部"), results=results, by=starred(4)) == "待核"
    assert part(branch(called="河东村党支部")) == "拟表彰"


def test_the_places_go_by_the_order_in_which_a_township_recommends() -> None:
    whole = judged([person(number) for number in (1, 2, 3, 4, 5)], [HERE])
    assert [parts(whole)[name(number)] for number in (1, 2, 3, 4, 5)] == ["拟表彰"] * 3 + ["超额"] * 2


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ((None, None, None), ["拟表彰"] * 3),
        ((1, 2, 3, None), ["拟表彰", "拟表彰", "待定", "待定"]),
        ((1, 2, None, None), ["拟表彰", "待定", "待定", "待定"]),
        ((1, 2, 3, 4, None), ["拟表彰", "拟表彰", "待定", "超额", "待定"]),
        ((None, None, None, None), ["待定"] * 4),
        ((1, 1, 1, 4), ["拟表彰"] * 3 + ["超额"]),
        ((1, 2, 3, 3), ["拟表彰", "拟表彰", "待定", "待定"]),
        ((1, 1, 1, 1), ["待定"] * 4),
        ((7, 8, 9, 10), ["拟表彰"] * 3 + ["超额"]),
    ],
)
def test_whoever_has_no_order_or_the_same_one_across_the_line_is_left_to_people(
    orders: tuple[int | None, ...], expected: list[str]
) -> None:
    people = [person(number, order=order) for number, order in enumerate(orders, 1)]
    whole = judged(people, [HERE])
    assert [parts(whole)[one.name] for one in people] == expected


def test_a_township_without_a_place_has_nobody_on_the_list_whatever_the_order() -> None:
    two = [base(1, "青禾镇", 1_000), base(2, "望河乡", 1)]
    whole = judged([person(1, township="望河乡"), person(2, township="望河乡", order=None)], two)
    assert set(parts(whole).values()) == {"超额"}


@pytest.mark.parametrize("alike", [True, False])
def test_the_same_person_twice_for_one_honour_is_set_aside_both_times(alike: bool) -> None:
    again = person(2, name=name(1), identity=person(1).identity, order=1 if alike else 2)
    whole = judged([person(1), again, person(3)], [HERE])
    assert (parts(whole), whole.tally.set_aside) == ({name(3): "拟表彰"}, 2)
    assert [one[1] for one in told(whole, "listed-twice")] == ["Recommended D4", "Recommended D5"]


def test_an_organisation_is_told_by_its_name_and_two_of_one_honour_are_not_the_same() -> None:
    several = [branch(1), branch(2, "河东村党支部"), branch(3, township="望河乡")]
    whole = judged(several, [HERE, base(2, "望河乡", 10, 50)])
    assert (codes(whole).count("listed-twice"), whole.tally.set_aside) == (0, 0)
    whole = judged([*several, branch(4)], [HERE, base(2, "望河乡", 10, 50)])
    assert (codes(whole).count("listed-twice"), whole.tally.set_aside) == (2, 2)


def test_a_row_without_a_number_may_be_the_person_of_another_row() -> None:
    nameless = person(2, name=name(1), identity="")
    whole = judged([person(1), nameless, person(3)], [HERE])
    assert (parts(whole), codes(whole).count("listed-twice")) == ({name(3): "拟表彰"}, 2)
    elsewhere = judged(
        [person(1), person(2, name=name(1), identity="", township="望河乡")], [HERE, base(2, "望河乡")]
    )
    assert "listed-twice" not in codes(elsewhere)
    assert codes(judged([person(1), person(2, name=name(1))], [HERE])).count("listed-twice") == 0


def test_somebody_in_two_honours_is_told_and_stays() -> None:
    whole = judged([person(1), person(1, MEMBER)], [HERE], reviewed({person(1).identity: "优秀"}))
    assert [one.part for one in whole.of()] == ["拟表彰", "拟表彰"]
    first, second = told(whole, "two-honors")
    assert first[0] is Severity.WARNING and MEMBER in first[2] and WORKER in second[2]


@pytest.mark.parametrize(("letters", "long"), [("修" * 100, 0), ("修" * 101, 1), ("修 " * 100 + "\n", 0)])
def test_merits_of_more_than_a_hundred_characters_are_told(letters: str, long: int) -> None:
    whole = judged([person(merits=letters)], [HERE])
    assert (len(told(whole, "merits-long")), set(parts(whole).values())) == (long, {"拟表彰"})
    by = changed(lambda edition: edition.pop("merits"))
    assert not told(judged([person(merits=letters)], [HERE], by=by), "merits-long")


def test_more_places_than_names_are_told_at_the_base_and_are_not_moved_on() -> None:
    two = [base(1, "青禾镇", 1_000, 9), base(2, "望河乡", 1_000, 9)]
    people = [person(number, township="望河乡") for number in range(1, 9)]
    by = numbered({WORKER: 6, BRANCH: 4, MEMBER: 0})
    whole = judged([person(11), person(12, 信访意见="有异议"), *people], two, by=by)
    county, here = told(whole, "over-field")
    assert here == (
        Severity.WARNING,
        "TownshipBase B4",
        "青禾镇“党务工作者”：名额 3，推荐 2，可以列入的至多 1，空 2",
    )
    assert county[::2] == (Severity.WARNING, "“先进组织”：名额 4，没有推荐一个")
    assert sum(one.part == "拟表彰" for one in whole.of()) == 1 + 3
    assert whole.tally.set_aside == 0


def test_rows_that_wait_may_still_fill_the_places() -> None:
    twice = person(4, name=name(3), identity=person(3).identity)
    by = numbered({MEMBER: 0, BRANCH: 0})
    assert not told(
        judged([person(1), person(2, 信访意见=""), person(3), twice], [HERE], by=by), "over-field"
    )
    assert told(judged([person(1), person(3), twice], [HERE], by=numbered({WORKER: 4})), "over-field")


def test_who_is_proposed_while_somebody_before_him_waits_is_told() -> None:
    """Three places: the second name lacks an opinion, so the fourth is proposed for the time being."""
    people = [person(1), person(2, 信访意见=""), person(3), person(4), person(5)]
    whole = judged(people, [HERE])
    assert [parts(whole)[one.name] for one in people] == ["拟表彰", "待补", "拟表彰", "拟表彰", "超额"]
    ((grave, cell, said),) = told(whole, "may-be-passed")
    assert (grave, cell) == (Severity.WARNING, "Recommended H7") and name(4) in said and "补齐以后" in said
    assert not told(
        judged([person(1), person(2), person(3), person(4, 信访意见="")], [HERE]), "may-be-passed"
    )
    aside = judged([person(2), person(3), person(4), person(1, front=None)], [HERE])
    assert len(told(aside, "may-be-passed")) == 1
    refused = judged([person(1, 信访意见="有异议"), person(2), person(3), person(4)], [HERE])
    assert not told(refused, "may-be-passed")


@pytest.mark.parametrize(("many", "found"), [(3, 1), (4, 0), (5, 1)])
def test_other_numbers_of_candidates_than_there_ought_to_be_are_told(many: int, found: int) -> None:
    whole = judged(
        [person(number) for number in range(1, many + 1)], [HERE], by=numbered({MEMBER: 0, BRANCH: 0})
    )
    assert len(told(whole, "candidates")) == found
    without = changed(lambda edition: edition.pop("candidates"))
    assert not told(judged([person(1)], [HERE], by=without), "candidates")


def of(*kinds: str, places: int = 4) -> Any:
    """Party workers, each 一 (front line), 领 (leader), 两 (both) or 无, in this order; so many places."""
    people = [
        person(number, front=kind in "一两", leader=kind in "领两") for number, kind in enumerate(kinds, 1)
    ]
    return judged(people, [HERE], by=numbered({WORKER: places, MEMBER: 0, BRANCH: 0}))


@pytest.mark.parametrize(
    ("kinds", "places", "said"),
    [
        ("一一无无", 4, None),
        ("一无无", 3, "一线 1，应不少于 2；在推荐的人里怎样选也做不到（单看一线最多 1，单看领导最少 0）"),
        ("一无无一", 3, "一线 1，应不少于 2；在推荐的人里另选，可以做到"),
        ("一一一一两", 5, None),
        ("一一一两", 4, "领导 1，应不超过 0；在推荐的人里怎样选也做不到（单看一线最多 4，单看领导最少 1）"),
        ("一一一两无", 4, "领导 1，应不超过 0；在推荐的人里另选，可以做到"),
        ("领无", 2, "一线 0，应不少于 1；领导 1，应不超过 0；在推荐的人里怎样选也做不到（单看一线最多 0，单看领导最少 1）"),
        ("无两", 1, "一线 0，应不少于 1；在推荐的人里怎样选也做不到（单看一线最多 1，单看领导最少 0）"),
    ],
)  # fmt: skip
def test_shares_that_are_missed_are_told_and_whether_another_choice_would_meet_both(
    kinds: str, places: int, said: str | None
) -> None:
    whole = of(*kinds, places=places)
    found = [message.split("：", 1)[1] for _, _, message in told(whole, "structure")]
    assert {(grave, place) for grave, place, _ in told(whole, "structure")} <= {(Severity.ERROR, " ")}
    assert found == ([said] if said else [])
    assert sum(one.part == "拟表彰" for one in whole.of()) == places, "nobody is struck off"
    assert whole.tally.set_aside == 0


def test_another_choice_takes_as_many_from_each_township() -> None:
    """The second township has the people, but its places are its own."""
    two = [base(1, "青禾镇", 1_000), base(2, "望河乡", 1_000)]
    first = [person(number, front=False) for number in (1, 2)]
    second = [person(number, township="望河乡") for number in (3, 4, 5, 6)]
    three = [person(7, front=False), *first, *second[:1]]
    by = numbered({WORKER: 4, MEMBER: 0, BRANCH: 0})
    assert not told(judged([*first, *second], two, by=by), "structure")
    ((_, _, said),) = told(judged(three, two, by=by), "structure")
    assert "怎样选也做不到（单看一线最多 1" in said


def test_a_blank_answer_about_the_front_line_is_set_aside_where_it_is_asked_for() -> None:
    for field in ("front", "leader"):
        own: dict[str, Any] = {field: None}
        whole = judged([person(**own)], [HERE])
        assert (whole.tally.set_aside, len(told(whole, "blank"))) == (1, 1)
    assert part(branch()) == "拟表彰"

    def leaders_only(edition: dict[str, Any]) -> None:
        edition["categories"][1]["structure"] = {"clause": "领导", "leaders": Fraction(1, 5)}

    assert part(person(front=None), by=changed(leaders_only)) == "拟表彰"


def test_an_honour_that_the_policy_does_not_have_is_set_aside() -> None:
    """A roster that was read by one document may be judged by another one (policy diff, policy check)."""
    whole = judged([person(1), person(2, "创业能手")], [HERE])
    assert (parts(whole), len(told(whole, "no-honor"))) == ({name(1): "拟表彰"}, 1)


def test_a_township_that_is_not_among_the_bases_is_set_aside() -> None:
    whole = judged([person(township="青禾乡"), person(2)], [HERE])
    assert (parts(whole), len(told(whole, "no-base"))) == ({name(2): "拟表彰"}, 1)


def test_bases_that_cannot_be_used_leave_every_place_open() -> None:
    """Whoever shares out by what is left would share out wrongly."""
    for bad in ([HERE, base(2, "青禾镇", 900)], [base(1, "望河乡", 5), unread_base()]):
        whole = judged([person(1), person(2, 信访意见="有异议")], bad)
        assert parts(whole) == {name(1): "待定", name(2): "不符合"}
        assert len(told(whole, "not-shared")) == 3


def unread_base() -> Any:
    values = {"township": "青禾镇", "members": 0, "branches": 3}
    one = base(2, "青禾镇", 0, 3)
    return type(one)(row=Row(*_cells(row(type(one), 2, values))), **values)  # type: ignore[arg-type]


def _cells(line: Row) -> tuple[Any, ...]:
    return line.source, line.number, ("青禾镇", "约千人", "3"), ("members",)


def test_a_method_that_does_not_come_out_leaves_its_honour_open_and_says_so() -> None:
    half_up = {"clause": "四舍五入", "method": "half_up"}
    four = [base(number, town, 100) for number, town in enumerate(("青禾镇", "望河乡", "白桦镇"), 1)]
    whole = judged([person(1)], four, by=numbered({WORKER: 4, MEMBER: 3, BRANCH: 0}, sharing=half_up))
    assert parts(whole) == {name(1): "待定"}
    elsewhere = [person(1, BRANCH, township="青禾乡"), person(2, BRANCH, township="青禾乡")]
    by = numbered({WORKER: 4, MEMBER: 3, BRANCH: 0}, sharing=half_up)
    assert len(told(judged(elsewhere, four, by=by), "no-base")) == 2
    ((_, _, said),) = told(whole, "not-shared")
    assert "党务工作者" in said and "不等于总数 4" in said


def test_places_that_a_tie_leaves_open_are_nobodys() -> None:
    ask = {"clause": "相同的由县里定", "method": "largest_remainder", "tie": "ask"}
    two = [base(1, "青禾镇", 100), base(2, "望河乡", 100)]
    people = [person(1), person(2), person(3, township="望河乡"), person(4)]
    by = numbered({WORKER: 3, MEMBER: 0, BRANCH: 0}, sharing=ask)
    whole = judged(people, two, by=by)
    assert [parts(whole)[one.name] for one in people] == ["拟表彰", "待定", "拟表彰", "超额"]
    assert column(outcome(people, two, by=by), "名额分配表", "open")[2:4] == [1, 1]


def test_the_figures_of_every_page_are_those_of_the_list() -> None:
    people = [person(number) for number in range(1, 7)] + [
        branch(number, f"{name(number)}村党支部") for number in range(11, 17)
    ]
    found = outcome(people, [HERE])
    listed = column(found, "推荐名册", "category")
    by_name = dict(
        zip(column(found, "推荐汇总", "category"), column(found, "推荐汇总", "part0"), strict=True)
    )
    assert by_name == {category: listed.count(category) for category in (MEMBER, WORKER, BRANCH)}
    assert sum(column(found, "分乡镇汇总表", "part0")) == len(listed) == 6
    figures = next(block for block in found.front if block.block == "拟表彰")
    assert {fact.item: fact.many for fact in figures.facts(found.tables)} == by_name
    places = next(block for block in found.front if block.block == "名额")
    assert {fact.item: fact.many for fact in places.facts(found.tables)} == {MEMBER: 10, WORKER: 3, BRANCH: 3}


def test_the_list_stands_by_honour_in_the_order_of_the_policy() -> None:
    two = [HERE, base(2, "望河乡", 1_000, 100)]
    people = [
        branch(1),
        person(2, township="望河乡"),
        person(3),
        branch(4, "河东村党支部", township="望河乡"),
    ]
    found = outcome(people, two)
    assert column(found, "推荐名册", "category") == [WORKER, WORKER, BRANCH, BRANCH]
    assert column(found, "推荐名册", "opinions")[0] == "纪检无异议、信访无异议、计生无异议"


def test_the_notice_says_the_honour_the_name_and_the_post_and_nothing_private() -> None:
    (notice,) = outcome([person(1), branch(2)], [HERE]).notices()
    shown = [one.title for one in notice.table.columns if not one.private and one.name != "number"]
    assert shown == ["乡镇", "姓名或组织", "类别", "单位职务"]
    assert "共2个" not in notice.standard and WORKER in notice.standard


def test_a_policy_cannot_say_a_share_and_a_number_or_a_word_for_two_honours() -> None:
    with pytest.raises(Exception, match="share 和 number 只写一个"):
        changed(lambda edition: edition["categories"][0].update(number=5))
    with pytest.raises(Exception, match="优秀党员"):
        changed(lambda edition: edition["categories"][1].update(also=["优秀党员"]))
    assert policies().editions[0].results.must == "approved"


def test_a_document_that_asks_for_no_opinions_keeps_nobody_waiting_for_them() -> None:
    silent = changed(lambda edition: edition.pop("opinions"))
    assert part(person(纪检意见="", 信访意见="有异议", 计生意见=""), by=silent) == "拟表彰"
