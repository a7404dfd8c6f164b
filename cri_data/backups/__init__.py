"""Backups: made, kept, restored."""
