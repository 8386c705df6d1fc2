"""A playbook folder from disk: all mistakes of all files at once, each with its line and a remedy."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from reportedly.errors import BadPlaybook, UnknownName
from reportedly.playbooks.schema import CaseExample, Frame, Head, Playbook
from reportedly.playbooks.written import read_written

SHIPPED = ("disaster", "labour_export", "shooting")


def stamp(playbook: Playbook) -> str:
    """Name, version and a digest of all it holds: what a claim set was read with."""
    digest = hashlib.sha256(playbook.model_dump_json(exclude={"lines"}).encode()).hexdigest()[:8]
    return f"{playbook.head.name}@{playbook.head.version}+{digest}"


def find_playbook(name: str) -> Traversable:
    """The folder of a shipped playbook by its name, or a folder by its path. Raises UnknownName."""
    if name in SHIPPED:
        return files("reportedly.playbooks").joinpath(name)
    folder = Path(name)
    if name and folder.is_dir():
        return folder
    raise UnknownName(f"{name or 'no name'}: no such playbook; there are {', '.join(SHIPPED)}, or name a folder that holds playbook.yaml")


def load_playbook(name: str) -> Playbook:
    """The playbook of that name or folder. Raises BadPlaybook with every mistake as `path:line: key: what`."""
    folder = find_playbook(name)
    mistakes: list[str] = []
    head, _ = read_written(folder.joinpath("playbook.yaml"), "playbook.yaml", TypeAdapter(Head), mistakes)
    frames_folder = folder.joinpath("frames")
    listed = sorted((one for one in frames_folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name) if frames_folder.is_dir() else []
    if not listed:
        mistakes.append("frames:1: no frames; add frames/NAME.yaml, one frame a file")
    frames = [read_written(one, f"frames/{one.name}", TypeAdapter(Frame), mistakes) for one in listed]
    cases, _ = read_written(folder.joinpath("cases.yaml"), "cases.yaml", TypeAdapter(list[CaseExample]), mistakes)
    if mistakes or head is None or cases is None:
        raise BadPlaybook([f"{name}/{mistake}" for mistake in mistakes])
    lines = {key: place for file, (_, node) in zip(listed, frames, strict=True) for key, place in _pattern_lines(node, file.name)}
    return Playbook(head=head, frames=tuple(frame for frame, _ in frames if frame is not None), cases=tuple(cases), lines=lines)


def _pattern_lines(node: yaml.Node | None, name: str) -> Iterator[tuple[str, str]]:
    """Where each pattern of a frame's file stands, by frame, kind and number."""
    assert isinstance(node, yaml.MappingNode)
    parts = {key.value: value for key, value in node.value}
    for kind in ("verbs", "nouns", "adjectives"):
        for number, one in enumerate(parts[kind].value if kind in parts else []):
            yield f"{parts['frame'].value}.{kind}.{number}", f"frames/{name}:{one.start_mark.line + 1}"
