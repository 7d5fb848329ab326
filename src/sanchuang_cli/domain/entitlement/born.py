"""Whose age and sex the rules go by: what the identity number says, or another reading of the row."""

from datetime import date

from msgspec import Struct

from sanchuang_cli.domain import identity


class Born(Struct, frozen=True, order=True, gc=False):
    """Whose age: by default what the identity number says."""

    day: date
    sex: str

    @classmethod
    def of(cls, number: str) -> "Born | None":
        """None when the number is none, or holds no date."""
        day = identity.birth(number) if identity.is_well_formed(number) else None
        return cls(day, identity.sex(number)) if day else None
