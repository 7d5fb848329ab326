"""Holds the date of birth and the sex by which the rules judge a person. It may ask domain/identity, and
nothing else.

They usually come from the identity number. Where a row says something else, doubts.py judges it a second time
with that.
"""

from datetime import date

from msgspec import Struct

from sanchuang_cli.domain import identity


class Born(Struct, frozen=True, order=True, gc=False):
    """A date of birth and a sex, by which the rules judge a person."""

    day: date
    sex: str

    @classmethod
    def of(cls, number: str) -> "Born | None":
        """Take both from an identity number. Return None when the text is no such number, or its date does
        not exist."""
        day = identity.birth(number) if identity.is_well_formed(number) else None
        return cls(day, identity.sex(number)) if day else None
