"""Sending an idea from the team page: no sign-in, no cookie, nothing kept of who or when."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from initiatives.actions.ideas import send_idea
from initiatives.forms.ideas import SendIdeaForm
from initiatives.queries.ideas import closed_box, has_another_lead
from organisations.carriers.limits import seconds_to_wait
from organisations.forms.refusals import shown_on
from organisations.rules.token_bucket import Bucket
from organisations.words.units import closed_words
from results import access

# Counted by the unit: to tell browsers apart would need a mark in them.
AT_A_TIME = Bucket(most=5, seconds=10 * 60)
MANY = (
    "Many ideas came in just now. Try again in 10 minutes, or tell any colleague who goes to the "
    "next debrief."
)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Asks for an idea; then says when it is read, and shows nothing of it."""
    unit = access.result_by_code(code=code).survey_unit
    with timezone.override(unit.survey.organisation.zone):
        has_closed = closed_words(unit.unit)
    offers_lead = has_another_lead(unit.unit)
    form = SendIdeaForm(request.POST if request.method == "POST" else None, offers_lead=offers_lead)
    context: dict[str, object] = {
        "unit": unit,
        "place": unit.survey.organisation,
        "form": form,
        "offers_lead": offers_lead,
        "has_closed": has_closed,
        "closed": closed_box(unit.unit),
        "sent": False,
    }
    status = 200
    if (has_closed or context["closed"]) and request.method == "POST":
        form, status = SendIdeaForm(offers_lead=offers_lead), 409
        context["form"] = form
    with timezone.override(unit.survey.organisation.zone):
        if form.is_bound and form.is_valid():
            # A field that nobody sees: who fills it in is a robot, and is told nothing.
            is_robot = bool(request.POST.get("more"))
            if not is_robot and seconds_to_wait("ideas", str(unit.unit_id), AT_A_TIME):
                form.add_error(None, MANY)
                status = 429
            else:
                with shown_on(form):
                    if not is_robot:
                        send_idea(
                            unit=unit.unit,
                            words=form.cleaned_data["idea"],
                            for_lead_only=form.for_lead_only,
                        )
                    context["sent"] = True
        if form.errors and status == 200:
            status = 422
        return render(request, "debriefs/idea.html", context, status=status)
