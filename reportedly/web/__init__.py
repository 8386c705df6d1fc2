"""The workbench: pages over a case, for the one who sits at this machine. A page reads rows that were derived and kept (`viewing`), asks the
ledger for words and decisions, and fills a template; no rule of the product is decided here, and nothing is fetched from elsewhere."""
