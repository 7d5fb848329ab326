"""Lists what can be doubtful about the row of a person: how serious it is, by which rule, and what the clerk
should do.

This is the only table of these. It judges nothing. A RowTrouble has no place in the workbook yet; `finding`
gives it one.
"""

from typing import NamedTuple

from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Doubt, Doubts, Finding, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_IN_ONE_ROW = "一行里的内容应当对得上"
_BY_IDENTITY = "年龄、性别以身份证号为准"
_NOT_SEEN = "看不清的内容不作为发放的依据"
_ARCHIVES = "请对照档案和证件，改正写错的一格。"
_APPOINTMENTS = "请对照任免文件，改正写错的一格。"

DOUBTS = Doubts(
    {
        "begins-within": Doubt(
            _NOTE, mend="以前有规定的，在政策文件里补上那一版 [[edition]]；没有的不用管。"
        ),
        "birth-differs": Doubt(
            _ERROR, _BY_IDENTITY, "请核对身份证，改正写错的一格。", "出生日期与身份证号不符"
        ),
        "contradiction": Doubt(_ERROR, _IN_ONE_ROW, _ARCHIVES, "一行里的内容互相矛盾"),
        "identity": Doubt(_ERROR, _BY_IDENTITY, "请核对身份证号。", "身份证号不能识别"),
        "left-differs": Doubt(
            _ERROR, "离任时间以任职经历最后一段为准", _APPOINTMENTS, "离任时间与任职经历不符"
        ),
        "no-column": Doubt(_WARNING),
        "no-spells": Doubt(
            _ERROR, mend="请在“任职经历”列或任职经历表里逐段填写起止年月和职务。", brief="没有逐段的任职经历"
        ),
        "old-base": Doubt(_NOTE, mend="已有新数的，请在政策文件的 values 里补上；没有变的不用管。"),
        "post-differs": Doubt(
            _ERROR, "离任职务以任职经历最后一段为准", _APPOINTMENTS, "离任职务与任职经历不符"
        ),
        "sex-differs": Doubt(_ERROR, _BY_IDENTITY, "请核对身份证，改正写错的一格。", "性别与身份证号不符"),
        "spell-line": Doubt(
            _ERROR,
            "任职时间以任职经历表为准",
            "请先把任职经历表上那一段核实改正。",
            "任职经历表上有一段没有核实",
        ),
        "spells-differ": Doubt(
            _ERROR, "任职时间以任职经历表为准", "请对照任免文件，改正写错的一处。", "名册与任职经历表不一致"
        ),
        "unclear": Doubt(_ERROR, brief="该不该发、发多少没有写清"),
        "unlisted-post": Doubt(
            _WARNING, mend="职务写错的请改正；确应计入的，在政策文件 service.posts 的 words 里补上。"
        ),
        "unread": Doubt(_ERROR, _NOT_SEEN, "请核实后改成规定的写法。", "有一格读不懂"),
        "vague-date": Doubt(
            _ERROR,
            "日期不确定而影响金额的，不发放、待核实",
            "请核实后写到月（或日）。",
            "日期不够确切，金额算不准",
        ),
        "years-differ": Doubt(_ERROR, "任职年限以任职经历为准", _APPOINTMENTS, "任职年限与任职经历不符"),
    }
)
"""The table, by code. An error that does not change the money of its row counts as a warning.

Where the rule or the mend is left out here, it differs from case to case: the clause of the policy, or the
missing word.
"""


class RowTrouble(NamedTuple):
    """Why a row cannot be judged, or what is odd about it. column: the field of the record."""

    code: str
    column: str
    message: str
    basis: str
    mend: str


def trouble(code: str, column: str, message: str, basis: str = "", mend: str = "") -> RowTrouble:
    """Return a trouble with the words of the table, except those that the caller gives."""
    doubt = DOUBTS[code]
    return RowTrouble(code, column, message, basis or doubt.basis, mend or doubt.mend)


def finding(record: Member, one: RowTrouble, weight: Severity | None = None) -> Finding:
    """Put a trouble at its place in the workbook. It is as serious as the table says, unless the caller says
    otherwise."""
    said = f"{record.name}：{one.message}"
    return DOUBTS.at(one.code, record.row.place(one.column), said, one.basis, one.mend, weight=weight)
