"""Values in words for the terminal."""

from reportedly.values import Quantity
from reportedly.values.times import Length


def nothing_of(what: str, playbooks: tuple[str, ...]) -> str:
    """That there is nothing, and the remedy where the case has no playbook."""
    return what if playbooks else f"{what}; a case needs a playbook: reportedly init CASE --playbook labour_export"


def describe_quantity(quantity: Quantity) -> str:
    """ "200 to … person [at least]", "0.3 percent [exact], fell by"."""
    rate = f" a {quantity.per}" if quantity.per else ""
    change = f", {quantity.change}" if quantity.change else ""
    scope = f", {quantity.scope}" if quantity.scope else ""
    basis = f", {quantity.unit_basis}" if quantity.unit_basis else ""
    derived = ", derived" if quantity.derived else ""
    return f"{describe_ends(quantity.least, quantity.most)} {quantity.unit or ''}{rate} [{quantity.bound}]{scope}{change}{basis}{derived}"


def describe_length(length: Length) -> str:
    """ "2 to … year"."""
    return f"{describe_ends(length.least, length.most)} {length.unit}"


def describe_ends(least: float | None, most: float | None) -> str:
    """ "200", "900 to 1,100", "200 to …"."""
    low, high = ("…" if bound is None else f"{bound:,}" for bound in (least, most))
    return low if low == high else f"{low} to {high}"
