"""Staff lists that are being added, and how far they are."""

from collections.abc import Sequence

from surveys.carriers import import_progress
from surveys.models import StaffImport, Survey, SurveyUnit


def people_done(upload: StaffImport) -> int:
    """How many people of a list are in, as far as is known."""
    if upload.state != StaffImport.State.WAITING:
        return upload.number
    return min(import_progress.get_progress(upload.pk), upload.number)


def imports_under_way(survey: Survey, units: Sequence[SurveyUnit]) -> list[StaffImport]:
    """Lists that wait for the worker and name no unit beyond these. One query."""
    within = {unit.pk for unit in units}
    waiting = StaffImport.objects.filter(survey=survey, state=StaffImport.State.WAITING)
    return [one for one in waiting.defer("people").order_by("pk") if within.issuperset(one.units)]
