"""A survey's page and what belongs to it: recipients, messages."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fieldwork.access import to_screen
from fieldwork.actions.screening import KEPT_FOR
from fieldwork.presenters.progress import bars, following_context
from fieldwork.presenters.survey_page import leader_rows, survey_context
from fieldwork.queries.progress import long_work, progress_of
from instruments.queries.wording import statement_count
from organisations.forms.refusals import said_in
from organisations.forms.search import MANY, searched
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from responses.queries.comments import waiting_for_reader
from surveys import access
from surveys.actions.plan import send_reminder_now, skip_reminder
from surveys.models import Message, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.invitation_state import recipient_rows
from surveys.presenters.message_plan import plan_rows, sent_now_words
from surveys.presenters.message_sample import sample_texts
from surveys.queries.outbox import leaders_forms, message_readers, recipients_of, steps_of
from surveys.words.messages import kind_of

A_PAGE = 50
RUNNING = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)


@members_only(*access.STEERING)
def survey(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Where the survey stands and how to reach the staff; never a number of answers."""
    one = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=one)
    whole = access.reaches_whole(units=units, survey=one)
    context = survey_context(
        one,
        units,
        steps=steps_of(units),
        leaders=leaders_forms(units),
        statements=statement_count(one.ward_edition_id),
        whole=whole,
    )
    context |= following_context(units, progress_of(one, units))
    waiting = waiting_for_reader(one, units)
    if waiting:
        mine = to_screen(organisation=request.organisation, memberships=request.memberships)
        context["comments_wait"] = waiting
        context["reads_first"] = {screening.pk for screening in mine}
        context["comments_kept_for"] = KEPT_FOR
    context["crumbs"] = crumbs(request.organisation)
    return render(request, "fieldwork/survey/page.html", context)


@members_only(*access.STEERING)
def progress(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The bars of what is under way; once all is done the page is asked to load again."""
    one = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=one)
    found = bars(long_work(one, units))
    response = render(request, "fieldwork/survey/_progress.html", {"survey": one, "bars": found})
    if not found:
        response["HX-Refresh"] = "true"
    return response


@members_only(*access.STEERING)
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
        "leaders": leader_rows(leaders_forms(units)),
        "crumbs": crumbs(request.organisation, one),
    }
    return render(request, "fieldwork/survey/recipients.html", context)


@members_only(*access.STEERING)
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
    context: dict[str, object] = {"problem": ""}
    if request.method == "POST":
        access.require_whole(units=units, survey=one)
        act = send_reminder_now if request.POST.get("do") == "now" else skip_reminder
        with said_in(context, "problem"):
            act(survey=one, step=Message.Step(step), by=request.user)
            return redirect("survey", slug=request.organisation.slug, survey_id=one.pk)
    context |= {
        "survey": one,
        "row": rows[0],
        "now_words": next(sent_now_words(one, count) for count in steps if count.step == step),
        "texts": sample_texts(survey=one, step=rows[0].step, readers=message_readers(units)),
        "whole": access.reaches_whole(units=units, survey=one),
        "kind": kind_of(one, step),
        "changeable": one.state in (one.State.PREPARING, one.State.SCHEDULED, one.State.OPEN),
        "crumbs": crumbs(request.organisation, one),
    }
    return render(
        request, "fieldwork/survey/message.html", context, status=409 if context["problem"] else 200
    )
