"""The description of the data: datasets, columns, code lists, roles, and filters."""
