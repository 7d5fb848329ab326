"""Splits money among those who bear it, by shares in per cent: each sum by largest remainder, so the parts always add up to
it.
"""

from typing import Self

from pydantic import Field, model_validator

from sanchuang_cli.money import shares
from sanchuang_cli.policy import Citation, Exact, Rule

_WHOLE = 100


class Share(Rule, title="一方的分担"):
    """What one of those who bear the money bears of it."""

    who: str = Field(description="谁承担，如“县级”；不能重复")
    percent: Exact = Field(ge=0, le=_WHOLE, description="承担百分之几，如 70")


class Funding(Rule, title="经费分担"):
    """Who bears the money, split by largest remainder, person by person and month by month."""

    decides = False

    clause: Citation
    shares: tuple[Share, ...] = Field(min_length=1, description="各方的分担，合计 100")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        who = [share.who.strip() for share in self.shares]
        if not all(who) or len(set(who)) < len(who):
            raise ValueError(f"承担单位要写明，不能重复（现为 {'、'.join(who)}）")
        total = sum(share.percent for share in self.shares)
        if total != _WHOLE:
            raise ValueError(f"各级分担比例之和应为 100，现为 {total}")
        return self

    def split(self, fen: int) -> list[int]:
        """What each of them bears of a sum, in fen and in their order."""
        return shares(fen, [share.percent for share in self.shares])

    def by_payer(self, fen: int) -> dict[str, int]:
        """The same by their names."""
        return dict(zip((share.who for share in self.shares), self.split(fen), strict=True))
