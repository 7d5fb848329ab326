"""Honours: places by township, what those honoured must be, and what a list must look like."""
