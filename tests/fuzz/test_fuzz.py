"""A few odd inputs of every kind, the same ones each time; `make fuzz` tries others for as long as it is let."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

RUNS = 400 if os.environ.get("SANCHUANG_FULL") else 6


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("target", TARGETS)
def test_odd_inputs_give_a_result_or_a_chinese_refusal(target: str, tmp_path: Path) -> None:
    wrong = []
    for seed in range(RUNS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        wrong.append(TARGETS[target](Random(f"{target} {seed}"), folder))
    assert not any(wrong), "\n".join(filter(None, wrong))
