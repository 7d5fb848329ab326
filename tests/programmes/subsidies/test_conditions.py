"""What one condition says of one record, to the word: clauses, the months they hold in, and what nobody can tell."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.blocks import Condition
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.cases import years_between
from sanchuang_cli.domain.entitlement.conditions import Conditions, JudgedConditions, RuleColumns, measured
from sanchuang_cli.domain.entitlement.policy import ExtraColumn
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble
from sanchuang_cli.domain.months import EVER, NEVER, number
from sanchuang_cli.domain.people import columns
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.kind import Kind
from tests.programmes.people import day, identity, member

EXTRA = [
    {"heading": "在册", "kind": "flag"},
    {"heading": "户数", "kind": "count"},
    {"heading": "说明", "kind": "text"},
    {"heading": "存款", "kind": "money"},
    {"heading": "伤残比例", "kind": "percent"},
    {"heading": "登记日期", "kind": "date"},
    {"heading": "注销日期", "kind": "date"},
]
CELLS = RuleColumns({**columns(), **{str(one["heading"]): ExtraColumn(**one).field for one in EXTRA}})
MAY = number(date(2026, 5, 1))


def judged(*rules: dict[str, Any], **cells: Any) -> JudgedConditions:
    made = [Condition(**{"name": "例", "clause": "第一条", **rule}) for rule in rules]
    return Conditions(made, CELLS).judged(member(more=cells))


def one(rule: dict[str, Any], **cells: Any) -> Clause:
    (clause,) = judged(rule, **cells).clauses
    return clause


def holds(clause: Clause) -> bool:
    assert (clause.first, clause.last) in {(EVER, NEVER), (NEVER, EVER)}
    return clause.first == EVER


@pytest.mark.parametrize(
    ("rule", "cell", "ok", "said"),
    [
        ({"column": "说明", "accept": ["在"]}, "在", True, "“在”"),
        ({"column": "说明", "accept": ["在"], "refuse": ["走"]}, "走", False, "“走”"),
        ({"column": "说明", "accept": ["在"]}, " 在 ", True, "“ 在 ”"),
        ({"column": "说明", "accept": ["在", "住"]}, "在、住", True, "“在、住”"),
        ({"column": "说明", "accept": ["在"], "refuse": ["走"]}, "在、走", False, "“在、走”"),
        ({"column": "说明", "accept": ["在"], "refuse": ["走"]}, "走；在", False, "“走；在”"),
        ({"column": "说明", "accept": ["在", "住"]}, "、在，住/", True, "“、在，住/”"),
        ({"column": "说明", "accept": ["在、住"]}, "在、住", True, "“在、住”"),
        ({"column": "说明", "refuse": ["在、住"]}, "在、住", False, "“在、住”"),
        ({"column": "说明", "accept": ["ＡＢ"]}, "AB", True, "“AB”"),
        ({"column": "说明", "refuse": ["无"]}, "无", False, "“无”"),
        ({"column": "说明", "accept": ["否"], "blank": "refuse"}, "否", True, "“否”"),
        ({"column": "说明", "accept": ["在"]}, "", True, "未填"),
        ({"column": "说明", "accept": ["在"], "blank": "refuse"}, "", False, "未填"),
        ({"column": "说明", "accept": ["在"], "blank": "refuse"}, "－", False, "未填"),
        ({"column": "说明", "accept": ["在"], "blank": "refuse"}, "没 有", False, "未填"),
        ({"column": "说明", "accept": ["在"], "blank": "refuse"}, None, False, "未填"),
        ({"column": "在册", "must_be": True}, True, True, "“在册”为“是”"),
        ({"column": "在册", "must_be": True}, False, False, "“在册”为“否”"),
        ({"column": "在册", "must_be": False}, False, True, "“在册”为“否”"),
        ({"column": "在册", "must_be": True}, None, True, "未填"),
        ({"column": "说明", "filled": True}, "有", True, "“说明”已填"),
        ({"column": "说明", "filled": True}, "/", False, "“说明”未填"),
        ({"column": "说明", "filled": False}, "有", False, "“说明”已填"),
        ({"column": "说明", "filled": False}, None, True, "“说明”未填"),
        ({"column": "户数", "at_least": 2}, 2, True, "户数 2，应为 2 及以上"),
        ({"column": "户数", "at_least": 2}, 1, False, "户数 1，应为 2 及以上"),
        ({"column": "户数", "at_least": 2}, 0, False, "户数 0，应为 2 及以上"),
        ({"column": "户数", "below": 2}, 2, False, "户数 2，应为 2 以下（不含）"),
        ({"column": "户数", "below": 2}, 1, True, "户数 1，应为 2 以下（不含）"),
        (
            {"column": "户数", "at_least": 0, "below": 200},
            100,
            True,
            "户数 100，应为 0 及以上、200 以下（不含）",
        ),
        ({"column": "存款", "below": "1440.01"}, 144_000, True, "存款 1440，应为 1440.01 以下（不含）"),
        ({"column": "存款", "below": "1440.01"}, 144_001, False, "存款 1440.01，应为 1440.01 以下（不含）"),
        ({"column": "伤残比例", "at_least": 30}, Fraction(3, 10), True, "伤残比例 30%，应为 30% 及以上"),
        (
            {"column": "伤残比例", "below": "30.5"},
            Fraction(305, 1000),
            False,
            "伤残比例 30.5%，应为 30.5% 以下（不含）",
        ),
        (
            {"column": "登记日期", "at_least": date(2010, 1, 1)},
            day("2010-01-01"),
            True,
            "登记日期 2010-01-01，应为 2010-01-01 及以后",
        ),
        (
            {"column": "登记日期", "below": date(2010, 1, 1)},
            day("2010-01-01"),
            False,
            "登记日期 2010-01-01，应为 2010-01-01 以前（不含）",
        ),
    ],
)
def test_what_a_cell_says_to_a_condition(rule: dict[str, Any], cell: Any, ok: bool, said: str) -> None:
    clause = one(rule, **{rule["column"]: cell})
    assert holds(clause) is ok
    assert str(clause.said) == said
    assert (clause.name, clause.citation, clause.columns) == ("例", "第一条", (CELLS.name(rule["column"]),))


def unclear(message: str, mend: str) -> RowTrouble:
    return RowTrouble("unclear", CELLS.name("说明"), message, "例（第一条）", mend)


@pytest.mark.parametrize(
    ("lists", "text", "some"),
    [
        ({"accept": ["甲", "乙", "丙", "丁", "戊"]}, "己", "甲、乙、丙、丁"),
        ({"refuse": ["甲", "乙"]}, "己", "甲、乙"),
        ({"accept": ["甲"], "refuse": ["乙"]}, "甲、己", "甲"),
        ({"accept": ["甲"], "refuse": ["乙"]}, "乙 己", "甲"),
        ({"accept": ["甲"]}, "、", "甲"),
        ({"refuse": ["甲"]}, " ； ", "甲"),
        ({"accept": ["甲"], "refuse": ["乙"]}, "/；/", "甲"),
    ],
)
def test_a_word_in_no_list_is_told_with_some_that_are(lists: dict[str, Any], text: str, some: str) -> None:
    found = judged({"column": "说明", **lists}, 说明=text)
    seen = f"写的是“{text}”，不在政策的词表里"
    mend = f"请改成词表里的说法（如 {some}）；确应收入词表的，在政策文件这一条里补上。"
    assert found.troubles == (unclear(f"“说明”{seen}", mend),)
    assert str(found.clauses[0].said) == seen
    assert found.clauses[0].name == "例"
    assert found.clauses[0].citation == "第一条"
    assert found.clauses[0].columns == (CELLS.name("说明"),)
    assert not holds(found.clauses[0])
    assert (found.first, found.last) == (NEVER, EVER)


def test_a_blank_that_must_be_filled_is_told() -> None:
    found = judged({"column": "说明", "accept": ["在"], "blank": "set_aside"}, 说明="无")
    assert found.troubles == (unclear("“说明”未填，无法认定", "请补填这一格。"),)
    assert str(found.clauses[0].said) == "未填，无法认定"


STOP = {"column": "说明", "accept": ["在"], "refuse": ["走"], "since": "注销日期"}


@pytest.mark.parametrize(
    ("stop", "last"), [("month_of", MAY - 1), ("month_after", MAY), ("next_quarter", MAY + 1)]
)
def test_a_refusal_since_a_day_holds_until_it_has_effect(stop: str, last: int) -> None:
    clause = one({**STOP, "stop": stop}, 说明="走", 注销日期=day("2026-05-10"))
    when = f"{(last + 1) // 12}-{(last + 1) % 12 + 1:02d}"
    assert (clause.first, clause.last) == (EVER, last)
    assert str(clause.said) == f"“走”，注销日期 2026-05-10，自{when}起停发"
    assert (clause.name, clause.citation) == ("例", "第一条")
    assert clause.columns == (CELLS.name("说明"), CELLS.name("注销日期"))


def test_a_refusal_without_its_day_is_for_ever_or_told() -> None:
    clause = one({**STOP, "stop": "month_after"}, 说明="走")
    assert (holds(clause), str(clause.said)) == (False, "“走”")
    found = judged({**STOP, "stop": "month_after", "undated": "set_aside"}, 说明="走")
    message = "“说明”为“走”，但“注销日期”未填，不知从何时起停发"
    assert found.troubles == (unclear(message, "请补填“注销日期”。"),)
    kept = one({**STOP, "stop": "month_after", "undated": "set_aside"}, 说明="在", 注销日期=day("2026-05-10"))
    assert (holds(kept), str(kept.said)) == (True, "“在”")


def test_a_day_of_its_own_stops_from_it_on() -> None:
    rule = {"column": "注销日期", "stop": "month_after"}
    clause = one(rule, 注销日期=day("2026-05-31"))
    assert (clause.first, clause.last) == (EVER, MAY)
    assert str(clause.said) == "注销日期 2026-05-31，自2026-06起停发"
    blank = one(rule)
    assert (holds(blank), str(blank.said)) == (True, "未填，视为没有")


A: dict[str, Any] = {"name": "甲", "clause": "第一条", "column": "在册", "must_be": True, "blank": "refuse"}
B: dict[str, Any] = {"name": "乙", "clause": "第二条", "column": "户数", "at_least": 2, "blank": "refuse"}
ODD: dict[str, Any] = {"name": "丙", "clause": "第一条", "column": "说明", "accept": ["在"]}


@pytest.mark.parametrize(
    ("flag", "count", "ok"), [(True, 2, True), (True, 1, False), (False, 2, False), (None, 2, False)]
)
def test_all_of_several_conditions_must_hold(flag: bool | None, count: int, ok: bool) -> None:
    found = judged(A, B, 在册=flag, 户数=count)
    assert [clause.name for clause in found.clauses] == ["甲", "乙"]
    assert (found.first, found.last) == ((EVER, NEVER) if ok else (NEVER, EVER))


@pytest.mark.parametrize(
    ("flag", "count", "ok"), [(True, 2, True), (True, 1, True), (False, 2, True), (False, 1, False)]
)
def test_one_of_a_group_is_enough(flag: bool, count: int, ok: bool) -> None:
    group = {"either": "其一"}
    rules = [A | group, ODD | {"name": "独"}, B | group, ODD | group | {"blank": "refuse"}]
    found = judged(*rules, 在册=flag, 户数=count)
    assert [clause.name for clause in found.clauses] == ["其一", "独"]
    clause = found.clauses[0]
    assert holds(clause) is ok
    assert clause.citation == "第一条、第二条"
    assert clause.columns == tuple(CELLS.name(heading) for heading in ("在册", "户数", "说明"))
    seen = f"甲（“在册”为“{'是' if flag else '否'}”）；乙（户数 {count}，应为 2 及以上）；丙（未填）"
    assert str(clause.said) == f"满足其一：{seen}"
    assert found.troubles == ()
    assert (found.first, found.last) == ((EVER, NEVER) if ok else (NEVER, EVER))


def test_groups_stand_where_their_first_condition_does() -> None:
    rules = [A | {"either": "一"}, B | {"either": "二"}, ODD | {"either": "一"}, ODD | {"name": "末"}]
    found = judged(*rules, 在册=True, 户数=1, 说明="在")
    assert [(clause.name, holds(clause)) for clause in found.clauses] == [
        ("一", True),
        ("二", False),
        ("末", True),
    ]


@pytest.mark.parametrize(("flag", "doubted"), [(True, 0), (False, 1)])
def test_a_doubt_within_a_group_counts_only_where_it_would_decide(flag: bool, doubted: int) -> None:
    group = {"either": "其一"}
    found = judged(A | group, ODD | group, 在册=flag, 说明="己")
    assert len(found.troubles) == doubted
    assert [(trouble.code, trouble.message) for trouble in found.troubles] == [
        ("unclear", "“说明”写的是“己”，不在政策的词表里")
    ] * doubted
    assert holds(found.clauses[0]) is flag


def test_conditions_that_are_not_active_are_not_asked() -> None:
    found = judged(A | {"active": False})
    assert (found.clauses, found.first, found.last, found.troubles) == ((), EVER, NEVER, ())


@pytest.mark.parametrize(
    ("value", "kind", "number_"),
    [
        (144_001, Kind.MONEY, Fraction(144_001, 100)),
        (Fraction(3, 10), Kind.PERCENT, Fraction(30)),
        (7, Kind.COUNT, Fraction(7)),
    ],
)
def test_numbers_are_measured_as_policies_write_them(
    value: int | Fraction, kind: Kind, number_: Fraction
) -> None:
    found = measured(value, kind)
    assert found == number_
    assert isinstance(found, Fraction)


def test_text_is_compared_in_one_width_and_without_spaces() -> None:
    assert narrow(" ＡＢ　（一）\n") == "AB(一)"


@pytest.mark.parametrize(
    ("at", "years"),
    [
        ("2026-05", 75),
        ("2026-06", 76),
        ("2027-05", 76),
        ("2027-06", 77),
        ("1951-05", 0),
        ("1951-06", 1),
        ("1940-01", 0),
    ],
)
def test_full_years_stand_from_the_month_after_the_anniversary(at: str, years: int) -> None:
    year, month = map(int, at.split("-"))
    for born in (date(1950, 5, 1), date(1950, 5, 31)):
        assert years_between(born, number(date(year, month, 1))) == years


@pytest.mark.parametrize("sex", ["男", "女"])
def test_who_was_born_when_is_read_from_the_number(sex: str) -> None:
    assert Born.of(identity("1950-03-15", sex)) == Born(date(1950, 3, 15), sex)
    assert Born.of("没有") is None


def test_cells_that_say_the_same_share_one_answer_and_others_do_not() -> None:
    rule = Condition(name="例", clause="第一条", column="说明", accept=("在",), refuse=("走",))
    conditions = Conditions([rule], CELLS)
    stayed = conditions.judged(member(more={"说明": "在"}))
    assert conditions.judged(member(2, more={"说明": "在"})) is stayed
    assert conditions.judged(member(more={"说明": "走"})).first == NEVER
    old = Conditions([Condition(name="例", clause="第一条", male=60, female=60)], CELLS)
    born = Born(date(1950, 3, 15), "男")
    aged = old.judged(member(), born, MAY)
    assert old.judged(member(2), Born(date(1950, 3, 15), "男"), MAY) is aged
    assert old.judged(member(), Born(date(1970, 3, 15), "男"), MAY).first > MAY
