"""A day that has not come yet is no day on which anything happened: the row is set aside, as in every other programme."""

from datetime import timedelta
from typing import Any

import pytest

from sanchuang_cli.period import VagueDate
from tests.programmes.ratings import ON, codes, organisation, outcome, scores

TOMORROW = VagueDate.on(ON + timedelta(days=1))
_HONOUR: dict[str, Any] = {"honour": "省级", "last_stars": 1}


@pytest.mark.parametrize("field", ["founded", "honoured", "书记空缺起始日期"])
def test_a_day_after_that_of_judgement_sets_the_organisation_aside(field: str) -> None:
    says: dict[str, Any] = {field: TOMORROW}
    if field == "书记空缺起始日期":
        says = {"more": scores(90) | says}
    result = outcome(organisation(**_HONOUR | says))
    (told,) = [one for one in result.findings if one.code == "rate.not-yet"]
    assert (result.tally.set_aside, told.place.heading) == (1, field)
    assert told.message.endswith(f"{TOMORROW} 在判定日 {ON} 以后")


def test_a_day_that_may_have_come_is_none_that_has_not() -> None:
    this_month = VagueDate(ON.replace(day=1), ON.replace(day=30))
    for day in (VagueDate.on(ON), this_month):
        result = outcome(organisation(founded=day, honoured=day, more=scores(90) | {"书记空缺起始日期": day}))
        assert "rate.not-yet" not in codes(result.findings)
