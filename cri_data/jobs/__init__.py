"""Jobs: maintenance, publication, and demonstration data."""
