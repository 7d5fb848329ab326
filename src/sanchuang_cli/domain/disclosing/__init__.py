"""Holds what a catalogue of 党务公开 asks: its items, the register of what was made public, and what is overdue."""
