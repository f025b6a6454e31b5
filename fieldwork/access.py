"""The only access path to comments that wait to be checked."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from fieldwork.queries.screeners import SCREENING
from organisations.access import scope
from organisations.models import Membership, Organisation, Role
from responses.models import Screening
from surveys.models import SurveyUnit


def screenings_for(
    *, organisation: Organisation, memberships: Collection[Membership]
) -> QuerySet[Screening]:
    """Units whose comments this member may read first: within reach, and not in their own line."""
    unit = "survey_unit__unit"
    return (
        Screening.objects.filter(survey_unit__survey__organisation=organisation)
        .filter(scope(memberships, SCREENING, unit=unit))
        .exclude(scope(memberships, (Role.MANAGER,), unit=unit))
        .select_related(
            "survey_unit__survey__version", "survey_unit__survey__ward_edition__version"
        )
    )


def screening_for(
    *,
    organisation: Organisation,
    memberships: Collection[Membership],
    survey_id: int,
    survey_unit_id: int,
) -> Screening:
    """One unit's; 404 where the organisation has none, 403 to those who may not read first."""
    unit = SurveyUnit.objects.filter(
        pk=survey_unit_id, survey__organisation=organisation, screening__isnull=False
    ).first()
    if unit is None or unit.survey_id != survey_id:
        raise Http404
    found = screenings_for(organisation=organisation, memberships=memberships)
    screening = found.filter(survey_unit=unit).first()
    if screening is None:
        raise PermissionDenied
    return screening


def to_screen(
    *, organisation: Organisation, memberships: Collection[Membership]
) -> QuerySet[Screening]:
    """Those that wait for this member; no query for one who never reads first."""
    found = screenings_for(organisation=organisation, memberships=memberships)
    if not any(held.role in SCREENING for held in memberships):
        return found.none()
    return found.filter(done_at=None).order_by("survey_unit__closes_at", "pk")
