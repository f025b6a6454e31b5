"""What happened on a unit that its results must be read beside."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from organisations.models import Unit, User
from surveys.models import SurveyUnit


class ContextNote(models.Model):
    """A dated sentence such as "Ward 3 moved in with us", written by a manager or a lead.

    It stands beside the unit's audits around its day; with a survey unit beside that audit alone.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="context_notes")
    survey_unit = models.ForeignKey(
        SurveyUnit, models.PROTECT, null=True, blank=True, related_name="context_notes"
    )
    day = models.DateField()
    text = models.CharField(max_length=240)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["day", "pk"]

    def __str__(self) -> str:
        return self.text
