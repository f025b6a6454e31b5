"""What a snapshot says of change since the survey before: one word for each section.

All of it follows from the two surveys' columns and is worked out from the means as they are shown.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from statistics import median_high

from scoring.rules.change import Side, Verdict, judged
from scoring.rules.columns import Column, Columns
from scoring.rules.layout import Layout
from scoring.rules.payload import ChangeShown, ChangeWhy, SectionChange, SnapshotPayload
from scoring.rules.rounding import tenths, tenths_up
from scoring.rules.sections import (
    behind,
    fewest,
    mean_of,
    on_scale,
    standard_error,
    with_bars,
)
from scoring.rules.thresholds import BARS_FROM, half


@dataclass(frozen=True)
class ComparedSurvey:
    """One survey of a unit as it was released."""

    survey_unit: int
    improvement: str
    closed_on: date
    layout: Layout
    columns: Columns
    payload: SnapshotPayload


@dataclass(frozen=True)
class _Section:
    """A section in one survey, with its statements by code."""

    columns: dict[str, Column]
    mean: frozenset[str]
    spread: frozenset[str]
    bars: frozenset[str]
    shown: float | None
    interval: list[float] | None

    def of(self, codes: Set[str]) -> list[Column]:
        """These statements' columns, in the survey's order."""
        return [column for code, column in self.columns.items() if code in codes]


def released_change(
    *,
    earlier: ComparedSurvey,
    later: ComparedSurvey,
    joined: Set[str],
    rounds: list[int],
) -> ChangeShown:
    """The change that the later survey's snapshot shows.

    `joined` are the codes of the statements that measure the same in both; `rounds` the earlier
    surveys, oldest first, in which every statement does.
    """
    before, now = _sections(earlier), _sections(later)
    shown: list[SectionChange] = []
    seen: list[float] = []
    for code, section in now.items():
        found, verdict = _compared(earlier, later, before.get(code), section, code, joined)
        shown.append(found)
        if verdict is not None:
            seen.append(verdict.detectable)
    return {
        "since": earlier.survey_unit,
        "closed_on": earlier.closed_on.isoformat(),
        "improvement": earlier.improvement,
        "answered": earlier.payload["answered"],
        "headcount": earlier.payload["headcount"],
        "version": earlier.payload["version"],
        "edition": earlier.payload["edition"],
        "detectable": tenths_up(median_high(seen)) / 10 if seen else None,
        "sections": shown,
        "rounds": rounds,
    }


def _sections(survey: ComparedSurvey) -> dict[str, _Section]:
    layout, tier = survey.layout, survey.payload["tier"]
    shown = {section["code"]: section for section in survey.payload["sections"]}
    found = {}
    for index, section in enumerate(layout.sections):
        columns = survey.columns.section(layout, index)
        rests = behind(columns, tier, layout.options)

        def codes(places: Sequence[int], items: Sequence[str] = section.items) -> frozenset[str]:
            return frozenset(items[place] for place in places)

        found[section.code] = _Section(
            dict(zip(section.items, columns, strict=True)),
            codes(rests.mean),
            codes(rests.spread),
            codes(with_bars(columns, tier)),
            shown[section.code]["mean"],
            shown[section.code]["interval"],
        )
    return found


def _compared(
    earlier: ComparedSurvey,
    later: ComparedSurvey,
    before: _Section | None,
    now: _Section,
    code: str,
    joined: Set[str],
) -> tuple[SectionChange, Verdict | None]:
    """What may be said of a section, and how it was judged if it was."""
    found: SectionChange = {
        "code": code,
        "before": None if before is None else before.shown,
        "before_interval": None if before is None else before.interval,
        "now": now.shown,
        "now_interval": now.interval,
        "statements": None,
        "difference": None,
        "interval": None,
        "word": None,
        "why": None,
        "withheld": None,
    }
    codes = set(now.columns)
    if before is None or set(before.columns) != codes or codes - joined:
        found["withheld"] = "other_wording"
        return found, None
    counted = _counted(before, now)
    why = _why_not(earlier, later, has_statements=bool(counted))
    if why is not None:
        found["word"] = "not told" if why == "low_response" else "too few answers to tell"
        found["why"] = why
        return found, None
    sides = [
        Side(
            tenths(mean_of(section.of(counted))),
            standard_error(section.of(section.spread)),
            fewest(section.of(section.spread)),
        )
        for section in (before, now)
    ]
    verdict = judged(*sides)
    difference, width = verdict.difference, verdict.clear_from
    found["before"], found["now"] = (on_scale(later.layout, side.mean) for side in sides)
    if before.mean != now.mean:
        # The ranges are around the means of other statements.
        found["before_interval"] = found["now_interval"] = None
    found["statements"] = [len(counted), len(codes)]
    found["difference"] = difference / 10
    found["interval"] = [(difference - width) / 10, (difference + width) / 10]
    found["word"], found["why"] = verdict.word, verdict.why
    return found, verdict


def _counted(before: _Section, now: _Section) -> Set[str]:
    """The statements that are compared; none where too few count in both surveys.

    Where other statements stand behind the two means, only those with bars in both: of the others
    a mean over other statements would be one figure more.
    """
    need = half(len(now.columns))
    counted = before.mean & now.mean
    if len(counted) < need or not before.spread or not now.spread:
        return frozenset()
    if before.mean != now.mean:
        counted = before.bars & now.bars
    return counted if len(counted) >= need else frozenset()


def _why_not(
    earlier: ComparedSurvey, later: ComparedSurvey, *, has_statements: bool
) -> ChangeWhy | None:
    payloads = (earlier.payload, later.payload)
    if any((payload["answered"] or 0) < BARS_FROM for payload in payloads):
        return "few_people"
    if not has_statements:
        return "few_statements"
    low = any(payload["caution"] == "indicative" for payload in payloads)
    return "low_response" if low else None
