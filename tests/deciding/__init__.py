"""Shows of each clause of a policy that it decides: two rows that differ in one cell, come out differently, and of which
the clause alone decides one."""
