"""What a county's document may say, each on both sides: facts that stand together, ages among other ways, and more."""

import re
from datetime import date
from typing import Any

import pytest
from msgspec import structs
from pydantic import ValidationError

from sanchuang_cli.domain.payroll.explain import explanation_pages
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    cadre,
    codes,
    day,
    filled,
    member,
    months_of,
    only,
    refused,
    run,
    served_for,
    yuan_of,
)
from tests.programmes.subsidies.sayable import (
    RURAL_TOO,
    VETERAN_TOO,
    ending,
)

# ------------------------------------------------------------------ several facts in one `when`


def added(*when: dict[str, Any]) -> Any:
    more = {"name": "照顾", "clause": "六", "rate": 50, "when": list(when)}
    return cadre(amount={"by": "nothing", "tier": [{"rate": 100}], "supplement": [more]})


@pytest.mark.parametrize(
    ("veteran", "rural", "all_", "any_"),
    [
        (True, "农村", 150, 150),
        (True, "城镇", 100, 150),
        (False, "农村", 100, 150),
        (False, "城镇", 100, 100),
        (None, "", 100, 100),
    ],
)
def test_all_of_several_facts_or_one_of_them(veteran: bool | None, rural: str, all_: int, any_: int) -> None:
    person = member(spells=TWENTY, veteran=veteran, rural=rural)
    one = {"either": "其一"}
    for policy, yuan in (
        (added(VETERAN_TOO, RURAL_TOO), all_),
        (added(VETERAN_TOO | one, RURAL_TOO | one), any_),
    ):
        assert yuan_of(run(person, policy=policy, period="2026-06")) == yuan


@pytest.mark.parametrize(("veteran", "aside"), [(True, 0), (False, 1)])
def test_a_word_that_nobody_knows_counts_only_where_it_would_decide(veteran: bool, aside: int) -> None:
    one = {"either": "其一"}
    person = member(spells=TWENTY, veteran=veteran, rural="待定")
    result = run(person, policy=added(VETERAN_TOO | one, RURAL_TOO | one), period="2026-06")
    assert (result.set_aside, len(result.paid)) == (aside, 1 - aside)


def test_several_facts_are_explained_one_by_one() -> None:
    person = member(spells=TWENTY, veteran=True, rural="城镇")
    (decision,) = run(person, policy=added(VETERAN_TOO, RURAL_TOO), period="2026-06").paid
    rows = [row for page in explanation_pages(decision) for row in page.rows]
    (said,) = [str(row[2]) for row in rows if str(row[0]) == "增发：照顾"]
    assert said == "不适用：优抚：“优抚对象”为“是”；农村：“城镇”"


def test_a_tier_for_those_of_whom_two_things_hold() -> None:
    when = [VETERAN_TOO, RURAL_TOO]
    policy = cadre(amount={"by": "nothing", "tier": [{"rate": 300, "when": when}, {"rate": 100}]})
    both, one = member(1, spells=TWENTY, veteran=True, rural="农村"), member(2, spells=TWENTY, veteran=True)
    assert [d.fen for d in run(both, one, policy=policy, period="2026-06").paid] == [300_00, 100_00]


def test_a_group_of_one_in_a_when_is_refused() -> None:
    with pytest.raises(ValidationError, match="只有一条"):
        added(VETERAN_TOO | {"either": "其一"}, RURAL_TOO)


# ------------------------------------------------------------------ age as one way among others

AGED = {"name": "年满70周岁", "clause": "二", "male": 70, "female": 65, "either": "情形"}
POOR = {"name": "收入", "clause": "三", "column": "家庭年人均收入", "below": 1440, "either": "情形"}


def aged_or(**poor: Any) -> Any:
    return only(
        HARDSHIP, lambda benefit: benefit["condition"].extend([AGED, POOR | {"blank": "refuse"} | poor])
    )


@pytest.mark.parametrize(
    ("born", "sex", "income", "months"),
    [
        ("1956-05-20", "男", None, ["2026-06"]),
        ("1956-06-01", "男", None, []),
        ("1961-04-30", "女", None, ["2026-05", "2026-06"]),
        ("1961-05-01", "女", 1439_99, ["2026-05", "2026-06"]),
        ("1961-06-01", "女", 1440_00, []),
    ],
)
def test_old_enough_or_poor_enough(born: str, sex: str, income: int | None, months: list[str]) -> None:
    person = member(born=born, sex=sex, hardship=True, income=income)
    assert [month for month in months_of(run(person, policy=aged_or())) if month > "2026-04"] == months


def test_who_is_neither_is_told_both() -> None:
    result = run(member(born="1960-05-20", hardship=True, income=2000_00), policy=aged_or())
    (clause,) = result.refused[0].refused()[HARDSHIP]
    said = "满足其一：年满70周岁（男，1960-05-20生，自2030-06起满70周岁）；收入（家庭年人均收入 2000，应为 1440 以下（不含））"
    assert (clause.name, clause.citation, str(clause.said)) == ("情形", "二、三", said)
    assert clause.columns == ("identity", "income")


@pytest.mark.parametrize(("born", "aside"), [("1956-03-31", 0), ("1956-04-01", 1), ("1956-05-20", 1)])
def test_a_blank_that_would_decide_in_one_of_the_months_sets_aside(born: str, aside: int) -> None:
    """Old enough in all months of the period: then it does not matter what stands in the other column."""
    result = run(member(born=born, hardship=True), policy=aged_or(blank="set_aside"))
    assert result.set_aside == aside


def test_another_birth_than_that_of_the_number_is_tried_in_such_a_condition_too() -> None:
    person = structs.replace(member(born="1956-03-31", hardship=True), born=day("1966-03-31"))
    result = run(person, policy=aged_or())
    assert codes(result) == ["subsidies.birth-differs"]
    assert result.set_aside == 1


def test_a_tier_and_a_supplement_may_go_by_age_among_other_facts() -> None:
    when = [AGED, VETERAN_TOO | {"either": "情形"}]
    policy = cadre(amount={"by": "nothing", "tier": [{"rate": 80, "when": when}, {"rate": 30}]})
    young: dict[str, Any] = {"born": "1958-01-01", "spells": TWENTY}
    people = [
        member(1, **young),
        member(2, **young, veteran=True),
        member(3, born="1956-05-31", spells=TWENTY),
    ]
    result = run(*people, policy=policy, period="2026-06")
    assert [decision.fen for decision in result.paid] == [30_00, 80_00, 80_00]
    assert [decision.fen for decision in run(people[2], policy=policy, period="2026-05").paid] == [30_00]


@pytest.mark.parametrize(
    ("test", "complaint"),
    [
        ({"male": 60}, "男、女都要写"),
        ({"male": 60, "female": 55, "column": "优抚对象"}, "不写 column"),
        ({"must_be": True}, "缺 column"),
        ({"column": "优抚对象", "must_be": True, "first": "month_of"}, "只和 male、female"),
        ({"column": "性别", "accept": ["男"]}, "以身份证号为准"),
    ],
)
def test_an_age_among_conditions_that_cannot_be_is_refused(test: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        only(CADRE, lambda benefit: benefit["condition"].append({"name": "年龄", "clause": "二", **test}))


def test_a_claim_does_not_go_by_age() -> None:
    with pytest.raises(ValidationError, match="claim“年满”不能按年龄"):
        claim = {"name": "年满", "clause": "二", "male": 60, "female": 55}
        only(CADRE, lambda benefit: benefit["claim"].append(claim))


# ------------------------------------------------------------------ 达县 1994 (L18)


@pytest.mark.parametrize(
    ("born", "sex", "disabled", "spells", "paid"),
    [
        ("1966-05-31", "男", None, "1990-01…1999-12 书记", True),
        ("1966-06-01", "男", None, "1990-01…1999-12 书记", False),
        ("1966-06-01", "男", True, "1990-01…1999-12 书记", True),
        ("1966-06-01", "男", False, "1990-01…1999-12 书记", False),
        ("1971-05-31", "女", None, "1990-01…1999-12 书记", True),
        ("1940-01-01", "男", None, "1990-01…1999-11 书记", False),
        ("1940-01-01", "男", True, "1990-01…1999-11 书记", False),
        ("1940-01-01", "男", None, "1980-01…1986-12 文书; 1990-01…1994-12 主任", True),
        ("1940-01-01", "男", None, "1980-01…1986-12 文书; 1990-01…1994-11 主任", False),
    ],
)
def test_L18_old_enough_or_disabled_on_duty(
    born: str, sex: str, disabled: bool | None, spells: str, paid: bool
) -> None:
    person = member(born=born, sex=sex, spells=spells, more={"因公致残丧失劳动能力": disabled})
    result = run(person, period="2026-06", policy=filled("daxian-1994", 60))
    assert yuan_of(result) == (60 if paid else 0)
    assert result.set_aside == 0
    if not paid and "11" not in spells:
        assert refused(result) == ["年满规定年龄或因公致残"]


@pytest.mark.parametrize("fields", [{"reason": "撤职"}, {"reason": "自动离职"}, {"sentence": "有期徒刑"}])
def test_L18_who_was_removed_left_or_sentenced_is_excluded(fields: dict[str, Any]) -> None:
    person = member(born="1940-01-01", spells=TWENTY, **fields)
    assert yuan_of(run(person, period="2026-06", policy=filled("daxian-1994", 60))) == 0


# ------------------------------------------------------------------ terms begun, caps of posts, the end of a table


def by_terms(terms: list[dict[str, Any]], **service: Any) -> Any:
    counted = {"rounding": "terms", "terms": terms, "begun_terms": "counted", "ways": [], **service}
    return cadre(service=counted, amount={"tier": [{"at_least": 0, "each": 30}]})


THREE = {"since": date(1949, 10, 1), "months": 36}
FIVE = {"since": date(2018, 7, 1), "months": 60}


@pytest.mark.parametrize(
    ("spells", "terms", "parts", "count"),
    [
        ("1990-01…1992-12 书记", [THREE], "join", 1),
        ("1990-01…1993-01 书记", [THREE], "join", 2),
        ("1990-01…1990-01 书记", [THREE], "join", 1),
        ("2015-07…2023-06 书记", [THREE, FIVE], "join", 2),
        ("2015-07…2023-07 书记", [THREE, FIVE], "join", 3),
        ("2016-07…2020-01 书记", [THREE, FIVE], "join", 1),
        ("2016-07…2020-01 书记", [THREE, FIVE], "apart", 2),
    ],
)
def test_a_term_that_was_begun_counts_whole(
    spells: str, terms: list[dict[str, Any]], parts: str, count: int
) -> None:
    policy = by_terms(terms, parts_of_terms=parts)
    person = member(born="1940-01-01", spells=spells)
    assert yuan_of(run(person, policy=policy, period="2026-06")) == 30 * count


def test_terms_begun_need_terms() -> None:
    with pytest.raises(ValidationError, match='只用于 rounding = "terms"'):
        cadre(service={"begun_terms": "counted"})


@pytest.mark.parametrize(
    ("months", "yuan"), [(36, 30), (37, 60), (72, 60), (73, 90), (468, 390), (469, 420), (1, 30)]
)
def test_L17_thirty_yuan_for_each_term_begun_in_taihu(months: int, yuan: int) -> None:
    person = member(born="1920-01-01", spells=served_for(0, months))
    result = run(person, period="2018-06", policy="taihu-2017")
    assert yuan_of(result) == yuan
    (step,) = [step for step in result.paid[0].verdicts[0].steps if step.what == "认定届数"]
    assert str(step) == f"认定届数：(−⌊−{months} ÷ 36⌋) = {yuan // 30} 届"


def limited(**amount: Any) -> Any:
    tier = [{"at_least": 0, "each": {"书记": 20, "主任": 20, "会计": 20}}]
    return cadre(service={"ways": []}, amount={"tier": tier, **amount})


@pytest.mark.parametrize(("post", "yuan"), [("书记", 400), ("主任", 300), ("会计", 250)])
def test_each_post_has_a_cap_of_its_own(post: str, yuan: int) -> None:
    person = member(born="1940-01-01", spells=TWENTY.replace("书记", post))
    within = limited(cap={"主任": 300, "会计": 250})
    assert yuan_of(run(person, policy=within, period="2026-06")) == yuan
    tier = [{"at_least": 0, "each": 20, "cap": {"主任": 300, "会计": 250}}]
    assert yuan_of(run(person, policy=limited(tier=tier), period="2026-06")) == yuan


@pytest.mark.parametrize(("post", "yuan"), [("书记", 120), ("主任", 60)])
def test_each_post_has_a_least_of_its_own(post: str, yuan: int) -> None:
    person = member(born="1940-01-01", spells=f"1990-01…1992-12 {post}")
    assert yuan_of(run(person, policy=limited(minimum={"书记": 120}), period="2026-06")) == yuan


@pytest.mark.parametrize("limit", ["cap", "minimum"])
def test_where_posts_are_added_a_limit_of_each_belongs_to_the_tiers(limit: str) -> None:
    with pytest.raises(ValidationError, match="不能按职务写；各职务自己的最高数写在各档的 cap 里"):
        cadre(service={"ways": [], "rate_post": "each_post"}, amount={limit: {"书记": 100}})
    with pytest.raises(ValidationError, match="职务“村长官”不在"):
        limited(**{limit: {"村长官": 100}})


@pytest.mark.parametrize(("above", "outcome"), [("nothing", (0, 1, 0)), ("set_aside", (0, 0, 1))])
def test_what_becomes_of_those_above_the_end_of_the_table(above: str, outcome: tuple[int, int, int]) -> None:
    policy = ending(above)
    last = run(member(spells=served_for(19, 11)), policy=policy, period="2026-06")
    assert (last.fen, last.set_aside) == (200_00, 0)
    over = run(member(spells=served_for(20)), policy=policy, period="2026-06")
    assert (over.fen, len(over.refused), over.set_aside) == outcome
    if over.refused:
        (clause,) = over.refused[0].refused()[CADRE]
        assert str(clause.said) == "认定 20 年，不在任何一档；最近一档为书记 满15年不满20年"
    else:
        (said,) = [finding.message for finding in over.findings]
        assert said.endswith("在最高一档以上，文件没有写怎样发")
        assert "任职经历" in str(over.findings[0].place)
    below = run(member(spells=served_for(9)), policy=policy, period="2026-06")
    assert (len(below.refused), below.set_aside) == (1, 0)


def test_a_sum_instead_is_paid_whatever_becomes_of_those_above() -> None:
    instead = [{"name": "优抚", "clause": "四", "rate": 50, "when": VETERAN_TOO}]
    person = member(spells=served_for(20), veteran=True)
    assert yuan_of(run(person, policy=ending("set_aside", instead=instead), period="2026-06")) == 50


@pytest.mark.parametrize(
    ("above", "amount", "complaint"),
    [
        (
            None,
            {},
            '最高一档写了 below = 20，以上的没有标准：以上的也照这一档，就不写 below；以上的不发写 above_top = "nothing"',
        ),
        ("nothing", {"tier": [{"at_least": 10, "rate": 100}]}, "最高一档却没有 below"),
    ],
)
def test_a_table_that_ends_says_what_holds_above_it(
    above: str | None, amount: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        ending(above, **amount)
