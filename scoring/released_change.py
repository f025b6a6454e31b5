"""What a snapshot says of change since the audit before: one word for each section.

The difference is that of the two means as they are shown, and its half-width is rounded up. A
section is compared only where both audits show its range or its spread: where those are held back,
a test of the same answers would tell what they would. Where only the spread is, the test takes no
more than what is shown; else it is exact.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from math import ceil, lcm
from statistics import median_low

from scoring.change import Change, judged
from scoring.comparison import Difference, welch
from scoring.counts import Counts, ScoreSums
from scoring.disclosure import FIGURES_FROM
from scoring.layout import Layout
from scoring.payload import ChangeShown, SectionChange, SectionShown, SnapshotPayload
from scoring.sections import spread_rounded_up
from scoring.words import outward_tenth


@dataclass(frozen=True)
class Audit:
    """One audit of a unit as it was released."""

    survey_unit: int
    improvement: str
    closed_on: date
    layout: Layout
    counts: Counts
    payload: SnapshotPayload


def released_change(
    *, earlier: Audit, later: Audit, joined: Set[str], rounds: list[int]
) -> ChangeShown:
    """The change that the later audit's snapshot shows.

    `joined` are the codes of the statements that measure the same in both; `rounds` the earlier
    audits, oldest first, in which every statement does.
    """
    before = {section["code"]: section for section in earlier.payload["sections"]}
    shown: list[SectionChange] = []
    tests: dict[int, Difference] = {}
    for section in later.payload["sections"]:
        found, test = _section(earlier, later, before.get(section["code"]), section, joined)
        if test is not None:
            tests[len(shown)] = test
        shown.append(found)
    changes = dict(zip(tests, judged(list(tests.values())), strict=True))
    for place, change in changes.items():
        _say(shown[place], later.payload["sections"][place]["mean"] or 0.0, change)
    seen = sorted(change.detectable for change in changes.values() if change.detectable is not None)
    return {
        "since": earlier.survey_unit,
        "closed_on": earlier.closed_on.isoformat(),
        "improvement": earlier.improvement,
        "answered": earlier.payload["answered"],
        "headcount": earlier.payload["headcount"],
        "version": earlier.payload["version"],
        "edition": earlier.payload["edition"],
        "detectable": outward_tenth(median_low(seen)) if seen else None,
        "sections": shown,
        "rounds": rounds,
    }


def _section(
    earlier: Audit,
    later: Audit,
    before: SectionShown | None,
    now: SectionShown,
    joined: Set[str],
) -> tuple[SectionChange, Difference | None]:
    """What may be said of a section, and its test if it may be tested."""
    found: SectionChange = {
        "code": now["code"],
        "before": None if before is None else before["mean"],
        "before_interval": None if before is None else before["interval"],
        "difference": None,
        "interval": None,
        "word": None,
        "withheld": None,
    }
    codes = {item["code"] for item in now["items"]}
    if before is None or {item["code"] for item in before["items"]} != codes or codes - joined:
        found["withheld"] = "other_wording"
        return found, None
    if any((section["n"] or 0) < FIGURES_FROM for section in (before, now)):
        found["word"] = "too few answers to tell"
        return found, None
    if any(
        section["mean"] is None or (section["interval"] is None and section["sd"] is None)
        for section in (before, now)
    ):
        found["withheld"] = "subtraction"
        return found, None
    # Scores in tenths of the fractions of a point that either version keeps.
    unit = 10 * lcm(earlier.layout.unit_of_score, later.layout.unit_of_score)
    return found, welch(_sums(later, now, unit), _sums(earlier, before, unit), unit)


def _sums(audit: Audit, shown: SectionShown, unit: int) -> ScoreSums:
    """A section's sums in 1/unit: the exact ones, or, where the SD is held back, those that the
    shown mean and the SD behind the shown range would have."""
    layout = audit.layout
    index = [section.code for section in layout.sections].index(shown["code"])
    sums, times = audit.counts.scores[index], unit // layout.unit_of_score
    rounded = None if shown["sd"] is not None else spread_rounded_up(layout, audit.counts, index)
    if rounded is None or shown["mean"] is None:
        return ScoreSums(sums.n, sums.total * times, sums.squares * times**2)
    total = round(10 * (shown["mean"] - layout.minimum)) * sums.n * unit // 10
    squares = ceil((rounded * unit) ** 2 * (sums.n - 1) + total**2 / sums.n)
    return ScoreSums(sums.n, total, squares)


def _say(shown: SectionChange, mean: float, change: Change) -> None:
    """Puts in the word, and the difference as readers can work it out from the means shown."""
    shown["word"] = change.word
    if shown["before"] is None or change.test.ci95 is None:
        return
    difference = round(mean - shown["before"], 1)
    half = outward_tenth((change.test.ci95[1] - change.test.ci95[0]) / 2)
    shown["difference"] = difference
    shown["interval"] = [round(difference - half, 1), round(difference + half, 1)]
