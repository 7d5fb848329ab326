"""Posts as clerks write them, and whether one is held on a day that may be known only vaguely."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sanchuang_cli.domain.posts import PostList, in_office, office, words_of
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import Odd
from sanchuang_cli.record import Row, Source
from tests.programmes.incumbents import day

KNOWN = {"村支书", "村主任", "书记兼主任", "副主任"}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("村支书", ["村支书"]),
        (" 村 支书 ", ["村支书"]),
        ("书记兼主任", ["书记兼主任"]),
        ("村支书兼村主任", ["村支书", "村主任"]),
        ("村支书、村主任，会计,文书；保管;民兵/妇女+调解", ["村支书", "村主任", "会计", "文书", "保管", "民兵", "妇女", "调解"]),
        ("河西村副主任", ["副主任"]),
        ("青禾镇河西村副主任", ["副主任"]),
        ("河西村书记兼主任", ["书记兼主任"]),
        ("河西副主任兼会计", ["副主任", "会计"]),
        ("河西村", ["河西村"]),
        ("、", ["、"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_cell_is_cut_into_posts_unless_it_is_one_and_a_place_before_them_is_none(
    written: str, words: list[str]
) -> None:
    assert words_of(written, KNOWN, ("河西", "青禾镇", "河西村", "")) == words


PLACES = st.sampled_from(["青禾镇", "河西", "河西新村", "北关", "北关社区"])


@given(
    post=st.sampled_from(sorted(KNOWN)), before=st.lists(PLACES), others=st.lists(PLACES), draw=st.randoms()
)
def test_a_post_is_known_behind_whatever_places_stand_before_it(
    post: str, before: list[str], others: list[str], draw: Random
) -> None:
    places = [*before, *others]
    draw.shuffle(places)
    assert words_of("".join([*before, post]), KNOWN, places) == [post]


def test_a_place_may_stand_before_each_post_and_a_known_post_is_not_cut() -> None:
    assert words_of("青禾镇河西村村支书、河西村村主任", KNOWN, ("青禾镇", "河西村")) == ["村支书", "村主任"]
    assert words_of("青禾镇村支书", KNOWN, ("青禾镇", "村")) == ["村支书"]
    assert words_of("村支书、河西村", KNOWN, ("河西村",)) == ["村支书", "河西村"]


@pytest.mark.parametrize(
    ("written", "named", "unknown"),
    [
        ("村支书", True, []),
        ("村支书兼会计", True, []),
        ("会计", False, []),
        ("会计兼文书", False, ["文书"]),
        ("村支书兼文书", True, ["文书"]),
        ("（党）村支书", False, ["(党)村支书"]),
        ("", False, []),
    ],
)
def test_one_post_of_the_list_is_enough_and_a_word_in_neither_list_is_told(
    written: str, named: bool, unknown: list[str]
) -> None:
    rule = PostList(clause="例", posts=("村支书", "村主任"), others=("会计",))
    assert rule.named(written) == (named, unknown)


def test_a_post_is_in_one_of_the_lists_only() -> None:
    with pytest.raises(ValidationError, match="“会计、文书”既在 posts 里，又在 others 里"):
        PostList(clause="例", posts=("村支书", "文书", "会计"), others=("会 计", "文书"))


@pytest.mark.parametrize(
    ("start", "end", "on", "there"),
    [
        ("2026-03-05", None, "2026-03-05", True),
        ("2026-03-05", None, "2026-03-04", False),
        ("2026-03", None, "2026-03-31", True),
        ("2026-03", None, "2026-03-30", None),
        ("2026-03", None, "2026-03-01", None),
        ("2026-03", None, "2026-02-28", False),
        ("2026-03-05", None, "2026-03", None),
        ("2026-03-01", None, "2026-03", True),
        ("2026-03-05", "2026-05-06", "2026-05-06", True),
        ("2026-03-05", "2026-05-06", "2026-05-07", False),
        ("2026-03-05", "2026-05-06", "2026-03-05", True),
        ("2026-03-05", "2026-05-06", "2026-03-04", False),
        ("2026-03-05", "2026-05", "2026-05-01", True),
        ("2026-03-05", "2026-05", "2026-05-02", None),
        ("2026-03-05", "2026-05", "2026-05-31", None),
        ("2026-03-05", "2026-05", "2026-06-01", False),
        ("2026-03-05", "2026-05-06", "2026-04", True),
        ("2026-03-05", "2026-05-06", "2026-05", None),
        ("2026-03-05", "2026-05-06", "2026", None),
        ("2026", "2026-05-06", "2026-05-06", True),
        ("2026", "2026-05-06", "2026-05-05", None),
        ("2026-03-05", "2026", "2026-03-05", True),
        ("2026-03-05", "2026", "2026-03-06", None),
    ],
)
def test_the_first_and_the_last_day_count_and_what_vague_days_leave_open_is_not_said(
    start: str, end: str | None, on: str, there: bool | None
) -> None:
    asked = day(on)
    held = day(start), end and day(end)
    assert in_office(held[0], held[1] or None, asked) is there
    if asked.exact:
        assert in_office(held[0], held[1] or None, asked.earliest) is there


DOUBTS = Doubts(
    {
        "post-vague": Doubt(Severity.ERROR, "说不准"),
        "ends-before-start": Doubt(Severity.ERROR, "颠倒"),
    }
)


@pytest.mark.parametrize(
    ("start", "end", "holds", "said", "told"),
    [
        ("2025", None, True, "任职 2025年至今，2026-05-01 在任", []),
        ("2026-05-01", "2026-05-01", True, "任职 2026-05-01至2026-05-01，2026-05-01 在任", []),
        ("2027", None, False, "任职 2027年至今，2026-05-01 不在任", []),
        (
            *("2026-05", None, False, "任职 2026-05至今，2026-05-01 不在任"),
            [("started", "张建国：2026-05-01 是否在任，按2026-05至今说不准")],
        ),
        (
            *("2026-03", "2026-02", False, "任职 2026-03至2026-02，2026-05-01 不在任"),
            [("ended", "张建国：任职终止早于任职起始（2026-03至2026-02）")],
        ),
        ("2026-03", "2026-03-01", False, "任职 2026-03至2026-03-01，2026-05-01 不在任", []),
    ],
)
def test_a_step_says_whether_the_post_is_held_and_each_doubt_is_told_at_its_cell(
    start: str, end: str | None, holds: bool, said: str, told: list[tuple[str, str]]
) -> None:
    source = Source("册.xlsx", "表", {"started": (1, "started"), "ended": (2, "ended")})
    odd = Odd(DOUBTS, Row(source, 4, (start, end)))
    held = day(start), day(end) if end else None
    reason = office("张建国", held, day("2026-05-01"), "在任的才列入", odd)
    assert (reason.what, reason.said, reason.basis) == ("在任", said, "在任的才列入")
    assert (reason.holds, reason.reads) == (holds, ("started", "ended"))
    assert [(one.place.heading, one.message) for one in odd.found] == told


def test_a_day_may_be_given_as_such() -> None:
    assert in_office(day("2026-03-05"), None, date(2026, 3, 5)) is True
