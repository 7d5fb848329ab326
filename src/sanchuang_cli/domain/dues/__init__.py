"""Works out party dues: what a document has a member owe for a month, of what base and at what rate. Rows in, fen with
reasons out.
"""
