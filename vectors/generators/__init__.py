"""Generators of the test vectors, one a chapter; not installed."""
