"""What holds of any village, candidate and election."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.leaders.gates import Gate, GateLine
from sanchuang_cli.domain.leaders.tenures import IN_OFFICE, PROPOSED, VACANT, served
from sanchuang_cli.period import VagueDate
from tests.programmes.incumbents import (
    day,
    election,
    fates,
    judged,
    nominee,
    secretary,
    tenure,
    vacancy,
    votes,
)

DAYS = st.dates(date(2012, 1, 1), date(2026, 11, 28))
NAMES = ("张建国", "李秀英", "王志强", "赵敏")
few = settings(max_examples=40)


@few
@given(DAYS)
def test_a_term_of_whole_years_begins_again_on_the_eve_of_its_day(began: date) -> None:
    ends = tenure(secretary(本届起=began.isoformat())).ends
    assert ends
    next_one = ends.latest + timedelta(1)
    years = next_one.year - began.year
    assert years == (3 if began < date(2018, 7, 12) else 5)
    assert (next_one.month, min(next_one.day, 28)) == (began.month, min(began.day, 28)) or began.day > 28


@few
@given(DAYS, st.integers(0, 120))
def test_a_vacancy_is_proposed_once_three_months_are_over_and_stays_so(since: date, more: int) -> None:
    parts = [tenure(vacancy(since=since.isoformat()), on=since + timedelta(more + n)).part for n in range(2)]
    assert set(parts) <= {VACANT, PROPOSED}
    assert parts != [PROPOSED, VACANT]
    assert (parts[0] == PROPOSED) >= (more > 92) and (parts[0] == VACANT) >= (more < 89)


@few
@given(st.integers(0, 60), st.integers(0, 60))
def test_satisfaction_is_compared_in_whole_numbers(satisfied: int, valid: int) -> None:
    found = judged(secretary(满意票=satisfied, 有效票=valid))
    if satisfied > valid:
        assert not found.of()
    else:
        assert (found.of()[0].part == PROPOSED) == (satisfied * 100 < valid * 60)
        assert found.of()[0].part in (IN_OFFICE, PROPOSED)


@few
@given(st.lists(st.integers(0, 32), min_size=1, max_size=4), st.integers(1, 4))
def test_nobody_below_half_is_elected_and_no_more_than_there_are_seats(cast: list[int], seats: int) -> None:
    named: dict[str, Any] = dict(zip(NAMES, cast, strict=False))
    found = fates(election(应选=seats), *votes(**named))
    elected = [name for name, fate in found.items() if fate == "当选"]
    assert len(elected) <= seats and all(named[name] * 2 > 32 for name in elected)
    assert all(named[name] >= named[other] for name in elected for other in found if other not in elected)


@few
@given(st.permutations([0, 1, 2, 3, 4]))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    rows = [
        secretary(1),
        vacancy(2),
        secretary(3, 村="河西2村", 任现职时间="2026-09-01"),
        nominee(1),
        nominee(2),
    ]
    straight, turned = judged(*rows), judged(*(rows[at] for at in order))
    for roster in ("secretaries", "candidates"):
        sides = [
            [(one.record.name, one.part) for one in whole.of((), roster)] for whole in (straight, turned)
        ]
        assert sides[0] == sides[1]
    assert {str(one) for one in straight.findings} == {str(one) for one in turned.findings}


@few
@given(st.dates(date(1990, 1, 1), date(2026, 11, 28)))
def test_service_grows_by_the_day(start: date) -> None:
    def months(on: date) -> int:
        years, _, rest = served(VagueDate.on(start), on).partition("年")
        return int(years) * 12 + int(rest.removesuffix("个月"))

    on = date(2026, 11, 28)
    assert months(on) <= months(on + timedelta(1)) <= months(on) + 1
    assert served(day("2027"), on) == ""


def test_bounds_of_a_gate_are_whole_people() -> None:
    gate = Gate(name="妇女", clause="六", least=Fraction(3, 10), most=Fraction(1, 2), places=4)
    assert [GateLine(gate, "全县", of, 0).bounds for of in (0, 1, 3, 10)] == [(0, 0), (1, 0), (1, 1), (3, 4)]
