"""The document that docs/policies/due.md writes as a policy reminds as the chapter says."""

import re
from pathlib import Path

from tests.command import Sanchuang
from tests.programmes.due.test_due import ON, results

__all__ = ["results"]

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "due.md").read_text("utf-8")


def test_the_example_reminds_ten_days_before(results: Path, sanchuang: Sanchuang, tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    (tmp_path / "督办.toml").write_text(block, "utf-8")
    ran = sanchuang("due", results, "--on", ON, "--policy", "督办.toml", "--ics", "期限.ics")
    assert ran.code == 0, ran.err
    text = (tmp_path / "期限.ics").read_text("utf-8")
    assert "TRIGGER:-P10D" in text and "TRIGGER:-P7D" not in text
