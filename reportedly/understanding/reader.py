"""What reads claims, by name and version. Free of the parser, so that a case can be asked without loading it."""

MODEL_VERSION = "3.8.0"
RULES = "open/2"  # raised whenever the same text gives other claims


def reader_name(*playbooks: str) -> str:
    """Rules, model and playbooks with their versions. A claim set by another reader is out of date."""
    return "; ".join([f"reportedly {RULES}", f"en_core_web_sm {MODEL_VERSION}", *sorted(playbooks)])
