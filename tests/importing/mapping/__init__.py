"""Tests of importing, mapping."""
