"""A counted form. Only the count, the recount and scoring import this module."""

from django.db import models

from surveys.models.survey import SurveyUnit


class Response(models.Model):
    """One counted sheet under a fresh random key: one character an item in version order.

    The character is the option's index in base 36, `-` for skipped, `?` for "can't say". Only the
    count writes it, only scoring reads it; there is no address that shows one.
    """

    key = models.UUIDField(primary_key=True)
    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="responses")
    answers = models.TextField()

    def __str__(self) -> str:
        return "Response"
