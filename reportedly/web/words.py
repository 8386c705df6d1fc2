"""What the pages say in English, from two files, the second for the pictures, so that it can be read through, and said in another language."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load_words() -> dict[str, Any]:
    """All words, by page; those of the pictures under `charts`."""
    folder = files("reportedly.web")
    words = yaml.safe_load(folder.joinpath("words.yaml").read_text("utf-8"))
    return {**words, "charts": yaml.safe_load(folder.joinpath("charts.words.yaml").read_text("utf-8"))}


def say(key: str, **values: object) -> str:
    """The words under a key such as "plans.title", with values in their places; of two forms the one that `n` wants. Raises KeyError for a
    key that there is not."""
    found: Any = load_words()
    for part in key.split("."):
        found = found[part]
    if isinstance(found, dict):
        found = found["one" if values["n"] == 1 else "many"]
    return str(found).format(**{name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()})


def script_words() -> str:
    """The words that scripts say, as JSON that may stand in a page."""
    words = load_words()
    return json.dumps({"charts": words["charts"], "script": words["script"]}, ensure_ascii=True).replace("<", "\\u003c")
