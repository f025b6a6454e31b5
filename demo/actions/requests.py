"""Requests in the sample: one that waits for Estates, one for the senior reviewer, and one that
Catering said yes to.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from initiatives.actions.requests import Said, answer_request, send_request
from initiatives.models import Action, Commitment, DepartmentRequest
from initiatives.queries.requests import Recipient
from organisations.actions.departments import add_department
from organisations.models import Organisation, User

DEPARTMENTS = ("Catering", "Estates", "Pharmacy")
BOARD = "A notice board at the staff entrance. Bank staff do not pass the one on our ward."
LAMPS = "Dimmer lamps in the corridor at night."
TRAYS = "Red trays for patients who need help with eating."


def ask_some(organisation: Organisation, people: Mapping[str, User]) -> None:
    """`people` by role. The day of the answered one has come, so the team is asked about it."""
    departments = {
        name: add_department(
            organisation=organisation,
            name=name,
            email=f"{name.lower()}@merrowfield.example",
            by=people["administrator"],
        )
        for name in DEPARTMENTS
    }
    today = timezone.localdate(timezone=organisation.zone)
    action = Action.objects.filter(
        initiative__organisation=organisation, state=Action.State.PLANNED, priority__isnull=False
    ).earliest("pk")
    here = Commitment.objects.select_related("initiative__organisation", "unit").get(
        initiative=action.initiative, unit=action.unit
    )

    def ask(to: Recipient, needs: str, days: int, on: Action | None = None) -> DepartmentRequest:
        return send_request(
            commitment=here,
            action=on,
            priority=None,
            to=to,
            needs=needs,
            answer_by=today + timedelta(days=days),
            by=people["lead"],
        )

    ask(Recipient("", "Estates", department=departments["Estates"]), BOARD, 14, on=action)
    ask(Recipient("", "the senior reviewer", member=people["reviewer"]), LAMPS, 7)
    catering = ask(Recipient("", "Catering", department=departments["Catering"]), TRAYS, 10)
    answer_request(one=catering, said=Said("yes", promised_on=today), by=None)
