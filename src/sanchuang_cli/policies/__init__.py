"""Holds the policies that come with the program, as TOML files, the banks' layouts and the packs of other counties; no code."""
