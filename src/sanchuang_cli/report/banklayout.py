"""Reads the layout of a bank's file, as the bank's document describes it, from TOML. It is read as strictly
as a policy.

It knows no payment; bank.py writes them.
"""

from importlib import resources
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Policy, PolicyFile, Rule, load


class BankColumn(Rule, title="代发文件的一栏"):
    """A column of the file: something of each payment, or a fixed text."""

    heading: str = Field(description="栏目名，照银行模板")
    shows: str = Field(
        default="",
        description="填什么：row-number 序号，project 项目，date 日期，name 户名，account 账号，amount 金额，"
        "或代发表里的其他栏；不写时写 text",
    )
    text: str = Field(default="", description="每一笔都一样的固定文字；与 shows 只写一个")
    optional: bool = Field(default=False, description="true 时，代发表里没有这一栏就留空；不写时报错")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.shows and self.text:
            raise ValueError(f"“{self.heading}”的 shows 和 text 只能写一个")
        return self


class BankLayout(Policy, title="银行代发格式（一版）"):
    """One edition of a bank's template."""

    format: Literal["xlsx", "csv", "txt"] = Field(description="文件格式")
    encoding: Literal["gb18030", "gbk", "utf-8", "utf-8-sig"] = Field(
        default="gb18030", description="csv、txt 的编码"
    )
    separator: str = Field(
        default=",", min_length=1, max_length=1, description="csv、txt 的分隔符，一个字符；制表符写成 \\t"
    )
    quoting: Literal["when-needed", "always", "never"] = Field(
        default="when-needed",
        description="格子里有分隔符时：when-needed 加引号，always 每格都加，never 不加（有分隔符就不写出）",
    )
    line_end: Literal["crlf", "lf"] = Field(default="crlf", description="换行：crlf（Windows）或 lf")
    headings: bool = Field(description="第一行是不是栏目名")
    most_rows: int = Field(ge=1, le=5000, description="一个文件最多几笔，多了分成几个文件")
    amount: Literal["yuan", "fen"] = Field(description="金额写成：yuan 元（两位小数），fen 分")
    summary_at: Literal["none", "first", "last"] = Field(
        default="none", description="合计行：none 没有，first 在最前，last 在最后"
    )
    summary: tuple[Literal["count", "amount", "date", "project", "blank"], ...] = Field(
        default=(),
        description="合计行从左到右各格：count 笔数，amount 金额，date 日期，project 项目，blank 空",
    )
    replace: dict[str, str] = Field(default_factory=dict, description="银行不收的字符，和换成的字符")
    columns: tuple[BankColumn, ...] = Field(min_length=1, description="各栏，从左到右")

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


def layouts(name: str) -> PolicyFile[BankLayout]:
    """Return the editions of a layout: a shipped one by its name, or a .toml file by its path. Raises
    UserError."""
    root = resources.files("sanchuang_cli") / "policies" / "banks"
    shipped = {f.name.removesuffix(".toml"): f for f in root.iterdir() if f.name.endswith(".toml")}
    if name in shipped:
        return load(BankLayout, name, shipped[name].read_bytes())
    try:
        return load(BankLayout, Path(name).name, Path(name).read_bytes())
    except OSError:
        raise UserError(
            f"没有名为“{name}”的银行代发格式，也没有这个文件。自带的有：{'、'.join(sorted(shipped))}；"
            "也可以给出一个 .toml 文件的路径。"
        ) from None
