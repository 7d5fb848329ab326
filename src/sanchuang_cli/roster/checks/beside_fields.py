"""Checks what stands beside the fields: remarks, comments, words after a name, rows with a line through them.

The judgement is the one that the programmes use too, so that `check` and a run agree.
"""

from collections.abc import Iterator
from functools import partial

from sanchuang_cli.domain.beside import of_organisation, of_person, of_words
from sanchuang_cli.finding import Finding
from sanchuang_cli.record import Record
from sanchuang_cli.roster.checks.by_heading import Listing, value


def said_beside(listing: Listing) -> Iterator[Finding]:
    """The findings about each person, or about each organisation in a roster of organisations."""
    person, organisation = listing.field("姓名"), listing.field("党组织名称")
    identity = listing.field("身份证号")
    who = tuple(field.name for field in (person, identity) if field)
    heeded = [field for field in listing.fields if field.heard]
    for record in listing.records:
        if person:
            name = str(value(record, person) or "")
            under = partial(_under, listing, record)
            yield from of_person(record.row, name, under, who, record.heeds)
            for field in heeded:
                yield from of_words(record.row, name, under, field, record.heeds)
        elif organisation:
            yield from of_organisation(
                record.row, str(value(record, organisation) or ""), (organisation.name,)
            )


def _under(listing: Listing, record: Record, heading: str) -> object:
    return value(record, listing.field(heading))
