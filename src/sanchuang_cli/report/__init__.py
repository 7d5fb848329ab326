"""Turns a finished run, or one of its tables, into a file or a screen. Each module is one kind of writer.

Writers may look at plain values of the kernel only. Nothing is decided here, and no roster is read.
"""
