"""The policy of secretaries that docs/policies/secretaries.md builds from a printed document works as the document says."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.domain.leaders.policy import LeaderPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.incumbents import (
    election,
    fates,
    hits,
    lines,
    nomination,
    nominee,
    outcome,
    secretary,
    tenure,
    vacancy,
    votes,
)
from tests.programmes.people import identity

TEXT = (Path(__file__).parents[3] / "docs" / "policies" / "secretaries.md").read_text("utf-8")
ON = date(2026, 11, 28)
FOURTH: dict[str, Any] = {"卫健意见": "无异议", "卫健意见日期": "2026-10-21"}


def example() -> PolicyFile[LeaderPolicy]:
    found = re.search(r"```toml\n([^`]*\[edition\.process\].*?)```", TEXT, re.DOTALL)
    assert found
    return load(LeaderPolicy, "例子.toml", found[1].encode())


def test_the_example_extends_by_six_months_and_leaves_older_terms_to_the_national_rule() -> None:
    by = example()
    for until, counts in (("2026-09-14", True), ("2026-09-15", False)):
        row = secretary(by=by, 延期至=until, 延期文件="云组函〔2026〕2号")
        assert (tenure(row, by=by).until is not None) == counts
    assert str(tenure(secretary(by=by, 本届起="2018-03-01"), by=by).ends) == "2021-02-28"


def test_the_example_proposes_after_two_months_and_below_70_per_cent() -> None:
    by = example()
    assert hits(vacancy(since="2026-09-27", by=by), by=by) == ["出缺超过两个月"]
    assert hits(vacancy(since="2026-09-28", by=by), by=by) == []
    assert hits(secretary(by=by, 满意票=69, 有效票=100), by=by) == ["满意率不到70%"]
    assert hits(secretary(by=by, 满意票=70, 有效票=100, 上半年末位=True, 下半年末位=False), by=by) == []


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({}, "齐备"),
        ({"卫健意见": None}, "待补"),
        ({"卫健意见": "有异议"}, "有异议"),
        ({"身份证号": identity("1971-11-28", "女")}, "不符合"),
        ({"身份证号": identity("1971-11-29", "女")}, "齐备"),
        ({"公示起": "2026-11-21"}, "待补"),
        ({"公示起": "2026-11-20"}, "齐备"),
    ],
)
def test_the_example_asks_four_bodies_and_posts_for_seven_days(cells: dict[str, Any], part: str) -> None:
    by = example()
    assert nomination(vacancy(by=by), nominee(by=by, **FOURTH | cells), by=by).part == part


def test_the_example_counts_women_and_those_sent_by_offices() -> None:
    by = example()
    rows = [row for n in (1, 2, 3) for row in (vacancy(n, by=by), nominee(n, by=by, **FOURTH))]
    found = {line["要求"]: line["差多少"] or "" for line in lines(outcome(*rows, by=by), "名额和结构")}
    assert found == {"妇女不少于三成": "", "机关选派不超过两成": "多 3 名"}


def test_the_example_wants_more_than_four_fifths_there() -> None:
    by = example()
    assert fates(election(应选=1), *votes(张建国=30), by=by) == {"张建国": "选举无效"}
    assert fates(election(应选=1, 实到=33, 发出=33, 收回=33), *votes(张建国=17), by=by) == {"张建国": "当选"}


def test_every_pack_is_read_and_named_in_the_chapter() -> None:
    packs = Path(__file__).parents[3] / "src" / "sanchuang_cli" / "policies" / "packs" / "secretaries"
    names = sorted(path.stem for path in packs.glob("*.toml"))
    assert len(names) == 3 and all(f"`{name}`" in TEXT for name in names)
