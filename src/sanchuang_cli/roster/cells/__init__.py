"""One parser for each kind of cell: what stood there as a value, or what is wrong with it."""
