"""Finds the tables in the cells of a sheet: headers, records, and for every other row the reason why it is no record."""
