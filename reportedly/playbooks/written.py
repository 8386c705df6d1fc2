"""YAML that people write: safe, plain text throughout, and every mistake with its line and a remedy."""

import difflib
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C reader, where the wheel has it, is ten times as fast
_PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_BYTES = 2_000_000
Shape = TypeVar("Shape")


def read_written(file: Traversable, label: str, shape: TypeAdapter[Shape], mistakes: list[str]) -> tuple[Shape | None, yaml.Node | None]:
    """One file in its shape, and its nodes with their lines; None for both where something is wrong with it."""
    if not file.is_file():
        mistakes.append(f"{label}:1: file is missing")
        return None, None
    text = file.read_bytes().decode("utf-8", errors="replace")
    if len(text) > _MAX_BYTES:
        mistakes.append(f"{label}:1: larger than {_MAX_BYTES} bytes; such a file is written by hand")
        return None, None
    try:
        node = yaml.compose(text, Loader=_SAFE)
        found = _check_node(node, label)
        if found:
            mistakes += found
            return None, None
        value = yaml.load(text, Loader=_PLAIN)  # noqa: S506  all plain text: "on" is a word here, and no tag is read
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        mistakes.append(f"{label}:{mark.line + 1 if mark else 1}: {getattr(error, 'problem', None) or 'nested too deeply or no YAML'}")
        return None, None
    try:
        return shape.validate_python(value), node
    except ValidationError as error:
        mistakes += [_describe(problem, node, label, shape) for problem in error.errors()]
        return None, None


def _check_node(node: yaml.Node | None, label: str) -> list[str]:
    """Keys that stand twice, and nodes shared by alias: neither has a meaning here."""
    mistakes: list[str] = []
    seen: set[int] = set()
    stack = [node]
    while stack:
        one = stack.pop()
        if one is None:
            continue
        if id(one) in seen:
            mistakes.append(f"{label}:{one.start_mark.line + 1}: an alias; write the words out")
            break
        seen.add(id(one))
        if isinstance(one, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in one.value:
                if str(key.value) in keys:
                    mistakes.append(f"{label}:{key.start_mark.line + 1}: {key.value}: stands twice; keep one")
                keys.add(str(key.value))
                stack.append(value)
        elif isinstance(one, yaml.SequenceNode):
            stack += one.value
        elif one.tag.startswith(("!", "tag:yaml.org,2002:python")):
            mistakes.append(f"{label}:{one.start_mark.line + 1}: {one.tag}: tags are not read; write plain text")
    return mistakes


def _describe(problem: object, node: yaml.Node | None, label: str, shape: TypeAdapter[Shape]) -> str:
    assert isinstance(problem, dict)
    place = [part for part in problem["loc"] if part != "[key]"]
    line = line_of(node, place)
    key = ".".join(map(str, place))
    if problem["type"] == "extra_forbidden":
        close = difflib.get_close_matches(str(place[-1]), _known_keys(shape), n=1)
        return f"{label}:{line}: {key}: unknown key" + (f"; did you mean {close[0]!r}?" if close else "")
    if problem["type"] == "missing":
        return f"{label}:{line}: {key}: is missing"
    if problem["type"] == "literal_error":
        return f"{label}:{line}: {key}: {problem['input']!r} is none of {problem['ctx']['expected']}"
    return f"{label}:{line}: {key or 'the file'}: {problem['msg'].removeprefix('Value error, ')}"


def _known_keys(shape: TypeAdapter[Shape]) -> list[str]:
    """All keys that any level of a shape knows."""
    schema = shape.json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for part in parts for key in part.get("properties", {})})


def line_of(node: yaml.Node | None, place: list[object]) -> int:
    """The line of the deepest part of a place that is there."""
    line = node.start_mark.line + 1 if node else 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
