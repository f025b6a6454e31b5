"""The register of improvements: their status on each unit, the hours they take, who is responsible.

The status belongs to an improvement on one unit; that of the whole is their sum, kept for filters.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from organisations.models import Organisation, Unit, User


class Initiative(models.Model):
    """An improvement on the register. Every survey is about one.

    `state` and `started_on` follow its units (`actions.status`). `merged_into` is what its units
    joined. On `review_on` a reviewer looks at it; on `review_asked_on` somebody who works with it
    asked for a review, and the next review empties it. So it is with `stop_sign_on`: somebody said
    that the sign to stop has come.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "Active"
        ON_HOLD = "on_hold", "On hold"
        FINISHED = "finished", "Finished"
        STOPPED = "stopped", "Stopped"
        MERGED = "merged", "Merged"

    class CameFrom(models.TextChoices):
        UNIT = "unit", "The unit"
        DIVISION = "division", "The division"
        ORGANISATION = "organisation", "The organisation"
        OUTSIDE = "outside", "Outside the organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="initiatives")
    title = models.CharField(max_length=80)
    problem = models.CharField(max_length=240)
    change = models.CharField(max_length=240)
    came_from = models.CharField(max_length=12, choices=CameFrom, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    started_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    review_asked_on = models.DateField(null=True, blank=True)
    stop_sign_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    units = models.ManyToManyField(Unit, through="Commitment", related_name="initiatives")

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class Responsibility(models.Model):
    """Who leads an improvement, steps in or backs it: a user, or a person or role in words."""

    class Part(models.TextChoices):
        LED_BY = "led_by", "Led by"
        DEPUTY = "deputy", "Deputy"
        SPONSOR = "sponsor", "Sponsor"

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="responsibilities")
    part = models.CharField(max_length=8, choices=Part)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "responsibilities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "part"], name="one_responsibility_of_each_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(user=None) ^ models.Q(words=""),
                name="responsible_as_user_or_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.user)


class Commitment(models.Model):
    """An improvement on one unit: its status, and the hours a week that it takes.

    `hours_a_week` is None while nobody has said; it then counts as the organisation's guess.
    `begins_on` is the day it began or is planned to begin; None before anybody named one.
    `hours_at_start` is what the unit carried, where that reached its limit when this one was added
    or started, and `why_now` what was said about it. `still_done` is what somebody said of one that
    was finished half a year ago, on `looked_on`.
    """

    class StillDone(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="commitments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commitments")
    state = models.CharField(
        max_length=12, choices=Initiative.State, default=Initiative.State.PROPOSED
    )
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    hours_at_start = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    why_now = models.CharField(max_length=240, blank=True)
    still_done = models.CharField(max_length=6, choices=StillDone, blank=True, default="")
    looked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "unit"], name="one_commitment_per_initiative_and_unit"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["planned", "active"])
                | models.Q(begins_on__isnull=False),
                name="planned_or_begun_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            # The daily look for what begins today.
            models.Index(
                fields=["begins_on"], name="planned_by_day", condition=models.Q(state="planned")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_a_week} hours a week"

    @property
    def is_guess(self) -> bool:
        """Whether nobody has said how many hours it takes."""
        return self.hours_a_week is None


class Review(models.Model):
    """What a senior reviewer decided about an improvement for some of its units, and why.

    Someone responsible may reply once, until `reply_by`; a reviewer has read it from then on.
    """

    class Decision(models.TextChoices):
        CONTINUE = "continue", "Continue"
        START_LATER = "start_later", "Start later"
        MERGE = "merge", "Merge"
        STOP = "stop", "Stop"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="reviews")
    units = models.ManyToManyField(Unit, related_name="reviews")
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.CharField(max_length=240)
    keeps = models.CharField(max_length=160, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    begins_when = models.CharField(max_length=80, blank=True)
    into = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="+")
    drops_actions = models.BooleanField(default=False)
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)
    reply = models.CharField(max_length=240, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.get_decision_display()


class StatusChange(models.Model):
    """The status of an improvement changed on a unit, and why: never without its reason.

    `decision` or `review` is what it followed from; `changed_by` is None where its day came.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="status_changes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    was = models.CharField(max_length=12, choices=Initiative.State)
    state = models.CharField(max_length=12, choices=Initiative.State)
    why = models.CharField(max_length=240)
    decision = models.ForeignKey(
        "initiatives.Decision", models.PROTECT, null=True, blank=True, related_name="+"
    )
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.state}"
