"""Addresses that were taken off a survey's staff list."""

from typing import ClassVar

from django.db import models

from surveys.models.survey import SurveyUnit


class RemovedContact(models.Model):
    """One address as a keyed hash, so that the same list brought again does not bring it back.

    It names no contact and no invitation, and goes when the unit's contacts go.
    """

    survey_unit = models.ForeignKey(SurveyUnit, models.CASCADE, related_name="taken_off")
    address_hash = models.BinaryField(max_length=32)
    # False once somebody brought it back on purpose: then it keeps only how often it left.
    is_off = models.BooleanField(default=True)
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey_unit", "address_hash"], name="one_taken_off_per_address"
            ),
        ]

    def __str__(self) -> str:
        return "Removed"
