"""Every check that needs more than one cell: a row against itself, rows and books against one another.

A check is a function of a Listing that yields findings; it says nothing where the roster lacks the fields it needs.
"""

from collections.abc import Iterator, Mapping

from sanchuang_cli.finding import Finding
from sanchuang_cli.roster.checks import duplicates, organisations, persons, remarks
from sanchuang_cli.roster.checks.listing import Listing

OF_A_ROSTER = (
    duplicates.same_identity,
    duplicates.same_name_and_birth,
    duplicates.same_account,
    persons.sex_against_identity,
    persons.birth_against_identity,
    persons.joined_too_young,
    persons.served_too_young,
    persons.regularised_too_early,
    persons.dead_but_listed,
    persons.nothing_to_pay,
    organisations.township_spellings,
    remarks.said_beside,
)


def checks(listings: Mapping[str, Listing]) -> Iterator[Finding]:
    """All findings over `listings`."""
    for listing in listings.values():
        for check in OF_A_ROSTER:
            yield from check(listing)
    for one in listings.values():
        for other in listings.values():
            if one is not other:
                yield from organisations.branches_without_members(one, other)
