"""A checked staff list on its way into a survey."""

from typing import ClassVar

from django.db import models

from organisations.models import User
from surveys.models.survey import Survey


class StaffImport(models.Model):
    """What a worker adds, all of it or nothing.

    `people` holds the rows until then; it is emptied by the same transaction that adds them, or
    that gives them up.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Being added"
        DONE = "done", "Added"
        FAILED = "failed", "Not added"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="staff_imports")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # Made with the page of the checked list: pressing its button twice brings it once.
    key = models.CharField(max_length=64)
    # The survey units that the list may name: those within reach of who brought it.
    units = models.JSONField()
    people = models.BinaryField(default=b"")
    number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    taken_off = models.PositiveIntegerField(default=0, db_default=0)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "key"], name="one_import_per_checked_list"),
        ]

    def __str__(self) -> str:
        return f"Staff list {self.pk} {self.state}"
