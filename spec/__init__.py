"""The normative text and the tables of operations, as package data."""
