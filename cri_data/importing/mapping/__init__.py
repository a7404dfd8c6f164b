"""Which heading of a file is which column, and what a person decided about it."""
