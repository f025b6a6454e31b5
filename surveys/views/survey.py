"""A survey's page and what belongs to it: recipients, messages."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from organisations.forms.search import MANY, searched
from organisations.membership import MemberRequest, member_of
from organisations.presenters.pages import page_links
from surveys import access
from surveys.actions.plan import send_reminder_now, skip_reminder
from surveys.actions.screening import KEPT_FOR
from surveys.actions.turning import NotPossible
from surveys.messages import kind_of
from surveys.models import Message, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.following import bars, following_context
from surveys.presenters.invitation_state import recipient_rows
from surveys.presenters.message_plan import plan_rows, sent_now_words
from surveys.presenters.message_sample import sample_texts
from surveys.presenters.survey_page import leader_rows, survey_context
from surveys.queries.comments import waiting_for_reader
from surveys.queries.outbox import recipients_of, steps_of

A_PAGE = 50
RUNNING = (SurveyUnit.State.WAITING, SurveyUnit.State.OPEN)


@member_of(*access.STEERING)
def survey(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Where the survey stands and how to reach the staff; never a number of answers."""
    one = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=one)
    whole = access.reaches_whole(units=units, survey=one)
    context = survey_context(one, units, whole=whole) | following_context(one, units)
    waiting = waiting_for_reader(one, units)
    if waiting:
        mine = access.to_screen(organisation=request.organisation, memberships=request.memberships)
        context["comments_wait"] = waiting
        context["reads_first"] = {screening.pk for screening in mine}
        context["comments_kept_for"] = KEPT_FOR
    context["crumbs"] = crumbs(request.organisation)
    return render(request, "surveys/survey/page.html", context)


@member_of(*access.STEERING)
def progress(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The bars of what is under way; once all is done the page is asked to load again."""
    one = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=one)
    found = bars(one, units)
    response = render(request, "surveys/survey/_progress.html", {"survey": one, "bars": found})
    if not found:
        response["HX-Refresh"] = "true"
    return response


@member_of(*access.STEERING)
def recipients(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Whom the invitation reached, page by page. Nothing here tells who has answered."""
    one = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=one)
    wanted = searched(request)
    page = Paginator(recipients_of(units, wanted=wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "survey": one,
        "several": len(units) > 1,
        "recipients": recipient_rows(page.object_list),
        "page": page,
        "links": page_links(page, request.GET),
        "wanted": wanted,
        "has_search": bool(wanted) or page.paginator.count > MANY,
        "running": any(unit.state in RUNNING for unit in units),
        "leaders": leader_rows(units),
        "crumbs": crumbs(request.organisation, one),
    }
    return render(request, "surveys/survey/recipients.html", context)


@member_of(*access.STEERING)
def message(request: MemberRequest, survey_id: int, step: str) -> HttpResponse:
    """What a message says; a planned reminder can be skipped or sent now."""
    one = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=one)
    steps = steps_of(units)
    rows = [row for row in plan_rows(one, steps) if row.step == step]
    if not rows:
        raise Http404
    problem = ""
    if request.method == "POST":
        access.require_whole(units=units, survey=one)
        act = send_reminder_now if request.POST.get("do") == "now" else skip_reminder
        try:
            act(survey=one, step=Message.Step(step), by=request.user)
        except NotPossible as refusal:
            problem = str(refusal)
        else:
            return redirect("survey", slug=request.organisation.slug, survey_id=one.pk)
    context = {
        "survey": one,
        "row": rows[0],
        "now_words": next(sent_now_words(one, count) for count in steps if count.step == step),
        "texts": sample_texts(survey=one, units=units, step=rows[0].step),
        "whole": access.reaches_whole(units=units, survey=one),
        "kind": kind_of(one, step),
        "changeable": one.state in (one.State.PREPARING, one.State.SCHEDULED, one.State.OPEN),
        "problem": problem,
        "crumbs": crumbs(request.organisation, one),
    }
    return render(request, "surveys/survey/message.html", context, status=409 if problem else 200)
