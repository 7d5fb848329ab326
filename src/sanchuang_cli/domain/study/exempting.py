"""Reads what stands under 免训决定: a decision that exempts, none, or words that leave it open. It may look at the text only."""

import re
from typing import Literal, NamedTuple

from sanchuang_cli.domain.words import NO, NOTHING, YES, unstopped

_NUMBER = re.compile(r"第?\d+号")
"""What the number of a document ends with: 青组〔2025〕3号."""
_APPROVED = re.compile("批准|准予|同意|免训|免于|免予|免除|批复")
_OPEN = re.compile(
    "[未没不非否]|驳回|退回|撤销|撤回|取消|作废|申请|申报|待(?!遇)|拟|审批中|审核中|研究中|办理中|正在|尚|补办|上报"
)
"""Words that deny a decision, or say that there is none yet."""
_UNHURT = re.compile(
    "不(?:再)?参加|不能(?!免)|不便|不佳|不适|不用|不必|不需要?|无需|申请(?=[^中待]*(?:已|获)?(?:批准|同意))"
)
"""What looks like such a word and is none: whoever need not take part is exempt, and what was applied for may be granted."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FOR_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度")


class Decision(NamedTuple):
    """says: "yes" where the cell reads as a decision, "no" where there is none, "open" where it cannot be told. years: those
    that it names. only: those for which alone it says it was made."""

    says: Literal["yes", "no", "open"]
    years: frozenset[int] = frozenset()
    only: frozenset[int] = frozenset()


def decision(written: str) -> Decision:
    """What the cell says. A number of a document or a word of approval exempts, as far as nothing beside it denies it."""
    said = unstopped(written)
    if said == "" or said in NOTHING or said.lower() in NO:
        return Decision("no")
    if said.lower() in YES:
        return Decision("yes")
    plain = _UNHURT.sub("", said)
    approved = _NUMBER.search(said) or _APPROVED.search(plain)
    if _OPEN.search(plain) or not approved:
        return Decision("open")
    years, only = (frozenset(map(int, found.findall(said))) for found in (_YEAR, _FOR_YEAR))
    return Decision("yes", years, only)
