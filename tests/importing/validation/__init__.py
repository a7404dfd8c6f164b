"""Tests of importing, validation."""
