"""Check the rows of a file: their problems and changes."""
