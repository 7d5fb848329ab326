"""Understands the rows of a bank's list of returned payments, or of the results of all of them: which came back and which arrived.

Promise: a payment counts as returned, or as arrived, only where its row says so, or where the list as a whole does (its title, sheet
or file) and nothing in it says otherwise. What is not understood is refused with its place. It reads no ledger.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Annotated, Literal, NamedTuple

from sanchuang_cli.finding import Place, UserError
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
    """The rows of a list by what became of the payment. silent: rows among `back` that do not say so themselves: the list as a whole
    does, or whoever gave it."""

    back: list[ReturnRow]
    arrived: list[ReturnRow]
    silent: list[ReturnRow]


Fate = Literal["back", "arrived", "", "unclear"]
Table = tuple[str, ...]
"""The file, the sheet and the titles over a row."""

_BACK = re.compile("失败|不成功|未成功|没有成功|退票|退回|退汇|退款|拒绝|拒付|未入账|未到账|冲正")
_TROUBLE = re.compile(
    "不存在|不符|不一致|不匹配|不正确|不正常|非正常|不完整|不全|不支持|不允许|不动户|有误|错误|异常|无此|无效|失效|过期|销户|注销|冻结|止付|挂失|久悬|睡眠|休眠|受限|"
    "限制|限额|超限|未激活|未启用|已关闭|非本行|不受理"
)
"""Why a payment fails, whatever the column is called."""
_DENIED = re.compile("(?:无|未|非|没有|未见|不含|除)(?:失败|退|拒|冲|异常|错|有误|销户|冻结|止付|挂失)")
_DONE = frozenset({"成功", "已成功"})
"""What may stand beside a word of _BACK: 退票成功. Any other 成功 there makes it unclear."""
_ARRIVED = re.compile(
    "(?:银行|交易|处理|付款|支付|代发|发放|转账|记账|入账|到账)?已?(?:成功|入账|到账)|"
    "成功(?:入账|到账|付款|支付|发放|处理|交易)|(?:付款|支付|代发|发放|入账|到账|处理|交易)成功"
)
_GOOD = re.compile("成功|入账|到账")
_FAILED = re.compile("(?:银行|交易|处理|付款|支付|代发|发放|转账|入账)?(?:失败|不成功|未成功|退票|退汇)")
"""A cell that is nothing but a result."""
_SOUND = re.compile("正常|完成|无误|已付|已发")
"""Words that speak for an arrival without saying it: never a reason for a return."""
_PENDING = re.compile("处理中|已?受理|在途|待处理|待核|待定|等待|已提交|排队")
_YES, _NO = (
    frozenset(["y", "yes", "是", "√", "✓", "✔", "对"]),
    frozenset(["n", "no", "否", "×", "✗", "✘", "x", "错"]),
)
"""Answers in a column that asks whether a payment succeeded, or came back. Digits are none: with some banks 0 is success."""
_OF_REASONS = re.compile("退|失败|错|拒")
"""Headings under which any words are a reason; elsewhere, under 原因 too, only those that are known."""
_PLANS = re.compile("重发|补发|待发|应发|拟发|是否|查询|核对")
"""Words in the name of a list that says what is to be paid, or that asks: it tells nothing of what became of the payments."""
_SURVEYS = re.compile("情况|汇总")
"""Words of a list that may be about more than what arrived."""
_OF_PERSON = re.compile(
    "(?:序号|编号|证号码?|证件号码?|电话|手机号?码?|乡镇|街道|村|组|开户行|行名|行号|开户银行|网点|支行|地址|单位|性别|年龄|姓名|户名|名称)$"
)
_OF_TRANSFER = re.compile("(?:日期|时间|流水号?|凭证号码?|用途|摘要|附言|批次号?|批号|币种)$")
"""Columns that tell no two results apart; those of a transfer only where every row has something in them."""
_OTHERS_SAY = "没有写结果，名单里别的行写了"
_SAYS_NOTHING = "没有写处理结果，也没有写退票原因，标题、工作表名、文件名也没有写明是退票名单"
_MEND = (
    "请向银行问明这几笔到没有到账，把处理结果写成“成功”或“失败”再登记。登记退票的，银行给的名单没有结果、没有原因，就在文件名里写明“退票”；"
    "每一行都确实退回来了的，加上 --all-returned。"
)


def sorted_out(rows: Sequence[ReturnRow], *, all_returned: bool = False) -> Sorted:
    """Tell the rows apart. all_returned: somebody says that every row came back that says nothing itself.

    Raises UserError that names every row that is not understood.
    """
    made, wrong = Sorted([], [], []), defaultdict[str, list[Place]](list)
    unnamed = _columns_of_results(rows)
    own = [(row, _fate(row, unnamed[_table(row)])) for row in rows]
    whole = _Whole.of(own)
    for row, said in own:
        fate, why, at = said, "", row.row.place()
        if said == "unclear":
            at, why = _unclear(row, unnamed[_table(row)])
        elif not said:
            fate, why = whole.says_of(row, all_returned=all_returned)
        elif {said, whole.called[_table(row)]} == {"back", "arrived"}:
            fate, why = "unclear", "标题或工作表名写的与这一行不同"
        if fate == "unclear":
            wrong[why].append(at)
        else:
            (made.back if fate == "back" else made.arrived).append(row)
            made.silent.extend([row] if fate == "back" and not said else [])
    if wrong:
        _refuse(wrong)
    return made


def _refuse(wrong: Mapping[str, Sequence[Place]]) -> None:
    number = sum(map(len, wrong.values()))
    lines = [f"{at[0]}{f'等 {len(at)} 行' if len(at) > 1 else ''}：{why}" for why, at in wrong.items()]
    heading = f"名单有 {number} 行看不出是退票还是成功，什么都没有登记："
    raise UserError("\n  ".join([heading, *lines, _MEND]))


class _Whole(NamedTuple):
    """A list as a whole. called: what is said over each table. speaking: the tables of which rows say something. odd: in each table
    the first cell of a column of which nobody knows what it says. arrived: whether a row says that it arrived."""

    called: Mapping[Table, Fate]
    speaking: Set[Table]
    odd: Mapping[Table, Place]
    arrived: bool

    @classmethod
    def of(cls, own: Sequence[tuple[ReturnRow, Fate]]) -> "_Whole":
        """A list of which each row says something itself, or nothing."""
        called = {_table(row): _called(*_headlines(row)) for row, _ in own}
        speaking = {_table(row) for row, fate in own if fate}
        odd = _odd_columns([row for row, _ in own])
        return cls(called, speaking, odd, any(fate == "arrived" for _, fate in own))

    def says_of(self, row: ReturnRow, *, all_returned: bool) -> tuple[Fate, str]:
        """What became of a payment of which its row says nothing, and why that is unclear. The name of the file counts where there
        is nothing else that says anything."""
        table = _table(row)
        if all_returned and not self.arrived and self.called[table] != "arrived":
            return "back", ""
        if table in self.speaking:
            return "unclear", _OTHERS_SAY
        fate = self.called[table]
        if not self.speaking and not any(self.called.values()):
            fate = _called(row.row.source.book.rpartition("/")[2])
        if fate == "back" and "reason" in row.row.source.columns:
            return "unclear", "原因一列是空白"
        if fate == "back" and (cell := self.odd.get(table)):
            return "unclear", f"“{cell.heading or cell.column}”一列不认识，可能写的就是结果"
        return (fate, "") if fate in ("back", "arrived") else ("unclear", _SAYS_NOTHING)


def _table(row: ReturnRow) -> Table:
    return row.row.source.book, row.row.source.sheet, *row.row.source.titles


def _columns_of_results(rows: Sequence[ReturnRow]) -> dict[Table, set[int]]:
    """In each sheet the columns that are no field and have results in them, whatever the bank calls them."""
    columns: dict[Table, set[int]] = defaultdict(set)
    for row in rows:
        without_reasons = "reason" not in row.row.source.columns
        for column, text in _besides(row):
            said, asks = _said_at(row, column, text), _asks(row.row.at(column).heading)
            if (
                said == "arrived"
                or (said == "back" and (asks or without_reasons))
                or _FAILED.fullmatch(narrow(text))
            ):
                columns[_table(row)].add(column)
    return columns


def _odd_columns(rows: Sequence[ReturnRow]) -> dict[Table, Place]:
    """In each sheet the first cell of a column of which nobody knows what it says: it may be a result."""
    filled, sizes = Counter[tuple[Table, int]](), Counter(map(_table, rows))
    first: dict[tuple[Table, int], Place] = {}
    for row in rows:
        for column, text in _besides(row):
            if _without_nothing(text):
                filled[_table(row), column] += 1
                first.setdefault((_table(row), column), row.row.at(column))
    odd: dict[Table, Place] = {}
    for (table, column), place in first.items():
        whole = filled[table, column] == sizes[table]
        plain = whole and _OF_TRANSFER.search(place.heading) and not _GOOD.search(place.heading)
        if not (plain or _OF_PERSON.search(place.heading)):
            odd.setdefault(table, place)
    return odd


def _besides(row: ReturnRow) -> Iterator[tuple[int, str]]:
    """The cells that are no field: number of the column and text."""
    fields = {column for column, _ in row.row.source.columns.values()}
    for column, cell in enumerate(row.row.cells, 1):
        if column not in fields:
            yield column, shown(cell)


def _headlines(row: ReturnRow) -> Iterator[str]:
    """What stands over a row: titles, the name of its sheet, the headings of account and amount."""
    source = row.row.source
    yield from (*source.titles, source.sheet)
    yield from (source.columns[name][1] for name in ("account", "amount") if name in source.columns)


def _called(*names: str) -> Fate:
    """What a list says of all its payments by what it is called."""
    words = narrow("，".join(names))
    rest = _BACK.sub("", words)
    back, good = rest != words, _GOOD.search(rest)
    if not back and not good:
        return ""
    if (back and good) or _PLANS.search(words) or _DENIED.search(words):
        return "unclear"
    return "back" if back else "unclear" if _SURVEYS.search(words) else "arrived"


def _fate(row: ReturnRow, unnamed: Set[int]) -> Fate:
    """What a row says of its payment; "" where it only stands on the list. unnamed: other columns with results."""
    results: list[Fate] = []
    if "status" in row.row.source.columns:
        heading = row.row.source.columns["status"][1]
        results.append("unclear" if "status" in row.row.unread else _said(row.status, _asks(heading)))
    else:
        results += [_said_at(row, column, text) for column, text in _besides(row) if column in unnamed]
    if {"", "unclear"} & set(results):
        return "unclear"  # a bank that has such a column fills it in
    said = {*results, *_reasons(row, bool(results))} - {""}
    return said.pop() if len(said) == 1 else "unclear" if said else ""


def _reasons(row: ReturnRow, has_results: bool) -> Iterator[Fate]:
    """What the reason and the cells beside say. Where nothing else does, a reason says that the payment came back."""
    if why := _without_nothing(row.reason):
        said = _said(why)
        if said in ("arrived", "back"):
            yield said
        elif _is_reason(why, row.row.source.columns.get("reason", (0, "退票原因"))[1]):
            yield "back"
        else:
            yield "" if has_results else "unclear"
    if any(_said_at(row, column, text) == "arrived" for column, text in _besides(row)):
        yield "arrived"


def _is_reason(why: str, heading: str) -> bool:
    """Whether words that nobody knows are a reason for a return: those in Chinese under a heading that asks for one."""
    words = narrow(why)
    speaks = re.search("[\u3400-\u9fff]", words) and not _SOUND.search(words)
    return bool(
        speaks and _OF_REASONS.search(heading) and not _PENDING.search(words) and not _GOOD.search(words)
    )


def _said_at(row: ReturnRow, column: int, text: str) -> Fate:
    """What a cell says that is no field."""
    return _said(text, _asks(row.row.at(column).heading))


def _said(text: str, asks: Fate = "") -> Fate:
    """What a cell says of a payment. asks: what 是 means under its heading."""
    words = narrow(_without_nothing(text)).lower()
    if not words:
        return ""
    if asks and words in _YES | _NO:
        return asks if words in _YES else "back" if asks == "arrived" else "arrived"
    rest = _TROUBLE.sub("", _BACK.sub("", words))
    if rest != words:
        rest = rest.strip("()")
        return "unclear" if _DENIED.search(words) or (_GOOD.search(rest) and rest not in _DONE) else "back"
    return "arrived" if _ARRIVED.fullmatch(words) else "unclear"


def _without_nothing(text: str) -> str:
    return "" if text.strip() in NOTHING else text


def _asks(heading: str) -> Fate:
    """What 是 means under a heading that asks what became of a payment; "" where it does not ask."""
    if "成功" in heading:
        return "arrived"
    return "back" if re.search("是否|标志|标识|否$", heading) and re.search("退|失败", heading) else ""


def _unclear(row: ReturnRow, unnamed: Set[int]) -> tuple[Place, str]:
    why = f"，原因写的是“{row.reason}”" if row.reason else ""
    if "status" in row.row.source.columns:
        written = row.status or row.row.written("status") or "空白"
        return row.row.place("status"), f"处理结果写的是“{written}”{why}"
    for column, text in _besides(row):
        if column in unnamed:
            return row.row.at(column), f"写的是“{text or '空白'}”{why}"
    return row.row.place("reason"), f"原因写的是“{row.reason}”，又没有处理结果一列"
