"""Tests of importing, shaping."""
