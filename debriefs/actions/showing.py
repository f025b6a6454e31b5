"""What of a debrief's notes and pictures the team's page shows."""

from collections.abc import Collection

from django.db import transaction

from debriefs.actions.locks import record_debrief
from debriefs.models import Debrief
from organisations.models import User


@transaction.atomic
def show(*, debrief: Debrief, notes: Collection[int], pictures: Collection[int], by: User) -> None:
    """Exactly these notes and pictures are on the team's page, from now on or no more."""
    for rows, wanted in ((debrief.notes, set(notes)), (debrief.attachments, set(pictures))):
        rows.filter(pk__in=wanted).update(is_shown=True)
        rows.exclude(pk__in=wanted).update(is_shown=False)
    record_debrief(
        "debrief words shown", debrief, by, notes=sorted(notes), pictures=sorted(pictures)
    )
