"""Rates by scores: what was reached in each good, the stars and the grade that follow, and what only all rows decide.

It knows no programme, reads no file and writes no page. A programme puts the blocks together in its policy, says what its
roster calls the columns, and brings the codes and words of its findings. The modules are read in this order:

indicators    one indicator, from cells to points
goods         a good from its indicators or its own column, and the total of all
steps         stars and grade, step by step: bands, gate, veto, ladder
satisfaction  the rate of those who are satisfied
veto, types   what a cell says that names a situation or a type
verdict       what came of one row
unread        cells that cannot be made out, wherever a verdict looks
triggers      situations that put a row on a list
rules         a policy's blocks put together for one run
judging       a list of organisations, each judged alone
quotas        what is decided over all of them
details       each line that led to a rating, as pages have it
"""
