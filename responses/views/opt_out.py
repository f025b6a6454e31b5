"""One click for no more messages: by a page with one button, or by the mail program's own.

Reading the page changes nothing (mail scanners read links); only a post does. It carries its own
credential and needs no CSRF token, as RFC 8058 asks.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from responses.presenters.answer_message import message_response
from responses.presenters.inlined import small_page
from responses.words.answer_page import language_of
from responses.words.opt_out import opt_out_words
from surveys.actions.opt_out import opt_in, opt_out
from surveys.queries.opt_outs import invitation_to_stop


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, stops, or takes it back, in the person's language."""
    invitation = invitation_to_stop(token)
    if invitation is None:
        return message_response(request, "unknown", status=404)
    tag = invitation.contact.language if invitation.contact else ""
    words = opt_out_words(tag)
    organisation = invitation.survey_unit.survey.organisation
    button, field = "", ""
    if invitation.contact is None:
        title, text = words.erased
    elif request.method != "POST":
        title, text, button = words.ask
    elif "again" in request.POST:
        opt_in(invitation=invitation)
        title, text = words.again
    else:
        opt_out(invitation=invitation)
        title, text, button = words.done
        field = "again"
    context = {
        "language": language_of(tag),
        "organisation_name": organisation.name,
        "title": title,
        "text": text.format(organisation=organisation.name),
        "button": button,
        "field": field,
    }
    return small_page(request, "responses/opt_out.html", context)
