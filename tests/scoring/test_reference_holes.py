"""A file with blanks, `dk` and two rounds agrees with R (`cases/holes.R`) to nine digits."""

from pathlib import Path
from typing import Any

import pytest

from scoring.rules.layout import Layout
from tests.instruments.shipped import shipped_ffit
from tests.scoring.worlds import scored_file

CASES = Path(__file__).parent / "cases"


def find(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def test_agreement_icc_alpha_and_change_equal_those_of_r() -> None:
    scored = scored_file(CASES / "holes.csv", Layout.of(shipped_ffit().instrument))
    pooled = {"role": None, "round": None}
    compared = 0
    for line in (CASES / "holes.txt").read_text(encoding="utf-8").splitlines():
        kind, number, *rest = line.split()
        section = f"S{number}"
        if kind == "agree":
            cell = find(scored["cells"], unit=rest.pop(0), **pooled)["sections"][section]
            ours = [cell[name] for name in ("rwg_j", "r_star", "ad", "n_listwise")]
        elif kind == "alpha":
            cell = find(scored["cells"], unit=None, **pooled)["sections"][section]
            ours = [cell["n_listwise"], cell["alpha"], *cell["alpha_ci95"]]
        elif kind == "icc":
            row = find(scored["icc"], section=section, **pooled)
            ours = [row["icc1"], row["icc2"], *row["icc1_ci95"], *row["icc2_ci95"]]
        else:
            row = find(scored["changes"], unit=rest.pop(0), role=None, section=section)
            ours = [row["t"], row["df"], row["p"], *row["ci95"], row["p_holm"]]
        for value, theirs in zip(ours, rest, strict=True):
            if theirs == "NA":
                assert value is None, line
            else:
                assert value == pytest.approx(float(theirs), rel=1e-9, abs=1e-12), line
            compared += 1
    assert compared == 402
