"""Judges reviews of members: votes and the committee's grade, the cap on the best one, pledges and points."""
