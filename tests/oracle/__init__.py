"""Independent oracles: plain Python written from the rules' words, sharing nothing with the package."""
