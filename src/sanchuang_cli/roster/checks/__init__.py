"""What can be told only across rows and books."""
