"""Nobody decides on what they are responsible for, however that came about."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from initiatives.access import may_review
from initiatives.models import Initiative, Responsibility, Review
from initiatives.queries.reviews import seen_of
from organisations.actions.units import move_unit
from organisations.models import Role, User
from overview.actions.review import review
from tests.factories import UnitFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.overview.actions.test_review import STOP, running

pytestmark = pytest.mark.django_db
PARTS = Responsibility.Part.values


class Undo(Exception):
    """Takes back what an attempt has changed."""


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def is_let(one: Initiative, trust: Trust, reviewer: User) -> bool:
    """Whether the action lets this reviewer stop it; nothing stays of that."""
    try:
        with transaction.atomic():
            units = [trust.ward_7.pk, trust.ward_9.pk]
            review(initiative=one, units=units, verdict=STOP, seen=seen_of(one), by=reviewer)
            raise Undo
    except Undo:
        return True
    except PermissionDenied:
        return False


@pytest.mark.parametrize("seed", range(40))
def test_by_parts_memberships_and_moved_units(trust: Trust, seed: int) -> None:
    draw = random.Random(seed)
    reviewer, other = trust.member(Role.REVIEWER), trust.lead
    one = running(trust)
    # Who holds a part: the reviewer, somebody else, a person in words, or nobody.
    held = {part: draw.choice([reviewer, other, "words", None, None]) for part in PARTS}
    for part, who in held.items():
        if isinstance(who, User):
            Responsibility.objects.create(initiative=one, part=part, user=who)
        elif who:
            Responsibility.objects.create(initiative=one, part=part, words="Matron")
    added_by = draw.choice([reviewer, other])
    Initiative.objects.filter(pk=one.pk).update(added_by=added_by)
    managed = draw.choice([[], [], [trust.ward_7], [trust.medicine]])
    for unit in managed:
        trust.organisation.memberships.create(user=reviewer, role=Role.MANAGER, unit=unit)
    if draw.random() < 0.5:
        surgery = UnitFactory.create(organisation=trust.organisation, name="Surgery")
        move_unit(unit=trust.ward_7, parent=surgery, by=None)
    one.refresh_from_db()

    is_own = (
        reviewer in held.values()
        or (added_by == reviewer and not isinstance(held["led_by"], User))
        or trust.ward_7 in managed
    )
    client = Client()
    client.force_login(reviewer)
    page = client.get(trust.url(f"initiatives/{one.pk}/review"))
    assert may_review(user=reviewer, initiative=one) is not is_own
    assert page.status_code == (403 if is_own else 200)
    assert is_let(one, trust, reviewer) is not is_own


@pytest.mark.parametrize("part", PARTS)
def test_named_between_the_form_and_the_post(trust: Trust, part: str) -> None:
    reviewer, one = trust.member(Role.REVIEWER), running(trust)
    client = Client()
    client.force_login(reviewer)
    address = trust.url(f"initiatives/{one.pk}/review")
    assert client.get(f"{address}?decision=stop").status_code == 200
    Responsibility.objects.create(initiative=one, part=part, user=reviewer)
    posted = {
        "units": [str(trust.ward_7.pk), str(trust.ward_9.pk)],
        "reason": STOP.reason,
        "seen": str(seen_of(one)),
    }
    for rest in ("?decision=stop", "/confirm?decision=stop"):
        assert client.post(address + rest, posted).status_code == 403
    assert not Review.objects.exists()
    assert not is_let(one, trust, reviewer)
