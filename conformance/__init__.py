"""Everything that drives an implementation: the runner, targets, reports, the fuzzer, the command line."""
