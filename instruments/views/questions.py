"""The questions that a debrief asks about a section: to read, in a draft to change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from instruments import access as bank
from instruments.actions.questions import save_questions
from instruments.forms.questions import QuestionsForm
from instruments.models import Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.queries.questions import section_questions
from instruments.views.bank import editors
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.membership import MemberRequest


@editors
def questions(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """All questions of a section on one page."""
    found = bank.version_for(request.organisation, version_id)
    if request.method == "POST":
        found = bank.own_version_for(request.organisation, version_id)
    section = bank.section_of(found, section_id)
    asked = section_questions(section)
    is_own = found.instrument.organisation_id == request.organisation.pk
    form = QuestionsForm(posted(request), asked=asked)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            save_questions(
                section=section,
                asks_about=form.cleaned_data["asks_about"],
                question=form.cleaned_data["section"],
                of_items=form.of_items(),
                by=request.user,
            )
            messages.success(request, "Questions saved")
            return redirect(
                "question_bank_questions", request.organisation.slug, found.pk, section.pk
            )
    context = {
        "version": found,
        "section": section,
        "asked": asked,
        "form": form if is_own and found.state == Version.State.DRAFT else None,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "instruments/questions.html", context, status=status)
