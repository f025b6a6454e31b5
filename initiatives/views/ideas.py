"""Ideas from staff, for those who answer them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from initiatives import access
from initiatives.actions.ideas import answer_idea
from initiatives.forms.ideas import AnswerIdeaForm
from initiatives.models import Idea
from initiatives.presenters.crumbs import idea_crumbs
from initiatives.queries.ideas import closed_boxes, ideas_read, is_late
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.models import Role
from organisations.queries.units import is_open
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only
from organisations.words.units import closed_words

MOST = 100


@require_safe
@members_only(*access.DECIDING)
def ideas(request: MemberRequest) -> HttpResponse:
    """What waits for an answer, the longest first, and what was answered last."""
    read = ideas_read(request.memberships)
    waiting = list(read.filter(answer="")[: MOST + 1])
    answered = list(read.exclude(answer="").order_by("-answered_on", "id")[: MOST + 1])
    today = timezone.localdate()
    context = {
        "waiting": waiting[:MOST],
        "more_wait": len(waiting) > MOST,
        "late": read.filter(is_late(today), answer="").count(),
        "answered": answered[:MOST],
        "working": {one.unit_id for one in answered if is_open(one.unit)},
        "more_answered": len(answered) > MOST,
        "most": MOST,
        "leads": Role.LEAD in request.roles,
        "closed": closed_boxes(request.memberships),
        "crumbs": idea_crumbs(request.organisation)[:1],
    }
    return render(request, "initiatives/ideas.html", context)


@members_only(*access.DECIDING)
def answer(request: MemberRequest, idea_id: UUID) -> HttpResponse:
    """What becomes of one."""
    idea = access.idea_for(
        organisation=request.organisation, memberships=request.memberships, idea_id=idea_id
    )
    if idea.answer and request.method != "POST":
        messages.warning(request, "This idea has an answer already.")
        return redirect("ideas", request.organisation.slug)
    closed = closed_words(idea.unit)
    form = AnswerIdeaForm(posted(request), for_lead_only=idea.for_lead_only, can_do=not closed)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            answer_idea(
                idea=idea,
                answer=form.cleaned_data["answer"],
                words=form.cleaned_data["words"],
                on=timezone.localdate(),
                by=request.user,
            )
            messages.success(request, "Answer saved")
            slug = request.organisation.slug
            if form.cleaned_data["answer"] == Idea.Answer.DO:
                return redirect("idea_act", slug, idea.pk)
            return redirect("ideas", slug)
    return form_page(
        request,
        form,
        heading="Answer this idea",
        caption=idea.unit.name,
        lede=f"“{idea.words}”{f' {closed}.' if closed else ''}",
        crumbs=idea_crumbs(request.organisation),
    )
