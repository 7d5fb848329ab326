"""How the county has its papers printed: on what paper, in whose words, who signs, and which columns of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sanchuang_cli.report.paper import A4, Paper

SIGNERS = ("单位负责人", "审核人", "制表人")
_BLANK = "__"
"""What is left to be filled in, in a policy that cannot know it."""


@dataclass(frozen=True)
class Office:
    """The department whose papers these are; "" is what nobody has said. department: its full name. seal: in whose name a
    notice is posted. letterhead: the red words at the head of a document. supervision, enquiries: telephones for
    objections and for questions. signers: of the signature line of every page, each "制表人" or "制表人：张三"."""

    department: str = ""
    seal: str = ""
    letterhead: str = ""
    supervision: str = ""
    enquiries: str = ""
    signers: tuple[str, ...] = SIGNERS

    @property
    def signature(self) -> tuple[str, ...]:
        """The signature line, piece by piece."""
        roles = (role if "：" in role else f"{role}：" for role in self.signers)
        return (*roles, f"联系电话：{self.enquiries}")


UNSAID = Office()
"""Where there is no county.toml."""


def filled(written: str, own: str) -> str:
    """What a policy has written; where that is a blank, what the county says, if it does."""
    return own if own and _BLANK in written else written


@dataclass(frozen=True)
class Printing:
    """paper: that pages are printed on. columns: of a page by its name, where the county chooses. details: whether those
    are printed, too, that few read."""

    paper: Paper = A4
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    office: Office = UNSAID
    details: bool = False


AS_EVER = Printing()
"""Where there is no county.toml."""
