"""Tests of importing, commit."""
