"""Cells in all the forms that files have, and what each shows a person."""
