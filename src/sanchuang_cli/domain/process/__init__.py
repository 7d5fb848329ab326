"""Steps with dates and limits: what a document says of them, and what came of each step of a record."""
