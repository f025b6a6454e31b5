"""What a page of many units needs of each released snapshot, kept in the process.

A snapshot never changes and a correction is another one, so nothing ever has to be thrown away
but what is too much.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from scoring.models import Snapshot
from scoring.rules.payload import (
    Caution,
    Level,
    Reason,
    SectionShown,
    SnapshotPayload,
    Tier,
)

# About 6 kB each.
MOST = 3000
_kept: dict[tuple[int, datetime], "ResultSummary"] = {}


@dataclass(frozen=True, slots=True)
class SectionDigest:
    """A section as far as it was released: `phrase` are its words, `leaders` its leaders' mean."""

    code: str
    title: str
    mean: float | None
    phrase: str
    leaders: float | None


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """One released result. `leaders` is how many of them answered; `levels` has each statement of
    which a level was released, by code."""

    snapshot: int
    released_at: datetime
    tier: Tier
    withheld: Reason | None
    answered: int | None
    headcount: int | None
    leaders: int
    k: int
    caution: Caution | None
    notice: str
    scale: tuple[int, int]
    sections: tuple[SectionDigest, ...]
    levels: dict[str, Level]


def summaries_of(survey_units: Collection[int]) -> dict[int, ResultSummary]:
    """By survey unit, what stands of its result today. One query, two until they are known."""
    standing = {
        (pk, released_at): survey_unit
        for pk, released_at, survey_unit in Snapshot.objects.filter(
            survey_unit__in=survey_units, replaced_by=None
        ).values_list("pk", "released_at", "survey_unit")
    }
    found = {unit: _kept[key] for key, unit in standing.items() if key in _kept}
    missing = [key[0] for key in standing if key not in _kept]
    if missing:
        payloads = Snapshot.objects.filter(pk__in=missing)
        for pk, released_at, payload in payloads.values_list("pk", "released_at", "payload"):
            key = (pk, released_at)
            found[standing[key]] = digest = _digest(pk, released_at, payload)
            _keep(key, digest)
    return found


def _keep(key: tuple[int, datetime], digest: ResultSummary) -> None:
    while len(_kept) >= MOST:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = digest


def _digest(pk: int, released_at: datetime, payload: SnapshotPayload) -> ResultSummary:
    scale = payload["scale"]
    return ResultSummary(
        snapshot=pk,
        released_at=released_at,
        tier=payload["tier"],
        withheld=payload["withheld"],
        answered=payload["answered"],
        headcount=payload["headcount"],
        leaders=payload["leaders"]["n"] if payload["leaders"] else 0,
        k=payload["k"],
        caution=payload["caution"],
        notice=payload["notice"],
        scale=(scale["min"], scale["max"]),
        sections=tuple(_section(payload, section) for section in payload["sections"]),
        levels={
            item["code"]: item["level"]
            for section in payload["sections"]
            for item in section["items"]
            if item["level"]
        },
    )


def _section(payload: SnapshotPayload, section: SectionShown) -> SectionDigest:
    leaders = payload["leaders"]
    theirs = leaders["sections"].get(section["code"]) if leaders else None
    return SectionDigest(
        section["code"],
        section["title"],
        section["mean"],
        section["word"] or "",
        theirs["mean"] if theirs else None,
    )
