"""What a programme that says its own sums pays: to whom, of which months, by which list, and what is told where the bank cannot."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.pays import Pays
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Settled
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.record import Roster, Row, Source
from tests.joined.societies import PAYS, PROGRAMME, Funds, Society, judge

CODE, OTHER = "91110000802100433B", "91350100M000100Y43"
CARD, BOOK = "6222021234567890128", "10203040506070"
FIRST, LATER = date(2012, 1, 1), date(2026, 2, 1)


def society(number: int = 1, line: int = 0, **fields: Any) -> Society:
    """With a code, households enough and a card, unless told otherwise. line: of the roster, where it has several."""
    plain: dict[str, Any] = {
        "township": "青禾镇",
        "village": "河西村",
        "name": f"第{number}合作社",
        "code": CODE,
        "households": 30,
        "account": CARD,
    }
    values = plain | fields
    columns = {name: (at, name) for at, name in enumerate(values, 1)}
    row = Row(Source("册.xlsx", "表", columns), (line or number) + 3, tuple(map(str, values.values())))
    return Society(row=row, **values)


def editions() -> PolicyFile[Funds]:
    """A hundred yuan a month, two hundred from February 2026 on."""
    by = [
        Funds.model_validate(
            {"title": "经费", "document": "某文", "effective": day, "yuan": yuan, "least": 10}
        )
        for day, yuan in ((FIRST, 100), (LATER, 200))
    ]
    return PolicyFile("试.toml", "0" * 64, tuple(by))


WHEN = Occasion(Period.parse("2026Q1"), date(2026, 3, 31))


def judged(*societies: Society, when: Occasion = WHEN, unread: tuple[Row, ...] = ()) -> Whole:
    return PROGRAMME.judge({"societies": Roster(societies, set_aside=unread)}, editions(), when)


def told(whole: Whole) -> list[tuple[str, str, str]]:
    return [(one.code, one.place.heading, one.message) for one in whole.findings]


def test_a_month_is_paid_by_the_edition_in_force_on_its_first_day() -> None:
    (verdict,) = judged(society()).of()
    assert [(part.month, part.fen, part.edition) for part in verdict.due] == [
        (Month(2026, 1), 100_00, "2012-01-01"),
        (Month(2026, 2), 200_00, "2026-02-01"),
        (Month(2026, 3), 200_00, "2026-02-01"),
    ]
    assert PAYS.compares.sums(verdict) == {
        ("合作社经费", Month(2026, 1)): 100_00,
        ("合作社经费", Month(2026, 2)): 200_00,
        ("合作社经费", Month(2026, 3)): 200_00,
    }


def test_sums_of_a_month_are_compared_together_and_components_apart() -> None:
    (verdict,) = judged(society()).of()
    part = verdict.due[0]
    both = Pays(lambda _: [part, part, part._replace(component="绩效", fen=7)])
    assert both.compares.sums(verdict) == {
        ("合作社经费", Month(2026, 1)): 200_00,
        ("合作社经费（绩效）", Month(2026, 1)): 7,
    }


@pytest.mark.parametrize(
    ("fields", "code", "heading", "said"),
    [
        ({"account": ""}, "pay.account", "account", "没有银行账号，不进银行代发文件"),
        ({"account": CARD[:-1] + "9"}, "pay.account", "account", "银行卡号校验不通过，不进银行代发文件"),
        ({"code": CODE[:-1] + "C"}, "pay.payee", "code", "统一社会信用代码的校验码不对"),
        ({"code": "", "name": ""}, "pay.payee", "code", "没有统一社会信用代码或编码的组织，要有乡镇和名称"),
    ],
)
def test_whom_the_bank_or_nobody_can_pay_is_told_at_the_cell(
    fields: Mapping[str, Any], code: str, heading: str, said: str
) -> None:
    who = society(**fields)
    (found,) = judged(who).findings
    assert (found.code.partition(".")[2], found.place.heading) == (code.partition(".")[2], heading)
    assert found.message == f"{who.name}：{said}"
    refused = society(**{**fields, "households": 9})
    assert bool(judged(refused).findings) is (heading == "code"), "an account is asked where money is due"


def test_an_account_that_the_bank_cannot_pay_to_is_told_with_why_and_what_to_do() -> None:
    pays = replace(PAYS, barred=lambda record: "账户没有激活")
    assert pays.paid_to(society()).account == ""
    assert PAYS.paid_to(society()).account == CARD
    main = replace(PROGRAMME.mains["societies"], judged=pays.judged(judge))
    by = replace(PROGRAMME, mains={"societies": main})
    (found,) = by.judge({"societies": Roster((society(),))}, editions(), WHEN).findings
    assert (found.message, found.mend) == (
        "第1合作社：账户没有激活，不进银行代发文件",
        "请让本人去开户行办好，核实后改正名册。",
    )


def test_whoever_stands_on_several_rows_is_paid_once_to_the_account_that_any_of_them_says() -> None:
    once = (
        society(1, households=5, account=""),
        society(1, line=2, account=""),
        society(1, line=3),
        society(4, code=OTHER, account=BOOK),
    )
    paid = PAYS.paid(judged(*once))
    assert [(one.payee.key, one.payee.name, one.payee.account, one.fen) for one in paid] == [
        (f"信用代码:{CODE}", "第1合作社", CARD, 1000_00),
        (f"信用代码:{OTHER}", "第4合作社", BOOK, 500_00),
    ]
    assert [[line[2] for line in one.lines] for one in paid] == [[4, 5, 6], [7]]
    assert [len(one.due) for one in paid] == [3, 3]
    assert not PAYS.paid(judged(society(1, households=9)))


def test_the_banks_list_has_those_with_an_account_and_says_what_is_due_to_the_others() -> None:
    rows = society(1), society(2, code="", account=BOOK), society(3, code=OTHER, account="")
    (table,) = PAYS.payments(judged(*rows))
    assert (table.name, table.title) == ("合作社经费", "2026年第一季度合作社经费银行代发名单")
    names = ("township", "village", "name", "identity", "code", "account", "amount")
    shown = [column.name for column in table.columns]
    lines = [[row[shown.index(name)] if name in shown else None for name in names] for row in table.rows]
    assert lines == [
        ["青禾镇", "河西村", "第1合作社", None, f"信用代码:{CODE}", CARD, 500_00],
        ["青禾镇", "河西村", "第2合作社", None, "名称:青禾镇 第2合作社", BOOK, 500_00],
    ]
    assert [*table.besides] == [("无有效账户", 1, 500_00)]
    (whole,) = PAYS.payments(judged(society(1)))
    assert not [*whole.besides]


def owed(pays: Pays, *societies: Society, when: Occasion = WHEN, unread: tuple[Row, ...] = ()) -> Any:
    settled: dict[str, Settled] = {}
    rosters = {"societies": Roster(societies, set_aside=unread), "previous": Roster[Any]()}
    return pays.owes(PROGRAMME.judge, rosters, editions(), when, settled)


def test_the_ledger_gets_what_is_due_to_everybody_of_whom_no_row_waits() -> None:
    found = owed(PAYS, society(1), society(2, code=OTHER, households=9), society(3, code=""))
    keys = [f"信用代码:{CODE}", f"信用代码:{OTHER}", "名称:青禾镇 第3合作社"]
    assert [(one.payee.key, sum(due.fen for due in one.due)) for one in found.claimants] == [
        *zip(keys, (500_00, 0, 500_00), strict=True)
    ]
    assert (found.listed, found.deduct, found.yearly, found.instalments) == (set(keys), False, False, None)
    spoilt = owed(PAYS, society(1), society(2, code=CODE[:-1] + "C"), society(3, code=OTHER))
    assert spoilt.listed == {*keys[:2]}
    assert [one.payee.key for one in spoilt.claimants] == keys[:2]


def test_of_a_years_rosters_the_ledger_gets_the_months_that_it_reviews() -> None:
    yearly = replace(PAYS, yearly=True, deduct=True)
    found = owed(yearly, society(1), when=Occasion(Period.parse("2026-02"), date(2026, 2, 28)))
    ((claimant),) = found.claimants
    assert [(due.month, due.fen) for due in claimant.due] == [(Month(2026, 2), 200_00)]
    assert (found.yearly, found.deduct) == (True, True)
