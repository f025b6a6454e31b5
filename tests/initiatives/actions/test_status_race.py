"""Two people change one status at once: the first wins, the second is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from initiatives.actions.status import change_status
from initiatives.models import Initiative, StatusChange
from organisations.models import Role, User
from organisations.rules.refusal import Refused
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

TOLD = "Someone else has changed the status since you opened this page. It is now: "


def running(trust: Trust) -> Initiative:
    one: Initiative = an_initiative(trust, state="active")
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    return one


@pytest.mark.django_db
@pytest.mark.parametrize(("second", "refused"), [("stop", True), ("pause", False)])
def test_the_second_reads_what_the_first_did(client: Client, second: str, *, refused: bool) -> None:
    """What comes to the same is no quarrel."""
    trust = a_trust()
    one = running(trust)
    address = trust.url(f"initiatives/{one.pk}/units/{trust.ward_7.pk}/status/")
    other = Client()
    client.force_login(trust.manager)
    other.force_login(trust.member(Role.LEAD))
    pages = [client.get(address + "pause").text, other.get(address + second).text]
    assert all('name="seen"' in page and 'value="0"' in page for page in pages)
    assert client.post(address + "pause", {"why": "No posts.", "seen": "0"}).status_code == 302
    late = other.post(address + second, {"why": "It is over.", "seen": "0"})
    assert late.status_code == (422 if refused else 302)
    assert (f"{TOLD}on hold. Nothing has changed." in late.text) is refused
    assert StatusChange.objects.count() == 1
    # Having read it, they may.
    if refused:
        seen = StatusChange.objects.get().pk
        again = other.post(address + second, {"why": "It is over.", "seen": seen})
        assert again.status_code == 302


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused() -> None:
    trust = a_trust()
    one = running(trust)
    together = threading.Barrier(2)

    def change(to: str, by: User) -> str:
        try:
            together.wait(30)
            change_status(initiative=one, units=[trust.ward_7], to=to, why="So.", by=by, seen=0)
        except Refused as refused:
            return str(refused)
        else:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(change, ("on_hold", "stopped"), (trust.manager, trust.lead)))
    assert sorted(bool(words) for words in said) == [False, True]
    assert TOLD in "".join(said)
    change_made = StatusChange.objects.get()
    one.refresh_from_db()
    assert one.state == change_made.state
