"""Replacing what was released: asked for with a reason, made by the worker, said on the page."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from fieldwork.actions.launch import MOST_STAFF
from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from organisations.rules.refusal import Refused
from scoring.actions.later_audits import compare_later_audits, keep_columns
from scoring.actions.publish import (
    counted_anew,
    lock_releases,
    released_payload,
    with_survey,
)
from scoring.models import Correction, Snapshot
from scoring.queries.released import latest_snapshot, released_before
from scoring.queries.version_layout import sheet_layout
from scoring.rules.columns import Columns
from scoring.rules.correction import may_replace
from surveys.actions.locks import lock_survey_unit
from surveys.models import SurveyUnit

SHORTEST_REASON, LONGEST_REASON = 10, 200


def ask_correction(
    *, snapshot: Snapshot, reason: str, headcount: int | None, by: User | None
) -> Correction:
    """Asks to replace a unit's snapshot; `by` is None for an operator of the machine.

    No `headcount` means: as it was, only counted again. Asking again changes nothing and gives the
    first asking. The worker makes the correction, since only it may read what was counted.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Refused("Say in a few words why the result is corrected.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Reason must be {LONGEST_REASON} characters or fewer", field="reason")
    payload = snapshot.payload
    if payload["withheld"] in ("below_k", "not_sent") or payload["tier"] == "joint":
        raise Refused("There is no counted result to correct.")
    if headcount is not None:
        if not 1 <= headcount <= MOST_STAFF:
            raise Refused(f"Enter a whole number from 1 to {MOST_STAFF}.", field="headcount")
        if headcount < (payload["answered"] or 0):
            raise Refused(
                f"Number of staff must be {payload['answered']} or more, because "
                f"{payload['answered']} people answered",
                field="headcount",
            )
    try:
        with transaction.atomic():
            lock_releases(snapshot.survey_unit.survey.organisation)
            latest = latest_snapshot(snapshot.survey_unit)
            earlier = Correction.objects.filter(snapshot=snapshot).first()
            if earlier is not None:
                return earlier
            refuse_while_held()
            if latest != snapshot:
                raise Refused("Someone else has corrected this result. Check it again.")
            correction = Correction.objects.create(
                snapshot=snapshot,
                reason=reason,
                headcount=headcount,
                asked_by=by,
                asked_at=timezone.now(),
            )
            record(
                action="correction asked for",
                on=snapshot.survey_unit,
                organisation=snapshot.survey_unit.survey.organisation,
                by=by,
                snapshot=snapshot.pk,
                headcount=headcount,
            )
            enqueue_on_commit("scoring.correct_result", snapshot.pk)
    except IntegrityError:
        # The other press of the button was first.
        return Correction.objects.get(snapshot=snapshot)
    return correction


@transaction.atomic
def correct_result(*, correction: Correction) -> Snapshot | None:
    """The snapshot that replaces the one asked about; None where that was done before.

    Counts the unit anew. The earlier snapshot stays as it was released. Where too few answers came
    or went, its figures stay too, and the new snapshot says why. Later audits of the unit
    that are compared with it are compared again, in the same transaction.
    """
    replaced = correction.snapshot
    survey, _ = lock_survey_unit(replaced.survey_unit_id)
    lock_releases(survey.organisation)
    if Snapshot.objects.filter(replaces=replaced).exists():
        return None
    unit = with_survey(replaced.survey_unit)
    columns = counted_anew(unit)
    is_shown = _may_be_shown(unit, columns)
    headcount = correction.headcount or replaced.payload["headcount"] or unit.headcount
    if is_shown:
        payload = released_payload(unit=unit, headcount=headcount, columns=columns)
    else:
        payload = replaced.payload.copy()
        payload["kept"] = "corrected"
    snapshot = Snapshot.objects.create(
        survey_unit=unit,
        number=replaced.number + 1,
        released_at=timezone.now(),
        payload=payload,
        replaces=replaced,
        reason=correction.reason,
    )
    if not is_shown:
        keep_columns(of=replaced, behind=snapshot)
    record(
        action="result corrected",
        on=unit,
        organisation=survey.organisation,
        by=correction.asked_by,
        snapshot=snapshot.pk,
        replaces=replaced.pk,
    )
    compare_later_audits(earlier=unit, was="corrected", by=correction.asked_by)
    enqueue_on_commit("scoring.sum_up_survey", survey.pk)
    return snapshot


def _may_be_shown(unit: SurveyUnit, columns: Columns | None) -> bool:
    """True if these columns may stand beside what lies behind every earlier release."""
    if columns is None:
        return True
    layout = sheet_layout(unit.survey.version, unit.survey.ward_edition).layout
    return all(may_replace(before, columns) for before in released_before(unit, layout))
