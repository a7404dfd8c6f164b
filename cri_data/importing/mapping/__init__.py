"""Map the headings of a file to columns, with a person's choices."""
