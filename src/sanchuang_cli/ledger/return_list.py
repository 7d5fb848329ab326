"""Understands the rows of a bank's list of returned payments, or of the results of all of them: which came back and which arrived.

Promise: a payment counts as returned only where nothing in its row says that it arrived, and as arrived only where the row says
so. What is not understood is refused with its place. It reads no ledger.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Annotated, Literal, NamedTuple

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import NOTHING, Kind, narrow
from sanchuang_cli.record import Field, Record, shown


class ReturnRow(Record, frozen=True, kw_only=True):
    """A row of the bank's list of returned payments, or of the results of all of them."""

    name: Annotated[str, Field("户名", Kind.NAME, aliases=("姓名", "收款账号名称", "收款人"))] = ""
    account: Annotated[
        str, Field("账号", Kind.ACCOUNT, required=True, aliases=("收款账号", "银行账号", "收款人账号"))
    ]
    amount: Annotated[int, Field("金额", Kind.MONEY, required=True, aliases=("退票金额", "交易金额"))]
    status: Annotated[str, Field("处理结果", aliases=("状态", "处理状态", "处理标志", "结果", "交易结果", "交易状态", "交易标志", "成功标志", "是否成功", "付款结果", "付款状态", "支付结果", "支付状态", "入账结果", "入账状态", "代发结果", "代发状态", "发放结果", "发放状态", "回盘结果", "返回结果", "银行处理结果", "银行返回结果"))] = ""  # fmt: skip
    reason: Annotated[str, Field("退票原因", aliases=("失败原因", "原因", "失败信息", "错误信息", "返回信息", "处理信息", "返回描述"))] = ""  # fmt: skip
    new_account: Annotated[str, Field("新账号", Kind.ACCOUNT, aliases=("更正账号",))] = ""


class Sorted(NamedTuple):
    """The rows of a list by what became of the payment. silent: rows among `back` of which neither a result nor a reason says
    that the payment came back."""

    back: list[ReturnRow]
    arrived: list[ReturnRow]
    silent: list[ReturnRow]


Fate = Literal["back", "arrived", "", "unclear"]

_BACK = re.compile("失败|不成功|未成功|没有成功|退票|退回|退汇|拒绝|拒付|未入账|未到账|冲正")
_DENIED = re.compile("(?:无|未|非|没有)(?:失败|退|拒|冲)")
_DONE = frozenset({"成功", "已成功"})
"""What may stand beside a word of _BACK: 退票成功. Any other 成功 there makes it unclear."""
_ARRIVED = re.compile(
    "(?:银行|交易|处理|付款|支付|代发|发放|转账|记账|入账|到账)?已?(?:成功|入账|到账)|"
    "成功(?:入账|到账|付款|支付|发放|处理|交易)|(?:付款|支付|代发|发放|入账|到账|处理|交易)成功"
)
_FAILED = re.compile("(?:银行|交易|处理|付款|支付|代发|发放|转账|入账)?(?:失败|不成功|未成功|退票|退汇)")
"""A cell that is nothing but a result."""
_WELL = frozenset({"正常", "完成", "处理完成", "交易完成", "无误"})
"""Words that speak for an arrival without saying it: never a reason for a return."""
_YES, _NO = (
    frozenset(["y", "yes", "是", "√", "✓", "✔", "对"]),
    frozenset(["n", "no", "否", "×", "✗", "✘", "x", "错"]),
)
"""Answers in a column that asks whether a payment succeeded. Digits are none: with some banks 0 is success."""


def sorted_out(rows: Sequence[ReturnRow]) -> Sorted:
    """Tell the rows apart. Raises UserError that names every row that is not understood."""
    made, wrong = Sorted([], [], []), list[str]()
    unnamed = _columns_of_results(rows)
    for row in rows:
        at = unnamed[row.row.source.book, row.row.source.sheet]
        fate = _fate(row, at)
        if fate == "unclear":
            wrong.append(_unclear(row, at))
        elif fate == "arrived":
            made.arrived.append(row)
        else:
            made.back.append(row)
            if not fate:
                made.silent.append(row)
    if made.arrived:  # the list tells what became of payments, and of these it does not
        wrong += [f"{row.row.place()}：没有写结果，名单里别的行写了" for row in made.silent]
    if wrong:
        mend = "请向银行问明这几笔到没有到账，把处理结果写成“成功”或“失败”再登记。"
        raise UserError(
            "\n  ".join([f"名单有 {len(wrong)} 行看不出是退票还是成功，什么都没有登记：", *wrong, mend])
        )
    return made


def _columns_of_results(rows: Sequence[ReturnRow]) -> dict[tuple[str, str], set[int]]:
    """In each sheet the columns that are no field and have results in them, whatever the bank calls them."""
    columns: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        for column, text in _besides(row):
            if _said(text, asks=False) == "arrived" or _FAILED.fullmatch(narrow(text)):
                columns[row.row.source.book, row.row.source.sheet].add(column)
    return columns


def _besides(row: ReturnRow) -> Iterator[tuple[int, str]]:
    """The cells that are no field: number of the column and text."""
    fields = {column for column, _ in row.row.source.columns.values()}
    for column, cell in enumerate(row.row.cells, 1):
        if column not in fields:
            yield column, shown(cell)


def _fate(row: ReturnRow, unnamed: Set[int]) -> Fate:
    """What became of a payment; "" where the row only stands on the list. unnamed: other columns with results."""
    results: list[Fate] = []
    if "status" in row.row.source.columns:
        results.append("unclear" if "status" in row.row.unread else _said(row.status, _asks_for_success(row)))
    else:
        results += [_said(text, asks=False) for column, text in _besides(row) if column in unnamed]
    if {"", "unclear"} & set(results):
        return "unclear"  # a bank that has such a column fills it in
    said = {*results, *_reasons(row, bool(results))} - {""}
    return said.pop() if len(said) == 1 else "unclear" if said else ""


def _reasons(row: ReturnRow, has_results: bool) -> Iterator[Fate]:
    """What the reason and the cells beside say. Where nothing else does, a reason says that the payment came back."""
    if why := _without_nothing(row.reason):
        said = _said(why, asks=False)
        if narrow(why) in _WELL:
            yield "" if has_results else "unclear"
        else:
            yield said if said == "arrived" else "back"
    if any(_said(text, asks=False) == "arrived" for _, text in _besides(row)):
        yield "arrived"


def _said(text: str, asks: bool) -> Fate:
    """What a cell says of a payment. asks: its heading asks whether the payment succeeded."""
    words = narrow(_without_nothing(text)).lower()
    if not words:
        return ""
    if asks and words in _NO:
        return "back"
    if _BACK.search(words):
        rest = _BACK.sub("", words).strip("()")
        return "unclear" if _DENIED.search(words) or ("成功" in rest and rest not in _DONE) else "back"
    return "arrived" if _ARRIVED.fullmatch(words) or (asks and words in _YES) else "unclear"


def _without_nothing(text: str) -> str:
    return "" if text.strip() in NOTHING else text


def _asks_for_success(row: ReturnRow) -> bool:
    return "成功" in row.row.source.columns["status"][1]


def _unclear(row: ReturnRow, unnamed: Set[int]) -> str:
    why = f"，原因写的是“{row.reason}”" if row.reason else ""
    if "status" in row.row.source.columns:
        written = row.status or row.row.written("status") or "空白"
        return f"{row.row.place('status')}：处理结果写的是“{written}”{why}"
    for column, text in _besides(row):
        if column in unnamed:
            return f"{row.row.at(column)}：写的是“{text or '空白'}”{why}"
    return f"{row.row.place('reason')}：原因写的是“{row.reason}”，又没有处理结果一列"
