"""What stands at the edge of a rule on contracts: days that only just follow, what a class is called, and what is given back."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.contracts.policy import Allowance, GivenBack, Renewal, SettlingIn
from sanchuang_cli.outcome import Outcome
from tests.ledger.county import account
from tests.programmes.contracts import changed, column, contract, default, ledger, outcome, told

CLASSES: list[dict[str, Any]] = [
    {"name": "一类", "also": ["一类县", "1类"], "yearly": 9000},
    {"name": "二类"},
]
LEFT: dict[str, Any] = {"left": "2026-05-10", "reason": "辞职"}


def allowance(**says: Any) -> Allowance:
    return Allowance.model_validate({"clause": "补", "classes": CLASSES} | says)


def settling(*steps: tuple[int, int], **says: Any) -> SettlingIn:
    back = [{"through": month, "percent": percent} for month, percent in steps]
    return SettlingIn.model_validate({"clause": "安", "amount": 2000, "give_back": back} | says)


@pytest.mark.parametrize(
    ("written", "name"),
    [("一类", "一类"), ("一类县", "一类"), ("１类", "一类"), (" 一 类 ", "一类"), ("二类", "二类"), ("二类县", None), ("类", None), ("", None)],
)  # fmt: skip
def test_a_class_of_counties_goes_by_each_way_of_writing_it_and_by_no_other(
    written: str, name: str | None
) -> None:
    found = allowance().of(written)
    assert (found.name if found else None) == name


def test_what_a_document_on_contracts_does_not_say() -> None:
    one = allowance()
    assert (one.starts, one.stops) == ("month_of", "month_after")
    assert (one.classes[1].also, one.classes[1].yearly) == ((), None)
    assert settling().back(1, "辞职") == 0
    assert settling().spared == ()


@pytest.mark.parametrize(("nth", "percent"), [(1, 100), (6, 100), (7, 50), (12, 50), (13, 0), (99, 0)])
def test_what_is_given_back_goes_by_the_first_step_that_reaches_the_month(nth: int, percent: int) -> None:
    rule = settling((6, 100), (12, 50), spared=("死亡",))
    assert rule.back(nth, "辞职") == rule.back(nth, "") == percent
    assert rule.back(nth, "死亡") == 0


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (GivenBack, {"through": 1, "percent": 101}), (GivenBack, {"through": 1, "percent": -1}),
        (GivenBack, {"through": 0, "percent": 1}), (Renewal, {"clause": "续", "refused": [], "warn": [], "responsible": "某"}),
        (Renewal, {"clause": "续", "refused": [], "warn": [30, 30], "responsible": "某"}),
        (Allowance, {"clause": "补", "classes": []}),
        (Allowance, {"clause": "补", "classes": [{"name": "一类"}, {"name": "二类", "also": ["1类", "１类"]}]}),
    ],
)  # fmt: skip
def test_steps_windows_and_classes_that_cannot_be_meant_are_refused(block: Any, says: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        block.model_validate(says)


def test_all_or_nothing_may_be_given_back_and_one_window_may_be_told() -> None:
    assert [GivenBack(through=1, percent=one).percent for one in (0, 100)] == [0, 100]
    assert Renewal(clause="续", refused=("不称职",), warn=(30, 90), responsible="某").warn == (30, 90)


def test_whoever_leaves_a_contract_that_the_next_one_follows_gives_nothing_back() -> None:
    first = contract(1, "2026-01-05", "2026-12-31", line=1, **LEFT)
    for again, back in (("2026-05-11", [0, 0]), ("2026-05-12", [200_000, 0])):
        run = outcome(first, contract(1, again, "2028-12-31", line=2))
        assert ledger(run, "back") == back, again
    assert ledger(outcome(first), "back") == [200_000]


def test_after_a_gap_nobody_knows_since_when_somebody_has_served_and_nothing_is_given_back() -> None:
    first = contract(1, "2025-10-01", "2025-12-31", line=1)
    for again, back in (("2026-01-01", 100_000), ("2026-01-02", 0)):
        run = outcome(first, contract(1, again, "2027-12-31", line=2, **LEFT))
        assert (ledger(run, "back"), ledger(run, "term")) == ([0, back], [1, 2])


def test_what_is_given_back_belongs_to_the_month_of_leaving() -> None:
    for period, back in (("2026-04", 0), ("2026-05", 200_000), ("2026-06", 0)):
        who = contract(started="2026-01-05", **LEFT if period != "2026-04" else {})
        assert ledger(outcome(who, period=period), "back") == [back]


@pytest.mark.parametrize(
    ("accounts", "codes"),
    [((account(1), account(1)), []), (("", account(1)), []), ((account(1), account(2)), ["accounts-differ"] * 2)],
)  # fmt: skip
def test_contracts_of_one_person_have_one_account_and_a_blank_one_says_nothing(
    accounts: tuple[str, str], codes: list[str]
) -> None:
    spans = ("2023-01-01", "2025-12-31"), ("2026-01-01", "2028-12-31")
    rows = [
        contract(1, *span, line=at, account=own)
        for at, (span, own) in enumerate(zip(spans, accounts, strict=True), 1)
    ]
    assert told(outcome(*rows)) == codes


def test_contracts_that_may_overlap_by_a_vague_day_only_do_so_where_they_must() -> None:
    """The second begins some day of March, the first ends on the 30th or the 31st."""
    second = contract(1, "2026-03", "2028-12-31", line=2)
    assert "overlap" not in told(outcome(contract(1, "2024-01-01", "2026-03-30", line=1), second))
    assert "overlap" in told(outcome(contract(1, "2024-01-01", "2026-03-31", line=1), second))


@pytest.mark.parametrize(
    ("third", "codes", "terms"),
    [
        ("2026-01-01", [], [1, 2, 3]),
        ("2025-12-31", ["overlap", "overlap", "other-row"], []),
        ("2022-12-31", ["overlap"] * 4, []),
    ],
)
def test_of_three_contracts_of_one_person_each_is_compared_with_each(
    third: str, codes: list[str], terms: list[int]
) -> None:
    """The third may overlap with the second, or with both others, which are sound beside each other."""
    spans = ("2020-01-01", "2022-12-31"), ("2023-01-01", "2025-12-31"), (third, "2028-12-31")
    run = outcome(*(contract(1, *span, line=at) for at, span in enumerate(spans, 1)))
    assert (sorted(told(run)), ledger(run, "term")) == (sorted(codes), terms)
    assert run.tally.set_aside == 3 * bool(codes)


def test_only_a_grade_that_a_deadline_needs_is_missed() -> None:
    soon, late = (contract(n, "2024-01-01", end) for n, end in ((1, "2026-12-30"), (2, "2027-12-31")))
    graded = contract(3, "2024-01-01", "2026-12-30", grade="称职")
    run = outcome(soon, late, graded, period="2026-12", on=date(2026, 12, 1))
    assert [(one.code, one.message) for one in run.findings] == [
        ("graduates.grade-missing", "甲01：合同 2026-12-30 期满，没有填考核等次")
    ]


def test_a_class_that_one_of_the_editions_of_the_period_does_not_list_is_unknown() -> None:
    """The three-year contract is asked about in the year in which the second document drops the class."""
    without = changed(
        'name = "三类"', 'name = "丙类"', ('also = ["三类县", "3类"]', 'also = ["丙"]')
    ).editions[0]
    first = default().editions[0]
    by = type(default())(
        "试.toml", "0" * 64, (first, without.model_copy(update={"effective": date(2026, 7, 1)}))
    )
    for period, codes in (
        ("2025", []),
        ("2026H1", []),
        ("2026", ["class-unknown"]),
        ("2026H2", ["class-unknown"]),
    ):
        assert (
            told(outcome(contract(started="2025-01-01", ended="2027-12-31"), period=period, by=by)) == codes
        )


def test_who_came_and_who_served_to_the_end_on_the_first_or_last_day_did_so_in_the_period() -> None:
    rows = [
        contract(1, started="2026-10-01"), contract(2, started="2026-09-30"), contract(3, started="2026-10-31"),
        contract(4, "2024-01-01", "2026-10-01"), contract(5, "2024-01-01", "2026-09-30"),
    ]  # fmt: skip
    run = outcome(*rows, period="2026-10")
    changes = dict(zip(column(run, "变更表", "name"), column(run, "变更表", "change"), strict=True))
    assert changes == {"甲01": "到岗", "甲03": "到岗", "甲04": "期满"}


@pytest.mark.parametrize(("again", "gap"), [("2026-04-01", []), ("2026-04-02", ["gap"]), ("2026-04", [])])
def test_a_contract_that_begins_on_the_day_after_the_one_before_leaves_no_gap(
    again: str, gap: list[str]
) -> None:
    run = outcome(contract(1, "2025-01-01", "2026-03-31", line=1), contract(1, again, "2027-05-31", line=2))
    assert told(run) == gap


def test_a_contract_whose_row_could_not_be_used_holds_back_the_others_however_its_number_is_typed() -> None:
    number = contract(1).identity
    typed = f"{number[:6]} {number[6:]}"
    unread = contract(1, "2020-01-01", "2022-12-31", line=2, identity=typed).row
    assert told(outcome(contract(1, line=1), unread=[unread])) == ["other-row"]


def _april(last: list[dict[str, Any]] | None) -> Outcome:
    """April, where a departure in February is on the roster. last: the lines of the result before."""
    left = contract(started="2026-01-10", ended="2029-01-09", left="2026-02-20", reason="辞职")
    return outcome(left, period="2026-04", last=last)


def _last(**line: Any) -> list[dict[str, Any]]:
    who = contract(started="2026-01-10")
    return [{"identity": who.identity, "started": who.started, **line}]


def test_settling_in_of_a_departure_that_is_told_late_is_listed_once_by_the_first_result_that_knows() -> None:
    found = [
        _april(last) for last in (_last(part="在岗"), _last(part="离岗", back=2000_00), _last(part="离岗"))
    ]
    assert [ledger(run, "back") for run in found] == [[2000_00], [0], [0]]
    assert [column(run, "应退安家费", "back") for run in found] == [[2000_00], [], []]
    assert [told(run) for run in found] == [[], [], []]


def test_without_a_result_before_it_is_told_what_is_to_be_given_back_of_an_earlier_departure() -> None:
    run = _april(None)
    assert (ledger(run, "back"), told(run)) == ([0], ["left-before"])
    assert run.findings[0].message == "甲01：2026-02-20 离岗，在本期以前，应退安家费 2000.00 元没有列进本期"


def test_a_late_departure_of_which_nothing_is_to_be_given_back_is_no_question() -> None:
    rows = (
        contract(1, "2025-01-10", left="2026-02-20", reason="辞职"),
        contract(2, "2026-01-10", left="2026-02-20", reason="死亡"),
    )
    run = outcome(*rows, period="2026-04")
    assert (ledger(run, "back"), told(run)) == ([0, 0], [])
