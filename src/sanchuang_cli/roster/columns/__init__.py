"""Decides which column of a table is which field of a roster, by their headings only."""
