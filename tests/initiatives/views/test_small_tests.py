"""What stopped on a unit: its forms lead back with a sentence, its small tests no longer run."""

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.measures import IS_OVER, start_measure
from initiatives.actions.small_tests import start_test
from initiatives.models import Commitment
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import department, in_days, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    return running(trust)


@pytest.mark.parametrize("state", ["stopped", "merged"])
def test_no_form_is_offered_that_would_be_refused(
    trust: Trust, here: Commitment, client: Client, state: str
) -> None:
    measure = start_measure(
        commitment=here, name="Falls", every="week", better="less", is_watch=False, by=trust.lead
    )
    department(trust)
    client.force_login(trust.manager)
    on_unit = trust.url(f"initiatives/{here.initiative_id}/units/{here.unit_id}/")
    forms = [
        *("measures/add", "measures/watch", "tests/add", "requests/add"),
        *(f"measures/{measure.pk}/{form}" for form in ("add", "paste")),
    ]
    for form in forms:
        assert client.get(on_unit + form).status_code == 200, form
    Commitment.objects.filter(pk=here.pk).update(state=state)
    for form in forms:
        answer = client.get(on_unit + form, follow=True)
        assert answer.redirect_chain == [(on_unit, 302)], form
        assert IS_OVER in answer.text
    kept = client.post(f"{on_unit}tests/add", {
        "what": "Red trays", "expects": "Fewer", "until": f"{in_days(7)}",
    })  # fmt: skip
    assert kept.status_code == 422 and "Red trays" in kept.text, "typed words stay"


def test_a_test_no_longer_runs_once_its_improvement_stopped(
    trust: Trust, here: Commitment, client: Client
) -> None:
    today = timezone.localdate()
    start_test(commitment=here, what="Red trays", expects="Fewer", until=today, by=trust.lead)
    client.force_login(trust.manager)
    on_unit = trust.url(f"initiatives/{here.initiative_id}/units/{here.unit_id}/")
    assert "Now: Red trays" in client.get(on_unit).text
    for state, runs in (("finished", True), ("stopped", False), ("merged", False)):
        Commitment.objects.filter(pk=here.pk).update(state=state)
        page = client.get(on_unit).text
        assert ("Now: Red trays" in page) is runs
        assert ("The improvement ended before the test did." in page) is not runs
