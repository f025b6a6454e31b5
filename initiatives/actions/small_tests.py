"""Small tests: something tried once, on one shift, and what followed from it."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from initiatives.actions.measures import refuse_over
from initiatives.actions.status import lock_initiative
from initiatives.models import Commitment, SmallTest
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused

MOST_OPEN = 2


@transaction.atomic
def start_test(
    *, commitment: Commitment, what: str, expects: str, until: date, by: User
) -> SmallTest:
    """One more small test of the unit; the same one again is the one that runs."""
    initiative = lock_initiative(commitment.initiative)
    refuse_over(commitment)
    if until < timezone.localdate():
        raise Refused("Enter today or a later day", field="until")
    tests = SmallTest.objects.filter(initiative=initiative, unit=commitment.unit)
    running = list(tests.filter(ended_at=None))
    for one in running:
        if (one.what, one.expects) == (what, expects):
            return one
    if len(running) >= MOST_OPEN:
        raise Refused(f"Only {MOST_OPEN} small tests can run at once. Say how one went first.")
    test = SmallTest.objects.create(
        initiative=initiative,
        unit=commitment.unit,
        number=(tests.aggregate(last=Max("number"))["last"] or 0) + 1,
        what=what,
        expects=expects,
        until=until,
        added_by=by,
    )
    _record("small test started", test, by, unit=commitment.unit_id, number=test.number)
    return test


@transaction.atomic
def end_test(*, test: SmallTest, happened: str, outcome: str, following: str, by: User) -> None:
    """Says how it went. The same again changes nothing; what ended otherwise is refused."""
    test = (
        SmallTest.objects.select_for_update(of=("self",))
        .select_related("initiative__organisation")
        .get(pk=test.pk)
    )
    said = (happened, outcome, following)
    if test.ended_at is not None:
        if said == (test.happened, test.outcome, test.following):
            return
        raise Refused("Someone else has said how this test went. Nothing has changed.")
    test.happened, test.outcome, test.following = said
    test.ended_at = timezone.now()
    test.save(update_fields=["happened", "outcome", "following", "ended_at"])
    _record("small test ended", test, by, outcome=outcome)


def _record(what: str, test: SmallTest, by: User, **detail: object) -> None:
    organisation = test.initiative.organisation
    record(action=what, on=test, organisation=organisation, by=by, **detail)
