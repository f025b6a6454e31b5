"""Reads what was decided last about an improvement on a unit, wherever it was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from initiatives.models import Decision, Review, StatusChange
from initiatives.rules.status import OVER
from organisations.models import Membership, Role
from surveys.models import SurveyUnit


@dataclass(frozen=True, slots=True)
class Now:
    """The last word: a review, or a change of status by somebody or by its day, or a decision of
    another result. `decision` is what the team decided last; `role` that of who changed it.
    """

    review: Review | None
    change: StatusChange | None
    decision: Decision | None
    role: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the improvement has ended on the unit."""
        return self.change is not None and self.change.state in OVER


def has_news(unit: str) -> Q:
    """For the query of a survey unit: whether there can be such a word. `unit` is the way to it."""
    here = {"initiative": OuterRef(f"{unit}__survey__initiative")}
    changes = StatusChange.objects.filter(**here, unit=OuterRef(f"{unit}__unit"))
    reviews = Review.objects.filter(**here, units=OuterRef(f"{unit}__unit"))
    return Q(Exists(changes)) | Q(Exists(reviews))


def now_of(unit: SurveyUnit) -> Now | None:
    """None where the debriefs of this result have the last word. Four queries at most."""
    initiative, place = unit.survey.initiative_id, unit.unit_id
    of = {"initiative": initiative, "unit": place}
    change = StatusChange.objects.filter(**of).select_related("review__into", "changed_by").first()
    decision = Decision.objects.filter(**of).last()
    if change is not None and change.state in OVER:
        return Now(change.review, change, decision, _role_of(change, unit))
    review = (
        Review.objects.filter(initiative=initiative, units=place).select_related("into").first()
    )
    said: list[tuple[datetime, Review | Decision | StatusChange]] = []
    if review is not None:
        said.append((review.reviewed_at, review))
    if decision is not None:
        said.append((decision.decided_at, decision))
    if change is not None and change.decision_id is None:
        said.append((change.changed_at, change))
    if not said:
        return None
    last = max(said, key=lambda one: one[0])[1]
    if isinstance(last, Review):
        return Now(last, change, decision)
    if isinstance(last, Decision):
        return None if last.result == unit.pk else Now(None, None, decision)
    return Now(last.review, last, decision, _role_of(last, unit))


def _role_of(change: StatusChange, unit: SurveyUnit) -> str:
    """The role by which somebody changed it on this unit; nobody is named. One query."""
    if change.review is not None or change.changed_by_id is None:
        return ""
    path = unit.unit.path
    held = {
        role
        for role, reach in Membership.objects.filter(
            user=change.changed_by_id, organisation=unit.survey.organisation_id
        ).values_list("role", "unit__path")
        if path.startswith(reach or "/")
    }
    return next((str(role.label) for role in (Role.MANAGER, Role.LEAD) if role in held), "")
