"""Tells where a run may have been made with the wrong policy file, or the ledger begun with wrong names: the file is not that of the last
batch, most people would be asked back, or what was brought in is a benefit that the run does not know. Reads only."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, select

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.ledger.entries import OPENING
from sanchuang_cli.ledger.held import KnownEntries
from sanchuang_cli.ledger.history import CANCELLED
from sanchuang_cli.ledger.pages import IMPORT, REISSUE
from sanchuang_cli.ledger.tables import batch, entry, run
from sanchuang_cli.outcome import Claimant
from sanchuang_cli.report.run import Run

_FEW = 5
"""Of fewer people no share says anything."""
_LOOK = "请核对 --policy；用错了的不要提请，已提请的先取消。"


def other_policy(
    connection: Connection, made: Run, people: Collection[str], less: Collection[str]
) -> Iterator[Finding]:
    """A warning where the policy file is not that of the programme's last batch, and one where more than half of the people are asked
    for money or have some deducted. people: all that were judged; less: those of whom something is taken back."""
    of_batch = (
        select(batch.c.id, run.c.policy, run.c.policy_sha256)
        .join(run, run.c.id == batch.c.run)
        .where(batch.c.programme == made.name, batch.c.state != CANCELLED)
        .where(batch.c.purpose.not_in((IMPORT, REISSUE)))
        .order_by(batch.c.id.desc())
        .limit(1)
    )
    now = made.policy
    for number, name, sha256 in connection.execute(of_batch):
        if sha256 != now.sha256:
            what = f"是 {now.name}，批次 {number} 用的是 {name}"
            if name == now.name:
                what = f" {name} 与批次 {number} 用的内容不同"
            sample = "，而且是示例政策" if any(edition.example for edition in now.editions) else ""
            yield Finding(
                "ledger.other-policy",
                Severity.WARNING,
                f"政策文件{what}{sample}",
                Place(now.name),
                "换了政策，已发的月份也会照新政策补发、追缴",
                f"标准变了的，核对差额；{_LOOK}",
            )
    if len(less) >= _FEW and 2 * len(less) > len(people):
        yield Finding(
            "ledger.most-taken-back",
            Severity.WARNING,
            f"这次算的 {len(people)} 人里，有 {len(less)} 人要追缴或抵扣，多半是政策或名册用错了",
            Place(now.name),
            "少数人才会多发",
            _LOOK,
        )


def unknown_benefits(book: KnownEntries, claimants: Sequence[Claimant]) -> Iterator[Finding]:
    """A warning for each benefit that was only ever brought in, and that is due to nobody in this run: under a wrong name it would be
    paid once more and asked back."""
    due = {due.benefit for one in claimants for due in one.due}
    known = {key.benefit for key, total in book.posted.items() if total.fen > 0}
    if not due or known <= due:
        return
    own = select(entry.c.benefit).where(entry.c.programme == book.programme, entry.c.kind != OPENING)
    for benefit in sorted(known - due - set(book.connection.execute(own.distinct()).scalars())):
        yield Finding(
            "ledger.unknown-benefit",
            Severity.WARNING,
            f"台账期初里的“{benefit}”本次没有一个人有，本次的是“{'”“'.join(sorted(due))}”：是同一项写了别的名称的，会再发一次、又追缴",
            Place("台账期初"),
            "期初的补贴项目要与政策里的名称一样",
            "名称写错的：取消发放批次；追缴批次审批后用 sanchuang batch recovered 冲掉（没有收钱），再用正确的名称 "
            "sanchuang ledger import --paid-outside 导入。确是别的项目、已经不发的，不用改。",
        )
