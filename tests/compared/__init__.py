"""The product beside its oracles, which know nothing of it: what both say of the same people and organisations."""
