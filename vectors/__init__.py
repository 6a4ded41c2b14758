"""The test vectors, their schemas and the manifest, as package data."""
