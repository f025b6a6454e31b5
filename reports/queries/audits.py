"""The audits of one unit: the one before, the one after, and those that a run chart joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.models import Snapshot
from surveys.models import SurveyUnit


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


def audits_beside(survey_unit: SurveyUnit) -> Audits:
    """The unit's audits whose results are out, next to this one on either side. One query."""
    found = SurveyUnit.objects.filter(unit=survey_unit.unit_id, published_at__isnull=False)
    rows = found.order_by("closes_at").values_list("pk", "ward_page_code", "closes_at")
    audits = [Audit(*row) for row in rows]
    before = [one for one in audits if one.closed_at < survey_unit.closes_at]
    after = [one for one in audits if one.closed_at > survey_unit.closes_at]
    return Audits(before[-1] if before else None, after[0] if after else None)


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
