"""Fixtures that every room's tests share: real cases on disk, real reports, no stand-ins."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.pipeline import Case, init_case
from reportedly.reading import Given, make_reading
from reportedly.records import Claim, Report
from reportedly.settings import Settings


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with init_case(tmp_path / "case", "A case", Settings(workers=1)) as opened:
        yield opened


@pytest.fixture
def framed(tmp_path: Path) -> Iterator[Case]:
    """The example case, read with its playbook."""
    with init_case(tmp_path / "framed", "Crews", Settings(workers=1), playbooks=("labour_export",)) as opened:
        opened.add([EXAMPLES])
        yield opened


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """A report from a text, with whatever is given beside it."""

    def make(text: str, **given: str) -> Report:
        return make_reading(text.encode(), "report.txt", Given.model_validate(given)).report

    return make


@pytest.fixture
def read() -> Callable[..., list[Claim]]:
    """The claims of a text published by an outlet on a day."""
    from reportedly.understanding.read import understand

    def read_text(text: str, **given: str) -> list[Claim]:
        report = make_reading(text.encode(), "report.txt", Given.model_validate({"outlet": "Coast Times"} | given)).report
        return list(next(understand([report])).claims)

    return read_text


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Case]:
    """A case with the flagship playbook from (outlet, day, text)."""

    def make(*reports: tuple[str, str, str]) -> Case:
        (tmp_path / "reports").mkdir()
        for number, (outlet, day, text) in enumerate(reports):
            (tmp_path / "reports" / f"{number}.md").write_text(f"---\noutlet: {outlet}\npublished: {day}\n---\n{text}\n", encoding="utf-8")
        case = init_case(tmp_path / "case", playbooks=("labour_export",))
        case.add([tmp_path / "reports"])
        return case

    return make
