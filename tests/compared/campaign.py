"""The product beside its oracles on N people: `python -m tests.compared.campaign N [SEED] [--write]`, as `make oracle`.

N people under the default policy of subsidies, N/50 under each pack; N/10 under random documents on former cadres
("any"), under random ones that pay by a measure ("any measure"), under random ones with two benefits ("any pair") and
beside a last period's result, under two random ones of which the second may have come later ("any arrears");
N/10 organisations under each shipped model of rate and under random policies; N/10 rows of checkups, written as workbooks,
under random policies, and N/10 loans of fund; N files of development. Prints how many were compared, on how
many the two disagree and the largest difference in fen; the exit code is 1 unless it is 0. Work goes to all cores in
small parts, each with a seed of its own, so memory stays small and the figures do not depend on the number of cores.
--write puts the figures into docs/quality.md.
"""

import os
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from random import Random
from typing import NamedTuple

from tools.blocks import put_down

from tests.compared import arrears, checkups, development, drawn, fund, rate, subsidies
from tests.compared.result import Compared

AT_ONCE, UNDER_ONE = 250, 50
"""People in a part; fewer under a random document, so that many documents are tried."""
OTHERS = {"pack": 50, "any": 10, "rate": 10, "checkups": 10, "fund": 10}
"""By how much fewer than under the default policy of subsidies."""

_WITH_RANDOM = {
    "any": drawn.drawn_with_document,
    "any measure": drawn.drawn_with_measure,
    "any pair": drawn.drawn_with_pair,
    "any arrears": arrears.drawn_with_last,
}


class Part(NamedTuple):
    """So many people or organisations under one policy."""

    programme: str
    policy: str
    size: int
    seed: str


def parts(people: int, seed: int) -> Iterator[Part]:
    """In the order in which their lines are printed."""
    counts = {("subsidies", "default"): people}
    counts |= {("subsidies", pack): people // OTHERS["pack"] for pack in subsidies.PACKS}
    counts |= {("subsidies", random): people // OTHERS["any"] for random in _WITH_RANDOM}
    counts |= {("rate", model): people // OTHERS["rate"] for model in (*rate.PACKS, "any")}
    counts |= {(name, "any"): people // OTHERS[name] for name in ("checkups", "fund")}
    counts |= {("development", "default"): people}
    for (programme, policy), count in counts.items():
        step = UNDER_ONE if policy.startswith("any") else AT_ONCE
        for start in range(0, count, step):
            size = min(step, count - start)
            yield Part(programme, policy, size, f"{seed} {programme} {policy} {start}")


def tried(part: Part) -> tuple[Part, Compared]:
    dice = Random(part.seed)
    if part.programme == "rate":
        return part, rate.drawn(dice, part.size, part.policy)
    if part.programme == "checkups":
        return part, checkups.drawn(dice, part.size)
    if part.programme == "fund":
        return part, fund.drawn(dice, part.size)
    if part.programme == "development":
        return part, development.compared(dice, part.size)
    if part.policy in _WITH_RANDOM:
        return part, _WITH_RANDOM[part.policy](dice, part.size)
    document = subsidies.PACKS.get(part.policy, subsidies.DEFAULT)
    return part, subsidies.drawn(dice, part.size, document)


def main(people: int, seed: int) -> tuple[str, bool]:
    """What is to be said of the comparison, and whether the two agree in everything."""
    begun, totals = time.monotonic(), dict[tuple[str, str], Compared]()
    wanted = sum(part.size for part in parts(people, seed))
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for part, found in pool.imap(tried, parts(people, seed)):
            key = part.programme, part.policy
            totals[key] = totals.get(key, Compared()) + found
            if sys.stderr.isatty():
                done = sum(total.counted for total in totals.values())
                sys.stderr.write(f"\r{done} of {wanted} ")
    said = [f"seed {seed}"]
    said += [f"{programme}, {policy}: {told(programme, of)}" for (programme, policy), of in totals.items()]
    total = sum(totals.values(), Compared())
    minutes = (time.monotonic() - begun) / 60
    said.append(
        f"in all {total.counted} compared in {minutes:.1f} minutes, {total.apart} apart, largest difference {total.fen} fen"
    )
    return "\n".join([*said, total.first] if total.apart else said), not total.apart


def told(programme: str, total: Compared) -> str:
    if programme == "rate":
        return f"{total.counted} organisations, {total.paid} scored, {total.apart} apart"
    if programme == "development":
        return f"{total.counted} files, {total.paid} not set aside, {total.apart} apart"
    return (
        f"{total.counted} people, {total.paid} paid, {total.apart} apart, largest difference {total.fen} fen"
    )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:] if word != "--write"]
    asked = given[0], given[1] if given[1:] else time.time_ns() // 10**9
    words, agree = main(*asked)
    sys.stdout.write(f"{words}\n")
    if "--write" in sys.argv:
        put_down("oracle", f"make oracle N={asked[0]} SEED={asked[1]}", f"```text\n{words}\n```")
    sys.exit(not agree)
