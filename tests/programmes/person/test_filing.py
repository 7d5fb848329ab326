"""Where the lines about a person are filed, in which order, whose the file is said to be, and where lists contradict each other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes.person import PROGRAMME, Mention, in_order, whose
from sanchuang_cli.record import Roster, Row, Source
from tests.programmes.people import identity

EDITIONS = load(PROGRAMME.policy, *source("person", None))
NUMBER = identity("1952-03-04", number=11)


def mention(at: int, stated: Mapping[str, str] | None = None, **fields: Any) -> Mention:
    row = Row(Source(f"{at}.xlsx", "册", {"name": (1, "姓名")}), 3, ("张建国",))
    plain = {"name": "张建国", "identity": NUMBER, "how": "身份证号相同", **fields}
    return Mention(row=row, stated=stated or {}, **plain)


def filed(*mentions: Mention) -> Whole:
    when = Occasion(Period.parse("2026-11"), date(2026, 11, 28))
    return PROGRAMME.judge({"mentions": Roster(mentions)}, EDITIONS, when)


def test_a_line_is_filed_by_what_it_was_found_by_in_the_section_of_its_programme() -> None:
    whole = filed(mention(1), mention(2, programme="pay"), mention(3, certain=False, how="同名"))
    basis = "身份证号相同的归入；没有号码的，同名同村（支部）又只有一个人的归入，其余疑似"
    assert [(one.part, one.section, *one.reasons[0][:3]) for one in whole.of()] == [
        ("归入", "基本", "归到谁名下", "身份证号相同", basis),
        ("归入", "发放", "归到谁名下", "身份证号相同", basis),
        ("疑似", "基本", "归到谁名下", "同名", basis),
    ]


def test_lines_stand_by_section_then_by_day_then_by_their_place() -> None:
    early, late = date(2025, 12, 31), date(2026, 3, 31)
    whole = filed(
        mention(5, programme="pay", ended=late),
        mention(4, programme="pay", ended=early),
        mention(3, programme="unheard-of", ended=late),
        mention(2, ended=late),
        mention(1, ended=late),
        mention(6),
        mention(7, certain=False),
    )
    assert [one.record.row.source.book for one in in_order(whole)] == [
        f"{n}.xlsx" for n in (6, 1, 2, 3, 4, 5)
    ]
    assert [one.record.row.source.book for one in in_order(whole, "疑似")] == ["7.xlsx"]


@pytest.mark.parametrize(
    ("mentions", "said"),
    [
        (({"identity": ""}, {}), f"张建国，身份证号 {NUMBER[:6]}{'*' * 12}"),
        (({"identity": ""}, {"certain": False}), "张建国，没有身份证号"),
        (({"identity": "", "certain": False},), "张建国，没有身份证号，也没有写村（支部）：各行是不是本人的，说不准，都列在疑似"),
        (({"identity": "", "name": "张 建国"}, {"identity": ""}), "张 建国，没有身份证号"),
        (({"name": ""}, {}), f"张建国，身份证号 {NUMBER[:6]}{'*' * 12}"),
        (({}, {"name": "张建图"}, {}), f"张建国、张建图，身份证号 {NUMBER[:6]}{'*' * 12}"),
        (({"name": ""},), f"没有写姓名，身份证号 {NUMBER[:6]}{'*' * 12}"),
    ],
)  # fmt: skip
def test_the_file_says_whose_it_is_by_a_line_that_has_a_number(
    mentions: tuple[dict[str, Any], ...], said: str
) -> None:
    whole = filed(*(mention(at, **fields) for at, fields in enumerate(mentions, 1)))
    assert whose(whole) == (f"{said}。各行照原样写出，没有改正；体检结果和每张测评票不列。",)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("1985-06", "1985-06-12"), None),
        (("1985", "1985-06", "1985-06-12"), None),
        (("1985-06-12", "1985-06-13"), "1985-06-12：1.xlsx 册 第3行；1985-06-13：2.xlsx 册 第3行"),
        (("1986", "1985-06", "1985-06"), "1985-06：2.xlsx 册 第3行、3.xlsx 册 第3行；1986：1.xlsx 册 第3行"),
        (("", "1985", "1986"), "1985：2.xlsx 册 第3行；1986：3.xlsx 册 第3行"),
        (("1985",), None),
    ],
)
def test_lists_that_cannot_both_be_right_are_told_once_at_the_first(
    days: tuple[str, ...], told: str | None
) -> None:
    stated = [{"入党日期": day, "联系电话": day} if day else {} for day in days]
    doubtful = mention(9, {"入党日期": "1999"}, certain=False)
    whole = filed(*(mention(at, said) for at, said in enumerate(stated, 1)), doubtful)
    found = [(one.code, one.message, one.place.book) for one in whole.findings]
    first = next(at for at, said in enumerate(stated, 1) if said)
    code = "person.contradiction"
    assert found == ([(code, f"入党日期写得不一样：{told}", f"{first}.xlsx")] if told else [])
    assert [(one.heading, one.said) for one in whole.more] == ([("入党日期", told)] if told else [])


def test_several_contradictions_stand_in_the_order_of_the_policy() -> None:
    whole = filed(
        mention(1, {"入党日期": "1985", "性别": "男"}), mention(2, {"入党日期": "1986", "性别": "女"})
    )
    assert [one.heading for one in whole.more] == ["性别", "入党日期"]
