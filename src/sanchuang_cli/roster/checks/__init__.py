"""Checks what needs more than one cell: a row against itself, and rows and books against one another."""
