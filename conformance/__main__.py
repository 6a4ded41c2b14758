"""`python -m meter_privacy.conformance` is the command `meter-privacy`."""

from meter_privacy.conformance.cli import main

main()
