"""Half a year after an improvement was finished: is it still done?"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Commitment, Initiative, Responsibility
from organisations.models import AuditEntry, Role, Unit
from overview.actions.notices import ask_if_still_done
from surveys.models import Message
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def finished(trust: Trust) -> Initiative:
    one: Initiative = an_initiative(trust, title="Quieter nights", state="finished")
    for ward in (trust.ward_7, trust.ward_9):
        CommitmentFactory.create(initiative=one, unit=ward)
    Commitment.objects.update(state="finished", ends_on=date(2026, 3, 2))
    return one


def address(trust: Trust, one: Initiative, *, unit: int | None = None) -> str:
    return trust.url(f"initiatives/{one.pk}/units/{unit or trust.ward_7.pk}/still-done")


@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_one_tap_is_kept_and_shown(trust: Trust, client: Client, answer: str) -> None:
    one = finished(trust)
    client.force_login(trust.manager)
    page = client.get(address(trust, one))
    assert "Is it still done?" in page.text
    assert " checked" not in page.text
    assert not Commitment.objects.exclude(still_done="").exists()
    for _ in range(2):  # pressed twice
        assert client.post(address(trust, one), {"answer": answer}).status_code == 302
    here, there = Commitment.objects.order_by("unit__name")
    assert (here.still_done, there.still_done) == (answer, "")
    assert here.looked_on is not None
    assert AuditEntry.objects.filter(action="said if still done").count() == 1
    assert f": {answer}" in page_of(client, trust.url(f"initiatives/{one.pk}/"))


@pytest.mark.parametrize(
    ("days", "asks"), [(181, False), (182, True), (209, True), (210, False), (400, False)]
)
def test_home_asks_whom_the_message_asks_for_as_long(
    trust: Trust, client: Client, days: int, asks: bool
) -> None:
    """From 26 weeks on, for 4 weeks."""
    one = finished(trust)
    today = timezone.localdate(timezone=trust.organisation.zone)
    Commitment.objects.update(ends_on=today - timedelta(days=days))
    client.force_login(trust.manager)
    row = f"initiatives/{one.pk}/units/{trust.ward_7.pk}/still-done"
    page = page_of(client, trust.url())
    assert (row in page) is asks
    assert ("Is “Quieter nights” still done?" in page) is asks
    assert f"units/{trust.ward_9.pk}/still-done" not in page


def test_home_asks_who_is_responsible_until_it_is_answered(trust: Trust, client: Client) -> None:
    one = finished(trust)
    today = timezone.localdate(timezone=trust.organisation.zone)
    Commitment.objects.update(ends_on=today - timedelta(days=190))
    reviewer = trust.member(Role.REVIEWER)
    client.force_login(reviewer)
    assert "still-done" not in page_of(client, trust.url())
    Responsibility.objects.create(initiative=one, part="sponsor", user=reviewer)
    assert page_of(client, trust.url()).count("/still-done") == 2
    Commitment.objects.filter(unit=trust.ward_7).update(still_done="partly")
    assert page_of(client, trust.url()).count("/still-done") == 1
    Commitment.objects.update(state="active", begins_on=today)
    assert "still-done" not in page_of(client, trust.url())


def test_nobody_is_asked_of_a_unit_that_has_closed(trust: Trust, client: Client) -> None:
    finished(trust)
    today = timezone.localdate(timezone=trust.organisation.zone)
    Commitment.objects.update(ends_on=today - timedelta(days=190))
    client.force_login(trust.manager)
    assert "still-done" in page_of(client, trust.url())
    Unit.objects.filter(pk=trust.ward_7.pk).update(valid_to=today)
    assert "still-done" not in page_of(client, trust.url())
    ask_if_still_done(timezone.now())
    units = Message.objects.filter(step="still_done").values_list("commitment__unit", flat=True)
    assert set(units) == {trust.ward_9.pk}


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_what_is_no_answer_changes_nothing(trust: Trust, client: Client, answer: str) -> None:
    one = finished(trust)
    client.force_login(trust.manager)
    sent = client.post(address(trust, one), {"answer": answer})
    assert sent.status_code == 422
    assert "Choose yes, partly or no" in sent.text
    assert not Commitment.objects.exclude(still_done="").exists()


def test_another_answer_after_it_is_refused(trust: Trust, client: Client) -> None:
    one = finished(trust)
    client.force_login(trust.manager)
    client.post(address(trust, one), {"answer": "partly"})
    late = client.post(address(trust, one), {"answer": "no"})
    assert late.status_code == 422
    assert "Someone has answered already: partly. We only ask once." in late.text
    assert Commitment.objects.get(unit=trust.ward_7).still_done == "partly"


def test_of_what_runs_there_is_nothing_to_answer(trust: Trust, client: Client) -> None:
    one = finished(trust)
    Commitment.objects.update(state="on_hold")
    client.force_login(trust.manager)
    sent = client.post(address(trust, one), {"answer": "yes"})
    assert sent.status_code == 422
    assert "is on hold on Ward 7" in sent.text
    assert not Commitment.objects.exclude(still_done="").exists()


def test_who_may_answer(trust: Trust, client: Client) -> None:
    one = finished(trust)
    sponsor = trust.member(Role.REVIEWER, name="Chief nurse")
    Responsibility.objects.create(initiative=one, part="sponsor", user=sponsor)
    for user, status in (
        (trust.manager, 200),
        (trust.lead, 200),
        (sponsor, 200),
        (trust.member(Role.REVIEWER), 403),
        (trust.member(Role.ADMINISTRATOR), 403),
        (trust.member(Role.EDITOR), 403),
        (trust.member(Role.MANAGER, trust.ward_9), 403),
    ):
        client.force_login(user)
        assert client.get(address(trust, one)).status_code == status
    client.force_login(trust.lead)
    assert client.get(address(trust, one, unit=trust.medicine.pk)).status_code == 404
