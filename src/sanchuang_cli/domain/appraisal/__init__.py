"""Appraises units (述评考): reports, ballots, inspections and yearly figures are put together into one score, a grade and a
place.

rosters   what is read: the units, and the sheets about them
policy    what a document says
sheets    which rows of which sheet belong to which unit
scoring   what inspection and ballots come to
judging   what came of one unit
together  what only all units decide: places, the cap on the best grade, proposals
problems  the ledger of problems
"""
