"""How the site itself is: which of its processes live, and whether its records were put back."""

from django.db import models


class Heartbeat(models.Model):
    """When a kind of process last gave a sign, and what it wants somebody to know."""

    class Process(models.TextChoices):
        WORKER = "worker", "Worker"
        COUNTING = "counting", "Counting worker"

    process = models.CharField(max_length=8, choices=Process, primary_key=True)
    at = models.DateTimeField()
    # A sentence for the operator; empty if all is well.
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.process} {self.at:%Y-%m-%d %H:%M:%S}"


class Deployment(models.Model):
    """The one row by which the site notices that older records were put back.

    `tick` grows every few seconds, and the counting worker keeps a copy beside the keys, which no
    backup has. `fingerprint` is what the database says of itself. While `hold_since` is set nothing
    is sent, opened, closed, counted or destroyed. `lost_from` is the last tick of the records that
    were put back, `generation` how often a hold was released.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fingerprint = models.CharField(max_length=120, blank=True)
    tick = models.PositiveBigIntegerField(default=0)
    ticked_at = models.DateTimeField()
    generation = models.PositiveIntegerField(default=1)
    hold_since = models.DateTimeField(null=True, blank=True)
    lost_from = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_deployment"),)

    def __str__(self) -> str:
        return f"Generation {self.generation}"
