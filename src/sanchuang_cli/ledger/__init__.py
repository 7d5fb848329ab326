"""The ledger: what was paid to whom, for which month, under which document. Entries are added and never changed.

Promise: whatever is run, corrected, returned, cancelled or interrupted, no month is paid twice and none is lost.
"""
