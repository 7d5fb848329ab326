"""Of which word a date in a remark is, where commas part them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.remarks import heard

NAME = "王守田"
DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 31))
WORDS = st.sampled_from(["去世", "病故", "死亡", "停发", "迁出", "服刑", "离任", "停职"])
TO_THE_DAY = (
    *("{y}年{m}月{d}日", "{y}年{m}月{d}号", "{y}年{m:02}月{d:02}日", "{y} 年 {m} 月 {d} 日", "{y}.{m}.{d}", "{y}-{m:02}-{d:02}"),
    *("{y}/{m}/{d}", "{y}.{m}.{d}日", "{y}{m:02}{d:02}", "{y}年{m}月{d}", "{short}年{m}月{d}日", "{y}年{m}月{d}日上午"),
    *("{y}年{m}月{d}日凌晨3时", "{y}年{m}月{d}日（农历三月初四）", "{y}年{m}月{d}日(星期五)", "{y}年{m}月{d}日起"),
)  # fmt: skip
TO_THE_MONTH = (
    *("{y}年{m}月", "{y}年{m}月份", "{y}.{m}", "{y}-{m:02}", "{y}{m:02}", "{short}年{m}月", "{y} 年 {m} 月"),
    *("{y}年{m}月初", "{y}年{m}月底", "{y}年{m}月上旬", "{y}年{m}月下旬", "{y}年{m}月起"),
)  # fmt: skip
TO_THE_YEAR = ("{y}年", "{y}年初", "{y}年年底", "{y}年上半年", "{y}年春季", "{y}年冬")
COMMAS = st.sampled_from(
    ["，", ",", "、", "；", ";", "。", "， ", " , ", "，，", "\n", " ", "，因病，", "，不幸，", "，本人，"]
)
OF_HIM = st.sampled_from(
    ["", "", "于", "本人", "该同志", "王守田", "王守田于", "经核实，", "原村书记", "因病于", "因病医治无效于", "（", "享受低保；", "女，"]
)  # fmt: skip
HOW = st.sampled_from(["", "", "因病", "已", "在县医院", "突发脑溢血", "被", "全家", "不幸"])


def written(day: date, way: str) -> str:
    return way.format(y=day.year, short=f"{day:%y}", m=day.month, d=day.day)


def dates(*heard_of: str) -> list[str]:
    """The date of every matter in a remark, to the month."""
    return [str(one.when) for one in heard("".join(heard_of), NAME)]


@settings(max_examples=600)
@given(OF_HIM, DAYS, st.sampled_from(TO_THE_DAY + TO_THE_MONTH), COMMAS, HOW, WORDS)
def test_a_date_alone_before_a_comma_is_that_of_the_word_behind_it(
    lead: str, day: date, way: str, comma: str, how: str, word: str
) -> None:
    said = f"{lead}{written(day, way)}{'）' * lead.count('（')}{comma}{how}{word}"
    assert dates(said) == [f"{day:%Y-%m}"], said


@settings(max_examples=200)
@given(DAYS, st.sampled_from(TO_THE_YEAR), COMMAS, WORDS)
def test_so_is_a_year(day: date, way: str, comma: str, word: str) -> None:
    assert dates(written(day, way), comma, word) == [f"{day.year}年"]


@settings(max_examples=300)
@given(DAYS, st.sampled_from(TO_THE_DAY + TO_THE_MONTH), HOW, WORDS)
def test_a_date_right_before_a_word_is_its_own_in_every_way_of_writing(
    day: date, way: str, how: str, word: str
) -> None:
    assert dates(written(day, way), how, word) == [f"{day:%Y-%m}"]


@settings(max_examples=300)
@given(DAYS, DAYS, st.sampled_from(TO_THE_DAY + TO_THE_MONTH), COMMAS, WORDS, WORDS)
def test_a_date_is_not_that_of_a_word_which_has_its_own(
    day: date, other: date, way: str, comma: str, one: str, two: str
) -> None:
    months = [f"{day:%Y-%m}", f"{other:%Y-%m}"]
    first, second = written(day, way), written(other, "{y}年{m}月{d}日")
    assert dates(first, "，", one, comma, second, two) == months
    assert dates(one, "（", first, "），", two, second) == months
    assert dates(one, first.removesuffix("起"), "，", two, second) == months


CLAIMED = st.sampled_from(["去世", "停发", "迁出", "已于民政局办理停发，", "老伴去世", "未停发"])


@settings(max_examples=300)
@given(CLAIMED, DAYS, st.sampled_from(TO_THE_DAY + TO_THE_MONTH), st.sampled_from("，,；。"), WORDS)
def test_a_date_that_ends_the_clause_of_a_matter_is_that_matters_alone(
    matter: str, day: date, way: str, comma: str, word: str
) -> None:
    last = heard(f"{matter.rstrip('，')}{written(day, way)}{comma}{word}", NAME)[-1]
    assert (last.word, last.when, last.perhaps) == (word, None, None)


OTHERWISE = st.sampled_from(
    [
        "任书记",
        "家属来电",
        "入党",
        "出生：",
        "任职时间：",
        "住院",
        "本人（",
        "享受低保",
        "2019年慰问",
        "结婚于",
    ]
)


@settings(max_examples=300)
@given(OTHERWISE, DAYS, st.sampled_from(TO_THE_DAY + TO_THE_MONTH), st.sampled_from("，,；。"), WORDS)
def test_a_date_among_words_that_may_be_an_event_of_their_own_is_no_matters_for_certain(
    event: str, day: date, way: str, comma: str, word: str
) -> None:
    (one,) = heard(f"{event}{written(day, way)}{'）' * event.count('（')}{comma}{word}", NAME)
    assert (one.when, str(one.perhaps)) == (None, f"{day:%Y-%m}")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2023年5月12日，去世", ["2023-05"]),
        ("2023年5月12日,因病去世", ["2023-05"]),
        ("2023年5月12日，老伴去世，停发", ["2023-05", "None"]),
        ("2023年5月12日，病重，去世", ["None"]),
        ("2023年5月12日，去世，停发", ["2023-05", "None"]),
        ("2023年5月12日，去世2023年6月1日", ["2023-06"]),
        ("2023年5月至6月，停发", ["None"]),
        ("2023年5月左右，去世", ["None"]),
        ("5月12日，去世", ["None"]),
        ("2023年5月12日任书记，去世", ["None"]),
        ("2023年夏某去世", ["2023年"]),
        ("2023年5月12日（停发）", ["2023-05"]),
    ],
)
def test_what_stands_between_a_date_and_a_word_parts_them(text: str, when: list[str]) -> None:
    assert dates(text) == when


def test_somebody_called_summer_is_somebody_else() -> None:
    assert [one.doubt for one in heard("2023年夏某去世", NAME)] == ["说的是“夏某”"]
