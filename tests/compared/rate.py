"""`rate` beside its oracle: counties judged by both, organisation by organisation."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.record import ErrorCell, Roster
from tests.compared.result import Compared
from tests.oracle import organisations as generator
from tests.oracle import rate as oracle
from tests.programmes.ratings import ON, column, organisation, policies

PACKS = {"M1": "m1-badong-2010", "M2": None, "M3": "m3-quota", "M4": "m4-shengzhou-2016"}
LISTED_AS = {
    "书记空缺三个月以上": oracle.VACANT,
    "群众满意率低于 60%": oracle.DISSATISFIED,
    "连续两年没有发展对象": oracle.NO_CANDIDATES,
    "综合得分倒排": oracle.LOWEST,
    **{flag: flag for flag in generator.FLAGS},
}

FIELDS = {
    "valid_votes": "ballots_valid",
    "satisfied_votes": "ballots_satisfied",
    "stars_last_year": "last_stars",
    "vacant_since": "书记空缺起始日期",
    "years_without_candidates": "连续未发展党员年数",
    **{good: f"评定分/{good}" for good in oracle.GOODS},
}
"""The product's field for an oracle's key, where it is called otherwise."""


def as_record(number: int, one: dict[str, Any]) -> Any:
    """The oracle's organisation as the product reads it."""
    more: dict[str, Any] = {f"评定分/{good}": score for good, score in one["scores"].items()}
    more |= one["criteria"] | {"连续未发展党员年数": one["years_without_candidates"]}
    more |= {"书记空缺起始日期": one["vacant_since"] and VagueDate.on(one["vacant_since"])}
    return organisation(
        number,
        more=more,
        unread={FIELDS.get(cell, cell): ErrorCell("#N/A") for cell in one["unread"]},
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


def as_policy(settings: oracle.Settings) -> PolicyFile[RatePolicy]:
    """The oracle's settings as a policy file says them: the default policy with other figures and switches."""
    edition: dict[str, Any] = tomllib.loads(policy.source("rate", None)[1].decode(), parse_float=Decimal)[
        "edition"
    ][0]
    for good in edition["goods"]:
        good |= {"weight": settings["weights"][good["heading"]], "passes": settings["pass"]}
    edition["grades"] |= {
        "bands": [{"name": name, "at_least": edge} for edge, name in settings["grade_bands"]],
        "gate": settings["gate"],
    }
    banded = settings["model"] == "total-bands"
    edition["stars"] |= {
        "model": settings["model"],
        "bands": [{"at_least": edge, "stars": star} for edge, star in settings["star_bands"]] * banded,
        "veto": {"none": "no-star"}.get(settings["veto_stars"], settings["veto_stars"]),
    }
    edition["ladder"] |= {"step": settings["ladder_step"], "honours": settings["honour_levels"]}
    if not settings["ladder"]:
        del edition["ladder"]
    edition["quotas"] = [
        {"stars": star, "share": share, "beyond": mode, "clause": "一"}
        for star, share, mode in settings["quotas"]
    ]
    edition["new_organisations"]["years"] = settings["min_age_years"]
    edition["rectify"] |= {"share": settings["rectify_share"], "warns_over": settings["rectify_warn"]}
    figures = {"months": "vacancy_months", "count": "candidates_years", "share": "satisfaction_floor"}
    for criterion in edition["rectify"]["criteria"]:
        criterion |= {key: settings[figures[key]] for key in figures.keys() & criterion.keys()}
    return PolicyFile("试.toml", "0" * 64, (RatePolicy.model_validate(edition),))


def compared(
    county: list[oracle.Organisation], settings: oracle.Settings, file: PolicyFile[RatePolicy]
) -> Compared:
    """Both verdicts on every organisation of one county."""
    expected = oracle.rating(county, settings)
    records = tuple(as_record(n, one) for n, one in enumerate(county))
    rosters = {"organisations": Roster(records), "previous": Roster[Any](())}
    result = PROGRAMME.run(rosters, file, Occasion(Period.year(ON.year), ON))
    found = {key: (*figures, frozenset[str]()) for key, figures in _figures(result).items()}
    for key, reasons in rectified(result).items():
        found[key] = (*found[key][:-1], frozenset(reasons))
    wanted = {
        (one["township"], one["name"]): (
            verdict.total,
            verdict.stars,
            verdict.grade,
            frozenset(verdict.rectify),
        )
        for one in county
        if not (verdict := expected.verdicts[one["key"]]).set_aside
    }
    apart = {key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)}
    aside = sum(bool(verdict.set_aside) for verdict in expected.verdicts.values())
    warned = "rate.many-to-rectify" in {finding.code for finding in result.findings}
    of_all = int(result.tally.set_aside != aside) + int(warned != expected.rectify_warns)
    first = "".join(
        f"{key}: product {found.get(key)}, oracle {wanted.get(key)}\n" for key in sorted(apart)[:1]
    )
    if of_all:
        first += (
            f"set aside {result.tally.set_aside}, {aside}; many to rectify {warned}, {expected.rectify_warns}"
        )
    return Compared(len(county), len(wanted), len(apart) + of_all, 0, first and f"{first}\n{settings}")


def _figures(result: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Total, stars and grade by township and name."""
    names = ("township", "name", "total", "stars", "grade")
    rows = zip(*(column(result, "分类定级汇总表", name) for name in names), strict=True)
    return {(township, name): tuple(figures) for township, name, *figures in rows}


def rectified(result: Any) -> Mapping[tuple[str, str], set[str]]:
    """The 整顿 list with the oracle's names for what put each organisation on it."""
    who = zip(column(result, "后进整顿台账", "township"), column(result, "后进整顿台账", "name"), strict=True)
    why = (
        {LISTED_AS[words] for words in LISTED_AS if any(part.startswith(words) for part in text.split("；"))}
        for text in column(result, "后进整顿台账", "reasons")
    )
    return dict(zip(who, why, strict=True))


def drawn(dice: Random, count: int, model: str) -> Compared:
    """A random county of `count` organisations under a shipped model, or "any": a policy drawn with it."""
    if model == "any":
        settings = generator.settings(dice)
        return compared(generator.organisations(dice, count), settings, as_policy(settings))
    county = generator.organisations(dice, count)
    return compared(county, oracle.settings_for(model), policies(PACKS[model]))
