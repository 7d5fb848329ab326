"""Tells where a run may have been made with the wrong policy file: it is not that of the last batch, or most people would be asked back.
Reads only."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.ledger.history import CANCELLED
from sanchuang_cli.ledger.pages import IMPORT, REISSUE
from sanchuang_cli.ledger.tables import batch, run
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
