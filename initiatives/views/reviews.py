"""The team's side of a review: replying to it, and asking for one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from initiatives import access
from initiatives.actions.reviews import ask_for_review, read_reply
from initiatives.actions.reviews import reply as send_reply
from initiatives.forms.reviews import ReplyForm
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.models import Role
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only


@members_only(*access.DECIDING)
def reply(request: MemberRequest, initiative_id: int, review_id: int) -> HttpResponse:
    """Asks for the reply; it is on the team page as soon as it is sent."""
    review = access.review_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        review_id=review_id,
        roles=access.DECIDING,
    )
    form = ReplyForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            send_reply(review=review, words=form.cleaned_data["reply"], by=request.user)
            messages.success(request, "Reply sent")
            return redirect("initiative", request.organisation.slug, initiative_id)
    return form_page(
        request,
        form,
        heading="Reply to the review",
        caption=review.initiative.title,
        lede=f"The senior reviewer decided: {review.get_decision_display().lower()}. "
        f"{review.reason}",
        crumbs=crumbs(request.organisation, review.initiative),
    )


@require_POST
@members_only(Role.REVIEWER)
def was_read(request: MemberRequest, initiative_id: int, review_id: int) -> HttpResponse:
    """A reviewer has read the reply."""
    review = access.review_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        review_id=review_id,
        roles=(Role.REVIEWER,),
    )
    read_reply(review=review, by=request.user)
    return redirect("reviews", request.organisation.slug)


@require_POST
@members_only(*access.DECIDING)
def ask(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """Somebody who works on it asks for a review."""
    initiative = access.initiative_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        roles=access.DECIDING,
    )
    with said_to(request):
        ask_for_review(initiative=initiative, by=request.user)
        messages.success(request, "The senior reviewers see that you asked for a review.")
    return redirect("initiative", request.organisation.slug, initiative_id)
