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
from tests.oracle.rate_quotas import LOWEST, Organisation
from tests.oracle.rate_settings import Settings, settings_for
from tests.programmes.ratings import ON, column, organisation, policies

PACKS = {
    "M1": "m1-badong-2010",
    "M2": None,
    "M3": "m3-quota",
    "M4": "m4-shengzhou-2016",
    "henan": "henan-five-star-2022",
    "nine": "nine-star-qingshan",
    "ten": "ten-star-2016",
    "levels": "three-levels",
    "secretaries": "secretaries-honghu",
}
LISTED_AS = {
    "书记空缺三个月以上": oracle.VACANT,
    "群众满意率低于 60%": oracle.DISSATISFIED,
    "连续两年没有发展对象": oracle.NO_CANDIDATES,
    "综合得分倒排": LOWEST,
    "星级低": oracle.FEW_STARS,
    **{flag: flag for flag in generator.FLAGS},
}

FIELDS = {
    "valid_votes": "ballots_valid",
    "satisfied_votes": "ballots_satisfied",
    "stars_last_year": "last_stars",
    "vacant_since": "书记空缺起始日期",
    "years_without_candidates": "连续未发展党员年数",
}
"""The product's field for an oracle's key, where it is called otherwise."""


def as_record(number: int, one: dict[str, Any]) -> Any:
    """The oracle's organisation as the product reads it."""
    more: dict[str, Any] = {f"评定分/{good}": score for good, score in one["scores"].items()}
    more |= one["criteria"] | one["flags"] | {"连续未发展党员年数": one["years_without_candidates"]}
    more |= {"书记空缺起始日期": one["vacant_since"] and VagueDate.on(one["vacant_since"])}
    return organisation(
        number,
        more=more,
        unread={_field(cell, one): ErrorCell("#N/A") for cell in one["unread"]},
        secretary=one["secretary"],
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


def _field(cell: str, one: dict[str, Any]) -> str:
    return f"评定分/{cell}" if cell in one["scores"] else FIELDS.get(cell, cell)


def as_policy(settings: Settings) -> PolicyFile[RatePolicy]:
    """The oracle's settings as a policy file says them: the blocks that they have, and no other."""
    default: dict[str, Any] = tomllib.loads(policy.source("rate", None)[1].decode(), parse_float=Decimal)[
        "edition"
    ][0]
    edition: dict[str, Any] = {key: default[key] for key in ("title", "document", "effective")}
    edition |= {
        "goods": _goods(settings),
        "rates": "secretaries" if settings["secretaries"] else "organisations",
    }
    if settings["types_asked"]:
        edition["types"] = default["types"]
    if settings["grades_by"]:
        edition["grades"] = _grades(settings)
    if settings["model"]:
        edition["stars"] = _stars(settings)
        edition["limits"] = [_limit(limit) for limit in settings["limits"]]
    if settings["ladder"] and settings["model"]:
        honours = {"honours": settings["honour_levels"], "honours_clause": "一"}
        edition["ladder"] = {"clause": "一", "step": settings["ladder_step"], **honours}
    if "vetoed" in edition.get("grades", {}) or edition.get("stars", {}).get("veto", "nothing") != "nothing":
        edition["veto"] = default["veto"]
    edition["quotas"] = [
        {"stars": quota["star"], "beyond": quota["mode"], **_portion(quota)} for quota in settings["quotas"]
    ]
    if settings["min_age_years"] is not None:
        edition["new_organisations"] = {"clause": "一", "years": settings["min_age_years"]}
    if settings["listing"]:
        edition["rectify"] = _rectify(settings, default["rectify"]["criteria"])
    return PolicyFile("试.toml", "0" * 64, (RatePolicy.model_validate(edition),))


def _goods(settings: Settings) -> list[dict[str, Any]]:
    goods: list[dict[str, Any]] = []
    for name in settings["goods"]:
        good: dict[str, Any] = {"name": name, "heading": name, "clause": "一", "passes": settings["pass"]}
        good |= {"full": settings["full"][name]} if name in settings["full"] else {}
        good |= {"weight": settings["weights"][name]} if name in settings["weights"] else {}
        goods.append(good | ({"stars": settings["levels"][name]} if settings["levels"] else {}))
    bonus = {
        "name": settings["bonus"],
        "heading": settings["bonus"],
        "clause": "一",
        "bonus": True,
        "full": 20,
    }
    return goods + ([bonus] if settings["bonus"] else [])


def _grades(settings: Settings) -> dict[str, Any]:
    bands = [{"name": name, "at_least": edge} for edge, name in settings["grade_bands"]]
    grades = {"clause": "一", "by": settings["grades_by"], "bands": bands}
    capped = bands[-2]["name"]
    if settings["gate"] is not None:
        grades |= {"gate": settings["gate"], "gate_clause": "一", "gated": capped}
    return grades | ({"vetoed": capped, "veto_clause": "一"} if settings["veto_grade"] else {})


def _stars(settings: Settings) -> dict[str, Any]:
    banded = settings["model"] == "total-bands"
    return {
        "clause": "一",
        "model": settings["model"],
        "unscored": settings["unscored"],
        "bands": [{"at_least": edge, "stars": star} for edge, star in settings["star_bands"]] * banded,
        "veto": {"none": "no-star"}.get(settings["veto_stars"], settings["veto_stars"]),
        "veto_clause": "一",
    }


def _limit(limit: dict[str, Any]) -> dict[str, Any]:
    """The situations of a limit, each as a policy says it."""
    situation = {"name": "情形", "clause": "一"}
    when = [situation | {"test": "yes", "column": flag} for flag in limit.get("flags", ())]
    if "missed" in limit:
        when.append(situation | {"test": "good-missed", "good": limit["missed"], "years": 1})
    if "dissatisfied" in limit:
        when.append(situation | {"test": "satisfaction-below", "share": limit["dissatisfied"]})
    if "vacant" in limit:
        since = {"column": "书记空缺起始日期", "months": limit["vacant"]}
        when.append(situation | {"test": "months-over", **since})
    return {"clause": "一", "at_most": limit["at_most"], "when": when, "blank": limit.get("blank", "none")}


def _portion(which: dict[str, Any]) -> dict[str, Any]:
    many = {key: which[key] for key in ("share", "number") if which[key] is not None}
    return {"clause": "一", "within": which["within"], "types": which["types"], **many}


def _rectify(settings: Settings, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    figures = {"months": "vacancy_months", "count": "candidates_years", "share": "satisfaction_floor"}
    own = [
        criterion | {key: settings[figures[key]] for key in figures.keys() & criterion.keys()}
        for criterion in criteria
    ]
    if settings["stars_below"]:
        least, years = settings["stars_below"]
        own.append({"name": "星级低", "clause": "一", "test": "stars-below", "stars": least, "years": years})
    lowest = [_portion(which) for which in settings["lowest"]]
    return {"clause": "一", "lowest": lowest, "warns_over": settings["rectify_warn"], "criteria": own}


def compared(county: list[Organisation], settings: Settings, file: PolicyFile[RatePolicy]) -> Compared:
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
    """The 整顿 list with the oracle's names for what put each organisation on it; none where a policy has no such list."""
    if "后进整顿台账" not in {page.name for page in result.tables}:
        return {}
    who = zip(column(result, "后进整顿台账", "township"), column(result, "后进整顿台账", "name"), strict=True)
    why = (
        {LISTED_AS[words] for words in LISTED_AS if any(part.startswith(words) for part in text.split("；"))}
        for text in column(result, "后进整顿台账", "reasons")
    )
    return dict(zip(who, why, strict=True))


def drawn(dice: Random, count: int, model: str) -> Compared:
    """A random county of `count` organisations under a shipped model, or "any": a policy drawn with it."""
    settings = generator.settings(dice) if model == "any" else settings_for(model)
    county = generator.organisations(dice, count, settings)
    return compared(county, settings, as_policy(settings) if model == "any" else policies(PACKS[model]))
