"""What a unit makes of its result: priorities, actions, and the decision about the improvement."""

from typing import ClassVar, TypedDict

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
    """One thing that a unit wants to work on, in its own words, and the statement behind it.

    `result` is the survey unit whose result it was chosen for, as a number: it lies floors above.
    Another result of the same unit and improvement has its own. `chosen_at` is when the first
    debrief that chose it ended, and none while that goes on. `needs_help`: the team cannot do it
    alone; `help_from` is who could help, by role.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="priorities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="priorities")
    result = models.PositiveBigIntegerField(db_index=True)
    title = models.CharField(max_length=80)
    needs_help = models.BooleanField(default=False)
    help_from = models.CharField(max_length=80, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.title


class Action(Evidence):
    """What somebody does about a priority, what leaders promised when the team had decided, or
    what became of an idea from staff.

    `owner` is a role; no name is needed. A promise and what follows from an idea have no priority,
    and no evidence. `result` is the survey unit in whose plan it is, that of its priority if it has
    one. `moved` is how often its day was put off since `first_due_on`.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        DOING = "doing", "In progress"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="actions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="actions")
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    is_promise = models.BooleanField(default=False)
    result = models.PositiveBigIntegerField(db_index=True)
    what = models.CharField(max_length=160)
    owner = models.CharField(max_length=80)
    due_on = models.DateField()
    first_due_on = models.DateField()
    moved = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    closed_on = models.DateField(null=True, blank=True)
    # What came of it, or why it was dropped: the unit reads it on its own page.
    outcome = models.CharField(max_length=240, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_promise=False) | models.Q(priority=None),
                name="a_promise_is_for_no_priority",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None, state__in=["planned", "doing"])
                | models.Q(closed_on__isnull=False, state__in=["done", "dropped"]),
                name="closed_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            # What was first due in the last weeks, and how much of it was closed on time.
            models.Index(fields=["first_due_on", "unit"], name="actions_by_first_day"),
        ]

    def __str__(self) -> str:
        return self.what


class DebriefSaid(TypedDict):
    """What a debrief said, frozen. A small one that did not agree to be named has no name."""

    debrief: int
    name: str
    day: str
    choice: str


class DebriefReply(DebriefSaid):
    """And what became of it where the decision is another."""

    reply: str


class Decision(models.Model):
    """What a unit decided about an improvement; its latest one counts.

    `debriefs` is what each debrief it rests on said, and `replies` what became of those that said
    something else; `result` is the survey unit they discussed, as a number: it lies floors above.
    `without_survey`: no survey of this improvement ran on the unit.
    """

    class Choice(models.TextChoices):
        GO_AHEAD = "go_ahead", "Go ahead"
        STRENGTHEN = "strengthen", "Strengthen first"
        HOLD = "hold", "Put on hold"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="decisions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")
    choice = models.CharField(max_length=10, choices=Choice)
    reason = models.CharField(max_length=240)
    without_survey = models.BooleanField(default=False)
    result = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    debriefs: "models.JSONField[list[DebriefSaid], list[DebriefSaid]]" = models.JSONField(
        default=list, blank=True
    )
    replies: "models.JSONField[list[DebriefReply], list[DebriefReply]]" = models.JSONField(
        default=list, blank=True
    )
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.get_choice_display()
