from collections.abc import Callable

import pytest
from django.test import Client

from organisations.actions.people import give_role, take_role_away
from organisations.models import AuditEntry, Membership, Role, User
from tests.factories import MembershipFactory
from tests.meanwhile import somebody_else
from tests.organisations.conftest import House


def test_everyone_is_listed_with_their_roles(
    office: Client, house: House, django_assert_num_queries: Callable
) -> None:
    for n in range(8):
        held = MembershipFactory.create(
            organisation=house.organisation, unit=house.ward_7, user__name=f"Manager {n}"
        )
        MembershipFactory.create(organisation=house.organisation, user=held.user, role=Role.LEAD)
    MembershipFactory.create(user__name="Stranger")
    with django_assert_num_queries(4):
        body = office.get(house.url("people/")).content.decode()
    assert "9 people" in body and "Manager 7" in body and "Manager, Ward 7" in body
    assert "Stranger" not in body
    found = office.get(house.url("people/"), {"q": "manager 3", "role": "lead"}).content.decode()
    assert "1 person found" in found
    assert (
        "No people match your search"
        in office.get(house.url("people/"), {"q": "zzz"}).content.decode()
    )
    assert office.get(house.url("people/"), {"role": "king", "page": "x"}).status_code == 200


def test_a_long_list_has_pages_that_keep_the_filter(office: Client, house: House) -> None:
    for n in range(51):
        MembershipFactory.create(organisation=house.organisation, user__name=f"Person {n:02}")
    body = office.get(house.url("people/"), {"role": "manager"}).content.decode()
    assert "?role=manager&amp;page=2" in body
    second = office.get(house.url("people/"), {"role": "manager", "page": "2"}).content.decode()
    assert "Person 50" in second and "Person 49" not in second


def test_inviting_somebody(office: Client, house: House) -> None:
    form = office.get(house.url("people/invite"), {"unit": house.ward_7.pk}).content.decode()
    assert f'value="{house.ward_7.pk}" selected' in form
    response = office.post(
        house.url("people/invite"),
        {"email": "R@m.example", "name": "Robin", "role": "manager", "unit": house.ward_7.pk},
    )
    user = User.objects.get(email="r@m.example")
    assert response["Location"] == house.url(f"people/{user.pk}/")
    assert "Robin was invited" in office.get(response["Location"]).content.decode()


def test_a_name_pasted_with_the_address_is_the_persons(office: Client, house: House) -> None:
    said = {"email": "LEE, Robin (Trust) <R@m.example>", "name": "", "role": "lead", "unit": ""}
    assert office.post(house.url("people/invite"), said).status_code == 302
    assert User.objects.get(email="r@m.example").name == "LEE, Robin (Trust)"


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"email": "robin"}, "Enter an email address in the correct format, like"),
        ({"email": ""}, "Enter an email address"),
        ({"email": "robin lee@example.org"}, "like robinlee@example.org"),
        ({"email": "a@example.org; b@example.org"}, "Enter an email address in the correct"),
        ({"email": "robin@example.org 07700 900123"}, "Remove “+447700900123”"),
        ({"name": " "}, "Enter the name"),
        ({"role": ""}, "Choose a role."),
        ({"role": "king"}, "Choose a role."),
        ({"unit": "77777"}, "Choose a unit from the list."),
        ({"role": "administrator", "unit": "WARD"}, "at the top of the list"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_invited(
    office: Client, house: House, posted: dict[str, str], sentence: str
) -> None:
    if posted.get("unit") == "WARD":
        posted = {**posted, "unit": str(house.ward_7.pk)}
    filled = {"email": "r@m.example", "name": "Robin", "role": "manager", "unit": "", **posted}
    response = office.post(house.url("people/invite"), filled)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.count() == 1


def test_roles_are_given_changed_and_taken_away(office: Client, house: House) -> None:
    user = house.member(Role.MANAGER, house.ward_7)
    at = f"people/{user.pk}"
    office.post(house.url(f"{at}/roles/add"), {"role": "lead", "unit": ""})
    lead = Membership.objects.get(user=user, role=Role.LEAD)
    changed = house.url(f"{at}/roles/{lead.pk}/change")
    assert office.get(changed).status_code == 200
    office.post(changed, {"role": "reviewer", "unit": house.surgery.pk})
    lead.refresh_from_db()
    assert (lead.role, lead.unit) == (Role.REVIEWER, house.surgery)
    asked = office.get(house.url(f"{at}/roles/{lead.pk}/take-away")).content.decode()
    assert "Senior reviewer, Surgery" in asked
    office.post(house.url(f"{at}/roles/{lead.pk}/take-away"))
    assert Membership.objects.filter(user=user).count() == 1
    office.post(house.url(f"{at}/invite-again"))
    assert Membership.objects.get(user=user).invitation_due


@pytest.mark.parametrize(
    ("act", "taken"), [("roles/{}/change", Role.MANAGER), ("invite-again", Role.LEAD)]
)
def test_a_role_that_another_administrator_took_away_meanwhile(
    office: Client, house: House, act: str, taken: Role
) -> None:
    user = house.member(Role.MANAGER, house.ward_7)
    give_role(organisation=house.organisation, user=user, role=Role.LEAD, unit=None, by=None)
    held = Membership.objects.get(user=user, role=taken)
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    with somebody_else(lambda: take_role_away(membership=held, by=house.administrator)):
        answer = office.post(
            house.url(f"people/{user.pk}/{act.format(held.pk)}"),
            {"role": "reviewer", "unit": house.surgery.pk},
            follow=True,
        )
    assert "Someone else has taken this role away. Nothing has changed." in answer.text
    assert not Membership.objects.filter(user=user, role__in=[taken, Role.REVIEWER]).exists()
    assert [one.action for one in AuditEntry.objects.exclude(pk__in=before)] == ["role removed"]


def test_a_role_of_somebody_else_cannot_be_changed_through_a_person(
    office: Client, house: House
) -> None:
    user = house.member(Role.MANAGER, house.ward_7)
    other = Membership.objects.get(user=house.administrator)
    foreign = MembershipFactory.create()
    for held in (other, foreign):
        for act in ("change", "take-away"):
            address = house.url(f"people/{user.pk}/roles/{held.pk}/{act}")
            assert office.post(address, {"role": "lead"}).status_code == 404
    assert office.get(house.url(f"people/{foreign.user.pk}/")).status_code == 404
    assert not AuditEntry.objects.exists()


def test_deactivating_and_erasing_ask_first(office: Client, house: House) -> None:
    user = house.member(Role.MANAGER, house.ward_7)
    at = f"people/{user.pk}"
    for act in ("deactivate", "erase"):
        assert office.get(house.url(f"{at}/{act}")).status_code == 200
    assert not AuditEntry.objects.exists()
    office.post(house.url(f"{at}/deactivate"))
    assert "Reactivate" in office.get(house.url(f"{at}/")).content.decode()
    office.post(house.url(f"{at}/reactivate"))
    office.post(house.url(f"{at}/erase"))
    user.refresh_from_db()
    assert user.name == "Erased person"
    body = office.get(house.url(f"{at}/")).content.decode()
    assert "Erased" in body and "Erase …" not in body
    assert "Erased person" in office.get(house.url("audit/")).content.decode()


def test_the_last_administrator_reads_why_it_does_not_go(office: Client, house: House) -> None:
    at = f"people/{house.administrator.pk}"
    for act in ("deactivate", "erase"):
        response = office.post(house.url(f"{at}/{act}"))
        assert response.status_code == 422
        assert "This is the only administrator." in response.content.decode()
    held = Membership.objects.get()
    response = office.post(house.url(f"{at}/roles/{held.pk}/change"), {"role": "lead"})
    assert "This is the only administrator." in response.content.decode()
