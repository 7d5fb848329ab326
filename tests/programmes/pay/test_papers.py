"""What people sign for pay and what is asked for: lists of whoever the bank cannot pay, and the letter for the money."""

from typing import Any

from sanchuang_cli.papers import Papers, WrittenFor
from sanchuang_cli.table import Table
from tests.programmes.cadres import cadre, outcome, with_policy

DAYS = with_policy(months={"joining": "days"}, performance=None)
PEOPLE = [
    cadre(1),
    cadre(2, account="", village="河西村"),
    cadre(3, account="", post="副主任", ended="2026-03-10"),
    cadre(3, account="", line=9, started="2026-03-11"),
    cadre(4, township="望河乡", card="未激活"),
    cadre(5, started="2026-04-01", account=""),
]
"""One whom the bank pays, one without an account, one on two rows, one whose card cannot be used, one not in office yet."""


def papers(*people: Any, whom: WrittenFor = WrittenFor(), **how: Any) -> Papers:  # noqa: B008 - frozen
    return outcome(*people, **how).papers(whom)


def lines(table: Table) -> list[tuple[Any, ...]]:
    names = ("village", "name", "identity", "items", "months", "amount")
    return [tuple(row[table.index(name)] for name in names) for row in table.rows]


ITEM, MARCH = "村干部报酬（基本报酬）", "2026-03"
OF_ONE = ("第1村", "李秀英", cadre(1).identity, ITEM, MARCH, 2000_00)
OF_TWO = ("河西村", "王志强", cadre(2).identity, ITEM, MARCH, 2000_00)
OF_THREE = ("第3村", "赵桂兰", cadre(3).identity, ITEM, MARCH, 451_61 + 1354_84)
OF_FOUR = ("第4村", "陈永福", cadre(4).identity, ITEM, MARCH, 2000_00)


def test_whoever_the_bank_cannot_pay_signs_once_in_the_list_of_the_township() -> None:
    made = papers(*PEOPLE, by=DAYS)
    assert {town: lines(table) for town, table in made.receipts} == {
        "望河乡": [OF_FOUR],
        "青禾镇": [OF_TWO, OF_THREE],
    }
    assert [table.title for _, table in made.receipts] == [
        "2026年3月村干部报酬发放清册（望河乡）",
        "2026年3月村干部报酬发放清册（青禾镇）",
    ]


def test_on_request_everybody_or_whoever_was_chosen_by_any_row_signs() -> None:
    made = papers(*PEOPLE, by=DAYS, whom=WrittenFor(everybody=True))
    assert {town: lines(table) for town, table in made.receipts} == {
        "望河乡": [OF_FOUR],
        "青禾镇": [OF_TWO, OF_ONE, OF_THREE],
    }
    chosen = papers(*PEOPLE, by=DAYS, whom=WrittenFor(lines=[PEOPLE[0].row.line, PEOPLE[3].row.line]))
    assert [(town, lines(table)) for town, table in chosen.receipts] == [("青禾镇", [OF_ONE, OF_THREE])]


def test_months_and_items_of_one_person_stand_in_one_line() -> None:
    by = with_policy(dual={"clause": "兼", "percent": 130}, performance=None)
    made = papers(cadre(1, post="书记兼会计", account=""), by=by, month="2026Q2")
    ((_, table),) = made.receipts
    both = f"{ITEM}、村干部报酬（兼职加发）"
    assert [line[3:] for line in lines(table)] == [(both, "2026-04至2026-06", 3 * 2600_00)]


def test_the_letter_asks_for_each_item_and_counts_each_person_once() -> None:
    by = with_policy(dual={"clause": "兼", "percent": 130}, performance=None)
    people = [cadre(1, post="书记兼会计"), cadre(2, account=""), cadre(3, account="", started="2026-04-01")]
    asked = papers(*people, by=by).request
    assert asked and asked.title == "关于申请拨付2026年3月村干部报酬资金的报告"
    table, words = asked.table, "".join(heading + text for heading, text in asked.paragraphs)
    assert [column.title for column in table.columns] == ["序号", "项目", "人数", "本期", "补发", "申请金额"]
    assert [row[1:] for row in table.rows] == [
        (ITEM, 2, 4000_00, 0, 4000_00),
        ("村干部报酬（兼职加发）", 1, 600_00, 0, 600_00),
    ]
    edition = by.editions[0]
    assert f"根据《{edition.title}》（{edition.document}），2026年3月村干部报酬已核定" in words
    assert "共发放 2 人，申请资金 4,600.00 元" in words and "领取几项的有 1 人" in words
    assert "通过银行代发 1 人 2,600.00 元；没有有效账户、另行发放的 1 人 2,000.00 元" in words


def test_where_nothing_is_paid_nothing_is_asked_for_and_nobody_signs() -> None:
    made = papers(cadre(1, kind="选派"), whom=WrittenFor(everybody=True))
    assert (made.request, made.receipts) == (None, ())
