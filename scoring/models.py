"""What scoring keeps: mergeable counts, and what was released."""

from typing import ClassVar

from django.db import models

from surveys.models import SurveyUnit


class Aggregate(models.Model):
    """The integer counts of one unit's ward sheets; can be rebuilt from responses at any time."""

    survey_unit = models.OneToOneField(
        SurveyUnit, models.PROTECT, related_name="aggregate", primary_key=True
    )
    respondents = models.PositiveIntegerField()
    counts = models.JSONField()

    def __str__(self) -> str:
        return f"Aggregate {self.survey_unit_id}"


class Snapshot(models.Model):
    """What was released of one unit, as it was released. Never changed: the database refuses.

    A correction is a new snapshot that names the one it replaces and says why.
    """

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField(default=1)
    released_at = models.DateTimeField()
    payload = models.JSONField()
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
