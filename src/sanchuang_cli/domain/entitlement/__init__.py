"""Works out one person's due: what a document says, made ready, asked of a row, and put together into a decision."""
