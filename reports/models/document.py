"""Documents that were asked for, kept for a few days."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from organisations.models import User
from scoring.models import Snapshot

KEPT_FOR = timedelta(days=7)
LARGEST = 10 * 1024 * 1024


class Document(models.Model):
    """A file of one released result. The same for everyone who may read the result.

    A row and no file on disk, so that any web process can hand out what any worker made. Whoever
    began it has it for half a minute; then its worker was lost and another may begin.
    """

    class Kind(models.TextChoices):
        WALL = "wall", "Two pages for the wall (PDF)"
        FULL = "full", "The whole result (PDF)"
        SLIDES = "slides", "Six slides (PowerPoint)"
        WORKBOOK = "workbook", "Figures with a codebook (Excel)"
        TABLE = "table", "Figures as a table (CSV)"
        DRAWINGS = "drawings", "Each chart as a picture (SVG, zipped)"

    class State(models.TextChoices):
        ASKED = "asked", "Waiting"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(default=b"")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["asked_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "kind"], name="one_document_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.snapshot_id}"
