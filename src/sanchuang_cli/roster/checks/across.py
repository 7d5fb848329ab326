"""Lists all checks that need more than one cell: a row against itself, and rows and books against one another.

A check is a function that takes a Listing and yields findings. It yields none if the roster lacks the fields it needs.
"""

from collections.abc import Iterator, Mapping
from itertools import permutations

from sanchuang_cli.finding import Finding
from sanchuang_cli.roster.checks import beside_fields, duplicates, organisations, person_rows
from sanchuang_cli.roster.checks.by_heading import Listing

OF_A_ROSTER = (
    duplicates.same_identity,
    duplicates.same_name_and_birth,
    duplicates.same_account,
    person_rows.sex_against_identity,
    person_rows.birth_against_identity,
    person_rows.joined_too_young,
    person_rows.served_too_young,
    person_rows.regularised_too_early,
    person_rows.dead_but_listed,
    person_rows.nothing_to_pay,
    organisations.township_spellings,
    organisations.branch_spellings,
    beside_fields.said_beside,
)


def checks(listings: Mapping[str, Listing]) -> Iterator[Finding]:
    """The findings of all checks. listings: of the rosters by name."""
    for listing in listings.values():
        for check in OF_A_ROSTER:
            yield from check(listing)
    for first, second in permutations(listings.values(), 2):
        yield from organisations.branches_without_members(first, second)
