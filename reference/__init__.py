"""The reference: every chapter of the specification in pure Python, straight from its equations."""
