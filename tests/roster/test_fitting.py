"""A heading is compared only with the fields that have a word in common with it: nothing that fits may be lost by that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.cli.known_rosters import known
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field
from sanchuang_cli.roster.columns.aliases import ALIASES, GENERAL
from sanchuang_cli.roster.columns.fitting import Names, confidences, fitting, taken_apart
from tests.counts import FULL

ROSTERS = [tuple(roster.fields) for roster in known(None, None).all.values()]
NAMED = sorted(
    {name for roster in ROSTERS for field in roster for name in (field.heading, *field.aliases)}
    | {name for heading, others in ALIASES.items() for name in (heading, *others)}
    | set(GENERAL)
)
BESIDE = ("", "（元）", "（与身份证一致）", "(xìngmíng)", "（必填）", "：", " ", "[选填]", "元")


@st.composite
def _headings(draw: st.DrawFn, roster: tuple[Field, ...]) -> str:
    """A heading as clerks write it: one to three levels of known words, with something beside them or a slip of the pen."""
    own = draw(st.sampled_from(roster))
    words = st.sampled_from((own.heading, *own.aliases)) | st.sampled_from(NAMED)
    levels = draw(st.lists(words, min_size=1, max_size=3))
    heading = "/".join(level + draw(st.sampled_from(BESIDE)) for level in levels)
    at = draw(st.integers(0, len(heading)))
    slip = draw(st.sampled_from(("", "", "的", "人", "数")))
    return heading[:at] + slip + heading[at + draw(st.integers(0, 1)) :]


@settings(max_examples=20_000 if FULL else 300)
@given(data=st.data(), roster=st.sampled_from(ROSTERS), pinned=st.sampled_from((None, None, "姓名")))
def test_no_field_that_fits_a_heading_is_passed_over(
    data: st.DataObject, roster: tuple[Field, ...], pinned: str | None
) -> None:
    head = taken_apart(0, 1, data.draw(_headings(roster)), pinned)
    one_by_one = [
        (at, (float(pinned == field.heading), *confidences(Names(field.heading, field.aliases), head.words)))
        for at, field in enumerate(roster)
    ]
    assert fitting(roster, head) == [fit for fit in one_by_one if any(fit[1])]


REMARKS = (
    "备注",
    "说明",
    "其他",
    "其它",
    "注",
    "备考",
    "附注",
    "备注说明",
    "情况说明",
    "变动情况",
    "其他情况",
    "备注（说明）",
)


@pytest.mark.parametrize("heading", REMARKS)
def test_a_column_of_remarks_is_no_field_but_one_of_remarks(heading: str) -> None:
    """Only a field that is itself called so takes it: 备注 is no 档案/其他, whatever other words 备注 has."""
    head = taken_apart(0, 1, heading, None)
    taking = {fields[at].heading for fields in ROSTERS for at, _ in fitting(fields, head)}
    assert taking <= {"备注", "说明", "情况"}


def test_other_parts_of_a_heading_in_two_levels_are_found_below_it() -> None:
    part = (Field("档案/其他", Kind.FLAG), Field("档案/学历", Kind.FLAG))
    assert [at for at, _ in fitting(part, taken_apart(0, 1, "档案/其他", None))] == [0]
    assert [at for at, _ in fitting(part, taken_apart(0, 1, "文化程度", None))] == [1]
