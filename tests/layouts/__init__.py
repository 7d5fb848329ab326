"""Layouts of rosters, drawn from a seed with their ground truth, by somebody who has not read the reader.

grid.py      what a sheet holds, and how it is written as .xlsx
shapes.py    which columns the rosters of people and organisations have
rosters.py   such a roster drawn: what is written and what is to be read
draft.py     a roster on its way to a sheet: its columns, lines, what stands above, below and beside
columns.py, heads.py, totals.py, lines.py, around.py, books.py   the kinds of layout, each a function over a draft
layout.py    which kinds a seed draws, and the layout they give
judging.py   a layout read and held against its truth
campaign.py  many layouts, with figures per kind and the seeds of the failures
changes.py   what may be done to anybody's workbook without changing its records

A new kind of layout is a function (draft, variant, dice) that changes the draft and says what it drew, None where it
does not apply, and a line in layout.SORTS. The truth needs no hand: it follows from the draft's columns and records.
"""
