"""Checked files into the store, and out again."""
