"""Reads county.toml: the county's name, telephones, signature line, townships and paper. Unknown keys are errors."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sanchuang_cli.cli import tomlfile
from sanchuang_cli.report.paper_size import PAPERS
from sanchuang_cli.report.printing import SIGNERS, Office, Printing
from sanchuang_cli.roster.townships import Township, plain

NAME = "county.toml"
BANK_FORMAT = "generic"
"""The bank's format where neither the command nor the profile names one."""
_COUNTIES = ("县", "市", "区", "旗")
_DIGITS_OF_A_TELEPHONE = 3


def telephone(written: str) -> str:
    """The telephone number as it is written. Raises ValueError where it has too few digits to be one."""
    if written and sum(character.isdigit() for character in written) < _DIGITS_OF_A_TELEPHONE:
        raise ValueError(f"电话“{written}”里没有号码")
    return written


Telephone = Annotated[str, AfterValidator(telephone)]


class ProfileBlock(BaseModel):
    """The base of all blocks of the file: unknown keys are errors, values cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class County(ProfileBlock):
    """[county]: the county and its organisation department.

    seal: the body in whose name notices are posted, by default the department. letterhead: the red words above them.
    """

    name: str = Field(min_length=1)
    department: str = ""
    seal: str = ""
    letterhead: str = ""


class Telephones(ProfileBlock):
    """[telephones]: supervision (监督电话) for objections, enquiries (咨询电话) for questions."""

    supervision: Telephone = ""
    enquiries: Telephone = ""


class Signer(ProfileBlock):
    """[[sign]]: one part of the signature line. A name is printed only where it is written here."""

    role: str = Field(min_length=1)
    name: str = ""


class ListedTownship(ProfileBlock):
    """[[township]]: one township. Their order in the file is their order on pages."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()


class PageChoice(ProfileBlock):
    """[[page]]: the headings of the columns to print on one page. The columns of names and money are always printed."""

    name: str = Field(min_length=1)
    columns: tuple[str, ...] = Field(min_length=1)


class Profile(ProfileBlock):
    """The whole file. paper: the size of printed pages. bank_format: as --bank-format; a file name is relative to this file."""

    county: County
    paper: Literal["A4", "A3"] = "A4"
    bank_format: str = Field(default=BANK_FORMAT, min_length=1)
    telephones: Telephones = Telephones()
    sign: tuple[Signer, ...] = tuple(Signer(role=role) for role in SIGNERS)
    township: tuple[ListedTownship, ...] = ()
    page: tuple[PageChoice, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = Counter(
            plain(name) for township in self.township for name in {township.name, *township.aliases}
        )
        if twice := [name for name, count in names.items() if count > 1]:
            raise ValueError(f"乡镇“{'、'.join(twice)}”写了两次（作名称或别名）")
        return self

    @property
    def townships(self) -> tuple[Township, ...]:
        """The townships in their order, with their aliases."""
        return tuple(Township(township.name, township.aliases) for township in self.township)

    @property
    def department(self) -> str:
        """The full name of the department, as written or made from the county's name."""
        return self.county.department or department_of(self.county.name)

    @property
    def office(self) -> Office:
        """The department as papers print it."""
        return Office(
            department=self.department,
            seal=self.county.seal or self.department,
            letterhead=self.county.letterhead,
            supervision=self.telephones.supervision,
            enquiries=self.telephones.enquiries,
            signers=tuple(f"{signer.role}：{signer.name}" for signer in self.sign),
        )

    @property
    def printing(self) -> Printing:
        """How pages are printed."""
        return Printing(PAPERS[self.paper], {page.name: page.columns for page in self.page}, self.office)


def department_of(county: str) -> str:
    """The full name of a county's organisation department; "" where the name does not end like that of a county."""
    return f"中共{county}委组织部" if county.endswith(_COUNTIES) and "_" not in county else ""


def profile(given: Path | None, beside: Path | None = None) -> Profile | None:
    """The profile: the given file, else county.toml of the current folder, else the one beside the file `beside`.

    None where there is none. Raises UserError where it cannot be read.
    """
    path = place(given, beside)
    return tomlfile.loaded(path, Profile, "县的设置", "请核对 --profile 的路径。") if path else None


def place(given: Path | None, beside: Path | None = None) -> Path | None:
    """The path of the profile, None where there is none."""
    near = [Path(NAME), *([beside.with_name(NAME)] if beside else [])]
    return given or next((path for path in near if path.is_file()), None)


def printing(given: Path | None, beside: Path | None = None) -> Printing:
    """How pages are printed: as the profile says, else the default."""
    county = profile(given, beside)
    return county.printing if county else Printing()


def bank_format(asked: str | None, given: Path | None, beside: Path | None = None) -> str:
    """The bank's format: the one of --bank-format, else the profile's, else generic."""
    county, path = profile(given, beside), place(given, beside)
    if asked or not (county and path):
        return asked or BANK_FORMAT
    return (
        str(path.parent / county.bank_format) if county.bank_format.endswith(".toml") else county.bank_format
    )
