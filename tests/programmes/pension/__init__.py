"""What `pension` makes of insured cadres."""
