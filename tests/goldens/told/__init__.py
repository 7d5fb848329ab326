"""Cases of what may be odd, and of each step, for the goldens of what is told; of each programme several runs."""

from typing import Any

from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.policy import PolicyFile

Asked = tuple[Rosters, PolicyFile[Any], Occasion]
"""What a programme is run over."""
