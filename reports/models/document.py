"""Files that were asked for, kept for a few days."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from organisations.models import Organisation, User
from scoring.models import Snapshot

KEPT_FOR = timedelta(days=7)
LARGEST = 10 * 1024 * 1024


class File(models.Model):
    """A file made by the worker: a row and nothing on a disk, so that any web process can hand
    out what any worker made.

    Whoever began it has it for half a minute; then its worker was lost and another may begin.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waiting"
        MAKING = "making", "Being created"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(default=b"")

    class Meta:
        abstract = True


class Document(File):
    """A file of one released result. The same for everyone who may read the result.

    `says` is the fingerprint of what else it says: the decision, priorities, actions, notes.
    """

    class Kind(models.TextChoices):
        BOARD = "board", "One page for the board (PDF)"
        WALL = "wall", "One page for the staff room (PDF)"
        FULL = "full", "Full result (PDF)"
        SLIDES = "slides", "6 slides (PowerPoint)"
        WORKBOOK = "workbook", "Figures with a codebook (Excel)"
        TABLE = "table", "Figures as a table (CSV)"
        DRAWINGS = "drawings", "Charts as pictures (SVG in a zip file)"

    # Drawn with libraries that a machine may lack.
    PDF = (Kind.BOARD, Kind.WALL, Kind.FULL)

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=8, choices=Kind)
    says = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["asked_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "kind"], name="one_document_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.snapshot_id}"


class Export(File):
    """The released figures of every unit that one reader reached when they asked for it.

    `snapshots` are the keys of what is in it, and `done` how many of them are written so far.
    """

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", "Figures with a codebook (Excel)"
        TABLE = "table", "Figures as a table, with a codebook (CSV, zipped)"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=8, choices=Kind)
    snapshots = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["asked_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "asked_by", "kind"], name="one_export_per_reader_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.asked_by_id}"
