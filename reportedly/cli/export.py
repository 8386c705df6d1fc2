"""`reportedly export`: a case's claims for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import say

Format = Annotated[str, typer.Argument(metavar="FORMAT", help="csv, parquet, jsonld or ftm.", show_default=False)]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="PATH", help="The file to write.", show_default=False)]
Reviewed = Annotated[bool, typer.Option("--reviewed-only", help="Only claims that an analyst accepted or edited.")]


def export(case: CasePath, form: Format, output: Output, as_of: AsOf = None, known_by: KnownBy = None, reviewed_only: Reviewed = False) -> None:
    """Write the claims to a file that other programs read, and say what its format cannot carry.

    Example: reportedly export CASE csv -o claims.csv
    """
    from reportedly.exporting import export as write
    from reportedly.pipeline import open_case
    from reportedly.settings import make_settings

    with open_case(case, make_settings(), parse_known_by(known_by)) as opened:
        exported = write(opened, form, output, parse_as_of(as_of), reviewed_only=reviewed_only)
    say(f"wrote {output}: {exported.claims} claim{'s' * (exported.claims != 1)}")
    for loss in exported.losses:
        say(f"not carried: {loss}")
