"""What an organisation suggests beside the suggestions that come with the product."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from organisations.models import Organisation, User


class Suggestion(models.Model):
    """A local suggestion. `tasks` holds codes of SOFFT tasks; withdrawn ones are kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="suggestions")
    title = models.CharField(max_length=60)
    what = models.CharField(max_length=240)
    achieves = models.CharField(max_length=160)
    tasks = models.JSONField(default=list)
    source = models.CharField(max_length=160)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title
