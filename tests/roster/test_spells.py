"""Terms of office out of one cell."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, Spell, VagueDate
from tests.roster.parsing import read_cell


def _months(spell: Spell) -> int:
    assert spell.end and spell.start.month and spell.end.month
    return spell.end.month - spell.start.month + 1


def test_T_09_two_stretches_in_one_cell() -> None:
    read = read_cell(Kind.SPELLS, "1984.5—1995.4；1998年6月-2001年5月")
    assert read.codes == ()
    assert [_months(spell) for spell in read.value] == [132, 36]


def _stretch(start: Month, end: Month | None, post: str = "") -> Spell:
    return Spell(
        VagueDate.within(start.year, start.month),
        VagueDate.within(end.year, end.month) if end else None,
        post,
    )


MONTHS: tuple[Callable[[Month], str], ...] = (
    lambda m: f"{m.year}.{m.month}",
    lambda m: f"{m.year}.{m.month:02d}",
    lambda m: f"{m.year}年{m.month}月",
    lambda m: f"{m.year}-{m.month:02d}",
    lambda m: f"{m.year}/{m.month}",
    lambda m: f"{m.year}{m.month:02d}",
)
months = st.builds(Month, st.integers(1950, 2025), st.integers(1, 12))
stretches = st.tuples(months, months).map(sorted)


@given(
    st.lists(stretches, min_size=1, max_size=4),
    st.sampled_from(MONTHS),
    st.sampled_from(["—", "-", "——", "–", "~", "～", "至", "到", " - "]),
    st.sampled_from(["；", ";", "\n", "，", "、", "；\n"]),
    st.sampled_from(["", "书记", "村主任"]),
)
def test_any_stretches_in_any_shape_are_read_back(
    wanted: list[list[Month]], shape: Callable[[Month], str], dash: str, between: str, post: str
) -> None:
    cell = between.join(f"{shape(start)}{dash}{shape(end)}{post}" for start, end in wanted)
    read = read_cell(Kind.SPELLS, cell)
    assert (read.value, read.codes) == (tuple(_stretch(start, end, post) for start, end in wanted), ())


@pytest.mark.parametrize("end", ["至今", "今", "现在", "现任"])
def test_a_stretch_that_lasts_has_no_end(end: str) -> None:
    assert read_cell(Kind.SPELLS, f"1998年6月-{end}").value == (_stretch(Month(1998, 6), None),)
    assert read_cell(Kind.SPELLS, f"1998.6{end if end == '至今' else '—' + end}").value is not None


@pytest.mark.parametrize(
    "cell", ["1984年5月至今任书记", "1984.5-今 书记", "1984.5-至今任书记", "书记：1984.5-至今"]
)
def test_the_post_is_what_else_the_stretch_says(cell: str) -> None:
    assert read_cell(Kind.SPELLS, cell).value == (_stretch(Month(1984, 5), None, "书记"),)


@pytest.mark.parametrize(
    "cell",
    [
        "1998.6—2001.5 {}",
        "1998.6—2001.5{}",
        "1998年6月—2001年5月{}",
        "{} 1998年6月至2001年5月",
        "一九九八年六月至二〇〇一年五月任{}",
        "{}，一九九八年六月—二〇〇一年五月",
    ],
)
@pytest.mark.parametrize("post", ["三合村书记", "一村支书", "八里村妇女主任", "十二组组长", "二道沟村主任"])
def test_numerals_in_the_name_of_a_village_stay_as_they_are(cell: str, post: str) -> None:
    read = read_cell(Kind.SPELLS, cell.format(post))
    assert (read.value, read.codes) == ((_stretch(Month(1998, 6), Month(2001, 5), post),), ())


@pytest.mark.parametrize(
    "cell", ["一九九八至二〇〇一书记", "一九九八.六—二〇〇一.五书记", "1998年六月至2001年五月书记"]
)
def test_numerals_of_a_date_are_read_wherever_it_ends(cell: str) -> None:
    (spell,) = read_cell(Kind.SPELLS, cell).value
    assert (spell.start.earliest.year, spell.end.earliest.year, spell.post) == (1998, 2001, "书记")


def test_years_alone_are_known_to_the_year_and_short_years_warned_of() -> None:
    read = read_cell(Kind.SPELLS, "84-95")
    assert read.value == (Spell(VagueDate.within(1984), VagueDate.within(1995)),)
    assert set(read.codes) == {"date.two-digit-year"}
    assert read_cell(Kind.SPELLS, "1984-1995")[:2] == (read.value, ())


def test_days_are_kept() -> None:
    spell = Spell(VagueDate.on(date(1998, 6, 1)), VagueDate.on(date(2001, 5, 31)))
    assert read_cell(Kind.SPELLS, "1998-6-1-2001-5-31").value == (spell,)
    assert read_cell(Kind.SPELLS, "1998.6.1—2001.5.31").value == (spell,)
    assert read_cell(Kind.SPELLS, "19980601-20010531").value == (spell,)


def test_chinese_numerals() -> None:
    read = read_cell(Kind.SPELLS, "一九八四年五月至一九九五年四月")
    assert read.value == (_stretch(Month(1984, 5), Month(1995, 4)),)


@pytest.mark.parametrize(
    "cell", ["不详", "1984.5", "1984.13-1995.4", "1984.5-1995.4；不详", "5年", 1984.5, "1998-06"], ids=repr
)
def test_one_unreadable_stretch_leaves_none(cell: object) -> None:
    assert read_cell(Kind.SPELLS, cell)[:2] == (None, ("spells.unreadable",))


VAGUE, DAY = VagueDate(date(2021, 10, 31), date(2021, 11, 29)), VagueDate.on(date(2026, 6, 30))


@pytest.mark.parametrize("dash", ["—", "-", "至", "~"])
@pytest.mark.parametrize("post", ["", "书记"])
def test_a_term_is_read_back_as_a_result_says_it(dash: str, post: str) -> None:
    """A day known to lie between two days is said with 至 and 之间, at either end."""
    for start, end in (
        (VAGUE, DAY),
        (VagueDate.within(2012, 1), VAGUE),
        (VAGUE, VagueDate(DAY[0], date(2026, 7, 8))),
    ):
        read = read_cell(Kind.SPELLS, f"{start}{dash}{end}{post}")
        assert (read.value, read.codes) == ((Spell(start, end, post),), ())
    assert read_cell(Kind.SPELLS, f"{VAGUE}{dash}至今").value == (Spell(VAGUE, None),)


@pytest.mark.parametrize("between", ["", " ", "书记", "任书记，后于", "（", "年"])
@pytest.mark.parametrize(
    "second", ["2001-03—2005-06", "200103-200506", "2001年3月至2005年6月任主任", "2001.3-今", "2001至2005年"]
)
def test_a_second_term_is_never_taken_for_the_post_of_the_first(between: str, second: str) -> None:
    """The years of service would come out too short."""
    assert read_cell(Kind.SPELLS, f"1984年5月—1995年4月{between}{second}").value is None


def test_a_day_beside_the_post_is_no_second_term() -> None:
    (spell,) = read_cell(Kind.SPELLS, "1998年6月-2001年5月任书记(2000年5月当选，第1-3组)").value
    assert spell.post.startswith("书记")


@pytest.mark.parametrize(
    ("cell", "end", "post"),
    [
        ("1980.1-1989.12担任书记", "1989-12", "书记"),
        ("从1980.1到1989.12任书记", "1989-12", "书记"),
        ("1980.1-1989.12期间任书记", "1989-12", "书记"),
        ("1980年1月至1989年12月止 书记", "1989-12", "书记"),
        ("1980年1月至1989年12月在河西村任书记", "1989-12", "河西村书记"),
        ("1980.1-1989.12 书记职务", "1989-12", "书记"),
        ("1980.1-1989.12 “书记”.", "1989-12", "书记"),
        ("1980.1-1989.12 书记（代理）", "1989-12", "书记(代理)"),
        ("1980.1-1989.12 任职", "1989-12", ""),
        ("1980.1-1989.12 历任书记", "1989-12", "书记"),
        *((f"1980.1-1989年{part} 书记", "1989年", "书记") for part in ("初", "底", "末", "上半年")),
        *((f"1980.1-1989年12月{part} 书记", "1989-12", "书记") for part in ("初", "底", "中旬")),
        ("1980.1-1989年初中教师", "1989年", "初中教师"),
        ("1980.1-1989.12 团支部书记", "1989-12", "团支部书记"),
    ],
)
def test_words_around_a_term_are_no_part_of_its_post(cell: str, end: str, post: str) -> None:
    """Else the post is none that is listed, and the term counts for nothing."""
    (spell,) = read_cell(Kind.SPELLS, cell).value
    assert (str(spell.start), str(spell.end), spell.post) == ("1980-01", end, post)


@pytest.mark.parametrize(
    "said",
    [
        "书记，中间停职2年",
        "书记，其中病休三年",
        "书记,实际8年",
        "停职",
        "历任会计、书记、主任",
        "先后任会计和书记",
    ],
)
def test_a_term_of_which_more_is_said_than_its_post_is_not_understood(said: str) -> None:
    assert read_cell(Kind.SPELLS, f"1985.1-1999.12 {said}")[:2] == (None, ("spells.unreadable",))


@pytest.mark.parametrize("dash", ["->", "→", "一"])
def test_an_arrow_parts_the_ends_of_a_term_too(dash: str) -> None:
    read = read_cell(Kind.SPELLS, f"1984.05{dash}1999.08书记")
    assert (read.value, read.codes) == ((_stretch(Month(1984, 5), Month(1999, 8), "书记"),), ())


@pytest.mark.parametrize(
    ("cell", "post"),
    [
        ("书记(1984.05-1999.08)", "书记"),
        ("1984.05-1999.08（书记）", "书记"),
        ("1984.05-1999.08在兴隆村任书记", "兴隆村书记"),
        ("1984.05-1999.08（换届）书记", "书记"),
        ("1984.05-1999.08书记（1990年5月当选）", "书记(1990年5月当选)"),
    ],
)
def test_brackets_and_a_place_beside_a_term_leave_it_its_post(cell: str, post: str) -> None:
    assert read_cell(Kind.SPELLS, cell).value == (_stretch(Month(1984, 5), Month(1999, 8), post),)


@given(
    st.sampled_from(["1984.05-1988.02书记{}", "1984年5月至1988年2月任书记{}", "会计{}：1984.05-1988.02"]),
    st.sampled_from(["，至{}主任", "，后任书记至{}", "（{}止）", "，{}离任", "至{}", "（至{}）"]),
    st.sampled_from(["1999.08", "1999年8月", "1999-8", "199908", "一九九九年八月"]),
)
def test_a_date_left_over_beside_a_term_leaves_it_unread(cell: str, more: str, when: str) -> None:
    """It may be the true end of the term, or the start of one that nobody counted."""
    assert read_cell(Kind.SPELLS, cell.format(more.format(when))).value is None


GAPS = ["外出打工", "当兵", "参军", "外出务工", "经商", "上学"]


@pytest.mark.parametrize(
    "said",
    [*GAPS, "离任", "中断", "空档", "不在任", "除外", "不计", "没干", "未任", "免职", "退休", "（退休）"],
)
def test_a_term_of_no_post_within_another_is_not_understood(said: str) -> None:
    """Its months would count as served."""
    for cell in (
        f"1984.05-1999.08书记；1990.01-1993.12{said}",
        f"1990年1月至1993年12月{said}，1984.05—1999.08书记",
    ):
        assert read_cell(Kind.SPELLS, cell)[:2] == (None, ("spells.unreadable",))


@pytest.mark.parametrize("said", GAPS)
def test_what_somebody_did_before_or_after_a_post_is_no_gap_in_it(said: str) -> None:
    for cell in (f"1978.01-1984.05{said}；1984.05-1999.08书记", f"1984.05-1999.08书记；1999.09-至今{said}"):
        assert len(read_cell(Kind.SPELLS, cell).value) == 2


def test_a_stretch_that_ends_before_it_starts_is_told() -> None:
    assert read_cell(Kind.SPELLS, "1995.4-1984.5")[:2] == (None, ("spells.reversed",))


@given(st.text("0123456789.-—年月至今；任 ", max_size=24) | st.text(max_size=24))
def test_no_text_makes_the_parser_fail(cell: str) -> None:
    value = read_cell(Kind.SPELLS, cell).value
    assert value is None or all(s.end is None or s.start.earliest <= s.end.latest for s in value)
