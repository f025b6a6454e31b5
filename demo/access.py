"""What the demo shows that no real site ever would: accounts, links, messages."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from demo.models import SentMessage
from demo.rules.accounts import ACCOUNTS
from organisations.models import Organisation, User
from surveys.models import Invitation, Survey, SurveyUnit

SLUG = "merrowfield"


def organisation() -> Organisation | None:
    """The sample organisation, once it is seeded."""
    return Organisation.objects.filter(slug=SLUG).first()


def people() -> list[User]:
    """The sample people, in the order of `ACCOUNTS`."""
    found = User.objects.in_bulk([account.email for account in ACCOUNTS], field_name="email")
    return [found[account.email] for account in ACCOUNTS if account.email in found]


def person(*, user_id: int) -> User | None:
    """One of the sample people; never anybody else."""
    return next((user for user in people() if user.pk == user_id), None)


def _surveys() -> QuerySet[Survey]:
    """The sample surveys with units, invitations and leaders' sheets. Four queries."""
    return Survey.objects.filter(organisation__slug=SLUG).prefetch_related(
        "survey_units",
        Prefetch("survey_units__invitations", Invitation.objects.order_by("pk")),
        "survey_units__named_responses",
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the demo's page shows; `messages` has the newest first."""

    people: tuple[User, ...]
    surveys: tuple[Survey, ...]
    messages: tuple[SentMessage, ...]


def shown() -> Shown:
    """The sample people, their surveys and the outbox. Six queries."""
    return Shown(tuple(people()), tuple(_surveys()), tuple(SentMessage.objects.all()))


def open_unit(*, survey_unit_id: int) -> SurveyUnit | None:
    """One unit of the sample organisation that takes answers now."""
    return (
        SurveyUnit.objects.filter(
            pk=survey_unit_id,
            survey__organisation__slug=SLUG,
            state=SurveyUnit.State.OPEN,
        )
        .select_related("survey__version")
        .first()
    )
