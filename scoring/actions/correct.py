"""Replacing what was released: asked for with a reason, made by the worker, said on the page."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.audit import record
from organisations.models import User
from organisations.refusal import Refused
from scoring.actions.later_audits import compare_later_audits
from scoring.actions.publish import lock_releases, released_payload, with_survey
from scoring.models import Correction, Snapshot
from scoring.queries.released import latest_snapshot
from surveys.actions.launch import MOST_STAFF
from surveys.actions.turning import lock_survey_unit
from surveys.actions.worker import ask_soon

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
        raise Refused("Say in a few words why the result is corrected", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Say why in {LONGEST_REASON} letters at most", field="reason")
    payload = snapshot.payload
    if payload["withheld"] == "below_k" or payload["tier"] == "joint":
        raise Refused("There is no counted result that a correction could mend")
    if headcount is not None:
        if not 1 <= headcount <= MOST_STAFF:
            raise Refused(f"Enter a whole number from 1 to {MOST_STAFF}", field="headcount")
        if headcount < (payload["answered"] or 0):
            raise Refused(
                f"{payload['answered']} people answered, so the unit has at least as many staff",
                field="headcount",
            )
    try:
        with transaction.atomic():
            lock_releases(snapshot.survey_unit.survey.organisation)
            latest = latest_snapshot(snapshot.survey_unit)
            earlier = Correction.objects.filter(snapshot=snapshot).first()
            if earlier is not None:
                return earlier
            if latest != snapshot:
                raise Refused("This result was corrected meanwhile. Look at it again")
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
            ask_soon("scoring.correct_result", snapshot.pk)
    except IntegrityError:
        # The other press of the button was first.
        return Correction.objects.get(snapshot=snapshot)
    return correction


@transaction.atomic
def correct_result(*, correction: Correction) -> Snapshot | None:
    """The snapshot that replaces the one asked about; None where that was done before.

    Counts the unit anew. The earlier snapshot stays as it was released. Later audits of the unit
    that are compared with it are compared again, in the same transaction.
    """
    replaced = correction.snapshot
    survey, _ = lock_survey_unit(replaced.survey_unit_id)
    lock_releases(survey.organisation)
    if Snapshot.objects.filter(replaces=replaced).exists():
        return None
    unit = with_survey(replaced.survey_unit)
    headcount = correction.headcount or replaced.payload["headcount"]
    snapshot = Snapshot.objects.create(
        survey_unit=unit,
        number=replaced.number + 1,
        released_at=timezone.now(),
        payload=released_payload(unit=unit, headcount=headcount),
        replaces=replaced,
        reason=correction.reason,
    )
    record(
        action="result corrected",
        on=unit,
        organisation=survey.organisation,
        by=correction.asked_by,
        snapshot=snapshot.pk,
        replaces=replaced.pk,
    )
    compare_later_audits(earlier=unit, was="corrected", by=correction.asked_by)
    ask_soon("scoring.sum_up_survey", survey.pk)
    return snapshot
