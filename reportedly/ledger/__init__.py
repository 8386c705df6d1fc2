"""The case on disk: an append-only log in SQLite and the original bytes by hash. The only room that knows SQL."""

from reportedly.ledger.canonical import Sealed, seal
from reportedly.ledger.case import Ledger, create_case, open_ledger
from reportedly.ledger.formats import StoreError

__all__ = ["Ledger", "Sealed", "StoreError", "create_case", "open_ledger", "seal"]
