"""Opens any file that a township sends and gives its cells, or refuses it with a reason. Nothing is written here."""
