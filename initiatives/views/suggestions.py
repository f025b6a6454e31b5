"""What could help: our suggestions, and those that editors and leads of an organisation add."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives import access
from initiatives.actions import suggestions as actions
from initiatives.forms.suggestions import SuggestionForm
from initiatives.presenters.suggestions import by_task, shown
from initiatives.queries.suggestions import local_suggestions
from initiatives.rules.suggestions import catalogue
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only

FIELDS = ("title", "what", "achieves", "source", "tasks")


@require_safe
@members_only(*access.READING)
def suggestions(request: MemberRequest) -> HttpResponse:
    """The organisation's own first, then ours by set of tasks."""
    known = catalogue()
    context = {
        "local": [shown(one) for one in local_suggestions(request.organisation)],
        "sets": by_task(known.suggestions),
        "count": len(known.suggestions),
        "documents": known.documents.values(),
        "may_write": bool(request.roles.intersection(access.WRITING)),
    }
    return render(request, "initiatives/suggestions/list.html", context)


@members_only(*access.WRITING)
def add(request: MemberRequest) -> HttpResponse:
    """A new one of the organisation's own."""
    form = SuggestionForm(posted(request), submit="Add the suggestion")
    act = partial(actions.add_suggestion, organisation=request.organisation, by=request.user)
    return _form(request, form, act, "Add a suggestion", "The suggestion was added.")


@members_only(*access.WRITING)
def change(request: MemberRequest, suggestion_id: int) -> HttpResponse:
    """Other words or tasks for one of the organisation's own."""
    found = access.suggestion_for(organisation=request.organisation, suggestion_id=suggestion_id)
    before = {name: getattr(found, name) for name in FIELDS}
    form = SuggestionForm(posted(request), initial=before, submit="Save")
    act = partial(actions.change_suggestion, suggestion=found, by=request.user)
    return _form(request, form, act, "Change a suggestion", "The suggestion was saved.")


@members_only(*access.WRITING)
def withdraw(request: MemberRequest, suggestion_id: int) -> HttpResponse:
    """Asks, then offers it no more."""
    found = access.suggestion_for(organisation=request.organisation, suggestion_id=suggestion_id)
    if request.method == "POST":
        actions.withdraw_suggestion(suggestion=found, by=request.user)
        messages.success(request, "The suggestion was withdrawn.")
        return redirect("suggestions", request.organisation.slug)
    context = {
        "heading": "Withdraw this suggestion?",
        "caption": found.title,
        "lede": "Teams will no longer see this suggestion. Actions based on it are not affected.",
        "submit": "Withdraw suggestion",
        "crumbs": _crumbs(request),
    }
    return render(request, "organisations/form.html", context)


def _form(
    request: MemberRequest,
    form: SuggestionForm,
    act: Callable[..., object],
    heading: str,
    done: str,
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        with shown_on(form):
            act(**form.cleaned_data)
            messages.success(request, done)
            return redirect("suggestions", request.organisation.slug)
    return form_page(
        request,
        form,
        heading=heading,
        caption="Learning",
        lede="Everyone in your organisation can read it.",
        crumbs=_crumbs(request),
    )


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Learning", "href": reverse("suggestions", args=[slug])},
    ]
