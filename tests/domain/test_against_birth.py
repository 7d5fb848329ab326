"""A day of joining or of taking office is held against the birth in every roster of people, in one place."""

from collections.abc import Callable
from typing import Any

import pytest

from sanchuang_cli.finding import Severity
from tests.programmes import cadres, incumbents, pairs, payers, trainees, visited
from tests.programmes.people import identity

BORN = identity("1980-05-06")
ROSTERS: dict[str, Callable[[str], Any]] = {
    "pay": lambda day: cadres.cadre(1, identity=BORN, started=day),
    "secretaries": lambda day: incumbents.secretary(1, 身份证号=BORN, 任现职时间=day),
    "training, office": lambda day: trainees.trainee(1, identity=BORN, appointed=day),
}
JOINING: dict[str, Callable[[str], Any]] = {
    "training": lambda day: trainees.trainee(1, identity=BORN, joined=day),
    "dues": lambda day: payers.payer(1, identity=BORN, admitted=day),
    "visits": lambda day: visited.recipient(1, identity=BORN, joined=day),
    "candidates": lambda day: incumbents.nominee(1, 身份证号=BORN, 入党时间=day),
}


def codes(record: Any) -> list[str]:
    return [one.code for one in record.said_beside()]


@pytest.mark.parametrize("made", ROSTERS.values(), ids=ROSTERS)
def test_nobody_takes_office_as_a_child(made: Callable[[str], Any]) -> None:
    (error,) = made("1991-12-31").said_beside()
    assert (error.code, error.severity) == ("persons.served-too-young", Severity.ERROR)
    (warning,) = made("1998-05-05").said_beside()
    assert (warning.code, warning.severity) == ("persons.served-too-young", Severity.WARNING)
    assert codes(made("1998-05-06")) == codes(made("1998")) == []


@pytest.mark.parametrize("made", JOINING.values(), ids=JOINING)
def test_nobody_joins_before_eighteen(made: Callable[[str], Any]) -> None:
    assert codes(made("1998-05-05")) == ["persons.joined-too-young"]
    assert codes(made("1979-05-05")) == ["persons.joined-before-birth"]
    assert codes(made("1998-05-06")) == codes(made("1998")) == []


def test_a_row_that_says_so_waits() -> None:
    run = trainees.outcome(trainees.trainee(1, identity=BORN, joined="1985-05-06"))
    (error,) = run.findings
    assert (error.code, error.place.heading, run.tally.set_aside) == (
        "persons.joined-too-young",
        "入党日期",
        1,
    )
    assert error.message.endswith("入党日期 1985-05-06 时不满 18 周岁（1980-05-06 出生）")


def test_whoever_helps_or_is_helped_is_an_adult() -> None:
    helped = [pairs.member(1), pairs.member(2, identity=identity("2012-01-01"))]
    helpers = [pairs.helper(1), pairs.helper(2, identity=identity("2013-01-01"))]
    run = pairs.outcome(helped, helpers)
    assert [one.code for one in run.findings] == ["pairing.under-age"] * 2
