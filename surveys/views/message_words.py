"""Changing what a message says: boxes beside a preview that follows, and a test to oneself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.tasks import send_soon
from surveys import access
from surveys.actions.message_words import word_message
from surveys.actions.turning import NotPossible
from surveys.forms.message_words import MessageWordsForm, as_typed
from surveys.models import Survey, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.message_sample import staff_sample
from surveys.staff_words import DEFAULT_LANGUAGE, WORDS, Kind

_NAMES = {
    Kind.INVITATION: "Words of the invitation",
    Kind.REMINDER: "Words of the reminders",
    Kind.THANKS: "Words of the reminders to everyone",
}


@member_of(*access.STEERING)
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
    context = {
        "survey": survey,
        "form": form,
        "heading": _NAMES[kind],
        "kind": kind,
        "language": language,
        "languages": [(tag, words.name) for tag, words in WORDS.items()],
        "changed": f"{kind}:{language}" in survey.message_words,
        "crumbs": crumbs(request.organisation, survey),
        **_preview(survey, units[0], kind, language, form),
    }
    do = request.POST.get("do", "")
    if do == "look" and request.headers.get("HX-Request"):
        return render(request, "surveys/message_words/_preview.html", context)
    if do == "usual" or (do in ("save", "test") and form.is_valid()):
        return _done(request, survey, kind, language, form, context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "surveys/message_words/edit.html", context, status=status)


def _preview(
    survey: Survey, unit: SurveyUnit, kind: Kind, language: str, form: MessageWordsForm
) -> dict[str, Any]:
    own = as_typed(form)
    mail, sms = (
        staff_sample(survey=survey, unit=unit, kind=kind, language=language, sms=sms, own=own)
        for sms in (False, True)
    )
    if form.is_bound:
        form.is_valid()
    return {"mail": mail, "sms": sms, "over": form.over if form.is_bound else 0}


def _done(
    request: MemberRequest,
    survey: Survey,
    kind: Kind,
    language: str,
    form: MessageWordsForm,
    context: dict[str, Any],
) -> HttpResponse:
    if request.POST["do"] == "test":
        mail, sms = context["mail"], context["sms"]
        body = f"{mail.body}\n---\nAs a text message:\n\n{sms.body}\n"
        to = request.user.email
        soon = send_soon(to=to, subject=f"Test: {mail.subject}"[:200], body=body)
        late = "" if soon else " E-mails wait just now: it may come late or not at all."
        messages.success(request, f"A test is on its way to {to}. Not saved yet.{late}")
        return render(request, "surveys/message_words/edit.html", context)
    own = None if request.POST["do"] == "usual" else form.own
    try:
        word_message(survey=survey, kind=kind, language=language, own=own, by=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Saved. Messages that go out from now on have these words.")
    return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
