"""Events held against dated sheets of rules, element by element: met, not met, unstated, contested. What it amounts to is for others."""
