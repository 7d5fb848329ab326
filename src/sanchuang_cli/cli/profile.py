"""county.toml: what is the county's own and no document's, such as its townships in their order. Read strictly."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sanchuang_cli.cli import tomlfile
from sanchuang_cli.report.paper import PAPERS
from sanchuang_cli.report.printing import SIGNERS, Office, Printing
from sanchuang_cli.roster.townships import Township, plain

NAME = "county.toml"
BANK_FORMAT = "generic"
"""The bank's format where neither the command nor the profile names one."""
_COUNTIES = ("县", "市", "区", "旗")
_DIGITS_OF_A_TELEPHONE = 3


def telephone(written: str) -> str:
    """A telephone number as it is written. Raises ValueError for what is none."""
    if written and sum(one.isdigit() for one in written) < _DIGITS_OF_A_TELEPHONE:
        raise ValueError(f"电话“{written}”里没有号码")
    return written


Telephone = Annotated[str, AfterValidator(telephone)]


class Block(BaseModel):
    """Base of the file's blocks: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class County(Block):
    """[county]: the county itself, and its department. seal: in whose name notices are posted, by default the department's.
    letterhead: the red words above them, none by default."""

    name: str = Field(min_length=1)
    department: str = ""
    seal: str = ""
    letterhead: str = ""


class Telephones(Block):
    """[telephones]: supervision (监督) for objections, enquiries (咨询) for questions."""

    supervision: Telephone = ""
    enquiries: Telephone = ""


class Signer(Block):
    """[[sign]]: one part of the signature line; a name is printed only where the county wants it."""

    role: str = Field(min_length=1)
    name: str = ""


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
    """The file. paper: that pages are printed on. bank_format: as --bank-format; a file lies beside this one."""

    county: County
    paper: Literal["A4", "A3"] = "A4"
    bank_format: str = Field(default=BANK_FORMAT, min_length=1)
    telephones: Telephones = Telephones()
    sign: tuple[Signer, ...] = tuple(Signer(role=role) for role in SIGNERS)
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
    def department(self) -> str:
        """Its full name, where it is written or follows from the county's."""
        return self.county.department or department_of(self.county.name)

    @property
    def office(self) -> Office:
        return Office(
            department=self.department,
            seal=self.county.seal or self.department,
            letterhead=self.county.letterhead,
            supervision=self.telephones.supervision,
            enquiries=self.telephones.enquiries,
            signers=tuple(f"{one.role}：{one.name}" for one in self.sign),
        )

    @property
    def printing(self) -> Printing:
        return Printing(PAPERS[self.paper], {one.name: one.columns for one in self.page}, self.office)


def department_of(county: str) -> str:
    """The full name of its organisation department; "" for a name that is no county's."""
    return f"中共{county}委组织部" if county.endswith(_COUNTIES) and "_" not in county else ""


def profile(given: Path | None, beside: Path | None = None) -> Profile | None:
    """The county's profile: the one that was given, else that of the current folder, else the one beside a file; None where
    there is none. Raises UserError for one that cannot be read."""
    path = place(given, beside)
    return tomlfile.loaded(path, Profile, "县的设置", "请核对 --profile 的路径。") if path else None


def place(given: Path | None, beside: Path | None = None) -> Path | None:
    """Where the profile is."""
    near = [Path(NAME), *([beside.with_name(NAME)] if beside else [])]
    return given or next((one for one in near if one.is_file()), None)


def printing(given: Path | None, beside: Path | None = None) -> Printing:
    """How the county has its papers printed; as ever where it has no profile."""
    county = profile(given, beside)
    return county.printing if county else Printing()


def bank_format(asked: str | None, given: Path | None, beside: Path | None = None) -> str:
    """The bank's format: the one that was asked for, else the profile's, else the common one."""
    county, path = profile(given, beside), place(given, beside)
    if asked or not (county and path):
        return asked or BANK_FORMAT
    return (
        str(path.parent / county.bank_format) if county.bank_format.endswith(".toml") else county.bank_format
    )
