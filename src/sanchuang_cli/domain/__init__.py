"""Holds what the county's documents are about in any programme: people, money due, votes, stars, dated steps.

These modules may use the kernel. They know no workbook, no terminal and no programme.
"""
