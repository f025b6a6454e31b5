"""Saying who is responsible, and what follows from it."""

import pytest
from django.test import Client

from initiatives.models import Initiative, Responsibility
from organisations.models import Membership, Role, User
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def one(trust: Trust) -> Initiative:
    initiative: Initiative = an_initiative(trust, state="active")
    for unit in (trust.ward_7, trust.ward_9):
        CommitmentFactory.create(initiative=initiative, unit=unit, hours_a_week=1)
    return initiative


def sponsored_by(one: Initiative, user: User) -> None:
    Responsibility.objects.create(initiative=one, part="sponsor", user=user)


def test_a_manager_says_who_leads_and_backs_it(
    trust: Trust, client: Client, one: Initiative
) -> None:
    reviewer = trust.member(Role.REVIEWER, name="Rowan")
    client.force_login(trust.manager)
    assert "Say who is responsible" in client.get(trust.url(f"initiatives/{one.pk}/")).text
    address = trust.url(f"initiatives/{one.pk}/responsible")
    form = client.get(address).text
    assert "Rowan, senior reviewer</option>" in form
    assert "Ward manager, manager, Ward 7</option>" in form
    sent = client.post(address, {"led_by_words": " Night  sister ", "sponsor": reviewer.pk})
    assert sent.status_code == 302
    page = " ".join(client.get(trust.url(f"initiatives/{one.pk}/")).text.split())
    assert "<dt>Led by</dt><dd>Night sister</dd>" in page
    assert "<dt>Sponsor</dt><dd>Rowan</dd>" in page
    assert "Change who is responsible" in page
    assert 'value="Night sister"' in client.get(address).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"led_by": "x"}, "Choose a person from the list"),
        ({"led_by": "0"}, "Choose a person from the list"),
        ({"deputy_words": "x" * 81}, "Use 80 characters or fewer"),
        ({"sponsor": "manager", "sponsor_words": "x"}, "not both"),
    ],
)
def test_what_cannot_be_is_refused(
    trust: Trust, client: Client, one: Initiative, typed: dict[str, str], sentence: str
) -> None:
    typed = {key: str(trust.manager.pk) if v == "manager" else v for key, v in typed.items()}
    client.force_login(trust.lead)
    answer = client.post(trust.url(f"initiatives/{one.pk}/responsible"), typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Responsibility.objects.exists()


def test_eighty_letters_fit(trust: Trust, client: Client, one: Initiative) -> None:
    client.force_login(trust.lead)
    typed = {"deputy_words": "x" * 80}
    sent = client.post(trust.url(f"initiatives/{one.pk}/responsible"), typed)
    assert sent.status_code == 302


def test_who_left_is_shown_and_not_lost(trust: Trust, client: Client, one: Initiative) -> None:
    who = trust.member(Role.REVIEWER, name="Rowan")
    sponsored_by(one, who)
    Membership.objects.filter(user=who).update(is_active=False)
    client.force_login(trust.lead)
    address = trust.url(f"initiatives/{one.pk}/responsible")
    assert "Rowan, has no role now" in client.get(address).text
    assert client.post(address, {"sponsor": who.pk, "led_by_words": "Matron"}).status_code == 302
    assert Responsibility.objects.get(part="sponsor").user == who


def test_who_is_responsible_reads_it_on_all_units_wherever_it_is(
    trust: Trust, client: Client, one: Initiative
) -> None:
    elsewhere = trust.member(Role.MANAGER, trust.medicine)
    Membership.objects.filter(user=elsewhere).update(unit=trust.ward_9)
    beyond = an_initiative(trust, title="Quieter nights")
    CommitmentFactory.create(initiative=beyond, unit=trust.ward_7)
    client.force_login(elsewhere)
    address = trust.url(f"initiatives/{beyond.pk}/")
    assert client.get(address).status_code == 403
    sponsored_by(beyond, elsewhere)
    page = client.get(address).text
    assert "Ward 7" in page
    assert "responsible</a>" not in page
    # They read it; its hours, decisions and who is responsible are for those of the unit.
    for rest in (
        "responsible",
        f"units/{trust.ward_7.pk}/hours",
        f"units/{trust.ward_7.pk}/decide",
    ):
        assert client.get(address + rest).status_code == 403


def test_who_is_responsible_ends_it_and_never_starts_it(
    trust: Trust, client: Client, one: Initiative
) -> None:
    """A reviewer decides by review; what they are responsible for themselves they may end."""
    reviewer = trust.member(Role.REVIEWER)
    client.force_login(reviewer)
    stop = trust.url(f"initiatives/{one.pk}/status/stop")
    assert client.post(stop, {"why": "x"}).status_code == 403
    sponsored_by(one, reviewer)
    page = client.get(trust.url(f"initiatives/{one.pk}/")).text
    assert all(f"{word} on all units" in page for word in ("Put on hold", "Stop"))
    assert client.post(stop, {"why": "The posts moved."}).status_code == 302
    one.refresh_from_db()
    assert one.state == "stopped"
    assert "Start again" not in client.get(trust.url(f"initiatives/{one.pk}/")).text
    start = trust.url(f"initiatives/{one.pk}/status/start")
    assert client.post(start, {"why": "x"}).status_code == 403


def test_who_may_say_it(trust: Trust, client: Client, one: Initiative) -> None:
    address = trust.url(f"initiatives/{one.pk}/responsible")
    for role in (Role.REVIEWER, Role.ADMINISTRATOR, Role.EDITOR):
        who = trust.member(role)
        sponsored_by(one, who)
        client.force_login(who)
        # A reviewer cannot make an improvement theirs no more, and then decide.
        assert client.post(address, {"led_by_words": "x"}).status_code == 403
        Responsibility.objects.all().delete()
    client.force_login(trust.manager)
    assert client.post(address, {"led_by_words": "x"}).status_code == 302
