"""How much: every way of saying it, its explanation, and what leaves the county."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Per
from sanchuang_cli.domain.entitlement.tariff import UNTIERED, Standard
from sanchuang_cli.domain.payroll import transfer
from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.record import Roster
from sanchuang_cli.report.notice import drafted, posted
from tests.programmes.people import (
    CADRE,
    TWENTY,
    VETERAN,
    cadre,
    changed,
    member,
    months_of,
    only,
    policies,
    refused,
    run,
    yuan_of,
)


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ({"tier": [{"at_least": 10, "rate": 100, "each": 5, "after": 10}]}, 150),
        ({"tier": [{"at_least": 10, "rate": 100, "each": 5, "after": 10, "cap": 140}]}, 140),
        ({"tier": [{"at_least": 10, "each": "1/3"}], "round": "down"}, "6.66"),
        ({"tier": [{"at_least": 10, "each": "1/3"}], "round": "half_up", "round_to": "jiao"}, "6.7"),
        ({"tier": [{"at_least": 10, "each": "1/3"}], "round": "up", "round_to": "yuan"}, 7),
        ({"tier": [{"at_least": 10, "rate": 100}], "minimum": 120}, 120),
        ({"tier": [{"at_least": 10, "rate": 100}], "cap": 80}, 80),
        (
            {
                "tier": [{"at_least": 10, "rate": 100}],
                "index": [
                    {"clause": "", "effective": date(2020, 1, 1), "percent": 10},
                    {"clause": "", "effective": date(2027, 1, 1), "percent": 50},
                ],
            },
            110,
        ),
        (
            {
                "tier": [{"at_least": 10, "rate": 100}],
                "supplement": [
                    {"name": "高龄", "clause": "", "rate": 30, "age_at_least": 70},
                    {"name": "更高", "clause": "", "rate": 50, "age_at_least": 77},
                ],
            },
            130,
        ),
        (
            {
                "tier": [{"at_least": 10, "rate": 100}],
                "supplement": [
                    {"name": "甲", "clause": "", "rate": 30},
                    {"name": "乙", "clause": "", "rate": 10, "figures": "percent"},
                ],
                "supplements": "highest",
            },
            130,
        ),
        (
            {"by": "age", "tier": [{"at_least": 60, "below": 76, "rate": 50}, {"at_least": 76, "rate": 80}]},
            80,
        ),
    ],
)
def test_ways_of_saying_how_much(amount: dict[str, Any], yuan: Any) -> None:
    assert yuan_of(run(member(spells=TWENTY), period="2026-04", policy=cadre(amount=amount))) == Decimal(yuan)


def test_a_sum_that_is_no_whole_fen_stops_the_run_unless_the_policy_rounds() -> None:
    with pytest.raises(UserError, match="不是整分"):
        run(member(spells=TWENTY), policy=cadre(amount={"tier": [{"at_least": 10, "each": "1/3"}]}))


def test_age_tiers_change_in_the_month_after_the_birthday() -> None:
    tiers = {"by": "age", "tier": [{"at_least": 60, "below": 76, "rate": 50}, {"at_least": 76, "rate": 80}]}
    result = run(member(born="1950-05-31", spells=TWENTY), policy=cadre(amount=tiers))
    assert yuan_of(result) == 50 + 50 + 80


def test_a_yearly_sum_is_cut_into_months_that_add_up() -> None:
    yearly = cadre(amount={"per": "year", "year_paid": "monthly", "tier": [{"at_least": 10, "rate": 1000}]})
    person = member(spells=TWENTY)
    months = [run(person, period=f"2026-{m:02d}", policy=yearly).fen for m in range(1, 13)]
    assert months == [m * 100_000 // 12 - (m - 1) * 100_000 // 12 for m in range(1, 13)]
    assert sum(months) == run(person, period="2026", policy=yearly).fen == 100_000


def test_a_lump_sum_is_paid_whole_in_its_month() -> None:
    lump = cadre(
        amount={
            "per": "year",
            "year_paid": "lump",
            "payment_month": 11,
            "tier": [{"at_least": 10, "rate": 1000}],
        }
    )
    assert months_of(run(member(spells=TWENTY), period="2026", policy=lump)) == ["2026-11"]
    assert refused(run(member(spells=TWENTY), period="2026Q2", policy=lump)) == ["本期不是发放月"]


def test_funding_is_split_month_by_month_and_adds_up() -> None:
    shares = [
        {"who": "县级", "percent": 70},
        {"who": "乡镇", "percent": "55/2"},
        {"who": "村级", "percent": "5/2"},
    ]
    policy = only(CADRE, lambda benefit: benefit.update(funding={"clause": "第九条", "shares": shares}))
    rosters: dict[str, Roster[Any]] = {
        "members": Roster((member(spells=TWENTY), member(2, spells="1990-01…1999-12 会计")))
    }
    period = Period.parse("2026Q2")
    table = next(
        t
        for t in subsidies.PROGRAMME.run(rosters, policy, Occasion(period, period.last)).tables
        if t.name == "分乡镇汇总表"
    )
    row = table.rows[0]
    parts = row[-3:]
    assert sum(parts) == row[-4] == 3 * (52_500 + 44_500)
    assert parts[0] == 3 * (36_750 + 31_150)


def replayed(line: str) -> tuple[Fraction, Fraction]:
    """Both sides of a line of arithmetic, worked out from its words."""
    body = line.partition("：")[2]
    expression, _, result = body.rpartition(" = ")
    value = result.split(" ")[0]
    signs = str.maketrans("×÷−", "*/-")
    text = (expression or value).translate(signs).replace("⌊", "(f(").replace("⌋", "))")
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r"F('\1')", text.replace("取小", "lo").replace("取大", "hi"))
    names = {"F": Fraction, "f": lambda x: Fraction(floor(x)), "lo": min, "hi": max}
    right = Fraction(value.replace("−", "-").strip("()"))
    return eval(text, {"__builtins__": {}}, names), right


@pytest.mark.parametrize(
    ("person", "policy", "period"),
    [
        (member(spells=TWENTY), None, "2026Q2"),
        (member(spells="1980-01…1989-06 书记; 1990-01…1995-02 主任"), None, "2026Q2"),
        (member(spells=TWENTY, pension=12_345), "city-topup", "2026-04"),
        (member(born="1940-01-01", spells=TWENTY, more={"鳏寡孤独": True}), "anlong-2009", "2010-12"),
        (
            member(spells=TWENTY),
            cadre(
                amount={
                    "tier": [{"at_least": 10, "rate": 7, "each": "1/3", "after": 3}],
                    "round": "half_up",
                    "cap": 9,
                }
            ),
            "2026-04",
        ),
        (
            member(spells=TWENTY),
            cadre(
                amount={
                    "tier": [{"at_least": 10, "rate": 7, "each": "1/3", "after": 3}],
                    "round": "up",
                    "round_to": "jiao",
                }
            ),
            "2026-04",
        ),
    ],
)
def test_replaying_the_explanation_gives_the_amount(person: Any, policy: Any, period: str) -> None:
    result = run(person, period=period, policy=policy)
    verdict = result.paid[0].verdicts[0]
    lines = [str(step) for step in verdict.steps]
    for line in lines:
        left, right = replayed(line)
        assert left == right, line
    standard = verdict.standards[max(verdict.standards)]
    assert replayed(lines[-1])[1] * 100 == standard.fen
    page = explanation_pages(result.paid[0])[0]
    due = next(row[2] for row in page.rows if row[0] == "应发")
    assert sum(Fraction(part) for part in due.split(" = ")[0].split(" + ")) * 100 == result.fen


def test_the_explanation_shows_the_cell_that_was_read() -> None:
    result = run(member(spells=TWENTY, reason="免职"))
    row = next(row for row in explanation_pages(result.refused[0])[0].rows if row[0] == "正常离任")
    assert row[1] == "否"
    assert (row[3], row[4]) == ("名册.xlsx Sheet1 F4（离任原因）", "免职")


def test_an_explanation_and_a_notice_hide_numbers() -> None:
    account = "10203040506070"
    result = run(member(spells=TWENTY, account=account, phone="13900001111", hardship=True, cause="重病"))
    number = result.paid[0].record.identity
    tables = [drafted(one).table for one in transfer.notices(result.whole)]
    for table in (*explanation_pages(result.paid[0]), *tables):
        assert not any(secret in str(table.rows) for secret in (number, account, "13900001111", "重病"))


def test_people_of_one_name_are_told_apart_by_their_year_of_birth() -> None:
    one, two = member(1, name="王伟", spells=TWENTY), member(2, name="王伟", born="1948-01-01", spells=TWENTY)
    ready, doubtful = posted(transfer.notices(run(one, two).whole)[0], None)
    names = {row[ready.table.index("name")] for row in ready.table.rows}
    assert names == {"王伟（1948年生）", "王伟（1950年生）"}
    assert not doubtful


def test_a_notice_says_what_each_tier_gets_and_the_list_shows_the_same_sums() -> None:
    result = run(
        member(1, spells=TWENTY),
        member(4, born="1940-01-01", joined="1970-01-01", hardship=True),
        member(2, spells=TWENTY, born="1948-01-01"),
        member(3, spells="1990-01…2000-12 书记", born="1949-01-01"),
    )
    cadre, hardship = transfer.notices(result.whole)[:2]
    at = [cadre.table.index(name) for name in ("tier", "standard")]
    on_the_list = {(row[at[0]].replace(" ", ""), row[at[1]]) for row in cadre.table.rows}
    assert len(on_the_list) == 2
    for label, fen in on_the_list:
        assert f"{label}每月{fen // 100}元" in cadre.standard
    assert cadre.standard.startswith("第一条，标准见标准表（句容2018）：")
    assert hardship.standard == "第二条，标准见第二条第五款：困难党员每月50元。"


def test_a_notice_says_what_is_posted_by_the_document_of_the_benefit() -> None:
    own = changed(lambda edition: edition["benefit"][0].update(document="县发〔2020〕8号"))
    people = member(1, spells=TWENTY, cause="重病"), member(2, spells=TWENTY)
    (notice,) = transfer.notices(run(*people, policy=own).whole)
    title = policies().editions[-1].title
    assert (notice.name, notice.title) == (f"{CADRE}公示", f"关于2026年第二季度{CADRE}的公示")
    assert (notice.basis, notice.what) == (
        (f"《{title}》（县发〔2020〕8号）",),
        f"2026年第二季度{CADRE}发放对象和金额",
    )
    (plain,) = transfer.notices(run(*people).whole)
    assert plain.basis == (f"《{title}》（{policies().editions[-1].document}）",)
    columns = {one.title: one.private for one in plain.table.columns}
    assert [*columns] == [
        *(
            "序号",
            "乡镇",
            "村",
            "姓名",
            "性别",
            "出生日期",
            "困难情况",
            "档次",
            "补贴标准",
            "发放月数",
            "金额",
        )
    ]
    assert [head for head, private in columns.items() if private] == ["出生日期", "困难情况"]
    assert [row[-2:] for row in plain.table.rows] == [(3, 1575_00)] * 2
    (without,) = transfer.notices(run(people[1]).whole)
    assert "困难情况" not in [one.title for one in without.table.columns]


def test_nothing_is_posted_where_the_document_does_not_say_how() -> None:
    silent = changed(lambda edition: edition.pop("notice"))
    assert transfer.notices(run(member(spells=TWENTY), policy=silent).whole) == ()


@pytest.mark.parametrize(
    ("period", "tables"),
    [("2012Q4", "标准表（2012年10月）"), ("2012Q3", "标准表（2012年1月）"), ("2024Q4", "标准表（2022年5月）"),
     ("2012H2", "标准表（2012年1月）、标准表（2012年10月）")],
)  # fmt: skip
def test_a_notice_names_the_tables_that_priced_its_months_and_no_later_one(period: str, tables: str) -> None:
    result = run(
        member(1, born="1928-01-01", joined="1948-05-01", veteran=False, retired=False), period=period
    )
    (notice,) = [one for one in transfer.notices(result.whole) if VETERAN in one.name]
    assert f"标准见{tables}：" in notice.standard


def test_tiers_of_one_sum_are_told_together_sums_of_one_tier_as_a_range_and_very_many_as_one() -> None:
    result = run(member(1, spells=TWENTY))
    (benefit,) = (one for one in result.payroll.benefits if one.name == CADRE)
    (line,) = result.lines[CADRE]

    def told(*standards: Standard) -> str:
        lines = [line._replace(standard=one) for one in standards]
        return transfer.standard_in_sums(benefit, lines).partition("：")[2]

    def standard(label: str, fen: int, per: Per = "month") -> Standard:
        return Standard(fen, per, None, label, ())

    assert told(standard("甲", 100_00), standard("乙", 100_00)) == "乙、甲每月100元。"
    assert told(standard("甲", 100_50), standard("甲", 20_00)) == "甲每月20元至100.50元。"
    assert told(standard("乙", 100_00), standard("甲", 200_00)) == "甲每月200元；乙每月100元。"
    dear = standard("乙", 50_00), standard("乙", 300_00), standard("甲", 200_00), standard("丙", 200_00)
    assert told(*dear) == "乙每月50元至300元；丙、甲每月200元。", "by the highest sum of each"
    assert told(standard(UNTIERED, 50_00), standard("丙", 600_00, "once")) == "丙一次性600元；每人每月50元。"
    many = [standard(f"第{n}档", n * 100_00, "year" if n % 2 else "month") for n in range(1, 14)]
    assert told(*many) == "各档每年100元至1,300元；各档每月200元至1,200元。"
    assert (
        transfer.standard_in_sums(benefit, [line._replace(standard=None)])
        == "第一条，标准见标准表（句容2018）。"
    )
