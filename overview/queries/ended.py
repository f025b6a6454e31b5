"""Whether an improvement has ended on a unit: nothing is asked about it there any more."""

from django.db.models import Exists, OuterRef

from initiatives.models import Commitment
from initiatives.rules.status import OVER


def ended_here(initiative: str = "survey__initiative") -> Exists:
    """For the query of what has a `unit`; `initiative` is the way to the improvement from there."""
    over = Commitment.objects.filter(
        initiative=OuterRef(initiative), unit=OuterRef("unit"), state__in=OVER
    )
    return Exists(over)
