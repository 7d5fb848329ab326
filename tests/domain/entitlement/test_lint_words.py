"""Words that a document and a roster do not share: how many are named, in which order, and how often each is written."""

from datetime import date
from typing import Any

from sanchuang_cli.domain.entitlement.lint_roster import faults
from sanchuang_cli.domain.people import Member
from tests.domain.entitlement.test_lint import AMOUNT, SERVICE
from tests.programmes.people import member, of_editions

WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
LISTED = {"name": "户口", "clause": "二", "column": "户口性质", "accept": ["农村"]}


def told(*people: Member, base: Any = (), **says: Any) -> list[str]:
    benefit = {
        "name": "补贴",
        "clause": "一",
        "page": "cadre",
        "payable": {"clause": "五"},
        "amount": [AMOUNT],
    }
    edition = {"title": "试", "document": "试〔2020〕1号", "effective": date(2020, 1, 1), "base": list(base)}
    policy = of_editions(edition | {"benefit": [benefit | says]})
    return [fault.removeprefix("“补贴”") for fault in faults(policy.editions[0], people)]


def test_words_that_no_list_has_are_counted_and_six_of_them_named() -> None:
    rows = [member(n, rural=word) for n, word in enumerate(("农村", "甲", "乙", "甲", "农村、丙"), 1)]
    where = "的“户口”（二）：“户口性质”里写的"
    assert told(*rows, condition=[LISTED]) == [f"{where}“甲”（2 行）、“乙”（1 行）、“丙”（1 行）不在词表里"]
    many = [member(n, rural=word) for n, word in enumerate(("农村", *WORDS), 1)]
    named = "、".join(f"“{word}”（1 行）" for word in WORDS[:6])
    assert told(*many, condition=[LISTED]) == [f"{where}{named}不在词表里"]


def test_words_that_nobody_writes_are_named_up_to_twelve_of_them() -> None:
    def lists(words: str) -> dict[str, Any]:
        return LISTED | {"accept": ["农村", *words[1:]], "refuse": [words[0]]}

    row = member(rural="农村")
    assert told(row, condition=[lists("乙甲")]) == ["的“户口”（二）：词表里的“甲”“乙”，“户口性质”里没有人写"]
    twelve, thirteen = WORDS[:12], WORDS[:13]
    in_order = [*twelve[1:], twelve[0]]
    assert told(row, condition=[lists(twelve)]) == [
        f"的“户口”（二）：词表里的“{'”“'.join(in_order)}”，“户口性质”里没有人写"
    ]
    assert told(row, condition=[lists(thirteen)]) == [
        f"的“户口”（二）：词表里的“{'”“'.join(thirteen[1:])}”等 13 个，“户口性质”里没有人写"
    ]
    assert told(row, condition=[LISTED | {"active": False, "accept": ["甲"]}]) == []
    assert told(condition=[lists("乙甲")]) == []


def test_places_without_a_figure_are_counted_and_six_of_them_named_and_those_that_nobody_writes() -> None:
    figures = {"青禾镇": 1, "河西镇": 1, "河东镇": 1}
    values = [{"effective": date(2020, 1, 1), "amounts": figures}]
    places = {"name": "收入", "clause": "八", "by": ["乡镇"], "values": values}
    share = {"amount": [AMOUNT | {"figures": "percent", "base": "收入", "tier": [{"rate": 1}]}]}
    rows = [member(n, township=word) for n, word in enumerate(("青禾镇", "甲", "乙", "甲", ""), 1)]
    silent = "的基数“收入”（八）里的“河西镇”“河东镇”，“乡镇”里没有人写"
    lacking = "的基数“收入”（八）：“乡镇”里写的{}没有数"
    assert told(*rows, base=[places], **share) == [lacking.format("“甲”（2 行）、“乙”（1 行）"), silent]
    many = [member(n, township=word) for n, word in enumerate(("青禾镇", *WORDS), 1)]
    named = "、".join(f"“{word}”（1 行）" for word in WORDS[:6])
    assert told(*many, base=[places], **share) == [lacking.format(named), silent]


def test_posts_that_are_not_counted_are_named_the_most_frequent_first_and_words_that_nobody_writes() -> None:
    posts = [{"name": "书记", "words": ["支书", "村支书"]}, {"name": "主任"}, {"name": "会计"}]
    service = SERVICE | {"posts": posts}
    rows = [
        member(1, post="甲"),
        member(2, post="乙"),
        member(3, post="乙", spells="1990-01…1999-12 书记"),
        member(4, spells="1990-01…1999-12 支书兼乙"),
    ]
    where = "的任职年限（四）："
    assert told(*rows, service=service) == [
        f"{where}名册里的职务“乙”（3 处）、“甲”（1 处）不在 posts 里，不计月数",
        f"{where}posts 里的“主任”“会计”，名册里没有人写",
        f"{where}“书记”的叫法“村支书”，名册里没有人写",
    ]
