"""Small companies of made-up rows, each for one thing that can happen, and what is said of them: what is odd, at which cell and by which
clause, where each row ends, and the steps that none before it took."""

from collections.abc import Iterator, Mapping

from sanchuang_cli.judging import Whole
from tests.goldens.test_explained import step


def told(scenes: Mapping[str, Whole]) -> Iterator[str]:
    seen: set[tuple[object, ...]] = set()
    for name, whole in scenes.items():
        yield f"== {name}"
        for one in whole.findings:
            code = one.code.partition(".")[2]
            yield " | ".join(
                filter(None, (f"{one.severity.label} {code}", str(one.place), one.message, one.basis))
            )
        for verdict in (verdict for verdicts in whole.verdicts.values() for verdict in verdicts):
            fresh = [reason for reason in verdict.reasons if (reason[:5], len(reason.rests_on)) not in seen]
            seen |= {(reason[:5], len(reason.rests_on)) for reason in fresh}
            yield f"{verdict.part}：{verdict.record.row.place()}"
            yield from (f"  {step(reason, verdict.record)}" for reason in fresh)
