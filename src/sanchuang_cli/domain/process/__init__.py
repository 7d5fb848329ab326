"""Judges steps with dates and limits: what a document says of them, and what came of each step of a record.

It knows no programme and no roster: a record is a mapping of steps to dates (`days.Dated`). `timetable` puts all of it
together: nodes and lengths are what a policy writes, ready has them made ready, days finds the day of each step, judging
and limiting compare it with its limits, and verdict says what came of it.
"""
