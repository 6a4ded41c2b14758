"""The C core of Meter Privacy, libmeter_privacy, and its binding to Python."""
