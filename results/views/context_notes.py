"""Notes on what happened on a unit, beside its results: written by its manager and lead."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.actions import context_notes as actions
from results.forms.context_notes import ContextNoteForm, NewContextNoteForm
from results.presenters.context_notes import shown
from results.presenters.crumbs import crumbs
from results.queries.context_notes import notes_of
from results.views.own_result import own_result
from surveys.models import SurveyUnit


@members_only(*access.OWN)
def context_notes(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """Every note on the unit, and a form for another."""
    unit = own_result(request, survey_unit_id).survey_unit
    form = NewContextNoteForm(posted(request), initial={"about": "unit"})
    if form.is_bound and form.is_valid():
        fields = form.cleaned_data
        only_here = fields.pop("about") == "audit"
        with shown_on(form):
            actions.add_context_note(
                survey_unit=unit, only_here=only_here, by=request.user, **fields
            )
            messages.success(request, "The note was added.")
            return _back(request, unit)
    return _page(request, unit, "list", form, notes=[shown(note) for note in notes_of(unit)])


@members_only(*access.OWN)
def context_note(request: MemberRequest, survey_unit_id: int, context_note_id: int) -> HttpResponse:
    """Puts a note right."""
    unit = own_result(request, survey_unit_id).survey_unit
    note = access.context_note_for(survey_unit=unit, note_id=context_note_id)
    form = ContextNoteForm(posted(request), initial={"day": note.day, "text": note.text})
    if form.is_bound and form.is_valid():
        with shown_on(form):
            actions.correct_context_note(note=note, by=request.user, **form.cleaned_data)
            messages.success(request, "The note was saved.")
            return _back(request, unit)
    return _page(request, unit, "note", form, note=note)


@require_POST
@members_only(*access.OWN)
def remove_context_note(
    request: MemberRequest, survey_unit_id: int, context_note_id: int
) -> HttpResponse:
    """Takes a note away."""
    unit = own_result(request, survey_unit_id).survey_unit
    note = access.context_note_for(survey_unit=unit, note_id=context_note_id)
    actions.remove_context_note(note=note, by=request.user)
    messages.success(request, "The note was removed.")
    return _back(request, unit)


def _back(request: MemberRequest, unit: SurveyUnit) -> HttpResponse:
    return redirect("context_notes", request.organisation.slug, unit.pk)


def _page(
    request: MemberRequest, unit: SurveyUnit, page: str, form: ContextNoteForm, **context: object
) -> HttpResponse:
    context |= {"unit": unit, "form": form, "crumbs": crumbs(request.organisation, unit)}
    status = 422 if form.errors else 200
    return render(request, f"results/context_notes/{page}.html", context, status=status)
