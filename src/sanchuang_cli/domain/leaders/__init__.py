"""Judges village secretaries: their terms, when a change is proposed, who may follow them, and what their elections came to."""
