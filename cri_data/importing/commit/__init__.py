"""Commit checked files to the store, and undo uploads."""
