"""A case as text for a reader: every sentence cites the claims that carry it, and is checked against them."""
