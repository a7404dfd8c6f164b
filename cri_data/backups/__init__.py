"""Backups: make, keep, and restore them."""
