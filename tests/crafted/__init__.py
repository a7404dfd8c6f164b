"""Requests that no browser of ours would send, at a real server."""
