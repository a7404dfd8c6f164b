"""Tests of importing, matching."""
