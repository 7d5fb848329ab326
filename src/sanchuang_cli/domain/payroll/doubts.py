"""Lists the findings on people who are paid: code, severity, rule, and what the clerk should do. Words only."""

from collections.abc import Iterable

from sanchuang_cli.domain import pays
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.payroll.wording import HEIRS
from sanchuang_cli.finding import Doubt, Doubts, Finding, Severity
from sanchuang_cli.judging import Told
from sanchuang_cli.papers import Line

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_SAME = (
    "号码写错的请改正；换了号码的、确是两个人的，请用台账发放：sanchuang ledger same 旧号码 新号码 --note 依据，"
    "或 sanchuang ledger different 新号码 --note 依据。"
)
_ONE_PERSON = "一人一份，换了号码也是同一个人"

DOUBTS = Doubts(
    {
        "absent": Doubt(
            _WARNING, "名册不重不漏", "离世、迁出的请在名册里保留一行并填明日期；号码写错的请改正。"
        ),
        "account": pays.DOUBTS["account"],
        "duplicate": Doubt(_ERROR, "一人一份", "请删去重复的一行。", "一个人列了几行"),
        "known-account": Doubt(_ERROR, _ONE_PERSON, _SAME, "银行账号上期属于另一个身份证号"),
        "known-birth": Doubt(_ERROR, _ONE_PERSON, _SAME, "上期有同名同生日的另一个号码"),
        "known-home": Doubt(_ERROR, _ONE_PERSON, _SAME, "上期同村有同名的另一个号码"),
        "list-partial": Doubt(
            _NOTE,
            "号码和姓名都对得上的待核实，只对上一样的请人核对",
            "能取得完整号码的，请换成完整号码再比对。",
        ),
        "list-unread": Doubt(
            _ERROR,
            "核查名单上的每一行都要比对",
            "请补上姓名或身份证号；不是名单内容的，请删去这一行。",
            "核查名单的一行没有读出姓名和号码",
        ),
        "to-heirs": Doubt(_WARNING, mend=HEIRS),
        "made-good": Doubt(
            _NOTE,
            "上期应发未发的，按当时的政策补发",
            "请核对上期是否确实没有发过（现金、另行发放的也算发过）。",
        ),
        "no-township": Doubt(_WARNING, "花名册和汇总表分乡镇", "请补填乡镇。"),
        "risen": Doubt(_WARNING, "--previous 只补上期按当时政策应发未发的"),
        "screened": Doubt(_ERROR, "核查名单比对", "请核实本人情况。", "在核查名单上"),
        "shared-account": Doubt(
            _ERROR, "一个账号一个户名", "请核对各人本人的账号。", "几个人用同一个银行账号"
        ),
        **{code: pays.DOUBTS[code] for code in ("two-numbers", "namesakes")},
    }
)
"""By code. Rows that agree with each other, and people who only resemble somebody on a list, get a lower severity."""


def errors_by_row(findings: Iterable[Finding]) -> dict[Line, list[Finding]]:
    """The errors by the row on which they were found."""
    errors: dict[Line, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.place.line, []).append(finding)
    return errors


def on_person(
    decision: Decision, code: str, column: str, message: str, weight: Severity | None = None, mend: str = ""
) -> Told:
    """A finding on a person, in the cell of `column`. weight, mend: instead of those in the table."""
    record = decision.record
    finding = DOUBTS.at(code, record.row.place(column), f"{record.name}：{message}", mend=mend, weight=weight)
    return Told(finding, record.row)
