"""The clauses that are not shown, as docs/quality.md lists them: by reason, then by policy."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

REFUSED = "without it the document is none, and it has no other figure or word"
IDLE = "nothing that was tried comes out otherwise without it"
NO_PAIR = "something comes out otherwise without it, but of no two that differ in one cell"
_LINE = re.compile(r"  - ([a-z].*?): (`.*`)")


class NotShown(NamedTuple):
    """A clause that is not shown. policy: the programme, with the pack if it is one."""

    policy: str
    said: str
    why: str


def listed(missing: Iterable[NotShown]) -> str:
    """The list, each clause once."""
    by_reason: dict[str, dict[str, dict[str, None]]] = {}
    for one in missing:
        by_reason.setdefault(one.why, {}).setdefault(one.policy, {})[one.said] = None
    lines = []
    for why, of_policy in sorted(by_reason.items()):
        lines.append(f"- {why}:")
        lines += [
            f"  - {name}: {', '.join(f'`{said}`' for said in clauses)}" for name, clauses in of_policy.items()
        ]
    return "\n".join(lines)


def read_back(text: str) -> Iterator[tuple[str, str]]:
    """Every policy and clause of a list."""
    for line in text.splitlines():
        if found := _LINE.fullmatch(line):
            yield from ((found[1], said) for said in re.findall("`([^`]+)`", found[2]))
