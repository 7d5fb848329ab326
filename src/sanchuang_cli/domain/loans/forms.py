"""Makes the 审批表: one page for one application, filled in from the verdict; blank only where people write."""

from collections.abc import Sequence

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.domain.loans.rosters import Applicant
from sanchuang_cli.judging import Reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.papers import Box, Form, box
from sanchuang_cli.table import Column

_HEAD, _SEAL, _DAY = "负责人签字：", "（盖章）", "　　　　年　　月　　日"
_PROMISE = "以上情况属实，贷款只用于所报项目；如有不实，本人承担责任。"


def form(who: Applicant, policy: LoanPolicy, reasons: Sequence[Reason], outcome: str) -> Form:
    """The form of one application. outcome: what the rules propose, in words."""
    return Form(
        who.township,
        who.name,
        "党员创业扶助贷款审批表",
        (*_person(who), *_project(who), *_judged(who, policy, reasons, outcome), *_OPINIONS),
        (f"依据：《{policy.title}》（{policy.document}）{policy.limit.clause}。",),
    )


def _person(who: Applicant) -> tuple[tuple[Box, ...], ...]:
    spouse = Box(Column("spouse", "配偶身份证号", Kind.IDENTITY), who.spouse)
    return (
        (box("姓名", who.name), box("性别", who.sex), box("出生日期", who.born)),
        (Box(Column("identity", "身份证号", Kind.IDENTITY), who.identity), spouse),
        (box("人员类别", who.category), box("信用", who.credit), box("住址", f"{who.township}{who.village}")),
    )


def _project(who: Applicant) -> tuple[tuple[Box, ...], ...]:
    return (
        (box("项目", who.project), box("开办日期", who.opened), box("带动户数", f"{who.households} 户")),
        (box("总投资", f"{yuan(who.total)} 元"), box("自有资金", f"{yuan(who.own)} 元")),
        (box("申请额", f"{yuan(who.asked)} 元"), box("期限", f"{who.months} 个月"), box("申请日期", who.day)),
    )


def _judged(
    who: Applicant, policy: LoanPolicy, reasons: Sequence[Reason], outcome: str
) -> tuple[tuple[Box, ...], ...]:
    marks = {True: "符合。", False: "不符合。", None: ""}
    items = policy.scores.items if policy.scores else ()
    scored = "、".join(f"{item.column} {plain(who.more[item.column])}（满分 {item.most}）" for item in items)
    scored += f"。理由：{who.score_note}" if who.score_note else ""
    points = {item.column for item in items}
    lines = [
        f"{one.what}：{marks[one.holds]}{one.said}（{one.basis}）"
        for one in reasons
        if one.what not in points
    ]
    return (
        (box("条件核查", "\n".join(lines)),),
        *(((box("评分", scored),),) if scored else ()),
        (box("核定意见", outcome),),
    )


def _opinion(label: str) -> Box:
    return Box(Column(label, label), "", (_HEAD, _SEAL, _DAY))


_OPINIONS = (
    (
        Box(Column("promise", "本人申请"), _PROMISE, ("申请人签字（手印）：", _DAY)),
        _opinion("村党组织\n意见"),
    ),
    (_opinion("乡镇党委\n初审意见"), _opinion("贷款机构\n意见")),
    (_opinion("县委组织部\n意见"), _opinion("县财政局\n意见")),
)
