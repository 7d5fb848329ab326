"""What a candidate's row says must fit: the township's opinion, fresh opinions and notices, probation, and one village each."""

from typing import Any

import pytest

from sanchuang_cli.roster.columns.fitting import fitting, taken_apart
from tests.programmes.incumbents import changed, judged, nominee, secretary, told, vacancy
from tests.programmes.people import identity

OLD: dict[str, Any] = {f"{body}意见日期": "2018-10-12" for body in ("纪检", "公安", "信访")}


def part(**cells: Any) -> tuple[str, list[str]]:
    """Where a candidate for a vacancy goes, and what is told of the row."""
    whole = judged(vacancy(1), nominee(1, **cells))
    (found,) = [one.part for one in whole.of((), "candidates")] or ["待核实"]
    return found, [code for code in told(whole) if code not in ("overdue", "not-asked", "no-column")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, ("齐备", [])),
        ("同意", ("齐备", [])),
        ("经研究，同意推荐", ("齐备", [])),
        ("没有异议", ("齐备", [])),
        ("不同意", ("有异议", [])),
        ("反对", ("有异议", [])),
        ("未同意", ("有异议", [])),
        ("有异议", ("有异议", [])),
        ("拟同意，待研究", ("待补", ["township-unclear"])),
        ("已阅", ("待补", ["township-unclear"])),
    ],
)
def test_what_the_township_says_is_an_opinion(said: str | None, expected: tuple[str, list[str]]) -> None:
    assert part(乡镇党委意见=said) == expected


def test_opinions_of_long_ago_do_not_count_but_an_objection_does() -> None:
    assert part(**OLD) == ("待补", ["opinion-old"] * 3)
    assert part(**OLD | {"纪检意见": "有异议"})[0] == "有异议"
    assert part(纪检意见日期="2025-11-28")[0] == "齐备"
    assert part(纪检意见日期="2025-11-27")[0] == "待补"


def test_a_notice_of_long_ago_does_not_count() -> None:
    assert part(公示起="2019-03-01") == ("待补", ["posted-early"])
    whole = judged(vacancy(1), nominee(1, 公示起="2019-03-01"))
    (found,) = whole.of((), "candidates")
    assert "过期" in found.missing and found.to_post


def test_a_notice_before_the_opinions_is_told() -> None:
    assert part(公示起="2026-10-12") == ("齐备", ["posted-early"])


def test_how_long_opinions_count_is_the_policys() -> None:
    by = changed(("valid_months = 12", "valid_months = 120"))
    (found,) = judged(vacancy(1), nominee(1, **OLD), by=by).of((), "candidates")
    assert found.part == "齐备"


@pytest.mark.parametrize(
    ("joined", "expected"), [("2026-05-01", "still-on-probation"), ("2025-11-29", "still-on-probation"), ("2025-11-28", ""), ("2025", "")]
)  # fmt: skip
def test_a_full_member_has_been_in_the_party_for_a_year(joined: str, expected: str) -> None:
    assert part(入党时间=joined)[1] == ([expected] if expected else [])


def test_whoever_holds_the_post_of_another_village_is_told() -> None:
    holder = secretary(2)
    again = nominee(1, 姓名=holder.name, 身份证号=holder.identity)
    whole = judged(vacancy(1), holder, again)
    (message,) = [one.message for one in whole.findings if one.code.endswith("several-villages")]
    assert "在任河西2村的书记，又拟任河西1村" in message
    own = nominee(2, 姓名=holder.name, 身份证号=holder.identity)
    assert "several-villages" not in told(judged(holder, own))


def test_a_child_holds_no_post() -> None:
    whole = judged(secretary(1, 身份证号=identity("2012-01-01"), 任现职时间=None))
    assert "under-age" in told(whole) and whole.tally.set_aside == 1


def test_a_column_of_remarks_is_no_part_of_a_file() -> None:
    fields = changed().editions[-1].file.fields  # type: ignore[union-attr]
    for heading, name in (("备注", ""), ("档案其他", "档案/其他"), ("档案/其他", "档案/其他")):
        found = [fields[at].name for at, _ in fitting(fields, taken_apart(0, 1, heading, None))]
        assert found == ([name] if name else []), heading
