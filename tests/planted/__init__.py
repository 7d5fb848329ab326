"""Thirty small policies with one fault each, and ten sound ones, planted by somebody who had not read the linter."""
