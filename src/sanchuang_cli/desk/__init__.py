"""The desk: pages on this machine alone, from which somebody without a terminal starts the same commands.

It may look at the list of programmes, their titles and the shipped policies; it reads no roster and judges nothing. What a
run does, the command line does, in a process of its own. All that it keeps lies in one temporary folder, which only its
owner can open and which is gone when the desk ends.
"""
