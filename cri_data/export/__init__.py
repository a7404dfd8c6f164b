"""Rows out: CSV files per dataset, and the guard against formulas."""
