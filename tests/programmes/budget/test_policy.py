"""What a document on 经费 cannot mean is refused, and each way of granting is worked out as the document says it."""

from typing import Any

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.budget import PROGRAMME
from sanchuang_cli.programmes.budget.policy import BudgetPolicy, FundedBody
from sanchuang_cli.record import Roster
from tests.programmes.bodies import ON, body, by, column, granted, outcome, told

STANDARD = """
[[edition.standards]]
name = "{name}"
clause = "第三条"
{said}
"""
POT = """
[[edition.pots]]
name = "活动经费"
clause = "第四条"
amount = {amount}
of = "党员数"
unit = "{unit}"
sharing = {{ clause = "第四条", method = "largest_remainder" }}
"""
PAID = """
[edition.paid]
clause = "第六条"
benefit = "经费"
months = {months}
sharing = {{ clause = "第六条", {sharing} }}
"""


def standard(said: str = "amount = 100", name: str = "经费") -> str:
    return STANDARD.format(name=name, said=said)


def paid(months: str = "[3, 6]", sharing: str = 'method = "cumulative"') -> str:
    return standard() + PAID.format(months=months, sharing=sharing)


def bands(*starts: str) -> str:
    every = ", ".join(f"{{ {start}, amount = 100 }}" for start in starts)
    return standard(f'of = "人口"\nbands = [{every}]')


MONTHS = "months 写1到12的月份，从早到晚，不能重复"
WRONG = [
    ("", "至少写一项 standards（标准）或 pots（按比例分的）"),
    (standard() + standard(), "“经费”写了两次：各项标准不能重名"),
    (standard(name="活动经费") + POT.format(amount=100, unit="fen"), "“活动经费”写了两次"),
    (standard('amount = 100\ntypes = ["村", "农场", "林场"]'), "类型“农场、林场”没有在 types 里列出"),
    ('unfilled = ["街道"]\n' + standard(), "类型“街道”没有在 types 里列出"),
    (standard() + '[edition.spending]\nclause = "第五条"\nuses = ["学习"]\nwarns_at = 90\nbeyond = "stop"\ntypes = ["街道"]', "类型“街道”没有在 types 里列出"),
    (standard(""), "“经费”要写 amount、each、bands、percent 中的一个"),
    (standard('of = "人口"\namount = 100\neach = 2'), "amount、each、bands、percent 中的一个，也只能写一个"),
    (standard("each = 2"), "“经费”按名册的哪一列算，写在 of 里"),
    (standard('of = "人口"\namount = 100'), "每个一样多的 amount 不写 of"),
    (bands("at_least = 0, above = 0"), "每一档写 at_least（含本数）或 above（不含本数），也只能写一个"),
    (standard('of = "人口"\nbands = [{ amount = 100 }]'), "每一档写 at_least（含本数）或 above（不含本数）"),
    (bands("at_least = 500", "at_least = 0"), "“经费”的 bands 要从低到高"),
    (bands("at_least = 0", "at_least = 500", "at_least = 500"), "不能有两档从同一个数起"),
    (POT.format(amount=100.5, unit="yuan"), "“活动经费”的总数不是整元，unit 要写 fen"),
    (paid("[6, 3]"), MONTHS),
    (paid("[3, 3]"), MONTHS),
    (paid("[0, 6]"), MONTHS),
    (paid("[6, 13]"), MONTHS),
    (paid(sharing='method = "half_up"'), "拨付的 sharing 不能写 half_up、ask 和 minimum"),
    (paid(sharing='method = "largest_remainder", minimum = 1'), "拨付的 sharing 不能写 half_up、ask 和 minimum"),
    (paid(sharing='method = "largest_remainder", tie = "ask"'), "各次要能自己分清"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_document_that_cannot_be_meant_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        by(text)
    assert said in str(refused.value)


def test_a_pot_with_a_part_of_a_yuan_is_shared_out_to_the_fen() -> None:
    run = outcome(body("甲村", 党员数=1), body("乙村", 党员数=1), by=by(POT.format(amount=100.5, unit="fen")))
    assert granted(run) == {"甲村": 5025, "乙村": 5025}


def test_at_most_cuts_a_sum_to_it_and_says_of_what() -> None:
    policy = by(standard('of = "党员数"\neach = 300\nat_most = 1000'))
    run = outcome(body("甲村", 党员数=3), body("乙村", 党员数=4), by=policy)
    assert granted(run) == {"甲村": 90_000, "乙村": 100_000}
    assert said(body("甲村", 党员数=3), policy) == "党员数 3 × 300 = 900.00 元"
    assert said(body("乙村", 党员数=4), policy) == "取小（党员数 4 × 300，1000） = 1000.00 元"


def said(one: FundedBody, policy: PolicyFile[BudgetPolicy]) -> str:
    """The arithmetic of the one sum of a body, as `explain` has it."""
    given = {"bodies": Roster((one,)), "vouchers": Roster(()), "payments": Roster(())}
    (subject,) = PROGRAMME.explain(given, policy, Occasion(Period.year(2026), ON)).subjects
    (table,) = subject.pages()
    (line,) = [row for row in table.rows if row[0] == "经费"]
    return str(line[table.index("said")])


@pytest.mark.parametrize(("parts", "fen"), [("full", 20_000), ("begun", 30_000), ("exact", 25_033)])
def test_what_is_left_of_a_hundred_people_counts_as_the_document_says(parts: str, fen: int) -> None:
    """100 yuan for each 300 people, of whom there are 751: a third is not cut before the yuan are."""
    policy = by(standard(f'of = "人口"\neach = 100\nper = 300\nparts = "{parts}"'))
    assert granted(outcome(body(人口=751), by=policy)) == {"向阳村": fen}


WHEN = 'amount = 500\nwhen = { column = "乡镇类别", words = ["山区"], others = ["其他"] }'


def test_a_blank_that_decides_whether_somebody_is_meant_sets_the_row_aside() -> None:
    rows = body("甲村", 乡镇类别="山区"), body("乙村", 乡镇类别="其他"), body("丙村", 乡镇类别=None)
    run = outcome(*rows, by=by(standard(WHEN)))
    assert (granted(run), told(run)) == ({"甲村": 50_000}, ["needed"])
    (finding,) = run.findings
    assert finding.place.heading == "乡镇类别" and "丙村" in finding.message


FIGURES = ("转入党员数", "新批支部数", "缴纳党费", "管理费支出")


@pytest.mark.parametrize("kind", ["非公企业", "社会组织"])
def test_an_organisation_outside_the_public_sector_with_none_of_the_four_figures_has_no_standard(
    kind: str,
) -> None:
    blank: dict[str, Any] = dict.fromkeys(FIGURES)
    run = outcome(body("乙公司", kind=kind, **blank), body("向阳村"))
    assert (granted(run), told(run), run.tally.set_aside) == ({"向阳村": 4_000_000}, [], 0)
    assert column(run, "未列入名单", "part") == ["无标准"]
    assert column(run, "未列入名单", "why") == ["转入党员数、新批支部数、缴纳党费都没有填"]


@pytest.mark.parametrize("filled", FIGURES)
def test_with_one_of_the_four_filled_the_blank_ones_are_asked_for_and_a_nought_is_no_blank(
    filled: str,
) -> None:
    columns: dict[str, Any] = {**dict.fromkeys(FIGURES), filled: 0, "工资总额": 100}
    run = outcome(body("乙公司", kind="非公企业", **columns))
    asked_for = [name for name in FIGURES[:3] if name != filled]
    assert (granted(run), told(run)) == ({}, ["needed"] * len(asked_for))
    assert run.tally.set_aside == 1


def test_a_type_that_the_document_does_not_name_so_waits_with_all_blank() -> None:
    of = standard('of = "人口"\neach = 100')
    assert told(outcome(body(), by=by(of))) == ["needed"]
    named = outcome(body(), by=by(f'unfilled = ["村"]\n{of}'))
    assert (told(named), column(named, "未列入名单", "part")) == ([], ["无标准"])


def test_who_may_leave_all_blank_has_no_part_of_a_pot_and_keeps_nobody_from_it() -> None:
    pot = POT.format(amount=10, unit="yuan")
    run = outcome(body("甲村", 党员数=1), body("乙村"), by=by(f'unfilled = ["村"]\n{pot}'))
    assert (granted(run), told(run)) == ({"甲村": 1_000}, [])


def test_where_a_fixed_sum_is_granted_beside_a_blank_one_is_asked_for() -> None:
    text = f'unfilled = ["村"]\n{standard()}' + standard('of = "人口"\neach = 100', name="人口费")
    assert told(outcome(body(), by=by(text))) == ["needed"]
