"""What results say on their pages, and how the figures of two periods compare."""
