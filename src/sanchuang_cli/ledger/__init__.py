"""The ledger: what was paid to whom, for which month, under which document.

Entries are added and never changed. The ledger knows no programme: it gets lines and gives back what is owed.

Promise: whatever is run, corrected, returned, cancelled or interrupted, no month is paid twice and none is lost.
"""
