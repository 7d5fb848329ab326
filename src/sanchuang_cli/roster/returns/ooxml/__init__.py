"""Edits the parts of an .xlsx package where they change and leaves every other byte as its sender's program wrote it."""
