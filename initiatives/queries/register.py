"""Reads the register: what a survey can be about, and what each unit already carries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.expressions import Combinable

from initiatives.models import Commitment, Decision, Initiative, Responsibility, StatusChange
from initiatives.rules.status import OVER
from organisations.models import Organisation, Unit, User

RUNNING = (Initiative.State.PROPOSED, Initiative.State.PLANNED, Initiative.State.ACTIVE)
NOT_RUNNING = (Initiative.State.ON_HOLD, *(Initiative.State(one) for one in OVER))


def register_of(organisation: Organisation) -> QuerySet[Initiative]:
    """Improvements that are proposed, planned or active on any unit, by name."""
    return Initiative.objects.filter(organisation=organisation, state__in=RUNNING)


def hours_said(initiative_id: int, units: Collection[int]) -> Decimal | None:
    """The hours that all of these units have said alike; None where they have not. One query."""
    said = set(
        Commitment.objects.filter(initiative=initiative_id, unit__in=units).values_list(
            "hours_a_week", flat=True
        )
    )
    return said.pop() if len(said) == 1 else None


def load_of(units: Iterable[Unit]) -> dict[int, list[Commitment]]:
    """What takes hours from each unit today: what is active there, by unit id. One query."""
    found: dict[int, list[Commitment]] = {}
    for commitment in (
        Commitment.objects.filter(unit__in=units, state=Initiative.State.ACTIVE)
        .exclude(hours_a_week=0)
        .select_related("initiative")
        .order_by("begins_on", "pk")
    ):
        found.setdefault(commitment.unit_id, []).append(commitment)
    return found


def stands_as(states: Collection[str]) -> Exists:
    """Whether the improvement of a row is in one of these on the row's unit."""
    return Exists(
        Commitment.objects.filter(
            initiative=OuterRef("initiative"), unit=OuterRef("unit"), state__in=states
        )
    )


def commitments_in(units: QuerySet[Unit]) -> QuerySet[Commitment]:
    """Each improvement on each of these units where it runs, by name.

    `in_all` is how many, however few are read; `decided` and what follows of the latest decision.
    """
    last = Decision.objects.filter(
        initiative=OuterRef("initiative"), unit=OuterRef("unit")
    ).order_by("-pk")
    return (
        Commitment.objects.filter(unit__in=units, state__in=RUNNING)
        .select_related("initiative", "unit")
        .annotate(
            in_all=Window(Count("pk")),
            decided=Subquery(last.values("choice")[:1]),
            decided_at=Subquery(last.values("decided_at")[:1]),
            decided_without_survey=Subquery(last.values("without_survey")[:1]),
        )
        .order_by("initiative__title", "unit__name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for on the register: a status, the path of a division, words in a name."""

    states: Collection[str] = RUNNING
    division: str = "/"
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReadableRegister:
    """What one member reads of the register: what concerns these units, and what names them."""

    organisation: Organisation
    units: QuerySet[Unit]
    user: User

    def commitments(self) -> QuerySet[Commitment]:
        """Each improvement on each unit that the member reads of."""
        named = Responsibility.objects.filter(initiative=OuterRef("initiative"), user=self.user)
        return Commitment.objects.filter(
            Exists(named) | Q(unit__in=self.units), initiative__organisation=self.organisation
        )

    def runs_on(self) -> tuple[int, int]:
        """How many improvements run there, on how many units. One query."""
        found = self.commitments().filter(state__in=RUNNING)
        counted = found.aggregate(
            improvements=Count("initiative", distinct=True), units=Count("unit", distinct=True)
        )
        return counted["improvements"], counted["units"]

    def found(self, sought: Sought) -> QuerySet[Initiative]:
        """Improvements with a unit in one of these states, by name; over only where none runs."""
        here = self.commitments().filter(initiative=OuterRef("pk"))
        there = here.filter(state__in=sought.states, unit__path__startswith=sought.division)
        is_there: Q | Combinable = Q(Exists(there))
        if sought.words:
            is_there = is_there & (
                Q(title__icontains=sought.words)
                | Exists(there.filter(unit__name__icontains=sought.words))
            )
        found = Initiative.objects.filter(is_there, organisation=self.organisation)
        if not set(sought.states) & set(RUNNING):
            found = found.exclude(Exists(here.filter(state__in=RUNNING)))
        return found.order_by("title", "pk")

    def grouped(self, initiatives: Sequence[Initiative]) -> list[list[Commitment]]:
        """The units of each of these, by name, in the order of the improvements. One query."""
        groups: dict[int, list[Commitment]] = {one.pk: [] for one in initiatives}
        known = {one.pk: one for one in initiatives}
        for here in (
            self.commitments()
            .filter(initiative__in=known)
            .select_related("unit")
            .order_by("unit__name", "pk")
        ):
            here.initiative = known[here.initiative_id]
            groups[here.initiative_id].append(here)
        return list(groups.values())


def decisions_of(initiative: Initiative, units: Collection[int]) -> QuerySet[Decision]:
    """What was decided about it for these units, the latest first."""
    return (
        Decision.objects.filter(initiative=initiative, unit__in=units)
        .select_related("unit", "decided_by")
        .order_by("-pk")
    )


def last_change_of(initiative: Initiative, units: Iterable[Unit]) -> int:
    """Key of its latest change of status on these units; 0 before any. One query."""
    last = StatusChange.objects.filter(initiative=initiative, unit__in=units).aggregate(
        last=Max("pk")
    )
    return last["last"] or 0


def status_changes_of(initiative: Initiative, units: Collection[int]) -> QuerySet[StatusChange]:
    """How its status changed on these units, the latest first; a decision or a review
    stands for its own.
    """
    return (
        StatusChange.objects.filter(
            initiative=initiative, unit__in=units, decision=None, review=None
        )
        .select_related("unit", "changed_by")
        .order_by("-pk")
    )
