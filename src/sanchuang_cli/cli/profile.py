"""county.toml: what is the county's own and no document's, such as its townships in their order. Read strictly."""

from collections import Counter
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sanchuang_cli.cli import tomlfile
from sanchuang_cli.report.paper import PAPERS
from sanchuang_cli.report.run import Printing
from sanchuang_cli.roster.townships import Township, plain

NAME = "county.toml"


class Block(BaseModel):
    """Base of the file's blocks: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class County(Block):
    """[county]: the county itself."""

    name: str = Field(min_length=1)


class Listed(Block):
    """[[township]]: one township, in the order in which pages have them."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()


class Page(Block):
    """[[page]]: the columns of one page that are printed, by their headings; who a line is about and what is paid always
    is."""

    name: str = Field(min_length=1)
    columns: tuple[str, ...] = Field(min_length=1)


class Profile(Block):
    """The file. paper: that pages are printed on."""

    county: County
    paper: Literal["A4", "A3"] = "A4"
    township: tuple[Listed, ...] = ()
    page: tuple[Page, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = Counter(plain(name) for one in self.township for name in {one.name, *one.aliases})
        if twice := [name for name, count in names.items() if count > 1]:
            raise ValueError(f"乡镇“{'、'.join(twice)}”写了两次（作名称或别名）")
        return self

    @property
    def townships(self) -> tuple[Township, ...]:
        return tuple(Township(one.name, one.aliases) for one in self.township)

    @property
    def printing(self) -> Printing:
        return Printing(PAPERS[self.paper], {one.name: one.columns for one in self.page})


def profile(given: Path | None) -> Profile | None:
    """The county's profile: the one that was given, else that of the current folder; None where there is none. Raises
    UserError for one that cannot be read."""
    path = given or (Path(NAME) if Path(NAME).is_file() else None)
    return tomlfile.loaded(path, Profile, "县的设置", "请核对 --profile 的路径。") if path else None
