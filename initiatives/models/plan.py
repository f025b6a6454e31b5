"""What a unit makes of its result: priorities, actions, and the decision about the improvement."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from initiatives.models.register import Initiative
from organisations.models import Unit, User


class Evidence(models.Model):
    """A frozen copy of what a result said, so that it stays readable whatever becomes of the link.

    `figure` is what was released in words ("2.2 of 5", "low"); empty where nothing was.
    """

    evidence_code = models.CharField(max_length=40)
    evidence_wording = models.TextField()
    evidence_figure = models.CharField(max_length=120, blank=True)
    evidence_n = models.PositiveIntegerField(null=True, blank=True)
    evidence_link = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Priority(Evidence):
    """One thing that a unit wants to work on, in its own words, and the statement behind it."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="priorities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="priorities")
    title = models.CharField(max_length=120)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.title


class Action(Evidence):
    """What somebody does about a priority. `who` is a role; no name is needed."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        DOING = "doing", "Doing"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="actions")
    what = models.CharField(max_length=160)
    who = models.CharField(max_length=80)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    # What came of it, or why it was dropped: the unit reads it on its own page.
    outcome = models.CharField(max_length=240, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what


class Decision(models.Model):
    """What a unit decided about an improvement; its latest one counts.

    `without_survey`: there was no result to talk through, for example below the minimum group.
    """

    class Word(models.TextChoices):
        GO_AHEAD = "go_ahead", "Go ahead"
        STRENGTHEN = "strengthen", "Strengthen first"
        HOLD = "hold", "Hold"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="decisions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")
    word = models.CharField(max_length=10, choices=Word)
    reason = models.CharField(max_length=240)
    without_survey = models.BooleanField(default=False)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.get_word_display()
