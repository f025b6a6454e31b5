"""The sheets of `cases/ffit_a.csv`, and what R packages made of them."""

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scoring.rules.counts import Counts, count_answers
from scoring.rules.layout import Layout
from tests.instruments.shipped import shipped_ffit

CASES = Path(__file__).parents[1] / "cases"
SECTIONS = [f"S{number}" for number in range(1, 8)]
LAYOUT = Layout.of(shipped_ffit().instrument)


def near(value: Any) -> Any:
    """Nine digits relative; R printed 13, so a true zero may differ in the last ones."""
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)


@cache
def by_r() -> dict[str, Any]:
    """What R printed."""
    found: dict[str, Any] = json.loads((CASES / "ffit_a.json").read_text())
    return found


@cache
def sheets(column: str) -> dict[str, list[str]]:
    """The answer strings by unit or by role."""
    found = defaultdict(list)
    with (CASES / "ffit_a.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            answers = (value for name, value in row.items() if name.startswith("q"))
            found[row[column]].append("".join(answer or "-" for answer in answers))
    return found


def counted(column: str, name: str) -> Counts:
    """What is counted of one unit or role."""
    return count_answers(LAYOUT, sheets(column)[name])
