"""“You said, we did”."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from debriefs.presenters.plan import you_said
from debriefs.queries.debriefs import told_of
from initiatives.actions.ideas import NO_MORE
from initiatives.presenters.measures import shown_measures
from initiatives.queries.ideas import ideas_told
from initiatives.queries.measures import counted_on, tests_of
from organisations.words.units import no_more_words
from results import access
from results.presenters.now import now_view
from results.queries.decision import decision_of
from results.queries.now import now_of

# Ideas with their answers, the latest.
SHOWN = 30


@login_not_required
@require_safe
def you_said_we_did(request: HttpRequest, code: str) -> HttpResponse:
    """What the team said, what was decided, how far the actions are; 404 before its debrief."""
    found = access.result_by_code(code=code)
    unit = found.survey_unit
    with timezone.override(unit.survey.organisation.zone):
        if found.snapshot is None:
            raise Http404
        now = now_of(unit) if found.has_news else None
        told = told_of(unit)
        decided = None if now else decision_of(unit)
        said = you_said(told.plan, told.debriefs, decided, unit, pictures=told.pictures)
        if said is None:
            raise Http404
        ideas = ideas_told(unit.unit)
        counted = counted_on(unit.survey.initiative_id, unit.unit_id)
        context = {
            "unit": unit,
            "place": unit.survey.organisation,
            "said": said,
            "now": now_view(now),
            "measures": shown_measures(counted.measures, counted.here),
            "price": told.price,
            "tests": tests_of(unit.survey.initiative_id, unit.unit_id),
            "ideas": ideas.answered[:SHOWN],
            "hidden": ideas.hidden,
            "closed": told.closed,
            "no_more_ideas": no_more_words(unit.unit, more=NO_MORE),
            "is_over": now is not None and now.is_over,
            "notice": found.snapshot.payload["notice"],
        }
        return render(request, "debriefs/you_said.html", context)
