"""An organisation whose type no policy word names: counted among 其他, unless its type would decide something."""

from sanchuang_cli.finding import Finding
from sanchuang_cli.programme import Occasion
from sanchuang_cli.programmes.rate.doubts import doubt
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.programmes.rate.rules import Rating, rating
from sanchuang_cli.programmes.rate.triggers import evidence
from sanchuang_cli.programmes.rate.unread import cannot_be_read


def rated(
    organisation: Organisation, previous: LastYear | None, policy: RatePolicy, occasion: Occasion
) -> tuple[Rating | None, list[Finding]]:
    """The rating by the organisation's own type, and what is odd.

    A type that is blank or in no list is 其他 with a warning. One that is written and in no list is an error where the
    verdict would be another under one of the policy's types: the word may mean that one.
    """
    kind = policy.type_of(organisation.type)
    found, findings = rating(organisation, kind, previous, policy, occasion)
    if kind or cannot_be_read(organisation.row, "type"):
        return found, findings
    written = f"“{organisation.type}”" if organisation.type else "空白"
    message = f"类型{written}不在政策所列类型之内"
    if found is not None and organisation.type:
        others = {
            one.name: _verdict(organisation, one.name, previous, policy, occasion) for one in policy.types
        }
        ours = _verdict(organisation, "", previous, policy, occasion)
        if apart := [name for name, verdict in others.items() if verdict != ours]:
            told = f"{message}，而按“{'”“'.join(apart)}”认定结果不同"
            return None, [*findings, doubt("type-decides", organisation, "type", told, policy.document)]
    told = f"{message}，按“其他”统计"
    return found, [doubt("unknown-type", organisation, "type", told, policy.document), *findings]


def _verdict(
    organisation: Organisation, kind: str, previous: LastYear | None, policy: RatePolicy, occasion: Occasion
) -> object:
    """All that an organisation of `kind` would get: score, stars, grade, and the situations that put it on a list."""
    found, _ = rating(organisation, kind, previous, policy, occasion)
    if found is None:
        return None
    triggers = (*policy.rectify.criteria, *policy.secretaries.triggers)
    met = tuple(bool(evidence(trigger, found, occasion.on, [])) for trigger in triggers)
    return found.total, found.stars, found.grade, met
