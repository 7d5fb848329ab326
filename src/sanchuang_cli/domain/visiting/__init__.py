"""Visits: the log of 走访 and 联系 beside the pairs, what falls due, and what is given before a holiday, from which source."""
