"""Rules of documents that others have written, for the tests of what can be said."""

from datetime import date
from typing import Any

from tests.programmes.people import (
    cadre,
    changed,
)

VETERAN_TOO = {"name": "优抚", "clause": "四", "column": "优抚对象", "must_be": True}
RURAL_TOO = {
    "name": "农村",
    "clause": "五",
    "column": "户口性质",
    "accept": ["农村"],
    "refuse": ["城镇"],
}


def ending(above: str | None, **amount: Any) -> Any:
    tier = [{"at_least": 10, "below": 15, "rate": 100}, {"at_least": 15, "below": 20, "rate": 200}]
    top = {"above_top": above} if above else {}
    return cadre(service={"ways": []}, amount={"tier": tier, **top, **amount})


def by_ways(*tiers: dict[str, Any], **service: Any) -> Any:
    return cadre(service={"ways": [], **service}, amount={"by": "ways", "tier": list(tiers)})


# ------------------------------------------------------------------ bases by township, village or class; lines of income

NETS = {
    "name": "农民人均纯收入",
    "clause": "三",
    "by": ["乡镇"],
    "values": [
        {"effective": date(2024, 1, 1), "amounts": {"青禾镇": 18000, "河西镇": 12000}},
        {"effective": date(2026, 6, 1), "amounts": {"青禾镇": 20000}},
    ],
}


def of_bases(*bases: dict[str, Any], columns: Any = (), condition: Any = (), **amount: Any) -> Any:
    """The rule for cadres with bases of the county."""

    def change(edition: dict[str, Any]) -> None:
        edition.update(base=list(bases), column=list(columns), exclusive=[], effective=date(1990, 1, 1))
        edition["benefit"] = edition["benefit"][:1]
        edition["benefit"][0]["amount"][0].update(amount)
        edition["benefit"][0]["condition"] += condition

    return changed(change)


def share_of(base: dict[str, Any], **more: Any) -> Any:
    amount = {"by": "nothing", "figures": "percent", "base": base["name"], "tier": [{"rate": 1}]}
    return of_bases(base, **amount, **more)
