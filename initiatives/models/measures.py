"""What a unit counts of an improvement, and what it tries on a small scale."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from initiatives.models.register import Initiative
from organisations.models import Unit, User


class Measure(models.Model):
    """One thing that a unit counts, week by week or month by month.

    `is_watch`: what could get worse, beside what is to get better. From `restarted_on` its chart
    begins anew, for the reason given.
    """

    class Every(models.TextChoices):
        WEEK = "week", "Every week"
        MONTH = "month", "Every month"

    class Better(models.TextChoices):
        LESS = "less", "There is less of it"
        MORE = "more", "There is more of it"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="measures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="measures")
    name = models.CharField(max_length=80)
    every = models.CharField(max_length=5, choices=Every)
    better = models.CharField(max_length=4, choices=Better)
    is_watch = models.BooleanField(default=False)
    restarted_on = models.DateField(null=True, blank=True)
    restart_why = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["is_watch", "pk"]

    def __str__(self) -> str:
        return self.name


class Point(models.Model):
    """A number of one day. With `of` it is a share: so many of so many."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="points")
    day = models.DateField()
    value = models.DecimalField(max_digits=10, decimal_places=2)
    of = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "day"], name="one_number_a_day"),
            models.CheckConstraint(
                condition=models.Q(of=None) | models.Q(of__gt=0, of__gte=models.F("value")),
                name="at_most_all_of_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value:g}" if self.of is None else f"{self.value:g} of {self.of}"


class SmallTest(models.Model):
    """Something tried once and small: what we expect, and then what happened and what follows."""

    class Outcome(models.TextChoices):
        KEEP = "keep", "Keep it"
        CHANGE = "change", "Keep it with a change"
        DROP = "drop", "Drop it"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="small_tests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="small_tests")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=160)
    expects = models.CharField(max_length=160)
    until = models.DateField()
    happened = models.CharField(max_length=240, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True)
    following = models.CharField(max_length=160, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "unit", "number"], name="one_small_test_of_each_number"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | models.Q(ended_at__isnull=False) & ~models.Q(outcome=""),
                name="ended_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.what
