"""An organisation is one payee, whatever code or name it has; components are owed, paid and taken back each by
itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.domain.payees import is_organisation, organisation
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.entrylist import entries_page
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.listing import balance_page, batch_pages
from sanchuang_cli.ledger.pages import bank_page, comparison_page, lines_page, summary_page
from sanchuang_cli.ledger.payee_ids import Register, key_of
from sanchuang_cli.outcome import Claimant
from tests.ledger import county
from tests.ledger.county import (
    MAKER,
    account,
    claimant,
    entitled,
    in_parts,
    number,
    paid,
    propose,
    send,
    sound,
)

pytestmark = pytest.mark.usefixtures("database")

JULY, AUGUST = {"2026-07": 300_00}, {"2026-07": 300_00, "2026-08": 300_00}
CODE = "91110000802100433B"
BY_NAME = organisation(township="青禾镇", name="河西村合作社")
OTHER = organisation(township="青禾镇", name="河东村合作社")


def society(
    key: str = BY_NAME, name: str = "河西村合作社", due: dict[str, int] = JULY, card: str = account(1)
) -> Claimant:
    return claimant(1, due, key=key, name=name, account=card)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger on which a society known by its name has been paid July."""
    made = county.new(tmp_path)
    number = propose(made, "2026-07", entitled(society())).batches["payment"]
    send(made, number, tmp_path / "out")
    batches.confirm(made, number, MAKER)
    return made


def codes(ledger: Ledger, period: str, *people: Claimant) -> tuple[dict[str, int], list[str]]:
    made = propose(ledger, period, entitled(*people))
    return made.batches, [finding.code for finding in made.comparison.findings]


# -------------------------------------------------------------------- keys


def test_what_is_typed_is_a_person_s_number_or_an_organisation_s_key() -> None:
    for key in (f"信用代码:{CODE}", "编码:0103", BY_NAME):
        assert (key_of(key), is_organisation(key)) == (key, True)
        assert key_of(f" {key.replace(':', '：', 1)} ") == key
    assert key_of(CODE.lower()) == f"信用代码:{CODE}"
    assert (key_of(number(1)), is_organisation(number(1))) == (number(1), False)
    for wrong in ("信用代码:123", "名称:青禾镇", "编码:", "12345"):
        with pytest.raises(UserError, match="核对"):
            key_of(wrong)


# -------------------------------------------------------------------- one payee


def test_an_organisation_is_paid_once_and_its_correction_made_good(ledger: Ledger, tmp_path: Path) -> None:
    assert codes(ledger, "2026-07", society()) == ({}, [])
    comparison = propose(ledger, "2026-07", entitled(society(due={"2026-07": 310_00}))).comparison
    assert [(change.fen, change.month) for change in comparison.pay] == [(10_00, "2026-07")]
    sound(ledger)


@pytest.mark.parametrize(
    ("renamed", "code"),
    [
        (society(f"信用代码:{CODE}", due=AUGUST, card=account(9)), "ledger.known-name"),
        (society(OTHER, "河东村合作社", AUGUST), "ledger.known-account"),
        (society(f"信用代码:{CODE}", "河西村集体经济组织", AUGUST), "ledger.known-account"),
    ],
    ids=["a code at last", "another name", "both at once"],
)
def test_a_rename_is_not_paid_until_it_is_said_to_be_one(
    ledger: Ledger, renamed: Claimant, code: str
) -> None:
    made = propose(ledger, "2026-08", entitled(renamed))
    assert made.batches == {}
    (doubt,) = (each for each in made.comparison.findings if each.code == code)
    assert (
        "sanchuang ledger same 旧代码 新代码" in doubt.mend and "改名" in doubt.mend
    ) or "组织" in doubt.mend
    with ledger.writing() as connection:
        Register(connection).join(BY_NAME, renamed.payee.key, replace(MAKER, note="更名批复"))
    comparison = propose(ledger, "2026-08", entitled(renamed)).comparison
    assert [(each.fen, each.month) for each in comparison.pay] == [(300_00, "2026-08")]
    sound(ledger)


def test_one_that_is_another_is_paid_when_that_is_said(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        Register(connection).part(OTHER, replace(MAKER, note="新设"))
    assert codes(ledger, "2026-07", society(OTHER, "河东村合作社"))[0] == {"payment": 2}
    sound(ledger)


def test_organisations_may_share_an_account_that_a_township_keeps_and_people_may_not(ledger: Ledger) -> None:
    both = society(), society(OTHER, "河东村合作社")
    assert codes(ledger, "2026-07", *both) == ({"payment": 2}, [])
    batches.cancel(ledger, 2, MAKER)
    person = claimant(1, JULY)
    assert codes(ledger, "2026-07", society(), person) == ({}, ["ledger.known-account"])
    third = society("编码:03", "河北村合作社", card=account(5))
    new = third, claimant(5, JULY)
    assert codes(ledger, "2026-07", society(), *new) == ({}, ["ledger.alike"] * 2)


def test_a_person_s_account_is_not_an_organisation_s(ledger: Ledger, tmp_path: Path) -> None:
    send(
        ledger,
        propose(ledger, "2026-07", entitled(society(), claimant(7, JULY))).batches["payment"],
        tmp_path / "b",
    )
    both = society(), claimant(7, JULY), society(OTHER, "河东村合作社", card=account(7))
    assert codes(ledger, "2026-07", *both) == ({}, ["ledger.known-account"])


def test_a_person_and_an_organisation_are_never_joined(ledger: Ledger) -> None:
    for old, new in ((BY_NAME, number(1)), (BY_NAME, number(2))):
        with pytest.raises(UserError, match="一个是人，一个是组织"), ledger.writing() as connection:
            Register(connection).join(old, new, replace(MAKER, note="错"))
    with pytest.raises(UserError, match="台账上没有编码:99"), ledger.writing() as connection:
        Register(connection).join("编码:99", BY_NAME, replace(MAKER, note="错"))


def test_two_codes_of_one_organisation_on_a_roster_are_not_paid(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        Register(connection).join(BY_NAME, f"信用代码:{CODE}", replace(MAKER, note="登记证"))
    both = society(due=AUGUST), society(f"信用代码:{CODE}", due=AUGUST)
    assert codes(ledger, "2026-08", *both) == ({}, ["ledger.twice"] * 2)


def test_an_organisation_that_vanishes_is_named_and_nothing_is_asked_back(ledger: Ledger) -> None:
    made = propose(ledger, "2026-07", entitled())
    (gone,) = made.comparison.findings
    assert (made.batches, gone.code, gone.vanished) == ({}, "ledger.absent", True)
    assert "改了名称、代码的：sanchuang ledger same" in gone.mend


# -------------------------------------------------------------------- components


def test_components_are_made_good_and_asked_back_each_by_itself(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    person_in_parts = in_parts(claimant(1, JULY))
    first = propose(ledger, "2026-07", entitled(person_in_parts)).batches["payment"]
    send(ledger, first, tmp_path / "out")
    batches.confirm(ledger, first, MAKER)
    with ledger.reading() as connection:
        sums = {key.component: each.fen for key, each in posted(connection, "subsidies").items()}
    assert sums == {"基本": 200_00, "绩效": 100_00}
    basic, more = person_in_parts.due
    comparison = propose(
        ledger, "2026-07", entitled(person_in_parts._replace(due=(basic, more._replace(fen=80_00))))
    ).comparison
    assert [(each.component, each.fen) for each in comparison.claim] == [("绩效", -20_00)]
    assert comparison.pay == () and comparison.unchanged == 1
    assert [row[:2] for row in balance_page(ledger, ["component"]).rows] == [("基本", 1), ("绩效", 1)]
    sound(ledger)


# -------------------------------------------------------------------- pages


def test_pages_show_codes_and_components_where_there_are_any(ledger: Ledger) -> None:
    claimants = in_parts(society(due=AUGUST)), in_parts(claimant(5, JULY))
    number_ = propose(ledger, "2026-08", entitled(*claimants)).batches["payment"]
    with ledger.reading() as connection:
        lines = batches.lines_of(connection, number_)
    page, _ = batch_pages(ledger, number_)
    heads = [column.title for column in page.columns]
    assert heads[4:6] == ["身份证号", "组织代码"] and heads[-2:] == ["其中/基本", "其中/绩效"]
    for row in page.rows:
        assert (row[4] is None) == (row[5] == BY_NAME)
        assert sum(row[-2:]) == row[heads.index("实发金额")]
    for table in (lines_page("清单", lines), bank_page("清单", lines), entries_page(ledger)):
        assert table and {column.title for column in table.columns} >= {"身份证号", "组织代码"}
        assert not any(is_organisation(str(row[table.index("identity")])) for row in table.rows)
    assert {row[6] for row in lines_page("清单", lines).rows} == {"补贴（基本）", "补贴（绩效）"}
    bank = bank_page("清单", lines)
    assert bank and {row[-1] for row in bank.rows} == {"补贴（基本）、补贴（绩效）"}
    assert entries_page(ledger, BY_NAME).rows == entries_page(ledger, "河西村合作社").rows


def test_pages_of_people_without_components_are_as_they_were(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    propose(ledger, "2026-07", entitled(claimant(1, JULY)))
    page, _ = batch_pages(ledger, 1)
    assert [column.title for column in page.columns][4:] == [
        "身份证号", "开户行", "账号", "本期", "补发", "抵扣", "实发金额",
    ]  # fmt: skip
    changes = comparison_page("比较", [("镇", "村", "名", number(1), "补贴", "2026-07", 1, "本期")], 0, 0)
    assert [column.kind for column in changes.columns].count(Kind.IDENTITY) == 1
    assert "组织代码" not in [column.title for column in changes.columns]
    assert paid(ledger) == {}


def test_what_waits_is_not_said_to_be_in_a_batch() -> None:
    """Some of it is not known yet: performance without a grade, months before a contract that is not the first."""
    page, summary = comparison_page("比较", [], 3, 2), summary_page([], 3, 2)
    assert "已在未了结的批次里或这次说不准、留待以后比较的 2 项" in page.notes[-1]
    assert ("留待以后比较", 2, None) in summary.rows


def test_of_several_organisations_on_one_account_the_name_tells_whose_payment_came_back(
    ledger: Ledger, tmp_path: Path
) -> None:
    """A bank may have put asterisks for some characters of a name."""
    late = {"2026-08": 300_00}
    both = society(due=AUGUST), society(OTHER, "河东村合作社", late)
    batch = propose(ledger, "2026-08", entitled(*both)).batches["payment"]
    send(ledger, batch, tmp_path / "again")
    for name, said in (
        ("河北村合作社", "这个账号的户名是河东村合作社、河西村合作社"),
        ("", "批次里有几笔都像它"),
        ("河*村合作社", "批次里有几笔都像它"),
    ):
        with pytest.raises(UserError) as refusal:
            county.returned(ledger, batch, [(name, account(1), 300_00)])
        assert str(refusal.value).endswith(f"，{said}")
    assert county.returned(ledger, batch, [("*东村合作社", account(1), 300_00)]).persons == 1
