"""What a result says on its pages, as plain values."""

from typing import NamedTuple

from sanchuang_cli.period import Period, VagueDate


class StatedFigure(NamedTuple):
    """A figure of the first page of a result. value: fen where it is money, else a number. place: its line."""

    block: str
    item: str
    money: bool
    value: int
    place: str

    @property
    def label(self) -> str:
        """What it is called without its result: a block that says only 合计 adds nothing."""
        return self.item if self.block == "合计" else f"{self.block} {self.item}"


class TownshipFigure(NamedTuple):
    """A cell of a page by township. heading: its levels, joined with "/"."""

    township: str
    heading: str
    money: bool
    value: int


class StatedResult(NamedTuple):
    """What a result says on its pages. title: of its programme. set_aside: how many rows. latest: the days by which somebody
    must act. codes: of its findings."""

    programme: str
    title: str
    period: Period
    figures: tuple[StatedFigure, ...] = ()
    townships: tuple[TownshipFigure, ...] = ()
    set_aside: int = 0
    latest: tuple[VagueDate, ...] = ()
    codes: tuple[str, ...] = ()
