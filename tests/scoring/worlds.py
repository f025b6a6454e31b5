"""Small made-up instruments, wordings and sheets for the tests of scoring."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from instruments.rules.texts import ItemText, SectionText
from scoring.exchange.score_file import score_file
from scoring.rules.columns import count_columns
from scoring.rules.layout import Layout, SectionLayout
from scoring.rules.payload import SnapshotPayload
from scoring.rules.release import Wording, release
from scoring.rules.sums import SummedUnit


def layout_of(sizes: Sequence[int], minimum: int = 0, maximum: int = 5) -> Layout:
    """Sections A, B, … of the given sizes, with items A1, A2, …"""
    return Layout(
        tuple(
            SectionLayout(code, tuple(f"{code}{number}" for number in range(1, size + 1)))
            for code, size in zip("ABCDEFGHIJ", sizes, strict=False)
        ),
        minimum,
        maximum,
    )


def wording_of(layout: Layout) -> Wording:
    """Plain words for a layout."""
    return Wording(
        instrument="Test",
        version="1",
        edition="Test edition",
        edition_label="",
        notice="Not validated.",
        labels=tuple(f"Label {value}" for value in range(layout.minimum, layout.maximum + 1)),
        sections=tuple(
            SectionText(
                section.code,
                f"Section {section.code}",
                "To what extent:",
                tuple(ItemText(code, f"statement {code}?") for code in section.items),
            )
            for section in layout.sections
        ),
    )


def scored_file(file: Path, layout: Layout, **options: Any) -> dict[str, list[dict[str, Any]]]:
    """All rows of a scored file."""
    return {name: list(rows) for name, rows in score_file(file, layout, **options).items()}


def released(
    layout: Layout,
    sheets: Sequence[str],
    *,
    headcount: int | None = None,
    k: int = 5,
    too_soon: bool = False,
) -> SnapshotPayload:
    """What is released of these sheets; by default half as many more staff as sheets."""
    return release(
        layout=layout,
        columns=count_columns(layout, sheets),
        headcount=len(sheets) * 3 // 2 if headcount is None else headcount,
        k=k,
        wording=wording_of(layout),
        too_soon=too_soon,
    )


def summed_unit(
    layout: Layout, key: int, sheets: Sequence[str], *, snapshot: int = 0, too_soon: bool = False
) -> SummedUnit:
    """The same as a unit of a sum; its snapshot's key is its own, unless another is given."""
    payload = released(layout, sheets, too_soon=too_soon)
    return SummedUnit(key, snapshot or key, count_columns(layout, sheets), payload)
