"""What scoring keeps: mergeable counts, what was released, and what asks for a correction."""

from typing import ClassVar

from django.db import models

from organisations.models import Unit, User
from scoring.rules.columns import KeptColumns
from scoring.rules.payload import SnapshotPayload
from scoring.rules.sums import KeptPools
from surveys.models import Survey, SurveyUnit


class Aggregate(models.Model):
    """The columns of one unit's ward sheets; can be rebuilt from responses at any time."""

    survey_unit = models.OneToOneField(
        SurveyUnit, models.PROTECT, related_name="aggregate", primary_key=True
    )
    respondents = models.PositiveIntegerField()
    counts: "models.JSONField[KeptColumns, KeptColumns]" = models.JSONField()

    def __str__(self) -> str:
        return f"Aggregate {self.survey_unit_id}"


class Recount(models.Model):
    """Survey units that are to be counted anew, by key. Once they are, the row is gone.

    `failed_at` is the last time that their counting failed; it is tried again later.
    """

    units = models.JSONField()
    asked_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Recount {self.pk}"


class Snapshot(models.Model):
    """What was released of one unit, as it was released. Never changed: the database refuses.

    A correction is a new snapshot that names the one it replaces and says why.
    """

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField(default=1)
    released_at = models.DateTimeField()
    payload: "models.JSONField[SnapshotPayload, SnapshotPayload]" = models.JSONField()
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey_unit", "number"], name="one_snapshot_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Snapshot {self.number} of {self.survey_unit_id}"


class ReleasedCounts(models.Model):
    """The counts behind a snapshot, kept once the unit's aggregate has become another.

    A recount puts them here, so that a correction knows what was told before. Beside the aggregate
    they could show which sheets a fault had touched, so the web's role cannot read them.
    """

    snapshot = models.OneToOneField(
        Snapshot, models.PROTECT, related_name="released_counts", primary_key=True
    )
    counts: "models.JSONField[KeptColumns, KeptColumns]" = models.JSONField()

    WORKER_ONLY = True

    def __str__(self) -> str:
        return f"Counts behind snapshot {self.snapshot_id}"


class Correction(models.Model):
    """Somebody asked to replace a snapshot and said why; it is made when `replaced_by` is there.

    One for each snapshot, so asking twice corrects once. No `headcount` means: the same as before.
    """

    snapshot = models.OneToOneField(
        Snapshot, models.PROTECT, related_name="correction", primary_key=True
    )
    reason = models.CharField(max_length=200)
    headcount = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Correction of snapshot {self.snapshot_id}"


class ParentSnapshot(models.Model):
    """The sum over a survey's released units below one unit, as it was released; never changes.

    No `unit` means all units of the survey. `name` is the parent's at the time; `parts` are the ids
    of the units' snapshots in the sum, `pools` those of units that entered only together. It is
    made when all units have ended, and anew when one of them was corrected.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="parent_snapshots")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField(default=1)
    released_at = models.DateTimeField()
    parts = models.JSONField()
    pools: "models.JSONField[KeptPools, KeptPools]" = models.JSONField()
    payload: "models.JSONField[SnapshotPayload, SnapshotPayload]" = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "unit", "number"], name="one_parent_snapshot_per_number"
            ),
            models.UniqueConstraint(
                fields=["survey", "number"],
                condition=models.Q(unit=None),
                name="one_whole_snapshot_per_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Parent snapshot {self.number} of survey {self.survey_id}"
