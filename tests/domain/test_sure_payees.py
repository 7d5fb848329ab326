"""By which rows somebody is paid for sure: one payee is one name, one account and one bank; one account and one number are one person."""

from typing import Any

import pytest

from sanchuang_cli.domain.payees import organisation
from sanchuang_cli.domain.payroll.sure_payees import PaidRow, findings
from sanchuang_cli.domain.people import Person
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Payee
from sanchuang_cli.record import Row, Source
from tests.programmes.people import identity

CARD, BOOK = "6222021234567890128", "10203040506070"
NAMES = ("township", "village", "name", "identity", "bank", "account")
HEADINGS = ("乡镇", "村", "姓名", "身份证号", "开户行", "银行账号")
REMARKS = ((len(NAMES) + 1, "备注"),)
SAME_DAY = identity("1942-03-10", number=2)
"""Another number of somebody of the same sex who was born on the day of `row`."""


def row(line: int = 1, due: bool = True, **said: Any) -> PaidRow:
    """A row of somebody, unless told otherwise."""
    plain: dict[str, Any] = {"township": "青禾镇", "village": "河西村", "name": "王秀英", "bank": "农商行"}
    plain |= {"identity": identity("1942-03-10"), "account": CARD, "remark": "", **said}
    columns = {name: (at, HEADINGS[at - 1]) for at, name in enumerate(NAMES, 1)}
    cells = tuple(plain[name] for name in (*NAMES, "remark"))
    read = Row(Source("册.xlsx", "表", columns, remarks=REMARKS), line, cells)
    who = Person(row=read, **{name: plain[name] for name in NAMES[:4]})
    to = Payee(plain["identity"], plain["name"], plain["account"], plain["bank"], plain["township"], plain["village"], read.place())  # fmt: skip
    return PaidRow(who, to, due)


def body(line: int = 1, due: bool = True, **said: Any) -> PaidRow:
    """The same of an organisation."""
    key = organisation(county=said.pop("county", "A1"))
    made = row(line, due, **said)
    return made._replace(payee=made.payee._replace(key=key))


def told(*rows: PaidRow) -> list[tuple[str, str]]:
    """Code and cell of each finding."""
    return [(one.finding.code, one.finding.place.cell) for one in findings(rows)]


@pytest.mark.parametrize(
    ("other", "code", "column"),
    [
        ({"name": "王秀兰"}, "one-number", "C"),
        ({"account": BOOK}, "accounts-differ", "F"),
        ({"bank": "信用社"}, "banks-differ", "E"),
    ],
)
def test_rows_of_one_payee_that_name_or_pay_differently_are_all_told_with_the_cells_of_the_others(
    other: dict[str, Any], code: str, column: str
) -> None:
    for made in (row, body):
        found = list(findings([made(1), made(2, **other), made(3)]))
        assert [(one.finding.code, one.finding.place.cell) for one in found] == [
            (code, f"{column}{line}") for line in (1, 2, 3)
        ]
        assert {one.finding.severity for one in found} == {Severity.ERROR}
        assert all(one.row is not None for one in found), "each sets its row aside"
        cells = [[f"{column}{line}" in one.finding.message for line in (1, 2, 3)] for one in found]
        assert cells == [[False, True, False], [True, False, True], [False, True, False]]


def test_what_a_row_does_not_say_contradicts_nothing() -> None:
    assert not told(row(1), row(2, account="", bank=""))
    assert not told(row(1), row(2, bank=" 农商行 ")), "spaces say nothing"


def test_where_money_goes_matters_only_where_some_is_due_and_a_number_always() -> None:
    assert not told(row(1, due=False), row(2, due=False, account=BOOK, bank="信用社"))
    assert len(told(row(1, due=False), row(2, account=BOOK))) == 2, "the other row is the payee's too"
    assert len(told(row(1, due=False), row(2, due=False, name="王秀兰"))) == 2


def test_an_account_of_two_people_is_nobodys() -> None:
    other: dict[str, Any] = {"name": "李保国", "identity": identity("1950-05-06")}
    assert told(row(1), row(2, **other)) == [("shared-account", "F1"), ("shared-account", "F2")]
    assert not told(row(1, due=False), row(2, due=False, **other))
    assert not told(row(1, account=""), row(2, **other | {"account": ""}))


def test_an_account_that_a_township_keeps_for_several_organisations_is_theirs_but_no_persons() -> None:
    assert not told(body(1), body(2, county="A2", name="河东村"))
    assert told(body(1), row(2)) == [("shared-account", "F1"), ("shared-account", "F2")]


def test_one_name_and_birth_date_in_one_village_under_two_numbers_is_set_aside() -> None:
    """An old number of fifteen digits has no check digit: a slip in it gives another person's number."""
    found = list(findings([row(1), row(2, identity=SAME_DAY, account=BOOK)]))
    assert [(one.finding.code, one.finding.place.cell) for one in found] == [
        ("two-numbers", "D1"),
        ("two-numbers", "D2"),
    ]
    assert {one.finding.severity for one in found} == {Severity.ERROR}
    assert "D2" in found[0].finding.message and "D1" in found[1].finding.message
    assert not told(row(1, due=False), row(2, due=False, identity=SAME_DAY, account=BOOK))


@pytest.mark.parametrize("village", ["河 西 村", "河西", "河西村委会", " 河西村"])
def test_a_village_is_one_however_it_is_written(village: str) -> None:
    rows = [row(1), row(2, identity=SAME_DAY, account=BOOK, village=village)]
    assert told(*rows) == [("two-numbers", "D1"), ("two-numbers", "D2")]


def test_one_name_and_birth_date_elsewhere_is_a_warning() -> None:
    there: dict[str, Any] = {"identity": SAME_DAY, "account": BOOK}
    for home in ({"village": "河东村"}, {"township": "望河乡"}, {"village": ""}):
        found = list(findings([row(1), row(2, **there | home)]))
        assert [(one.finding.code, one.finding.severity) for one in found] == [
            ("namesakes", Severity.WARNING)
        ] * 2
    third = row(3, **there | {"village": "河东村", "account": ""})
    assert told(row(1), row(2, **there), third) == [
        ("two-numbers", "D1"),
        ("two-numbers", "D2"),
        ("namesakes", "D3"),
    ]


def test_two_people_of_one_name_birth_date_and_village_are_paid_once_each_row_says_so() -> None:
    said: dict[str, Any] = {"remark": "和四组的王秀英不是同一人"}
    two = [row(1, **said), row(2, identity=SAME_DAY, account=BOOK, **said)]
    assert told(*two) == [("namesakes", "D1"), ("namesakes", "D2")], "a person still looks at it"
    one = row(2, identity=SAME_DAY, account=BOOK)
    assert told(two[0], one) == [("two-numbers", "D1"), ("two-numbers", "D2")], "one row alone may be a slip"


@pytest.mark.parametrize(
    ("remark", "apart"),
    [
        ("不是同一人", True),
        ("与本村另一王秀英并非同一个人", True),
        ("同名不同人", True),
        ("已核实，确是两个人", True),
        ("确系二人", True),
        ("是否不是同一人待查", False),
        ("是不是同一人，待核实", False),
        ("是否确是两个人", False),
        ("可能不是同一人", False),
        ("不是同一人？", False),
        ("经核实不是同一人", True),
        ("应该不是同一人", False),
        ("据说不是同一人", False),
        ("不是同一人，请核实", False),
        ("不是同一人（未核实）", False),
        ("无法确认不是同一人", False),
        ("如果不是同一人再发", False),
        ("卡主和本人不是同一人", False),
        ("是同一人", False),
        ("家里两个人", False),
        ("", False),
    ],
)
def test_only_a_plain_word_says_that_they_are_two_people(remark: str, apart: bool) -> None:
    rows = [row(1, remark=remark), row(2, identity=SAME_DAY, account=BOOK, remark=remark)]
    assert ("two-numbers" not in dict(told(*rows))) is apart


def test_rows_of_one_person_are_no_namesakes() -> None:
    assert not told(row(1), row(2), row(3, village="河东村"))


def test_others_of_one_name_or_one_birth_date_are_not_told() -> None:
    later: dict[str, Any] = {"identity": identity("1942-03-11"), "account": BOOK}
    assert not told(row(1), row(2, **later))
    assert not told(row(1), row(2, name="王秀兰", identity=SAME_DAY, account=BOOK))
    assert not told(body(1), body(2, county="A2")), "two organisations of one name are told by their codes"
