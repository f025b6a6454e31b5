"""What was said to the ten checks of an improvement."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from initiatives.models.register import Initiative
from organisations.models import User


class CheckAnswer(models.Model):
    """One sentence to one of the ten checks. The latest counts; earlier ones stay."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="check_answers")
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    answer = models.CharField(max_length=240)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["initiative", "number"], name="answers_to_a_check")
        ]

    def __str__(self) -> str:
        return self.answer
