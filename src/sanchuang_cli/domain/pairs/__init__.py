"""One helper for each member in need: who may help whom, which pairs are best by the aims of a document, one aim after
another, and why a pair of last year was not kept."""
