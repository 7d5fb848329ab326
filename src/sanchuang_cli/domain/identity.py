"""What an identity number says of its holder: birth and sex."""

from datetime import date
from typing import Literal

Sex = Literal["男", "女"]


def birth(identity: str) -> date:
    """Date of birth in an 18-digit number. Raises ValueError when it is no calendar date."""
    return date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14]))


def sex(identity: str) -> Sex:
    """男 when the 17th digit is odd (GB 11643)."""
    return "男" if int(identity[16]) % 2 else "女"
