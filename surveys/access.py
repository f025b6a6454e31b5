"""The only door from a member to surveys: those that ask a unit within their reach.

Another organisation's survey is 404, one beyond one's reach 403.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from organisations.access import units_for
from organisations.models import Organisation, Role, Unit, User
from surveys.models import Survey, SurveyUnit

# Who launches surveys, sees their pages and steers them.
STEERING = (Role.MANAGER, Role.LEAD, Role.ADMINISTRATOR)


def units_in_reach(*, user: User, organisation: Organisation) -> QuerySet[Unit]:
    """Units that this member may survey, closed ones too."""
    return units_for(user=user, organisation=organisation, roles=STEERING)


def surveys_for(*, user: User, organisation: Organisation) -> QuerySet[Survey]:
    """Surveys that ask at least one unit within reach."""
    units = units_in_reach(user=user, organisation=organisation)
    asked = SurveyUnit.objects.filter(unit__in=units).values("survey")
    return Survey.objects.filter(organisation=organisation, pk__in=asked)


def survey_for(*, user: User, organisation: Organisation, survey_id: int) -> Survey:
    """One survey, with its organisation and editions."""
    survey = (
        Survey.objects.filter(organisation=organisation, pk=survey_id)
        .select_related("organisation", "initiative", "version", "ward_edition")
        .first()
    )
    if survey is None:
        raise Http404
    if not surveys_for(user=user, organisation=organisation).filter(pk=survey.pk).exists():
        raise PermissionDenied
    return survey


def survey_units_for(*, user: User, survey: Survey) -> list[SurveyUnit]:
    """The units of a survey that lie within reach; of the others a member sees nothing."""
    units = units_in_reach(user=user, organisation=survey.organisation)
    found = list(SurveyUnit.objects.filter(survey=survey, unit__in=units))
    for one in found:
        one.survey = survey
    return found


def survey_unit_for(*, user: User, survey: Survey, survey_unit_id: int) -> SurveyUnit:
    """One unit of a survey."""
    if not SurveyUnit.objects.filter(survey=survey, pk=survey_unit_id).exists():
        raise Http404
    for one in survey_units_for(user=user, survey=survey):
        if one.pk == survey_unit_id:
            return one
    raise PermissionDenied


def reaches_whole(*, units: list[SurveyUnit], survey: Survey) -> bool:
    """Whether these, the units within reach, are all that the survey asks."""
    return len(units) == SurveyUnit.objects.filter(survey=survey).count()


def require_whole(*, units: list[SurveyUnit], survey: Survey) -> None:
    """Refuses with 403 what concerns all units of a survey to one who reaches only some."""
    if not reaches_whole(units=units, survey=survey):
        raise PermissionDenied
