"""Composes short Chinese phrases that several pages, forms and letters of a payroll share. Text out of values, nothing else."""

from collections.abc import Iterable, Sequence
from typing import Any

from sanchuang_cli.judging import At, Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Spell
from sanchuang_cli.policy import Policy

HEIRS = "请与家属核实由谁领、账户还能不能用；改由继承人领的，请另行发放并留好手续。"
"""What is to be done about money for the time before a death."""
PER = {"month": "月", "year": "年", "once": "一次性"}
"""The unit of a standard, by its name in a policy."""
EACH = {"month": "每月", "year": "每年", "once": "一次性"}
"""The same in a sentence, before the sum."""


def spells_text(spells: Sequence[Spell]) -> str:
    """1984-05至1995-04 书记, a line for each spell."""
    return "\n".join([f"{start}至{end or '今'} {post}".strip() for start, end, post in spells])


def in_yuan(fen: int) -> str:
    """431,470.00 元: a sum as sentences write it."""
    return f"{yuan(fen):,} 元"


def basis_text(edition: Policy, document: str = "") -> str:
    """《title》（document）. document: of one benefit, where it has a document of its own."""
    return f"《{edition.title}》（{document or edition.document}）"


def all_bases(at: At[Any]) -> str:
    """The same of every edition that rules a day of the period, the oldest first."""
    editions = at.editions.during(at.occasion.period)
    return "和".join(dict.fromkeys(map(basis_text, editions)))


def months_ruled(whole: Whole) -> tuple[Policy, ...]:
    """Return the editions of a notice about sums of months, each by the edition of its first day."""
    return whole.at.editions.by_month(whole.at.occasion.period)


def joined(parts: Iterable[str | None]) -> str | None:
    """The parts that are not empty, separated by ；. None when all are empty."""
    return "；".join(filter(None, parts)) or None
