"""Redaction of free text, and deletion of what is past its retention period."""
