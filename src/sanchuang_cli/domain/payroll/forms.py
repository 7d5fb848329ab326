"""Makes 申请（审批）表: one page for one person and benefit, filled in from the verdict; blank only where people write.

It makes forms from verdicts that the rules have returned, and judges nothing again.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import partial
from itertools import chain

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.payroll.doubts import errors_by_row
from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.payroll.wording import PER, basis_text, spells_text
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.finding import Place
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import NOTHING, Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.papers import Box, Form, WrittenFor, box
from sanchuang_cli.period import Month
from sanchuang_cli.table import Column

NAME = "申请（审批）表"
_APPROVAL = "审批"
_PROMISE = "以上情况属实；如有不实，本人愿意退回所领款项并承担责任。"
_DAY, _SEAL, _HEAD = "　　　　年　　月　　日", "（盖章）", "负责人签字："


@dataclass(frozen=True)
class FormAsked:
    """What a form is about. line: what is paid; None where nothing is paid, or not yet."""

    decision: Decision
    verdict: BenefitVerdict
    line: PaymentLine | None

    @property
    def record(self) -> Member:
        """The person."""
        return self.decision.record

    @property
    def approval(self) -> frozenset[str]:
        """The fields of the roster that say whether it was approved."""
        columns = (clause.columns for clause in self.verdict.clauses if clause.name == _APPROVAL)
        return frozenset(chain.from_iterable(columns))

    @property
    def lacks_approval_alone(self) -> bool:
        """Whether everything but the approval is there."""
        failing = {clause.name for clause in self.verdict.failing}
        doubtful = {trouble.column for trouble in self.verdict.troubles}
        return failing == {_APPROVAL} and doubtful <= self.approval


def forms(whole: Whole, whom: WrittenFor) -> tuple[Form, ...]:
    """A form for each benefit of the people chosen; of those who are new or lack only the approval, if none are chosen."""
    return tuple(_form(whole.more, asked) for asked in _asked(whole, whom))


def _asked(whole: Whole, whom: WrittenFor) -> Iterator[FormAsked]:
    payroll: Payroll = whole.more
    errors = errors_by_row(whole.findings)
    for decision in (*payroll.standing, *_set_aside(whole)):
        row = decision.record.row
        odd = {error.place for error in errors.get(row.line, ())}
        latest = {verdict.benefit.name: verdict for verdict in decision.verdicts}
        for name, verdict in latest.items():
            line = payroll.line_by_key.get((decision.record.identity, name))
            asked = FormAsked(decision, line.verdict if line else verdict, line)
            if whom.everybody and not line:  # "everybody" means everybody who is paid
                continue
            if whom.chosen(row.line, partial(_needs_one, asked, odd)):
                yield asked


def _set_aside(whole: Whole) -> list[Decision]:
    """The decisions on rows that are set aside, in the order of pages. A row that could not be judged has none."""
    aside = {id(row) for row in whole.aside}
    rows = (row for row in whole.judged["members"] if id(row.record.row) in aside)
    return sorted(
        (row.verdict for row in rows if row.verdict is not None),
        key=lambda decision: (
            *whole.at.occasion.rank(decision.record.township),
            decision.record.village,
            decision.record.name,
        ),
    )


def _needs_one(asked: FormAsked, odd: Set[Place]) -> bool:
    """Whether a form is needed when nobody was chosen. odd: the cells of the row with errors."""
    if asked.line:
        return asked.line.state == "新增"
    if not asked.lacks_approval_alone:
        return False
    return odd <= {asked.record.row.place(name) for name in asked.approval}


def _form(payroll: Payroll, asked: FormAsked) -> Form:
    record, benefit = asked.record, asked.verdict.benefit
    edition = payroll.at.policy
    return Form(
        record.township,
        record.name,
        f"{benefit.name}{NAME}",
        (*_person(asked), *_service(asked), *_conditions(asked), *_money(asked), *_OPINIONS),
        (
            f"依据：{basis_text(edition, benefit.document)}{benefit.clause}。"
            f"{payroll.at.occasion.period.title}按名册测算，判定日 {payroll.at.occasion.on}。",
        ),
    )


def _person(asked: FormAsked) -> Iterator[tuple[Box, ...]]:
    """Who it is. Nothing of the roster says the 民族, so that its box is left blank."""
    record, born = asked.record, asked.decision.born
    yield (
        box("姓名", record.name),
        box("性别", born.sex if born else record.sex),
        box("出生日期", born.day if born else record.born),
    )
    yield box("民族"), box("政治面貌", "中共党员" if record.joined else ""), box("入党日期", record.joined)
    yield (
        _numbered("identity", "身份证号", Kind.IDENTITY, record.identity),
        _numbered("phone", "联系电话", Kind.PHONE, record.phone),
    )
    yield box("家庭住址", f"{record.township}{record.village}"), box("所在党支部", record.branch)
    yield box("开户行", record.bank), _numbered("account", "银行账号", Kind.ACCOUNT, record.account)


def _numbered(name: str, label: str, kind: Kind, words: str) -> Box:
    """A box with a number that is masked unless it is asked for."""
    return Box(Column(name, label, kind), words)


def _service(asked: FormAsked) -> Iterator[tuple[Box, ...]]:
    """The service, where the benefit depends on it."""
    verdict, record = asked.verdict, asked.record
    if verdict.benefit.service is None:
        return
    length = verdict.length
    yield (
        box("离任职务", record.post),
        box("累计月数", length.counted if length else ""),
        box("认定年限", length.rounded if length else ""),
    )
    served = spells_text(verdict.record.spells)
    yield box("任职经历", served, share=3), box("证明材料", share=1)


def _conditions(asked: FormAsked) -> Iterator[tuple[Box, ...]]:
    """Each condition with what the roster says and the clause; then what the roster says beside them."""
    verdict, record = asked.verdict, asked.record
    # An approval that is missing is what this form is for, so that it is not held against the person.
    clauses = [
        clause for clause in verdict.clauses if clause.name != _APPROVAL or clause.holds(verdict.asked)
    ]
    beside = (("处分情况", record.penalty), ("刑罚情况", record.sentence), ("备注", record.remarks))
    lines = [_condition(clause, verdict) for clause in clauses]
    lines += [f"{heading}：{words}" for heading, words in beside if words and words not in NOTHING]
    yield (box("条件核查", "\n".join(lines)),)


def _condition(clause: Clause, verdict: BenefitVerdict) -> str:
    mark = "符合" if clause.holds(verdict.asked) else "不符合"
    return f"{clause.name}：{mark}。{clause.said}（{clause.citation}）"


def _money(asked: FormAsked) -> Iterator[tuple[Box, ...]]:
    """What is paid, by which clause and from when; or why nothing is paid."""
    verdict, line = asked.verdict, asked.line
    if not verdict.standards:
        yield (box("核定意见", _nothing(asked)),)
        return
    at = max(verdict.standards)
    standard, amount = verdict.standards[at], verdict.benefit.amount_in_force(Month.at(at).first)
    basis = f"（{amount.clause}）" if amount else ""
    mark = "，" if standard.per == "once" else "/"
    yield (
        box("档次", standard.label),
        box("标准", f"{yuan(standard.fen)} 元{mark}{PER[standard.per]}{basis}"),
    )
    since = str(Month.at(verdict.first)) if verdict.first > 0 else ""
    yield box("起发月", since), box("本期金额", _sum(line) if line else _nothing(asked))


def _sum(line: PaymentLine) -> str:
    late = f"，其中补发 {yuan(line.arrears)} 元" if line.arrears else ""
    return f"{yuan(line.fen)} 元（{len(line.payments)} 个月{late}）"


def _nothing(asked: FormAsked) -> str:
    if asked.lacks_approval_alone:
        return "待审批"
    if asked.verdict.troubles:
        return f"待核实：{asked.verdict.troubles[0].message}"
    failing = asked.verdict.failing
    return f"不予发放：{failing[0].name}" if failing else "本期不发"


def _opinion(label: str, words: str = "", head: str = _HEAD) -> Box:
    return Box(Column(label, label), words, (head, _SEAL, _DAY))


_OPINIONS: tuple[tuple[Box, ...], ...] = (
    (
        Box(Column("promise", "本人申请"), _PROMISE, ("申请人签字（手印）：", _DAY)),
        _opinion("村党组织\n意见"),
    ),
    (
        Box(
            Column("posted", "公示情况"),
            "　　月　　日至　　月　　日",
            ("结果：", "经办人签字：", _DAY),
        ),
        _opinion("乡镇党委\n意见"),
    ),
    (_opinion("县委组织部\n意见"), _opinion("县财政局\n意见")),
)
