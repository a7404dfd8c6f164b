"""The audit log: entries, their seals, and their words."""
