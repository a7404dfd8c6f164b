"""Shared by the tests: small stores, clocks, processes."""
