"""The upload page: a file is checked, explained, fixed, committed, undone."""
