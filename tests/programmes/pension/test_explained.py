"""Why months count or not, and what each bears: in words, by the clause, with the cells and the other rows that were read."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.contributions.verdict import Pension
from sanchuang_cli.finding import Finding
from sanchuang_cli.judging import Reason
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.pension import PROGRAMME
from tests.programmes.insured import (
    changed,
    column,
    default,
    honour,
    insured,
    occasion,
    outcome,
    pack,
    receipt,
    rosters,
    village,
)
from tests.programmes.people import identity

WHO = insured()
OFFICE = "在任期间补贴，离任的次月起停；可以续保，全部由个人承担"
SHARED = "按基数个人16%、村4%、县14%、自治区6%；无收入的村，村的一份由县承担"
SHARES = "基数 6000 元，个人 16%、村 4%、县 14%、自治区 6%"
RECEIPTS = "个人部分缴清后，其余各方的补贴拨付"
KINDS = "已参加职工养老保险的不重复补贴"
BY_MONTH = changed("bases = {}", "bases = { 2025 = 2345.67 }", of="yixian")


def verdict(who: Any, on: date | None = None, by: PolicyFile[Any] | None = None, **others: Any) -> Pension:
    whole = PROGRAMME.judge(rosters([who], **others), by or default(), occasion("2025", on))
    (one,) = whole.of(())
    assert isinstance(one, Pension)
    return one


def said_of(what: str, who: Any, **how: Any) -> list[Reason]:
    return [one for one in verdict(who, **how).reasons if one.what == what]


CONDITIONS: list[tuple[dict[str, Any], str, str, bool | None, tuple[str, ...], str]] = [
    ({"post": "村支书"}, "职务", "职务“村支书”", True, ("post",), "在任的村干部"),
    ({"post": "网格员"}, "职务", "职务“网格员”", False, ("post",), "在任的村干部"),
    ({}, "参保类型", "参保类型“城乡居民”", True, ("insurance",), KINDS),
    ({"insurance": "职工养老"}, "参保类型", "参保类型“职工养老”不在补贴之列", False, ("insurance",), KINDS),
    ({}, "任职", "2021-03-10至今", True, ("started", "ended", "continued"), OFFICE),
    ({"ended": "2025-01-01"}, "任职", "2021-03-10至2025-01-01", True, ("started", "ended", "continued"), OFFICE),
    ({"ended": "2024-12-31"}, "任职", "2021-03-10至2024-12-31", False, ("started", "ended", "continued"), OFFICE),
    ({"ended": "2024-12-31", "continued": True}, "任职", "2021-03-10至2024-12-31，续保", True, ("started", "ended", "continued"), OFFICE),
    ({"continued": True}, "任职", "2021-03-10至今", True, ("started", "ended", "continued"), OFFICE),
    ({"started": "2025-12-31"}, "任职", "2025-12-31至今", True, ("started", "ended", "continued"), OFFICE),
    ({"started": "2026-01-01"}, "任职", "2026-01-01至今，2025-12-31 还没有到任", False, ("started", "ended", "continued"), OFFICE),
    ({"insured_since": "2025-12-01"}, "参保起始", "2025-12-01 起参保，2025-12 起的月份算", True, ("insured_since",), KINDS),
    ({"insured_since": "2026-01-01"}, "参保起始", "2026-01-01 起参保，2026-01 起的月份算", False, ("insured_since",), KINDS),
    ({"born": "1965-01-31"}, "到龄", "男，到龄的月份 2025-01", True, ("identity",), "补到年满六十周岁的当月"),
    ({"born": "1964-12-31", "sex": "女"}, "到龄", "女，到龄的月份 2024-12", False, ("identity",), "补到年满六十周岁的当月"),
    ({"died": "2025-01-01"}, "死亡日期", "2025-01-01，2025-02 起不补贴", True, ("died",), OFFICE),
    ({"died": "2024-12-31"}, "死亡日期", "2024-12-31，2025-01 起不补贴", False, ("died",), OFFICE),
    ({"sentenced": "2025-01-31"}, "判刑", "2025-01-31，2025-02 起不补贴", True, ("sentenced",), "判刑的，从次月起不再补贴"),
    ({"sentenced": "2024-12-01"}, "判刑", "2024-12-01，2025-01 起不补贴", False, ("sentenced",), "判刑的，从次月起不再补贴"),
    ({"disciplined": "2025-06-10"}, "处分", "2025-06-10，2025-07 起全部由个人承担", None, ("disciplined",), "受处分的，从次月起全部由个人承担"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "what", "said", "holds", "reads", "basis"), CONDITIONS)
def test_a_condition_says_whether_it_holds_by_its_clause(
    fields: dict[str, Any], what: str, said: str, holds: bool | None, reads: tuple[str, ...], basis: str
) -> None:
    (told,) = said_of(what, insured(**fields))
    assert (told.said, told.holds, told.reads, told.basis) == (said, holds, reads, basis)


def test_whoever_left_does_not_go_on_where_the_document_lets_nobody() -> None:
    who = insured(grade=500, ended="2024-12-31", continued=True)
    (told,) = said_of("任职", who, by=pack("mianxian-2010"))
    assert (told.said, told.holds) == ("2021-03-10至2024-12-31", False)


@pytest.mark.parametrize("what", ["参保起始", "死亡日期", "判刑", "处分", "缴费凭证"])
def test_of_what_did_not_happen_nothing_is_said(what: str) -> None:
    assert said_of(what, insured()) == []
    assert said_of(what, insured(died="2024-01-01", insurance="职工养老")) == []


def test_a_document_that_asks_for_no_sentence_and_no_discipline_says_nothing_of_them() -> None:
    (edition,) = default().editions[-1:]
    without = edition.model_copy(update={"sentence": None, "discipline": None})
    who = insured(sentenced="2025-06-10", disciplined="2025-06-10")
    by = PolicyFile("试.toml", "0" * 64, (without,))
    assert said_of("判刑", who, by=by) == said_of("处分", who, by=by) == []
    assert verdict(who, by=by).helped == 12


def test_months_that_may_be_paid_for_later_count_by_the_clause_on_back_pay() -> None:
    who = insured(insured_since="2025-03-01", born="1970-01-01")
    (told,) = said_of("参保起始", who, by=BY_MONTH)
    assert told.said == "2025-03-01 起参保，2015-01 起的月份算"
    assert told.basis == "补缴从到龄前十五年起，最早从1996年1月起"


def test_a_village_is_named_with_its_row_where_the_document_asks_for_its_income() -> None:
    for income, said in ((True, "向阳村有集体收入"), (False, "向阳村没有集体收入")):
        (told,) = said_of("村集体收入", WHO, villages=[village(income=income)])
        assert (told.said, told.holds, told.reads, told.basis) == (said, None, ("village",), SHARED)
        assert [type(row).__name__ for row in told.rests_on] == ["VillageIncome"]
    assert said_of("村集体收入", insured(disciplined="2024-01-01")) == [], "whoever bears all asks no village"
    assert said_of("村集体收入", WHO, by=BY_MONTH) == [], "nor does a document that looks at none"


SUMS = "个人 960.00、村 240.00、县 840.00、自治区 360.00"
ALONE = "个人 2400.00、村 0.00、县 0.00、自治区 0.00"
BORNE: list[tuple[Any, dict[str, Any], list[tuple[str, str]]]] = [
    (WHO, {}, [(f"2025-01至2025-12（按比例）：2025 年{SHARES}；全年 {SUMS}；12 个月 {SUMS}", SHARED)]),
    (insured(started="2025-12-01"), {}, [(f"2025-12（按比例）：2025 年{SHARES}；全年 {SUMS}；1 个月 个人 80.00、村 20.00、县 70.00、自治区 30.00", SHARED)]),
    (WHO, {"villages": [village(income=False)]}, [(f"2025-01至2025-12（按比例）：2025 年{SHARES}；全年 个人 960.00、村 0.00、县 1080.00、自治区 360.00；12 个月 个人 960.00、村 0.00、县 1080.00、自治区 360.00", SHARED)]),
    (
        insured(disciplined="2025-09-10"),
        {},
        [
            (f"2025-01至2025-09（按比例）：2025 年{SHARES}；全年 {SUMS}；9 个月 个人 720.00、村 180.00、县 630.00、自治区 270.00", SHARED),
            (f"2025-10至2025-12（全部由个人承担）：2025 年{SHARES}；全年 {ALONE}；3 个月 个人 600.00、村 0.00、县 0.00、自治区 0.00", SHARED),
        ],
    ),
    (
        WHO,
        {"honours": [honour(WHO, "市", "2024-05-04")]},
        [
            (f"2025-01至2025-06（“市”，个人部分全部由县承担）：2025 年{SHARES}；全年 个人 0.00、村 240.00、县 1800.00、自治区 360.00；6 个月 个人 0.00、村 120.00、县 900.00、自治区 180.00", "本人受市级表彰的，次年个人部分由县承担半年"),
            (f"2025-07至2025-12（按比例）：2025 年{SHARES}；全年 {SUMS}；6 个月 个人 480.00、村 120.00、县 420.00、自治区 180.00", SHARED),
        ],
    ),
    (WHO, {"honours": [honour("青禾镇向阳村", "县级先进党组织", "2024-07-01")]}, [(f"2025-01至2025-12（“县级先进党组织”，个人部分的 1/3 由县承担）：2025 年{SHARES}；全年 个人 640.00、村 240.00、县 1160.00、自治区 360.00；12 个月 个人 640.00、村 240.00、县 1160.00、自治区 360.00", "受县级以上表彰的先进基层党组织，从次年起三年内，个人部分的1/3由县承担")]),
    (WHO, {"by": BY_MONTH}, [("2025-01至2025-12（按比例）：2025 年基数 2345.67 元，个人 8%、县 10%、乡镇 10%；全年 个人 187.65、县 234.57、乡镇 234.56；12 个月 个人 187.65、县 234.57、乡镇 234.56", "按基数个人缴8%，县、乡镇按1∶1各承担10%")]),
    (insured(grade=500), {"by": pack("mianxian-2010")}, [("2025-01至2025-12（按比例）：档次 500.00 元，县 100 元；全年 个人 400.00、县 100.00；12 个月 个人 400.00、县 100.00", "新农保个人部分，县财政每人每年补100元")]),
    (insured(grade=500), {"by": changed("yuan = 100 }]", "yuan = 100 }, { name = \"村\", yuan = 0 }]", of="mianxian-2010")}, [("2025-01至2025-12（按比例）：档次 500.00 元，县 100 元、村 0 元；全年 个人 400.00、县 100.00、村 0.00；12 个月 个人 400.00、县 100.00、村 0.00", "新农保个人部分，县财政每人每年补100元")]),
    (WHO, {"by": changed("2010 = 800", "2025 = 800", of="jieyang-2010")}, [("2025-01至2025-12（按比例）：2025 年每月基数 800 元，个人 8%、单位 17%；全年 个人 768.00、单位 1632.00；12 个月 个人 768.00、单位 1632.00", "基数每月800元，单位17%、个人8%")]),
    (WHO, {"by": pack("wenshang-2009")}, [("2025-01至2025-12（按比例）：财政 100 元；全年 个人 0.00、财政 1200.00；12 个月 个人 0.00、财政 1200.00", "每月100元")]),
]  # fmt: skip


@pytest.mark.parametrize(("who", "how", "told"), BORNE)
def test_what_each_bears_is_told_for_months_alike_with_base_year_and_clause(
    who: Any, how: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    found = said_of("分担", who, **how)
    assert [(one.said, one.basis) for one in found] == told
    assert all(one.holds is None and not one.reads for one in found)
    rests = [type(row).__name__ for one in found for row in one.rests_on]
    assert rests == (["Honour"] if "honours" in how else [])


def test_receipts_are_told_with_what_was_due_and_their_rows() -> None:
    who = insured(died="2025-06-10")
    given = [receipt(who, 300, "2025-03-01"), receipt(who, 180, "2025-06-11", ticket="002")]
    (told,) = said_of("缴费凭证", who, receipts=given)
    assert (told.said, told.basis) == ("应缴 480.00 元，已缴 300.00 元（001、002）", RECEIPTS)
    assert [row.row.line for row in told.rests_on] == [one.row.line for one in given]  # type: ignore[union-attr]
    (none,) = said_of("缴费凭证", insured(2), receipts=given)
    assert (none.said, none.rests_on) == ("应缴 960.00 元，已缴 0.00 元（没有凭证）", ())
    (edition,) = default().editions[-1:]
    by = PolicyFile("试.toml", "0" * 64, (edition.model_copy(update={"receipts": None}),))
    (told,) = said_of("缴费凭证", who, receipts=given, by=by)
    assert told.basis == ""


ABOUT = VagueDate(date(2023, 1, 1), date(2025, 12, 31))
STRANGER = identity("1970-01-01", number=77)
GRADES = changed("grades = { cap = 2000 }", "grades = { allowed = [1500, 2000] }", of="sinan-2015")
ODD: list[tuple[str, Any, dict[str, Any], str, str, str]] = [
    ("post-unknown", insured(post="书记兼护林员、护秋员"), {}, "职务", "甲01：职务“护林员、护秋员”不在政策所列的职务之内", "在任的村干部"),
    ("ends-before-start", insured(ended="2021-03-09"), {}, "任职终止", "甲01：任职 2021-03-10至2021-03-09", "任职终止不早于任职起始"),
    ("date-vague", insured(disciplined="2025", sentenced="2025"), {}, "处分日期", "甲01：处分日期 2025年、判刑日期 2025年，2025年哪些月份补贴说不准", "日期写到月"),
    ("base-missing", WHO, {"period": "2023"}, "村", "甲01：政策没有 2023 年的缴费基数（sharing 的 bases）", SHARED),
    ("grade-missing", insured(grade=None), {"by": GRADES}, "缴费档次", "甲01：没有填缴费档次", "按每年1500至2000元的档次参保"),
    ("grade-missing", insured(grade=1800), {"by": GRADES}, "缴费档次", "甲01：缴费档次 1800.00 元不在所列之内", "按每年1500至2000元的档次参保"),
    ("village-missing", insured(village="外村"), {}, "村", "甲01：村情表里没有青禾镇外村，或那一行待核实", SHARED),
    ("honour-dubious", WHO, {"honours": [honour(WHO, "市", ABOUT)]}, "姓名", "甲01：本人或本村的荣誉有一行说不准，见 Honour.xlsx 表 A4（对象）", "荣誉减轻个人的负担"),
    ("honour-vague", WHO, {"honours": [honour(WHO, "市", ABOUT)]}, "日期", "荣誉“市”：日期 2023-01-01至2025-12-31之间，从哪一年起说不准", "从次年 1 月起"),
    ("honour-level", WHO, {"honours": [honour("青禾镇向阳村", "乡级", "2024-07-01")]}, "级别", "荣誉“乡级”：级别“乡级”不在政策所列的（村、本人各有各的）之内", ""),
    ("honour-unknown", WHO, {"honours": [honour("青禾镇外村", "县", "2024-07-01")]}, "对象", "荣誉“县”：名册上没有对象“青禾镇外村”", ""),
    ("receipt-unknown", WHO, {"receipts": [receipt(STRANGER, 960, ticket="009")]}, "身份证号", "凭证 009：名册上没有这个身份证号", ""),
    ("paid-after-death", insured(died="2025-06-10"), {"receipts": [receipt(WHO, 960, "2025-06-11")]}, "缴费日期", "凭证 001：甲01 2025-06-10 身故，2025-06-11 还缴了 960.00 元", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "who", "how", "heading", "said", "basis"), ODD)
def test_what_is_odd_is_told_at_its_cell_with_its_clause(
    code: str, who: Any, how: dict[str, Any], heading: str, said: str, basis: str
) -> None:
    found: list[Finding] = [one for one in outcome(who, **how).findings if one.code == f"pension.{code}"]
    assert [(one.place.heading, one.message, one.basis) for one in found] == [(heading, said, basis)]


@pytest.mark.parametrize(
    ("who", "how"),
    [
        (insured(ended="2021-03-10"), {}),
        (insured(village="外村", ended="2024-12-31"), {}),
        (insured(village="外村", disciplined="2024-12-31"), {}),
        (insured(disciplined="2024-12-31"), {"honours": [honour(insured(2), "市", "2024-05-04")]}),
        (insured(grade=2000), {"by": GRADES}),
        (insured(started="2026-01-01", grade=None), {"by": GRADES}),
        (insured(died="2025-06-10"), {"receipts": [receipt(WHO, 960, "2025-06-10")]}),
        (insured(died="2025-06"), {"receipts": [receipt(WHO, 960, "2025-06-30")]}),
    ],
    ids=[
        "left on the day of coming",
        "a village nobody needs",
        "a village of whoever bears all",
        "an honour of another",
        "a listed grade",
        "no grade for no month",
        "paid on the day of death",
        "paid in the month of death",
    ],
)
def test_what_is_right_or_matters_to_nobody_is_not_told(who: Any, how: dict[str, Any]) -> None:
    others = () if "honours" not in how else (insured(2),)
    assert outcome(who, *others, **how).findings == ()


def test_serving_rows_that_contradict_each_other_are_not_gone_by() -> None:
    """Of two rows nobody knows which is right: not of a village, not of an honour, not of a receipt."""
    villages = [village(), village(income=False), village("前进村")]
    run = outcome(insured(1), insured(2, village="前进村"), villages=villages)
    assert {one.code for one in run.findings} == {"pension.listed-twice", "pension.village-missing"}
    assert run.tally.set_aside == 1
    honours = [honour(WHO, "市", "2024-05-04", line=1), honour(WHO, "市", "2024-05-04", line=2)]
    assert outcome(WHO, honours=honours).tally.set_aside == 0, "alike they are one"
    twice = [receipt(WHO, 960, "2025-03-01"), receipt(WHO, 500, "2025-03-01")]
    assert verdict(WHO, receipts=twice).part == "待缴费", "receipts were given, though none counts"
    assert verdict(WHO).part == "补贴"


@pytest.mark.parametrize(
    ("written", "reached"),
    [
        ("青禾镇向阳村", True),
        (" 青禾镇　向阳村 ", True),
        ("向阳村", False),
        ("望河乡向阳村", False),
    ],
)
def test_an_honour_is_of_the_village_whose_township_and_name_it_says(written: str, reached: bool) -> None:
    given = [honour(written, "县", "2024-07-01")]
    one = verdict(WHO, honours=given)
    assert (one.own == 64_000) is reached
    codes = [found.code for found in outcome(WHO, honours=given).findings]
    assert codes == ([] if reached else ["pension.honour-unknown"])


@pytest.mark.parametrize("paid", [(), (480,), (240, 240)])
def test_what_is_due_and_paid_is_counted_up_to_the_month_of_the_day(paid: tuple[float, ...]) -> None:
    """Half a year, on a day in March of the next: all of the period is due, and nothing of what comes after."""
    given = [receipt(WHO, yuan, "2025-06-30", ticket=f"00{n}") for n, yuan in enumerate(paid, 1)]
    given += [receipt(insured(2), 1, ticket="009")]
    run = outcome(WHO, insured(2), period="2025H1", on=date(2026, 3, 1), receipts=given)
    names = ("name", "due", "paid", "lacking", "state")
    lines = {
        line[0]: line[1:] for line in zip(*(column(run, "缴费核对", name) for name in names), strict=True)
    }
    whole_year = 96_000
    fen = round(sum(paid) * 100)
    state = "缴清" if fen == whole_year else "欠缴" if fen else "没有凭证"
    assert lines["甲01"] == (whole_year, fen, whole_year - fen, state)


def test_vague_days_by_either_of_which_no_month_counts_change_nothing() -> None:
    """Sentenced at the latest in the month before the insurance began: the year has no month, whichever day it was."""
    vague = VagueDate(date(2024, 6, 1), date(2025, 5, 31))
    for ending in ("sentenced", "ended", "died"):
        fields: dict[str, Any] = {"insured_since": "2025-06-01", ending: vague}
        who = insured(**fields)
        assert outcome(who).findings == ()
        assert (verdict(who).part, verdict(who).months) == ("不补", ())
    alone = insured(disciplined=VagueDate(date(2023, 1, 1), date(2024, 12, 31)))
    assert (verdict(alone).helped, verdict(alone).alone) == (0, 12)
    late = insured(disciplined=VagueDate(date(2025, 6, 1), date(2025, 12, 31)), sentenced="2025-05-01")
    assert (verdict(late).helped, verdict(late).alone) == (5, 0)
