"""Makes what is given back: copies of the senders' books with their errors marked, and one roster merged from many books."""
