"""Declares what a document of subsidies says: what documents of payments say, with this programme's words and layouts."""

from typing import ClassVar, Literal, get_args

from pydantic import Field

from sanchuang_cli.domain.entitlement import policy

Page = Literal["cadre", "hardship", "veteran"]
"""Layouts of a 花名册."""


class LayoutColumn(policy.ExtraColumn, title="名册以外的列（补贴）"):
    """A column of the document's own, shown on this programme's layouts."""

    page: Page | None = Field(
        default=None,
        description="在哪种花名册上列出来，有人填了才列：cadre 离任干部、hardship 困难党员、veteran 老党员；不写时不列",
    )


class Subsidy(policy.Benefit, title="一项补贴"):
    """One subsidy."""

    page: Page = Field(description="用哪种花名册：cadre 离任干部、hardship 困难党员、veteran 老党员")


class Subsidies(policy.Entitlements, title="生活补贴办法（一版）"):
    """One edition of a document of subsidies."""

    noun: ClassVar[str] = "补贴"
    pages: ClassVar[tuple[str, ...]] = get_args(Page)

    column: tuple[LayoutColumn, ...] = Field(
        default=(), description="名册里没有、这份文件要看的列；不写是没有"
    )
    benefit: tuple[Subsidy, ...] = Field(min_length=1, description="要发的各项补贴，可以有好几项")
