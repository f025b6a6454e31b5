"""Ideas from staff, for those who answer them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from initiatives import access
from initiatives.actions.ideas import answer_idea
from initiatives.forms.ideas import AnswerIdeaForm
from initiatives.queries.ideas import ideas_read
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only

MOST = 100


@require_safe
@members_only(*access.DECIDING)
def ideas(request: MemberRequest) -> HttpResponse:
    """What waits for an answer, the longest first, and what was answered last."""
    read = ideas_read(request.memberships)
    context = {
        "waiting": read.filter(answer="")[:MOST],
        "answered": read.exclude(answer="").order_by("-answered_on", "id")[:MOST],
        "crumbs": _crumbs(request)[:1],
    }
    return render(request, "initiatives/ideas.html", context)


@members_only(*access.DECIDING)
def answer(request: MemberRequest, idea_id: UUID) -> HttpResponse:
    """What becomes of one."""
    idea = access.idea_for(
        organisation=request.organisation, memberships=request.memberships, idea_id=idea_id
    )
    form = AnswerIdeaForm(posted(request))
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
            return redirect("ideas", request.organisation.slug)
    return form_page(
        request,
        form,
        heading="Answer this idea",
        caption=idea.unit.name,
        lede=f"“{idea.words}”",
        crumbs=_crumbs(request),
    )


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Ideas from staff", "href": reverse("ideas", args=[slug])},
    ]
