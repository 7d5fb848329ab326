"""Holds a catalogue of 党务公开: what must be made public, to whom, where, how often or how soon after which event."""

from typing import Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.workdays import Term
from sanchuang_cli.policy import Citation, Number, Policy, Rule


class Item(Rule, title="目录的一项"):
    """One item of the catalogue. It is standing, or comes again every so many months, or within days of an event."""

    synonyms = ("aliases",)

    name: str = Setting(description="事项，台账里照这样写")
    aliases: tuple[str, ...] = Setting(default=(), description="台账里也这样写的")
    kind: str = Setting(description="类别，印在目录上")
    clause: Citation
    scope: str = Setting(description="向谁公开，如“社会”“本乡镇党员”")
    places: tuple[str, ...] = Setting(
        min_length=1,
        description="要在哪些地方公开，每一处都要有；台账的公开地点写着这几个字、此外只写是谁的和已经公开的才算",
    )
    by: Literal["county", "township"] = Setting(
        description="谁公开：county 县里一份，township 每个乡镇各一份"
    )
    keeper: str = Setting(default="", description="责任科室或人；不写就是乡镇")
    standing: bool = Setting(default=False, description="true 是长期公开：随时都要挂着")
    every_months: Number | None = Setting(
        default=None, description="定期公开：距上一次公开几个月以内，按对应日"
    )
    within_days: Number | None = Setting(default=None, description="及时公开：发生以后几天以内，发生当日不算")
    counting: Literal["calendar-days", "working-days"] = Setting(
        default="calendar-days", description="天数按自然日还是工作日"
    )
    event: str = Setting(default="", description="及时公开的，从什么事算起")
    results: tuple[str, ...] = Setting(
        default=(),
        description="哪些结果的公示稿算发生，从结果的判定日算起（台账写了发生日期的照台账）；写程序名，如 pay，或一份公示稿的名称",
    )
    up_days: Number | None = Setting(default=None, description="至少公开几天，张贴当日不算；天数照 counting")  # fmt: skip

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if sum((self.standing, self.every_months is not None, self.within_days is not None)) != 1:
            raise ValueError(f"“{self.name}”的 standing、every_months、within_days 要写一个，只写一个")
        if self.within_days is None and (self.results or self.event):
            raise ValueError(f"“{self.name}”写了 event 或 results，要同时写 within_days")
        return self

    def term(self, days: int) -> Term:
        """So many days from a day on, which is not counted itself."""
        return Term(days, self.counting == "working-days", first_counts=False)

    def asks_for(self, programme: str, draft: str) -> bool:
        """Whether a draft of a programme's result must be made public under this item."""
        return programme in self.results or draft in self.results

    @property
    def limit(self) -> str:
        """When it must be public, in words."""
        if self.standing:
            return "长期公开"
        days = "个工作日" if self.counting == "working-days" else "日"
        each_time = f"每 {self.every_months} 个月" if self.every_months else ""
        return each_time or f"{self.event or '发生'}后 {self.within_days} {days}内"


class CataloguePolicy(Policy, title="党务公开目录（一版）"):
    """A catalogue of what must be made public."""

    item: tuple[Item, ...] = Setting(min_length=1, description="目录，一项一块")

    def named(self, word: str) -> Item | None:
        """The item that is called so."""
        return next((item for item in self.item if word in (item.name, *item.aliases)), None)
