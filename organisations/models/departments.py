"""Departments that teams can send a request to, by email."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from organisations.models.people import Organisation

LONGEST_NAME = 60


class Department(models.Model):
    """A department with the address that it reads. Each request keeps a copy of both."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="departments")
    name = models.CharField(max_length=LONGEST_NAME)
    email = models.EmailField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("name"), name="one_department_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
