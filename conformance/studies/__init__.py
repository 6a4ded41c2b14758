"""Studies on real readings."""
