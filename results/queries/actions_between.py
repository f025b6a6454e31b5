"""What a unit did about an improvement between two surveys of it."""

from initiatives.models import Action
from surveys.models import SurveyUnit


def actions_between(earlier: SurveyUnit, later: SurveyUnit) -> list[Action]:
    """The actions that were added between their closings and were begun, done or dropped.

    Done ones first. One query.
    """
    found = Action.objects.filter(
        unit=later.unit_id,
        initiative=later.survey.initiative_id,
        added_at__gt=earlier.closes_at,
        added_at__lt=later.closes_at,
    ).exclude(state=Action.State.PLANNED)
    order = (Action.State.DONE, Action.State.DOING, Action.State.DROPPED)
    return sorted(found, key=lambda one: (order.index(Action.State(one.state)), one.due_on))
