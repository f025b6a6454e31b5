"""What leaders promise: up to three while their reply goes on, then actions like the others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.actions.debrief import start_debrief
from debriefs.actions.deciding import Says, end_debrief
from debriefs.actions.promises import add_promise, take_back_promise
from debriefs.models import Debrief
from initiatives.models import Action
from organisations.models import Role, User
from organisations.rules.refusal import Refused
from tests.published_house import House

SOON = timezone.localdate() + timedelta(days=5)


@pytest.fixture
def manager(house: House) -> User:
    return house.member(Role.MANAGER, house.ward_7)


@pytest.fixture
def reply(house: House, manager: User) -> Debrief:
    """A leaders' reply, which the team's decision has opened."""
    snapshot = house.result.snapshots.get()
    team = start_debrief(snapshot=snapshot, kind="team", name="Day team", by=manager)
    says = Says("strengthen", "Nights are short.", "Clerk")
    end_debrief(debrief=team, says=says, notes=[], pictures=[], by=manager)
    return start_debrief(snapshot=snapshot, kind="reply", name="Leaders", by=manager)


def promise(reply: Debrief, by: User, what: str) -> None:
    add_promise(debrief=reply, what=what, owner="Matron", due_on=SOON, by=by)


def end(reply: Debrief, by: User) -> None:
    end_debrief(debrief=reply, says=None, notes=[], pictures=[], by=by)


def test_promises_are_actions_when_the_reply_ends_and_not_before(
    house: House, reply: Debrief, manager: User, client: Client
) -> None:
    promise(reply, manager, "Cover the breaks")
    promise(reply, manager, "Cover the breaks")
    page = "/w/ward-7-unguessable/you-said-we-did"
    assert not Action.objects.exists()
    assert "Cover the breaks" not in client.get(page).text
    end(reply, manager)
    action = Action.objects.get()
    assert (action.is_promise, action.priority, action.result) == (True, None, house.result.pk)
    assert (action.unit, action.initiative) == (house.ward_7, house.result.survey.initiative)
    shown = client.get(page).text
    assert "What our leaders promise" in shown
    assert "Cover the breaks" in shown
    client.force_login(manager)
    for address in (house.address() + "plan/", f"/o/{house.organisation.slug}/actions/"):
        assert "Cover the breaks" in client.get(address).text
    start = client.get(f"/o/{house.organisation.slug}/").text
    assert "Cover the breaks" in start, "it is due within a week"


def test_three_promises_are_three_actions(
    house: House, reply: Debrief, manager: User, client: Client
) -> None:
    for what in ("Cover the breaks", "Cover the nights", "Cover the calls"):
        promise(reply, manager, what)
    client.force_login(manager)
    ended = client.post(f"{house.address()}debrief/{reply.pk}/end")
    assert ended.status_code == 302
    assert Action.objects.filter(is_promise=True, first_due_on=SOON, added_by=manager).count() == 3


def test_a_promise_is_kept_or_dropped_like_an_action(
    house: House, reply: Debrief, manager: User, client: Client
) -> None:
    promise(reply, manager, "Cover the breaks")
    end(reply, manager)
    client.force_login(manager)
    address = f"{house.address()}plan/actions/{Action.objects.get().pk}"
    assert "A leaders’ promise" in client.get(address).text
    done = {
        "what": "Cover the breaks", "owner": "Matron", "due_on": f"{SOON:%d/%m/%Y}",
        "state": "done", "outcome": "Every break since Monday.",
    }  # fmt: skip
    assert client.post(address, done).status_code == 302
    page = client.get("/w/ward-7-unguessable/you-said-we-did").text
    assert "Every break since Monday." in page


@pytest.mark.parametrize(("before", "fits"), [(1, True), (2, True), (3, False)])
def test_leaders_promise_up_to_three_things(
    reply: Debrief, manager: User, before: int, *, fits: bool
) -> None:
    for number in range(before):
        promise(reply, manager, f"Promise {number}")
    if fits:
        promise(reply, manager, "One more")
    else:
        with pytest.raises(Refused, match="You have 3"):
            promise(reply, manager, "One more")
    reply.refresh_from_db()
    assert len(reply.promises) == before + fits


def test_a_promise_can_be_taken_back_until_the_reply_ends(reply: Debrief, manager: User) -> None:
    promise(reply, manager, "Cover the breaks")
    take_back_promise(debrief=reply, what="Cover the breaks", by=manager)
    reply.refresh_from_db()
    assert reply.promises == []
    end(reply, manager)
    with pytest.raises(Refused, match="has ended"):
        promise(reply, manager, "Too late")
    assert not Action.objects.exists()


def test_only_a_reply_takes_promises(house: House, manager: User) -> None:
    snapshot = house.result.snapshots.get()
    team = start_debrief(snapshot=snapshot, kind="team", name="Day team", by=manager)
    with pytest.raises(Refused, match="in their reply"):
        promise(team, manager, "Cover the breaks")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"what": ""}, "Say what you promise"),
        ({"owner": " "}, "Enter the owner’s role"),
        ({"due_on": "soon"}, "Enter a date, like 30/11/2026"),
        ({"due_on": f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"}, "has not passed"),
        ({"due_on": f"{timezone.localdate():%d/%m/%Y}"}, ""),
    ],
)
def test_the_step_says_what_a_promise_lacks(
    house: House, reply: Debrief, manager: User, client: Client, typed: dict[str, str],
    sentence: str,
) -> None:  # fmt: skip
    client.force_login(manager)
    whole = {"what": "Cover the breaks", "owner": "Matron", "due_on": f"{SOON:%d/%m/%Y}"}
    posted = client.post(f"{house.address()}debrief/{reply.pk}/promises", whole | typed)
    assert posted.status_code == (422 if sentence else 302)
    page = posted.text if sentence else client.get(posted["Location"]).text
    reply.refresh_from_db()
    assert bool(reply.promises) == (not sentence)
    assert sentence in page
    assert ("Remove" in page) == (not sentence)
