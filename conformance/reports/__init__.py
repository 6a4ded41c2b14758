"""Test reports: JSON, JUnit, HTML and the evidence bundle."""
