"""Reads what was decided about an improvement, in debriefs, reviews and changes of its status."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from initiatives.models import Decision, Initiative, Review, StatusChange
from organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Seen:
    """What had been decided when somebody opened a page: the last key of each kind."""

    review: int
    decision: int
    change: int

    def __str__(self) -> str:
        return f"{self.review}.{self.decision}.{self.change}"

    @classmethod
    def read(cls, text: str) -> "Seen":
        """From a form's hidden field; what cannot be read has seen nothing."""
        keys = text.split(".")
        if len(keys) != 3 or not all(key.isascii() and key.isdigit() for key in keys):
            return cls(0, 0, 0)
        return cls(*(int(key[:18]) for key in keys))


def seen_of(initiative: Initiative) -> Seen:
    """What is decided by now. One query."""
    last = [
        Subquery(kind.objects.filter(initiative=OuterRef("pk")).order_by("-pk").values("pk")[:1])
        for kind in (Review, Decision, StatusChange)
    ]
    found = Initiative.objects.filter(pk=initiative.pk).values_list(*last).get()
    return Seen(*(key or 0 for key in found))


def decided_since(
    initiative: Initiative, units: Collection[int], seen: Seen
) -> Review | Decision | StatusChange | None:
    """The last thing decided for any of these units that was not seen; a review before its
    changes of status. Three queries at most.
    """
    review = reviews_of(initiative, units).filter(pk__gt=seen.review)
    here = {"initiative": initiative, "unit__in": units}
    return (
        review.first()
        or Decision.objects.filter(**here, pk__gt=seen.decision)
        .select_related("decided_by", "unit")
        .last()
        or StatusChange.objects.filter(**here, pk__gt=seen.change)
        .select_related("changed_by", "unit")
        .first()
    )


def reviews_of(initiative: Initiative, units: Collection[int] | QuerySet[Unit]) -> QuerySet[Review]:
    """Reviews of it for any of these units, the latest first."""
    return (
        Review.objects.filter(
            pk__in=Review.units.through.objects.filter(unit__in=units).values("review")
        )
        .filter(initiative=initiative)
        .select_related("reviewer", "replied_by", "into")
        .prefetch_related("units")
    )
