"""The audits of one unit: the one before, the one after, and those that a run chart joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from scoring.models import Snapshot
from surveys.models import SurveyUnit

FIELDS = ("pk", "ward_page_code", "closes_at")


@dataclass(frozen=True)
class Audit:
    """Another audit of the same unit whose result is out."""

    survey_unit_id: int
    ward_page_code: str
    closed_at: datetime


@dataclass(frozen=True)
class Audits:
    """The unit's audit before this one and the one after it."""

    before: Audit | None = None
    after: Audit | None = None


ALONE = Audits()


def with_audits(snapshots: QuerySet[Snapshot]) -> QuerySet[Snapshot]:
    """The snapshots, each with its unit's audits beside it, in the same statement."""
    found = snapshots
    for side, sign, order in (("before", "lt", "-closes_at"), ("after", "gt", "closes_at")):
        others = SurveyUnit.objects.filter(
            unit=OuterRef("survey_unit__unit"),
            published_at__isnull=False,
            **{f"closes_at__{sign}": OuterRef("survey_unit__closes_at")},
        ).order_by(order)
        found = found.annotate(
            **{f"{side}_{name}": Subquery(others.values(name)[:1]) for name in FIELDS}
        )
    return found


def audits_beside(snapshot: Snapshot) -> Audits:
    """What `with_audits` found."""
    before, after = (
        [getattr(snapshot, f"{side}_{name}") for name in FIELDS] for side in ("before", "after")
    )
    return Audits(
        Audit(*before) if before[0] is not None else None,
        Audit(*after) if after[0] is not None else None,
    )


def rounds_before(snapshot: Snapshot) -> Sequence[Snapshot]:
    """What stands of the earlier audits that ask the same throughout, oldest first. One query."""
    change = snapshot.payload.get("change")
    keys = change["rounds"] if change else []
    if not keys:
        return []
    found = Snapshot.objects.filter(survey_unit__in=keys, replaced_by=None)
    return sorted(
        found.select_related("survey_unit"), key=lambda one: keys.index(one.survey_unit_id)
    )
