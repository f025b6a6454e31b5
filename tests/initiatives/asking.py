"""A department, and a request to it, for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from initiatives.actions.requests import send_request
from initiatives.models import Commitment, DepartmentRequest, Initiative
from initiatives.queries.requests import Recipient
from organisations.models import Department, User
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, an_initiative

NEEDS = "One trolley with brakes. Ours serves 28 beds."


def department(trust: Trust, name: str = "Estates") -> Department:
    made, _ = Department.objects.get_or_create(
        organisation=trust.organisation,
        name=name,
        defaults={"email": f"{name.lower()}@merrowfield.example"},
    )
    return made


def to_department(trust: Trust, name: str = "Estates") -> Recipient:
    return Recipient("", name, department=department(trust, name))


def running(trust: Trust, **fields: Any) -> Commitment:
    one = an_initiative(trust, title="Home by lunch", state=Initiative.State.ACTIVE)
    made: Commitment = CommitmentFactory.create(
        initiative=one,
        unit=trust.ward_7,
        **{"state": Initiative.State.ACTIVE, "begins_on": timezone.localdate(), **fields},
    )
    return made


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def typed(department: Department, **fields: str) -> dict[str, str]:
    """The form of a request as a page posts it, by the usual day."""
    usual = in_days(14).isoformat()
    return {"to": f"department-{department.pk}", "needs": NEEDS, "answer_by": usual, **fields}


def ask(
    trust: Trust,
    here: Commitment | None = None,
    *,
    to: Recipient | None = None,
    by: User | None = None,
    days: int = 14,
    **fields: Any,
) -> DepartmentRequest:
    """One request of Ward 7."""
    return send_request(
        commitment=here or running(trust),
        to=to or to_department(trust),
        needs=fields.pop("needs", NEEDS),
        answer_by=in_days(days),
        by=by or trust.manager,
        **{"action": None, "priority": None, **fields},
    )
