"""The register of improvements and the hours they take from each unit."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from organisations.models import Organisation, Unit, User


class Initiative(models.Model):
    """An improvement on the register. Every survey is about one."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACTIVE = "active", "Active"
        ON_HOLD = "on_hold", "On hold"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="initiatives")
    title = models.CharField(max_length=80)
    problem = models.CharField(max_length=240)
    change = models.CharField(max_length=240)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    started_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    units = models.ManyToManyField(Unit, through="Commitment", related_name="initiatives")

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class Turn(models.Model):
    """An improvement lead started, finished or stopped an improvement, and said why.

    Its state follows the units' decisions too; those are kept as decisions.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="turns")
    state = models.CharField(max_length=12, choices=Initiative.State)
    why = models.CharField(max_length=240)
    turned_at = models.DateTimeField(default=timezone.now)
    turned_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.state}"


class Commitment(models.Model):
    """Hours a week that an initiative takes from one unit while it runs."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="commitments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commitments")
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "unit"], name="one_commitment_per_initiative_and_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_a_week} hours a week"
