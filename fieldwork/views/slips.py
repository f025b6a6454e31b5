"""Code slips: how many, then the sheet to print and cut. The codes are on that page only."""

from django.http import HttpResponse
from django.shortcuts import render

from fieldwork.actions.slips import MOST_AT_ONCE, MOST_PER_POST, make_slips
from fieldwork.forms.slips import SlipsForm
from fieldwork.presenters.slips import A_PAGE, slips_context
from instruments.queries.wording import statement_count
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.models import SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.queries.staff import units_with_links, ways_in_use


@members_only(*access.STEERING)
def slips(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Asks how many; a post answers with the sheet, which loads again as it is."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    form = SlipsForm(posted(request), initial={"number": _usual(unit)})
    if form.is_bound and form.is_valid():
        with shown_on(form, "number"):
            codes = make_slips(
                survey_unit=unit,
                batch=form.cleaned_data["batch"],
                number=form.cleaned_data["number"],
                by=request.user,
            )
            context = slips_context(
                survey=survey,
                unit=unit,
                codes=codes,
                statements=statement_count(survey.ward_edition_id),
            )
            return render(request, "fieldwork/slips/page.html", context)
    context = {
        "survey": survey,
        "unit": unit,
        "form": form,
        "possible": bool(units_with_links([unit])),
        "ways": ways_in_use(unit),
        "crumbs": crumbs(request.organisation, survey),
    }
    status = 422 if form.is_bound else 200
    return render(request, "fieldwork/slips/make.html", context, status=status)


def _usual(unit: SurveyUnit) -> int:
    """A slip for each post, in whole pages."""
    whole = -(-unit.headcount // A_PAGE) * A_PAGE
    return min(whole, unit.headcount * MOST_PER_POST, MOST_AT_ONCE)
