"""Nobody is paid twice or by a guess, in every programme that pays: rows that name two accounts, two banks or two numbers of one
person are set aside, and each is told with the cell of the other.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes import bodies, borrowers, cadres, contracts, insured, people, visited

CARD, OTHER = cadres.account(1), cadres.account(2)
CODE = "91110000802100433B"
OFFICE = bodies.by(
    'standards = [{ name = "办公经费", clause = "第一条", amount = 10000 }]\n'
    'paid = { clause = "第二条", benefit = "经费", months = [6, 12], sharing = { clause = "第三条", method = "cumulative" } }'
)
QUARTER = Period.parse("2026Q2")
Rows = Callable[..., tuple[Outcome, Sequence[Any]]]
"""A run over two rows of one payee, each with what a mapping says of it, and the rows."""


def _subsidies(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    rows = [people.member(spells=people.TWENTY, book=f"{n}.xlsx", **one) for n, one in enumerate(said)]
    rosters: dict[str, Roster[Any]] = {"members": Roster(tuple(rows)), "spells": Roster()}
    return PROGRAMME.run(rosters, people.policies(), Occasion(QUARTER, QUARTER.last)), rows


def _pay(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    here = ({"post": "书记"}, {"post": "副主任", "village": "第1村"})
    rows = [
        cadres.cadre(1, line=n, **how, **one) for n, (how, one) in enumerate(zip(here, said, strict=True), 1)
    ]
    return cadres.outcome(*rows), rows


def _pension(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    rows = [insured.insured(1, line=n, **one) for n, one in enumerate(said, 1)]
    return insured.outcome(*rows), rows


def _graduates(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    terms = (("2023-01-01", "2025-12-31"), ("2026-01-01", "2028-12-31"))
    rows = [
        contracts.contract(1, *term, line=n, **one)
        for n, (term, one) in enumerate(zip(terms, said, strict=True), 1)
    ]
    return contracts.outcome(*rows), rows


def _fund(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    who = {"identity": borrowers.loan(1).identity, "name": "乙1"}
    rows = [borrowers.loan(n, **who | one) for n, one in enumerate(said, 1)]
    return borrowers.outcome((), rows), rows


def _visits(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    holidays = ("元旦春节", "七一")
    by = visited.changed(
        'holidays = [{ name = "元旦春节"', 'holidays = [{ name = "七一", clause = "七一前", solar = "07-01" }, { name = "元旦春节"',
        ('{ name = "老党员", amounts = { ', '{ name = "老党员", amounts = { "七一" = 300, '),
    )  # fmt: skip
    rows = [
        visited.recipient(1, line=n, holiday=day, **one)
        for n, (day, one) in enumerate(zip(holidays, said, strict=True), 1)
    ]
    return visited.outcome(recipients=rows, by=by), rows


def _budget(*said: dict[str, Any]) -> tuple[Outcome, Sequence[Any]]:
    headings = {"account": "银行账号", "bank": "开户行"}
    rows = [
        bodies.body(
            f"第{n}村",
            **{headings.get(name, name): value for name, value in one.items()},
            统一社会信用代码=CODE,
        )
        for n, one in enumerate(said, 1)
    ]
    return bodies.outcome(*rows, by=OFFICE), rows


BY_NAME = {"subsidies": _subsidies, "pay": _pay, "pension": _pension, "graduates": _graduates, "fund": _fund, "visits": _visits, "budget": _budget}  # fmt: skip
PERSONS = [name for name in BY_NAME if name != "budget"]
ACCOUNTS = {"account": CARD}, {"account": OTHER}
BANKS = {"account": CARD, "bank": "农商行"}, {"account": CARD, "bank": "信用社"}


def _sent(run: Outcome) -> int:
    return sum(len(table.rows) for table in run.payments())


def test_every_programme_that_pays_is_tried() -> None:
    assert {one.name for one in PROGRAMMES if "pays" in one.can} == BY_NAME.keys()


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize(("said", "column"), [(ACCOUNTS, "account"), (BANKS, "bank")])
def test_a_payee_with_two_accounts_or_banks_is_not_paid_and_both_rows_are_told(
    name: str, said: tuple[dict[str, Any], ...], column: str
) -> None:
    run, rows = BY_NAME[name](*said)
    assert (_sent(run), run.tally.set_aside) == (0, 2)
    for row, other in (rows, rows[::-1]):
        own = [
            one for one in run.findings if one.place.line == row.row.line and one.severity is Severity.ERROR
        ]
        assert any(
            str(other.row.place(one.place.heading and _field(other, one.place.heading))) in one.message
            for one in own
        )


def _field(record: Any, heading: str) -> str:
    columns: Mapping[str, tuple[int, str]] = record.row.source.columns
    return next(name for name, (_, said) in columns.items() if said == heading)


@pytest.mark.parametrize("name", PERSONS)
def test_a_payee_whose_rows_agree_is_paid_once(name: str) -> None:
    run, _ = BY_NAME[name](*({"account": CARD, "bank": bank} for bank in ("农商行", "")))
    tables = run.payments()
    assert tables and all(len(table.rows) == 1 for table in tables)
    assert {row[table.index("bank")] for table in tables for row in table.rows} == {"农商行"}


@pytest.mark.parametrize("name", PERSONS)
def test_one_person_under_two_numbers_is_not_paid_twice(name: str) -> None:
    _, (first, _) = BY_NAME[name](*ACCOUNTS)
    one, other = first.identity, _slip(first.identity)
    run, rows = BY_NAME[name](*({**said, "identity": number, "name": first.name} for said, number in zip(ACCOUNTS, (one, other), strict=True)))  # fmt: skip
    assert (_sent(run), run.tally.set_aside) == (0, 2)
    told = [finding for finding in run.findings if finding.code == f"{name}.two-numbers"]
    assert [str(rows[n].row.place("identity")) in told[1 - n].message for n in (0, 1)] == [True, True]


def _slip(number: str) -> str:
    """The number with another sequence, as one of fifteen digits with a slip is made eighteen."""
    body = f"{number[:14]}{(int(number[14:17]) + 2) % 998:03d}"
    return body + check_digit(body)
