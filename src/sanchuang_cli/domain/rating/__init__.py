"""Rating by scores: what was reached in each good, the stars and the grade that follow, and what only all rows decide.

No programme is named here. A programme composes the blocks into its policy, says how its roster calls the columns, and
brings the codes and words of its findings and pages.

indicators  one indicator, from cells to points       satisfaction  the rate of those who are satisfied
goods       a good from its indicators, the total     veto          what a veto says
types       what a roster's word for a type means     unread        cells that nobody can make out
steps       stars and grade, step by step             triggers      situations that put a row on a list
verdict     what came of one row                      quotas        what is decided over all rows
judging     a list of rows, each judged alone         doubts        findings in the programme's words
"""
