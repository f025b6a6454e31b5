"""Ideas from staff, sent without signing in: nothing of them says who, when or in which order."""

import uuid
from typing import ClassVar

from django.db import models

from initiatives.models.plan import Action
from organisations.models import Organisation, Unit, User


class Idea(models.Model):
    """One idea of somebody on a unit. The key is drawn, and rows are written anew each morning.

    `shown_on` is the morning from which manager and lead read it; None until then. It is on the
    team's page only with its answer, and with the `action` that followed from it.
    """

    class Answer(models.TextChoices):
        DO = "do", "We will do it"
        PASSED = "passed", "We have passed it on"
        HAVE = "have", "We have it already"
        NOT_NOW = "not_now", "Not now"
        HIDDEN = "hidden", "Do not show it: it names somebody, or is not about the unit"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ideas")
    words = models.CharField(max_length=240)
    for_lead_only = models.BooleanField(default=False)
    shown_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_words = models.CharField(max_length=240, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    action = models.OneToOneField(
        Action, models.PROTECT, null=True, blank=True, related_name="idea"
    )

    class Meta:
        ordering: ClassVar = ["shown_on", "id"]

    def __str__(self) -> str:
        return self.words


class IdeaMorning(models.Model):
    """A morning on which an organisation's new ideas were shuffled and shown: once a day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "day"], name="one_morning_of_ideas")
        ]

    def __str__(self) -> str:
        return self.day.isoformat()


class ClosedIdeaBox(models.Model):
    """A unit takes no ideas until a day, and its team page says so and why."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="+")
    until = models.DateField()
    why = models.CharField(max_length=80)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "closed idea boxes"

    def __str__(self) -> str:
        return self.why
