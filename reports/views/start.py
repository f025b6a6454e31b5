"""The start page of an organisation: what waits for this member, by its day."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from initiatives import access as register
from initiatives.queries.register import commitments_in
from organisations.membership import MemberRequest, member_of
from organisations.models import Role, Unit
from reports import access
from reports.presenters.waiting import FOLDED, SHOWN, Waiting, waiting_list
from reports.presenters.waiting_results import (
    action_row,
    again_row,
    early_plan_row,
    talk_row,
)
from reports.presenters.waiting_surveys import draft_row, screening_row, sheet_row, survey_row
from reports.queries import waiting
from reports.queries.action_list import due_soon
from surveys import access as surveys
from surveys.presenters.initiative_rows import initiative_rows, load_words
from surveys.queries.launching import launchable_units
from surveys.queries.standing import launched_beyond, standings_of

INITIATIVES_SHOWN = 15
EDITING = (Role.EDITOR, Role.ADMINISTRATOR)


@member_of()
def start_of(request: MemberRequest) -> HttpResponse:
    """Every role finds its own: who holds none of these things finds what to do first."""
    organisation = request.organisation
    reach = surveys.units_in_reach(user=request.user, organisation=organisation)
    places = launchable_units(organisation=organisation, reach=reach)
    several = len(places) != 1
    rows = waiting_list(
        organisation,
        [*_of_surveys(request, reach, several=several), *_of_results(request, several=several)],
        several=several,
    )
    context = {
        "rows": rows[:SHOWN],
        "more": rows[SHOWN : SHOWN + FOLDED],
        "beyond_fold": max(0, len(rows) - SHOWN - FOLDED),
        "where": organisation.name if several else places[0].name,
        "steers": bool(request.roles.intersection(surveys.STEERING)) and bool(places),
        **_register(request, places),
    }
    return render(request, "reports/start/start.html", context)


def _of_surveys(
    request: MemberRequest, reach: QuerySet[Unit], *, several: bool
) -> Iterator[Waiting]:
    organisation = request.organisation
    if request.roles.intersection(surveys.STEERING):
        for unit in waiting.running_units(reach, now=timezone.now()):
            yield survey_row(organisation, unit, several=several)
    for sheet in waiting.own_sheets(user=request.user, organisation=organisation):
        yield sheet_row(sheet, several=several)
    for one in surveys.to_screen(organisation=organisation, memberships=request.memberships):
        yield screening_row(organisation, one)
    if request.roles.intersection(EDITING):
        for draft in waiting.drafts_of(organisation):
            yield draft_row(organisation, draft)


def _of_results(request: MemberRequest, *, several: bool) -> Iterator[Waiting]:
    organisation, today = request.organisation, timezone.localdate()
    if Role.REVIEWER in request.roles:
        for plan in waiting.early_plans(access.reviewed_survey_units(request.memberships)):
            yield early_plan_row(organisation, plan)
    if not request.roles.intersection(access.OWN):
        return
    reach = access.own_survey_units(request.memberships)
    for unit in waiting.debriefs_due(reach):
        yield talk_row(organisation, unit, several=several)
    for action in due_soon(access.own_actions(request.memberships), today=today):
        yield action_row(organisation, action, today=today, several=several)
    for unit in waiting.to_ask_again(reach, now=timezone.now()):
        yield again_row(organisation, unit, several=several)


def _register(request: MemberRequest, places: Sequence[Unit]) -> dict[str, Any]:
    """For those who decide, improvements on their units; for a reviewer, full weeks."""
    organisation = request.organisation
    if not request.roles.intersection((*register.DECIDING, Role.REVIEWER)):
        return {}
    units = register.register_units(user=request.user, organisation=organisation)
    if not request.roles.intersection(register.DECIDING):
        return {"beyond": launched_beyond(units)}
    running = Paginator(commitments_in(units), INITIATIVES_SHOWN).get_page(1)
    standings = standings_of(running.object_list)
    is_one = len(places) == 1
    return {
        "initiatives": initiative_rows(standings, organisation=organisation, steers=True),
        "initiatives_in_all": running.paginator.count,
        "several_units": not is_one,
        "load": load_words(organisation, [one.commitment for one in standings]) if is_one else "",
    }
