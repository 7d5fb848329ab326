"""A programme made for tests: what the engine can do for one that is not `subsidies`."""
