"""The ballot box. No row here has a time, an address, a sequence or a link to an invitation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from surveys.models.distribution import Channel
from surveys.models.survey import SurveyUnit


class Tally(models.Model):
    """How many sheets a unit was acknowledged by one channel, and whether it still takes any.

    `open` lives in this row so that one conditional UPDATE both checks and counts: whoever closes
    the unit takes the same row lock, and no sheet slips in behind the count.
    """

    survey_unit = models.ForeignKey(SurveyUnit, models.CASCADE, related_name="tallies")
    channel = models.CharField(max_length=5, choices=Channel)
    count = models.PositiveIntegerField(default=0)
    open = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey_unit", "channel"], name="one_tally_per_channel"
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="tally_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.count}"


class Envelope(models.Model):
    """A sealed sheet. Its key is the send secret's SHA-256; only the survey's key opens it."""

    key = models.BinaryField(primary_key=True, max_length=32)
    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="envelopes")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "Envelope"


class Backup(models.Model):
    """A database backup that an operator recorded; a key waits for one taken after its count."""

    taken_at = models.DateTimeField(unique=True)

    def __str__(self) -> str:
        return f"Backup of {self.taken_at:%Y-%m-%d %H:%M}"
