"""A county simulated: years of its life from one seed, every month of it through the command line, promises checked after each step."""
