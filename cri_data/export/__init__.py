"""Export: one CSV file per dataset, and protection against spreadsheet formulas."""
