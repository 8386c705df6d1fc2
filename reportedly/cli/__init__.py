"""Commands: parse, call, print. Data goes to stdout, the rest to stderr; a rule never lives here."""

from reportedly.cli.main import main

__all__ = ["main"]
