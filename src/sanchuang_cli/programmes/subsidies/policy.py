"""What a document of subsidies says: what documents of payments say, with this programme's words and layouts."""

from typing import ClassVar, Literal, get_args

from pydantic import Field

from sanchuang_cli.domain.entitlement import policy

Page = Literal["cadre", "hardship", "veteran"]
"""Layouts of a 花名册."""


class ExtraColumn(policy.ExtraColumn):
    """A column of the document's own, shown on this programme's layouts."""

    page: Page | None = None


class Benefit(policy.Benefit):
    """One subsidy."""

    page: Page


class Subsidies(policy.Entitlements):
    """One edition."""

    noun: ClassVar[str] = "补贴"
    pages: ClassVar[tuple[str, ...]] = get_args(Page)

    column: tuple[ExtraColumn, ...] = ()
    benefit: tuple[Benefit, ...] = Field(min_length=1)
