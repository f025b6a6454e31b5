"""The debrief: meetings in which a unit talks its result through, and what they leave behind.

What is decided and done about it lies two floors below, with the initiative
(`initiatives.models.plan`); `Choice` says which meeting chose a priority.
"""

from typing import ClassVar, TypedDict

from django.db import models
from django.utils import timezone

from initiatives.models import Decision, Priority
from organisations.models import User
from surveys.models import SurveyUnit


class PromiseSaid(TypedDict):
    """What leaders promise while their reply goes on: what, who by role, by which day."""

    what: str
    owner: str
    due_on: str


class Debrief(models.Model):
    """One meeting about one result. The night team may hold its own; notes stay apart.

    `people` is how many were there. `choice` and `reason` are its view of how to continue, `teller`
    who tells those who were not there and by when; `names_itself`: it agreed to be named on the
    team's page although it is small. `counted` and `count_result` are a count of the team's own.
    `promises` become actions when a leaders' reply ends. `protected_time` is read as a number of
    many debriefs only, and is empty where a team left it.
    """

    class Kind(models.TextChoices):
        PREPARATION = "preparation", "Leaders’ preparation"
        TEAM = "team", "Team debrief"
        NO_FIGURES = "no_figures", "Debrief without figures"
        TOGETHER = "together", "Debrief together"
        REPLY = "reply", "Leaders’ reply"

    class ProtectedTime(models.TextChoices):
        ALL = "all", "Yes, all"
        SOME = "some", "Some"
        NO = "no", "No"

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="debriefs")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.TEAM)
    name = models.CharField(max_length=60)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    counted = models.CharField(max_length=120, blank=True)
    count_result = models.CharField(max_length=120, blank=True)
    choice = models.CharField(max_length=10, choices=Decision.Choice, blank=True)
    reason = models.CharField(max_length=240, blank=True)
    teller = models.CharField(max_length=160, blank=True)
    names_itself = models.BooleanField(default=False)
    protected_time = models.CharField(max_length=4, choices=ProtectedTime, blank=True)
    promises: "models.JSONField[list[PromiseSaid], list[PromiseSaid]]" = models.JSONField(
        default=list, blank=True
    )
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """A priority and the meeting that chose it; several about one result may choose the same.

    Without a meeting it was chosen in a plan that was opened early.
    """

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
        return f"{self.priority_id} in {self.debrief_id}"


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
