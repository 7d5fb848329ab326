"""What the matching comes to for each member and each helper, and why."""

from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec.structs import replace

from sanchuang_cli.domain.pairs.barring import NAMED, Bar
from sanchuang_cli.domain.pairs.matching import AIMS, Matching
from sanchuang_cli.domain.pairs.verdict import (
    BUSY,
    CHANGED,
    IDLE,
    KEPT,
    LOST,
    NEW,
    PAIRED,
    Paired,
    Task,
)
from sanchuang_cli.judging import Reason


def since(matching: Matching, at: int) -> str:
    """The day of somebody's pair."""
    return (matching.kept(at) and matching.former[at].since) or str(matching.at.occasion.on)


def verdict(matching: Matching, at: int) -> Paired:
    """What comes of one member."""
    member, former, helper = matching.members[at], matching.former[at], matching.helper(at)
    kept = matching.kept(at)
    moved = matching.moved(at) if former.number and not kept else ""
    change = (
        KEPT if kept else (CHANGED if former.number else NEW) if helper else LOST if former.number else ""
    )
    made = replace(member, helper=helper, change=change, before=former.name, moved=moved)
    if helper:
        made = replace(made, part=PAIRED, why=_why(matching, at), since=since(matching, at))
    else:
        made = replace(made, helps=matching.helps(at))
    return replace(made, reasons=(*member.reasons, *_reasons(matching, at, made)))


def _why(matching: Matching, at: int) -> str:
    """What speaks for the pair of one member."""
    chosen = matching.chosen[at]
    assert chosen is not None
    who, aide = matching.pairs.aided[at], matching.pairs.aides[chosen]
    speaks = {
        "kept": matching.kept(at),
        "linked": aide.linked(who.township, who.village),
        "township": aide.township == who.township,
        "leaders": aide.leads,
    }
    order = matching.at.policy.aims.order
    return "、".join(AIMS[aim] for aim in order if speaks.get(aim)) or "按名额"


def _reasons(matching: Matching, at: int, made: Paired) -> Iterator[Reason]:
    policy, bars = matching.at.policy, matching.bars[at]
    if bars:
        fields = tuple(dict.fromkeys(chain.from_iterable(bar.reads for bar in bars.values())))
        yield Reason("回避", barred(matching, bars), policy.avoidance.clause, None, fields)
    if made.before:
        said = f"原帮扶人 {made.before}{f'，没有保留：{made.moved}' if made.moved else '，保留'}"
        yield Reason("上年结对", said, policy.aims.clause, not made.moved, ("last",))
    if made.helper:
        who = made.helper
        said = f"{who.unit} {who.name}（{who.row.place('name')}）：{made.why}"
        yield Reason("结对", said, policy.aims.clause, True, ("township", "village"))
    else:
        yield Reason("结对", f"没有结上。{made.helps}", policy.aims.clause, False)


def bars_of(matching: Matching, at: int, *, named: bool) -> dict[int, Bar]:
    """The helpers, by position, who may not help somebody: only those barred by a name alone, or only the others."""
    return {helper: bar for helper, bar in matching.bars[at].items() if (bar.why == NAMED) is named}


def barred(matching: Matching, bars: Mapping[int, Bar]) -> str:
    """The names of helpers who are barred, each with the reason."""
    return "、".join(f"{matching.tasks[helper].record.name}（{bar.why}）" for helper, bar in bars.items())


def task_of(matching: Matching, at: int) -> Task:
    """What one helper has to do."""
    task, rule = matching.tasks[at], matching.at.policy
    people = tuple(matching.members[member].record for member in matching.of(at))
    places = matching.places[at]
    by = "名册写明" if task.record.quota is not None else rule.places.clause
    names = "、".join(f"{who.name}（{who.row.place('name')}）" for who in people) or "没有分到"
    return replace(
        task,
        part=BUSY if people else IDLE,
        places=places,
        people=people,
        reasons=(
            Reason("名额", f"{places} 个（{by}）", rule.places.clause, None, ("quota",)),
            Reason("任务", names, rule.aims.clause, bool(people)),
        ),
    )
