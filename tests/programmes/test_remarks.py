"""What a remark decides in which programme: it sets a row aside where its matter counts there, and is only told elsewhere."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import NODEFAULT, structs

from sanchuang_cli.domain.appraisal.rosters import AppraisedUnit, GroupBallots, Problem
from sanchuang_cli.domain.awards.policy import Recommended
from sanchuang_cli.domain.ballots.round_rows import ElectionRow, Revocation
from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.domain.contributions.records import ContributionReceipt, Insured
from sanchuang_cli.domain.disclosing.records import Publication
from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.domain.dues.receipts import PaymentReceipt
from sanchuang_cli.domain.grants.spending import PaidOut, Voucher
from sanchuang_cli.domain.leaders.records import Nominee
from sanchuang_cli.domain.loans.rosters import Applicant, LoanEvent
from sanchuang_cli.domain.pairs.records import Helper, MemberInNeed
from sanchuang_cli.domain.reviews.rosters import Pledge, PointsRow, Reviewed
from sanchuang_cli.domain.visiting.records import Recipient, Visit
from sanchuang_cli.domain.wages.records import Appraisal, Cadre, UnclaimedCard
from sanchuang_cli.finding import Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes import PROGRAMMES, listed
from sanchuang_cli.programmes.checkups import Secretary
from sanchuang_cli.record import Beside, Record, Row, Source
from tests.programmes.incumbents import day
from tests.programmes.insured import insured, outcome, parts, receipt

NAME = "王守田"
CANDIDATE = listed("development").load().mains["register"].wanted.record
GIVEN_BY_A_RUN = {"GivenFile", "Mention", "Deadline", "NotCounted", "Announced"}
SECRET = {"RaterMark", "BallotSheet"}
IN_TURN = {"Member", "SpellRow"}
"""Rows at which their programme looks itself: ballots may not be quoted; of members, and of their spells, remarks are heard row by
row as they are judged (entitlement/remarked.py)."""


def remarked(record: Any, text: str) -> Any:
    """The same record with a remark at the end of its row."""
    at = len(record.row.cells) + 1
    source = replace(record.row.source, remarks=((at, "备注"),))
    row = structs.replace(record.row, source=source, cells=(*record.row.cells, text))
    return structs.replace(record, row=row)


def made(kind: type[Record], remark: str = "", /, **fields: Any) -> Any:
    """A record that says no more than it must, with a remark. Its days are written."""
    days = {one.name for one in kind.declared() if one.kind is Kind.DATE}
    needed = [field.name for field in structs.fields(kind) if field.default is NODEFAULT]
    needed += ["identity"] if "identity" in kind.__struct_fields__ else []
    given = {
        name: "2021-01" if name in days else NAME for name in needed if name not in ("row", "more")
    } | fields
    values: dict[str, Any] = {
        name: day(said) if name in days and said else said for name, said in given.items()
    }
    return remarked(kind(row=Row(Source("册.xlsx", "表", {}), 4, ()), **values), remark)


def told(record: Record) -> list[str]:
    """The codes of what stands beside the fields, and whether it sets the row aside."""
    said = dict.fromkeys((one.severity, one.code.removeprefix("remarks.")) for one in record.said_beside())
    return [f"{'错' if severity is Severity.ERROR else '警'} {code}" for severity, code in said]


@pytest.mark.parametrize("name", [one.name for one in PROGRAMMES])
def test_remarks_are_heard_on_every_row_of_every_roster(name: str) -> None:
    programme = listed(name).load()
    filled = [*(main.wanted for main in programme.mains.values()), *programme.serving.values()]
    deaf = {one.record.__name__ for one in filled if one.record.said_beside is Record.said_beside}
    assert deaf <= GIVEN_BY_A_RUN | SECRET | IN_TURN | {"UnclaimedCard"}


ENTRIES = (ContributionReceipt, PaymentReceipt, Voucher, PaidOut, LoanEvent, Visit, Appraisal, Pledge)


@pytest.mark.parametrize("kind", ENTRIES)
@pytest.mark.parametrize(
    ("remark", "code"),
    [
        *((text, "void") for text in ("作废", "此票作废", "重复", "经核实已作废")),
        *(
            (text, "undone")
            for text in ("已退", "退款", "冲红", "已退回", "退票", "未到账", "尚未到账", "取消", "没去")
        ),
        *(
            (text, "")
            for text in ("代缴", "没有退票", "已退休人员", "退票后已重新打款", "未到期", "原件存档")
        ),
    ],
)
def test_a_receipt_a_voucher_or_a_visit_is_void_or_undone_where_a_remark_says_so(
    kind: type[Record], remark: str, code: str
) -> None:
    assert told(made(kind, remark)) == ([f"错 {code}"] if code else [])


def test_a_comment_and_the_words_for_what_was_done_are_heard_like_a_remark() -> None:
    source = Source("册.xlsx", "表", {"what": (1, "摘要")}, (), {4: Beside({2: "此票作废"}, {3: True})})
    voucher = structs.replace(made(Voucher), row=Row(source, 4, ("已退回", 1, 2)))
    assert [(one.code, one.place.cell) for one in voucher.said_beside()] == [
        ("remarks.void", "B4"),
        ("remarks.undone", "A4"),
        ("struck", "C4"),
    ]


@pytest.mark.parametrize(
    "row", [made(Voucher, "冲销 2026-001", reverses="2026-001"), made(LoanEvent, "冲红", kind="冲正")]
)
def test_a_row_that_takes_another_back_may_say_so(row: Record) -> None:
    assert told(row) == []
    assert told(remarked(row, "作废")) == ["错 void"]


@pytest.mark.parametrize("kind", [GroupBallots, Problem, PointsRow, ElectionRow])
def test_of_ballots_points_and_problems_only_a_void_row_is_heard(kind: type[Record]) -> None:
    assert told(made(kind, "已退回")) == told(made(kind, "未到会5人，取消1次")) == []
    assert told(made(kind, "作废")) == ["错 void"]


@pytest.mark.parametrize("remark", ["未公开", "未张贴", "已撕毁", "拟公开", "还没有张贴", "取消"])
def test_what_was_not_made_public_does_not_count_and_a_row_without_a_day_may_say_so(remark: str) -> None:
    assert told(made(Publication, remark, since="2026-05")) == ["错 undone"]
    assert told(made(Publication, remark)) == []
    assert told(made(Publication, "作废")) == ["错 void"]


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        *((text, "警 grave") for text in ("被留置", "已去世", "书记病故", "书记空缺")),
        *((text, "错 settled") for text in ("未述职", "不参评", "一票否决")),
        *((text, "错 undecided") for text in ("待核实", "得分待核")),
        *((text, "") for text in ("老书记去世", "没有一票否决情形", "安全生产零事故", "杜绝安全事故", "2024年软弱涣散已转化")),
    ],
)  # fmt: skip
def test_what_may_decide_the_grade_of_a_unit_is_heard(remark: str, code: str) -> None:
    assert told(made(AppraisedUnit, remark)) == ([code] if code else [])


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_row_of_something_done_waits_until_it_is_decided(kind: type[Record]) -> None:
    assert told(made(kind, "待核实")) == told(made(kind, "有争议")) == ["错 undecided"]
    assert told(made(kind, "待核实，已核实")) == []


@pytest.mark.parametrize("remark", ["作废", "已退回", "取消"])
def test_no_remark_takes_back_what_holds_money_or_a_result_back(remark: str) -> None:
    assert told(made(Revocation, remark)) == told(made(UnclaimedCard, remark)) == []


def test_a_visit_to_somebody_who_had_died_is_no_visit() -> None:
    assert told(made(Visit, "对象已于2026年4月去世")) == ["错 dead"]
    assert told(made(Visit, "其老伴已于2026年4月去世")) == ["警 of-others"]


@pytest.mark.parametrize(
    ("kind", "remark", "fields", "said"),
    [
        (Insured, "2025年6月受党内警告处分", {}, "错 disciplined"),
        (Insured, "2025年6月受党内警告处分", {"disciplined": "2025-06-10"}, ""),
        (Insured, "2025年6月受党内警告处分", {"disciplined": "2024-06"}, "错 differs"),
        (Insured, "已在企业参加职工养老", {"insurance": "城乡居民"}, "错 insured"),
        (Insured, "已在企业参加职工养老", {"insurance": "职工养老"}, ""),
        (Insured, "以灵活就业身份缴纳职工养老保险", {"insurance": "灵活就业"}, ""),
        (Insured, "已在企业参加职工养老", {"insurance": "灵活就业"}, "错 insured"),
        *((Cadre, text, {}, "") for text in ("按100%发放", "上月少发，已补发", "本人不同意公示")),
        *((kind, text, {}, "错 stopped") for kind, text in ((Insured, "不再补贴"), (Cadre, "不领报酬"))),
        *((kind, "本人放弃", {}, "错 withdrawn") for kind in (Insured, Cadre, Graduate, Recommended, Recipient)),
        (Secretary, "本人放弃", {}, "警 of-others"),
        *((Cadre, text, {}, "错 on_payroll") for text in ("公务员", "已考录公务员")),
        (Cadre, "公务员", {"kind": "本村"}, "错 on_payroll"),
        (Cadre, "公务员", {"kind": "公务员"}, ""),
        (Cadre, "其妻为公务员", {"kind": "本村"}, ""),
        (Cadre, "按70%发放", {}, "错 reduced"),
        *(
            (kind, text, {}, "错 left")
            for kind in (Insured, Cadre)
            for text in ("任至2025年6月", "2025年6月任期届满", "2025年6月换届未连任", "换届未当选", "2025年6月任届满")
        ),
        (Cadre, "任至2025年6月", {"ended": "2025-06"}, ""),
        (Cadre, "任期届满后连任", {}, "警 of-others"),
        *((Graduate, text, {}, "错 left") for text in ("6月1日已离岗", "合同已解除", "已辞职")),
        (Graduate, "2026年6月已离岗", {"left": "2026-06-01"}, ""),
        (Graduate, "2026年5月考上公务员", {}, "错 on_payroll"),
        *((Applicant, text, {}, "错 withdrawn") for text in ("放弃申请", "已撤回")),
        (Applicant, "不符合条件", {}, "错 refused"),
        *(
            (kind, text, {}, "错 out_of_party")
            for kind in (CANDIDATE, Reviewed, Payer, MemberInNeed, Recommended)
            for text in ("2025年8月开除党籍", "2025年6月退党", "除名", "自行脱党", "停止党籍")
        ),
        (Cadre, "2025年8月开除党籍", {}, "警 of-others"),
        (Insured, "2025年8月开除党籍", {}, "错 disciplined"),
        (Payer, "2025年8月开除党籍", {"left": "2025-08"}, ""),
        (Reviewed, "2019年开除党籍，2021年恢复党籍", {}, ""),
        *(
            (kind, text, {}, "错 transferred")
            for kind in (CANDIDATE, Reviewed, Payer)
            for text in ("党组织关系已转出", "组织关系转出至外县", "2026年1月转走", "已转出")
        ),
        (Payer, "已转出", {"left": "2026-01"}, ""),
        (Reviewed, "组织关系转至本村", {}, ""),
        (Reviewed, "组织关系未转出", {}, ""),
        *(
            (CANDIDATE, text, {}, "错 refused")
            for text in ("取消发展对象资格", "政审不合格", "支部大会未召开", "公示期间有举报", "延长预备期半年", "党委审批未通过")
        ),
        (CANDIDATE, "取消发展对象资格", {"ended": "2025-08"}, ""),
        (CANDIDATE, "公示期间没有举报", {}, ""),
        (CANDIDATE, "迁出本县", {}, "错 moved"),
        *((kind, text, {}, "错 custody") for kind in (CANDIDATE, Reviewed, Helper) for text in ("被留置", "被取保候审")),
        (MemberInNeed, "失联", {}, "警 of-others"),
        (Reviewed, "受党内严重警告处分", {}, "错 disciplined"),
        *((kind, "2025年受党内严重警告处分", {}, "错 disciplined") for kind in (Recommended, Nominee)),
        *(
            (Nominee, "2025年受党内严重警告处分", {"more": {"处分情况": said}}, told)
            for said, told in (("严重警告", ""), ("无", "错 disciplined"), ("记过", "错 differs"))
        ),
        *((Recommended, text, {}, "错 not_member") for text in ("非党员", "预备党员")),
        (Recommended, "预备党员转正", {}, ""),
        (Recommended, "2025年并入东村", {"identity": ""}, "警 gone"),
        (MemberInNeed, "2026年已脱贫，不再需要帮扶", {}, "错 withdrawn"),
        (MemberInNeed, "与帮扶甲系兄弟", {}, "警 of-others"),
        (Recipient, "本人拒收，已退回", {}, "错 undone"),
        (Cadre, "已退款", {}, ""),
    ],
)  # fmt: skip
def test_a_remark_sets_aside_where_its_matter_decides_and_is_told_or_left_elsewhere(
    kind: type[Record], remark: str, fields: dict[str, Any], said: str
) -> None:
    assert told(made(kind, remark, **fields)) == ([said] if said else [])


def test_a_post_that_is_written_as_ended_is_heard_in_its_own_cell() -> None:
    source = Source("册.xlsx", "表", {"post": (1, "职务")})
    helper = structs.replace(made(Helper), row=Row(source, 4, ("局长（已免职）",)))
    assert told(helper) == ["错 left"]


@pytest.mark.parametrize(
    ("remark", "part"), [("", "补贴"), ("代缴", "补贴"), ("作废", "待缴费"), ("冲红", "待缴费")]
)
def test_a_receipt_that_a_remark_voids_pays_nothing_in(remark: str, part: str) -> None:
    who = insured()
    run = outcome(who, receipts=[remarked(receipt(who, 960, "2025-12-01"), remark)])
    assert parts(run) == [part]
