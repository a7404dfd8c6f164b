"""Mutated files: whatever comes, it is read or refused, never a traceback."""
