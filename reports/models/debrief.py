"""The debrief: meetings in which a unit talks its result through, and what they leave behind.

What is decided and done about it lies two floors below, with the initiative
(`initiatives.models.plan`); `Choice` ties a priority to the result it came from.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from initiatives.models import Decision, Priority
from organisations.models import User
from surveys.models import SurveyUnit


class Debrief(models.Model):
    """One meeting about one result. The night team may hold its own; notes stay apart."""

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="debriefs")
    name = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="debrief"
    )

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """A priority of a result, and the meeting that chose it; several meetings may choose the same.

    Without a meeting it was chosen in a plan that was opened early.
    """

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="choices")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="choices")
    debrief = models.ForeignKey(
        Debrief, models.PROTECT, null=True, blank=True, related_name="choices"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["priority", "debrief"], name="one_choice_per_priority_and_debrief"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority_id} of {self.survey_unit_id}"


class Note(models.Model):
    """What the team said, in its words, about a step or one statement of it.

    It stays with the manager and the lead unless the team agrees to show it.
    """

    debrief = models.ForeignKey(Debrief, models.PROTECT, related_name="notes")
    step = models.CharField(max_length=12)
    code = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=400)
    is_shown = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class Attachment(models.Model):
    """A picture that the team brought: a local chart, a story. Drawn anew from what was sent."""

    class Kind(models.TextChoices):
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"

    debrief = models.ForeignKey(Debrief, models.PROTECT, related_name="attachments")
    caption = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    content = models.BinaryField()
    is_shown = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.caption


class EarlyPlan(models.Model):
    """Why a plan was opened before the team had talked its result through."""

    survey_unit = models.OneToOneField(SurveyUnit, models.PROTECT, related_name="early_plan")
    reason = models.CharField(max_length=240)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Early plan of {self.survey_unit_id}"
