"""What is wrong with the rows of a file, and what they would change."""
