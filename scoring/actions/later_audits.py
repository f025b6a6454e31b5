"""Comparing a unit's later audits again once an earlier one reads otherwise."""

from typing import Literal

from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.models import User
from scoring.models import ReleasedCounts, Snapshot
from scoring.queries.audits import change_since, later_results
from scoring.queries.released import columns_behind_all
from scoring.queries.version_layout import sheet_layout
from scoring.rules.payload import SnapshotPayload
from surveys.models import SurveyUnit


def compare_later_audits(
    *, earlier: SurveyUnit, was: Literal["corrected", "released"], by: User | None
) -> list[Snapshot]:
    """A new snapshot of each later audit of the unit of which another change is now to be said.

    Call it in the transaction that corrects or releases the earlier one, under `lock_releases`:
    both are seen at the same moment. All other figures stay to the letter; what may be said of the
    change is decided anew, by what stands of both audits. Nothing to say otherwise, nothing made.
    A later audit that waits for a correction of its own is compared when that is made.
    """
    created = []
    for old in later_results(earlier):
        unit = old.survey_unit
        survey = unit.survey
        layout = sheet_layout(survey.version, survey.ward_edition).layout
        columns = columns_behind_all(survey, [old], layout).get(old.pk)
        if columns is None:
            continue
        change = change_since(survey_unit=unit, layout=layout, columns=columns, payload=old.payload)
        if change == old.payload.get("change"):
            continue
        payload: SnapshotPayload = {**old.payload, "change": change}
        new = Snapshot.objects.create(
            survey_unit=unit,
            number=old.number + 1,
            released_at=timezone.now(),
            payload=payload,
            replaces=old,
            reason=_reason(earlier, was),
        )
        keep_columns(of=old, behind=new)
        record(
            action="surveys compared again",
            on=unit,
            organisation=survey.organisation,
            by=by,
            snapshot=new.pk,
            replaces=old.pk,
            because=earlier.pk,
        )
        created.append(new)
    return created


def _reason(earlier: SurveyUnit, was: str) -> str:
    day = timezone.localtime(earlier.closes_at, earlier.survey.organisation.zone)
    return (
        f"the survey that closed on {day.day} {day:%B %Y} was {was}. "
        "Only the comparison with it is new"
    )


def keep_columns(*, of: Snapshot, behind: Snapshot) -> None:
    """What lies behind a snapshot lies behind the one that shows the same figures."""
    for kept in ReleasedCounts.objects.filter(snapshot=of):
        ReleasedCounts.objects.create(snapshot=behind, counts=kept.counts)
