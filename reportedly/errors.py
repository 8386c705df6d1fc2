"""Every error a user can meet. Each message is one line: what is wrong, where, and what to do."""


class ReportedlyError(Exception):
    """Base of all errors that are the input's or the user's to mend. Its text is shown as it stands."""


class UnreadableReport(ReportedlyError):
    """A file that cannot become a report. `code` is the reason code of the leaving it turns into, `file` the name of the
    file where the place is another's line (a manifest's)."""

    def __init__(self, place: str, code: str, what: str, remedy: str, file: str | None = None) -> None:
        super().__init__(f"{place}: {what}; {remedy}")
        self.place = place
        self.file = file or place
        self.code = code
        self.what = what
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["UnreadableReport"], tuple[str, str, str, str, str]]:
        """What it is made of, for it comes out of other processes."""
        return type(self), (self.place, self.code, self.what, self.remedy, self.file)


class ManyMistakes(ReportedlyError):
    """What a person wrote, with mistakes: all of them are listed, each with its line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class BadManifest(ManyMistakes):
    """A manifest or front matter with mistakes."""


class BadClaims(ManyMistakes):
    """Claims of another reader with mistakes."""


class BadPlaybook(ManyMistakes):
    """A playbook with mistakes."""


class BadSheet(ManyMistakes):
    """A sheet of rules with mistakes."""


class BadBrief(ManyMistakes):
    """Sentences that their citations do not carry: such a brief is not built."""


class BadSetting(ReportedlyError):
    """A setting, date or option that makes no sense."""


class UnknownName(ReportedlyError):
    """A report, claim or verb that does not exist; the message lists what does."""


class DecidedMeanwhile(ReportedlyError):
    """Somebody decided on a claim after what was shown to the one who decides now: nothing is logged before they have seen it."""


class LedgerProblem(ReportedlyError):
    """A case folder that cannot be opened, read or written."""


class MissingPart(ReportedlyError):
    """An installation without something it needs; the message gives the install line."""


class EngineProblem(ReportedlyError):
    """A cluster that cannot be reached, was lost, or is not fit for the work."""


class BadInput(ReportedlyError):
    """What a sift is to read, or where it is to write, that cannot be used."""
