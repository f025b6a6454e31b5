"""The start page of an organisation: what waits for this member, by its day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from debriefs.access import actions_held, readable_actions
from debriefs.queries.action_list import closed_on_time, due_soon
from fieldwork.access import to_screen
from fieldwork.queries.launching import launchable_units
from initiatives import access as register
from initiatives.queries.ideas import ideas_waiting
from initiatives.queries.look_back import to_look_back
from initiatives.queries.register import commitments_in
from initiatives.queries.requests import requests_to_do
from organisations.models import Role, Unit
from organisations.views.membership import MemberRequest, members_only
from overview.presenters.closed_on_time import closed_on_time_view
from overview.presenters.register_rows import initiative_rows, load_words
from overview.presenters.reviewers_home import (
    figures,
    lately_rows,
    name_reviewer_item,
    review_item,
)
from overview.presenters.reviews import review_rows
from overview.presenters.to_do import (
    FOLDED,
    ONE_BY_ONE,
    SHOWN,
    ToDoItem,
    grouped_item,
    waiting_list,
)
from overview.presenters.to_do_requests import request_item
from overview.presenters.to_do_results import (
    action_row,
    again_row,
    debrief_item,
    differ_item,
    early_plan_row,
    ideas_row,
    still_done_row,
)
from overview.presenters.to_do_surveys import (
    draft_row,
    leaders_form_item,
    screening_row,
    survey_row,
)
from overview.queries import to_do
from overview.queries.reviewers import reviewable
from overview.queries.reviewers_home import lately, reviews_lately, told_of_surveys
from overview.queries.reviews import reviews_of
from overview.queries.unit_progress import progress_of_units
from results import access
from surveys import access as surveys

INITIATIVES_SHOWN = 15
# More reviews than these are on their own page alone.
MOST_REVIEWS = SHOWN + FOLDED
EDITING = (Role.EDITOR, Role.ADMINISTRATOR)


@members_only()
def start_of(request: MemberRequest) -> HttpResponse:
    """Every role finds its own: who holds none of these things finds what to do first."""
    organisation = request.organisation
    scope = register.units_held(
        memberships=request.memberships, organisation=organisation, roles=surveys.STEERING
    )
    places = launchable_units(organisation=organisation, reach=scope)
    several = len(places) != 1
    reviewing = _reviewing(request)
    rows = waiting_list(
        organisation,
        [
            *_of_surveys(request, scope, several=several),
            *_of_results(request, several=several),
            *_of_requests(request, several=several),
            *_to_look_back(request, several=several),
            *reviewing.rows,
        ],
        several=several,
    )
    context = {
        "rows": rows[:SHOWN],
        "more": rows[SHOWN : SHOWN + FOLDED],
        "beyond_fold": max(0, len(rows) - SHOWN - FOLDED),
        "where": organisation.name if several else places[0].name,
        "steers": bool(request.roles.intersection(surveys.STEERING)) and bool(places),
        **reviewing.more,
        **_register(request, places),
    }
    if request.roles.intersection(access.OWN) and not reviewing.more:
        share = closed_on_time(readable_actions(request.memberships), today=timezone.localdate())
        context["closed"] = closed_on_time_view(organisation, share)
    return render(request, "overview/start/start.html", context)


def _of_surveys(
    request: MemberRequest, scope: QuerySet[Unit], *, several: bool
) -> Iterator[ToDoItem]:
    organisation = request.organisation
    if request.roles.intersection(surveys.STEERING):
        for unit in to_do.running_units(scope, now=timezone.now()):
            yield survey_row(organisation, unit, several=several, roles=request.roles)
    for sheet in to_do.own_leaders_forms(user=request.user, organisation=organisation):
        yield leaders_form_item(sheet, several=several)
    for one in to_screen(organisation=organisation, memberships=request.memberships):
        yield screening_row(organisation, one)
    if request.roles.intersection(EDITING):
        for draft in to_do.drafts_of(organisation):
            yield draft_row(organisation, draft)


def _of_results(request: MemberRequest, *, several: bool) -> Iterator[ToDoItem]:
    organisation, today = request.organisation, timezone.localdate()
    if request.roles.intersection(access.READERS):
        held = request.memberships
        due = due_soon(
            managed=actions_held(held, Role.MANAGER),
            led=actions_held(held, Role.LEAD),
            reviewed=actions_held(held, Role.REVIEWER),
            today=today,
            most=ONE_BY_ONE if several else None,
        )
        if due is not None and not due.actions:
            yield grouped_item(organisation, "action", due.number, units=due.units, first=due.first)
        for action in due.actions if due is not None else ():
            yield action_row(organisation, action, today=today, several=several)
    if not request.roles.intersection(access.OWN):
        return
    scope = access.own_survey_units(request.memberships)
    for unit in to_do.debriefs_due(scope):
        yield debrief_item(organisation, unit, several=several)
    for unit in to_do.debriefs_differ(request.memberships, now=timezone.now()):
        yield differ_item(organisation, unit, several=several)
    for waiting in ideas_waiting(request.memberships, today=today):
        yield ideas_row(organisation, waiting, several=several)
    for unit in to_do.to_ask_again(scope, now=timezone.now()):
        yield again_row(organisation, unit, several=several)


def _of_requests(request: MemberRequest, *, several: bool) -> Iterator[ToDoItem]:
    if request.roles.intersection((*register.DECIDING, Role.REVIEWER)):
        for found in requests_to_do(
            request.memberships, user=request.user, today=timezone.localdate()
        ):
            yield request_item(request.organisation, found, reader=request.user, several=several)


def _to_look_back(request: MemberRequest, *, several: bool) -> Iterator[ToDoItem]:
    if request.roles.intersection(register.REGISTER):
        for here in to_look_back(
            request.memberships,
            user=request.user,
            organisation=request.organisation,
            today=timezone.localdate(),
        ):
            yield still_done_row(request.organisation, here, several=several)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What is due for a review, and what else a reviewer's Home shows."""

    rows: list[ToDoItem]
    more: dict[str, object]


def _reviewing(request: MemberRequest) -> Reviewing:
    """For a reviewer what they can review; for an administrator what nobody can."""
    organisation, reviews_it = request.organisation, Role.REVIEWER in request.roles
    if not reviews_it and Role.ADMINISTRATOR not in request.roles:
        return Reviewing([], {})
    role = Role.REVIEWER if reviews_it else Role.ADMINISTRATOR
    units = register.units_held(
        memberships=request.memberships, organisation=organisation, roles=(role,)
    )
    found = reviews_of(organisation, units)
    # An administrator is told of each that nobody can review, however late in the list.
    due = found.due if Role.ADMINISTRATOR in request.roles else found.due[:MOST_REVIEWS]
    reader = request.user.pk if reviews_it else None
    held = reviewable(organisation, due, found, reader=reader)
    rows = review_rows(held, found, reader=request.user)
    nobody = [
        name_reviewer_item(organisation, row)
        for row in rows
        if row.has_nobody and Role.ADMINISTRATOR in request.roles
    ]
    if not reviews_it:
        return Reviewing(nobody, {})
    own = [review_item(organisation, row) for row in rows if not row.is_own]
    said = lately(units, today=timezone.localdate(), now=timezone.now())
    told = told_of_surveys(units)
    return Reviewing(
        [*own, *nobody, *(early_plan_row(organisation, plan) for plan in told.early)],
        {
            "figures": figures(organisation, found, said),
            "lately": lately_rows(
                organisation, reviews_lately(organisation, units), reader=request.user
            ),
            "has_more_reviews": len(due) < len(found.due),
            "next_review": found.ahead[0][0] if found.ahead else None,
            # Those who decide find their full weeks in the list of improvements.
            "beyond": [] if request.roles.intersection(register.DECIDING) else told.beyond,
        },
    )


def _register(request: MemberRequest, places: Sequence[Unit]) -> dict[str, object]:
    """For those who decide, improvements on their units."""
    organisation = request.organisation
    if not request.roles.intersection(register.DECIDING):
        return {}
    units = register.units_held(memberships=request.memberships, organisation=organisation)
    running = Paginator(commitments_in(units), INITIATIVES_SHOWN).get_page(1)
    standings = progress_of_units(running.object_list)
    is_one = len(places) == 1
    return {
        "initiatives": initiative_rows(
            standings,
            organisation=organisation,
            steers=True,
            reads=partial(access.is_own, memberships=request.memberships),
        ),
        "initiatives_in_all": running.paginator.count,
        "several_units": not is_one,
        "load": load_words(organisation, [one.commitment for one in standings]) if is_one else "",
    }
