"""Holds what county.toml says about printed papers: paper size, department, telephones, signature line, columns of pages.

Values only; cli/profile.py reads the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sanchuang_cli.report.paper_size import A4, PaperSize

SIGNERS = ("单位负责人", "审核人", "制表人")
_BLANK = "__"
"""The mark of a blank in a policy that does not know the county."""


@dataclass(frozen=True)
class Office:
    """The department whose papers these are; "" stands for what is not known.

    department: its full name. seal: the body in whose name a notice is posted. letterhead: the red words at
    the top of a document. supervision, enquiries: the telephones for objections and for questions. signers:
    the parts of the signature line, each "制表人" or "制表人：张三".
    """

    department: str = ""
    seal: str = ""
    letterhead: str = ""
    supervision: str = ""
    enquiries: str = ""
    signers: tuple[str, ...] = SIGNERS

    @property
    def signature(self) -> tuple[str, ...]:
        """The parts of the signature line, with the telephone for questions at its end."""
        roles = (role if "：" in role else f"{role}：" for role in self.signers)
        return (*roles, f"联系电话：{self.enquiries}")


UNSAID = Office()
"""Where there is no county.toml."""


def filled(written: str, of_county: str) -> str:
    """The words of the policy; where they have a blank, the county's words, if it has given any."""
    return of_county if of_county and _BLANK in written else written


@dataclass(frozen=True)
class Printing:
    """How pages are printed. paper: its size. columns: the columns to print, by the name of the page, where
    county.toml chooses them. details: whether the pages and columns that few read are printed, too."""

    paper: PaperSize = A4
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    office: Office = UNSAID
    details: bool = False


AS_EVER = Printing()
"""Where there is no county.toml."""
