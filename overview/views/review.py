"""One review: what is decided, then how the team reads it, then it is done."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from initiatives import access as register
from initiatives.models import Initiative
from initiatives.queries.plans import open_actions
from initiatives.queries.reviews import decided_since
from initiatives.queries.ten_checks import open_checks
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on, status_of
from organisations.forms.search import searched
from organisations.models import Role, Unit
from organisations.views.membership import MemberRequest, members_only
from overview.actions.review import DecidedMeanwhile
from overview.actions.review import review as decide
from overview.forms.review import CHOICES, WORDINGS, ReviewForm
from overview.presenters.review import consequences, decided_view, planned_review
from overview.presenters.reviews import loads_beside, reason_lines, units_in_words
from overview.queries.review_page import UnderReview, others_to_merge, surveys_of, under_review
from results.presenters.now import review_view

REVIEWING = (Role.REVIEWER,)


@dataclass(frozen=True, slots=True)
class Case:
    """What both pages look at."""

    initiative: Initiative
    units: QuerySet[Unit]
    found: UnderReview


@members_only(*REVIEWING)
def review(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """Asks for a decision, then what it needs; a complete one is shown as the team will read it."""
    case = _case(request, initiative_id)
    if case is None:
        return _own(request, initiative_id)
    form = _form(request, case)
    if form is None or not form.is_bound or "change" in request.POST:
        return _page(request, case, form)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    return _confirm(request, case, form)


@require_POST
@members_only(*REVIEWING)
def confirm(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """Does it. What somebody else has decided since is shown instead, and nothing changes."""
    case = _case(request, initiative_id)
    if case is None:
        return _own(request, initiative_id)
    form = _form(request, case)
    if form is None or not form.is_valid():
        return _page(request, case, form, status=422)
    with shown_on(form):
        try:
            decide(
                initiative=case.initiative,
                units=[one.pk for one in form.chosen],
                verdict=form.verdict,
                seen=form.was_seen,
                by=request.user,
            )
        except DecidedMeanwhile:
            return _decided(request, case, form)
        messages.success(request, WORDINGS[form.decision].done)
        return redirect("initiative", request.organisation.slug, case.initiative.pk)
    return _page(request, case, form, status=status_of(form))


def _case(request: MemberRequest, initiative_id: int) -> Case | None:
    """None for whoever is responsible for it."""
    initiative, may_review = _initiative(request, initiative_id)
    if not may_review:
        return None
    units = register.units_held(
        memberships=request.memberships, organisation=request.organisation, roles=REVIEWING
    )
    return Case(initiative, units, under_review(initiative, units))


def _initiative(request: MemberRequest, initiative_id: int) -> tuple[Initiative, bool]:
    return register.initiative_to_review(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
    )


def _form(request: MemberRequest, case: Case) -> ReviewForm | None:
    """The form of the decision in the address; None where there is none."""
    decision = request.GET.get("decision", "")
    if decision not in CHOICES.values or not case.found.here:
        return None
    units = [one.unit for one in case.found.here]
    return ReviewForm(
        posted(request),
        decision=CHOICES(decision),
        units=units,
        others=others_to_merge(
            case.initiative,
            case.units,
            wanted=searched(request),
            chosen=request.POST.get("into", ""),
        )
        if decision == CHOICES.MERGE
        else [],
        has_actions=open_actions(case.initiative, [one.pk for one in units]).exists(),
        weeks=request.organisation.review_weeks,
        seen=case.found.seen,
    )


def _page(
    request: MemberRequest, case: Case, form: ReviewForm | None, status: int = 200
) -> HttpResponse:
    found = case.found
    context = {
        **_context(request, case.initiative),
        "form": form,
        "found": found,
        "units": units_in_words([one.unit_id for one in found.here], found.reviews.units),
        "reasons": reason_lines(found.due, found.reviews) if found.due else [],
        "beside": loads_beside(found.here, found.reviews, request.organisation.hours_guess),
        "open_checks": open_checks(case.initiative),
        "wordings": WORDINGS,
        "wanted": searched(request),
    }
    return render(request, "overview/reviews/review.html", context, status=status)


def _confirm(request: MemberRequest, case: Case, form: ReviewForm) -> HttpResponse:
    chosen = {one.pk for one in form.chosen}
    here = [one for one in case.found.here if one.unit_id in chosen]
    verdict = form.verdict
    units = units_in_words([one.unit_id for one in here], case.found.reviews.units)
    context = {
        **_context(request, case.initiative),
        "form": form,
        "wording": WORDINGS[form.decision],
        "question": WORDINGS[form.decision].question.format(units=units),
        "now": review_view(planned_review(case.initiative, verdict)),
        "consequences": consequences(
            case.found,
            here,
            verdict,
            actions=open_actions(case.initiative, chosen).count(),
            surveys=surveys_of(case.initiative, chosen),
        ),
    }
    return render(request, "overview/reviews/confirm.html", context)


def _decided(request: MemberRequest, case: Case, form: ReviewForm) -> HttpResponse:
    units = [one.pk for one in form.chosen]
    first = decided_since(case.initiative, units, form.was_seen)
    context = {
        **_context(request, case.initiative),
        "first": decided_view(first) if first else None,
        "wording": WORDINGS[form.decision],
        "reason": form.cleaned_data["reason"],
    }
    return render(request, "overview/reviews/decided.html", context, status=409)


def _own(request: MemberRequest, initiative_id: int) -> HttpResponse:
    context = _context(request, _initiative(request, initiative_id)[0])
    return render(request, "overview/reviews/own.html", context, status=403)


def _context(request: MemberRequest, initiative: Initiative) -> dict[str, object]:
    slug = request.organisation.slug
    return {
        "initiative": initiative,
        "crumbs": [
            {"text": "Home", "href": reverse("start_of", args=[slug])},
            {"text": "Reviews due", "href": reverse("reviews", args=[slug])},
        ],
    }
