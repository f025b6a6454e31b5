"""Sending one invitation again: the page asks first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from organisations.forms.refusals import said_in
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.actions.resending import send_again
from surveys.models import Message
from surveys.presenters.crumbs import crumbs
from surveys.presenters.invitation_state import invitation_state


@members_only(*access.STEERING)
def again(request: MemberRequest, survey_id: int, message_id: int) -> HttpResponse:
    """Says what is known of the invitation, and sends it once more after a press."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    message = access.invitation_message_for(user=request.user, survey=survey, message_id=message_id)
    slug = request.organisation.slug
    context: dict[str, object] = {"problem": ""}
    if request.method == "POST":
        with said_in(context, "problem"):
            send_again(message=message, by=request.user)
            messages.success(request, f"We’re sending the invitation to {_to(message)} again.")
            return redirect("survey_recipients", slug=slug, survey_id=survey.pk)
    context |= {
        "survey": survey,
        "unit": message.survey_unit,
        "to": _to(message),
        "state": invitation_state(
            state=message.state, failure=message.failure, again_at=message.again_at
        ),
        "possible": message.state in Message.STUCK,
        "crumbs": [
            *crumbs(request.organisation, survey),
            {"text": "Recipients", "href": reverse("survey_recipients", args=[slug, survey.pk])},
        ],
    }
    status = 409 if context["problem"] else 200
    return render(request, "surveys/messages/again.html", context, status=status)


def _to(message: Message) -> str:
    if message.named_response is not None:
        return message.named_response.name
    contact = message.invitation.contact if message.invitation else None
    return (contact.email or contact.mobile) if contact else "an address that is deleted"
