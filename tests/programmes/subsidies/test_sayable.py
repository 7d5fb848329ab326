"""What a county's document may say, each on both sides: facts that stand together, ages among other ways, and more."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs
from pydantic import ValidationError

from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.finding import Severity, UserError
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    cadre,
    changed,
    codes,
    day,
    filled,
    member,
    months_of,
    only,
    refused,
    run,
    served_for,
    spoilt,
    yuan_of,
)

VETERAN_TOO = {"name": "优抚", "clause": "四", "column": "优抚对象", "must_be": True}
RURAL_TOO = {
    "name": "农村",
    "clause": "五",
    "column": "户口性质",
    "accept": ["农村"],
    "refuse": ["城镇"],
}


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


def ending(above: str | None, **amount: Any) -> Any:
    tier = [{"at_least": 10, "below": 15, "rate": 100}, {"at_least": 15, "below": 20, "rate": 200}]
    top = {"above_top": above} if above else {}
    return cadre(service={"ways": []}, amount={"tier": tier, **top, **amount})


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


# ------------------------------------------------------------------ either/or for each tier


@pytest.mark.parametrize(
    ("spells", "secretary"),
    [
        ("1990-01…1995-11 书记", 0),
        ("1990-01…1995-12 书记", 300),
        ("1980-01…1984-12 书记; 1986-01…1989-11 书记", 0),
        ("1980-01…1984-12 书记; 1986-01…1989-12 书记", 300),
        ("1990-01…2001-11 书记", 300),
        ("1990-01…2001-12 书记", 600),
        ("1970-01…1980-11 书记; 1982-01…1988-12 书记", 300),
        ("1970-01…1980-12 书记; 1982-01…1988-12 书记", 600),
        ("1990-01…2007-11 书记", 600),
        ("1990-01…2007-12 书记", 900),
        ("1960-01…1968-12 书记; 1970-01…1978-12 书记; 1980-01…1988-11 书记", 600),
        ("1960-01…1968-12 书记; 1970-01…1978-12 书记; 1980-01…1988-12 书记", 900),
    ],
)
def test_L2_each_tier_is_reached_by_continuous_or_by_all_service(spells: str, secretary: int) -> None:
    policy = filled("either-or-2020", 3000)
    person = member(born="1938-01-01", spells=spells)
    assert yuan_of(run(person, period="2021-06", policy=policy)) == secretary
    director = member(born="1938-01-01", spells=spells.replace("书记", "主任"))
    assert yuan_of(run(director, period="2021-06", policy=policy)) == secretary * 8 // 10


def test_L2_says_by_which_way_a_tier_was_reached_and_why_none_is() -> None:
    policy = filled("either-or-2020", 3000)
    paid = run(member(born="1938-01-01", spells="1990-01…2001-11 书记"), period="2021-06", policy=policy).paid
    rows = {str(row[0]): str(row[2]) for page in explanation_pages(paid[0]) for row in page.rows}
    assert rows["分档年限"] == "适用：最长连续 143 个月，累计 143 个月"
    assert rows["档次"] == "书记 最长连续满6年或累计满9年"
    none = run(member(born="1938-01-01", spells="1990-01…1995-11 书记"), period="2021-06", policy=policy)
    (clause,) = none.refused[0].refused()[CADRE]
    assert clause.name == "未达最低档"
    assert clause.columns == ("spells",)
    said = "最长连续 71 个月，累计 71 个月，不在任何一档；最低一档为书记 最长连续满6年或累计满9年"
    assert str(clause.said) == said


def by_ways(*tiers: dict[str, Any], **service: Any) -> Any:
    return cadre(service={"ways": [], **service}, amount={"by": "ways", "tier": list(tiers)})


SIX = {"count": "longest", "at_least_months": 72}
TEN = {"count": "longest", "at_least_months": 120}
NINE = {"count": "union", "at_least_months": 108}


def test_the_highest_tier_of_those_reached_whose_condition_holds() -> None:
    policy = by_ways(
        {"ways": [SIX], "rate": 100, "when": RURAL_TOO},
        {"ways": [TEN, NINE], "rate": 200, "when": VETERAN_TOO},
    )
    people = [
        member(1, spells=TWENTY, veteran=True, rural="农村"),
        member(2, spells=TWENTY, veteran=False, rural="农村"),
        member(3, spells=served_for(7), veteran=True, rural="农村"),
        member(4, spells=TWENTY, veteran=False, rural="城镇"),
        member(5, spells=TWENTY, veteran=None, rural="待定"),
    ]
    result = run(*people, policy=policy, period="2026-06")
    assert [decision.fen for decision in result.paid] == [200_00, 100_00, 100_00]
    assert (len(result.refused), result.set_aside) == (1, 1)


@pytest.mark.parametrize(
    ("tiers", "service", "complaint"),
    [
        ([{"ways": [SIX], "rate": 1}, {"rate": 2}], {}, "应同时写明"),
        ([{"ways": [SIX], "at_least": 3, "rate": 1}], {}, "不写 at_least"),
        ([{"ways": [TEN], "rate": 2}, {"ways": [SIX], "rate": 1}], {}, "每一档都比上一档长"),
        ([{"ways": [SIX | {"posts": ["支书官"]}], "rate": 2}], {}, "职务“支书官”不在"),
        ([{"ways": [SIX], "rate": 1}], {"rate_post": "each_post"}, "各职务分别算"),
    ],
)
def test_ways_of_tiers_that_cannot_be_are_refused(
    tiers: list[dict[str, Any]], service: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        by_ways(*tiers, **service)


# ------------------------------------------------------------------ what an authority fixes, and what is a person's own


@pytest.mark.parametrize(
    ("fixed", "honours", "yuan"),
    [
        (600_00, None, 600),
        (960_00, 0, 960),
        (780_50, 1, 980.5),
        (960_00, 2, 1160),
        (960_01, 0, None),
        (599_99, 1, None),
        (None, 1, None),
        (0, 0, None),
    ],
)
def test_L10_what_is_fixed_lies_between_600_and_960_and_honours_add_200(
    fixed: int | None, honours: int | None, yuan: float | None
) -> None:
    person = member(born="1940-01-01", spells=TWENTY, more={"核定标准": fixed, "省部级以上表彰": honours})
    result = run(person, period="2013", policy="mianxian-2010")
    if yuan is None:
        assert (result.fen, result.set_aside) == (0, 1)
        said = f"“核定标准”{'未填' if fixed is None else f'是 {fixed / 100:.2f}'.rstrip('0').rstrip('.')}，应不低于 600、不高于 960"
        assert said in result.findings[0].message
    else:
        assert float(yuan_of(result)) == yuan


def by_fixed(*tiers: dict[str, Any], **amount: Any) -> Any:
    return cadre(service={"ways": []}, amount={"tier": list(tiers), **amount})


FIXED = {"rate_column": "地方定补标准", "rate_at_least": 200, "rate_at_most": "300.5"}


@pytest.mark.parametrize(
    ("years", "fixed", "outcome"),
    [
        (10, 300_50, (300_50, 0)),
        (10, 300_51, (0, 1)),
        (14, 199_99, (0, 1)),
        (15, 199_99, (400_00, 0)),
        (15, None, (400_00, 0)),
        (9, 1_00, (0, 0)),
    ],
)
def test_each_tier_has_its_range_and_only_the_one_that_is_paid_is_looked_at(
    years: int, fixed: int | None, outcome: tuple[int, int]
) -> None:
    policy = by_fixed({"at_least": 10, "below": 15, **FIXED}, {"at_least": 15, "rate": 400})
    result = run(member(spells=served_for(years), local=fixed), policy=policy, period="2026-06")
    assert (result.fen, result.set_aside) == outcome


def test_what_was_fixed_is_explained_with_its_cell() -> None:
    policy = by_fixed({"at_least": 10, **FIXED, "each": 5, "after": 10})
    (decision,) = run(member(spells=served_for(12), local=250_00), policy=policy, period="2026-06").paid
    rows = {str(row[0]): row for page in explanation_pages(decision) for row in page.rows}
    assert (str(rows["核定标准"][2]), rows["核定标准"][4]) == ("适用：“地方定补标准”250 元", "25000")
    assert decision.verdicts[0].steps[-1].result == "260"


def test_the_check_of_a_policy_spells_out_what_becomes_of_those_whom_it_does_not_name() -> None:
    told = [
        *by_fixed({"at_least": 10, **FIXED}).editions[0].spelt_out(),
        *ending("nothing").editions[0].spelt_out(),
        *ending("set_aside").editions[0].spelt_out(),
        *share_of(NETS).editions[0].spelt_out(),
    ]
    assert told == [
        "“离任村干部生活补贴”的“地方定补标准”空白或者不在核定的范围里的，整行待核实",
        "“离任村干部生活补贴”最高一档以上的，不发",
        "“离任村干部生活补贴”最高一档以上的，整行待核实",
        "基数“农民人均纯收入”：“乡镇”空白或者没有它的数的，整行待核实",
    ]


def test_a_cell_of_what_was_fixed_that_nobody_can_read_sets_aside() -> None:
    person = spoilt(member(spells=served_for(10)), "地方定补标准")
    assert run(person, policy=by_fixed({"at_least": 10, **FIXED}), period="2026-06").set_aside == 1


@pytest.mark.parametrize(
    ("tier", "complaint"),
    [
        ({"rate": 1, **FIXED}, "只能写一个"),
        ({"rate_column": "地方定补标准"}, "应同时写明"),
        ({"rate": 5, "rate_at_most": 9}, "应同时写明"),
        ({**FIXED, "rate_at_most": 100}, "没有一个数能在这个范围里"),
        ({**FIXED, "rate_column": "离任原因"}, "“离任原因”列是"),
        ({}, "rate_column（标准在名册的哪一列）"),
    ],
)
def test_a_range_that_cannot_be_is_refused(tier: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        by_fixed({"at_least": 10, **tier})


@pytest.mark.parametrize(
    ("local", "yuan"), [(1999_00, 400), (2000_00, 400), (2500_00, 500), (5000_00, 1000), (5000_01, 1000)]
)
def test_a_persons_own_figure_times_years_between_its_limits(local: int, yuan: int) -> None:
    """本人月工资的1%乘以任职年限，工资低于2000元的按2000元、高于5000元的按5000元."""
    own = {"figures": "percent", "base_column": "地方定补标准", "base_at_least": 2000, "base_at_most": 5000}
    policy = by_fixed({"at_least": 1, "each": 1}, **own)
    (decision,) = run(member(spells=TWENTY, local=local), policy=policy, period="2026-06").paid
    assert decision.fen == yuan * 100
    shown = {199900: "取大(1999, 2000)", 500001: "取小(5000.01, 5000)"}.get(local, f"{local // 100}")
    assert f"{shown} × 1 × 20 ÷ 100" in decision.verdicts[0].steps[-1].expression


def test_a_share_that_stands_in_the_row_of_a_base_of_the_county() -> None:
    """基数乘以本村的系数乘以……: the share is a column of per cent."""
    column = {"heading": "本村比例", "kind": "percent"}
    base = {"name": "基数", "clause": "三", "values": [{"effective": date(1990, 1, 1), "amount": 3000}]}
    share = {"rate_column": "本村比例", "rate_at_least": 10, "rate_at_most": 30}

    def change(edition: dict[str, Any]) -> None:
        edition.update(column=[column], base=[base], exclusive=[], benefit=edition["benefit"][:1])
        amount = edition["benefit"][0]["amount"][0]
        amount.update(by="nothing", figures="percent", base="基数", tier=[share])

    people = [
        member(n, spells=TWENTY, more={"本村比例": Fraction(part, 100)}) for n, part in ((1, 25), (2, 31))
    ]
    result = run(*people, policy=changed(change), period="2026-06")
    assert ([decision.fen for decision in result.paid], result.set_aside) == ([750_00], 1)


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        ({"base_at_least": 2000}, "只和 base_column"),
        (
            {"figures": "percent", "base_column": "地方定补标准", "base_at_least": 9, "base_at_most": 8},
            "大于",
        ),
    ],
)
def test_limits_of_ones_own_figure_that_cannot_be_are_refused(amount: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        by_fixed({"at_least": 1, "each": 1}, **amount)


# ------------------------------------------------------------------ a multiple of what another benefit gives

THREEFOLD = "享受副科级待遇书记离任补贴"
TREATED = "连续享受副科级待遇年数"


@pytest.mark.parametrize(
    ("born", "years", "treated", "owed"),
    [
        ("1959-12-31", 20, 5, {THREEFOLD: 900}),
        ("1960-01-01", 20, 5, {}),
        ("1959-12-31", 19, 5, {CADRE: 300}),
        ("1959-12-31", 20, 4, {CADRE: 300}),
        ("1959-12-31", 20, None, {CADRE: 300}),
        ("1965-01-01", 30, 5, {THREEFOLD: 900}),
        ("1965-01-01", 29, 5, {}),
        ("1965-01-01", 30, 4, {}),
    ],
)
def test_L14_three_times_the_normal_for_those_who_were_treated_as_deputy_section_heads(
    born: str, years: int, treated: int | None, owed: dict[str, int]
) -> None:
    start = 2019 - years
    spells = f"{start}-11…2019-10 书记"
    person = member(born=born, spells=spells, more={TREATED: treated})
    result = run(person, period="2020-01", policy=filled("guanxian-2019", 300))
    assert {p.benefit: p.fen // 100 for decision in result.paid for p in decision.payments} == owed
    assert result.set_aside == 0


def doubled(other: dict[str, Any] | None = None, **amount: Any) -> Any:
    """The rule for cadres, and a second benefit that is twice as much for 优抚对象 of any age."""

    def change(edition: dict[str, Any]) -> None:
        (normal,) = [block for block in edition["benefit"] if block["name"] == CADRE]
        normal["amount"][0].update(other or {})
        twice = {"figures": "multiple", "base_benefit": CADRE, "by": "nothing", "tier": [{"rate": 2}]}
        double = {
            "name": "加倍",
            "clause": "九",
            "page": "cadre",
            "claim": [VETERAN_TOO | {"blank": "refuse"}],
            "payable": {"clause": "九"},
            "amount": [{"clause": "十", "per": "month", **twice, **amount}],
        }
        edition.update(benefit=[double, normal], exclusive=[], effective=date(1990, 1, 1))

    return changed(change)


@pytest.mark.parametrize(
    ("spells", "yuan"), [(served_for(20), 1050), (served_for(10, 0, "会计"), 890), (served_for(9, 11), 0)]
)
def test_a_multiple_of_the_standard_whatever_else_the_other_asks_for(spells: str, yuan: int) -> None:
    """Too young for the other benefit, but its standard is known by service."""
    person = member(born="1967-01-01", spells=spells, veteran=True)
    result = run(person, period="2026-06", policy=doubled())
    assert yuan_of(result, "加倍") == yuan
    if not yuan:
        (clause,) = result.refused[0].refused()["加倍"]
        assert (clause.name, clause.citation, clause.columns) == ("没有基数", "十", ("spells",))
        assert "“离任村干部生活补贴”里没有本人的标准" in str(clause.said)


def test_a_multiple_goes_by_all_that_makes_up_the_standard_of_the_other() -> None:
    more = {"name": "农村", "clause": "四", "rate": 15, "when": RURAL_TOO}
    policy = doubled({"supplement": [more], "cap": 530})
    person = member(born="1967-01-01", spells=served_for(20), veteran=True, rural="农村")
    (decision,) = run(person, period="2026-06", policy=policy).paid
    assert decision.fen == 2 * 530_00
    rows = {str(row[0]): str(row[2]) for page in explanation_pages(decision) for row in page.rows}
    assert rows["基数"] == "适用：“离任村干部生活补贴”按本人情况算出的标准 530 元"
    assert "不分档 标准：530 × 2 = 1060 元/月" in [str(step) for step in decision.verdicts[0].steps]


@pytest.mark.parametrize(
    "unclear", [{"spells": ""}, {"rural": "待定"}], ids=["no spells", "a word nobody knows"]
)
def test_what_the_other_cannot_tell_sets_aside(unclear: dict[str, Any]) -> None:
    more = {"name": "农村", "clause": "四", "rate": 15, "when": RURAL_TOO}
    person = member(**{"born": "1967-01-01", "spells": served_for(20), "veteran": True, **unclear})
    assert run(person, period="2026-06", policy=doubled({"supplement": [more]})).set_aside == 1


def test_a_cell_of_the_other_that_nobody_can_read_sets_aside() -> None:
    person = spoilt(member(born="1967-01-01", spells=served_for(20), veteran=True), "任职经历")
    assert run(person, period="2026-06", policy=doubled()).set_aside == 1


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        ({"base_benefit": "离任补贴"}, "不是同一版里的另一项补贴（是不是“离任村干部生活补贴”？）"),
        ({"base_benefit": "加倍"}, "不是同一版里的另一项"),
        ({"per": "once"}, "per 应相同"),
        ({"per": "year", "year_paid": "monthly"}, "per 应相同"),
        ({"base_column": "已领养老金"}, "只能写一个"),
        ({"figures": "yuan"}, "应同时写明"),
    ],
)
def test_a_multiple_of_what_cannot_be_is_refused(amount: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        doubled(**amount)


# ------------------------------------------------------------------ lesser posts folded into the main one's


@pytest.mark.parametrize(
    ("spells", "paid"),
    [
        ("1980-01…1988-12 书记", True),
        ("1980-01…1988-11 书记", False),
        ("1980-01…1983-12 书记; 1984-01…1993-12 会计", True),
        ("1980-01…1983-12 书记; 1984-01…1993-10 会计", False),
        ("1980-01…1997-12 会计", True),
        ("1980-01…1997-10 会计", False),
        ("1980-01…1988-12 书记; 1980-01…1988-12 会计", True),
    ],
)
def test_long_enough_is_seen_on_the_folded_sum(spells: str, paid: bool) -> None:
    """会计的年限减半折算成书记的，折算后累计满9年."""
    posts = [{"name": "书记"}, {"name": "会计", "discount": "1/2"}]
    limb = {"count": "union", "at_least_months": 108, "discounted": True}
    policy = cadre(
        service={"posts": posts, "ways": [limb], "rate_post": "highest"},
        amount={"tier": [{"at_least": 0, "rate": 100}]},
    )
    result = run(member(born="1940-01-01", spells=spells), policy=policy, period="2026-06")
    assert yuan_of(result) == (100 if paid else 0)
    if not paid:
        (clause,) = result.refused[0].refused()[CADRE]
        assert str(clause.said) == "累计（折算后） 107 个月 ＜ 108"


@pytest.mark.parametrize(("years", "paid"), [("18年", True), ("17年", False)])
def test_stated_years_are_folded_too(years: str, paid: bool) -> None:
    posts = [{"name": "书记"}, {"name": "会计", "discount": "1/2"}]
    limb = {"count": "union", "at_least_months": 108, "discounted": True}
    service = {"posts": posts, "ways": [limb], "rate_post": "highest", "stated_years": "use"}
    policy = cadre(service=service, amount={"tier": [{"at_least": 0, "rate": 100}]})
    person = member(born="1940-01-01", post="会计", years=years, left="2000-01")
    assert bool(run(person, policy=policy, period="2026-06").paid) is paid


def test_folding_needs_a_post_with_a_discount() -> None:
    folded = {"count": "union", "at_least_months": 108, "discounted": True}
    with pytest.raises(ValidationError, match="没有打折的职务"):
        cadre(service={"ways": [folded]})
    with pytest.raises(ValidationError, match="没有打折的职务"):
        by_ways({"ways": [folded], "rate": 1})


@pytest.mark.parametrize(
    ("spells", "fields", "yuan"),
    [
        ("1990-01…1998-11 会计", {}, 0),
        ("1990-01…1998-12 会计", {}, 360),
        ("1990-01…1999-12 会计", {}, 400),
        ("1980-01…1998-12 会计", {}, 760),
        ("1970-01…1998-12 会计", {}, 760),
        ("1980-01…1988-12 会计; 1990-01…1999-12 会计", {}, 400),
        ("1980-01…1984-12 会计; 1986-01…1989-12 会计", {}, 0),
        ("1985-01…1989-12 书记; 1990-01…1994-12 会计", {}, 400),
        ("1985-01…1989-12 书记; 1991-01…1994-12 会计", {}, 0),
        ("1985-01…1994-12 书记", {}, 0),
        ("1990-01…1999-12 会计", {"pension": 300_00}, 100),
        ("1990-01…1999-12 会计", {"pension": 400_00}, 0),
        ("1990-01…1999-12 会计", {"more": {"低保金": 390_00}}, 10),
        ("1990-01…1999-12 会计", {"more": {"低保金": 100_00}, "pension": 100_00}, 200),
        ("1990-01…1999-12 会计", {"died_on": "2013-06-05"}, 200),
    ],
)
def test_L8_ordinary_cadres_of_a_town(spells: str, fields: dict[str, Any], yuan: int) -> None:
    person = member(born="1940-01-01", spells=spells, **fields)
    assert yuan_of(run(person, period="2013", policy="town-ordinary")) == yuan


@pytest.mark.parametrize(("year", "yuan"), [("2012", 0), ("2013", 300), ("2014", 400)])
def test_L8_a_sum_received_once_is_used_up_first(year: str, yuan: int) -> None:
    person = member(born="1940-01-01", spells="1990-01…1999-12 会计", more={"一次性生活补助": 500_00})
    assert yuan_of(run(person, period=year, policy="town-ordinary")) == yuan


# ------------------------------------------------------------------ bases by township, village or class; lines of income

NETS = {
    "name": "农民人均纯收入",
    "clause": "三",
    "by": ["乡镇"],
    "values": [
        {"effective": date(2024, 1, 1), "amounts": {"青禾镇": 18000, "河西镇": 12000}},
        {"effective": date(2026, 6, 1), "amounts": {"青禾镇": 20000}},
    ],
}


def of_bases(*bases: dict[str, Any], columns: Any = (), condition: Any = (), **amount: Any) -> Any:
    """The rule for cadres with bases of the county."""

    def change(edition: dict[str, Any]) -> None:
        edition.update(base=list(bases), column=list(columns), exclusive=[], effective=date(1990, 1, 1))
        edition["benefit"] = edition["benefit"][:1]
        edition["benefit"][0]["amount"][0].update(amount)
        edition["benefit"][0]["condition"] += condition

    return changed(change)


def share_of(base: dict[str, Any], **more: Any) -> Any:
    amount = {"by": "nothing", "figures": "percent", "base": base["name"], "tier": [{"rate": 1}]}
    return of_bases(base, **amount, **more)


@pytest.mark.parametrize(
    ("township", "month", "yuan"),
    [
        ("青禾镇", "2026-05", 180),
        ("青禾镇", "2026-06", 200),
        ("河西镇", "2026-05", 120),
        ("河西镇", "2026-06", None),
        ("青禾", "2026-05", None),
        (" 青禾镇 ", "2026-05", 180),
    ],
)
def test_a_base_of_each_township(township: str, month: str, yuan: int | None) -> None:
    person = member(spells=TWENTY, township=township)
    result = run(person, policy=share_of(NETS), period=month)
    assert (result.fen, result.set_aside) == ((yuan or 0) * 100, int(yuan is None))
    if yuan is None:
        known = "青禾镇、河西镇" if month < "2026-06" else "青禾镇"
        said = f"“乡镇”是“{township}”，基数“农民人均纯收入”里没有它的数（有 {known}）"
        assert said in result.findings[0].message
        assert "乡镇" in str(result.findings[0].place)


def test_a_base_of_each_village_is_found_by_township_and_village() -> None:
    values = [{"effective": date(1990, 1, 1), "amounts": {"青禾镇河西村": 9000, "柳河镇河西村": 6000}}]
    policy = share_of(NETS | {"by": ["乡镇", "村"], "values": values})
    people = [
        member(n, spells=TWENTY, township=town, village="河西村")
        for n, town in ((1, "青禾镇"), (2, "柳河镇"))
    ]
    result = run(*people, policy=policy, period="2026-05")
    paid = {decision.record.township: decision for decision in result.paid}
    assert {township: decision.fen for township, decision in paid.items()} == {
        "青禾镇": 90_00,
        "柳河镇": 60_00,
    }
    rows = {str(row[0]): row for page in explanation_pages(paid["青禾镇"]) for row in page.rows}
    assert str(rows["基数"][2]) == "适用：“农民人均纯收入”（青禾镇河西村）9000 元"


@pytest.mark.parametrize(("cell", "outcome"), [("一类", (100_00, 0)), ("四类", (0, 1)), ("", (0, 1))])
def test_a_base_of_each_class(cell: str, outcome: tuple[int, int]) -> None:
    by_class = NETS | {
        "by": ["村类别"],
        "values": [{"effective": date(1990, 1, 1), "amounts": {"一类": 10000}}],
    }
    policy = share_of(by_class, columns=[{"heading": "村类别", "kind": "text"}])
    result = run(member(spells=TWENTY, more={"村类别": cell}), policy=policy, period="2026-05")
    assert (result.fen, result.set_aside) == outcome


def test_a_class_that_nobody_can_read_sets_aside_and_a_tier_in_yuan_does_not_ask_for_it() -> None:
    tiers = [{"at_least": 15, "rate": 1}, {"below": 15, "rate": 80, "figures": "yuan"}][::-1]
    policy = of_bases(NETS, by="tenure", figures="percent", base="农民人均纯收入", tier=tiers)
    young, old = (
        member(1, spells=served_for(12), township="别处镇"),
        member(2, spells=TWENTY, township="别处镇"),
    )
    result = run(young, old, policy=policy, period="2026-05")
    assert ([decision.fen for decision in result.paid], result.set_aside) == ([80_00], 1)
    assert run(spoilt(member(spells=TWENTY), "乡镇"), policy=policy, period="2026-05").set_aside == 1


@pytest.mark.parametrize(
    ("base", "complaint"),
    [
        ({"values": [{"effective": date(2024, 1, 1), "amount": 5}]}, "只有一个数的写 amount"),
        ({"by": []}, "只有一个数的写 amount"),
        ({"at_most": "15000.5"}, "“农民人均纯收入”为 18000 元，应不高于 15000.5 元"),
        ({"by": ["乡里"]}, "名册没有“乡里”这一列"),
        ({"by": ["死亡日期"]}, "“死亡日期”列是"),
    ],
)
def test_a_base_by_class_that_cannot_be_is_refused(base: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        share_of(NETS | base)


LINE = {
    "name": "低保标准",
    "clause": "三",
    "values": [
        {"effective": date(1990, 1, 1), "amount": 400},
        {"effective": date(2026, 5, 1), "amount": 500},
    ],
}
INCOME = {"name": "收入", "clause": "二", "column": "家庭年人均收入", "blank": "set_aside"}


@pytest.mark.parametrize(
    ("condition", "income", "months"),
    [
        ({"below_base": "低保标准"}, 399_99, ["04", "05", "06"]),
        ({"below_base": "低保标准"}, 400_00, ["05", "06"]),
        ({"at_most_base": "低保标准"}, 400_00, ["04", "05", "06"]),
        ({"at_most_base": "低保标准"}, 500_00, ["05", "06"]),
        ({"at_most_base": "低保标准"}, 500_01, []),
        ({"below_base": "低保标准", "times": "1.5"}, 599_99, ["04", "05", "06"]),
        ({"below_base": "低保标准", "times": "1.5"}, 600_00, ["05", "06"]),
        ({"below_base": "低保标准", "times": "1.5"}, 750_00, []),
    ],
)
def test_a_line_of_income_moves_with_its_base(
    condition: dict[str, Any], income: int, months: list[str]
) -> None:
    policy = of_bases(LINE, condition=[INCOME | condition])
    result = run(member(spells=TWENTY, income=income), policy=policy, period="2026Q2")
    assert months_of(result) == [f"2026-{month}" for month in months]
    assert result.set_aside == 0


def test_a_line_says_what_it_is_made_of() -> None:
    policy = of_bases(LINE, condition=[INCOME | {"below_base": "低保标准", "times": "1.5"}])
    result = run(member(spells=TWENTY, income=750_50), policy=policy, period="2026-06")
    (clause,) = result.refused[0].refused()[CADRE]
    assert str(clause.said) == "家庭年人均收入 750.5，应为 750（低保标准500 × 1.5） 以下（不含）"
    assert run(member(spells=TWENTY), policy=policy, period="2026-06").set_aside == 1
    assert (
        run(spoilt(member(spells=TWENTY), "家庭年人均收入"), policy=policy, period="2026-06").set_aside == 1
    )


@pytest.mark.parametrize(
    ("rural", "income", "outcome"),
    [("农村", 399_99, 1), ("农村", 450_00, 0), ("城镇", 450_00, 1), ("", 1_00, None)],
)
def test_a_line_of_each_class(rural: str, income: int, outcome: int | None) -> None:
    values = [{"effective": date(1990, 1, 1), "amounts": {"农村": 400, "城镇": 600}}]
    line = LINE | {"by": ["户口性质"], "values": values}
    policy = of_bases(line, condition=[INCOME | {"below_base": "低保标准"}])
    result = run(member(spells=TWENTY, income=income, rural=rural), policy=policy, period="2026-06")
    assert (len(result.paid), result.set_aside) == ((outcome or 0), int(outcome is None))


def test_a_tier_may_go_by_a_line_that_moves() -> None:
    poor = {"name": "低收入", "clause": "四", "column": "家庭年人均收入", "below_base": "低保标准"}
    policy = of_bases(LINE, by="nothing", tier=[{"rate": 300, "when": poor}, {"rate": 100}])
    result = run(member(spells=TWENTY, income=450_00), policy=policy, period="2026Q2")
    assert [payment.fen for payment in sorted(result.paid[0].payments)] == [100_00, 300_00, 300_00]


def test_without_a_figure_of_the_line_nothing_is_worked_out() -> None:
    policy = of_bases(LINE | {"values": LINE["values"][1:]}, condition=[INCOME | {"below_base": "低保标准"}])
    with pytest.raises(UserError, match="2026-04 “离任村干部生活补贴”的条件要看的基数“低保标准”还没有数"):
        run(member(spells=TWENTY, income=1_00), policy=policy, period="2026Q2")


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ({"below_base": "低保"}, "基数“低保”没有"),
        ({"below_base": "低保标准", "at_most_base": "低保标准"}, "只写一种判断"),
        ({"below_base": "低保标准", "below": 3}, "只写一种判断"),
        ({"below": 3, "times": 2}, "只和 below_base、at_most_base 一起写"),
        ({"below_base": "低保标准", "stop": "month_after", "since": "死亡日期"}, "逐月看，不写 since、stop"),
        ({"below_base": "低保标准", "column": "离任原因"}, "“离任原因”列是"),
    ],
)
def test_a_line_that_cannot_be_is_refused(condition: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        of_bases(LINE, condition=[INCOME | condition])


# ------------------------------------------------------------------ years before and after a day, and credited years

BEFORE_1993 = [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]


def in_eras(*tiers: dict[str, Any], **service: Any) -> Any:
    return cadre(service={"ways": [], **service}, amount={"tier": list(tiers)})


@pytest.mark.parametrize(
    ("spells", "yuan"),
    [
        ("1988-01…1997-12 书记", 5 * 3 + 5 * 5),
        ("1988-01…1992-12 书记", 5 * 3),
        ("1993-01…1997-12 书记", 5 * 5),
        ("1988-02…1997-11 书记", 4 * 3 + 4 * 5),
        ("1988-01…1989-12 书记; 1992-01…1994-06 主任", 3 * 3 + 1 * 5),
    ],
)
def test_years_before_and_after_a_day_have_each_their_rate(spells: str, yuan: int) -> None:
    policy = in_eras({"at_least": 0, "eras": BEFORE_1993})
    assert yuan_of(run(member(born="1940-01-01", spells=spells), policy=policy, period="2026-06")) == yuan


def test_eras_stand_beside_a_rate_and_by_post_and_are_explained() -> None:
    eras = [{"before": date(1993, 1, 1), "each": {"书记": 3, "主任": 2, "会计": 1}}, {"each": 5}]
    policy = in_eras({"at_least": 8, "rate": 100, "eras": eras, "label": "甲"})
    (decision,) = run(member(born="1940-01-01", spells=TWENTY), policy=policy, period="2026-06").paid
    assert str(decision.verdicts[0].steps[-1]) == "甲 标准：100 + 3 × 13 + 5 × 7 = 174 元/月"
    rows = {str(row[0]): str(row[2]) for page in explanation_pages(decision) for row in page.rows}
    assert rows["分段年限"] == "适用：1993-01-01 前 13，以后 7"


@pytest.mark.parametrize(
    ("tier", "service", "complaint"),
    [
        ({"eras": BEFORE_1993[:1]}, {}, "eras 至少两段"),
        ({"eras": BEFORE_1993[::-1]}, {}, "eras 至少两段"),
        ({"eras": [BEFORE_1993[0], *BEFORE_1993]}, {}, "从早到晚排列，不重复"),
        ({"eras": BEFORE_1993, "each": 4}, {}, "不写 each、after、every"),
        ({"eras": [{"before": date(1993, 1, 1), "each": {"书记": 3}}, {"each": 5}]}, {}, "没有标准"),
        ({"eras": BEFORE_1993}, {"stated_years": "use"}, "要知道每个月在哪一段"),
        ({"eras": BEFORE_1993}, {"rate_post": "each_post"}, "要知道每个月在哪一段"),
    ],
)
def test_eras_that_cannot_be_are_refused(
    tier: dict[str, Any], service: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        in_eras({"at_least": 0, **tier}, **service)


def credited(cell: int | None, spells: str, **service: Any) -> Any:
    """Two yuan for each year, with the years of 军龄 among them; paid from ten years on."""

    def change(edition: dict[str, Any]) -> None:
        edition.update(
            column=[{"heading": "军龄", "kind": "count"}], exclusive=[], benefit=edition["benefit"][:1]
        )
        edition["benefit"][0]["service"].update({"credited_column": "军龄", **service})
        edition["benefit"][0]["amount"][0].update(tier=[{"at_least": 10, "each": 2}])

    person = member(born="1940-01-01", spells=spells, more={"军龄": cell})
    return run(person, policy=changed(change), period="2026-06")


@pytest.mark.parametrize(
    ("cell", "years", "yuan"), [(None, 9, 0), (0, 9, 0), (1, 9, 20), (3, 9, 24), (3, 6, 0), (1, 10, 22)]
)
def test_credited_years_count_as_served(cell: int | None, years: int, yuan: int) -> None:
    assert yuan_of(credited(cell, served_for(years), ways=[])) == yuan


@pytest.mark.parametrize(("how", "paid"), [("union", True), ("longest", False)])
def test_credited_years_count_towards_all_service_and_no_stretch(how: str, paid: bool) -> None:
    result = credited(3, served_for(8), ways=[{"count": how, "at_least_months": 120}])
    assert bool(result.paid) is paid
    if paid:
        steps = [str(step) for step in result.paid[0].verdicts[0].steps]
        assert steps[0] == "任职（累计）：96 + 36 = 132 个月"
        rows = {str(row[0]): row for page in explanation_pages(result.paid[0]) for row in page.rows}
        assert (rows["视同任职年数"][1], str(rows["视同任职年数"][2])) == ("是", "“军龄”3 年，计入累计")


@pytest.mark.parametrize(
    "service", [{"accumulate": "longest"}, {"rate_post": "each_post"}, {"rounding": "year_difference"}]
)
def test_credited_years_have_no_beginning_and_no_end(service: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="没有起止"):
        credited(1, TWENTY, **service)


def test_credited_years_are_a_column_of_numbers() -> None:
    with pytest.raises(ValidationError, match="“离任原因”列是"):
        cadre(service={"credited_column": "离任原因"})
    person = spoilt(member(born="1940-01-01", spells=TWENTY), "军龄")

    def change(edition: dict[str, Any]) -> None:
        edition["column"] = [{"heading": "军龄", "kind": "count"}]
        edition["benefit"][0]["service"]["credited_column"] = "军龄"

    assert run(person, policy=changed(change), period="2026-06").set_aside == 1


# ------------------------------------------------------------------ a first edition that begins inside the period


def in_force_from(day: date) -> Any:
    return changed(
        lambda edition: edition.update(effective=day, exclusive=[], benefit=edition["benefit"][:1]),
        "jurong-2018",
    )


@pytest.mark.parametrize(
    ("begins", "months"),
    [
        (date(2026, 4, 1), ["2026-04", "2026-05", "2026-06"]),
        (date(2026, 5, 1), ["2026-05", "2026-06"]),
        (date(2026, 5, 2), ["2026-06"]),
        (date(2026, 6, 1), ["2026-06"]),
    ],
)
def test_a_first_edition_is_paid_from_its_month_and_says_so(begins: date, months: list[str]) -> None:
    result = run(member(spells=TWENTY), period="2026Q2", policy=in_force_from(begins))
    assert months_of(result) == months
    told = [found for found in result.findings if found.code == "subsidies.begins-within"]
    assert bool(told) is (len(months) < 3)
    if begins == date(2026, 5, 2):
        said = "自 2026-05-02 起施行，本期从 2026-06 起发，2026-04至2026-05 没有规定，不发"
        assert told[0].message.endswith(said)
        assert told[0].severity is Severity.NOTE


def test_a_first_edition_that_begins_after_the_last_month_is_no_standard() -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        run(member(spells=TWENTY), period="2026Q2", policy=in_force_from(date(2026, 6, 2)))


def test_an_approval_makes_good_no_month_before_the_first_edition() -> None:
    def change(edition: dict[str, Any]) -> None:
        edition.update(effective=date(2026, 2, 1), exclusive=[], benefit=edition["benefit"][:1])
        edition["benefit"][0]["payable"].update(start="fulfilled", retroactive_limit=12)

    person = member(spells=TWENTY, approved_on="2026-04-10")
    result = run(person, period="2026Q2", policy=changed(change))
    assert months_of(result) == [f"2026-{month:02d}" for month in range(2, 7)]
    assert "subsidies.begins-within" not in codes(result)


# ------------------------------------------------------------------ several tables in one, and what is said of mistakes


def same_span(*tiers: dict[str, Any]) -> Any:
    return cadre(service={"ways": []}, amount={"tier": list(tiers)})


@pytest.mark.parametrize(
    ("years", "veteran", "rural", "yuan"),
    [
        (10, True, "城镇", 600),
        (10, False, "农村", 500),
        (10, False, "城镇", 400),
        (15, True, "农村", 700),
        (9, True, "农村", 0),
    ],
)
def test_tiers_of_one_span_are_told_apart_by_their_conditions(
    years: int, veteran: bool, rural: str, yuan: int
) -> None:
    span = {"at_least": 10, "below": 15}
    policy = same_span(
        span | {"rate": 600, "when": VETERAN_TOO},
        span | {"rate": 500, "when": RURAL_TOO},
        span | {"rate": 400},
        {"at_least": 15, "rate": 700},
    )
    person = member(spells=served_for(years), veteran=veteran, rural=rural)
    assert yuan_of(run(person, policy=policy, period="2026-06")) == yuan


@pytest.mark.parametrize(
    ("first", "second", "said", "unsaid"),
    [
        ({"at_least": 10}, {"at_least": 10}, "前一档写 when = { … }（什么人）", "不相接"),
        (
            {"at_least": 10},
            {"at_least": 10, "when": VETERAN_TOO},
            "前一档写 when = { … }（什么人）",
            "不相接",
        ),
        (
            {"at_least": 10, "when": VETERAN_TOO},
            {"at_least": "9.5"},
            "两档写一样的 at_least、below，前一档写 when",
            "整年",
        ),
        ({"at_least": 10, "below": "960.01"}, {"at_least": 961}, "上一档到 960.01 止（不含）", "96001/100"),
        ({"at_least": "1/3", "below": 5}, {"at_least": 6}, "“X—Y年”（整年）", "96001"),
    ],
)
def test_what_is_meant_is_said_of_tiers_that_do_not_fit(
    first: dict[str, Any], second: dict[str, Any], said: str, unsaid: str
) -> None:
    with pytest.raises(ValidationError) as told:
        same_span(first | {"rate": 1}, second | {"rate": 2})
    (message,) = [error["msg"] for error in told.value.errors() if "离任村干部生活补贴" in error["msg"]]
    assert said in message
    assert unsaid not in message


def with_clerks_counted(*posts: str) -> Any:
    """The rule for cadres, and a second benefit by service in other posts."""

    def change(edition: dict[str, Any]) -> None:
        (normal,) = [block for block in edition["benefit"] if block["name"] == CADRE]
        service = {**normal["service"], "posts": [{"name": post} for post in posts], "ways": []}
        amount = {"clause": "九", "per": "month", "by": "nothing", "tier": [{"rate": 30}]}
        second = {**normal, "name": "荣誉金", "service": {**service, "clause": "八"}, "amount": [amount]}
        edition.update(benefit=[normal, second], exclusive=[])

    return changed(change)


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        (["书记", "调解员"], []),
        (["书记"], ["职务“调解员”不在“离任村干部生活补贴”、“荣誉金”所列职务里，这几段不计任职月数"]),
    ],
)
def test_a_post_that_is_not_counted_is_told_with_the_benefits_and_only_where_none_counts_it(
    posts: list[str], said: list[str]
) -> None:
    person = member(spells=f"{TWENTY}; 2001-01…2002-12 调解员")
    result = run(person, policy=with_clerks_counted(*posts), period="2026-06")
    told = [found for found in result.findings if found.code == "subsidies.unlisted-post"]
    assert [found.message.partition("：")[2] for found in told] == said


def test_explain_shows_what_somebody_would_have_who_is_paid_another_benefit_instead() -> None:
    (decision,) = run(member(spells=TWENTY, hardship=True), period="2026-06").paid
    other = {str(page.title): page for page in explanation_pages(decision)}[
        "村民1：生活困难党员补贴（2026-06）"
    ]
    rows = {str(row[0]): row for row in other.rows}
    assert str(rows["档次"][2]) == "困难党员"
    assert str(rows["算式"][2]) == "困难党员 标准：50 元/月"
    assert (str(rows["本期应发"][2]), rows["本期应发"][5]) == (
        "2026-06 与离任村干部生活补贴不重复享受",
        "第四条",
    )
    assert "应发" not in rows
