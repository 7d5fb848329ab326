"""Reads single cells: a parser for each kind of column gives the value, or says what is wrong with the cell."""
