"""`rate` against an oracle that shares no code with it, on random counties under each of the four models."""

from random import Random
from typing import Any

import pytest

from sanchuang_cli.period import VagueDate
from tests.counts import FULL
from tests.oracle import organisations as generator
from tests.oracle import rate as oracle
from tests.programmes.ratings import ON, column, organisation, outcome

PACKS = {"M1": "m1-badong-2010", "M2": None, "M3": "m3-quota", "M4": "m4-shengzhou-2016"}
COUNTY = 200
COUNTIES = 50 if FULL else 5
LISTED_AS = {
    "书记空缺三个月以上": oracle.VACANT,
    "群众满意率低于 60%": oracle.DISSATISFIED,
    "连续两年没有发展对象": oracle.NO_CANDIDATES,
    "综合得分倒排": oracle.LOWEST,
    **{flag: flag for flag in generator.FLAGS},
}


def as_record(number: int, one: dict[str, Any]) -> Any:
    """The oracle's organisation as the product reads it."""
    more: dict[str, Any] = {f"评定分/{good}": score for good, score in one["scores"].items()}
    more |= one["criteria"] | {"连续未发展党员年数": one["years_without_candidates"]}
    more |= {"书记空缺起始日期": one["vacant_since"] and VagueDate.on(one["vacant_since"])}
    return organisation(
        number,
        more=more,
        township=one["township"],
        name=one["name"],
        type=one["type"],
        ballots_valid=one["valid_votes"],
        ballots_satisfied=one["satisfied_votes"],
        stated_satisfaction=one["stated_satisfaction"],
        veto="安全生产事故" if one["veto"] else "无",
        last_stars=one["stars_last_year"],
        honour=one["honour"],
        honoured=VagueDate.on(ON),
        founded=one["founded"] and VagueDate.on(one["founded"]),
    )


@pytest.mark.parametrize("model", PACKS)
def test_an_independent_oracle_agrees_on_every_organisation(model: str) -> None:
    for seed in range(COUNTIES):
        drawn = generator.organisations(Random(f"{model}{seed}"), COUNTY)
        expected = oracle.rating(drawn, oracle.settings_for(model))
        result = outcome(*(as_record(n, one) for n, one in enumerate(drawn)), pack=PACKS[model])
        names = zip(
            column(result, "分类定级汇总表", "township"),
            column(result, "分类定级汇总表", "name"),
            strict=True,
        )
        figures = zip(
            *(column(result, "分类定级汇总表", name) for name in ("total", "stars", "grade")), strict=True
        )
        found = dict(zip(names, figures, strict=True))
        verdicts = {(one["township"], one["name"]): expected.verdicts[one["key"]] for one in drawn}
        rated = {key: v for key, v in verdicts.items() if not v.set_aside}
        assert found == {key: (v.total, v.stars, v.grade) for key, v in rated.items()}
        assert result.tally.set_aside == sum(bool(v.set_aside) for v in expected.verdicts.values())
        assert rectified(result) == {key: set(v.rectify) for key, v in rated.items() if v.rectify}
        warned = "rate.many-to-rectify" in {f.code for f in result.findings}
        assert warned == expected.rectify_warns


def rectified(result: Any) -> dict[tuple[str, str], set[str]]:
    """The 整顿 list with the oracle's names for what put each organisation on it."""
    who = zip(column(result, "后进整顿台账", "township"), column(result, "后进整顿台账", "name"), strict=True)
    why = (
        {LISTED_AS[words] for words in LISTED_AS if any(part.startswith(words) for part in text.split("；"))}
        for text in column(result, "后进整顿台账", "reasons")
    )
    return dict(zip(who, why, strict=True))
