"""What people wrote on ward sheets: apart from their answers, until somebody has read it first."""

import uuid
from typing import ClassVar

from django.db import models

from instruments.models.instrument import Section
from organisations.models import User
from surveys.models.survey import SurveyUnit


class Comment(models.Model):
    """One comment as the count took it out, under a random key of its own.

    Nothing joins it to a response, nor to another comment of the same sheet. `section` is the part
    it is about; none is the whole. In production the web's database role cannot read it.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # The database refuses the deletion of what these point to. Django would look here first, and
    # the web's role, which deletes sections of drafts, may not.
    survey_unit = models.ForeignKey(SurveyUnit, models.DO_NOTHING, related_name="comments")
    section = models.ForeignKey(Section, models.DO_NOTHING, null=True, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return "Comment"


class Screening(models.Model):
    """A unit's comments wait for somebody outside its line management to read them first.

    Made by the count where there is something to read. Asking is on record before anything is
    handed over; `done_at` is when what may be shown was decided.
    """

    survey_unit = models.OneToOneField(
        SurveyUnit, models.PROTECT, related_name="screening", primary_key=True
    )
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Screening {self.survey_unit_id}"


class ScreenedComment(models.Model):
    """A comment in the screener's hands; `shown` once it may stand with the unit's result."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="comments")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    shown = models.BooleanField(default=False)

    class Meta:
        # By a random key: no order in which anything was written.
        ordering: ClassVar = ["section__position", "key"]

    def __str__(self) -> str:
        return "Comment"
