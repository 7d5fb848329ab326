"""What the county does: PROGRAMMES is the one list, and the order of `sanchuang --help`.

A programme's module is imported only when it runs, so that help stays quick.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanchuang_cli.programme import Programme


@dataclass(frozen=True)
class Listed:
    """A programme as the command line knows it before it is loaded."""

    name: str
    title: str
    help: str

    def load(self) -> "Programme":
        programme: Programme = import_module(f"sanchuang_cli.programmes.{self.name}").PROGRAMME
        return programme


PROGRAMMES = (
    Listed("rate", "星级评定", "基层党组织分类定级与五星评定：读名册，评星级、定等次，列整顿名单。"),
    Listed("subsidies", "生活补贴", "离任村干部、困难党员、老党员生活补贴：谁该领、领多少、依据哪一条。"),
)
