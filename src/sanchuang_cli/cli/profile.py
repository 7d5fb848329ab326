"""county.toml: what is the county's own and no document's, such as its townships in their order. Read strictly."""

from collections import Counter
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sanchuang_cli.cli import tomlfile
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


class Profile(Block):
    """The file."""

    county: County
    township: tuple[Listed, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = Counter(plain(name) for one in self.township for name in {one.name, *one.aliases})
        if twice := [name for name, count in names.items() if count > 1]:
            raise ValueError(f"乡镇“{'、'.join(twice)}”写了两次（作名称或别名）")
        return self

    @property
    def townships(self) -> tuple[Township, ...]:
        return tuple(Township(one.name, one.aliases) for one in self.township)


def profile(given: Path | None) -> Profile | None:
    """The county's profile: the one that was given, else that of the current folder; None where there is none. Raises
    UserError for one that cannot be read."""
    path = given or (Path(NAME) if Path(NAME).is_file() else None)
    return tomlfile.loaded(path, Profile, "县的设置", "请核对 --profile 的路径。") if path else None
