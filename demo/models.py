"""What the demo keeps of its own: the messages that would have been sent."""

from typing import ClassVar

from django.db import models


class SentMessage(models.Model):
    """A message as its reader would have got it. Stays in the demo; nothing leaves the machine."""

    channel = models.CharField(max_length=5)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.subject
