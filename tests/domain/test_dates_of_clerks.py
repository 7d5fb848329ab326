"""How clerks date what they remark: spans, words after words, papers, numbered items, dates in words, and what follows a death."""

import time
from datetime import date

import pytest

from sanchuang_cli.domain.remarks import heard
from tests.domain.test_beside import of, row, told

NAME = "王守田"


def dates(text: str) -> list[str]:
    return [str(one.when) for one in heard(text, NAME)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("停发2026年4月去世2026年3月", ["2026-04", "2026-03"]),
        ("停发 2026年4月 去世 2026年3月", ["2026-04", "2026-03"]),
        ("2026年5月迁出去世2026年6月", ["2026-05", "2026-06"]),
        ("迁出2026年5月去世2026年6月停发", ["2026-05", "2026-05", "2026-06"]),
        ("2026年5月迁出2026年6月去世", ["2026-05", "2026-06"]),
    ],
)
def test_where_words_and_dates_take_turns_each_word_has_its_own(text: str, when: list[str]) -> None:
    assert dates(text) == when


@pytest.mark.parametrize("dash", ["至", "到", "—", "——", "-", "~", "～", "－"])
def test_a_stop_begins_where_its_span_does_and_all_else_happens_at_its_end(dash: str) -> None:
    span = f"2026年4月{dash}2026年6月"
    assert dates(f"{span}停发") == dates(f"{span}，停发") == dates(f"停发{span}") == ["2026-04"]
    assert dates(f"1935年3月{dash}2026年6月去世") == ["2026-06"]
    assert dates(f"{span}停发，2026年7月停发") == ["2026-04", "2026-07"]


@pytest.mark.parametrize("after", ["后", "以后", "之后", "后于", "后从"])
def test_a_date_after_a_death_is_not_that_of_the_death(after: str) -> None:
    assert dates(f"去世{after}2026年4月停发") == ["None", "2026-04"]
    assert dates(f"2026年3月去世{after}2026年4月停发") == ["2026-03", "2026-04"]


@pytest.mark.parametrize("paper", ["死亡证明", "死亡医学证明书", "死亡证"])
def test_the_day_of_a_paper_is_not_that_of_the_death(paper: str) -> None:
    for text in (f"{paper}2026年4月2日出具", f"2026年4月2日出具{paper}", f"{paper}（2026年4月2日）"):
        assert dates(text) == ["None"]
    assert dates(f"2026年3月去世，{paper}2026年4月2日出具") == ["2026-03", "None"]
    assert dates("死亡证实2026年3月") == ["2026-03"]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("①2026年3月去世②2026年4月停发", ["2026-03", "2026-04"]),
        ("⑴2026年3月去世⑵2026年4月停发", ["2026-03", "2026-04"]),
        ("去世2026.3.5 2026.4停发", ["2026-03", "2026-04"]),
        ("编号3 2026年3月去世", ["2026-03"]),
        ("2026 03 05 去世", ["2026-03"]),
    ],
)
def test_numbers_of_items_and_spaces_part_dates_from_other_digits(text: str, when: list[str]) -> None:
    assert dates(text) == when


def test_a_numbered_item_speaks_of_himself_again() -> None:
    assert [one.doubt for one in heard("①老伴去世②迁出", NAME)] == ["说的是“老伴”", ""]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("二〇二六年三月", "2026-03"),
        ("二零二六年三月五日", "2026-03"),
        ("一九九六年十二月三十一日", "1996-12"),
        ("2026年三月二十五日", "2026-03"),
        ("2026年3月五日", "2026-03"),
        ("2026年十月", "2026-10"),
        ("2026年元月", "2026-01"),
        *((written, "2026-03") for written in ("26.3.5", "26-03-05", "26/3/5", "2026、3、5", "2026，3，5日")),
    ],
)
def test_a_date_in_words_or_other_marks_is_the_date(written: str, month: str) -> None:
    assert dates(f"{written}去世") == dates(f"{written}，去世") == dates(f"去世{written}") == [month]


@pytest.mark.parametrize("text", ["2024、2025年连续停发", "3.26.3.5去世", "2026年十三月去世", "1.2.3去世"])
def test_other_figures_are_no_day(text: str) -> None:
    assert not set(dates(text)) & {"2025-03", "2026-03", "2026-10", "2001-02"}


@pytest.mark.parametrize(
    "how", ["因突发疾病抢救无效", "由于年老", "突发脑溢血", "在县医院医治无效", "在家中", "治疗无效"]
)
def test_why_and_where_somebody_died_does_not_part_the_date_from_the_word(how: str) -> None:
    assert dates(f"2026年3月5日，{how}，不幸去世") == ["2026-03"]


@pytest.mark.parametrize(
    "text", ["去世，2026年3月5日", "去世。2026年3月5日。", "死亡，时间：2026年3月", "死亡；日期：2026.3.5"]
)
def test_a_date_alone_at_the_end_is_perhaps_that_of_the_last_word(text: str) -> None:
    (one,) = heard(text, NAME)
    assert (one.when, str(one.perhaps)) == (None, "2026-03")


@pytest.mark.parametrize(
    "text", ["去世，身份证到期2026年3月", "去世，2026年3月上报", "2026年1月去世，2026年3月"]
)
def test_a_date_of_something_else_at_the_end_is_not(text: str) -> None:
    assert [one.perhaps for one in heard(text, NAME)] == [None]


@pytest.mark.parametrize(
    ("remark", "died", "codes"),
    [
        ("2026年3月前去世", "2026-01-05", []),
        ("2026年3月以前去世", "2026-03-31", []),
        ("2026年3月前去世", "2026-04-01", ["differs"]),
        ("2026年3月后去世", "2026-05-01", []),
        ("2026年3月之后去世", "2026-02-28", ["differs"]),
        ("2026年3月前往县城去世", "2026-01-05", ["differs"]),
        ("2026年3月前后去世", "2025-01-05", ["differs"]),
        ("2026年3月30日去世，2026年4月2日火化", "2026-03-30", []),
        ("2026年4月2日安葬", "2026-03", []),
        ("2026年4月2日安葬", "2025-04-30", []),
        ("2026年4月2日安葬", "2025-03-31", ["differs"]),
        ("2026年4月2日安葬", "2026-05-01", ["differs"]),
        ("2026年3月去世，2026年4月户口注销", "2026-03-05", []),
        ("户口注销", "2026-03-05", []),
        ("2026年2月户口注销", "2026-03-05", ["differs"]),
        ("2026年4月迁出", "2026-05-05", ["moved"]),
        ("去世，2026年3月5日", "2026-04-05", ["differs"]),
        ("去世，2026年3月5日", "2026-03", []),
        ("2026年4月2日出具死亡证明", "2026-03-30", []),
    ],
)
def test_what_is_remarked_is_held_against_the_day_of_death(remark: str, died: str, codes: list[str]) -> None:
    assert told(of(row(remark), 死亡日期=died)) == [(f"remarks.{code}", "D4") for code in codes]


def test_a_cancelled_registration_of_somebody_who_is_not_said_to_be_dead_is_a_move() -> None:
    assert told(of(row("户口注销"))) == [("remarks.moved", "D4")]
    assert told(of(row("2026年4月户口注销"), 户籍迁出日期="2026-04", 死亡日期="2026-09")) == []


@pytest.mark.parametrize(
    "word", ["该同志", "已经核实", "2026年3月，", "因在医院", "该老人突然", "治疗无效", "停发2026年3月"]
)
@pytest.mark.parametrize("end", ["", "，去世", "该2026年3月，去世", "X2026年3月，去世"])
def test_words_repeated_without_end_take_no_time(word: str, end: str) -> None:
    """A pattern that can part them in several ways tries all of them: twice as many for each further word."""
    began = time.process_time()
    heard("亡，" + word * (2000 // len(word)) + end, NAME)
    assert time.process_time() - began < 1


def test_a_span_without_end_is_still_a_date() -> None:
    (one,) = heard("2026年3月后去世", NAME)
    assert one.when is not None and (one.when.earliest, one.when.latest) == (date(2026, 3, 1), date.max)
