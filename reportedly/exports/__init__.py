"""Records to what other programs read. Keys, their order and their meaning are a contract (docs/json.md)."""
