"""The only way from a member to surveys: those that ask a unit within their reach.

Another organisation's survey is 404, one beyond one's reach 403.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from organisations.access import units_for
from organisations.models import Organisation, Role, Unit, User
from surveys.models import Contact, Message, StaffImport, Survey, SurveyUnit

# Who launches surveys, sees their pages and steers them.
STEERING = (Role.MANAGER, Role.LEAD, Role.ADMINISTRATOR)


def units_in_scope(*, user: User, organisation: Organisation) -> QuerySet[Unit]:
    """Units that this member may survey, closed ones too."""
    return units_for(user=user, organisation=organisation, roles=STEERING)


def surveys_for(*, user: User, organisation: Organisation) -> QuerySet[Survey]:
    """Surveys that ask at least one unit within reach."""
    units = units_in_scope(user=user, organisation=organisation)
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
    units = units_in_scope(user=user, organisation=survey.organisation)
    found = list(SurveyUnit.objects.filter(survey=survey, unit__in=units))
    for one in found:
        one.survey = survey
    return found


def asked_units_for(
    *, user: User, organisation: Organisation, surveys: Collection[Survey]
) -> dict[int, list[SurveyUnit]]:
    """By survey, its units within reach. Two queries for any number of surveys."""
    units = units_in_scope(user=user, organisation=organisation)
    asked: dict[int, list[SurveyUnit]] = {}
    for one in SurveyUnit.objects.filter(survey__in=surveys, unit__in=units).order_by("pk"):
        asked.setdefault(one.survey_id, []).append(one)
    return asked


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


def invitation_message_for(*, user: User, survey: Survey, message_id: int) -> Message:
    """The invitation of one member of staff or leader, of a unit within reach."""
    message = (
        Message.objects.filter(
            survey=survey, step=Message.Step.INVITATION, user=None, pk=message_id
        )
        .select_related("survey_unit", "invitation__contact", "named_response")
        .first()
    )
    if message is None:
        raise Http404
    reach = {unit.pk for unit in survey_units_for(user=user, survey=survey)}
    if message.survey_unit_id not in reach:
        raise PermissionDenied
    return message


def contact_for(*, user: User, survey: Survey, contact_id: int) -> Contact:
    """One person on the staff list of a unit within reach."""
    contact = (
        Contact.objects.filter(survey_unit__survey=survey, pk=contact_id)
        .select_related("survey_unit")
        .first()
    )
    if contact is None:
        raise Http404
    reach = {unit.pk for unit in survey_units_for(user=user, survey=survey)}
    if contact.survey_unit_id not in reach:
        raise PermissionDenied
    contact.survey_unit.survey = survey
    return contact


def staff_import_for(*, user: User, survey: Survey, import_id: int) -> StaffImport:
    """A staff list on its way, to whoever reaches all units that it may name."""
    upload = StaffImport.objects.filter(survey=survey, pk=import_id).defer("people").first()
    if upload is None:
        raise Http404
    reach = {unit.pk for unit in survey_units_for(user=user, survey=survey)}
    if not reach.issuperset(upload.units):
        raise PermissionDenied
    return upload
