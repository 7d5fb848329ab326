"""What can be judged only over the whole county: twice-listed organisations, quotas, the 整顿 list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from sanchuang_cli.domain.numbers import cut, plain
from sanchuang_cli.finding import Finding
from sanchuang_cli.programme import Occasion
from sanchuang_cli.programmes.rate.doubts import doubt, doubt_of_all
from sanchuang_cli.programmes.rate.policy import Quota, RatePolicy, Trigger
from sanchuang_cli.programmes.rate.roster import Organisation
from sanchuang_cli.programmes.rate.rules import Rating, Step
from sanchuang_cli.programmes.rate.triggers import evidence


def once_listed(
    organisations: Sequence[Organisation],
) -> tuple[list[Organisation], list[Organisation], list[Finding]]:
    """The organisations listed once, all rows of those listed twice, and an error for each of the latter: none of
    them is rated."""
    rows: dict[tuple[str, str], list[Organisation]] = {}
    for organisation in organisations:
        rows.setdefault(organisation.key, []).append(organisation)
    once = [found[0] for found in rows.values() if len(found) == 1]
    twice: list[Organisation] = []
    findings = []
    for (township, name), twins in rows.items():
        if len(twins) == 1:
            continue
        twice += twins
        for twin in twins:
            others = "；".join(str(other.row.place()) for other in twins if other is not twin)
            message = f"{township}“{name}”出现 {len(twins)} 次，另见 {others}"
            findings.append(doubt("listed-twice", twin, "name", message, "同一党组织只评一次"))
    return once, twice, findings


def within_quotas(
    ratings: Sequence[Rating], policy: RatePolicy, aside: int = 0
) -> tuple[list[Rating], list[Finding]]:
    """The ratings after the quotas that cap; a warning for every quota that is exceeded. aside: how many rows are set
    aside and count in no quota."""
    current = list(ratings)
    findings = []
    for quota in policy.quotas:
        rated = [r for r in current if r.stars is not None]
        holders = sorted((r for r in rated if r.stars == quota.stars), key=lambda r: -r.total)
        allowed = floor(quota.share * len(rated))
        if len(holders) <= allowed:
            continue
        dropped = beyond(holders, allowed) if quota.beyond == "cap" else []
        of = of_those_rated(len(rated), aside)
        findings.append(quota_finding(quota, of, len(holders), allowed, len(dropped)))
        current = [lowered(r, quota) if any(r is d for d in dropped) else r for r in current]
    return current, findings


def beyond(holders: Sequence[Rating], allowed: int) -> list[Rating]:
    """Those beyond the first `allowed` by total; a tie across the line puts all of the tie beyond it."""
    line = holders[allowed].total
    return [holder for holder in holders if holder.total <= line]


def lowered(rating: Rating, quota: Quota) -> Rating:
    step = Step(str(quota.stars - 1), f"超出 {quota.stars} 星名额，按综合得分排在名额之外", quota.clause)
    return replace(rating, stars=quota.stars - 1, star_steps=(*rating.star_steps, step))


def of_those_rated(rated: int, aside: int) -> str:
    """What a quota is a share of, and who is not counted in it."""
    return f"参评 {rated} 个" + (f"，另有 {aside} 个待核实未计入" if aside else "")


def quota_finding(quota: Quota, of: str, holders: int, allowed: int, dropped: int) -> Finding:
    done = f"已将名额之外的 {dropped} 个各降一星" if quota.beyond == "cap" else "只提示，未调整"
    share = f"{plain(quota.share * 100)}% 的名额 {allowed} 个（{of}）"
    return doubt_of_all("over-quota", f"{quota.stars} 星 {holders} 个，超过 {share}，{done}", quota.clause)


@dataclass(frozen=True)
class Listed:
    """An organisation on the 整顿 list or proposed for a new secretary, with what put it there: (why, clause)."""

    rating: Rating
    reasons: tuple[tuple[str, str], ...]


def to_rectify(
    ratings: Sequence[Rating], policy: RatePolicy, occasion: Occasion, aside: int = 0
) -> tuple[list[Listed], list[Finding]]:
    """后进整顿名单: who meets a criterion, then the lowest totals up to the share of those rated, ties included."""
    rule = policy.rectify
    findings: list[Finding] = []
    listed = listed_by(ratings, rule.criteria, occasion, findings)
    rated = [r for r in ratings if not r.unrated]
    by_criteria = {entry.rating.key for entry in listed}
    rest = sorted((r for r in rated if r.key not in by_criteria), key=lambda r: r.total)
    room = ceil(rule.share * len(rated)) - len(listed)
    if room > 0 and rest:
        line = rest[min(room, len(rest)) - 1].total
        why = f"综合得分倒排，列入末尾 {plain(rule.share * 100)}%"
        listed += [
            Listed(r, ((f"{why}（{cut(r.total)} 分）", rule.clause),)) for r in rest if r.total <= line
        ]
    if rated and Fraction(len(listed), len(rated)) > rule.warns_over:
        message = f"整顿名单 {len(listed)} 个，超过参评 {len(rated)} 个的 {plain(rule.warns_over * 100)}%"
        message += f"（另有 {aside} 个待核实未计入）" if aside else ""
        findings.append(doubt_of_all("many-to-rectify", message, rule.clause))
    return sorted(listed, key=lambda entry: entry.rating.total), findings


def secretaries_to_adjust(
    ratings: Sequence[Rating], policy: RatePolicy, occasion: Occasion
) -> tuple[list[Listed], list[Finding]]:
    """书记调整建议: organisations whose secretary meets a trigger. It proposes, it decides nothing."""
    findings: list[Finding] = []
    return listed_by(ratings, policy.secretaries.triggers, occasion, findings), findings


def listed_by(
    ratings: Sequence[Rating], triggers: Sequence[Trigger], occasion: Occasion, findings: list[Finding]
) -> list[Listed]:
    listed = []
    for rating in ratings:
        hits = [(t, evidence(t, rating, occasion.on, findings)) for t in triggers]
        reasons = tuple((f"{t.name}（{hit}）", t.clause) for t, hit in hits if hit)
        if reasons:
            listed.append(Listed(rating, reasons))
    return listed


def star_counts(ratings: Sequence[Rating]) -> Counter[int]:
    """How many organisations have each number of stars, the unrated left out."""
    return Counter(r.stars for r in ratings if r.stars is not None)
