"""Works out 报酬 of people in office: what a document gives for a post, month by month, and what of it falls to one person."""
