"""The policy of pay that docs/policies/pay.md builds from a printed document works as the document says."""

import re
from fractions import Fraction
from pathlib import Path

from sanchuang_cli.domain.wages.policy import Wages
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.cadres import appraisal, cadre, column, outcome, wages

TEXT = (Path(__file__).parents[3] / "docs" / "policies" / "pay.md").read_text("utf-8")


def example() -> PolicyFile[Wages]:
    found = re.search(r"```toml\n([^`]*\[edition\.clawback\].*?)```", TEXT, re.DOTALL)
    assert found
    return load(Wages, "例子.toml", found[1].encode())


def test_the_example_pays_by_post_service_and_days() -> None:
    chief, deputy, new = (
        cadre(1, cadre_since="2011-02-01"),
        cadre(2, post="副主任", cadre_since="2001-01-01"),
        cadre(3, started="2026-03-16", cadre_since="2026-03-16"),
    )
    given = wages(chief, deputy, new, by=example())
    assert [one.fen for one in given] == [(2400 + 300) * 100, (1800 + 300) * 100, round(2400 * 16 / 31 * 100)]
    found = outcome(chief, by=example())
    assert [column(found, "分乡镇汇总表", f"payer{i}") for i in (0, 1)] == [[216000], [54000]]


def test_the_example_adds_a_tenth_for_two_posts_and_pays_performance_in_march() -> None:
    both = cadre(1, post="书记兼村委会主任", cadre_since="2026-01-01")
    three = [both, *(cadre(n, cadre_since="2026-01-01") for n in (2, 3, 4))]
    graded = [appraisal(1, "优秀", 2026), *(appraisal(n, "称职", 2026) for n in (2, 3, 4))]
    (one, *_) = wages(*three, by=example(), appraisals=graded, month="2027-03")
    assert (one.component("base"), one.component("dual")) == (2400_00, 240_00)
    assert one.component("performance") == 12000_00 * Fraction(140, 100)
    graded[1] = appraisal(2, "优秀", 2026)
    assert all(one.waits for one in wages(*three, by=example(), appraisals=graded, month="2027-03"))
