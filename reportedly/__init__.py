"""Turn news reports into a ledger of sourced, dated claims."""
