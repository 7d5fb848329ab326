"""The 公示 of a rating: what everybody may know, and nothing of how it came about."""

from dataclasses import replace
from datetime import date

import pytest

from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import packs
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.record import Roster
from sanchuang_cli.report import notice
from tests.programmes.ratings import ON, organisation, outcome, policies, scores


def test_it_lists_township_name_type_grade_and_stars_of_the_rated_alone() -> None:
    new = organisation(3, founded=VagueDate.on(date(2026, 1, 5)))
    (one,) = outcome(organisation(1), organisation(2, more=scores(95, 95, 95, 95, 70)), new).notices()
    assert [c.title for c in one.table.columns] == ["序号", "乡镇", "党组织名称", "类型", "等次", "星级"]
    assert one.table.rows == [
        (1, "青禾镇", "第1村党支部", "村", "较好", "五星"),
        (2, "青禾镇", "第2村党支部", "村", "好", "四星"),
    ]


def test_it_is_posted_for_five_days_without_the_day_of_posting() -> None:
    (one,) = outcome(organisation(1)).notices()
    posted, findings = notice.posted(one, date(2026, 12, 28))
    words = "".join(text for _, text in posted.paragraphs)
    assert "自2026年12月28日张贴起至2027年1月2日止，共5天（张贴当日不计算在内）" in words
    assert "90 分以上为好" in words
    assert "个人信息" not in words
    assert not findings


@pytest.mark.parametrize("pack", packs("rate"))
def test_every_shipped_policy_says_how_results_are_posted(pack: str) -> None:
    (edition,) = policies(pack).editions
    assert edition.notice is not None
    assert edition.notice.days == 5


def test_a_policy_that_says_nothing_of_notices_has_none_and_neither_has_an_empty_rating() -> None:
    file = policies()
    silent = replace(file, editions=tuple(e.model_copy(update={"notice": None}) for e in file.editions))
    rosters = {"organisations": Roster((organisation(1),))}
    assert PROGRAMME.run(rosters, silent, Occasion(Period.year(2026), ON)).notices() == ()
    assert outcome().notices() == ()
