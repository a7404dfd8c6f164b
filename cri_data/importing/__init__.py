"""Files in: read, matched, checked, compared, committed, undone."""
