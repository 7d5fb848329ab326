"""What counts as public, when the next time is due, and what is overdue: each rule at its edge."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.disclosing.lines import DONE, LATE, NEVER, NONE, SOON, UNSURE
from sanchuang_cli.programmes.catalogue import lines as listed
from tests.programmes.publications import (
    DUES,
    ELECTION,
    PAID,
    STANDING,
    catalogue,
    codes,
    draft,
    judged,
    lines,
    outcome,
    row,
)


def said(found: Any) -> tuple[Any, ...]:
    """A line as state, due day, days left and where it is lacking."""
    return found.state, found.due and str(found.due), found.left, found.lacking


@pytest.mark.parametrize(
    ("last", "on", "state", "left"),
    [
        ("2025-12-30", "2026-06-30", DONE, 0),
        ("2025-12-29", "2026-06-30", LATE, -1),
        ("2025-12-31", "2026-06-30", DONE, 0),  # June has no 31st
        ("2026-06-30", "2026-06-30", DONE, 183),
    ],
)
def test_what_comes_again_is_in_time_on_its_day_and_overdue_the_day_after(
    last: str, on: str, state: str, left: int
) -> None:
    found = lines([row(since=last)], catalogue(DUES), on=date.fromisoformat(on), towns=["青禾镇"])
    assert [(line.state, line.left) for line in found] == [(state, left)]


def test_what_was_never_public_is_counted_from_the_day_of_the_catalogue() -> None:
    by = catalogue(DUES, effective="2026-01-01")
    assert [said(line) for line in lines([], by, on=date(2026, 7, 1))] == [
        (NEVER, "2026-07-01", 0, ("公开栏",))
    ] * 2
    assert {line.state for line in lines([], by, on=date(2026, 7, 2))} == {LATE}


def test_every_township_has_its_own_line_and_one_that_sent_nothing_is_not_forgotten() -> None:
    found = lines([row(since="2026-06-01")], catalogue(DUES, effective="2025-01-01"))
    assert [(line.township, line.state) for line in found] == [("望河乡", LATE), ("青禾镇", DONE)]


def test_what_is_standing_must_hang_in_every_place_today() -> None:
    board, site = row(1, "职责", since="2026-02-01"), row(2, "职责", place="网站", since="2026-02-01")
    by = catalogue(STANDING)
    assert said(lines([board, site], by)[0]) == (DONE, None, None, ())
    assert said(lines([board], by)[0]) == (LATE, "2026-01-01", -180, ("网站",))
    gone = row(2, "职责", place="网站", since="2026-02-01", down="2026-06-29")
    assert said(lines([board, gone], by)[0]) == (LATE, "2026-06-29", -1, ("网站",))


def test_one_row_may_name_two_places() -> None:
    assert (
        lines([row(1, "职责", place="县公开栏、县网站", since="2026-02-01")], catalogue(STANDING))[0].state
        == DONE
    )


@pytest.mark.parametrize(("on", "state"), [("2026-06-13", SOON), ("2026-06-14", LATE)])
def test_what_has_come_must_be_public_within_its_days(on: str, state: str) -> None:
    rows = [row(1, "选举", which="补选", occurred="2026-06-10", since="2026-06-11")]
    (line,) = lines(rows, catalogue(ELECTION), on=date.fromisoformat(on))
    assert (line.state, line.lacking, str(line.due)) == (state, ("网站",), "2026-06-13")


def test_what_was_public_too_late_is_public_and_says_so() -> None:
    rows = [
        row(n, "选举", occurred="2026-06-10", since=f"2026-06-1{n + 2}", place=place)
        for n, place in ((1, "公开栏"), (3, "网站"))
    ]
    (line,) = lines(rows, catalogue(ELECTION))
    assert (line.state, line.note, str(line.public)) == (DONE, "晚了 2 天", "2026-06-15")


def test_without_the_day_on_which_it_happened_nobody_says_that_it_was_in_time() -> None:
    rows = [row(n, "选举", since="2026-06-12", place=place) for n, place in ((1, "公开栏"), (2, "网站"))]
    assert lines(rows, catalogue(ELECTION))[0].note == "没有写发生日期，是否按时不知道"


def test_two_events_without_a_name_are_told_apart_by_their_days() -> None:
    rows = [row(1, "选举", occurred="2026-06-10"), row(2, "选举", occurred="2026-06-20")]
    assert [str(line.due) for line in lines(rows, catalogue(ELECTION))] == ["2026-06-13", "2026-06-23"]


def test_working_days_pass_over_holidays() -> None:
    working = {**ELECTION, "counting": "working-days"}
    rows = [row(1, "选举", occurred="2026-06-17")]  # 端午 on Friday 19 June
    assert str(lines(rows, catalogue(working))[0].due) == "2026-06-23"


def test_nothing_that_happened_is_said_only_where_no_row_waits() -> None:
    by = catalogue(ELECTION)
    assert lines([], by)[0].state == NONE
    (line,) = lines([row(1, "选举", occurred="2026-06-10", since="2026-06")], by)
    assert line.state == UNSURE and "1 行待核实" in line.note


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"item": "招商", "since": "2026-06-01"}, "item-unknown"),
        ({"township": "", "since": "2026-06-01"}, "no-township"),
        ({"since": "2026-06"}, "vague"),
        ({"since": None}, "no-day"),
        ({"since": "2026-06-01", "place": ""}, "no-place"),
        ({"since": "2026-06-01", "place": "食堂"}, "place-unlisted"),
        ({"since": "2026-06-01", "place": "未在公开栏张贴"}, "place-unclear"),
        ({"since": "2026-06-01", "place": "公开栏（还没有贴）"}, "place-unclear"),
        ({"since": "2026-06-01", "place": "拟贴公开栏"}, "place-unclear"),
        ({"since": "2026-06-01", "down": "2026-05-31"}, "out-of-order"),
        ({"since": "2026-06-01", "until": "2026-05-31"}, "out-of-order"),
        ({"since": "2026-06-01", "occurred": "2026-06-02"}, "out-of-order"),
        ({"unread": {"since": "六月上旬"}}, "unread"),
        ({"since": "2026-07-01"}, "not-yet"),
    ],
)
def test_what_is_not_understood_never_counts_as_public_and_is_told_with_its_cell(
    fields: dict[str, Any], code: str
) -> None:
    by = catalogue(DUES, effective="2025-01-01")
    good = row(1, since="2025-06-01")
    before = lines([good], by)
    found = outcome([good, row(2, **fields)], by)
    (told,) = [finding for finding in found.findings if finding.code == f"catalogue.{code}"]
    assert told.place.row == 5 and told.severity.value == "error"
    assert found.tally.set_aside == 1
    after = lines([good, row(2, **fields)], by)
    assert [line._replace(note="") for line in after] == before


def test_an_event_with_two_days_is_asked_about_and_makes_nothing_public() -> None:
    rows = [
        row(1, "选举", which="补选", occurred="2026-06-10", since="2026-06-11"),
        row(2, "选举", which="补选", occurred="2026-06-11", since="2026-06-11", place="网站"),
    ]
    found = outcome(rows, catalogue(ELECTION))
    assert codes(found) == ["events-differ"] * 2 and found.tally.set_aside == 2
    assert lines(rows, catalogue(ELECTION))[0].state == UNSURE


@pytest.mark.parametrize(
    ("down", "part", "state"), [("2026-06-09", "提前取下", LATE), ("2026-06-10", "已取下", DONE)]
)
def test_what_was_taken_down_before_its_days_were_over_was_not_public(
    down: str, part: str, state: str
) -> None:
    rows = [row(1, "补贴", which="2026-05", occurred="2026-06-01", since="2026-06-02", down=down)]
    whole = judged(rows, catalogue(PAID))
    assert [one.part for one in whole.of()] == [part]
    assert whole.more.lines[0].state == state


def test_a_draft_of_a_result_must_be_made_public_whether_or_not_the_register_knows_of_it() -> None:
    by = catalogue(PAID)
    (line,) = lines([], by, drafts=[draft()])
    assert said(line) == (LATE, "2026-06-05", -25, ("公开栏",)) and "判定日" in line.note
    for words in ("2026-05", "2026年5月", "补贴公示2026-05", "补贴公示 2026年5月"):
        posted = row(1, "补贴", which=words, since="2026-06-03")
        (line,) = lines([posted], by, drafts=[draft()])
        assert (line.state, line.note) == (DONE, "")
    other = row(1, "补贴", which="2026-04", occurred="2026-05-01", since="2026-05-03")
    assert {line.state for line in lines([other], by, drafts=[draft()])} == {LATE}


def test_the_register_s_own_day_goes_before_the_day_of_judgement() -> None:
    (line,) = lines(
        [row(1, "补贴", which="2026-05", occurred="2026-06-28")], catalogue(PAID), drafts=[draft()]
    )
    assert (line.state, str(line.due), line.note) == (SOON, "2026-07-03", "")


def test_one_posting_is_never_taken_for_two_notices_of_one_period() -> None:
    by, drafts = catalogue(PAID), [draft(1, "离任补贴公示"), draft(2, "困难补贴公示")]
    short = row(1, "补贴", which="2026-05", since="2026-06-03")
    assert [line.state for line in lines([short], by, drafts=drafts)] == [LATE, LATE]
    assert "which-unclear" in codes(outcome([short], by, drafts=drafts))
    whole = row(1, "补贴", which="离任补贴公示 2026-05", since="2026-06-03")
    assert [line.which for line in lines([whole], by, drafts=drafts)] == ["困难补贴公示2026-05"]


def test_an_item_may_ask_for_one_draft_by_its_name() -> None:
    by = catalogue({**PAID, "results": ("困难补贴公示",)})
    drafts = [draft(1, "离任补贴公示"), draft(2, "困难补贴公示")]
    assert [line.which for line in lines([], by, drafts=drafts)] == ["2026-05"]
    assert codes(outcome([], by, drafts=drafts)) == ["draft-unlisted"]


def test_what_hangs_until_a_day_is_to_be_taken_down_on_the_next() -> None:
    rows = [row(1, "补贴", which="2026-05", occurred="2026-06-20", since="2026-06-22", until="2026-06-29")]
    todos = judged(rows, catalogue(PAID)).more.todos
    assert [(todo.what, str(todo.latest), todo.left) for todo in todos] == [
        ("取下：补贴2026-05（公开栏）", "2026-06-30", 0)
    ]


def test_the_first_lines_are_those_that_are_overdue_the_longest() -> None:
    found = lines(
        [row(1, "选举", occurred="2026-06-20")], catalogue(ELECTION, STANDING, {**DUES, "every_months": 7})
    )
    assert [(line.item.name, line.state) for line in found] == [
        ("职责", LATE), ("选举", LATE), ("党费", NEVER), ("党费", NEVER),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({**DUES, "standing": True}, "只写一个"),
        ({"name": "党费", "places": ("公开栏",), "by": "county"}, "只写一个"),
        ({**DUES, "results": ("pay",)}, "要同时写 within_days"),
    ],
)
def test_an_item_says_in_one_way_when_it_is_due(item: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        catalogue(item)


def test_a_name_stands_once_in_a_catalogue() -> None:
    with pytest.raises(ValidationError, match="写了两次"):
        catalogue(DUES, {**ELECTION, "aliases": ("党费",)})


def test_days_are_counted_from_the_day_of_judgement() -> None:
    (line, _) = lines([], catalogue(DUES, effective="2026-01-10"))
    assert (line.due, line.left) == (date(2026, 7, 10), 10)


def test_a_township_that_the_county_does_not_list_may_post_on_its_own_board() -> None:
    rows = [row(township="石桥镇", place="石桥镇公开栏", since="2026-06-01")]
    found = outcome(rows, catalogue(DUES, effective="2026-01-01"))
    assert (codes(found), found.tally.set_aside) == ([], 0)


def test_a_place_in_which_nothing_hung_yet_is_lacking_although_its_day_has_not_come() -> None:
    both = {**DUES, "places": ("公开栏", "网站"), "by": "county"}
    (line,) = lines([row(township="", since="2026-06-01")], catalogue(both, effective="2026-02-01"))
    assert said(line) == (NEVER, "2026-08-01", 32, ("网站",))


def test_the_page_of_what_is_overdue_has_those_lines_and_no_other() -> None:
    whole = judged([row(since="2026-06-01")], catalogue(DUES, effective="2025-01-01"))
    assert [[line.township for line in asked(whole)] for asked in (listed(LATE), listed(LATE, DONE), listed())] == [
        ["望河乡"], ["望河乡", "青禾镇"], ["望河乡", "青禾镇"],
    ]  # fmt: skip


def todos(rows: list[Any], by: Any, **how: Any) -> list[tuple[Any, ...]]:
    return [tuple(one)[:9] for one in judged(rows, by, **how).more.todos]


def test_what_is_to_be_done_says_by_whom_until_when_and_by_which_clause() -> None:
    """By whoever the row names for taking down, else by the keeper of the item, else by the township."""
    kept = {**ELECTION, "keeper": "组织科", "clause": "第二条"}
    dues = {**DUES, "clause": "第三条"}
    rows = [
        row(1, "选举", township="", which="补选", occurred="2026-06-26", since="2026-06-27", until="2026-07-01", place="公开栏"),
        row(2, "党费", since="2026-03-01", until="2026-06-30", which="一季度"),
        row(3, "党费", township="望河乡", since="2025-12-01", until="2026-06-01", by="赵敏"),
    ]  # fmt: skip
    assert todos(rows, catalogue(kept, dues)) == [
        ("望河乡", "党费", "公开：党费", date(2026, 6, 1), -29, "逾期未公开", "望河乡", "第三条", ""),
        ("", "选举", "公开：选举补选", date(2026, 6, 29), -1, "逾期未公开", "组织科", "第二条", ""),
        ("青禾镇", "党费", "公开：党费", date(2026, 9, 1), 63, "下一次", "青禾镇", "第三条", ""),
        ("青禾镇", "党费", "取下：党费一季度（公开栏）", date(2026, 7, 1), 1, "公开中", "青禾镇", "第三条", ""),
        ("望河乡", "党费", "取下：党费（公开栏）", date(2026, 6, 2), -28, "公开中", "赵敏", "第三条", ""),
        ("", "选举", "取下：选举补选（公开栏）", date(2026, 7, 2), 2, "公开中", "组织科", "第二条", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("since", "note"), [("2026-06-13", ""), ("2026-06-14", "晚了 1 天")])
def test_the_first_posting_in_each_place_says_whether_it_was_in_time(since: str, note: str) -> None:
    rows = [
        row(1, "选举", occurred="2026-06-10", since="2026-06-11"),
        row(2, "选举", occurred="2026-06-10", since=since, place="网站"),
        row(3, "选举", occurred="2026-06-10", since="2026-06-20", place="网站"),
    ]
    (line,) = lines(rows, catalogue(ELECTION))
    assert (line.state, line.note, line.public, line.due) == (DONE, note, date.fromisoformat(since), None)


def test_an_event_is_open_in_the_townships_that_are_still_to_post_it() -> None:
    """The register names them by rows that have no day yet."""
    event: dict[str, Any] = {"item": "选举", "which": "补选", "occurred": "2026-06-28"}
    posted = [row(n, since="2026-06-29", place=place, **event) for n, place in ((1, "公开栏"), (2, "网站"))]
    waiting = [row(n, township=town, **event) for n, town in ((3, "望河乡"), (4, "青禾镇"), (5, "望河乡"))]
    (line,) = lines([*posted, *waiting], catalogue(ELECTION))
    assert said(line) == (SOON, "2026-07-01", 1, ("望河乡",))


def test_of_events_that_are_all_public_the_last_one_is_the_line() -> None:
    rows = [
        row(
            n,
            "选举",
            which=which,
            occurred=f"2026-0{month}-10",
            since=f"2026-0{month}-11",
            place="公开栏、网站",
        )
        for n, (which, month) in enumerate((("一", 3), ("三", 5), ("二", 4)), 1)
    ]
    (line,) = lines(rows, catalogue(ELECTION))
    assert (line.which, line.public, line.left) == ("三", date(2026, 5, 11), None)


@pytest.mark.parametrize("turned", [False, True])
def test_of_events_made_public_on_one_day_the_latest_to_happen_is_the_line_however_the_rows_stand(
    turned: bool,
) -> None:
    public: dict[str, Any] = {"since": "2026-05-11", "place": "公开栏、网站"}
    rows = [
        row(n, "选举", which=which, occurred=f"2026-05-{day}", **public)
        for n, (which, day) in enumerate((("一", "09"), ("二", "10"), ("三", "08")), 1)
    ]
    (line,) = lines(rows[::-1] if turned else rows, catalogue(ELECTION))
    assert line.which == "二"


def test_rows_that_wait_are_counted_at_their_item_and_township_beside_what_is_said_anyway() -> None:
    late = [
        row(n, "选举", township="", occurred="2026-06-10", since=f"2026-06-2{n}", place=place)
        for n, place in ((1, "公开栏"), (2, "网站"))
    ]
    wrong = [row(n, "选举", township="", since="2026-06") for n in (3, 4)]
    (line, *others) = lines([*late, *wrong, row(5, since="2026-06")], catalogue(ELECTION, DUES))[::-1]
    assert (line.item.name, line.note) == ("选举", "晚了 9 天；台账另有 2 行待核实，没有算作公开")
    assert [(one.township, one.note) for one in others] == [
        ("望河乡", ""),
        ("青禾镇", "台账另有 1 行待核实，没有算作公开"),
    ]


def test_where_the_county_names_no_townships_those_of_the_register_have_lines() -> None:
    found = lines([row(since="2026-06-01", township="石桥镇")], catalogue(DUES), towns=())
    assert [line.township for line in found] == ["石桥镇"]
    assert [line.township for line in lines([], catalogue(DUES), towns=())] == [""]


def test_what_was_taken_down_is_due_again_from_that_day_and_what_hangs_is_not() -> None:
    rows = [
        row(1, "职责", since="2026-02-01", down="2026-06-30", place="公开栏"),
        row(2, "职责", since="2026-01-01", down="2026-03-01", place="公开栏"),
        row(3, "职责", since="2026-02-01", place="网站"),
    ]
    assert said(lines(rows, catalogue(STANDING))[0]) == (DONE, "2026-06-30", 0, ())


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (STANDING, "长期公开"),
        (DUES, "每 6 个月"),
        (ELECTION, "发生后 3 日内"),
        ({**ELECTION, "event": "当选", "counting": "working-days"}, "当选后 3 个工作日内"),
    ],
)
def test_the_limit_of_an_item_in_words(item: Any, words: str) -> None:
    assert lines([], catalogue(item))[0].item.limit == words
