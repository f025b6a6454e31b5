"""Organisational support over many units: how it is spread, in words, bars and a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from overview.presenters.level_chart import LEVELS, level_chart
from overview.queries.organisational_base import SupportItem
from overview.queries.overview import OverviewUnit
from results.words.phrases import listed, plural
from scoring.rules.payload import Level

# A level in so large a share of the units says how it is nearly everywhere.
MOSTLY = 0.75
# More statements than so many are told in a number.
MOST_NAMED = 4


@dataclass(frozen=True)
class SupportRow:
    """A statement: in how many units it came out how."""

    text: str
    words: str
    figures: str
    chart: Markup | None
    cells: tuple[int, ...]
    not_shown: int


@dataclass(frozen=True)
class SupportBlock:
    """Statements under one stem."""

    stem: str
    rows: tuple[SupportRow, ...]


@dataclass(frozen=True)
class UnitLine:
    """A unit by name, and what was released of each statement."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SupportPage:
    """All units that answered one wording."""

    units: str
    mostly: str
    differs: str
    blocks: tuple[SupportBlock, ...]
    heads: tuple[str, ...]
    lines: tuple[UnitLine, ...]
    notice: str


def shown(
    base: SupportItem, places: Sequence[OverviewUnit], page: Iterable[OverviewUnit]
) -> SupportPage | None:
    """The spread over `places`; the lines of `page` beneath it. None where nothing is to show."""
    units = [place.pk for place in places if place.pk in base.levels]
    if not units:
        return None
    counts = {one.code: _counts(base, units, one.code) for one in base.statements}
    top = max((count for found in counts.values() for count in found.values()), default=0)
    blocks: dict[str, list[SupportRow]] = {}
    low, apart = [], []
    for one in base.statements:
        found = counts[one.code]
        words = spread_words(found)
        blocks.setdefault(one.stem, []).append(_row(one.text, found, words, len(units), top))
        known = sum(found.values())
        if known > 1 and found["low"] / known >= MOSTLY:
            low.append(one.text)
        if words == "From low to high":
            apart.append(one.text)
    return SupportPage(
        units=plural(len(units), "unit"),
        mostly=_named(low, len(base.statements)),
        differs=_named(apart, len(base.statements)),
        blocks=tuple(SupportBlock(stem, tuple(rows)) for stem, rows in blocks.items()),
        heads=tuple(one.text.rstrip("?") for one in base.statements),
        lines=tuple(
            UnitLine(
                place.name,
                tuple(base.levels[place.pk].get(one.code, "not shown") for one in base.statements),
            )
            for place in page
            if place.pk in base.levels
        ),
        notice=base.notice,
    )


def _counts(base: SupportItem, units: Iterable[int], code: str) -> dict[Level, int]:
    found: dict[Level, int] = dict.fromkeys(LEVELS, 0)
    for unit in units:
        level = base.levels[unit].get(code)
        if level is not None:
            found[level] += 1
    return found


def spread_words(found: dict[Level, int]) -> str:
    """`Low in nearly all`, `From low to high`: how a statement is spread over the units."""
    known = sum(found.values())
    there = [level for level in LEVELS if found[level]]
    if not there:
        return "Shown in no unit"
    if len(there) == 1:
        return f"{there[0].capitalize()} in {'all' if known > 1 else 'the one unit'}"
    for level in LEVELS:
        if found[level] / known >= MOSTLY:
            return f"{level.capitalize()} in most"
    return f"From {there[0]} to {there[-1]}"


def _row(text: str, found: dict[Level, int], words: str, units: int, top: int) -> SupportRow:
    known = sum(found.values())
    figures = ", ".join(f"{level} in {found[level]}" for level in LEVELS)
    return SupportRow(
        text=text,
        words=words,
        figures=f"{figures}, of {plural(known, 'unit')}" if known else "",
        chart=level_chart(found, top=top, title=f"{text} {figures}") if known else None,
        cells=tuple(found[level] for level in LEVELS),
        not_shown=units - known,
    )


def _named(texts: list[str], statements: int) -> str:
    if len(texts) > MOST_NAMED:
        return f"{len(texts)} of the {statements} statements"
    return listed([text.rstrip("?") for text in texts])
