"""Claims against each other and against time. Pure functions of sets of claims; no clock, no ledger, no order."""
