"""An improvement on one unit: what is counted, tried and done there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives import access
from initiatives.presenters.crumbs import crumbs
from initiatives.presenters.measures import has_begun, measure_view
from initiatives.presenters.requests import latest_by_action, request_rows, state_of_action
from initiatives.presenters.status import state_words
from initiatives.queries.measures import actions_of, measures_of, tests_of
from initiatives.queries.requests import requests_on
from initiatives.rules import status
from organisations.access import roles_over
from organisations.views.membership import MemberRequest, members_only
from organisations.words.units import closed_words


@require_safe
@members_only(*access.REGISTER)
def on_unit(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """Measures with their charts, small tests, actions, requests."""
    opened = access.opened_unit(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    here = opened.commitment
    has_closed = closed_words(here.unit)
    is_over = here.state in status.TAKES_NO_MORE
    measures = [
        measure_view(one, list(one.points.all()), here)
        for one in measures_of(here.initiative, here.unit)
    ]
    asked = requests_on(here.initiative_id, here.unit_id)
    by_action = latest_by_action(asked)
    context = {
        "initiative": here.initiative,
        "unit": here.unit,
        "state": state_words(here),
        "measures": [one for one in measures if one.measure.ended_at is None],
        "ended": [one for one in measures if one.measure.ended_at is not None],
        "tests": tests_of(here.initiative_id, here.unit_id),
        "actions": [
            (one, *state_of_action(one.get_state_display(), one.pk, by_action))
            for one in actions_of(here.initiative, here.unit)
        ],
        "requests": request_rows(
            request.organisation,
            asked,
            steered={one.request.pk for one in asked} if opened.may_work else (),
        ),
        "has_begun": has_begun(here),
        "may_work": opened.may_work and not is_over,
        "may_add": opened.may_work and not is_over and not has_closed,
        "may_decide": bool(roles_over(here.unit, request.memberships) & set(access.DECIDING)),
        "has_closed": has_closed,
        "crumbs": crumbs(request.organisation, here.initiative),
    }
    return render(request, "initiatives/on_unit.html", context)
