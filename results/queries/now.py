"""Reads what was decided last about an improvement on a unit, wherever it was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from initiatives.models import Decision, Review, StatusChange
from initiatives.rules.status import OVER
from organisations.models import Membership, Role
from surveys.models import SurveyUnit

# The first of these that holds is said.
TOLD = (Role.MANAGER, Role.LEAD)


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
    """None where the debriefs of this result have the last word. Three queries at most: of the
    last review and decision only what did not lead to the last change.
    """
    of = {"initiative": unit.survey.initiative_id, "unit": unit.unit_id}
    reviews = Review.objects.filter(initiative=unit.survey.initiative_id, units=unit.unit_id)
    decisions = Decision.objects.filter(**of).order_by("-pk")
    change = (
        StatusChange.objects.filter(**of)
        .select_related("review__into", "decision")
        .annotate(
            last_review=Subquery(reviews.values("pk")[:1]),
            last_decision=Subquery(decisions.values("pk")[:1]),
            **_roles(unit),
        )
        .first()
    )
    decision = change.decision if change else None
    if change is None or change.last_decision != change.decision_id:
        decision = decisions.first()
    if change is not None and change.state in OVER:
        return Now(change.review, change, decision, _role_of(change))
    review = change.review if change else None
    if change is None or change.last_review != change.review_id:
        review = reviews.select_related("into").first()
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
    return Now(last.review, last, decision, _role_of(last))


def _roles(unit: SurveyUnit) -> dict[str, Exists]:
    """For the query of a change: which of these roles who made it holds over the unit."""
    above = [int(pk) for pk in unit.unit.path.strip("/").split("/")]
    held = Membership.objects.filter(
        Q(unit=None) | Q(unit__in=above),
        user=OuterRef("changed_by"),
        organisation=unit.survey.organisation_id,
    )
    return {f"by_{role}": Exists(held.filter(role=role)) for role in TOLD}


def _role_of(change: StatusChange) -> str:
    """The role by which somebody changed it on this unit; nobody is named."""
    if change.review is not None:
        return ""
    return next((str(role.label) for role in TOLD if getattr(change, f"by_{role}")), "")
