"""Changing what a message says: boxes beside a preview that follows, and a test to oneself."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from organisations.forms.posted import posted
from organisations.forms.refusals import said_to
from organisations.tasks import queue_urgent_email
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.actions.message_words import word_message
from surveys.forms.message_words import MessageWordsForm, as_typed
from surveys.models import Survey, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.message_sample import Sample, staff_sample
from surveys.words.staff_words import DEFAULT_LANGUAGE, WORDS, Kind

_NAMES = {
    Kind.INVITATION: "Invitation wording",
    Kind.REMINDER: "Reminder wording",
    Kind.THANKS: "Reminder wording (to everyone)",
}


@members_only(*access.STEERING)
def message_words(request: MemberRequest, survey_id: int, wording: str) -> HttpResponse:
    """The boxes; a post previews, sends a test, keeps the words or goes back to the usual ones."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=survey)
    access.require_whole(units=units, survey=survey)
    language = request.GET.get("language", DEFAULT_LANGUAGE)
    kind = next((one for one in Kind if one == wording), None)
    if kind is None or language not in WORDS:
        raise Http404
    form = MessageWordsForm(
        posted(request), survey=survey, units=units, kind=kind, language=language
    )
    sample = _sample(survey, units[0], kind, language, form)
    context = {
        "survey": survey,
        "form": form,
        "heading": _NAMES[kind],
        "kind": kind,
        "language": language,
        "languages": [(tag, words.name) for tag, words in WORDS.items()],
        "changed": f"{kind}:{language}" in survey.message_words,
        "crumbs": crumbs(request.organisation, survey),
        "mail": sample.mail,
        "sms": sample.sms,
        "over": form.over if form.is_bound else 0,
    }
    do = request.POST.get("do", "")
    if do == "look" and request.headers.get("HX-Request"):
        return render(request, "surveys/message_words/_preview.html", context)
    if do == "usual" or (do in ("save", "test") and form.is_valid()):
        return _done(request, survey, kind, language, form, sample, context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "surveys/message_words/edit.html", context, status=status)


class _Both(NamedTuple):
    mail: Sample
    sms: Sample


def _sample(
    survey: Survey, unit: SurveyUnit, kind: Kind, language: str, form: MessageWordsForm
) -> _Both:
    own = as_typed(form)
    mail, sms = (
        staff_sample(survey=survey, unit=unit, kind=kind, language=language, sms=sms, own=own)
        for sms in (False, True)
    )
    if form.is_bound:
        form.is_valid()
    return _Both(mail, sms)


def _done(
    request: MemberRequest,
    survey: Survey,
    kind: Kind,
    language: str,
    form: MessageWordsForm,
    sample: _Both,
    context: dict[str, object],
) -> HttpResponse:
    if request.POST["do"] == "test":
        mail, sms = sample
        body = f"{mail.body}\n---\nAs a text message:\n\n{sms.body}\n"
        to = request.user.email
        soon = queue_urgent_email(to=to, subject=f"Test: {mail.subject}"[:200], body=body)
        late = "" if soon else " Emails are delayed, so it may arrive late or not at all."
        messages.success(
            request, f"We’ve sent a test to {to}. Your changes are not saved yet.{late}"
        )
        return render(request, "surveys/message_words/edit.html", context)
    own = None if request.POST["do"] == "usual" else form.own
    with said_to(request, messages.ERROR):
        word_message(survey=survey, kind=kind, language=language, own=own, by=request.user)
        messages.success(request, "Saved. We’ll use these words in messages we send from now on.")
    return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
