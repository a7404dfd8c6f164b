"""What the data is: datasets, columns, codes, roles, filters."""
