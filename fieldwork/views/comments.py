"""Reading a unit's comments first: for a lead or administrator outside its line management."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fieldwork.access import screening_for
from fieldwork.actions import screening as actions
from fieldwork.forms.screening import ScreeningForm
from fieldwork.presenters.comments import by_part
from fieldwork.queries.screeners import SCREENING
from organisations.forms.refusals import said_to
from organisations.views.membership import MemberRequest, members_only
from responses.models import Screening
from responses.queries.comments import in_hand, part_titles
from surveys.presenters.crumbs import crumbs


def _screening(request: MemberRequest, survey_id: int, survey_unit_id: int) -> Screening:
    return screening_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_id=survey_id,
        survey_unit_id=survey_unit_id,
    )


def _back(request: MemberRequest, screening: Screening) -> HttpResponse:
    unit = screening.survey_unit
    return redirect(
        reverse("survey_comments", args=[request.organisation.slug, unit.survey_id, unit.pk])
    )


@members_only(*SCREENING)
def comments(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """What was written, once one has asked for it; a POST decides about all of it."""
    screening = _screening(request, survey_id, survey_unit_id)
    written = in_hand(screening)
    is_open = screening.done_at is None
    form = ScreeningForm(request.POST or None, comments=written if is_open else [])
    status = 200
    if request.method == "POST" and is_open and written:
        if form.is_valid():
            with said_to(request, messages.ERROR):
                shown = actions.decide(screening=screening, shown=form.shown, by=request.user)
                messages.success(request, _said(shown))
            return _back(request, screening)
        status = 422
    titles = part_titles(screening.survey_unit) if written else {}
    context = {
        "screening": screening,
        "unit": screening.survey_unit,
        "form": form,
        "parts": by_part(written, titles),
        "kept_until": screening.survey_unit.closes_at + actions.KEPT_FOR,
        "crumbs": crumbs(request.organisation),
    }
    return render(request, "fieldwork/comments/screening.html", context, status=status)


def _said(shown: int) -> str:
    if not shown:
        return (
            "No comments will be shown, because fewer than 5 were left. They have all been deleted."
        )
    return f"{shown} comments will be shown with the result. The others have been deleted."


@require_POST
@members_only(*SCREENING)
def ask(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Asks for the comments; the worker brings them in a moment."""
    screening = _screening(request, survey_id, survey_unit_id)
    actions.ask_to_read(screening=screening, by=request.user)
    return _back(request, screening)


@members_only(*SCREENING)
def remove_comment(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Asks, then deletes one comment that is shown: `?comment=` says which."""
    screening = _screening(request, survey_id, survey_unit_id)
    wanted = request.GET.get("comment", "")
    shown = in_hand(screening) if screening.done_at else []
    comment = next((one for one in shown if str(one.key) == wanted), None)
    if comment is None:
        return _back(request, screening)
    if request.method == "POST":
        actions.remove_comment(screening=screening, key=comment.key, by=request.user)
        messages.success(request, "The comment is deleted.")
        return _back(request, screening)
    unit = screening.survey_unit
    place = reverse("survey_comments", args=[request.organisation.slug, unit.survey_id, unit.pk])
    context = {
        "heading": "Delete this comment?",
        "caption": f"{unit.survey.title}, {unit.unit_name}",
        "lede": f"“{comment.text}” This also removes it from the team page. You cannot undo this.",
        "submit": "Delete the comment",
        "warn": True,
        "crumbs": [*crumbs(request.organisation), {"text": "Comments", "href": place}],
    }
    return render(request, "organisations/form.html", context)
