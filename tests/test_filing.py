"""Conservation counts rows and never subtracts: a tally that is wrong cannot be made."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.rating import judging, quotas
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.judging import Company, Judged
from sanchuang_cli.programmes.rate import judging as rating
from sanchuang_cli.record import Record, Roster, Row, Source
from sanchuang_cli.tally import filed, told
from tests.programmes import people, ratings

SOURCE = Source("名册.xlsx", "Sheet1", {})


def rows(count: int) -> list[Row]:
    return [Row(SOURCE, number, ()) for number in range(2, count + 2)]


def error(row: Row, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("test.odd", severity, "不对", row.place())


def roster(records: list[Row], set_aside: list[Row] | None = None) -> Roster[Any]:
    return Roster(tuple(Record(row=row) for row in records), tuple(set_aside or []))


def test_a_tally_is_counted_from_the_rows() -> None:
    one, two, three, four = rows(4)
    tally = filed(
        roster([one, two, three], [four]), {"发放": [two], "不予发放": [one]}, [three], [error(three)]
    )
    assert str(tally) == "读取 4 = 发放 1 + 不予发放 1 + 待核实 2"
    assert (tally.read, tally.used, tally.set_aside) == (4, 2, 2)


def test_a_row_that_was_lost_is_named() -> None:
    one, two = rows(2)
    with pytest.raises(AssertionError, match="第3行 was lost"):
        filed(roster([one, two]), {"发放": [one]}, [], [])


@pytest.mark.parametrize("again", ["发放", "不予发放", "待核实"])
def test_a_row_that_was_filed_twice_is_named_although_the_sum_is_right(again: str) -> None:
    one, two = rows(2)
    parts: dict[str, list[Row]] = {"发放": [one], "不予发放": []}
    if again in parts:
        parts[again].append(one)
    with pytest.raises(AssertionError, match="第2行 was filed twice"):
        filed(roster([one, two]), parts, [one] if again == "待核实" else [], [error(one)])


def test_a_row_that_nobody_read_is_named() -> None:
    one, two = rows(2)
    with pytest.raises(AssertionError, match="nobody read"):
        filed(roster([one]), {"发放": [one, two]}, [], [])


@pytest.mark.parametrize("severity", [None, Severity.WARNING, Severity.NOTE])
def test_a_row_set_aside_without_an_error_at_its_place_is_named(severity: Severity | None) -> None:
    one, two = rows(2)
    findings = [error(two)] + ([error(one, severity)] if severity else [])
    with pytest.raises(AssertionError, match="第2行 was set aside without an error"):
        filed(roster([one, two]), {"发放": [two]}, [one], findings)
    with pytest.raises(AssertionError, match="第2行"):
        told([one], findings)


@given(st.lists(st.sampled_from(["a", "b", "aside"]), max_size=20), st.data())
def test_any_filing_that_moves_one_row_is_refused(places: list[str], data: st.DataObject) -> None:
    read = rows(len(places))
    parts = {what: [row for row, at in zip(read, places, strict=True) if at == what] for what in ("a", "b")}
    aside = [row for row, at in zip(read, places, strict=True) if at == "aside"]
    findings = [error(row) for row in aside]
    tally = filed(roster(read), parts, aside, findings)
    assert (tally.read, tally.set_aside) == (len(read), len(aside))
    if parts["a"]:
        lost = data.draw(st.sampled_from(parts["a"]))
        left = {"a": [row for row in parts["a"] if row is not lost], "b": parts["b"]}
        with pytest.raises(AssertionError):
            filed(roster(read), left, aside, findings)
        with pytest.raises(AssertionError):
            filed(roster(read), left | {"b": [*parts["b"], lost, lost]}, aside, findings)


def without_the_last(found: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, with the last of the first list that it gives lost."""

    def lossy(*words: Any) -> Any:
        first, *rest = found(*words)
        return first[:-1], *rest

    return lossy


def test_a_row_that_rate_loses_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rating, "within_quotas", without_the_last(quotas.within_quotas))
    with pytest.raises(AssertionError, match="第5行 was lost"):
        ratings.outcome(ratings.organisation(1), ratings.organisation(2))


def test_a_row_that_rate_leaves_without_a_verdict_or_a_word_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_judged", lambda one, at: Judged(one, None))
    with pytest.raises(AssertionError, match="第4行 was lost"):
        ratings.outcome(ratings.organisation(1))


def test_a_row_that_subsidies_loses_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = Company.standing
    monkeypatch.setattr(Company, "standing", lambda *words: standing(*words)[:-1])
    with pytest.raises(AssertionError, match="was lost"):
        people.run(people.member(1), people.member(2))


def test_a_row_that_subsidies_leaves_out_without_an_error_against_it_stops_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Company, "standing", lambda *words: [])
    with pytest.raises(AssertionError, match="was lost"):
        people.run(people.member(1))
