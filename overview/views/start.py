"""The start page of an organisation: what waits for this member, by its day.

The parts of every role stand side by side, or two would read the same thing twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from initiatives import access as register
from initiatives.models import Commitment
from initiatives.queries.requests import requests_to_do, with_standing
from initiatives.rules.hours import Load
from organisations.models import Organisation, Role
from organisations.queries.for_member import Member
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
)
from overview.presenters.to_do_surveys import (
    leaders_form_item,
    screening_row,
    survey_row,
)
from overview.presenters.to_do_work import (
    draft_row,
    ideas_row,
    number_row,
    small_test_row,
    still_done_row,
)
from overview.queries import to_do, to_do_work
from overview.queries.reviewers import reviewable
from overview.queries.reviewers_home import Lately, reviews_lately
from overview.queries.reviews import Place, places_in, reviews_of, within, workplaces
from overview.queries.to_do import Kind
from overview.queries.to_do_work import ONE_BY_ONE, Work
from overview.queries.unit_progress import first_running, progress_at_hand
from results import access
from surveys import access as surveys
from surveys.models import SurveyUnit
from surveys.queries.load import loads_of

Units = dict[str, list[SurveyUnit]]
AllWork = dict[str, list[Work]]

# So many the page can show at most; more are on their own page alone.
MOST_REVIEWS = SHOWN + FOLDED
ROW_OF = {
    "idea": ideas_row,
    "number": number_row,
    "test": small_test_row,
    "look_back": still_done_row,
}


@members_only()
def start_of(request: MemberRequest) -> HttpResponse:
    """Every role finds its own: who holds none of these things finds what to do first."""
    organisation = request.organisation
    member = _member(request)
    units_here = register.units_held(
        memberships=request.memberships,
        organisation=organisation,
        roles=(*surveys.STEERING, Role.REVIEWER),
    )
    reached = places_in(organisation, units_here)
    places = workplaces(within(reached, request.memberships, surveys.STEERING))
    several = len(places) != 1
    running = first_running(member)
    units = to_do.waiting_units(member, running)
    work = to_do_work.waiting_work(member, several=several)
    reviewing = _reviewing(request, work, units, reached)
    rows = waiting_list(
        organisation,
        [
            *_of_surveys(request, units, several=several),
            *_drafts(organisation, work),
            *_of_results(request, units, several=several),
            *_of_work(request, work, several=several),
            *reviewing.rows,
        ],
        several=several,
    )
    context = {
        "rows": rows[:SHOWN],
        "more": rows[SHOWN : SHOWN + FOLDED],
        "beyond_fold": max(0, len(rows) - SHOWN - FOLDED) + reviewing.later,
        "where": organisation.name if several else places[0].name,
        "steers": bool(request.roles.intersection(surveys.STEERING)) and bool(places),
        **reviewing.more,
        **_register(request, running, units[Kind.ASKED], several=several),
        "load": _load(organisation, places[0], reviewing.loads) if running and not several else "",
    }
    if request.roles.intersection(access.OWN) and not reviewing.more:
        share = to_do_work.share_of(work.get("action", ()))
        context["closed"] = closed_on_time_view(organisation, share)
    return render(request, "overview/start/start.html", context)


def _member(request: MemberRequest) -> Member:
    return Member(
        request.user,
        request.organisation,
        request.memberships,
        timezone.localdate(),
        timezone.now(),
        request.organisation.zone,
    )


def _of_surveys(request: MemberRequest, units: Units, *, several: bool) -> Iterator[ToDoItem]:
    organisation = request.organisation
    for unit in units[Kind.RUNS]:
        yield survey_row(organisation, unit, several=several, roles=request.roles)
    for unit in units[Kind.FORM]:
        yield leaders_form_item(unit, several=several)
    for unit in units[Kind.SCREENING]:
        yield screening_row(organisation, unit)


def _drafts(organisation: Organisation, work: AllWork) -> Iterator[ToDoItem]:
    for draft in sorted(work.get("draft", ()), key=lambda one: one.number):
        yield draft_row(organisation, draft)


def _of_results(request: MemberRequest, units: Units, *, several: bool) -> Iterator[ToDoItem]:
    organisation = request.organisation
    for unit in units[Kind.TALK]:
        yield debrief_item(organisation, unit, several=several)
    for unit in units[Kind.DIFFER]:
        yield differ_item(organisation, unit, several=several)
    for unit in units[Kind.AGAIN]:
        yield again_row(organisation, unit, several=several)


def _of_work(request: MemberRequest, work: AllWork, *, several: bool) -> Iterator[ToDoItem]:
    organisation = request.organisation
    yield from _named_or_counted(request, work, "action", several=several)
    yield from _named_or_counted(request, work, "request", several=several)
    for kind, row_of in ROW_OF.items():
        for found in work.get(kind, ()):
            yield row_of(organisation, found, several=several)


def _named_or_counted(
    request: MemberRequest, work: AllWork, kind: str, *, several: bool
) -> Iterator[ToDoItem]:
    """One by one; many on several units in one line, for which not all are read."""
    organisation, today = request.organisation, timezone.localdate()
    by_unit = [one for one in work.get(kind, ()) if one.number]
    number = sum(one.number for one in by_unit)
    if not number:
        return
    if several and number > ONE_BY_ONE:
        units, first = {one.unit_name for one in by_unit}, by_unit[0].day
        yield grouped_item(organisation, kind, number, units=units, first=first)
    elif kind == "action":
        found = work.get("named_action")
        if found is None:
            found = to_do_work.named_actions(_member(request))
        for action in sorted(found, key=lambda one: (one.day, one.key)):
            yield action_row(organisation, action, today=today, several=several)
    else:
        asked = requests_to_do(
            request.memberships, user=request.user, organisation=organisation, today=today
        )
        for state in with_standing(asked.order_by("answer_by", "pk")):
            yield request_item(organisation, state, reader=request.user, several=several)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What is due for a review, as many as the page can show and how many `later` ones; and what
    else a reviewer's Home shows. `loads` are those of the units that were looked at.
    """

    rows: list[ToDoItem]
    later: int
    more: dict[str, object]
    loads: Mapping[int, Load]


def _reviewing(
    request: MemberRequest, work: AllWork, told: Units, reached: Mapping[int, Place]
) -> Reviewing:
    """For a reviewer what they can review; for an administrator what nobody can."""
    organisation, reviews_it = request.organisation, Role.REVIEWER in request.roles
    is_administrator = Role.ADMINISTRATOR in request.roles
    if not reviews_it and not is_administrator:
        return Reviewing([], 0, {}, {})
    role = Role.REVIEWER if reviews_it else Role.ADMINISTRATOR
    units = register.units_held(
        memberships=request.memberships, organisation=organisation, roles=(role,)
    )
    found = reviews_of(organisation, units, places=within(reached, request.memberships, (role,)))
    # An administrator is told of each that nobody can review, however late in the list.
    due = found.due if is_administrator else found.due[:MOST_REVIEWS]
    able = reviewable(organisation, due, found)
    own = [one for one in able if reviews_it and request.user.pk not in one.owners]
    nobody = [one for one in able if is_administrator and not one.reviewers]
    rows = [
        make(organisation, row)
        for ones, make in ((own, review_item), (nobody, name_reviewer_item))
        for row in review_rows(ones[:MOST_REVIEWS], found, reader=request.user)
    ]
    later = sum(max(0, len(ones) - MOST_REVIEWS) for ones in (own, nobody))
    if not reviews_it:
        return Reviewing(rows, later, {}, found.loads)
    said = Lately(
        to_do_work.share_of(work.get("action", ())), to_do_work.share_of(work.get("result", ()))
    )
    late_ideas = sum(one.number for one in work.get("late_idea", ()))
    return Reviewing(
        [*rows, *(early_plan_row(organisation, one) for one in told[Kind.EARLY])],
        later,
        {
            "figures": figures(organisation, found, said, late_ideas=late_ideas),
            "lately": lately_rows(
                organisation, reviews_lately(organisation, found.units), reader=request.user
            ),
            "has_more_reviews": len(due) < len(found.due),
            "next_review": found.ahead[0][0] if found.ahead else None,
            # Those who decide find their full weeks in the list of improvements.
            "beyond": []
            if request.roles.intersection(register.DECIDING)
            else to_do.latest_launched(told[Kind.BEYOND]),
        },
        found.loads,
    )


def _register(
    request: MemberRequest,
    running: Sequence[Commitment],
    asked: Sequence[SurveyUnit],
    *,
    several: bool,
) -> dict[str, object]:
    """These improvements with where they stand."""
    organisation = request.organisation
    if not running:
        return {}
    standings = progress_at_hand(running, asked)
    return {
        "initiatives": initiative_rows(
            standings,
            organisation=organisation,
            steers=True,
            reads=partial(access.is_own, memberships=request.memberships),
        ),
        "initiatives_in_all": running[0].in_all,  # type: ignore[attr-defined]
        "several_units": several,
    }


def _load(organisation: Organisation, place: Place, at_hand: Mapping[int, Load]) -> str:
    loads = at_hand if place.pk in at_hand else loads_of(organisation, [place])
    return load_words(organisation, loads[place.pk], place.limits)
