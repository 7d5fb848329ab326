"""Compares a county's process with the national one: it may ask for more, and never for less.

A wait or a posting may be longer and not shorter. A deadline must stay as it is: a longer one would allow what the national
rule forbids, and a shorter one is a limit of the county's own, which is written beside it with level = "local".
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.domain.process.nodes import Falls, Limit, Node, Process
from sanchuang_cli.domain.process.ready import stretches
from sanchuang_cli.policy import Policy
from sanchuang_cli.posting import Posting

P = TypeVar("P", bound=Policy)
_KEYS = {0: "最早", 1: "期限", 2: "特殊情况的期限"}

Rule = Limit | Falls


def laxer(own: Sequence[tuple[date, Process]], national: Sequence[tuple[date, Process]]) -> list[str]:
    """What a county's editions ask less of than the national editions in force at the same time, one sentence each, with
    both figures."""
    sentences: dict[str, None] = {}
    for since, until, process in stretches(own):
        with_it = [floor for begins, ends, floor in stretches(national) if begins <= until and ends >= since]
        for floor in with_it:
            sentences |= dict.fromkeys(_laxer(process, floor))
        if with_it:
            sentences |= dict.fromkeys(_posing(process, with_it))
    return list(sentences)


def meanwhile(own: Sequence[P], floors: Sequence[P]) -> Iterator[tuple[P, P]]:
    """Each of a county's own editions with each national one that is in force on some of the same days."""
    national = list(stretches([(floor.effective, floor) for floor in floors]))
    for since, until, edition in stretches([(one.effective, one) for one in own]):
        yield from ((edition, floor) for begins, ends, floor in national if begins <= until and ends >= since)


def shorter_notice(own: Posting | None, floor: Process, until: str) -> Iterator[str]:
    """That a notice is posted for a shorter time than the national process has for the step on which a notice ends."""
    falls = (fall for node in floor.nodes if node.name == until for fall in node.falls)
    for fall in falls if own else ():
        assert own
        unit = "working_days" if own.counting == "working-days" else "days"
        length = Length.model_validate({unit: own.days, "first_day": own.posting_day})
        if not length.as_long_as(fall.length):
            yield (
                f"notice（公示）短于全国规定：本政策写 {length}，全国规定 {fall.length}（{fall.clause}）。只能与它相同或更长，单位也要相同"
            )


def _posing(own: Process, national: Sequence[Process]) -> Iterator[str]:
    """Limits of the county's own that are not marked as local, and so would weigh as much as national ones."""
    known = {(node.name, key) for floor in national for node in floor.nodes for key in node.rules}
    for node in own.nodes:
        for key, rule in node.rules.items():
            if rule.level != "local" and (node.name, key) not in known:
                yield f'“{node.name}”在“{rule.after}”之后{_said(rule)}：全国规定没有这一条，是本地的要写 level = "local"'


def _laxer(own: Process, national: Process) -> Iterator[str]:
    nodes = {node.name: node for node in own.nodes}
    for floor in national.nodes:
        if floor.name in nodes:
            yield from _node(nodes[floor.name], floor)
        else:
            yield f"缺步骤“{floor.name}”：全国规定有这一步（{floor.clause}）"


def _node(own: Node, national: Node) -> Iterator[str]:
    for name in (before for before in national.after if before not in own.after):
        yield f"“{own.name}”：全国规定应在“{name}”之后（{national.clause}），after 里没有"
    if national.by_hand and not own.by_hand:
        yield f"“{own.name}”：全国规定是由人作的结论（{national.clause}），不能去掉 by_hand"
    if national.required and not own.required:
        yield f"“{own.name}”：全国规定必须有这一步（{national.clause}），不能去掉 required"
    rules = own.rules
    for key, floor in national.rules.items():
        if floor.level == "local":
            continue
        if key not in rules:
            yield f"“{own.name}”：缺全国规定的一条（“{floor.after}”之后{_said(floor)}，{floor.clause}）"
        else:
            yield from _rule(own.name, rules[key], floor)


def _said(rule: Rule) -> str:
    words = zip(_KEYS.values(), rule.bounds, strict=True)
    return "、".join(f"{word}{length}" for word, length in words if length)


def _rule(step: str, own: Rule, national: Rule) -> Iterator[str]:
    if set(own.exempt) - set(national.exempt):
        yield f"“{step}”：exempt 多于全国规定（{national.clause}）"
    waits = isinstance(own, Falls) or not any(national.bounds[1:])
    for number, (mine, floor) in enumerate(zip(own.bounds, national.bounds, strict=True)):
        may_be_longer = waits or number == 0
        if mine == floor or (mine and floor and may_be_longer and mine.as_long_as(floor)):
            continue
        yield (
            f"“{step}”在“{own.after}”之后的{_KEYS[number]}：本政策写 {mine or '（无）'}，"
            f"全国规定 {floor or '（无）'}（{national.clause}）。{_mend(number, waits)}"
        )


def _mend(number: int, waits: bool) -> str:
    if waits or not number:
        return "只能与它相同或更长，单位也要相同"
    return '与它写得一样；本地要更严的，另写一条 level = "local"'
