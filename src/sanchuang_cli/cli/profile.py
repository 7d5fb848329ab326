"""county.toml: what is the county's own and no document's, such as its townships in their order. Read strictly."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.policy_errors import complaints, syntax_complaint
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


def profile(given: Path | None, jobs: Path | None = None) -> Profile | None:
    """The county's profile: --profile, else beside the jobs file, else in the current folder; None where there is none.
    Raises UserError for one that cannot be read."""
    if given:
        return loaded(given)
    beside = [folder / NAME for folder in (jobs, Path()) if folder is not None]
    return next((loaded(path) for path in beside if path.is_file()), None)


def loaded(path: Path) -> Profile:
    """The file, checked. Raises UserError that lists everything wrong with it."""
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as trouble:
        raise UserError(f"县的设置 {path} 打不开：{reason(trouble)}。请核对 --profile 的路径。") from None
    except UnicodeDecodeError:
        raise UserError(f"县的设置 {path} 不是 UTF-8 文本。请用“另存为”选 UTF-8 编码再存一次。") from None
    except tomllib.TOMLDecodeError as trouble:
        raise UserError(f"县的设置 {path} 不合 TOML 格式，{syntax_complaint(str(trouble), text)}") from None
    try:
        return Profile.model_validate(data)
    except ValidationError as invalid:
        wrong = list(complaints(Profile, data, invalid))
        raise UserError("\n  ".join([f"县的设置 {path} 有 {len(wrong)} 处错误：", *wrong])) from None
