"""What a bank wants its batch file to look like, as its document says: read strictly from TOML, like a policy."""

from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Policy, PolicyFile, Rule, load


class BankColumn(Rule):
    """shows: row-number, project, date, or the name of a column of the payments; or else a fixed `text`."""

    heading: str
    shows: str = ""
    text: str = ""
    optional: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.shows and self.text:
            raise ValueError(f"“{self.heading}”的 shows 和 text 只能写一个")
        return self


class Layout(Policy):
    """One edition of a bank's template. most_rows: payments in one file. replace: what the bank refuses, and what
    stands there instead. summary: the cells of a line with the totals.
    """

    format: Literal["xlsx", "csv", "txt"]
    encoding: Literal["gb18030", "gbk", "utf-8", "utf-8-sig"] = "gb18030"
    separator: Annotated[str, Setting(min_length=1, max_length=1)] = ","
    quoting: Literal["when-needed", "always", "never"] = "when-needed"
    line_end: Literal["crlf", "lf"] = "crlf"
    headings: bool
    most_rows: Annotated[int, Setting(ge=1, le=5000)]
    amount: Literal["yuan", "fen"]
    summary_at: Literal["none", "first", "last"] = "none"
    summary: tuple[Literal["count", "amount", "date", "project", "blank"], ...] = ()
    replace: dict[str, str] = Setting(default_factory=dict)
    columns: Annotated[tuple[BankColumn, ...], Setting(min_length=1)]

    @model_validator(mode="after")
    def _summary_is_said(self) -> Self:
        if (self.summary_at == "none") != (not self.summary):
            raise ValueError("有合计行时 summary_at 和 summary 都要写，没有时都不写")
        return self

    @model_validator(mode="after")
    def _pays_somebody_something(self) -> Self:
        if missing := {"account", "name", "amount"} - {column.shows for column in self.columns}:
            raise ValueError(f"各栏里缺 {'、'.join(sorted(missing))}，银行不知道付给谁、付多少")
        return self


def layouts(name: str) -> PolicyFile[Layout]:
    """The editions of a shipped layout, or of a .toml file. Raises UserError."""
    root = resources.files("sanchuang_cli") / "policies" / "banks"
    shipped = {f.name.removesuffix(".toml"): f for f in root.iterdir() if f.name.endswith(".toml")}
    if name in shipped:
        return load(Layout, name, shipped[name].read_bytes())
    try:
        return load(Layout, Path(name).name, Path(name).read_bytes())
    except OSError:
        raise UserError(
            f"没有名为“{name}”的银行代发格式，也没有这个文件。自带的有：{'、'.join(sorted(shipped))}；"
            "也可以给出一个 .toml 文件的路径。"
        ) from None
