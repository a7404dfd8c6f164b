"""Consistency checks of records, people, the published table, and references."""
