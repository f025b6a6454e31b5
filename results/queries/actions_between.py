"""What a unit did about an improvement between two surveys of it."""

from django.db.models import Q
from django.utils import timezone

from initiatives.models import Action
from surveys.models import SurveyUnit


def actions_between(earlier: SurveyUnit, later: SurveyUnit) -> list[Action]:
    """The actions that were done or dropped between their closings, and those that are in progress
    and were added before the later one: also of plans of earlier results.

    Done ones first. One query.
    """
    since, until = (timezone.localdate(one.closes_at) for one in (earlier, later))
    was_open = Q(added_at__gt=earlier.closes_at) | Q(closed_on__gt=since) | Q(closed_on=None)
    found = Action.objects.filter(
        was_open,
        Q(closed_on=None) | Q(closed_on__lte=until),
        unit=later.unit_id,
        initiative=later.survey.initiative_id,
        added_at__lt=later.closes_at,
    ).exclude(state=Action.State.PLANNED)
    order = (Action.State.DONE, Action.State.DOING, Action.State.DROPPED)
    return sorted(found, key=lambda one: (order.index(Action.State(one.state)), one.due_on))
